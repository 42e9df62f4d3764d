//! The letters that can be seen, in their colours.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::{Galley, Painter, Ui, Vec2};

use super::rows::{format, job};
use super::view::View;
use super::{Placeholder, highlight, marks};
use crate::jose::text::Span;
use crate::ui::theme::tokens;

/// Rows are laid out a little further to the sides than can be seen, in steps of so many points.
const STEP: f32 = 256.0;
/// A row that goes on with a string has its colour, when the string began more bytes before than this.
const FAR: usize = 4 * 1024;

/// The rows that can be seen, laid out and coloured; kept until something about them changes.
#[derive(Default)]
pub(super) struct Ink {
    key: Option<Key>,
    pieces: Vec<Piece>,
}

/// What is drawn, and where from the origin of the text.
type Piece = (Vec2, Arc<Galley>);

struct Key {
    version: u64,
    rows: Range<usize>,
    columns: Range<i32>,
    dark: bool,
    digit: Arc<Galley>,
    placeholders: Vec<Placeholder>,
}

impl Ink {
    /// Draws the letters of the view. `version` stands for its text; `placeholders` are in ascending order.
    pub(super) fn paint(
        &mut self,
        ui: &Ui,
        painter: &Painter,
        view: &View<'_>,
        version: u64,
        placeholders: &[Placeholder],
    ) {
        let key = Key {
            version,
            rows: view.rows.clone(),
            columns: ((view.clip.left() - view.origin.x) / STEP).floor() as i32
                ..((view.clip.right() - view.origin.x) / STEP).ceil() as i32,
            dark: ui.visuals().dark_mode,
            digit: view.layout.digit.clone(),
            placeholders: marks::in_view(placeholders, view, |placeholder| placeholder.span).copied().collect(),
        };
        if !self.key.as_ref().is_some_and(|kept| kept.matches(&key)) {
            let same_font = self.key.as_ref().is_some_and(|kept| Arc::ptr_eq(&kept.digit, &key.digit));
            let kept = if same_font { std::mem::take(&mut self.pieces) } else { Vec::new() };
            self.pieces = view.rows.clone().filter_map(|row| piece(ui, view, row, &key, &kept)).collect();
            self.key = Some(key);
        }
        for (offset, piece) in &self.pieces {
            painter.galley(view.origin + *offset, piece.clone(), tokens(ui).text.primary);
        }
    }
}

impl Key {
    fn matches(&self, other: &Self) -> bool {
        self.version == other.version
            && self.rows == other.rows
            && self.columns == other.columns
            && self.dark == other.dark
            && Arc::ptr_eq(&self.digit, &other.digit)
            && self.placeholders == other.placeholders
    }
}

/// What can be seen of a row; one of `kept` that looks the same is taken again.
fn piece(ui: &Ui, view: &View<'_>, row: usize, key: &Key, kept: &[Piece]) -> Option<Piece> {
    let palette = tokens(ui);
    let Span { start: first, end } = view.layout.places.row(row);
    let start = view.layout.places.token(row);
    let seen = view.seen(row, key.columns.start as f32 * STEP, key.columns.end as f32 * STEP);
    let inside = key.placeholders.iter().filter(|it| start <= it.span.start && it.span.end <= end);
    let within = |it: &Placeholder| Placeholder { span: Span::new(it.span.start - start, it.span.end - start), ..*it };
    let placeholders: Vec<Placeholder> = inside.map(within).collect();
    let parts = if first - start > FAR {
        vec![(Span::new(0, end - start), palette.syntax.string)]
    } else {
        highlight::parts(view.text.get(start..)?, end - start, &placeholders, palette)
    };
    let mut job = job();
    for (part, colour) in parts {
        let part = (start + part.start).max(seen.start)..(start + part.end).min(seen.end);
        let letters = view.text.get(part).unwrap_or_default().trim_end_matches('\r');
        if !letters.is_empty() {
            job.append(letters, 0.0, format(colour));
        }
    }
    if job.text.is_empty() {
        return None;
    }
    let same = kept.iter().map(|(_, galley)| galley).find(|galley| *galley.job == job).cloned();
    let galley = same.unwrap_or_else(|| ui.fonts_mut(|fonts| fonts.layout_job(job)));
    Some((view.cursor(seen.start).min - view.origin, galley))
}
