//! The folders that the library shows templates of.

use std::path::Path;

use eframe::egui::Ui;

use super::line;
use crate::jose::text::visible_path;
use crate::ui::request::CommandQueue;
use crate::ui::theme::icon;
use crate::ui::widgets::button::{self, Button, Kind};
use crate::ui::widgets::{empty, message};
use crate::workbench::Workbench;
use crate::workbench::command::Command;
use crate::workbench::library::LibraryCommand;

/// Room for what can be done with a folder, in points.
const CONTROLS: f32 = 138.0;

/// Draws the card's body.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let folders = &workbench.settings().library.folders;
    if folders.is_empty() {
        let words = "The library lists the templates of the folders you add, and follows them as they change.";
        empty::titled(ui, "No folders yet", words);
    }
    for (place, folder) in folders.iter().enumerate() {
        let name = visible_path(folder);
        line(ui, &name, CONTROLS, |ui| controls(ui, &name, folder, place, folders.len(), commands));
        let shelf = workbench.library().shelves().iter().find(|shelf| shelf.folder == *folder);
        if let Some(problem) = shelf.and_then(|shelf| shelf.problem.as_ref()) {
            message::error(ui, &problem.message, &problem.help);
        }
    }
    if ui.add(Button::new(Kind::Normal, "Add folder…").name("Add a folder of templates")).clicked() {
        commands.push(Command::Library(LibraryCommand::ChooseFolder));
    }
}

/// Added from right to left.
fn controls(ui: &mut Ui, name: &str, folder: &Path, place: usize, count: usize, commands: &CommandQueue) {
    let wish = |command| commands.push(Command::Library(command));
    if button::icon(ui, icon::X, &format!("Remove {name} from the library")).clicked() {
        wish(LibraryCommand::ForgetFolder(folder.to_owned()));
    }
    if button::icon(ui, icon::FOLDER_OPEN, &format!("Show {name} in the file manager")).clicked() {
        wish(LibraryCommand::Reveal(folder.to_owned()));
    }
    let mut step = |glyph: &str, way: &str, to: Option<usize>| {
        ui.add_enabled_ui(to.is_some(), |ui| {
            if button::icon(ui, glyph, &format!("Move {name} {way}")).clicked()
                && let Some(to) = to
            {
                wish(LibraryCommand::MoveFolder(folder.to_owned(), to));
            }
        });
    };
    step(icon::CARET_DOWN, "down", Some(place + 1).filter(|to| *to < count));
    step(icon::CARET_UP, "up", place.checked_sub(1));
}
