//! Rows: where the characters of a line stand, and nothing to draw.
//!
//! In the monospaced font of the editor places follow from the width of each character. Only lines with characters that
//! may change their shape beside others are shaped for their places, too.

use std::sync::Arc;

use eframe::egui::epaint::text::{FontsView, Glyph, PlacedRow, Row};
use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Color32, FontId, Galley, Rect, Vec2, emath::GuiRounding as _, vec2};

use crate::ui::theme::{fonts, size};

/// Lines of more characters than this are never shaped as a whole.
pub(super) const LONG: usize = 2_000;

/// How far below the start of the text a row begins, in points.
pub(super) fn top(row: usize, pixels_per_point: f32) -> f32 {
    (row as f32 * size::MONO_LINE).round_to_pixels(pixels_per_point)
}

/// Puts the rows of the text of `job` together, which is as wide and as high as `extent`.
pub(super) fn galley(rows: Vec<PlacedRow>, job: Arc<LayoutJob>, extent: Vec2, pixels_per_point: f32) -> Galley {
    let mut galley = Galley::concat(job, &[], pixels_per_point);
    galley.rows = rows;
    galley.rect = Rect::from_min_size(galley.rect.min, extent);
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

/// The width of a line, that of its row: told without making one where all characters are as wide as a digit.
pub(super) fn width(fonts: &mut FontsView<'_>, digit: &Galley, line: &str) -> f32 {
    if line.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return line.len() as f32 * digit.size().x;
    }
    row(fonts, digit, line).map_or(0.0, |row| row.size.x)
}

/// A row of so many characters that all stand at its start, of no height.
pub(super) fn filler(digit: &Galley, characters: usize) -> Option<Arc<Row>> {
    let mut row = bare(digit.rows.first()?, std::iter::repeat_n((' ', 0.0, 0.0), characters));
    row.size.y = 0.0;
    Some(Arc::new(row))
}

/// Whether a character looks and measures the same whatever stands beside it.
fn stands_alone(letter: char) -> bool {
    matches!(letter, ' '..='~' | '\t' | '\r' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}')
}

/// What the rows say that they were made of: the text, with some section because nothing without one is drawn.
pub(super) fn whole(text: &str) -> LayoutJob {
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
