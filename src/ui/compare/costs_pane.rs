//! What each claim of the selected variant costs, and what would change without it.

use eframe::egui::Ui;

use crate::ui::request::CommandQueue;
use crate::workbench::Workbench;

/// See the module.
#[derive(Default)]
pub(super) struct CostsPane {}

impl CostsPane {
    /// Draws the pane.
    pub(super) fn ui(&mut self, _ui: &mut Ui, _workbench: &Workbench, _commands: &CommandQueue) {}
}
