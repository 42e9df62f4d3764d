//! Where every character of the text stands.
//!
//! Shaping a text is by far the most expensive part of showing it, so it is left to what can be seen (see
//! [`Ink`](super::ink::Ink)). The text field works on rows that know the places of their characters and nothing else, and
//! only of those that are [`near`](super::near); of all others the width is known.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::epaint::text::{FontsView, Row};
use eframe::egui::text::LayoutJob;
use eframe::egui::{Color32, Galley, Rect, Ui, pos2, vec2};

use super::change::Change;
use super::near::{self, Near};
use super::places::{Places, ROW};
use super::rows::{font, galley, row, top, whole, width};
use crate::ui::theme::size;

/// A text laid out without wrapping: each line is one row, but for very long ones, see [`Places`].
pub(super) struct Layout {
    /// The rows for the text field, without anything to draw: those that are near, and what stands for the others.
    pub(super) galley: Arc<Galley>,
    /// All rows of the same text.
    pub(super) places: Places,
    /// A digit in the same font. egui makes a new one when the font or the scale changes and when it has to draw all
    /// glyphs anew: rows kept from before would show the wrong ones.
    pub(super) digit: Arc<Galley>,
    /// The version of the text.
    pub(super) version: u64,
    /// The width of each row.
    widths: Vec<f32>,
    near: Vec<Near>,
}

impl Layout {
    /// Brings the layout in line with `text`: cheap when little has changed and free while the `version` is the same.
    pub(super) fn refresh<'l>(slot: &'l mut Option<Self>, ui: &Ui, text: &str, version: u64) -> &'l mut Self {
        let digit = ui.painter().layout_no_wrap("0".to_owned(), font(), Color32::PLACEHOLDER);
        let layout = match slot.take().filter(|kept| Arc::ptr_eq(&kept.digit, &digit)) {
            Some(kept) if kept.version == version => kept,
            Some(kept) => kept.changed(ui, text, version),
            None => Self::blank(digit).changed(ui, text, version),
        };
        slot.insert(layout)
    }

    /// Sees to it that these rows of `text`, which is that of the layout, and those around them are near.
    pub(super) fn approach(&mut self, ui: &Ui, text: &str, wanted: [Range<usize>; 2]) {
        let rows = self.places.rows();
        if near::suffices(&self.near, &wanted, rows) {
            return;
        }
        let mut making = Making::new(&self.digit, text, &self.places);
        self.near = ui.fonts_mut(|fonts| {
            let stretch = |rows| Near::of(rows, |at| self.near(at).cloned().or_else(|| making.row(fonts, at)));
            near::around(&wanted, rows).into_iter().map(stretch).collect()
        });
        self.put_together(text, Arc::clone(&self.galley.job));
    }

    /// A row that is near.
    pub(super) fn near(&self, row: usize) -> Option<&Arc<Row>> {
        self.near.iter().find_map(|near| near.get(row))
    }

    /// Where a row is, from the start of the text.
    pub(super) fn row(&self, row: usize) -> Rect {
        let top = top(row, self.digit.pixels_per_point);
        Rect::from_min_size(pos2(0.0, top), vec2(self.width(row), size::MONO_LINE))
    }

    /// The first row that ends below a height from the start of the text; one more than there are when none does.
    pub(super) fn row_below(&self, y: f32) -> usize {
        // The rows begin where the pixels do, so they may be a little off.
        let estimate = (y / size::MONO_LINE).max(0.0) as usize;
        let rows = self.places.rows();
        (estimate.saturating_sub(1)..rows).find(|row| self.row(*row).bottom() > y).unwrap_or(rows)
    }

    /// The rows between two heights from the start of the text, at least in part.
    pub(super) fn rows_between(&self, top: f32, bottom: f32) -> Range<usize> {
        let first = self.row_below(top);
        let end = (first..self.places.rows()).find(|row| self.row(*row).top() >= bottom);
        first..end.unwrap_or(self.places.rows())
    }

    /// The width of a row, in points.
    pub(super) fn width(&self, row: usize) -> f32 {
        self.widths.get(row).copied().unwrap_or_default()
    }

    /// The width of a character.
    pub(super) fn advance(&self) -> f32 {
        self.digit.size().x
    }

    fn blank(digit: Arc<Galley>) -> Self {
        let nothing = galley(Vec::new(), Arc::new(whole("")), vec2(0.0, 0.0), digit.pixels_per_point);
        let (places, widths) = (Places::of(""), vec![0.0]);
        Self { galley: Arc::new(nothing), places, digit, version: 0, widths, near: Vec::new() }
    }

    /// The layout of `text`; what is known of lines that are the same as before is taken over.
    fn changed(mut self, ui: &Ui, text: &str, version: u64) -> Self {
        let places = Places::of(text);
        let change = Change::between(self.galley.text(), text);
        // A change moves all letters behind it in a line that goes over several rows.
        let first = *self.places.line_around(self.places.row_of(change.start)).start();
        let last = *self.places.line_around(self.places.row_of(change.start + change.removed)).end();
        let end = change.start + change.inserted;
        let last_now = *places.line_around(places.row_of(end)).end();
        let now = |row: usize| if row <= first { row } else { (row + last_now).saturating_sub(last).max(first) };
        let before = |row: usize| match row {
            row if row < first => Some(row),
            row if row > last_now => Some(row + last - last_now),
            _ => None,
        };
        let was_near = self.near.iter().map(Near::rows).map(|rows| now(rows.start)..now(rows.end));
        let cursor = places.row_of(end);
        let stretches = near::after_change(was_near, cursor..cursor + 1, places.rows());
        let mut making = Making::new(&self.digit, text, &places);
        let (widths, near): (Vec<f32>, Vec<Near>) = ui.fonts_mut(|fonts| {
            let widths = (first..=last_now).map(|at| making.width(fonts, at)).collect();
            let kept = |row| before(row).and_then(|row| self.near(row).cloned());
            let stretch = |rows| Near::of(rows, |at| kept(at).or_else(|| making.row(fonts, at)));
            (widths, stretches.into_iter().map(stretch).collect())
        });
        self.widths.splice(first..=last, widths);
        (self.places, self.near, self.version) = (places, near, version);
        self.put_together(text, Arc::new(whole(text)));
        self
    }

    /// Makes the galley of the rows that are near.
    fn put_together(&mut self, text: &str, job: Arc<LayoutJob>) {
        let width = self.widths.iter().copied().fold(0.0, f32::max);
        let height = self.row(self.places.rows().saturating_sub(1)).bottom();
        let placed = near::placed(&self.near, text, &self.places, &self.digit);
        self.galley = Arc::new(galley(placed, job, vec2(width, height), self.digit.pixels_per_point));
    }
}

