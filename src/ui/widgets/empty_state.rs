//! What stands where there is nothing yet, and how to change that.

use eframe::egui::{Label, RichText, Ui};

use super::button;
use crate::ui::theme::{fonts, size, space, tokens};

/// An icon, a title and a sentence in the middle of the room, with a button if `action` is not empty.
///
/// Returns whether the button was pressed.
pub fn show(ui: &mut Ui, icon: &str, title: &str, text: &str, action: &str) -> bool {
    let t = tokens(ui);
    ui.vertical_centered(|ui| {
        ui.add_space(space::L);
        ui.label(RichText::new(icon).font(fonts::regular(28.0)).color(t.text.muted));
        ui.label(RichText::new(title).font(fonts::semibold(size::TEXT)).color(t.text.primary));
        ui.add(Label::new(RichText::new(text).color(t.text.secondary)).wrap());
        ui.add_space(space::XS);
        let pressed = !action.is_empty() && button::normal(ui, action).clicked();
        ui.add_space(space::L);
        pressed
    })
    .inner
}
