//! The text as rows of glyphs: laid out and coloured line by line, and only those lines that changed.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Color32, FontId, Galley, Ui};

use super::change::Change;
use super::highlight;
use super::places::Places;
use crate::jose::text::Span;
use crate::ui::theme::{Tokens, fonts, size, tokens};

/// Texts above this many bytes are shown in one colour.
const COLOURED: usize = 256 * 1024;

/// A text laid out without wrapping: each line is one row.
pub(super) struct Layout {
    /// All rows.
    pub(super) galley: Arc<Galley>,
    /// The lines of the same text.
    pub(super) places: Places,
    lines: Vec<Line>,
    dark: bool,
    /// A digit in the same font. egui makes a new one when glyphs have to be drawn anew, so that rows kept from before
    /// would show the wrong ones.
    digit: Arc<Galley>,
}

#[derive(Clone)]
struct Line {
    row: Arc<Galley>,
    /// The placeholders in the line, counted from its start.
    placeholders: Vec<Span>,
    stale: bool,
}

impl Layout {
    /// Brings the layout in line with `text`, which is cheap when little has changed and nearly free when nothing has.
    pub(super) fn refresh<'l>(slot: &'l mut Option<Self>, ui: &Ui, text: &str, placeholders: &[Span]) -> &'l Self {
        let digit = ui.painter().layout_no_wrap("0".to_owned(), font(), Color32::PLACEHOLDER);
        let dark = ui.visuals().dark_mode;
        let kept = slot.take().filter(|kept| Arc::ptr_eq(&kept.digit, &digit) && kept.dark == dark);
        let layout = match kept {
            Some(kept) if kept.galley.text() == text && kept.shows(placeholders) => kept,
            Some(kept) => kept.changed(ui, text, placeholders),
            None => Self::blank(digit, dark).changed(ui, text, placeholders),
        };
        slot.insert(layout)
    }

    /// The width of a character.
    pub(super) fn advance(&self) -> f32 {
        self.digit.size().x
    }

    fn blank(digit: Arc<Galley>, dark: bool) -> Self {
        let line = Line { row: digit.clone(), placeholders: Vec::new(), stale: true };
        let galley = Galley::concat(Arc::new(whole("")), &[], digit.pixels_per_point);
        Self { galley: Arc::new(galley), places: Places::of(""), lines: vec![line], dark, digit }
    }

    fn shows(&self, placeholders: &[Span]) -> bool {
        let lines = self.lines.iter().enumerate();
        let shown = lines.flat_map(|(index, line)| {
            let start = self.places.line(index).start;
            line.placeholders.iter().map(move |span| Span::new(span.start + start, span.end + start))
        });
        shown.eq(placeholders.iter().copied())
    }

    fn changed(mut self, ui: &Ui, text: &str, placeholders: &[Span]) -> Self {
        let places = Places::of(text);
        self.keep_lines(text, &places);
        let palette = tokens(ui);
        let mut rest = placeholders;
        ui.fonts_mut(|fonts| {
            for (index, line) in self.lines.iter_mut().enumerate() {
                let span = places.line(index);
                let here = take_inside(&mut rest, span);
                if line.stale || line.placeholders != here {
                    line.row = fonts.layout_job(line_job(text, span, &here, palette));
                    line.placeholders = here;
                    line.stale = false;
                }
            }
        });
        let rows: Vec<Arc<Galley>> = self.lines.iter().map(|line| line.row.clone()).collect();
        let galley = Galley::concat(Arc::new(whole(text)), &rows, self.digit.pixels_per_point);
        Self { galley: Arc::new(galley), places, ..self }
    }

    /// Makes one line for each of `text`, taking over those that are the same as before.
    fn keep_lines(&mut self, text: &str, places: &Places) {
        let old = self.galley.text();
        let change = Change::between(old, text);
        // The colour of a name depends on the colon behind it, which may stand in the next line.
        let first = self.places.line_of(change.start).saturating_sub(1);
        let last = self.places.line_of(change.start + change.removed);
        let last_now = places.line_of(change.start + change.inserted);
        if (old.len() > COLOURED) != (text.len() > COLOURED) {
            self.lines.clear();
        }
        let stale = Line { row: self.digit.clone(), placeholders: Vec::new(), stale: true };
        let after = self.lines.split_off((last + 1).min(self.lines.len()));
        self.lines.truncate(first);
        self.lines.resize(last_now + 1, stale.clone());
        self.lines.extend(after);
        self.lines.resize(places.lines(), stale);
    }
}

/// The leading spans of `rest` that lie within the line, counted from its start. Spans of earlier lines are passed over.
fn take_inside(rest: &mut &[Span], line: Span) -> Vec<Span> {
    let mut inside = Vec::new();
    while let Some((span, others)) = rest.split_first() {
        if span.start > line.end {
            break;
        }
        if span.start >= line.start && span.end <= line.end {
            inside.push(Span::new(span.start - line.start, span.end - line.start));
        }
        *rest = others;
    }
    inside
}

fn line_job(text: &str, line: Span, placeholders: &[Span], palette: &Tokens) -> LayoutJob {
    let content = text.get(line.range()).unwrap_or_default();
    let mut job = job();
    if text.len() > COLOURED {
        job.append(content, 0.0, format(palette.syntax.punctuation));
        return job;
    }
    let rest = text.get(line.start..).unwrap_or_default();
    for (part, colour) in highlight::parts(rest, content.len(), placeholders, palette) {
        job.append(content.get(part.range()).unwrap_or_default(), 0.0, format(colour));
    }
    if job.sections.is_empty() {
        job.append("", 0.0, format(palette.syntax.punctuation));
    }
    job
}

/// What the rows say that they were made of: the text, with some section because nothing without one is drawn.
fn whole(text: &str) -> LayoutJob {
    let mut whole = job();
    whole.append(text, 0.0, TextFormat::default());
    whole
}

fn job() -> LayoutJob {
    LayoutJob {
        wrap: TextWrapping::no_max_width(),
        break_on_newline: false,
        keep_trailing_whitespace: true,
        ..LayoutJob::default()
    }
}

fn format(colour: Color32) -> TextFormat {
    TextFormat { line_height: Some(size::MONO_LINE), ..TextFormat::simple(font(), colour) }
}

/// The font of the text.
pub(super) fn font() -> FontId {
    fonts::mono(size::MONO)
}
