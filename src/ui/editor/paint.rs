//! The picture of the text: everything that can be seen of it, from back to front.

use eframe::egui::text_selection::visuals::paint_text_cursor;
use eframe::egui::{Rect, Ui, pos2, vec2};

use super::buffer::EditorBuffer;
use super::view::View;
use super::{Edited, EditorInput, gutter, hints, marks, moved_spans};
use crate::ui::theme::{space, tokens};

/// Draws the text of the buffer in `area`.
pub(super) fn text(
    ui: &Ui,
    area: Rect,
    buffer: &mut EditorBuffer,
    input: &EditorInput<'_>,
    edited: &Edited,
    has_focus: bool,
) {
    let pair = if has_focus { brackets(buffer) } else { None };
    let Some(layout) = &buffer.layout else { return };
    let palette = tokens(ui);
    let gutter = gutter::width(layout.places.lines(), layout.advance());
    let clip = Rect::from_min_max(pos2(area.left() + gutter - space::XS, area.top()), area.max);
    let view = View::new(&buffer.text, layout, edited.origin, clip);
    let whole = ui.painter_at(area);
    let painter = ui.painter_at(clip);
    let cursor = buffer.cursor;

    if has_focus {
        marks::current_line(&whole, &view, area, cursor.head, palette);
    }
    let line = has_focus.then(|| layout.places.line_of(cursor.head));
    gutter::paint(&whole, &view, area.left(), line, palette);
    marks::matches(&painter, &view, buffer.find.found(), buffer.find.current(), palette);
    marks::placeholders(&painter, &view, &moved_spans(input.placeholders, &edited.changes), palette);
    if has_focus {
        marks::selection(&painter, &view, cursor.range(), palette);
    }
    if let Some(pair) = pair {
        marks::brackets(&painter, &view, pair, palette);
    }
    painter.galley(edited.origin, view.galley(), palette.text.primary);
    hints::paint(&painter, &view, input.hints, &edited.changes, palette);
    if let Some(span) = input.problem.and_then(|problem| problem.span) {
        let moved = moved_spans(&[span], &edited.changes);
        moved.into_iter().for_each(|span| marks::problem(&painter, &view, span, palette));
    }
    if has_focus && ui.input(|input| input.focused) {
        let since = ui.input(|input| input.time) - buffer.touched;
        paint_text_cursor(ui, &painter, view.cursor(cursor.head).shrink2(vec2(0.0, 1.0)), since);
    }
}

/// The brackets at the cursor, looked for again when the text or the cursor has changed.
fn brackets(buffer: &mut EditorBuffer) -> Option<[usize; 2]> {
    let (version, cursor) = (buffer.version, buffer.cursor.head);
    match buffer.brackets {
        Some((of_version, of_cursor, pair)) if (of_version, of_cursor) == (version, cursor) => pair,
        _ => {
            let pair = marks::find_brackets(&buffer.text, cursor);
            buffer.brackets = Some((version, cursor, pair));
            pair
        }
    }
}
