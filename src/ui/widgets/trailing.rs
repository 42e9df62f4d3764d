//! Controls at the end of a line, added in reading order, so that the tab key goes through them from left to right.

use eframe::egui::{Align, Id, Layout, Rect, TextWrapMode, Ui, UiBuilder, vec2};

/// Widths that differ by less are the same, in points.
const SAME: f32 = 0.5;

/// Adds `content` so that it ends where the line ends.
pub fn trailing<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let room = ui.available_rect_before_wrap();
    let id = ui.unique_id().with(ui.next_auto_id());
    let (result, rect) = trailing_in(ui, id, room, content);
    ui.advance_cursor_after_rect(Rect::from_min_max(room.min, rect.max));
    result
}

/// How wide what `id` names was when it was last added, in points.
pub fn end_width(ui: &Ui, id: Id) -> f32 {
    ui.data(|data| data.get_temp(id)).unwrap_or_default()
}

/// The same in this room, without taking it up; what is added, and its place.
///
/// How wide it is shows only when it was added. Then it is laid out again within the same frame.
pub fn trailing_in<R>(ui: &mut Ui, id: Id, room: Rect, content: impl FnOnce(&mut Ui) -> R) -> (R, Rect) {
    let known = end_width(ui, id);
    let left = (room.right() - known).max(room.left());
    // All of the room is there for it: what takes the width it is given would else stay as narrow as it was at first.
    let place = room.with_min_x(left).with_max_x(left + room.width());
    let layout = Layout::left_to_right(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().id_salt(id).max_rect(place).layout(layout));
    child.style_mut().wrap_mode = Some(TextWrapMode::Extend);
    // As high as the room also where nothing is added.
    child.allocate_space(vec2(0.0, 0.0));
    let result = content(&mut child);
    let width = child.min_rect().width();
    if (width - known).abs() > SAME {
        ui.data_mut(|data| data.insert_temp(id, width));
        ui.ctx().request_discard("controls at the end of a line have another width");
    }
    (result, child.min_rect())
}
