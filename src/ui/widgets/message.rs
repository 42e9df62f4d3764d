//! What is to be said about a field or a part: a sign, a sentence, and the next step.

use std::borrow::Cow;

use eframe::egui::{Label, Rect, Response, RichText, Sense, Shape, Stroke, Ui, Vec2, pos2, vec2};

use crate::ui::theme::{space, tokens};

/// Height of a line.
const LINE: f32 = 18.0;

/// Something is wrong: `text` says what, `help` what to do about it (it may be empty).
pub fn error(ui: &mut Ui, text: &str, help: &str) -> Response {
    line(ui, Sign::Error, text, help)
}

/// Something is worth a look.
pub fn warning(ui: &mut Ui, text: &str, help: &str) -> Response {
    line(ui, Sign::Warning, text, help)
}

/// One quiet sentence: what is so, or what would be here.
pub fn remark(ui: &mut Ui, text: &str) {
    ui.add(Label::new(RichText::new(text).color(tokens(ui).text.secondary)).wrap());
}

/// The shape before a message: told apart without colour, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// A square.
    Error,
    /// A triangle.
    Warning,
}

fn line(ui: &mut Ui, sign: Sign, text: &str, help: &str) -> Response {
    let t = tokens(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XS, space::XXS);
        ui.spacing_mut().interact_size.y = LINE;
        sign_ui(ui, sign);
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

fn sign_ui(ui: &mut Ui, sign: Sign) {
    let t = tokens(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(14.0, LINE), Sense::hover());
    let middle = rect.center() - vec2(1.0, 0.0);
    let painter = ui.painter();
    match sign {
        Sign::Error => {
            let square = Rect::from_center_size(middle, Vec2::splat(9.0));
            painter.rect_filled(square, 1.0, t.status.error);
        }
        Sign::Warning => {
            let corners = [
                pos2(middle.x, middle.y - 5.0),
                pos2(middle.x + 5.5, middle.y + 4.5),
                pos2(middle.x - 5.5, middle.y + 4.5),
            ];
            painter.add(Shape::convex_polygon(corners.to_vec(), t.status.warning, Stroke::NONE));
        }
    }
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
