//! What is kept of the user's work, and how long copies stay on the clipboard.

use serde::{Deserialize, Serialize};

/// The longest time that something may stay on the clipboard before it is cleared, in seconds.
const MOST_SECONDS: u32 = 3_600;

/// What is kept of the user's work, and how long things stay on the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SafetySettings {
    /// Whether drafts are kept while they are typed, to be offered after a crash.
    pub keep_drafts: bool,
    /// After how many seconds a copied secret or key is cleared from the clipboard; 0 for never, at most 3,600.
    pub clear_secrets_after: u32,
    /// The same for a copied token.
    pub clear_tokens_after: u32,
    /// Whether what was copied is cleared from the clipboard when the program ends.
    pub clear_on_exit: bool,
}

impl Default for SafetySettings {
    fn default() -> Self {
        Self { keep_drafts: true, clear_secrets_after: 30, clear_tokens_after: 0, clear_on_exit: true }
    }
}

impl SafetySettings {
    /// The same, with times of at most an hour.
    #[must_use]
    pub fn in_range(self) -> Self {
        let Self { clear_secrets_after, clear_tokens_after, .. } = self;
        let [secrets, tokens] = [clear_secrets_after, clear_tokens_after].map(|seconds| seconds.min(MOST_SECONDS));
        Self { clear_secrets_after: secrets, clear_tokens_after: tokens, ..self }
    }
}
