//! What can be done with a variant.

use eframe::egui::Ui;

use super::lines::Line;
use crate::ui::request::CommandQueue;
use crate::ui::widgets::menu;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, CompareCommand, ViewCommand};
use crate::workbench::compare::MOST_VARIANTS;
use crate::workbench::page::Page;

/// What the table itself has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// Nothing.
    None,
    /// Change the name in its place.
    Rename,
}

/// The entries for the variant at the place `of`.
pub(super) fn ui(
    ui: &mut Ui,
    workbench: &Workbench,
    line: &Line,
    of: usize,
    can_move: bool,
    commands: &CommandQueue,
) -> Wish {
    let push = |command| commands.push(Command::Compare(command));
    let count = workbench.comparison().variants().len();
    let mut wish = Wish::None;
    if menu::entry(ui, "Rename", "F2", false).clicked() {
        wish = Wish::Rename;
    }
    let entry = |ui: &mut Ui, label: &str, keys: &str, enabled: bool| {
        ui.add_enabled_ui(enabled, |ui| menu::entry(ui, label, keys, false).clicked()).inner
    };
    if entry(ui, "Duplicate", "", count < MOST_VARIANTS) {
        push(CompareCommand::Duplicate(line.id));
    }
    if entry(ui, "Make baseline", "", !line.is_baseline) {
        push(CompareCommand::SetBaseline(line.id));
    }
    if entry(ui, "Open in Craft", "", true) {
        push(CompareCommand::OpenInCraft(line.id));
        commands.push(Command::View(ViewCommand::Page(Page::Craft)));
    }
    menu::line(ui);
    if entry(ui, "Move up", "Alt+Up", can_move && of > 0) {
        push(CompareCommand::Move(line.id, of - 1));
    }
    if entry(ui, "Move down", "Alt+Down", can_move && of + 1 < count) {
        push(CompareCommand::Move(line.id, of + 1));
    }
    menu::line(ui);
    if entry(ui, "Remove", "Delete", true) {
        push(CompareCommand::Remove(line.id));
    }
    wish
}
