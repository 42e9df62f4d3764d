//! The rows that are near: those for which egui's text field is told where every character stands.
//!
//! The text field walks over all rows from the first one whenever it looks for a cursor, several times in a frame, and
//! a row knows each of its characters in some 70 bytes. So what is far from the view and from the cursor, farther than the
//! pointer or the keys of one frame reach, is told as fillers: rows that count characters and no more.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::epaint::text::{PlacedRow, Row};
use eframe::egui::{Galley, pos2};

use super::places::Places;
use super::rows::{filler, top};

/// All rows of a text of no more than this are near.
const WHOLE: usize = 2_048;
/// So many rows above and below those that are wanted are near, too.
const MARGIN: usize = 256;
/// The characters of a filler.
const FILLER: usize = 1_024;

/// Rows that stand below each other.
pub(super) struct Near {
    first: usize,
    laid_out: Vec<Arc<Row>>,
}

impl Near {
    /// Which rows they are.
    pub(super) fn rows(&self) -> Range<usize> {
        self.first..self.first + self.laid_out.len()
    }

    /// Makes those of the given `rows`.
    pub(super) fn of(rows: Range<usize>, make: impl FnMut(usize) -> Option<Arc<Row>>) -> Self {
        Self { first: rows.start, laid_out: rows.filter_map(make).collect() }
    }

    /// One of them.
    pub(super) fn get(&self, row: usize) -> Option<&Arc<Row>> {
        self.laid_out.get(row.checked_sub(self.first)?)
    }
}

/// Whether the pointer and the keys of this frame find rows around all that are `wanted`, without too many others.
pub(super) fn suffices(near: &[Near], wanted: &[Range<usize>], rows: usize) -> bool {
    let stretches: Vec<Range<usize>> = near.iter().map(Near::rows).collect();
    let total: usize = stretches.iter().map(Range::len).sum();
    total <= 2 * WHOLE && wanted.iter().all(|wanted| covered(&stretches, wanted, rows))
}

/// The stretches of a text of so many `rows` that are to be near, in ascending order and apart from each other.
pub(super) fn around(wanted: &[Range<usize>], rows: usize) -> Vec<Range<usize>> {
    if rows <= WHOLE {
        return std::iter::once(0..rows).collect();
    }
    joined(wanted.iter().map(|wanted| widened(wanted, MARGIN, rows)).collect())
}

/// The same after a change of the text: what `was_near` is so still, where it stands now, and so is the `cursor`.
pub(super) fn after_change(
    was_near: impl Iterator<Item = Range<usize>>,
    cursor: Range<usize>,
    rows: usize,
) -> Vec<Range<usize>> {
    if rows <= WHOLE {
        return std::iter::once(0..rows).collect();
    }
    let within = |near: Range<usize>| near.start.min(rows)..near.end.min(near.start + WHOLE).min(rows);
    let mut stretches: Vec<Range<usize>> = was_near.map(within).filter(|near| !near.is_empty()).collect();
    if !covered(&stretches, &cursor, rows) {
        stretches.push(widened(&cursor, MARGIN, rows));
    }
    joined(stretches)
}

/// Whether there is half a margin around what is wanted.
fn covered(stretches: &[Range<usize>], wanted: &Range<usize>, rows: usize) -> bool {
    let Range { start, end } = widened(wanted, MARGIN / 2, rows);
    stretches.iter().any(|near| near.start <= start && end <= near.end)
}

/// In ascending order, and one where they touch.
fn joined(mut stretches: Vec<Range<usize>>) -> Vec<Range<usize>> {
    stretches.sort_by_key(|stretch| stretch.start);
    stretches.dedup_by(|later, earlier| {
        let touches = later.start <= earlier.end;
        if touches {
            earlier.end = earlier.end.max(later.end);
        }
        touches
    });
    stretches
}

fn widened(wanted: &Range<usize>, by: usize, rows: usize) -> Range<usize> {
    wanted.start.min(rows).saturating_sub(by)..wanted.end.saturating_add(by).min(rows)
}

/// The rows of `text` for the text field: the `near` ones, and fillers for the others.
pub(super) fn placed(near: &[Near], text: &str, places: &Places, digit: &Galley) -> Vec<PlacedRow> {
    let mut all = Placing { text, places, digit, full: None, rows: Vec::new() };
    let mut next = 0;
    for Near { first, laid_out } in near {
        all.far(next..*first);
        laid_out.iter().zip(*first..).for_each(|(row, at)| all.near(at, row));
        next = first + laid_out.len();
    }
    all.far(next..places.rows());
    all.rows
}

struct Placing<'a> {
    text: &'a str,
    places: &'a Places,
    digit: &'a Galley,
    /// A filler of [`FILLER`] characters.
    full: Option<Arc<Row>>,
    rows: Vec<PlacedRow>,
}

impl Placing<'_> {
    fn near(&mut self, at: usize, row: &Arc<Row>) {
        let ends_with_newline = self.line_breaks_behind(at);
        let pos = pos2(0.0, top(at, self.digit.pixels_per_point));
        self.rows.push(PlacedRow { pos, row: Arc::clone(row), ends_with_newline });
    }

    /// Fillers for rows. Where a line goes over several rows, those of its rows that are far have fillers of their own, so
    /// that the text field finds its ends.
    fn far(&mut self, rows: Range<usize>) {
        if rows.is_empty() {
            return;
        }
        let (first, last) = (self.places.line_around(rows.start), self.places.line_around(rows.end - 1));
        let first_ends = (*first.start() < rows.start).then(|| first.end() + 1);
        let last_starts = (*last.end() >= rows.end).then(|| *last.start());
        let mut start = rows.start;
        for end in [first_ends, last_starts, Some(rows.end)].into_iter().flatten() {
            if (start + 1..=rows.end).contains(&end) {
                self.fill(start..end);
                start = end;
            }
        }
    }

    /// They stand as high as what they are for, as well as can be told.
    fn fill(&mut self, rows: Range<usize>) {
        let character = |row: usize| self.places.character_at(self.text, self.places.row(row).start);
        let ends_with_newline = self.line_breaks_behind(rows.end - 1);
        let mut left = character(rows.end) - character(rows.start) - usize::from(ends_with_newline);
        let fillers = left.div_ceil(FILLER).max(1);
        let row_at = |filler: usize| rows.start + rows.len() * filler / fillers;
        for filler_row in 0..fillers {
            let characters = left.min(FILLER);
            left -= characters;
            let Some(row) = self.filler(characters) else { return };
            let pos = pos2(0.0, top(row_at(filler_row), self.digit.pixels_per_point));
            self.rows.push(PlacedRow { pos, row, ends_with_newline: ends_with_newline && left == 0 });
        }
    }

    fn filler(&mut self, characters: usize) -> Option<Arc<Row>> {
        if characters < FILLER {
            return filler(self.digit, characters);
        }
        if self.full.is_none() {
            self.full = filler(self.digit, FILLER);
        }
        self.full.clone()
    }

    fn line_breaks_behind(&self, row: usize) -> bool {
        row + 1 < self.places.rows() && self.places.ends_line(row)
    }
}
