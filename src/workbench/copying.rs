//! Copying: what goes to the clipboard, what it is called, and how long it stays there.

use std::time::Duration;

use super::Workbench;
use super::command::Copied;
use super::effect::Effect;
use super::minted_tokens::Way;
use super::settings::SafetySettings;
use crate::jose::error::Problem;
use crate::jose::secret::Secret;

/// What a copied text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CopyKind {
    /// A token.
    Token,
    /// A header line with a token in it.
    HeaderLine,
    /// A curl command with a token in it.
    TokenCommand,
    /// A secret as typed.
    Secret,
    /// A private key, or a symmetric one.
    PrivateKey,
    /// A public key.
    PublicKey,
    /// A curl command with nothing to hide.
    Command,
    /// A single value.
    Value,
    /// Where something is.
    Path,
    /// The verdict on a token.
    Report,
    /// The draft as code.
    Code,
}

impl CopyKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Token,
        Self::HeaderLine,
        Self::TokenCommand,
        Self::Secret,
        Self::PrivateKey,
        Self::PublicKey,
        Self::Command,
        Self::Value,
        Self::Path,
        Self::Report,
        Self::Code,
    ];

    /// What the user calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Token => "Token",
            Self::HeaderLine => "Header line",
            Self::TokenCommand | Self::Command => "curl command",
            Self::Secret => "Secret",
            Self::PrivateKey => "Private key",
            Self::PublicKey => "Public key",
            Self::Value => "Value",
            Self::Path => "Path",
            Self::Report => "Report",
            Self::Code => "Code",
        }
    }

    /// How long it may stay on the clipboard.
    pub fn stay(self, safety: &SafetySettings) -> Stay {
        let seconds = match self {
            Self::Secret | Self::PrivateKey => safety.clear_secrets_after,
            Self::Token | Self::HeaderLine | Self::TokenCommand => safety.clear_tokens_after,
            Self::PublicKey | Self::Command | Self::Value | Self::Path | Self::Report | Self::Code => {
                return Stay::FOR_EVER;
            }
        };
        let clear_after = (seconds > 0).then(|| Duration::from_secs(seconds.into()));
        Stay { clear_after, clear_on_exit: safety.clear_on_exit }
    }
}

/// How long a copied text may stay on the clipboard. It is cleared only if it is still what the clipboard holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Cleared after this long; `None` for not at all.
    pub clear_after: Option<Duration>,
    /// Cleared when the program ends.
    pub clear_on_exit: bool,
}

impl Stay {
    /// It is never cleared.
    pub const FOR_EVER: Self = Self { clear_after: None, clear_on_exit: false };
}

impl Workbench {
    /// Has a text put on the clipboard.
    pub(super) fn copy_text(&self, text: Secret, what: CopyKind) -> Effect {
        Effect::Copy { text, what, stay: what.stay(&self.settings.safety) }
    }

    /// Copies what was asked for while its token was still being made.
    pub(super) fn copy_what_waits(&mut self) -> Vec<Effect> {
        let Some(what) = self.pending.copy_next.take_if(|_| self.facts.revision == self.draft.revision()) else {
            return Vec::new();
        };
        match &self.facts.outcome {
            Ok(_) => self.apply_copy(what),
            Err(blocked) => {
                let message = format!("There is no token to copy. {}", blocked.problem.message);
                self.complain(Problem::new("no-token", message).help(blocked.problem.help.clone()))
            }
        }
    }

    pub(super) fn apply_copy(&mut self, what: Copied) -> Vec<Effect> {
        if matches!(what, Copied::Token | Copied::Bearer | Copied::Curl) && !self.is_settled() {
            self.pending.copy_next = Some(what);
            return Vec::new();
        }
        let (text, what) = match what {
            Copied::Value(text) => (Some(Secret::from(text)), CopyKind::Value),
            Copied::Path(text) => (Some(Secret::from(text)), CopyKind::Path),
            Copied::Code(code) => (Some(Secret::from(code)), CopyKind::Code),
            Copied::Secret => (Some(self.keys.secret().text.clone()), CopyKind::Secret),
            Copied::Key(of, export) => return self.copy_key(of, export),
            Copied::Report => (self.inspection.report().map(Secret::from), CopyKind::Report),
            Copied::Token => (self.token_text(|token| token.to_owned()), CopyKind::Token),
            Copied::Bearer => (self.token_text(|token| format!("Authorization: Bearer {token}")), CopyKind::HeaderLine),
            Copied::Curl => (
                self.token_text(|token| {
                    format!("curl --header 'Authorization: Bearer {token}' https://api.example.com/")
                }),
                CopyKind::TokenCommand,
            ),
        };
        text.map(|text| self.copy_text(text, what)).into_iter().collect()
    }

    /// The token of the draft, on its way out of the program.
    fn token_text(&mut self, write: impl FnOnce(&str) -> String) -> Option<Secret> {
        self.remember_token(Way::Copied);
        self.minted().map(|minted| Secret::from(write(minted.token.as_str())))
    }

    pub(super) fn on_copied(&mut self, what: CopyKind, outcome: Result<Stay, Problem>) {
        match outcome {
            Ok(stay) => self.notices.done(copied_words(what, stay), self.now),
            Err(problem) => self.notices.error(problem, self.now),
        }
    }
}

fn copied_words(what: CopyKind, stay: Stay) -> String {
    let label = what.label();
    match stay.clear_after {
        Some(time) => format!("{label} copied. It is cleared from the clipboard in {}.", time_words(time.as_secs())),
        None => format!("{label} copied."),
    }
}

/// A length of time in words: `30 seconds`, `1 minute`.
pub fn time_words(seconds: u64) -> String {
    let (number, unit) =
        if seconds >= 60 && seconds.is_multiple_of(60) { (seconds / 60, "minute") } else { (seconds, "second") };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_tokens_stay_as_long_as_the_settings_say_and_the_rest_for_ever() {
        let safety = SafetySettings { clear_tokens_after: 0, ..SafetySettings::default() };
        let thirty = Stay { clear_after: Some(Duration::from_secs(30)), clear_on_exit: true };
        for what in CopyKind::ALL {
            let expected = match what {
                CopyKind::Secret | CopyKind::PrivateKey => thirty,
                CopyKind::Token | CopyKind::HeaderLine | CopyKind::TokenCommand => Stay { clear_after: None, ..thirty },
                _ => Stay::FOR_EVER,
            };
            assert_eq!(what.stay(&safety), expected, "{what:?}");
        }
    }

    #[test]
    fn the_notice_tells_when_the_text_goes() {
        let words = |seconds| copied_words(CopyKind::Secret, Stay { clear_after: seconds, clear_on_exit: true });
        assert_eq!(words(None), "Secret copied.");
        let after = |seconds| words(Some(Duration::from_secs(seconds)));
        assert_eq!(after(30), "Secret copied. It is cleared from the clipboard in 30 seconds.");
        assert_eq!(after(60), "Secret copied. It is cleared from the clipboard in 1 minute.");
        assert_eq!(after(300), "Secret copied. It is cleared from the clipboard in 5 minutes.");
        assert_eq!(after(90), "Secret copied. It is cleared from the clipboard in 90 seconds.");
        assert_eq!(after(1), "Secret copied. It is cleared from the clipboard in 1 second.");
    }
}
