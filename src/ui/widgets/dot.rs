//! The dot before a state: filled when something is so, a ring when it is not.

use eframe::egui::{Color32, Rect, Sense, Stroke, Ui, Vec2};

use crate::ui::theme::size;

/// Something is so.
pub fn filled(ui: &mut Ui, colour: Color32) {
    let rect = place(ui);
    ui.painter().circle_filled(rect.center(), size::DOT / 2.0, colour);
}

/// Something is not so.
pub fn ring(ui: &mut Ui, colour: Color32) {
    let rect = place(ui);
    ui.painter().circle_stroke(rect.center(), size::DOT / 2.0 - 1.0, Stroke::new(1.5, colour));
}

fn place(ui: &mut Ui) -> Rect {
    ui.allocate_exact_size(Vec2::splat(size::DOT), Sense::hover()).0
}
