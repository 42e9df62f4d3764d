//! The Bulk page: many tokens from the draft.

use eframe::egui::Ui;

use super::request::CommandQueue;
use crate::workbench::Workbench;

/// View state of the page.
#[derive(Default)]
pub(super) struct BulkPage {}

impl BulkPage {
    /// Draws the page.
    pub(super) fn ui(&self, _ui: &mut Ui, _workbench: &Workbench, _commands: &CommandQueue) {}
}
