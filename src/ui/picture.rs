//! Pictures of the window, or of a part of it, as PNG.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;

use eframe::egui::{ColorImage, Context, Rect};

use crate::jose::error::Problem;

/// A part of the window that is being exported.
///
/// The picture is made by the renderer some frames later, and cut and written as PNG by a thread: for a large window that
/// takes longer than a frame.
#[derive(Debug)]
pub struct PictureExport(Receiver<Result<Vec<u8>, Problem>>);

impl PictureExport {
    /// Asks for a picture of this part of the window, in points. The next frame is the one that is pictured.
    pub fn begin(ctx: &Context, part: Rect) -> Self {
        let (sender, receiver) = channel();
        let (waker, scale) = (ctx.clone(), ctx.pixels_per_point());
        ctx.request_screenshot(move |image| {
            // When no thread can be had the sender is dropped, and whoever waits is told so.
            let write = move || {
                let bytes = cut(&image, part, scale).and_then(|image| to_png(&image));
                sender.send(bytes).ok();
                waker.request_repaint();
            };
            thread::Builder::new().name("picture".to_owned()).spawn(write).ok();
        });
        Self(receiver)
    }

    /// The PNG, when it is there; `None` while it is made.
    ///
    /// # Errors
    /// `picture` when there is none.
    pub fn poll(&self) -> Option<Result<Vec<u8>, Problem>> {
        match self.0.try_recv() {
            Ok(outcome) => Some(outcome),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(no_picture("the window gives none"))),
        }
    }
}

/// The part of a picture of the whole window that a rectangle in points covers, `scale` pixels for each.
///
/// # Errors
/// `picture` when it lies outside the window.
pub fn cut(image: &Arc<ColorImage>, part: Rect, scale: f32) -> Result<ColorImage, Problem> {
    let pixels = |points: f32, round: fn(f32) -> f32, most: usize| (round(points * scale).max(0.0) as usize).min(most);
    let [width, height] = image.size;
    // Rounded outwards, so that a border is whole.
    let (left, right) = (pixels(part.min.x, f32::floor, width), pixels(part.max.x, f32::ceil, width));
    let (top, bottom) = (pixels(part.min.y, f32::floor, height), pixels(part.max.y, f32::ceil, height));
    let rows = image.pixels.chunks(width.max(1)).take(bottom).skip(top);
    let pixels: Vec<_> = rows.filter_map(|row| row.get(left..right)).flatten().copied().collect();
    if pixels.is_empty() {
        return Err(no_picture("it is not on show"));
    }
    Ok(ColorImage::new([right - left, bottom - top], pixels))
}

/// The picture as PNG.
///
/// # Errors
/// `picture` when it has no pixels or too many.
pub fn to_png(image: &ColorImage) -> Result<Vec<u8>, Problem> {
    let failed = |error: png::EncodingError| no_picture(&error.to_string());
    let [width, height] = image.size.map(|side| u32::try_from(side).unwrap_or(u32::MAX));
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(failed)?;
    let pixels: Vec<u8> = image.pixels.iter().flat_map(|pixel| pixel.to_srgba_unmultiplied()).collect();
    writer.write_image_data(&pixels).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

fn no_picture(why: &str) -> Problem {
    Problem::new("picture", format!("The picture cannot be made: {why}")).help("Try another size of the window.")
}

#[cfg(test)]
mod tests {
    use eframe::egui::{pos2, vec2};

    use super::*;

    /// A picture whose pixels tell their place.
    fn image(width: usize, height: usize) -> Arc<ColorImage> {
        let pixel = |index: usize| [(index % width) as u8, (index / width) as u8, 0];
        let bytes: Vec<u8> = (0..width * height).flat_map(pixel).collect();
        Arc::new(ColorImage::from_rgb([width, height], &bytes))
    }

    #[track_caller]
    fn check(part: Rect, scale: f32, first: [u8; 2], size: [usize; 2]) {
        let cut = cut(&image(40, 30), part, scale).unwrap();
        assert_eq!(cut.size, size);
        assert_eq!(cut.pixels.len(), size[0] * size[1]);
        assert_eq!([cut.pixels[0].r(), cut.pixels[0].g()], first);
        let last = cut.pixels.last().unwrap();
        assert_eq!(
            [last.r() as usize, last.g() as usize],
            [first[0] as usize + size[0] - 1, first[1] as usize + size[1] - 1]
        );
    }

    #[test]
    fn a_part_is_cut_out_by_its_pixels() {
        check(Rect::from_min_size(pos2(3.0, 4.0), vec2(10.0, 5.0)), 1.0, [3, 4], [10, 5]);
        check(Rect::from_min_size(pos2(3.0, 4.0), vec2(10.0, 5.0)), 2.0, [6, 8], [20, 10]);
        check(Rect::from_min_size(pos2(3.2, 4.0), vec2(9.0, 5.0)), 1.0, [3, 4], [10, 5]);
        check(Rect::EVERYTHING, 1.0, [0, 0], [40, 30]);
        check(Rect::from_min_size(pos2(-5.0, 20.0), vec2(10.0, 50.0)), 1.0, [0, 20], [5, 10]);
    }

    #[test]
    fn what_is_not_on_show_has_no_picture() {
        for part in
            [Rect::NOTHING, Rect::from_min_size(pos2(40.0, 0.0), vec2(9.0, 9.0)), Rect::from_pos(pos2(1.0, 1.0))]
        {
            assert_eq!(cut(&image(40, 30), part, 1.0).unwrap_err().code, "picture");
        }
    }

    #[test]
    fn the_png_has_every_pixel() {
        let picture = cut(&image(40, 30), Rect::from_min_size(pos2(1.0, 2.0), vec2(3.0, 2.0)), 1.0).unwrap();
        let bytes = to_png(&picture).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height), (3, 2));
        assert_eq!(pixels[..8], [1, 2, 0, 255, 2, 2, 0, 255]);
        assert_eq!(pixels[12..16], [1, 3, 0, 255]);
    }

    #[test]
    fn who_waits_for_a_picture_that_never_comes_is_told() {
        let ctx = Context::default();
        let export = PictureExport::begin(&ctx, Rect::EVERYTHING);
        assert!(export.poll().is_none());
        // Nobody takes the picture that was asked for in this frame.
        ctx.run_ui(Default::default(), |_| {}).textures_delta.clear();
        assert_eq!(export.poll().unwrap().unwrap_err().code, "picture");
    }
}
