//! What the program says beside a line: behind its end, in italics.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Align2, Painter, pos2};

use super::layout::{Layout, font};
use super::view::View;
use crate::ui::theme::Tokens;

/// From the end of a line to what is said beside it, in points.
const GAP: f32 = 28.0;

/// Draws the hints of the rows that can be seen.
pub(super) fn paint(painter: &Painter, view: &View<'_>, hints: &[(usize, String)], palette: &Tokens) {
    let mut last = (None, 0.0);
    for (offset, words) in hints {
        let row = view.layout.places.line_of(*offset);
        if !view.rows.contains(&row) {
            continue;
        }
        let start = if last.0 == Some(row) { last.1 } else { view.row(row).right() };
        let format = TextFormat { italics: true, ..TextFormat::simple(font(), palette.syntax.hint) };
        let galley = painter.layout_job(LayoutJob::single_section(words.clone(), format));
        let area = view.row(row);
        let at = Align2::LEFT_CENTER.anchor_size(pos2(start + GAP, area.center().y), galley.size());
        last = (Some(row), at.right());
        painter.galley(at.min, galley, palette.syntax.hint);
    }
}

/// How far right the hints reach, from the start of the text.
pub(super) fn reach(layout: &Layout, hints: &[(usize, String)]) -> f32 {
    let right = |(offset, words): &(usize, String)| {
        let row = layout.galley.rows.get(layout.places.line_of(*offset));
        row.map_or(0.0, |row| row.rect().right()) + GAP + words.chars().count() as f32 * layout.advance()
    };
    hints.iter().map(right).fold(0.0, f32::max)
}
