//! A box to tick, with its words beside it.

use eframe::egui::{
    Align2, Color32, CornerRadius, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::focus_ring;
use crate::ui::theme::{fonts, icon, radius, size, space, tokens};

/// Side of the box, in points.
pub const SIDE: f32 = 14.0;

/// Draws the box and its words; a click or the space bar changes `on`, and marks the response as changed.
pub fn show(ui: &mut Ui, on: &mut bool, words: &str) -> Response {
    let font = fonts::regular(size::TEXT);
    let room = (ui.available_width() - SIDE - space::S).max(0.0);
    let text = ui.painter().layout(words.to_owned(), font, Color32::PLACEHOLDER, room);
    let wanted = vec2(SIDE + space::S + text.size().x, text.size().y.max(size::ROW_DENSE));
    let (rect, mut response) = ui.allocate_exact_size(wanted, Sense::click());
    if response.clicked() {
        *on = !*on;
        response.mark_changed();
    }
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), *on, words));
    if ui.is_rect_visible(rect) {
        let square = Rect::from_center_size(pos2(rect.left() + SIDE / 2.0, rect.center().y), Vec2::splat(SIDE));
        paint(ui, square, *on, response.hovered());
        let place = pos2(square.right() + space::S, rect.center().y - text.size().y / 2.0);
        ui.painter().galley_with_override_text_color(place, text, tokens(ui).text.primary);
        focus_ring(ui, &response, rect.expand2(vec2(space::XS, 0.0)), radius::SMALL);
    }
    response
}

/// Draws the box alone, for rows and buttons that are the box themselves.
pub fn paint(ui: &Ui, square: Rect, on: bool, under_pointer: bool) {
    let t = tokens(ui);
    let corner = CornerRadius::same(radius::SMALL);
    let (fill, line) = match (on, under_pointer) {
        (true, false) => (t.accent.main, t.accent.main),
        (true, true) => (t.accent.hover, t.accent.hover),
        (false, false) => (t.surface.field, t.surface.line_field),
        (false, true) => (t.surface.field, t.text.secondary),
    };
    ui.painter().rect(square, corner, fill, Stroke::new(1.0, line), StrokeKind::Inside);
    if on {
        let font = fonts::regular(size::TEXT_SMALL);
        ui.painter().text(square.center(), Align2::CENTER_CENTER, icon::CHECK, font, t.accent.on_main);
    }
}
