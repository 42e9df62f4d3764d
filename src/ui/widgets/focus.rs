//! The ring around what the keyboard acts on.

use eframe::egui::{CornerRadius, Rect, Response, Stroke, StrokeKind, Ui};

use crate::ui::theme::tokens;

/// Draws the focus ring around `rect` if `response` has the keyboard.
pub fn focus_ring(ui: &Ui, response: &Response, rect: Rect, radius: u8) {
    if response.has_focus() {
        let stroke = Stroke::new(1.5, tokens(ui).accent.main);
        ui.painter().rect_stroke(rect, CornerRadius::same(radius), stroke, StrokeKind::Outside);
    }
}
