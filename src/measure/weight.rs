//! The verdict on a variant: light, fair or heavy, and the rule that says so.

use super::budget::Budget;

/// From this part of the budget on a token is fair, in percent.
pub const FAIR_PERCENT: f64 = 15.0;
/// From this part of the budget on a token is heavy, in percent.
pub const HEAVY_PERCENT: f64 = 40.0;
/// From this time on minting is fair, in nanoseconds: 10,000 tokens a second keep a core busy.
pub const FAIR_NS: u64 = 100_000;
/// From this time on minting is heavy, in nanoseconds: 1,000 tokens a second keep a core busy.
pub const HEAVY_NS: u64 = 1_000_000;

/// How much a token asks of those who carry and mint it; a later one is worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The worse of what size and time say.
    pub weight: Weight,
    /// The rule that decided, in plain words: a sentence with the figure and the bound.
    pub reason: String,
}

impl Ruling {
    /// Judges a token of `token_len` bytes whose minting takes `sign_p50` nanoseconds, if that is known.
    pub fn of(budget: Budget, token_len: usize, sign_p50: Option<u64>) -> Self {
        let _ = (budget, token_len, sign_p50);
        Self { weight: Weight::Light, reason: String::new() }
    }
}
