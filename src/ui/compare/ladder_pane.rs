//! Every algorithm on the claims of the selected variant, and how many more elements of its arrays fit.

use eframe::egui::Ui;

use crate::ui::request::CommandQueue;
use crate::workbench::Workbench;

/// See the module.
#[derive(Default)]
pub(super) struct LadderPane {}

impl LadderPane {
    /// Draws the pane.
    pub(super) fn ui(&mut self, _ui: &mut Ui, _workbench: &Workbench, _commands: &CommandQueue) {}
}
