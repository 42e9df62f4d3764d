//! A sign: an icon that says with its shape what words beside it say. Screen readers leave it out.

use eframe::egui::{Color32, Response, Sense, Ui};

use crate::ui::theme::{fonts, size};

/// Draws the icon `glyph`.
pub fn sign(ui: &mut Ui, glyph: &str, ink: Color32) -> Response {
    let galley = ui.painter().layout_no_wrap(glyph.to_owned(), fonts::regular(size::ICON), ink);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    ui.painter().galley(rect.min, galley, ink);
    response
}
