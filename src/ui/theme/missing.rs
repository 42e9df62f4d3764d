//! What stands for a character that no font has: its code point in a small box, as in Firefox, instead of an empty one.
//! `U+D55C` reads `D5` above `5C`. Nobody has to guess which character it is, and no two look the same.

use eframe::egui::{
    Color32, ColorImage,
    epaint::text::{GlyphBitmap, GlyphRasterizer, GlyphRasterizerRequest, RasterizedGlyph},
    vec2,
};

/// The sixteen digits, 3 dots wide and 5 high; one row a number, whose highest bit of three is its left dot.
const DIGITS: [[u8; 5]; 16] = [
    [7, 5, 5, 5, 7],
    [2, 6, 2, 2, 7],
    [7, 1, 7, 4, 7],
    [7, 1, 7, 1, 7],
    [5, 5, 7, 1, 1],
    [7, 4, 7, 1, 7],
    [7, 4, 7, 5, 7],
    [7, 1, 1, 2, 2],
    [7, 5, 7, 5, 7],
    [7, 5, 7, 1, 7],
    [7, 5, 7, 5, 5],
    [6, 5, 6, 5, 6],
    [7, 4, 4, 4, 7],
    [6, 5, 5, 5, 6],
    [7, 4, 7, 4, 7],
    [7, 4, 7, 4, 4],
];

/// From one digit to the next: its width or height, and a dot between.
const STEP: [usize; 2] = [4, 6];
/// A border and a dot of distance on both sides, less the dot behind the last digit.
const AROUND: usize = 3;
/// Dots that the box hangs below the base line.
const BELOW: usize = 3;
/// At this size of letters, in pixels, a dot is a pixel.
const ONE_TO_ONE: f32 = 12.0;

/// Draws what no font has. To be asked after all fonts, those of the system too.
pub(super) fn rasterizer() -> GlyphRasterizer {
    GlyphRasterizer::new("jwt_workbench::missing", |request: &GlyphRasterizerRequest<'_>| {
        let character = request.cluster.chars().next().filter(|character| !character.is_control())?;
        Some(glyph(character, request.font_size_px))
    })
}

fn glyph(character: char, font_size_px: f32) -> RasterizedGlyph {
    let code = u32::from(character);
    let columns = if code > 0xFFFF { 3 } else { 2 };
    let scale = (font_size_px / ONE_TO_ONE).floor().max(1.0) as usize;
    let dots = [columns * STEP[0] + AROUND, 2 * STEP[1] + AROUND];
    let mut image = ColorImage::filled(dots.map(|dots| dots * scale), Color32::TRANSPARENT);
    let [width, height] = image.size;
    for (at, pixel) in image.pixels.iter_mut().enumerate() {
        let dot = [at % width / scale, at / width / scale];
        if is_inked(code, columns, dots, dot) {
            *pixel = Color32::WHITE;
        }
    }
    let offset_px = vec2(scale as f32, (BELOW * scale) as f32 - height as f32);
    RasterizedGlyph {
        bitmap: GlyphBitmap { image, offset_px, is_color: false },
        advance_px: (width + 2 * scale) as f32,
    }
}

/// Whether a dot belongs to the border or to a digit.
fn is_inked(code: u32, columns: usize, dots: [usize; 2], [x, y]: [usize; 2]) -> bool {
    if x == 0 || y == 0 || x == dots[0] - 1 || y == dots[1] - 1 {
        return true;
    }
    let (Some(x), Some(y)) = (x.checked_sub(2), y.checked_sub(2)) else { return false };
    let (column, row) = (x / STEP[0], y / STEP[1]);
    let digits = 2 * columns;
    let place = row * columns + column;
    if column >= columns || place >= digits {
        return false;
    }
    let digit = (code >> (4 * (digits - 1 - place))) & 0xF;
    let bits = DIGITS.get(digit as usize).and_then(|rows| rows.get(y % STEP[1])).copied().unwrap_or_default();
    let shift = 2_usize.checked_sub(x % STEP[0]);
    shift.is_some_and(|shift| bits >> shift & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The box as text: a row a line.
    fn drawn(character: char, size: f32) -> Vec<String> {
        let image = glyph(character, size).bitmap.image;
        let row = |row: &[Color32]| row.iter().map(|pixel| if pixel.a() > 0 { '#' } else { '.' }).collect();
        image.pixels.chunks(image.size[0]).map(row).collect()
    }

    #[test]
    fn the_box_spells_the_code_point() {
        let expected = [
            "###########",
            "#.........#",
            "#.##..###.#",
            "#.#.#.#...#",
            "#.#.#.###.#",
            "#.#.#...#.#",
            "#.##..###.#",
            "#.........#",
            "#.###.###.#",
            "#.#...#...#",
            "#.###.#...#",
            "#...#.#...#",
            "#.###.###.#",
            "#.........#",
            "###########",
        ];
        assert_eq!(drawn('\u{d55c}', 13.0), expected, "D5 above 5C");
    }

    #[test]
    fn it_grows_with_the_text_and_with_the_digits() {
        let size = |character, size| glyph(character, size).bitmap.image.size;
        assert_eq!(size('한', 13.0), [11, 15]);
        assert_eq!(size('한', 26.0), [22, 30]);
        assert_eq!(size('\u{1f468}', 13.0), [15, 15]);
        assert_eq!(size('한', 0.0), [11, 15], "never nothing");
    }

    #[test]
    fn no_two_characters_look_the_same() {
        assert_ne!(drawn('한', 13.0), drawn('국', 13.0));
        assert_ne!(drawn('\u{10fffe}', 13.0), drawn('\u{10fffd}', 13.0));
    }
}
