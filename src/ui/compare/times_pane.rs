//! Signing and verifying of every variant with their spread, side by side.

use eframe::egui::Ui;

use crate::ui::request::CommandQueue;
use crate::workbench::Workbench;

/// See the module.
#[derive(Default)]
pub(super) struct TimesPane {}

impl TimesPane {
    /// Draws the pane.
    pub(super) fn ui(&mut self, _ui: &mut Ui, _workbench: &Workbench, _commands: &CommandQueue) {}
}
