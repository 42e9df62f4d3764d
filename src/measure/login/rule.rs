//! The verdict on a pattern, and the rule that gave it.

use serde::{Deserialize, Serialize};

use super::report::{LoginRow, Spread};

/// What a login does to the other users of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Others feel nothing.
    Ok,
    /// Others wait noticeably.
    Slows,
    /// Others wait as long as a person notices.
    Blocks,
    /// Not all logins were answered: the figures say how the server fails, not how it serves.
    Overloaded,
}

impl Verdict {
    /// In two words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Slows => "slows others",
            Self::Blocks => "blocks others",
            Self::Overloaded => "overloaded",
        }
    }
}

/// A verdict and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// The verdict.
    pub verdict: Verdict,
    /// The rule that gave it, with the figures, in plain words.
    pub reason: String,
}

/// The verdict on a row, held against `/ping` on an idle server.
pub fn ruling(_row: &LoginRow, _idle: Option<Spread>) -> Ruling {
    Ruling { verdict: Verdict::Ok, reason: String::new() }
}
