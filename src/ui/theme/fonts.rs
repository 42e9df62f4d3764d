//! The typefaces: Inter for the interface, JetBrains Mono for JSON and tokens, Lucide for icons.
//!
//! They come compiled in, so that the window looks and measures the same on every machine. Scripts they lack are found
//! among the fonts of the system, by eframe's `system_fonts`.

use std::sync::{Arc, LazyLock};

use eframe::egui::{
    FontData, FontDefinitions, FontFamily, FontId,
    epaint::text::{FontTweak, VariationCoords},
};

use super::font_edits::{with_tabular_figures, without_ligatures, without_private_use};

const INTER: &str = "inter";
const INTER_MEDIUM: &str = "inter-medium";
const INTER_SEMIBOLD: &str = "inter-semibold";
const JETBRAINS_MONO: &str = "jetbrains-mono";
const ICONS: &str = "lucide";

static MEDIUM: LazyLock<FontFamily> = LazyLock::new(|| FontFamily::Name("medium".into()));
static SEMIBOLD: LazyLock<FontFamily> = LazyLock::new(|| FontFamily::Name("semibold".into()));

/// Ordinary text, `size` in points.
#[must_use]
pub fn regular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// The text of controls, a little stronger than ordinary text.
#[must_use]
pub fn medium(size: f32) -> FontId {
    FontId::new(size, MEDIUM.clone())
}

/// Titles and selected things.
#[must_use]
pub fn semibold(size: f32) -> FontId {
    FontId::new(size, SEMIBOLD.clone())
}

/// JSON, tokens, values.
#[must_use]
pub fn mono(size: f32) -> FontId {
    FontId::new(size, FontFamily::Monospace)
}

/// All typefaces with egui's own as fallback.
#[must_use]
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let inter = Arc::new(with_tabular_figures(text_font(damascene_fonts_inter::INTER_VARIABLE)));
    let mono = Arc::new(text_font(damascene_fonts_jetbrains_mono::JETBRAINS_MONO_VARIABLE));
    let mut add = |name: &str, data: FontData| fonts.font_data.insert(name.to_owned(), Arc::new(data));
    add(INTER, FontData::from_blob(inter.clone(), 0).tweak(weight(400.0)));
    add(INTER_MEDIUM, FontData::from_blob(inter.clone(), 0).tweak(weight(500.0)));
    add(INTER_SEMIBOLD, FontData::from_blob(inter, 0).tweak(weight(600.0)));
    add(JETBRAINS_MONO, FontData::from_blob(mono, 0));
    add(ICONS, FontData::from_static(lucide_icons::LUCIDE_FONT_BYTES).tweak(icons()));

    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let fallback_mono = fonts.families.get(&FontFamily::Monospace).cloned().unwrap_or_default();
    for (family, first, rest) in [
        (FontFamily::Proportional, INTER, &fallback),
        (MEDIUM.clone(), INTER_MEDIUM, &fallback),
        (SEMIBOLD.clone(), INTER_SEMIBOLD, &fallback),
        (FontFamily::Monospace, JETBRAINS_MONO, &fallback_mono),
    ] {
        // Letters come from the text font, icons from the first font behind it that has the private use area.
        let names = [first, ICONS].into_iter().map(str::to_owned).chain(rest.iter().cloned());
        fonts.families.insert(family, names.collect());
    }
    fonts
}

fn text_font(bytes: &[u8]) -> Vec<u8> {
    without_private_use(without_ligatures(bytes.to_vec()))
}

/// Inter in one weight. Fitting its outlines to the pixels closes the gap under the dot of the i at 12 to 13 pixels.
fn weight(value: f32) -> FontTweak {
    let coords = VariationCoords::new([(b"wght", value)]);
    FontTweak { coords, hinting: Some(false), ..FontTweak::default() }
}

/// Icons stand on the base line, as high as the text is large: lowered by this they share their middle with its capitals.
fn icons() -> FontTweak {
    FontTweak { y_offset_factor: 0.136, hinting: Some(false), ..FontTweak::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::epaint::text::{Fonts, TextOptions};

    fn width(fonts: &mut Fonts, text: &str, font: FontId) -> f32 {
        let mut view = fonts.with_pixels_per_point(1.0);
        view.layout_no_wrap(text.to_owned(), font, eframe::egui::Color32::WHITE).size().x
    }

    #[test]
    fn figures_have_one_width() {
        let mut fonts = Fonts::new(TextOptions::default(), definitions());
        for font in [regular(13.0), medium(13.0), semibold(13.0), mono(13.0)] {
            let (ones, eights) = (width(&mut fonts, "1111", font.clone()), width(&mut fonts, "8888", font.clone()));
            assert!((ones - eights).abs() < 0.01, "{font:?}: {ones} and {eights}");
        }
    }

    /// How strong the weakest row of pixels between the dot of an i and the end of its stem is, 0 to 1.
    fn weakest_row(font: FontId, pixels_per_point: f32) -> f32 {
        let mut fonts = Fonts::new(TextOptions::default(), definitions());
        let mut view = fonts.with_pixels_per_point(pixels_per_point);
        let galley = view.layout_no_wrap("i".to_owned(), font, eframe::egui::Color32::WHITE);
        let place = galley.rows[0].row.glyphs[0].uv_rect;
        let (image, columns) = (view.image(), usize::from(place.min[0])..usize::from(place.max[0]));
        let row = |y: u16| columns.clone().map(|x| image[(x, usize::from(y))].a()).max().unwrap_or_default();
        let rows: Vec<_> = (place.min[1]..place.max[1]).map(row).collect();
        let strongest = rows.iter().copied().max().unwrap_or_default();
        let dot = rows.iter().position(|row| *row > strongest / 2).expect("a dot");
        let weakest = rows[dot..rows.len() * 3 / 4].iter().copied().min().expect("rows below the dot");
        f32::from(weakest) / f32::from(strongest)
    }

    #[test]
    fn an_i_keeps_its_dot_apart() {
        use super::super::size;
        for pixels_per_point in [1.0, 1.25, 1.5, 2.0] {
            let every = |points| [regular(points), medium(points), semibold(points), mono(points)];
            let fonts = [size::TEXT_SMALL, size::TEXT, size::TEXT_TITLE].map(every).concat();
            for font in fonts.into_iter().chain([mono(size::MONO)]) {
                let weakest = weakest_row(font.clone(), pixels_per_point);
                assert!(weakest < 0.57, "{font:?} at {pixels_per_point}: {weakest}");
            }
        }
    }

    #[test]
    fn weights_differ() {
        let mut fonts = Fonts::new(TextOptions::default(), definitions());
        let text = "Algorithm and key";
        let (regular, medium, semibold) = (
            width(&mut fonts, text, regular(13.0)),
            width(&mut fonts, text, medium(13.0)),
            width(&mut fonts, text, semibold(13.0)),
        );
        assert!(regular < medium && medium < semibold, "{regular} {medium} {semibold}");
    }

    #[test]
    fn icons_come_from_the_icon_font_in_every_family() {
        let mut fonts = Fonts::new(TextOptions::default(), definitions());
        let mut view = fonts.with_pixels_per_point(1.0);
        for font in [regular(13.0), medium(13.0), semibold(13.0), mono(13.0)] {
            let icon = super::super::icon::CHECK.chars().next().unwrap();
            let names = view.characters(&font.family).get(&icon).cloned().unwrap_or_default();
            assert_eq!(names.first().map(String::as_str), Some(ICONS), "{font:?}: {names:?}");
        }
    }
}
