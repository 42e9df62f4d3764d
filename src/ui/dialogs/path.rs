//! The question for a path, where the system shows no file dialog.

use std::path::{Path, PathBuf};

use eframe::egui::{Key, RichText, Ui};

use super::{buttons, sheet};
use crate::bulk::plan::Form;
use crate::ui::request::CommandQueue;
use crate::ui::theme;
use crate::ui::widgets::button;
use crate::ui::widgets::field::Field;
use crate::workbench::command::{Answer, Command, FileCommand};
use crate::workbench::effect::Pick;

/// View state of the path question.
#[derive(Debug, Default)]
pub(super) struct PathField {
    asked: Option<Pick>,
    text: String,
}

impl PathField {
    /// Nothing is asked any more: the next question starts with its own suggestion.
    pub(super) const fn forget(&mut self) {
        self.asked = None;
    }
}

/// Draws the question.
pub(super) fn ui(ui: &Ui, pick: Pick, suggestion: &Path, field: &mut PathField, commands: &CommandQueue) {
    let opened = field.asked != Some(pick);
    if opened {
        field.asked = Some(pick);
        // A folder is only where to start, so it ends as one goes on typing.
        let is_folder = matches!(
            pick,
            Pick::Open | Pick::Key | Pick::AddVariants | Pick::OpenComparison | Pick::BulkRows | Pick::LibraryFolder
        ) && !suggestion.as_os_str().is_empty();
        let start = if is_folder { suggestion.join("") } else { suggestion.to_owned() };
        field.text = start.display().to_string();
    }
    let (title, verb) = match pick {
        Pick::Open => ("Open a template, claims, token or key", "Open"),
        Pick::Key => ("Open a key file", "Open"),
        Pick::SaveAs => ("Save the template", "Save"),
        Pick::ExportKey(..) => ("Save the key", "Save"),
        Pick::AddVariants => ("Add a file to the comparison", "Add"),
        Pick::OpenComparison => ("Open a comparison", "Open"),
        Pick::SaveComparison => ("Save the comparison", "Save"),
        Pick::ExportDraft(what) => (what.title(), "Save"),
        Pick::Export(_) => ("Export", "Save"),
        Pick::BulkRows => ("Choose a file of rows", "Choose"),
        Pick::BulkOutput(Form::Folder) => ("Mint into a folder", "Mint"),
        Pick::BulkOutput(_) => ("Mint into a file", "Mint"),
        Pick::LibraryFolder => ("Choose a folder of templates", "Use folder"),
    };
    let example = if pick.is_folder() { "~/templates" } else { "~/token.jwt.json" };
    let shown = sheet(ui, "path", 500.0, title, |ui| {
        ui.label(
            RichText::new("This system shows no file dialog. Type the path.").color(theme::tokens(ui).text.secondary),
        );
        let response = Field::new("Path", &mut field.text).placeholder(example).mono().show(ui);
        if opened {
            response.request_focus();
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        buttons(ui, |ui| {
            let cancelled = button::normal(ui, "Cancel").clicked();
            let done = ui.add_enabled_ui(!field.text.trim().is_empty(), |ui| button::primary(ui, verb).clicked()).inner;
            (done || entered, cancelled)
        })
    });
    let (done, cancelled) = shown.inner;
    if done && !field.text.trim().is_empty() {
        commands.push(Command::File(FileCommand::AnswerPath(expanded(field.text.trim()))));
    } else if cancelled || shown.should_close() {
        commands.push(Command::File(FileCommand::Answer(Answer::Cancel)));
    }
}

/// A path as typed; `~/` is the home folder.
fn expanded(text: &str) -> PathBuf {
    match (text.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(text),
    }
}
