//! What the program says beside a line: behind its end, in italics.

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Align2, Painter, pos2};

use super::layout::Layout;
use super::rows::font;
use super::view::View;
use crate::jose::instant::InstantFormat;
use crate::ui::theme::{Tokens, space};
use crate::workbench::marks::{Mark, Note};

/// From the end of a line to what is said beside it, in points.
const GAP: f32 = space::L;
/// Less room than this shows no hint, in points.
const LEAST: f32 = 48.0;
/// Letters that the distance of an instant takes at most: `, in 29:51`, or one of years.
const DISTANCE: usize = 16;

/// Draws the hints of the rows that can be seen; no other is put into words.
pub(super) fn paint(
    painter: &Painter,
    view: &View<'_>,
    hints: &[Mark],
    (now, clock): (i64, InstantFormat),
    palette: &Tokens,
) {
    let places = &view.layout.places;
    let start = places.row(view.rows.start).start;
    let end = places.row(view.rows.end.saturating_sub(1)).end;
    let first = hints.partition_point(|hint| hint.offset < start);
    let mut last = (None, 0.0);
    for hint in hints.iter().skip(first).take_while(|hint| hint.offset <= end) {
        let row = places.row_of(hint.offset);
        let start = if last.0 == Some(row) { last.1 } else { view.row(row).right() };
        let format = TextFormat { italics: true, ..TextFormat::simple(font(), palette.syntax.hint) };
        let mut words = LayoutJob::single_section(hint.note.words(now, clock), format);
        // What reaches over the edge ends in an ellipsis, and is whole where the text is scrolled.
        let room = painter.clip_rect().right() - start - GAP;
        if room < LEAST {
            continue;
        }
        words.wrap = TextWrapping::truncate_at_width(room);
        let galley = painter.layout_job(words);
        let area = view.row(row);
        let at = Align2::LEFT_CENTER.anchor_size(pos2(start + GAP, area.center().y), galley.size());
        last = (Some(row), at.right());
        painter.galley(at.min, galley, palette.syntax.hint);
    }
}

/// How far right the hints, which are in ascending order, may reach, from the start of the text.
pub(super) fn reach(layout: &Layout, hints: &[Mark], clock: InstantFormat) -> f32 {
    let mut row = 0;
    let right = |hint: &Mark| {
        while row + 1 < layout.places.rows() && layout.places.row(row + 1).start <= hint.offset {
            row += 1;
        }
        layout.width(row) + GAP + letters(&hint.note, clock) as f32 * layout.advance()
    };
    hints.iter().map(right).fold(0.0, f32::max)
}

fn letters(note: &Note, clock: InstantFormat) -> usize {
    match note {
        Note::Time { .. } => clock.most_letters() + DISTANCE,
        Note::Words(words) => words.chars().count(),
    }
}
