//! How instants are told.

use eframe::egui::{RichText, Ui};

use super::{muted, row};
use crate::jose::instant::{Hours, Zones};
use crate::ui::request::CommandQueue;
use crate::ui::theme;
use crate::ui::widgets::segmented;
use crate::workbench::Workbench;
use crate::workbench::command::Command;
use crate::workbench::settings::SettingsCommand;

/// Draws the card's body.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let mut clock = workbench.settings().clock;
    let before = clock;
    row(ui, "Hours", |ui| {
        let choices = [(Hours::H24, "24 hours".to_owned()), (Hours::H12, "12 hours".to_owned())];
        clock.hours = segmented::choose(ui, "Hours of the clock", Some(&clock.hours), &choices).unwrap_or(clock.hours);
    });
    row(ui, "Time zone", |ui| {
        let choices = [(Zones::Utc, "UTC"), (Zones::UtcLocal, "UTC, local"), (Zones::LocalUtc, "Local, UTC")];
        let choices = choices.map(|(zones, words)| (zones, words.to_owned()));
        clock.zones = segmented::choose(ui, "Time zone", Some(&clock.zones), &choices).unwrap_or(clock.zones);
    });
    row(ui, "Now", |ui| {
        let now = workbench.now();
        ui.label(RichText::new(workbench.clock().near(now, now)).color(theme::tokens(ui).text.secondary));
    });
    muted(
        ui,
        "Wherever the window tells an instant. What you type is UTC unless it names its offset, and files and the command \
         line keep their own forms.",
    );
    if clock != before {
        commands.push(Command::Settings(SettingsCommand::Clock(clock)));
    }
}
