//! Where every character of the text stands.
//!
//! Shaping a text is by far the most expensive part of showing it, so it is left to what can be seen (see
//! [`Ink`](super::ink::Ink)). The text field works on rows that know the places of their characters and nothing else: in
//! the monospaced font of the editor those follow from the width of each character. Only lines with characters that may
//! change their shape beside others are shaped for their places, too.

use std::sync::Arc;

use eframe::egui::epaint::text::{FontsView, Glyph, PlacedRow, Row};
use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Color32, FontId, Galley, Rect, Ui, emath::GuiRounding as _, pos2, vec2};

use super::change::Change;
use super::places::{Places, ROW};
use crate::ui::theme::{fonts, size};

/// Lines of more characters than this are never shaped as a whole.
pub(super) const LONG: usize = 2_000;

/// A text laid out without wrapping: each line is one row, but for very long ones, see [`Places`].
pub(super) struct Layout {
    /// All rows, without anything to draw.
    pub(super) galley: Arc<Galley>,
    /// The rows of the same text.
    pub(super) places: Places,
    /// A digit in the same font. egui makes a new one when the font or the scale changes and when it has to draw all
    /// glyphs anew: rows kept from before would show the wrong ones.
    pub(super) digit: Arc<Galley>,
    /// The version of the text.
    pub(super) version: u64,
}

impl Layout {
    /// Brings the layout in line with `text`: cheap when little has changed and free while the `version` is the same.
    pub(super) fn refresh<'l>(slot: &'l mut Option<Self>, ui: &Ui, text: &str, version: u64) -> &'l Self {
        let digit = ui.painter().layout_no_wrap("0".to_owned(), font(), Color32::PLACEHOLDER);
        let layout = match slot.take().filter(|kept| Arc::ptr_eq(&kept.digit, &digit)) {
            Some(kept) if kept.version == version => kept,
            Some(kept) => kept.changed(ui, text, version),
            None => Self::blank(digit).changed(ui, text, version),
        };
        slot.insert(layout)
    }

    /// The width of a character.
    pub(super) fn advance(&self) -> f32 {
        self.digit.size().x
    }

    fn blank(digit: Arc<Galley>) -> Self {
        let galley = Galley::concat(Arc::new(whole("")), &[], digit.pixels_per_point);
        Self { galley: Arc::new(galley), places: Places::of(""), digit, version: 0 }
    }

    /// The layout of `text`; the rows of lines that are the same as before are taken over.
    fn changed(self, ui: &Ui, text: &str, version: u64) -> Self {
        let places = Places::of(text);
        let change = Change::between(self.galley.text(), text);
        // A change moves all letters behind it in a line that goes over several rows.
        let first = *self.places.line_around(self.places.row_of(change.start)).start();
        let last = *self.places.line_around(self.places.row_of(change.start + change.removed)).end();
        let last_now = *places.line_around(places.row_of(change.start + change.inserted)).end();
        let kept = |range: Option<&[PlacedRow]>| range.unwrap_or_default().iter().map(|row| row.row.clone()).collect();
        let mut rows: Vec<Arc<Row>> = kept(self.galley.rows.get(..first));
        let mut full: Option<Arc<Row>> = None;
        ui.fonts_mut(|fonts| {
            for part in first..=last_now {
                let letters = text.get(places.row(part).range()).unwrap_or_default();
                let shares = letters.len() == ROW && letters.bytes().all(|byte| matches!(byte, b' '..=b'~'));
                let found = if shares { full.clone() } else { None };
                let found = found.or_else(|| row(fonts, &self.digit, letters));
                if shares {
                    full.clone_from(&found);
                }
                rows.extend(found);
            }
        });
        rows.append(&mut kept(self.galley.rows.get(last + 1..)));
        let last = rows.len().saturating_sub(1);
        let rows = rows.into_iter().enumerate().map(|(row, laid_out)| (laid_out, row < last && places.ends_line(row)));
        let galley = Arc::new(below_each_other(rows, text, self.digit.pixels_per_point));
        Self { galley, places, version, ..self }
    }
}

/// Puts the rows of `text` together; with each comes whether a line break ends it.
pub(super) fn below_each_other(
    rows: impl Iterator<Item = (Arc<Row>, bool)>,
    text: &str,
    pixels_per_point: f32,
) -> Galley {
    let mut galley = Galley::concat(Arc::new(whole(text)), &[], pixels_per_point);
    let place = |(line, (row, ends_with_newline)): (usize, (Arc<Row>, bool))| {
        let pos = pos2(0.0, line as f32 * size::MONO_LINE).round_to_pixels(pixels_per_point);
        PlacedRow { pos, row, ends_with_newline }
    };
    galley.rows = rows.enumerate().map(place).collect();
    let width = galley.rows.iter().map(|row| row.size.x).fold(0.0, f32::max);
    let height = galley.rows.last().map_or(0.0, |row| row.rect().bottom());
    galley.rect = Rect::from_min_size(galley.rect.min, vec2(width, height));
    galley.mesh_bounds = galley.rect;
    galley
}

