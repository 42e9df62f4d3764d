//! What is kept of the user's work, and how long copies stay on the clipboard.

use eframe::egui::Ui;

use super::{muted, row};
use crate::ui::request::CommandQueue;
use crate::ui::widgets::{check_box, select};
use crate::workbench::Workbench;
use crate::workbench::command::Command;
use crate::workbench::copying::time_words;
use crate::workbench::settings::{SafetySettings, SettingsCommand};

/// The times on offer, in seconds; 0 for never.
const TIMES: [u32; 5] = [0, 10, 30, 60, 300];
/// Width of the two selectors, in points.
const SELECT: f32 = 176.0;

/// Draws the card's body.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let mut safety = workbench.settings().safety;
    let before = safety;
    check_box::show(ui, &mut safety.keep_drafts, "Keep unsaved drafts for after a crash");
    muted(
        ui,
        "A second after you stop typing, in a file that only you can read; removed when you save, discard or close, and \
         after 30 days. Keys and secrets are never in it.",
    );
    clearing(ui, &mut safety);
    if safety != before {
        commands.push(Command::Settings(SettingsCommand::Safety(safety)));
    }
}

fn clearing(ui: &mut Ui, safety: &mut SafetySettings) {
    row(ui, "Clear copied secrets", |ui| {
        time(ui, "Clear copied secrets and keys after", &mut safety.clear_secrets_after);
    });
    row(ui, "Clear copied tokens", |ui| {
        time(ui, "Clear copied tokens after", &mut safety.clear_tokens_after);
    });
    check_box::show(ui, &mut safety.clear_on_exit, "Clear copied secrets, keys and tokens when the program closes");
    muted(
        ui,
        "Only what you copied here, and only while it is still on the clipboard. It counts from the next copy on.",
    );
}

fn time(ui: &mut Ui, name: &str, seconds: &mut u32) {
    // A time of the settings file that is not on offer stays choosable.
    let own = (!TIMES.contains(seconds)).then_some(*seconds);
    let titles: Vec<(u32, String)> = TIMES.into_iter().chain(own).map(|time| (time, title(time))).collect();
    let entries: Vec<_> = titles.iter().map(|(time, title)| (*time, title.as_str(), "")).collect();
    if let Some(chosen) = select::choose(ui, name, *seconds, &entries, SELECT) {
        *seconds = chosen;
    }
}

fn title(seconds: u32) -> String {
    if seconds == 0 { "Never".to_owned() } else { format!("After {}", time_words(seconds.into())) }
}
