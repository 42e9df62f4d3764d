//! What the bar at the foot says of a run, on every page.

use eframe::egui::{RichText, Ui};

use super::words::{self, file_name};
use crate::ui::request::CommandQueue;
use crate::ui::theme::{size, tokens};
use crate::ui::widgets::button::{Button, Kind};
use crate::workbench::Workbench;
use crate::workbench::bulk::run::Phase;
use crate::workbench::command::{Command, ViewCommand};
use crate::workbench::page::Page;

/// "50,000 tokens".
pub(in crate::ui) fn counted(tokens: u64) -> String {
    words::counted(tokens, "token", "tokens")
}

/// Draws the word while a run goes on; a click leads to it.
pub(in crate::ui) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let Some(run) = workbench.bulk().run().filter(|run| !run.is_over()) else { return };
    let word = if *run.phase() == Phase::Paused { "minting, paused" } else { "minting" };
    let share = run.share().map(|share| format!(" {:>3.0} %", (share * 100.0).floor())).unwrap_or_default();
    if workbench.settings().page == Page::Bulk {
        ui.label(RichText::new(format!("{word}{share}")).size(size::TEXT_CONTROL).color(tokens(ui).accent.main));
        return;
    }
    let text = format!("{word}{share}");
    let button = Button::new(Kind::Ghost, &text).name("Show the run").ink(tokens(ui).accent.main);
    if ui.add(button).on_hover_text(format!("Tokens go into {}", file_name(run.path()))).clicked() {
        commands.push(Command::View(ViewCommand::Page(Page::Bulk)));
    }
}
