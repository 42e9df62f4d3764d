//! How a verdict looks, wherever it is shown.

use eframe::egui::Color32;

use super::theme::{Tokens, icon};
use crate::jose::verify::Verdict;

/// A verdict as it is shown: only [`Verdict::Verified`] is green.
pub(super) struct Look {
    /// The word.
    pub(super) word: &'static str,
    /// The sign, of another shape for each kind of outcome.
    pub(super) glyph: &'static str,
    /// Of word, sign and frame.
    pub(super) ink: Color32,
    /// Behind word and sign.
    pub(super) fill: Color32,
}

impl Look {
    /// How a verdict looks.
    pub(super) const fn of(verdict: Verdict, tokens: &Tokens) -> Self {
        let status = &tokens.status;
        let (glyph, ink, fill) = match verdict {
            Verdict::Verified => (icon::CHECK_CIRCLE, status.ok, status.ok_background),
            Verdict::Invalid => (icon::X_CIRCLE, status.error, status.error_background),
            Verdict::Unsecured => (icon::LOCK_OPEN, status.warning, status.warning_background),
            Verdict::Unsupported => (icon::QUESTION, status.warning, status.warning_background),
            Verdict::Encrypted => (icon::LOCK, tokens.text.secondary, tokens.surface.raised),
            Verdict::NotChecked => (icon::MINUS_CIRCLE, tokens.text.secondary, tokens.surface.raised),
        };
        Self { word: Self::word(verdict), glyph, ink, fill }
    }

    /// The word for a verdict.
    pub(super) const fn word(verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Verified => "Verified",
            Verdict::Invalid => "Rejected",
            Verdict::Unsecured => "Unsecured",
            Verdict::Unsupported => "Unsupported",
            Verdict::Encrypted => "Encrypted",
            Verdict::NotChecked => "Not checked",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_verified_looks_like_success() {
        for tokens in [Tokens::dark(), Tokens::light()] {
            for verdict in
                [Verdict::Invalid, Verdict::Unsupported, Verdict::Encrypted, Verdict::Unsecured, Verdict::NotChecked]
            {
                let look = Look::of(verdict, tokens);
                assert_ne!(look.ink, tokens.status.ok, "{verdict:?}");
                assert_ne!(look.glyph, icon::CHECK_CIRCLE, "{verdict:?}");
            }
            assert_eq!(Look::of(Verdict::Verified, tokens).ink, tokens.status.ok);
        }
    }
}