/// Makes rows of a text.
struct Making<'a> {
    digit: &'a Galley,
    text: &'a str,
    places: &'a Places,
    /// The full rows of a very long line share the places of their characters.
    full: Option<Arc<Row>>,
}

impl<'a> Making<'a> {
    fn new(digit: &'a Galley, text: &'a str, places: &'a Places) -> Self {
        Self { digit, text, places, full: None }
    }

    fn row(&mut self, fonts: &mut FontsView<'_>, at: usize) -> Option<Arc<Row>> {
        let letters = self.letters(at);
        let shares = letters.len() == ROW && letters.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        if !shares {
            return row(fonts, self.digit, letters);
        }
        if self.full.is_none() {
            self.full = row(fonts, self.digit, letters);
        }
        self.full.clone()
    }

    fn width(&self, fonts: &mut FontsView<'_>, at: usize) -> f32 {
        width(fonts, self.digit, self.letters(at))
    }

    fn letters(&self, at: usize) -> &'a str {
        self.text.get(self.places.row(at).range()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use eframe::egui;
    use eframe::egui::text::{CCursor, CharIndex};

    use super::*;

    /// What is known of all rows of a text.
    fn rows(layout: &Layout) -> Vec<(usize, i64, bool)> {
        let rows = layout.galley.rows.iter().enumerate();
        let width = |row: f32| (row * 64.0).round() as i64;
        rows.map(|(at, row)| (row.glyphs.len(), width(layout.width(at)), row.ends_with_newline)).collect()
    }

    fn in_a_window(mut work: impl FnMut(&Ui)) {
        let ctx = egui::Context::default();
        crate::ui::theme::install(&ctx);
        ctx.run_ui(egui::RawInput::default(), |ui| work(ui)).textures_delta.clear();
    }

    #[test]
    fn a_layout_that_followed_changes_is_that_of_the_text() {
        let long = "\"aä€😀\", 12345, ".repeat(1_500);
        let changes = [
            // A line becomes long, changes at its start, in the middle and at a row's end, is split, joined, and short.
            (2..2, long.as_str()),
            (3..4, "€€"),
            (9_000..9_000, "x"),
            (122..122, "😀"),
            (20_000..20_000, "\n"),
            (20_000..20_001, ""),
            (30_000..30_000, "\n{\n"),
            (5..29_000, "-"),
        ];
        in_a_window(|ui| {
            let mut layout = None;
            let mut text = "[\n]\n".to_owned();
            let mut version = 1;
            Layout::refresh(&mut layout, ui, &text, version);
            for (range, with) in &changes {
                let boundary = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap();
                let range = boundary(range.start)..boundary(range.end);
                text.replace_range(range, with);
                version += 1;
                let followed = rows(Layout::refresh(&mut layout, ui, &text, version));
                assert_eq!(followed, rows(Layout::refresh(&mut None, ui, &text, version)));
                assert_eq!(characters(layout.as_ref().unwrap()), text.chars().count());
            }
        });
    }

    /// How many characters the text field believes there to be.
    fn characters(layout: &Layout) -> usize {
        layout.galley.rows.iter().map(|row| row.glyphs.len() + usize::from(row.ends_with_newline)).sum()
    }

    /// Whether the text field finds each cursor of a row, and its place back.
    #[track_caller]
    fn check_row(layout: &Layout, text: &str, row: usize) {
        let Range { start, end } = layout.places.row(row).range();
        let before = layout.places.character_at(text, start);
        let line = layout.row(row);
        // Behind the last letter of a row that its line goes on from, the cursor is on the next one.
        let columns = text[start..end].chars().count() + usize::from(layout.places.ends_line(row));
        for column in 0..columns {
            let at =
                layout.galley.pos_from_cursor(CCursor { index: CharIndex(before + column), prefer_next_row: true });
            assert_eq!(at.y_range(), line.y_range(), "row {row}, column {column}");
            let found = layout.galley.cursor_from_pos(at.center().to_vec2());
            assert_eq!(found.index.0, before + column, "row {row}");
        }
    }

    #[test]
    fn what_is_near_is_found_whatever_is_far() {
        let line = |at: usize| format!("  \"claim {at}\": \"{}\",\n", "ä".repeat(at % 7));
        let mut text: String = (0..9_000).map(line).collect();
        // One line goes over hundreds of rows.
        text.insert_str(text.len() / 2, &"long ".repeat(20_000));
        in_a_window(|ui| {
            let mut layout = None;
            let mut version = 1;
            let long = Places::of(&text).row_of(text.find("long").unwrap());
            for wanted in [[0..40, 0..1], [3_000..3_040, 8_000..8_001], [long + 300..long + 340, 2..3]] {
                let layout = Layout::refresh(&mut layout, ui, &text, version);
                layout.approach(ui, &text, wanted.clone());
                assert!(layout.galley.rows.len() < 2_500, "{}", layout.galley.rows.len());
                assert_eq!(characters(layout), text.chars().count());
                for row in wanted.into_iter().flatten() {
                    check_row(layout, &text, row);
                }
            }
            // From the middle of that line the text field finds both of its ends.
            let kept = layout.as_ref().unwrap();
            let ends = kept.places.line_around(long);
            let cursor = CCursor::new(kept.places.character_at(&text, kept.places.row(long + 320).start + 7));
            let expected = [kept.places.row(*ends.start()).start, kept.places.row(*ends.end()).end];
            let found = [kept.galley.cursor_begin_of_paragraph(&cursor), kept.galley.cursor_end_of_paragraph(&cursor)];
            assert_eq!(found.map(|cursor| kept.places.byte_at(&text, cursor.index.0)), expected);
            // A line break far away, lines taken away, and much that is pasted: the cursor is always near.
            let middle = text.len() / 3;
            for (range, with) in [
                (middle..middle, "\n".to_owned()),
                (middle..middle + 9_000, String::new()),
                (100..100, text.clone()),
                (0..usize::MAX, "{}".to_owned()),
            ] {
                let boundary =
                    |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
                let range = boundary(range.start)..boundary(range.end);
                let cursor = range.start + with.len();
                text.replace_range(range, &with);
                version += 1;
                let layout = Layout::refresh(&mut layout, ui, &text, version);
                assert_eq!(characters(layout), text.chars().count());
                check_row(layout, &text, layout.places.row_of(cursor));
            }
            assert_eq!(rows(layout.as_ref().unwrap()).len(), 1, "the whole of a short text is near");
        });
    }
}
