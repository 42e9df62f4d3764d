//! What the program is.

use eframe::egui::{RichText, Ui};

use crate::ui::theme::{self, size};

/// Draws it.
pub(super) fn ui(ui: &mut Ui) {
    let tokens = theme::tokens(ui);
    ui.label(RichText::new(concat!("Version ", env!("CARGO_PKG_VERSION"))).color(tokens.text.secondary));
    ui.label(
        "Shows a JSON Web Token while you craft it: claims, expiry, algorithm and key, and what each costs. \
        It works offline: tokens, claims and keys never leave this computer, \
        and keys are never written to disk unless you export them.",
    );
    let licences = "Licence: MIT or Apache-2.0, as you like. Fonts: Inter and JetBrains Mono, SIL Open Font License 1.1. \
        Icons: Lucide, ISC.";
    let small = RichText::new(licences).font(theme::fonts::regular(size::TEXT));
    ui.label(small.color(tokens.text.muted));
}
