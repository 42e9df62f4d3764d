//! The right column: the first rows, the first tokens, and the faulty rows that were met on the way.

use std::borrow::Cow;
use std::sync::Arc;

use eframe::egui::{Label, RichText, Ui};

use super::faults;
use super::token_list::TokenList;
use super::words::counted;
use crate::bulk::preview::Preview;
use crate::jose::text::shown;
use crate::ui::columns::{Slot, column};
use crate::ui::request::CommandQueue;
use crate::ui::table::{Cell, Column, Table};
use crate::ui::theme::{space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::message;
use crate::workbench::Workbench;
use crate::workbench::bulk::setup::By;

/// The faulty rows take so much height before they scroll.
const FAULTS: f32 = 190.0;

/// View state of the column.
#[derive(Default)]
pub(super) struct PreviewPane {
    tokens: TokenList,
    /// The rows of this preview, laid out.
    table: Option<(Arc<Preview>, Table)>,
}

impl PreviewPane {
    /// Draws the cards.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        column(ui, "bulk-preview", 0.0, |ui, _height, slot| {
            if !matches!(slot, Slot::Above) {
                return;
            }
            match workbench.bulk().preview() {
                Some(Ok(preview)) => self.cards(ui, workbench, preview, commands),
                Some(Err(problem)) => {
                    Card::new("First tokens").show(ui, |ui| message::error(ui, &problem.message, &problem.help));
                }
                None => empty(ui, workbench),
            }
        });
    }

    fn cards(&mut self, ui: &mut Ui, workbench: &Workbench, preview: &Arc<Preview>, commands: &CommandQueue) {
        if !preview.faults.is_empty() {
            let subtitle = format!("{} among the first rows", preview.faults.len());
            Card::new("Faulty rows").subtitle(&subtitle).show(ui, |ui| {
                faults::ui(ui, "preview faults", &preview.faults, FAULTS);
            });
        }
        if !preview.rows.is_empty() && !preview.columns.is_empty() {
            self.rows(ui, preview);
        }
        let subtitle = if workbench.bulk().is_previewing() {
            "a newer preview is being made"
        } else {
            "made for this preview, with the time of now"
        };
        Card::new("First tokens").subtitle(subtitle).show(ui, |ui| {
            if preview.tokens.is_empty() {
                let words = "There is no row to make a token from.";
                message::remark(ui, words);
            } else {
                self.tokens.ui(ui, &preview.tokens, commands);
            }
        });
    }

    fn rows(&mut self, ui: &mut Ui, preview: &Arc<Preview>) {
        if self.table.as_ref().is_none_or(|(of, _)| !Arc::ptr_eq(of, preview)) {
            self.table = Some((Arc::clone(preview), table(preview)));
        }
        let Some((_, table)) = &mut self.table else { return };
        let columns = preview.columns.len() as u64;
        Card::new("First rows").subtitle(&counted(columns, "column", "columns")).flush().show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            table.show(ui, "First rows", None);
        });
    }
}

fn table(preview: &Preview) -> Table {
    let heading = |name: &String| Column { title: Cow::Owned(shown(name)), right: false };
    let line = Column { title: Cow::Borrowed("Line"), right: true };
    let columns = std::iter::once(line).chain(preview.columns.iter().map(heading)).collect();
    let cells = |row: &crate::bulk::row::Row| {
        let values = row.values.iter().map(|value| Cell::text(shown(value)));
        std::iter::once(Cell::number(row.line as f64, row.line.to_string())).chain(values).collect()
    };
    Table::new(columns, preview.rows.iter().map(cells).collect())
}

fn empty(ui: &mut Ui, workbench: &Workbench) {
    let bulk = workbench.bulk();
    let words = if bulk.is_previewing() {
        "The first tokens are being made…"
    } else if workbench.draft_obstacle().is_some() {
        "They are shown here once the draft can be minted."
    } else if bulk.setup().by == By::Rows && bulk.setup().rows.is_none() {
        "They are shown here, with the first rows, once a file of rows is chosen."
    } else {
        "They are shown here in a moment."
    };
    Card::new("First tokens").show(ui, |ui| {
        ui.add(Label::new(RichText::new(words).color(tokens(ui).text.secondary)).wrap());
    });
}
