//! What a new draft begins with.

use eframe::egui::Ui;

use super::{muted, row};
use crate::jose::elapsed::spoken;
use crate::jose::jwa::KeyKind;
use crate::ui::algorithm_select;
use crate::ui::request::CommandQueue;
use crate::ui::widgets::select;
use crate::workbench::Workbench;
use crate::workbench::command::Command;
use crate::workbench::expiry::PRESETS;
use crate::workbench::settings::SettingsCommand;

/// Width of the selector of a lifetime, in points.
const LIFETIME: f32 = 112.0;

/// Draws the card's body.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let mut new = workbench.settings().new_drafts;
    let before = new;
    row(ui, "Algorithm", |ui| {
        let chosen = algorithm_select::choose(ui, "Algorithm of new drafts", Some(new.algorithm));
        new.algorithm = chosen.unwrap_or(new.algorithm);
    });
    row(ui, "Lifetime", |ui| {
        let offered = PRESETS.iter().filter_map(|seconds| u32::try_from(*seconds).ok()).chain([0]);
        // One of the settings file that is not on offer stays choosable.
        let own = (!offered.clone().any(|seconds| seconds == new.lifetime)).then_some(new.lifetime);
        let titles: Vec<(u32, String)> = offered.chain(own).map(|seconds| (seconds, title(seconds))).collect();
        let entries: Vec<_> = titles.iter().map(|(seconds, title)| (*seconds, title.as_str(), "")).collect();
        let chosen = select::choose(ui, "Lifetime of new drafts", new.lifetime, &entries, LIFETIME);
        new.lifetime = chosen.unwrap_or(new.lifetime);
    });
    muted(
        ui,
        match new.algorithm.key_kind() {
            KeyKind::Secret => "For the draft of the next start and for New draft; the one you edit stays as it is.",
            _ => {
                "For the draft of the next start and for New draft; its key is generated in the background, and never saved. \
                 The draft you edit stays as it is."
            }
        },
    );
    if new != before {
        commands.push(Command::Settings(SettingsCommand::NewDrafts(new)));
    }
}

fn title(seconds: u32) -> String {
    if seconds == 0 { "No expiry".to_owned() } else { spoken(seconds.into()) }
}
