//! A text broken hard into rows, as a token needs it: there is no white space in it to break at.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::epaint::text::{PlacedRow, Row};
use eframe::egui::{Color32, Galley, Ui, pos2, vec2};

use super::rows::{font, galley, row, top, whole};

/// The full rows of longer texts share the places of their characters: a place takes some 70 bytes, and a megabyte of
/// them would take longer to write than a key press may last.
const SHARED: usize = 64 * 1024;

/// A text in rows of at most so many characters, without anything to draw.
pub(super) struct Wrapped {
    /// The rows for egui's text field.
    pub(super) galley: Arc<Galley>,
    /// The bytes of each row, without a line break.
    rows: Vec<Range<usize>>,
    columns: usize,
    digit: Arc<Galley>,
}

impl Wrapped {
    /// Breaks `text` to fit in `width` points; kept as it is while neither has changed.
    pub(super) fn refresh<'w>(slot: &'w mut Option<Self>, ui: &Ui, text: &str, width: f32) -> &'w Self {
        let digit = ui.painter().layout_no_wrap("0".to_owned(), font(), Color32::PLACEHOLDER);
        let columns = ((width / digit.size().x) as usize).max(1);
        let same =
            |kept: &Self| kept.columns == columns && Arc::ptr_eq(&kept.digit, &digit) && kept.galley.text() == text;
        let wrapped = match slot.take().filter(same) {
            Some(kept) => kept,
            None => Self::of(ui, text, columns, digit),
        };
        slot.insert(wrapped)
    }

    fn of(ui: &Ui, text: &str, columns: usize, digit: Arc<Galley>) -> Self {
        let broken = broken(text, columns);
        let mut full: Option<Arc<Row>> = None;
        let rows: Vec<PlacedRow> = ui.fonts_mut(|fonts| {
            let place = |(at, range): (usize, &Range<usize>)| {
                let letters = text.get(range.clone()).unwrap_or_default();
                let ends_with_newline = text.as_bytes().get(range.end) == Some(&b'\n');
                let shares = text.len() > SHARED && letters.len() == columns && letters.is_ascii();
                let found = if shares { full.clone() } else { None };
                let found = found.or_else(|| row(fonts, &digit, letters));
                if shares {
                    full.clone_from(&found);
                }
                let pos = pos2(0.0, top(at, digit.pixels_per_point));
                found.map(|row| PlacedRow { pos, row, ends_with_newline })
            };
            broken.iter().enumerate().filter_map(place).collect()
        });
        let width = rows.iter().map(|row| row.size.x).fold(0.0, f32::max);
        let extent = vec2(width, rows.last().map_or(0.0, |row| row.rect().bottom()));
        let galley = Arc::new(galley(rows, Arc::new(whole(text)), extent, digit.pixels_per_point));
        Self { galley, rows: broken, columns, digit }
    }

    /// The width of a character of the Latin alphabet, in points.
    pub(super) fn advance(&self) -> f32 {
        self.digit.size().x
    }

    /// The bytes of a row; empty for one that is not there.
    pub(super) fn row(&self, row: usize) -> Range<usize> {
        self.rows.get(row).cloned().unwrap_or_default()
    }
}

/// The bytes of each row: a line takes as many as it has characters for, an empty one takes one.
fn broken(text: &str, columns: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::with_capacity(text.len() / columns + 1);
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        if line.is_empty() {
            rows.push(start..start);
        } else if line.is_ascii() {
            rows.extend((start..end).step_by(columns).map(|at| at..(at + columns).min(end)));
        } else {
            let mut breaks = line.char_indices().map(|(at, _)| start + at).step_by(columns).peekable();
            while let Some(at) = breaks.next() {
                rows.push(at..breaks.peek().copied().unwrap_or(end));
            }
        }
        start = end + 1;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::broken;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let rows: Vec<_> = broken(text, 3).into_iter().map(|row| &text[row]).collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn lines_are_broken_where_they_are_full() {
        check("", &[""]);
        check("abc", &["abc"]);
        check("abcd", &["abc", "d"]);
        check("ab\n\nabcdef\n", &["ab", "", "abc", "def", ""]);
        check("äöüß", &["äöü", "ß"]);
    }
}
