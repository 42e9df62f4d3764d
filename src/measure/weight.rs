//! The verdict on a variant: light, fair or heavy, and the rule that says so.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::budget::Budget;
use super::histogram::format_ns;

/// From this part of the budget on a token is fair, in percent.
pub const FAIR_PERCENT: f64 = 15.0;
/// From this part of the budget on a token is heavy, in percent.
pub const HEAVY_PERCENT: f64 = 40.0;
/// From this time on minting is fair, in nanoseconds: 10,000 tokens a second keep a core busy.
pub const FAIR_NS: u64 = 100_000;
/// From this time on minting is heavy, in nanoseconds: 1,000 tokens a second keep a core busy.
pub const HEAVY_NS: u64 = 1_000_000;

/// How much a token asks of those who carry and mint it; a later one is worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Small and quick.
    Light,
    /// Worth a look.
    Fair,
    /// Costly.
    Heavy,
    /// It does not fit into the budget.
    TooLarge,
}

impl Weight {
    /// The word for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Fair => "fair",
            Self::Heavy => "heavy",
            Self::TooLarge => "too large",
        }
    }
}

/// A weight, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// The worse of what size and time say.
    pub weight: Weight,
    /// The rule that decided, in plain words: a sentence with the figure and the bound.
    pub reason: String,
}

impl Ruling {
    /// Judges a token of `token_len` bytes whose minting takes `sign_p50` nanoseconds, if that is known.
    pub fn of(budget: Budget, token_len: usize, sign_p50: Option<u64>) -> Self {
        let (size, takes) = by_size(budget, token_len);
        let Some((time, lasts)) = sign_p50.map(by_time) else {
            let untimed = if size == Weight::Light { "; its signing was not timed" } else { "" };
            return Self { weight: size, reason: format!("It takes {takes}{untimed}.") };
        };
        let reason = match size.cmp(&time) {
            Ordering::Greater => format!("It takes {takes}."),
            Ordering::Less => format!("It takes {lasts}."),
            Ordering::Equal => format!("It takes {takes}, and {lasts}."),
        };
        Self { weight: size.max(time), reason }
    }
}

/// What the size says, and the words after "It takes".
fn by_size(budget: Budget, token_len: usize) -> (Weight, String) {
    let percent = budget.share(token_len) * 100.0;
    let (weight, rule) = match percent {
        percent if percent > 100.0 => (Weight::TooLarge, "more than there is".to_owned()),
        percent if percent >= HEAVY_PERCENT => (Weight::Heavy, format!("{HEAVY_PERCENT} % or more")),
        percent if percent >= FAIR_PERCENT => (Weight::Fair, format!("{FAIR_PERCENT} % or more")),
        _ => (Weight::Light, format!("less than {FAIR_PERCENT} %")),
    };
    // Rounded away from the bound above it, so that the figure and the rule never contradict each other.
    let tenths = percent * 10.0;
    let shown = if weight == Weight::TooLarge { tenths.ceil() } else { tenths.floor() } / 10.0;
    (weight, format!("{shown:.1} % of {}, {rule}", budget.phrase()))
}

/// What the time of signing says, and the words after "It takes".
fn by_time(sign_p50: u64) -> (Weight, String) {
    let (weight, rule) = match sign_p50 {
        HEAVY_NS.. => (Weight::Heavy, format!("{} or more", bound(HEAVY_NS))),
        FAIR_NS.. => (Weight::Fair, format!("{} or more", bound(FAIR_NS))),
        _ => (Weight::Light, format!("less than {}", bound(FAIR_NS))),
    };
    // Cut to the three digits that are shown, so that 999.6 µs does not read as 1 ms.
    let mut unit = 1;
    while sign_p50 / unit >= 1_000 {
        unit *= 10;
    }
    (weight, format!("{} to sign, {rule}", format_ns(sign_p50 / unit * unit)))
}

/// A bound in whole units, as people write it: "100 µs", "1 ms".
fn bound(ns: u64) -> String {
    if ns.is_multiple_of(1_000_000) { format!("{} ms", ns / 1_000_000) } else { format!("{} µs", ns / 1_000) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    use super::*;

    #[track_caller]
    fn check(token_len: usize, sign_p50: Option<u64>, weight: Weight, reason: &str) {
        let ruling = Ruling::of(Budget::Own(10_000), token_len, sign_p50);
        assert_eq!((ruling.weight, ruling.reason.as_str()), (weight, reason));
    }

    #[test]
    fn the_worse_of_size_and_time_decides_and_says_why() {
        check(
            1_499,
            Some(99_999),
            Weight::Light,
            "It takes 14.9 % of a limit of your own, less than 15 %, and 99.9 µs to sign, less than 100 µs.",
        );
        check(1_500, Some(1_200), Weight::Fair, "It takes 15.0 % of a limit of your own, 15 % or more.");
        check(
            3_999,
            Some(100_000),
            Weight::Fair,
            "It takes 39.9 % of a limit of your own, 15 % or more, and 100 µs to sign, 100 µs or more.",
        );
        check(10, Some(999_999), Weight::Fair, "It takes 999 µs to sign, 100 µs or more.");
        check(4_000, Some(999_999), Weight::Heavy, "It takes 40.0 % of a limit of your own, 40 % or more.");
        check(10, Some(1_000_000), Weight::Heavy, "It takes 1.00 ms to sign, 1 ms or more.");
        check(10_000, None, Weight::Heavy, "It takes 100.0 % of a limit of your own, 40 % or more.");
        check(
            10_001,
            Some(9_000_000),
            Weight::TooLarge,
            "It takes 100.1 % of a limit of your own, more than there is.",
        );
    }

    #[test]
    fn what_was_not_timed_is_judged_by_size_and_says_so() {
        let reason = "It takes 0.1 % of a limit of your own, less than 15 %; its signing was not timed.";
        check(10, None, Weight::Light, reason);
        check(2_000, None, Weight::Fair, "It takes 20.0 % of a limit of your own, 15 % or more.");
        let reason = Ruling::of(Budget::Nginx, 800, None).reason;
        assert!(reason.contains(" % of an 8 KiB nginx header line, "), "{reason}");
    }

    proptest! {
        #[test]
        fn more_bytes_and_more_time_never_weigh_less(
            token in 0_usize..10_000, more in 0_usize..10_000, ns in any::<u32>(), later in any::<u32>(),
        ) {
            let of = |token, ns| Ruling::of(Budget::Cookie, token, ns).weight;
            let (ns, later) = (u64::from(ns), u64::from(ns) + u64::from(later));
            prop_assert!(of(token, Some(ns)) <= of(token + more, Some(later)));
            prop_assert!(of(token, None) <= of(token, Some(ns)));
            prop_assert_eq!(of(token, Some(ns)) == Weight::TooLarge, Budget::Cookie.remaining(token) < 0);
        }
    }
}
