//! JSON to read: formatted, coloured, selectable. Only the visible lines are laid out.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Label, ScrollArea, Ui};

use crate::jose::json::{self, Json, TokenKind};
use crate::ui::theme::{self, Tokens, size};

/// Letters of a line that are laid out.
const SHOWN_LETTERS: usize = 2_000;

/// The formatted text of one JSON value.
#[derive(Debug, Default)]
pub(in crate::ui) struct JsonView {
    text: String,
    lines: Vec<(usize, usize)>,
    revision: Option<u64>,
}

impl JsonView {
    /// Draws the JSON of this revision; formats it only when the revision is another one.
    pub(in crate::ui) fn ui(&mut self, ui: &mut Ui, json: &Json, revision: u64) {
        if self.revision != Some(revision) {
            self.revision = Some(revision);
            self.text = json::format(json, 2);
            self.lines = lines(&self.text);
        }
        let tokens = theme::tokens(ui);
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::both().id_salt("json-view").auto_shrink(false).show_rows(
            ui,
            size::MONO_LINE,
            self.lines.len(),
            |ui, range| {
                for (start, end) in self.lines.get(range).unwrap_or_default() {
                    let line = self.text.get(*start..*end).unwrap_or_default();
                    ui.add(Label::new(coloured(line, tokens)).extend());
                }
            },
        );
    }
}

fn lines(text: &str) -> Vec<(usize, usize)> {
    let mut start = 0;
    text.split('\n')
        .map(|line| {
            let cut = line.char_indices().nth(SHOWN_LETTERS).map_or(line.len(), |(at, _)| at);
            let place = (start, start + cut);
            start += line.len() + 1;
            place
        })
        .collect()
}

/// A line of formatted JSON; no token goes over its end.
fn coloured(line: &str, tokens: &Tokens) -> LayoutJob {
    let mut job = LayoutJob::default();
    for token in json::tokens(line) {
        let colour = match token.kind {
            TokenKind::Name => tokens.syntax.name,
            TokenKind::String => tokens.syntax.string,
            TokenKind::Number => tokens.syntax.number,
            TokenKind::Keyword => tokens.syntax.keyword,
            TokenKind::Punctuation | TokenKind::Space | TokenKind::Invalid => tokens.syntax.punctuation,
        };
        let format = TextFormat {
            line_height: Some(size::MONO_LINE),
            ..TextFormat::simple(theme::fonts::mono(size::MONO), colour)
        };
        job.append(line.get(token.span.range()).unwrap_or_default(), 0.0, format);
    }
    job
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found() {
        let text = "{\n  \"a\": 1\n}";
        let found: Vec<_> = lines(text).into_iter().map(|(start, end)| &text[start..end]).collect();
        assert_eq!(found, ["{", "  \"a\": 1", "}"]);
    }
}
