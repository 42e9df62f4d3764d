//! The choice of how a typed secret stands for bytes.

use eframe::egui::Ui;

use super::widgets::select;
use crate::jose::secret::SecretEncoding;

/// A selector of `width` points; returns the encoding that the user chooses instead.
pub(super) fn choose(ui: &mut Ui, name: &str, current: SecretEncoding, width: f32) -> Option<SecretEncoding> {
    let entries = SecretEncoding::ALL.map(|encoding| (encoding, label(encoding), explanation(encoding)));
    select::choose(ui, name, current, &entries, width)
}

/// What an encoding is called.
pub(super) const fn label(encoding: SecretEncoding) -> &'static str {
    match encoding {
        SecretEncoding::Utf8 => "UTF-8",
        SecretEncoding::Base64 => "Base64",
        SecretEncoding::Base64url => "Base64url",
        SecretEncoding::Hex => "Hex",
    }
}

const fn explanation(encoding: SecretEncoding) -> &'static str {
    match encoding {
        SecretEncoding::Utf8 => "The text itself is the secret",
        SecretEncoding::Base64 => "RFC 4648 §4, with padding",
        SecretEncoding::Base64url => "RFC 4648 §5, without padding",
        SecretEncoding::Hex => "Two digits a byte",
    }
}
