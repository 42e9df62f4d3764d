//! The side panel of the Craft page: the library of templates, and the tokens that were minted.

mod minted;

use eframe::egui::Ui;

use super::request::CommandQueue;
use crate::workbench::Workbench;

/// View state of the panel.
#[derive(Default)]
pub(super) struct LibraryPanel {}

impl LibraryPanel {
    /// Draws the panel when it is open. To be called before the page is drawn.
    pub(super) fn show(&self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        if workbench.settings().library.open {
            minted::ui(ui, workbench, commands);
        }
    }
}
