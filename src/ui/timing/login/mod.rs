//! The login lab on the Timing page.

use eframe::egui::{Rect, Ui};

use crate::ui::request::CommandQueue;
use crate::workbench::Workbench;

/// View state of the login lab.
#[derive(Default)]
pub(super) struct LoginPane {}

impl LoginPane {
    /// Draws the lab; the rectangle of its chart, to be exported as a picture.
    pub(super) fn ui(&mut self, _ui: &mut Ui, _workbench: &Workbench, _commands: &CommandQueue) -> Option<Rect> {
        None
    }
}
