//! The tokens that were minted since the program started.

use eframe::egui::Ui;

use crate::ui::request::CommandQueue;
use crate::workbench::Workbench;

/// Draws the list.
pub(super) fn ui(_ui: &mut Ui, _workbench: &Workbench, _commands: &CommandQueue) {}
