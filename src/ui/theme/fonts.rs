//! The typefaces: Inter for the interface, JetBrains Mono for JSON and tokens, Phosphor for icons.
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
const PHOSPHOR: &str = "phosphor";

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
    add(INTER, FontData::from_blob(inter.clone(), 0));
    add(INTER_MEDIUM, FontData::from_blob(inter.clone(), 0).tweak(weight(500.0)));
    add(INTER_SEMIBOLD, FontData::from_blob(inter, 0).tweak(weight(600.0)));
    add(JETBRAINS_MONO, FontData::from_blob(mono, 0));
    add(PHOSPHOR, FontData::from_static(egui_phosphor::Variant::Regular.font_bytes()).tweak(icons()));

    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let fallback_mono = fonts.families.get(&FontFamily::Monospace).cloned().unwrap_or_default();
    for (family, first, rest) in [
        (FontFamily::Proportional, INTER, &fallback),
        (MEDIUM.clone(), INTER_MEDIUM, &fallback),
        (SEMIBOLD.clone(), INTER_SEMIBOLD, &fallback),
        (FontFamily::Monospace, JETBRAINS_MONO, &fallback_mono),
    ] {
        // The icon font maps the letters to blanks: it must stand behind the text font.
        let names = [first, PHOSPHOR].into_iter().map(str::to_owned).chain(rest.iter().cloned());
        fonts.families.insert(family, names.collect());
    }
    fonts
}

fn text_font(bytes: &[u8]) -> Vec<u8> {
    without_private_use(without_ligatures(bytes.to_vec()))
}

fn weight(value: f32) -> FontTweak {
    FontTweak { coords: VariationCoords::new([(b"wght", value)]), ..FontTweak::default() }
}

/// Icons stand on the base line; text beside them looks centred when they hang a little lower.
fn icons() -> FontTweak {
    FontTweak { y_offset_factor: 0.1, ..FontTweak::default() }
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
            let icon = super::super::icon::COPY.chars().next().unwrap();
            let names = view.characters(&font.family).get(&icon).cloned().unwrap_or_default();
            assert_eq!(names.first().map(String::as_str), Some(PHOSPHOR), "{font:?}: {names:?}");
        }
    }
}
