//! The palette: read from the two JSON files of `assets/`, once.

use std::sync::LazyLock;

use eframe::egui::Color32;
use serde::{Deserialize, Deserializer};

static DARK: LazyLock<Tokens> = LazyLock::new(|| parse(include_str!("../../../assets/theme-dark.json")));
static LIGHT: LazyLock<Tokens> = LazyLock::new(|| parse(include_str!("../../../assets/theme-light.json")));

/// Every colour of one appearance, by what it is for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tokens {
    /// What things lie on, and the lines between them.
    pub surface: Surface,
    /// Plain text.
    pub text: Text,
    /// What is selected, focused or can be clicked.
    pub accent: Accent,
    /// The three parts of a token.
    pub part: Part,
    /// JSON.
    pub syntax: Syntax,
    /// How something turned out.
    pub status: Status,
    /// The series of a chart.
    pub series: Series,
}

impl Tokens {
    /// Light text on dark surfaces.
    #[must_use]
    pub fn dark() -> &'static Self {
        &DARK
    }

    /// Dark text on light surfaces.
    #[must_use]
    pub fn light() -> &'static Self {
        &LIGHT
    }
}

macro_rules! colours {
    ($(#[$about:meta])* $group:ident { $($(#[$what:meta])* $name:ident,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $group {
            $($(#[$what])* #[serde(deserialize_with = "colour")] pub $name: Color32,)+
        }
    };
}

colours! {
    /// What things lie on, and the lines between them.
    Surface {
        /// Behind everything.
        window,
        /// Cards, bars and the rail.
        panel,
        /// Buttons and empty tracks.
        raised,
        /// A raised thing under the pointer.
        hover,
        /// Text fields and editors.
        field,
        /// Quiet borders and separators.
        line,
        /// Borders of things that can be typed into.
        line_strong,
    }
}

colours! {
    /// Plain text.
    Text {
        /// What is read first.
        primary,
        /// Labels and unselected choices.
        secondary,
        /// Captions, line numbers, units.
        muted,
    }
}

colours! {
    /// What is selected, focused or can be clicked.
    Accent {
        /// Links, focus rings, the fill of the primary button.
        main,
        /// The primary button and links under the pointer, selected labels.
        hover,
        /// Behind selected choices and placeholders.
        background,
        /// Text on `main`.
        on_main,
        /// Behind selected text.
        selection,
    }
}

colours! {
    /// The three parts of a token, as text and as filled area.
    Part {
        /// Text of the header part.
        header,
        /// Text of the payload part.
        payload,
        /// Text of the signature part.
        signature,
        /// Area of the header part.
        header_fill,
        /// Area of the payload part.
        payload_fill,
        /// Area of the signature part.
        signature_fill,
        /// A cell of the payload that can be entered.
        payload_cell,
        /// A cell under the pointer.
        payload_cell_hover,
        /// A cell with nothing in it.
        payload_leaf,
        /// Text on cells.
        on_cell,
    }
}

colours! {
    /// JSON, and what an editor marks in it.
    Syntax {
        /// Member names.
        name,
        /// Strings.
        string,
        /// Numbers.
        number,
        /// `true`, `false` and `null`.
        keyword,
        /// Braces, brackets, colons and commas.
        punctuation,
        /// What the program says beside the text.
        hint,
        /// Behind the line with the cursor.
        current_line,
        /// Behind a pair of brackets.
        bracket,
        /// Behind what a search found.
        match_background,
    }
}

colours! {
    /// How something turned out, as text and behind it.
    Status {
        /// In order.
        ok,
        /// Behind `ok`.
        ok_background,
        /// Worth a look.
        warning,
        /// Behind `warning`.
        warning_background,
        /// Wrong.
        error,
        /// Behind `error`.
        error_background,
    }
}

colours! {
    /// The series of a chart. Each also has a marker or a dash of its own: colour alone tells nothing apart.
    Series {
        /// Blue.
        one,
        /// Orange.
        two,
        /// Teal.
        three,
        /// Purple.
        four,
        /// Ochre.
        five,
        /// Pink.
        six,
        /// Green.
        seven,
        /// Grey.
        eight,
    }
}

impl Series {
    /// How many colours there are.
    pub const COUNT: usize = 8;

    /// The colour of the series of this number, from 0 on; they begin again after the last.
    pub const fn nth(&self, number: usize) -> Color32 {
        match number % Self::COUNT {
            0 => self.one,
            1 => self.two,
            2 => self.three,
            3 => self.four,
            4 => self.five,
            5 => self.six,
            6 => self.seven,
            _ => self.eight,
        }
    }
}

/// The text is compiled in, and the tests below fail on one that does not parse: the fallback is never seen.
fn parse(text: &str) -> Tokens {
    serde_json::from_str(text).unwrap_or_default()
}

fn colour<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Color32, D::Error> {
    let text = <&str>::deserialize(deserializer)?;
    Color32::from_hex(text).map_err(|_problem| serde::de::Error::custom(format!("{text} is not a colour like #1a2b3c")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Color32) -> f64 {
        let channel = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
    }

    /// Contrast ratio of WCAG 2.2, 1 to 21.
    fn contrast(one: Color32, other: Color32) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[track_caller]
    fn check(theme: &str, what: &str, text: Color32, background: Color32, at_least: f64) {
        let ratio = contrast(text, background);
        assert!(ratio >= at_least, "{theme}: {what} has a contrast of {ratio:.2}, below {at_least}");
    }

    #[test]
    fn contrast_of_black_on_white_is_21() {
        assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 1e-9);
    }

    #[test]
    fn text_reaches_wcag_aa_on_every_background_it_is_drawn_on() {
        for (theme, t) in [("dark", Tokens::dark()), ("light", Tokens::light())] {
            let surfaces = [t.surface.window, t.surface.panel, t.surface.field, t.syntax.current_line];
            let texts = [
                ("primary text", t.text.primary),
                ("secondary text", t.text.secondary),
                ("muted text", t.text.muted),
                ("links", t.accent.main),
                ("header part", t.part.header),
                ("payload part", t.part.payload),
                ("signature part", t.part.signature),
                ("names", t.syntax.name),
                ("strings", t.syntax.string),
                ("numbers", t.syntax.number),
                ("keywords", t.syntax.keyword),
                ("punctuation", t.syntax.punctuation),
                ("hints", t.syntax.hint),
                ("ok", t.status.ok),
                ("warning", t.status.warning),
                ("error", t.status.error),
            ];
            for (what, text) in texts {
                for surface in surfaces {
                    check(theme, what, text, surface, 4.5);
                }
            }
            for (what, text, background) in [
                ("button text", t.text.primary, t.surface.raised),
                ("button text under the pointer", t.text.primary, t.surface.hover),
                ("ghost button under the pointer", t.text.secondary, t.surface.hover),
                ("verdict without judgement", t.text.secondary, t.surface.raised),
                ("finding under the pointer", t.text.primary, t.surface.hover),
                ("muted text on a raised surface", t.text.muted, t.surface.raised),
                ("primary button", t.accent.on_main, t.accent.main),
                ("primary button under the pointer", t.accent.on_main, t.accent.hover),
                ("selected choice", t.accent.main, t.accent.background),
                ("text of a selected row", t.text.primary, t.accent.background),
                ("caption of a selected row", t.text.secondary, t.accent.background),
                ("ok chip", t.status.ok, t.status.ok_background),
                ("warning chip", t.status.warning, t.status.warning_background),
                ("error chip", t.status.error, t.status.error_background),
                ("text of a message", t.text.primary, t.status.error_background),
                ("cell that can be entered", t.part.on_cell, t.part.payload_cell),
                ("cell under the pointer", t.part.on_cell, t.part.payload_cell_hover),
                ("cell with nothing in it", t.part.on_cell, t.part.payload_leaf),
                ("cell of what is left", t.text.secondary, t.surface.raised),
                ("selected text", t.text.primary, t.accent.selection),
                ("selected label", t.accent.hover, t.accent.selection),
                ("selected name", t.syntax.name, t.accent.selection),
                ("selected string", t.syntax.string, t.accent.selection),
                ("name found by a search", t.syntax.name, t.syntax.match_background),
                ("string found by a search", t.syntax.string, t.syntax.match_background),
                ("placeholder of a variable", t.syntax.keyword, t.accent.background),
                ("placeholder that is unknown", t.status.error, t.status.error_background),
                ("meaning of a chosen completion", t.text.secondary, t.accent.background),
                ("bracket of a pair", t.syntax.punctuation, t.syntax.bracket),
            ] {
                check(theme, what, text, background, 4.5);
            }
        }
    }

    #[test]
    fn signs_and_lines_stand_out_from_the_card() {
        for (theme, t) in [("dark", Tokens::dark()), ("light", Tokens::light())] {
            for (what, ink) in [
                ("sign of an error", t.status.error),
                ("sign of a warning", t.status.warning),
                ("sign of a remark", t.accent.main),
                ("time of validity", t.status.ok),
                ("now", t.text.primary),
            ] {
                check(theme, what, ink, t.surface.panel, 3.0);
            }
        }
    }

    #[test]
    fn filled_parts_stand_out_from_the_track() {
        for (theme, t) in [("dark", Tokens::dark()), ("light", Tokens::light())] {
            for (what, fill) in [
                ("header area", t.part.header_fill),
                ("payload area", t.part.payload_fill),
                ("signature area", t.part.signature_fill),
            ] {
                check(theme, what, fill, t.surface.raised, if theme == "dark" { 3.0 } else { 2.4 });
            }
        }
    }

    #[test]
    fn series_stand_out_from_the_card_and_from_each_other() {
        for (theme, t) in [("dark", Tokens::dark()), ("light", Tokens::light())] {
            let colours: Vec<Color32> = (0..Series::COUNT).map(|number| t.series.nth(number)).collect();
            for (number, colour) in colours.iter().enumerate() {
                check(theme, &format!("series {number}"), *colour, t.surface.panel, 4.5);
                assert!(
                    !colours.iter().skip(number + 1).any(|other| other == colour),
                    "{theme}: {number} is there twice"
                );
            }
            assert_eq!(t.series.nth(Series::COUNT), t.series.one, "they begin again");
        }
    }

    #[test]
    fn a_colour_that_is_none_is_refused() {
        let text = include_str!("../../../assets/theme-dark.json").replacen("#14161a", "grey", 1);
        let problem = serde_json::from_str::<Tokens>(&text).expect_err("grey is no colour");
        assert!(problem.to_string().contains("grey is not a colour"), "{problem}");
    }
}
