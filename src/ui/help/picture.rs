//! The pictures of the manual: parts of the pages, in both themes, read when they are first shown.

use std::collections::HashMap;

use eframe::egui::{ColorImage, Context, TextureHandle, TextureOptions};

/// The names of the pictures, each with its bytes for the dark and for the light theme.
macro_rules! pictures {
    ($($name:literal),+ $(,)?) => {
        const PICTURES: &[(&str, &[u8], &[u8])] = &[$((
            $name,
            include_bytes!(concat!("../../../assets/manual/", $name, "-dark.png")),
            include_bytes!(concat!("../../../assets/manual/", $name, "-light.png")),
        ),)+];
    };
}

pictures!("craft", "token", "library", "inspect", "compare", "costs", "timing", "login", "bulk");

/// The picture of that name, as PNG.
pub(super) fn bytes(name: &str, dark: bool) -> Option<&'static [u8]> {
    let (_, in_dark, in_light) = PICTURES.iter().find(|(known, ..)| *known == name)?;
    Some(if dark { in_dark } else { in_light })
}

/// The pictures on the graphics card, while the manual is open.
#[derive(Default)]
pub(super) struct Pictures(HashMap<(String, bool), Option<TextureHandle>>);

impl Pictures {
    /// The picture of that name; `None` when there is none, or it cannot be read.
    pub(super) fn get(&mut self, ctx: &Context, name: &str, dark: bool) -> Option<&TextureHandle> {
        let made = self.0.entry((name.to_owned(), dark)).or_insert_with(|| {
            let image = image(bytes(name, dark)?)?;
            Some(ctx.load_texture(format!("manual {name}"), image, TextureOptions::LINEAR))
        });
        made.as_ref()
    }
}

/// Reads a PNG.
fn image(bytes: &[u8]) -> Option<ColorImage> {
    let icon = eframe::icon_data::from_png_bytes(bytes).ok()?;
    let size = [icon.width, icon.height].map(|side| side as usize);
    Some(ColorImage::from_rgba_unmultiplied(size, &icon.rgba))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_can_be_read_and_all_of_them_take_less_than_a_megabyte() {
        let mut total = 0;
        for (name, dark, light) in PICTURES {
            let [in_dark, in_light] = [dark, light].map(|bytes| image(bytes).unwrap_or_else(|| panic!("{name}")));
            assert_eq!(in_dark.size, in_light.size, "{name}");
            total += dark.len() + light.len();
        }
        assert!(total < 1_000_000, "{total} bytes");
        assert!(bytes("nothing", true).is_none());
    }
}
