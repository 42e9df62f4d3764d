//! The part of the text that can be seen, and where in the window its places are.

use std::ops::Range;

use eframe::egui::text::CharIndex;
use eframe::egui::{Pos2, Rect, vec2};

use super::layout::Layout;
use super::rows::LONG;

/// A view of the text. Nothing here takes longer when the text outside it is longer, except for the logarithm.
pub(super) struct View<'a> {
    pub(super) text: &'a str,
    pub(super) layout: &'a Layout,
    /// Where the first row starts, in the window.
    pub(super) origin: Pos2,
    /// Where text may be drawn.
    pub(super) clip: Rect,
    /// The rows that can be seen, at least in part.
    pub(super) rows: Range<usize>,
}

impl<'a> View<'a> {
    pub(super) fn new(text: &'a str, layout: &'a Layout, origin: Pos2, clip: Rect) -> Self {
        let rows = layout.rows_between(clip.top() - origin.y, clip.bottom() - origin.y);
        Self { text, layout, origin, clip, rows }
    }

    /// The row at a height in the window, the first or last one above or below the text.
    pub(super) fn row_at(&self, y: f32) -> usize {
        self.layout.row_below(y - self.origin.y).min(self.layout.places.rows().saturating_sub(1))
    }

    /// The bytes of a row between two distances from the origin; all of them unless the row is long.
    pub(super) fn seen(&self, row: usize, left: f32, right: f32) -> Range<usize> {
        let places = &self.layout.places;
        let whole = places.row(row).range();
        let Some(row) = self.layout.near(row).filter(|row| row.glyphs.len() > LONG) else { return whole };
        let first = row.glyphs.partition_point(|glyph| glyph.max_x() < left);
        let end = row.glyphs.partition_point(|glyph| glyph.pos.x < right);
        let before = places.character_at(self.text, whole.start);
        places.byte_at(self.text, before + first)..places.byte_at(self.text, before + end).min(whole.end)
    }

    /// The bytes that can be seen, in ascending order.
    pub(super) fn bytes(&self) -> impl Iterator<Item = Range<usize>> {
        let (left, right) = (self.clip.left() - self.origin.x, self.clip.right() - self.origin.x);
        self.rows.clone().map(move |row| self.seen(row, left, right))
    }

    /// Top and bottom of a row and the ends of its text.
    pub(super) fn row(&self, row: usize) -> Rect {
        self.layout.row(row).translate(self.origin.to_vec2())
    }

    /// Where a cursor before the byte at `offset` stands.
    pub(super) fn cursor(&self, offset: usize) -> Rect {
        let offset = offset.min(self.text.len());
        let row = self.layout.places.row_of(offset);
        let x = self.x(row, offset);
        Rect::from_x_y_ranges(x..=x, self.row(row).y_range())
    }

    /// The areas of the letters in `span`, one for each row that can be seen.
    pub(super) fn areas(&self, span: Range<usize>) -> impl Iterator<Item = Rect> {
        let places = &self.layout.places;
        let first = places.row_of(span.start).max(self.rows.start);
        let end = (places.row_of(span.end) + 1).min(self.rows.end);
        (first..end).map(move |row| {
            let part = places.row(row);
            let left = self.x(row, span.start.max(part.start));
            let right = self.x(row, span.end.min(part.end));
            Rect::from_x_y_ranges(left..=right.max(left), self.row(row).y_range())
        })
    }

    fn x(&self, row: usize, offset: usize) -> f32 {
        let places = &self.layout.places;
        let column = places.character_at(self.text, offset) - places.character_at(self.text, places.row(row).start);
        // What is far cannot be seen.
        let far = || column as f32 * self.layout.advance();
        self.origin.x + self.layout.near(row).map_or_else(far, |row| row.x_offset(CharIndex(column)))
    }

    /// The area under a place of which a problem may say nothing but where it starts: at least one letter wide.
    pub(super) fn letter(&self, offset: usize) -> Rect {
        let at = self.cursor(offset);
        Rect::from_min_size(at.min, vec2(self.layout.advance(), at.height()))
    }
}
