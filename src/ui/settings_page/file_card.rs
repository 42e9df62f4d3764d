//! Where the settings are kept, and the ways back to how everything was at first.

use eframe::egui::{Label, RichText, Ui};

use super::muted;
use crate::jose::text::visible_path;
use crate::ui::action::Action;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{self, size};
use crate::ui::widgets::button;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, Copied};
use crate::workbench::settings::SettingsCommand;

/// Draws the card's body.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    match &workbench.settings_keeping().file {
        Some(file) => {
            let path = visible_path(file);
            ui.add(Label::new(RichText::new(&path).font(theme::fonts::mono(size::MONO))).wrap());
            ui.horizontal(|ui| {
                if button::normal(ui, "Copy path").clicked() {
                    commands.push(Command::Copy(Copied::Value(path)));
                }
                if button::normal(ui, "Show in file manager").clicked() {
                    commands.push(Command::Settings(SettingsCommand::RevealFile));
                }
            });
        }
        None => muted(ui, "There is no settings file here: what you choose holds until the window closes."),
    }
    muted(
        ui,
        "It holds these choices, the size of the window, recent files, folders of templates and solved exercises. Claims, \
         tokens, keys and secrets are never in it.",
    );
    ui.horizontal_wrapped(|ui| {
        for action in [Action::ResetSettings, Action::ShowHints] {
            if button::normal(ui, &action.label()).clicked() {
                commands.push(action);
            }
        }
    });
}
