//! The Compare page: variants side by side, and below them what makes the difference.

mod capacity_card;
mod cells;
mod claim_row;
mod column;
mod cost_rows;
mod costs_pane;
mod diff_pane;
mod difference;
mod figure;
mod header;
mod inside_card;
pub(super) mod ladder_pane;
mod lines;
mod matrix_pane;
pub(super) mod minimise;
pub(super) mod paste_tokens;
mod rename;
mod row_menu;
pub(super) mod rung_rows;
pub(super) mod status;
mod table;
mod times_pane;
mod variants_pane;
mod what_if_bar;

use eframe::egui::{Frame, Margin, Ui};

use self::costs_pane::CostsPane;
use self::diff_pane::DiffPane;
use self::ladder_pane::LadderPane;
use self::matrix_pane::MatrixPane;
use self::times_pane::TimesPane;
use self::variants_pane::VariantsPane;
use super::columns::{Columns, at_least};
use super::request::CommandQueue;
use super::theme::space;
use super::widgets::segmented;
use crate::workbench::Workbench;

/// The share of the page's height that the variants take at most.
const TABLE: f32 = 0.42;
/// In a lower window the page scrolls, in points.
const LEAST: f32 = 500.0;

/// What is shown below the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Lower {
    /// What each claim costs, and every algorithm.
    #[default]
    Costs,
    /// Which variant has which claim.
    Claims,
    /// Two variants as text.
    Text,
    /// Times with their spread.
    Times,
}

/// View state of the page.
pub struct ComparePage {
    columns: Columns,
    lower: Lower,
    variants: VariantsPane,
    costs: CostsPane,
    ladder: LadderPane,
    matrix: MatrixPane,
    diff: DiffPane,
    times: TimesPane,
}

impl ComparePage {
    /// Shows this part below the table; nothing changes when the page has none of that name.
    pub fn show_tab(&mut self, name: &str) {
        self.lower = match name {
            "costs" => Lower::Costs,
            "claims" => Lower::Claims,
            "text" => Lower::Text,
            "times" => Lower::Times,
            _ => return,
        };
    }
}

impl Default for ComparePage {
    fn default() -> Self {
        Self {
            columns: Columns::new("compare"),
            lower: Lower::default(),
            variants: VariantsPane::default(),
            costs: CostsPane::default(),
            ladder: LadderPane::default(),
            matrix: MatrixPane::default(),
            diff: DiffPane::default(),
            times: TimesPane::default(),
        }
    }
}

impl ComparePage {
    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        at_least(ui, LEAST, |ui| self.parts(ui, workbench, commands));
    }

    fn parts(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        let height = ui.available_height() * TABLE;
        Frame::new().inner_margin(Margin { left: 12, right: 12, top: 12, bottom: 0 }).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::M;
            self.variants.ui(ui, workbench, height, commands);
            let choices = [
                (Lower::Costs, "Costs".to_owned()),
                (Lower::Claims, "Claims".to_owned()),
                (Lower::Text, "Text".to_owned()),
                (Lower::Times, "Times".to_owned()),
            ];
            if let Some(lower) = segmented::choose(ui, "Below the table", Some(&self.lower), &choices) {
                self.lower = lower;
            }
        });
        // The panes below bring their own distance to the tabs.
        ui.add_space(-space::S);
        match self.lower {
            Lower::Costs => {
                let Self { columns, costs, ladder, .. } = self;
                columns.show(ui, |ui| costs.ui(ui, workbench, commands), |ui| ladder.ui(ui, workbench, commands));
            }
            Lower::Claims => below(ui, |ui| self.matrix.ui(ui, workbench, commands)),
            Lower::Text => below(ui, |ui| self.diff.ui(ui, workbench, commands)),
            Lower::Times => below(ui, |ui| self.times.ui(ui, workbench, commands)),
        }
    }
}

/// One pane over the whole width.
fn below(ui: &mut Ui, pane: impl FnOnce(&mut Ui)) {
    Frame::new().inner_margin(Margin::same(12)).show(ui, pane);
}
