//! How the figures of the lab are written, and what its patterns look like.

use crate::jose::text::grouped;
use crate::measure::login::pattern::{Minting, Pattern, Payload};
use crate::ui::chart::{Dash, Look, Marker};

/// So many bytes: `1,824 B`.
pub(super) fn bytes(count: usize) -> String {
    format!("{} B", grouped(count as u64))
}

/// So many bytes in the unit that fits: `182 KB`, a thousand bytes each.
pub(super) fn volume(count: u64) -> String {
    let count = count as f64;
    if count < 1e4 {
        format!("{} B", grouped(count as u64))
    } else if count < 1e7 {
        format!("{:.1} KB", count / 1e3)
    } else {
        format!("{:.1} MB", count / 1e6)
    }
}

/// Where a pattern mints.
pub(super) const fn minting(pattern: Option<Pattern>) -> &'static str {
    match pattern {
        Some(Pattern { minting: Minting::OnLoop, .. }) => "on the loop",
        Some(Pattern { minting: Minting::OffLoop, .. }) => "worker pool",
        None => "not known",
    }
}

/// What tells a pattern from the others: warm colours block, cool ones do not; a broken line is the minimal payload.
/// Other servers come after the patterns.
pub(super) fn look(pattern: Option<Pattern>, row: usize) -> Look {
    let Some(Pattern { payload, minting }) = pattern else { return Look::nth(3 + row % 2) };
    let (colour, marker) = match (minting, payload) {
        (Minting::OnLoop, Payload::Full) => (1, Marker::Circle),
        (Minting::OnLoop, Payload::Minimal) => (5, Marker::Square),
        (Minting::OffLoop, Payload::Full) => (2, Marker::Triangle),
        (Minting::OffLoop, Payload::Minimal) => (0, Marker::Diamond),
    };
    let dash = if payload == Payload::Full { Dash::Solid } else { Dash::Dashed };
    Look { colour, dash, marker }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volumes_have_the_unit_that_fits() {
        assert_eq!([950, 159_200, 25_000_000].map(volume), ["950 B", "159.2 KB", "25.0 MB"]);
    }

    #[test]
    fn patterns_differ_in_more_than_colour() {
        let looks = Pattern::ALL.map(|pattern| look(Some(pattern), 0));
        for (place, one) in looks.iter().enumerate() {
            assert!(looks.iter().skip(place + 1).all(|other| one.marker != other.marker && one.colour != other.colour));
        }
    }
}
