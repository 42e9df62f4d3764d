//! The licences of everything the program is built from, as one long text.

use eframe::egui::{RichText, ScrollArea, TextWrapMode, Ui};

use super::build::LICENCES;
use crate::ui::dialogs::{buttons, sheet};
use crate::ui::theme::{self, fonts, size};
use crate::ui::widgets::button;

/// Width of the dialog, in points.
const WIDTH: f32 = 820.0;
/// What the dialog needs besides the text, with the room around it, in points.
const BESIDES: f32 = 180.0;

/// Longer lines are broken, in bytes.
const COLUMNS: usize = 104;

/// View state of the dialog: the text, line by line.
pub struct Licences(Vec<&'static str>);

impl Default for Licences {
    fn default() -> Self {
        Self(LICENCES.lines().flat_map(|line| broken(line, COLUMNS)).collect())
    }
}

/// A line in pieces of at most so many bytes, broken at spaces where there are some.
fn broken(line: &str, most: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while rest.len() > most {
        let end = rest.floor_char_boundary(most);
        let end = rest.get(..end).and_then(|start| start.rfind(' ')).filter(|at| *at > 0).unwrap_or(end);
        let (piece, behind) = rest.split_at(end);
        pieces.push(piece);
        rest = behind.trim_start();
    }
    pieces.push(rest);
    pieces
}

impl Licences {
    /// Draws the dialog; `false` when it is to be closed.
    pub(in crate::ui) fn ui(&self, ui: &Ui) -> bool {
        let height = (ui.ctx().content_rect().height() - BESIDES).max(BESIDES);
        let shown = sheet(ui, "licences", WIDTH, "Licences", |ui| {
            let ink = theme::tokens(ui).text.secondary;
            let area = ScrollArea::both().max_height(height).min_scrolled_height(height).auto_shrink(false);
            ui.scope(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
                area.show_rows(ui, size::MONO_LINE, self.0.len(), |ui, rows| {
                    for line in self.0.get(rows).unwrap_or_default() {
                        let words = RichText::new(*line).font(fonts::mono(size::MONO)).color(ink);
                        ui.label(words.line_height(Some(size::MONO_LINE)));
                    }
                });
            });
            buttons(ui, |ui| {
                let close = button::normal(ui, "Close");
                if ui.memory(|memory| memory.focused().is_none()) {
                    close.request_focus();
                }
                close.clicked()
            })
        });
        !(shown.inner || shown.should_close())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_at_spaces() {
        assert_eq!(broken("one two three", 8), ["one two", "three"]);
        assert_eq!(broken("", 8), [""]);
        assert_eq!(broken("ééééé", 4), ["éé", "éé", "é"]);
        assert!(Licences::default().0.iter().all(|line| line.len() <= COLUMNS));
    }
}