/// The places of the characters of a line.
pub(super) fn row(fonts: &mut FontsView<'_>, digit: &Galley, line: &str) -> Option<Arc<Row>> {
    let plain = line.len() > LONG || line.chars().all(stands_alone);
    let shaped = if plain { None } else { shaped(fonts, line) };
    shaped.or_else(|| grid(fonts, digit, line)).map(Arc::new)
}

/// The places that shaping finds; none when it does not give every character one.
fn shaped(fonts: &mut FontsView<'_>, line: &str) -> Option<Row> {
    let mut job = job();
    job.append(line, 0.0, format(Color32::PLACEHOLDER));
    let galley = fonts.layout_job(job);
    let [shaped] = galley.rows.as_slice() else { return None };
    let places = shaped.glyphs.iter().map(|glyph| (glyph.chr, glyph.pos.x, glyph.advance_width));
    (shaped.glyphs.len() == line.chars().count()).then(|| bare(&shaped.row, places))
}

/// The places that follow from the width of each character.
fn grid(fonts: &mut FontsView<'_>, digit: &Galley, line: &str) -> Option<Row> {
    let font = font();
    let advance = digit.size().x;
    let mut x = 0.0;
    let places = line.chars().map(|letter| {
        let width = match letter {
            ' '..='~' => advance,
            '\r' => 0.0,
            // egui's own width of a tab.
            '\t' => 4.0 * advance,
            _ => fonts.glyph_width(&font, letter),
        };
        x += width;
        (letter, x - width, width)
    });
    digit.rows.first().map(|sample| bare(sample, places))
}

/// A row with the font of `sample` and these characters, places and widths, of which nothing is drawn.
fn bare(sample: &Row, places: impl Iterator<Item = (char, f32, f32)>) -> Row {
    let mut row = sample.clone();
    let glyph = row.glyphs.first().copied();
    let place = |(letter, x, width): (char, f32, f32)| -> Option<Glyph> {
        let mut glyph = glyph?;
        glyph.chr = letter;
        glyph.pos.x = x;
        glyph.advance_width = width;
        glyph.first_vertex = 0;
        Some(glyph)
    };
    row.glyphs = places.filter_map(place).collect();
    row.size = vec2(row.glyphs.last().map_or(0.0, Glyph::max_x), size::MONO_LINE);
    row.visuals = Default::default();
    row
}

/// Whether a character looks and measures the same whatever stands beside it.
fn stands_alone(letter: char) -> bool {
    matches!(letter, ' '..='~' | '\t' | '\r' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}')
}

/// What the rows say that they were made of: the text, with some section because nothing without one is drawn.
fn whole(text: &str) -> LayoutJob {
    let mut whole = job();
    whole.append(text, 0.0, TextFormat::default());
    whole
}

/// An empty line that is not wrapped.
pub(super) fn job() -> LayoutJob {
    LayoutJob {
        wrap: TextWrapping::no_max_width(),
        break_on_newline: false,
        keep_trailing_whitespace: true,
        ..LayoutJob::default()
    }
}

/// The format of the text.
pub(super) fn format(colour: Color32) -> TextFormat {
    TextFormat { line_height: Some(size::MONO_LINE), ..TextFormat::simple(font(), colour) }
}

/// The font of the text.
pub(super) fn font() -> FontId {
    fonts::mono(size::MONO)
}

#[cfg(test)]
mod tests {
    use eframe::egui;

    use super::*;

    /// What egui knows of the rows of a text.
    fn rows(layout: &Layout) -> Vec<(usize, f32, bool)> {
        layout.galley.rows.iter().map(|row| (row.glyphs.len(), row.size.x, row.ends_with_newline)).collect()
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
        let mut layout = None;
        let ctx = egui::Context::default();
        crate::ui::theme::install(&ctx);
        let follow = |ui: &mut Ui| {
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
                let characters: usize = followed.iter().map(|(glyphs, ..)| glyphs).sum();
                let breaks = followed.iter().filter(|(.., ends)| *ends).count();
                assert_eq!(characters + breaks, text.chars().count());
            }
        };
        ctx.run_ui(egui::RawInput::default(), follow).textures_delta.clear();
    }
}
