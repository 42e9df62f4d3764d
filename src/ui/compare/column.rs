//! The columns of the table of variants: their titles, widths, and which of them there is room for.

use std::collections::BTreeMap;

use eframe::egui::Rangef;

use super::figure::grouped;
use crate::measure::budget::Budget;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Column {
    Name,
    Algorithm,
    Claims,
    Parts,
    Header,
    Payload,
    Signature,
    Token,
    Baseline,
    Budget,
    SignP50,
    SignP95,
    VerifyP50,
    VerifyP95,
    Rate,
    Verdict,
}

impl Column {
    /// All of them, from left to right.
    pub(super) const ALL: [Self; 16] = [
        Self::Name,
        Self::Algorithm,
        Self::Claims,
        Self::Parts,
        Self::Header,
        Self::Payload,
        Self::Signature,
        Self::Token,
        Self::Baseline,
        Self::Budget,
        Self::SignP50,
        Self::SignP95,
        Self::VerifyP50,
        Self::VerifyP95,
        Self::Rate,
        Self::Verdict,
    ];

    /// All of them, the most important first: where there is little room, the last ones are left out.
    const BY_WORTH: [Self; 16] = [
        Self::Name,
        Self::Token,
        Self::Verdict,
        Self::SignP50,
        Self::VerifyP50,
        Self::Algorithm,
        Self::Baseline,
        Self::Budget,
        Self::Claims,
        Self::Parts,
        Self::Rate,
        Self::SignP95,
        Self::VerifyP95,
        Self::Payload,
        Self::Signature,
        Self::Header,
    ];

    /// The title, with the unit.
    pub(super) fn title(self, budget: Budget) -> String {
        match self {
            Self::Budget => budget_title(budget),
            Self::Name => "Variant".to_owned(),
            Self::Algorithm => "Algorithm".to_owned(),
            Self::Claims => "Claims".to_owned(),
            Self::Parts => "Parts".to_owned(),
            Self::Header => "Header, B".to_owned(),
            Self::Payload => "Payload, B".to_owned(),
            Self::Signature => "Signature, B".to_owned(),
            Self::Token => "Token, bytes".to_owned(),
            Self::Baseline => "To baseline, B".to_owned(),
            Self::SignP50 => "Sign p50".to_owned(),
            Self::SignP95 => "Sign p95".to_owned(),
            Self::VerifyP50 => "Verify p50".to_owned(),
            Self::VerifyP95 => "Verify p95".to_owned(),
            Self::Rate => "Tokens/s".to_owned(),
            Self::Verdict => "Verdict".to_owned(),
        }
    }

    /// What the figures mean.
    pub(super) const fn tip(self) -> &'static str {
        match self {
            Self::Name => "What the variant is called; a star marks the baseline",
            Self::Algorithm => "The algorithm in the header",
            Self::Claims => "How many claims the payload has",
            Self::Parts => "Header, payload and signature, drawn to the scale of the longest token",
            Self::Header => "The header as sent, in base64url",
            Self::Payload => "The payload as sent, in base64url",
            Self::Signature => "The signature as sent, in base64url",
            Self::Token => "The whole token as sent",
            Self::Baseline => "How much longer or shorter the token is than the baseline's",
            Self::Budget => "The part of the budget that the token takes, what stands around it included",
            Self::SignP50 => "Half of the tokens were minted in this time or less",
            Self::SignP95 => "95 of 100 tokens were minted in this time or less",
            Self::VerifyP50 => "Half of the tokens were verified in this time or less",
            Self::VerifyP95 => "95 of 100 tokens were verified in this time or less",
            Self::Rate => "Tokens that one thread mints in a second",
            Self::Verdict => "Light, fair or heavy: the rule stands below the table for the selected variant",
        }
    }

    /// Whether what is in it stands at the right, as numbers do.
    pub(super) const fn is_number(self) -> bool {
        !matches!(self, Self::Name | Self::Algorithm | Self::Parts | Self::Verdict)
    }

    /// The width that it needs, in points.
    const fn width(self) -> f32 {
        match self {
            Self::Name => 176.0,
            Self::Algorithm => 76.0,
            Self::Claims => 64.0,
            Self::Parts => 150.0,
            Self::Header => 82.0,
            Self::Payload => 90.0,
            Self::Signature => 100.0,
            Self::Token => 96.0,
            Self::Baseline => 122.0,
            Self::Budget => 124.0,
            Self::SignP50 => 104.0,
            Self::SignP95 => 86.0,
            Self::VerifyP50 | Self::VerifyP95 => 90.0,
            Self::Rate => 86.0,
            Self::Verdict => 88.0,
        }
    }
}

