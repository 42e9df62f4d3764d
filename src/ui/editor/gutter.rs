//! The line numbers.

use eframe::egui::{Align2, Color32, Id, Painter, Rect, Sense, Ui, pos2};

use super::buffer::Cursor;
use super::layout::Layout;
use super::view::View;
use crate::ui::theme::{Tokens, fonts, size};

/// Between the numbers and the text, in points.
const GAP: f32 = 12.0;
/// Before the widest number, in points: room for the dot of a line with something to tell.
const EDGE: f32 = 8.0;

/// The width that the numbers take, the gap to the text included. A single line has no number.
pub(super) fn width(layout: &Layout) -> f32 {
    match layout.places.lines() {
        1 => 2.0,
        lines => (EDGE + (lines.max(10).ilog10() + 1) as f32 * layout.advance() + GAP).ceil(),
    }
}

/// Draws the numbers of the rows that can be seen, right of `left`; the line of the cursor stands out.
pub(super) fn paint(painter: &Painter, view: &View<'_>, left: f32, current: Option<usize>, palette: &Tokens) {
    if view.layout.places.lines() == 1 {
        return;
    }
    let right = left + width(view.layout) - GAP;
    for row in view.rows.clone() {
        let Some(number) = view.layout.places.number(row) else { continue };
        let ink = if current == Some(row) { palette.text.primary } else { palette.text.muted };
        let at = pos2(right, view.row(row).center().y);
        painter.text(at, Align2::RIGHT_CENTER, number, fonts::mono(size::MONO), ink);
    }
}

/// Draws a dot at the line that a byte is in, left of its number.
pub(super) fn mark(painter: &Painter, view: &View<'_>, left: f32, offset: usize, ink: Color32) {
    let row = view.layout.places.row_of(offset);
    if view.rows.contains(&row) && view.layout.places.lines() > 1 {
        painter.circle_filled(pos2(left + EDGE / 2.0 - 1.0, view.row(row).center().y), 2.5, ink);
    }
}

/// Lets the pointer select lines by their numbers, left of the text in `area`. Returns the selection that it makes.
pub(super) fn select_lines(ui: &Ui, id: Id, view: &View<'_>, area: Rect) -> Option<Cursor> {
    let numbers = Rect::from_min_max(area.min, pos2(view.clip.left(), area.bottom()));
    // It takes no keyboard focus: with the keyboard lines are selected in the text.
    let response = ui.interact(numbers, id, Sense::CLICK | Sense::DRAG);
    let to = response.interact_pointer_pos().filter(|_| response.is_pointer_button_down_on())?;
    let from = ui.input(|input| input.pointer.press_origin())?;
    let (from, to) = (view.row_at(from.y), view.row_at(to.y));
    let places = &view.layout.places;
    let end = (places.row(*places.line_around(from.max(to)).end()).end + 1).min(view.text.len());
    let start = places.row(*places.line_around(from.min(to)).start()).start;
    Some(if from <= to { Cursor { anchor: start, head: end } } else { Cursor { anchor: end, head: start } })
}
