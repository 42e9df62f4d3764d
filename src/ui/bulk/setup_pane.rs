//! The left column: what is minted, how many, and how they are written.

use eframe::egui::Ui;

use super::draft_card;
use super::output_card::OutputCard;
use super::supply_card::SupplyCard;
use crate::ui::columns::{Slot, column};
use crate::ui::request::CommandQueue;
use crate::workbench::Workbench;

/// View state of the column.
#[derive(Default)]
pub(super) struct SetupPane {
    supply: SupplyCard,
    output: OutputCard,
}

impl SetupPane {
    /// Draws the cards.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        column(ui, "bulk-setup", 0.0, |ui, _height, slot| {
            if matches!(slot, Slot::Above) {
                draft_card::ui(ui, workbench, commands);
                self.supply.ui(ui, workbench, commands);
                self.output.ui(ui, workbench, commands);
            }
        });
    }
}
