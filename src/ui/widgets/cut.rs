//! Text that ends with an ellipsis where the room does.

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Align2, Color32, FontId, Rect, Ui};

/// Draws one line of text in the middle of `rect`, from its left.
pub fn cut(ui: &Ui, rect: Rect, text: &str, font: FontId, ink: Color32) {
    let mut job = LayoutJob::single_section(text.to_owned(), TextFormat::simple(font, ink));
    job.wrap = TextWrapping::truncate_at_width(rect.width().max(0.0));
    let galley = ui.painter().layout_job(job);
    let place = Align2::LEFT_CENTER.align_size_within_rect(galley.size(), rect);
    ui.painter().galley(place.min, galley, ink);
}
