//! A field for a secret.

use eframe::egui::{Response, TextEdit, Ui, text_edit::TextEditState};

use super::button;
use super::field::Field;
use crate::ui::theme::icon;

/// A field that shows dots until it is `revealed`; the dots cannot be copied.
///
/// egui keeps the last states of every text field for its undo: those of this one are thrown away after each frame.
/// Nothing is overwritten by that, so the caller still has to wipe `text` itself.
pub fn show(ui: &mut Ui, name: &str, text: &mut String, revealed: &mut bool, width: f32) -> Response {
    let hidden = !*revealed;
    let field = Field::new(name, text).width(width).mono();
    let field = if hidden { field.password() } else { field };
    let response = field.show_with(ui, |ui| {
        let (glyph, what) = if hidden { (icon::EYE, "Reveal") } else { (icon::EYE_SLASH, "Hide") };
        if button::icon(ui, glyph, &format!("{what} {}", lowercase_first(name))).clicked() {
            *revealed = hidden;
        }
    });
    forget_undo(ui, &response);
    response
}

fn forget_undo(ui: &Ui, response: &Response) {
    if let Some(mut state) = TextEditState::load(ui.ctx(), response.id) {
        state.clear_undoer();
        TextEdit::store_state(ui.ctx(), response.id, state);
    }
}

/// "Secret" within a sentence.
fn lowercase_first(name: &str) -> String {
    let mut rest = name.chars();
    rest.next().map_or_else(String::new, |first| first.to_lowercase().chain(rest).collect())
}
