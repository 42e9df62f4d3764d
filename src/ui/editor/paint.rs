//! The picture of the text: everything that can be seen of it.

use eframe::egui::layers::ShapeIdx;
use eframe::egui::{Align2, Painter, Rect, Shape, Ui, pos2, vec2};

use super::buffer::{Cursor, EditorBuffer};
use super::layout::Layout;
use super::notes::Notes;
use super::view::View;
use super::{Edited, gutter, hints, marks};
use crate::jose::text::Span;
use crate::ui::theme::{Tokens, fonts, radius, size, space, tokens};
use crate::ui::widgets::severity;

/// Where the picture goes: what lies behind the selection and the cursor, which egui draws, needs its place before them.
pub(super) struct Canvas {
    whole: Painter,
    text: Painter,
    line: ShapeIdx,
    marks: ShapeIdx,
}

impl Canvas {
    /// A canvas over `area`; the text starts behind the line numbers.
    pub(super) fn new(ui: &Ui, area: Rect, layout: &Layout) -> Self {
        let left = area.left() + gutter::width(layout) - space::XS;
        let whole = ui.painter_at(area);
        let text = ui.painter_at(Rect::from_min_max(pos2(left, area.top()), area.max));
        let (line, marks) = (whole.add(Shape::Noop), text.add(Shape::Noop));
        Self { whole, text, line, marks }
    }

    /// Where text may be drawn.
    pub(super) fn clip(&self) -> Rect {
        self.text.clip_rect()
    }

    /// Draws the text of the buffer and all about it. Returns the selection that the pointer makes in the line numbers.
    pub(super) fn paint(self, ui: &Ui, area: Rect, buffer: &mut EditorBuffer, edited: &Edited) -> Option<Cursor> {
        let Self { whole, text: painter, line, marks: behind } = self;
        let palette = tokens(ui);
        let pair = if edited.has_focus { brackets(buffer) } else { None };
        let layout = buffer.layout.as_ref()?;
        let view = View::new(&buffer.text, layout, edited.origin, painter.clip_rect());
        let cursor = edited.has_focus.then_some(buffer.cursor.head);
        if let Some(cursor) = cursor {
            whole.set(line, marks::current_line(&view, area, cursor, palette));
        }
        let Notes { problem, hints, now, clock, placeholders, underlines, .. } = &buffer.notes;
        let mut shapes = Vec::new();
        marks::placeholders(&mut shapes, &view, placeholders, palette);
        marks::matches(&mut shapes, &view, buffer.find.found(), buffer.find.current(), palette);
        if let Some(pair) = pair {
            marks::brackets(&mut shapes, &view, pair, palette);
        }
        painter.set(behind, shapes);

        gutter::paint(&whole, &view, area.left(), cursor.map(|cursor| layout.places.row_of(cursor)), palette);
        buffer.ink.paint(ui, &painter, &view, buffer.version, placeholders);
        hints::paint(&painter, &view, hints, (*now, *clock), palette);
        marks::hidden(&painter, &view, palette);
        let pointer = edited.response.hover_pos();
        let mut told = None;
        for underline in underlines {
            let ink = severity::ink(underline.severity, palette);
            if marks::wavy(&painter, &view, first_line(layout, underline.span), ink, pointer) {
                told = Some(underline);
            }
            gutter::mark(&whole, &view, area.left(), underline.span.start, ink);
        }
        if let Some(span) = problem.as_ref().and_then(|problem| problem.span) {
            marks::wavy(&painter, &view, span, palette.status.error, None);
        }
        if let Some(underline) = told {
            edited.response.clone().on_hover_text_at_pointer(&underline.words);
        }
        if buffer.tab_leaves {
            tab_leaves(&whole, area, palette);
        }
        gutter::select_lines(ui, edited.id.with("lines"), &view, area)
    }
}

/// What goes over several rows is told at its first letter.
fn first_line(layout: &Layout, span: Span) -> Span {
    let places = &layout.places;
    if places.row_of(span.start) == places.row_of(span.end) { span } else { Span::new(span.start, span.start + 1) }
}

/// Says that the next Tab goes to the next widget.
fn tab_leaves(painter: &Painter, area: Rect, palette: &Tokens) {
    let font = fonts::regular(size::TEXT_SMALL);
    let words = painter.layout_no_wrap("Tab leaves the text".to_owned(), font, palette.text.secondary);
    let room = words.size() + vec2(2.0 * space::S, space::XS);
    let chip = Align2::RIGHT_BOTTOM.anchor_size(area.right_bottom() - vec2(space::XS, space::XS), room);
    painter.rect_filled(chip, radius::CONTROL, palette.surface.raised);
    painter.galley(chip.min + vec2(space::S, space::XS / 2.0), words, palette.text.secondary);
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
