//! The Bulk page: many tokens from the draft.

mod draft_card;
mod faults;
mod output_card;
mod preview_pane;
mod run_card;
mod setup_pane;
mod supply_card;
mod token_list;
mod top_bar;
mod words;

use std::path::Path;

use eframe::egui::{Frame, Margin, Ui};

use self::preview_pane::PreviewPane;
use self::setup_pane::SetupPane;
use super::columns::Columns;
use super::request::CommandQueue;
use super::theme::space;
use crate::workbench::Workbench;
use crate::workbench::bulk::BulkCommand;
use crate::workbench::bulk::setup::Setup;
use crate::workbench::command::Command;

/// "50,000 tokens".
pub(super) fn counted(tokens: u64) -> String {
    words::counted(tokens, "token", "tokens")
}

/// View state of the page.
pub(super) struct BulkPage {
    columns: Columns,
    setup: SetupPane,
    preview: PreviewPane,
}

impl Default for BulkPage {
    fn default() -> Self {
        Self { columns: Columns::new("bulk"), setup: SetupPane::default(), preview: PreviewPane::default() }
    }
}

impl BulkPage {
    /// Draws the page.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        Frame::new().inner_margin(Margin { left: 12, right: 12, top: 12, bottom: 0 }).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::M;
            top_bar::ui(ui, workbench, commands);
            run_card::ui(ui, workbench, commands);
        });
        // The columns bring their own distance to what is above.
        ui.add_space(-space::S);
        let Self { columns, setup, preview } = self;
        columns.show(ui, |ui| setup.ui(ui, workbench, commands), |ui| preview.ui(ui, workbench, commands));
    }
}

/// Whether a file that is dropped on the page is one of rows rather than a template or a key.
pub(super) fn are_rows(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| matches!(extension.as_str(), "csv" | "ndjson" | "jsonl" | "txt"))
}

fn push(commands: &CommandQueue, command: BulkCommand) {
    commands.push(Command::Bulk(command));
}

/// Asks for other choices.
fn set_up(commands: &CommandQueue, setup: Setup) {
    push(commands, BulkCommand::SetUp(Box::new(setup)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_told_from_templates_and_keys_by_their_names() {
        for (name, expected) in [
            ("users.csv", true),
            ("USERS.CSV", true),
            ("rows.ndjson", true),
            ("a.jsonl", true),
            ("token.jwt.json", false),
            ("key.pem", false),
            ("none", false),
        ] {
            assert_eq!(are_rows(Path::new(name)), expected, "{name}");
        }
    }
}
