//! Every algorithm on the same claims.

use eframe::egui::Ui;

use crate::ui::request::CommandQueue;
use crate::workbench::Workbench;

/// See the module.
#[derive(Default)]
pub(super) struct AlgorithmsPane {}

impl AlgorithmsPane {
    /// Draws the pane.
    pub(super) fn ui(&mut self, _ui: &mut Ui, _workbench: &Workbench, _commands: &CommandQueue) {}
}