/// The budget in a few letters: `Cookie 4,096`.
fn budget_title(budget: Budget) -> String {
    let name = match budget {
        Budget::Cookie => "Cookie",
        Budget::Nginx => "nginx",
        Budget::Apache => "Apache",
        Budget::Tomcat => "Tomcat",
        Budget::Node => "Node.js",
        Budget::Iis => "IIS",
        Budget::Kestrel => "Kestrel",
        Budget::Alb => "ALB",
        Budget::CloudFront => "CloudFront",
        Budget::Cloudflare => "Cloudflare",
        Budget::Own(_) => "Own",
    };
    format!("{name} {}", grouped(budget.limit() as u64))
}

/// The narrowest that the user can make a column, in points.
const NARROWEST: f32 = 44.0;
/// The bars of the parts grow no wider than this by themselves, in points.
const WIDEST_PARTS: f32 = 260.0;

/// Which columns are shown, and how wide.
#[derive(Debug, Default)]
pub(super) struct Choice {
    widths: BTreeMap<Column, f32>,
    chosen: BTreeMap<Column, bool>,
}

impl Choice {
    /// The columns on show and where each stands within the table, in points, where there are `room` points. When the
    /// user asks for more than there is room for, they reach further than that.
    pub(super) fn places(&self, room: f32) -> Vec<(Column, Rangef)> {
        let mut shown: BTreeMap<Column, f32> = BTreeMap::new();
        let mut taken = 0.0;
        let wanted = |column: &Column| self.chosen.get(column) == Some(&true) || *column == Column::Name;
        let free = |column: &Column| !self.chosen.contains_key(column) && *column != Column::Name;
        for column in Column::BY_WORTH.into_iter().filter(wanted) {
            taken += self.width(column);
            shown.insert(column, self.width(column));
        }
        for column in Column::BY_WORTH.into_iter().filter(free) {
            if taken + self.width(column) > room {
                break;
            }
            taken += self.width(column);
            shown.insert(column, self.width(column));
        }
        self.spread(&mut shown, room - taken);
        let mut left = 0.0;
        let place = |(column, width): (Column, f32)| {
            let range = Rangef::new(left, left + width);
            left += width;
            (column, range)
        };
        shown.into_iter().map(place).collect()
    }

    /// Gives what is left over to the bars and the names, unless the user has said how wide these are.
    fn spread(&self, shown: &mut BTreeMap<Column, f32>, spare: f32) {
        let mut spare = spare.max(0.0);
        let is_free = |column: Column| !self.widths.contains_key(&column);
        if let Some(parts) = shown.get_mut(&Column::Parts).filter(|_| is_free(Column::Parts)) {
            let more = spare.min(WIDEST_PARTS - *parts).max(0.0);
            *parts += more;
            spare -= more;
        }
        if let Some(name) = shown.get_mut(&Column::Name).filter(|_| is_free(Column::Name)) {
            *name += spare;
        }
    }

    fn width(&self, column: Column) -> f32 {
        self.widths.get(&column).copied().unwrap_or(column.width())
    }

    /// Makes a column this wide; `None` for the width that it has by itself.
    pub(super) fn resize(&mut self, column: Column, width: Option<f32>) {
        match width {
            Some(width) => self.widths.insert(column, width.max(NARROWEST)),
            None => self.widths.remove(&column),
        };
    }

    /// Shows or hides a column, whatever room there is.
    pub(super) fn choose(&mut self, column: Column, shown: bool) {
        self.chosen.insert(column, shown);
    }

    /// Shows as many columns as there is room for, each as wide as it needs.
    pub(super) fn reset(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(choice: &Choice, room: f32) -> Vec<Column> {
        choice.places(room).into_iter().map(|(column, _)| column).collect()
    }

    #[test]
    fn with_little_room_the_least_important_columns_go() {
        let choice = Choice::default();
        let narrow = shown(&choice, 780.0);
        assert!(narrow.contains(&Column::Token) && narrow.contains(&Column::Verdict), "{narrow:?}");
        assert!(!narrow.contains(&Column::Header), "{narrow:?}");
        assert_eq!(shown(&choice, 3_000.0), Column::ALL);
        assert_eq!(shown(&choice, 10.0), [Column::Name], "the name always stays");
    }

    #[test]
    fn columns_fill_the_room_without_gaps() {
        for room in [780.0, 1_150.0, 2_000.0] {
            let places = Choice::default().places(room);
            assert!(places.windows(2).all(|pair| pair[0].1.max == pair[1].1.min), "{places:?}");
            assert!((places.last().unwrap().1.max - room).abs() < 0.01, "{room}: {places:?}");
        }
    }

    #[test]
    fn what_the_user_asks_for_is_shown_even_without_room() {
        let mut choice = Choice::default();
        choice.choose(Column::Header, true);
        choice.choose(Column::Token, false);
        let places = shown(&choice, 600.0);
        assert!(places.contains(&Column::Header) && !places.contains(&Column::Token), "{places:?}");
        choice.resize(Column::Name, Some(1.0));
        assert_eq!(choice.places(600.0)[0].1.span(), NARROWEST);
        choice.reset();
        assert!(shown(&choice, 600.0).contains(&Column::Token));
    }
}
