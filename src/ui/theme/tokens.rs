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
        /// Borders of menus, dialogs and what the pointer is over.
        line_strong,
        /// Borders without which a field, a selector or a box to tick would not be seen.
        line_field,
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

/// The text is compiled in, and the tests of `contrast.rs` fail on one that does not parse: the fallback is never seen.
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

    #[test]
    fn a_colour_that_is_none_is_refused() {
        let text = include_str!("../../../assets/theme-dark.json").replacen("#14161a", "grey", 1);
        let problem = serde_json::from_str::<Tokens>(&text).expect_err("grey is no colour");
        assert!(problem.to_string().contains("grey is not a colour"), "{problem}");
    }
}
