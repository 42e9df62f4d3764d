//! The line numbers.

use eframe::egui::{Align2, Painter, pos2};

use super::layout::Layout;
use super::view::View;
use crate::ui::theme::{Tokens, fonts, size};

/// Between the numbers and the text, in points.
const GAP: f32 = 12.0;
/// Before the widest number, in points.
const EDGE: f32 = 2.0;

/// The width that the numbers take, the gap to the text included. A single line has no number.
pub(super) fn width(layout: &Layout) -> f32 {
    match layout.places.lines() {
        1 => EDGE,
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
        let ink = if current == Some(row) { palette.text.primary } else { palette.text.muted };
        let at = pos2(right, view.row(row).center().y);
        painter.text(at, Align2::RIGHT_CENTER, row + 1, fonts::mono(size::MONO), ink);
    }
}
