//! What is to be said about a field or a part: a sign, a sentence, and the next step.

use std::borrow::Cow;

use eframe::egui::{Align2, Label, Response, RichText, Sense, Ui, vec2};

use super::severity;
use crate::findings::Severity;
use crate::ui::theme::{fonts, size, space, tokens};

/// Height of a line.
const LINE: f32 = 18.0;

/// Something is wrong: `text` says what, `help` what to do about it (it may be empty).
pub fn error(ui: &mut Ui, text: &str, help: &str) -> Response {
    line(ui, Severity::Error, text, help)
}

/// Something is worth a look.
pub fn warning(ui: &mut Ui, text: &str, help: &str) -> Response {
    line(ui, Severity::Warning, text, help)
}

/// One quiet sentence: what is so, or what would be here.
pub fn remark(ui: &mut Ui, text: &str) {
    ui.add(Label::new(RichText::new(text).color(tokens(ui).text.secondary)).wrap());
}

fn line(ui: &mut Ui, severity: Severity, text: &str, help: &str) -> Response {
    let t = tokens(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XS, space::XXS);
        ui.spacing_mut().interact_size.y = LINE;
        sign_ui(ui, severity);
        // A child of its own, so that further lines begin below the first word and not below the sign.
        ui.horizontal_wrapped(|ui| {
            let mut response = ui.add(Label::new(RichText::new(sentence(text)).color(t.text.primary)).wrap());
            if !help.is_empty() {
                response |= ui.add(Label::new(RichText::new(sentence(help)).color(t.text.secondary)).wrap());
            }
            response
        })
        .inner
    })
    .inner
}

/// A message as a whole sentence. Problems come from every layer, some with a full stop and some without.
#[must_use]
pub fn sentence(text: &str) -> Cow<'_, str> {
    let text = text.trim_end();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':', '…']) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(format!("{text}."))
    }
}

fn sign_ui(ui: &mut Ui, severity: Severity) {
    let (rect, _) = ui.allocate_exact_size(vec2(size::ICON, LINE), Sense::hover());
    let (glyph, ink) = (severity::glyph(severity), severity::ink(severity, tokens(ui)));
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, glyph, fonts::regular(size::ICON), ink);
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn sentences_end_with_one_full_stop() {
        for (text, expected) in
            [("Try again", "Try again."), ("Try again.", "Try again."), ("Why?", "Why?"), ("Open…", "Open…"), ("", "")]
        {
            assert_eq!(sentence(text), expected);
        }
    }
}
