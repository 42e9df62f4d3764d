//! How bad something is, told by colour and by shape.

use eframe::egui::Color32;

use crate::findings::Severity;
use crate::ui::theme::{Tokens, icon};

/// Its colour.
#[must_use]
pub const fn ink(severity: Severity, tokens: &Tokens) -> Color32 {
    match severity {
        Severity::Error => tokens.status.error,
        Severity::Warning => tokens.status.warning,
        Severity::Info => tokens.accent.main,
    }
}

/// Its sign.
#[must_use]
pub const fn glyph(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => icon::WARNING_CIRCLE,
        Severity::Warning => icon::WARNING,
        Severity::Info => icon::INFO,
    }
}

/// Its word.
#[must_use]
pub const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "remark",
    }
}

/// Its word with a number: "2 errors".
#[must_use]
pub fn count(severity: Severity, number: usize) -> String {
    format!("{number} {}{}", word(severity), if number == 1 { "" } else { "s" })
}
