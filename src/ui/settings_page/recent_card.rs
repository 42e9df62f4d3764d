//! The files that were opened or saved last.

use eframe::egui::Ui;

use super::line;
use crate::jose::text::visible_path;
use crate::ui::request::CommandQueue;
use crate::ui::theme::icon;
use crate::ui::widgets::button::{self, Button, Kind};
use crate::ui::widgets::empty;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, FileCommand};

/// Room for what can be done with a recent file, in points.
const CONTROLS: f32 = 84.0;

/// Draws the card's body.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let recent = &workbench.settings().recent_files;
    if recent.is_empty() {
        let words = "Templates that you open or save are listed here and in the File menu.";
        empty::titled(ui, "No recent files", words);
    }
    for path in recent {
        let name = visible_path(path);
        line(ui, &name, CONTROLS, |ui| {
            if button::icon(ui, icon::X, &format!("Forget {name}")).clicked() {
                commands.push(Command::File(FileCommand::ForgetRecent(path.clone())));
            }
            if ui.add(Button::new(Kind::Link, "Open").name(&format!("Open {name}"))).clicked() {
                commands.push(Command::File(FileCommand::OpenPath(path.clone())));
            }
        });
    }
}
