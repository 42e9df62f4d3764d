//! The head of the panel: its tabs, and what is done to the library as a whole.

use eframe::egui::Ui;

use super::rows::Pick;
use super::{Tab, shelf};
use crate::jose::text::visible;
use crate::ui::action::Action;
use crate::ui::request::CommandQueue;
use crate::ui::theme::icon;
use crate::ui::widgets::trailing::trailing;
use crate::ui::widgets::{button, menu, segmented};
use crate::workbench::Workbench;
use crate::workbench::command::Command;
use crate::workbench::library::{LibraryCommand, file_name};

/// Draws the head and returns the tab to show.
pub(super) fn ui(
    ui: &mut Ui,
    current: Tab,
    workbench: &Workbench,
    picked: Option<&Pick>,
    commands: &CommandQueue,
) -> Tab {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let tabs = [(Tab::Library, "Library".to_owned()), (Tab::Minted, "Minted".to_owned())];
        let chosen = segmented::choose(ui, "Side panel", Some(&current), &tabs);
        trailing(ui, |ui| {
            if current == Tab::Library {
                let new = button::icon(ui, icon::PLUS, "New template");
                menu::below(&new, "New template", |ui| new_template(ui, workbench, picked, commands));
                let more = button::icon(ui, icon::DOTS_THREE, "Folders");
                menu::below(&more, "Folders", |ui| folders(ui, workbench, commands));
            }
            if button::icon(ui, icon::X, "Close library").clicked() {
                commands.push(Action::Library);
            }
        });
        chosen.unwrap_or(current)
    })
    .inner
}

fn new_template(ui: &mut Ui, workbench: &Workbench, picked: Option<&Pick>, commands: &CommandQueue) {
    let near = match picked {
        Some(Pick::File(path)) => Some(path.as_path()),
        _ => None,
    };
    let folder = workbench.library().folder_for_new(near);
    ui.add_enabled_ui(folder.is_some(), |ui| {
        let folder = folder.unwrap_or_default();
        if menu::entry(ui, "New template", "", false).clicked() {
            commands.push(Command::Library(LibraryCommand::New(folder.clone())));
        }
        if menu::entry(ui, "Save the draft here", "", false).clicked() {
            commands.push(Command::Library(LibraryCommand::SaveDraft(folder)));
        }
    });
    menu::line(ui);
    if menu::entry(ui, "Add a folder…", "", false).clicked() {
        commands.push(Command::Library(LibraryCommand::ChooseFolder));
    }
}

fn folders(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let library = workbench.library();
    for shelf in library.shelves() {
        menu::submenu(ui, &visible(&shelf.title()), |ui| shelf::actions(ui, shelf, commands));
    }
    if !library.shelves().is_empty() {
        menu::line(ui);
    }
    if menu::entry(ui, "Add a folder…", "", false).clicked() {
        commands.push(Command::Library(LibraryCommand::ChooseFolder));
    }
    if menu::entry(ui, "Read the folders again", "", false).clicked() {
        commands.push(Command::Library(LibraryCommand::Refresh));
    }
    if let Some((ticket, path)) = library.last_deleted() {
        let label = format!("Put back {}", visible(&file_name::stem(path)));
        if menu::entry(ui, &label, "", false).clicked() {
            commands.push(Command::Library(LibraryCommand::Restore(ticket)));
        }
    }
}
