//! What tells one series from another: a colour, and beside it a dash and a marker, so that colour is never needed.

use eframe::egui::{Color32, Ui};

use crate::ui::theme::tokens;

/// The line of a series.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dash {
    /// Unbroken.
    #[default]
    Solid,
    /// Short dashes.
    Dashed,
    /// Dots.
    Dotted,
    /// Long and short in turn.
    DashDot,
    /// Long dashes.
    Long,
}

impl Dash {
    /// All of them, the plainest first.
    pub const ALL: [Self; 5] = [Self::Solid, Self::Dashed, Self::Dotted, Self::DashDot, Self::Long];

    /// The lengths of dashes and of the gaps behind them, in points; empty for an unbroken line.
    pub(super) const fn pattern(self) -> (&'static [f32], &'static [f32]) {
        match self {
            Self::Solid => (&[], &[]),
            Self::Dashed => (&[6.0], &[4.0]),
            Self::Dotted => (&[1.6], &[3.0]),
            Self::DashDot => (&[9.0, 2.0], &[3.5, 3.5]),
            Self::Long => (&[14.0], &[5.0]),
        }
    }
}

/// The sign at the points of a series.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Marker {
    /// A filled circle.
    #[default]
    Circle,
    /// A filled square.
    Square,
    /// A triangle that points up.
    Triangle,
    /// A square on its corner.
    Diamond,
    /// A diagonal cross.
    Cross,
    /// A triangle that points down.
    Down,
    /// An upright cross.
    Plus,
    /// A circle that is not filled.
    Ring,
}

impl Marker {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Circle, Self::Square, Self::Triangle, Self::Diamond, Self::Cross, Self::Down, Self::Plus, Self::Ring];
}

/// See the module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The number of the colour among those of the theme.
    pub colour: usize,
    /// The line.
    pub dash: Dash,
    /// The sign at its points.
    pub marker: Marker,
}

impl Look {
    /// The look of the thing of this number: as many colours and markers as there are, and then other pairs of the two.
    pub fn nth(number: usize) -> Self {
        let turn = number / Marker::ALL.len();
        let marker = Marker::ALL.get((number + turn) % Marker::ALL.len()).copied().unwrap_or_default();
        Self { colour: number, dash: Dash::Solid, marker }
    }

    /// With another line.
    #[must_use]
    pub const fn dashed(self, dash: Dash) -> Self {
        Self { dash, ..self }
    }

    /// The colour in the appearance of `ui`.
    pub fn ink(self, ui: &Ui) -> Color32 {
        tokens(ui).series.nth(self.colour)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_of_fifty_things_differ_in_more_than_colour() {
        let looks: Vec<(usize, Marker)> = (0..50).map(Look::nth).map(|look| (look.colour % 8, look.marker)).collect();
        for (number, look) in looks.iter().enumerate() {
            assert!(!looks.iter().skip(number + 1).any(|other| other == look), "{number}");
        }
        let first: Vec<Marker> = looks.iter().take(8).map(|(_, marker)| *marker).collect();
        assert!((1..8).all(|number| !first.iter().take(number).any(|marker| first.get(number) == Some(marker))));
    }
}
