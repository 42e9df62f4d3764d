//! The question that the workbench asks.

use eframe::egui::{RichText, Ui};

use super::path::{self, PathField};
use super::{buttons, sheet};
use crate::jose::text::{visible, visible_path};
use crate::ui::import_dialog;
use crate::ui::passphrase::Passphrase;
use crate::ui::request::CommandQueue;
use crate::ui::theme;
use crate::ui::widgets::button;
use crate::workbench::Workbench;
use crate::workbench::command::{Answer, Command, FileCommand};
use crate::workbench::question::Question;

/// View state of the questions that are answered by typing.
#[derive(Default)]
pub struct Answers {
    path: PathField,
    passphrase: Passphrase,
}

/// Draws the question of the workbench, if there is one. Returns whether there is.
pub fn question(ui: &Ui, workbench: &Workbench, answers: &mut Answers, commands: &CommandQueue) -> bool {
    let question = workbench.question();
    if !matches!(question, Some(Question::Passphrase { .. })) {
        answers.passphrase.close();
    }
    let Some(question) = question else {
        answers.path.forget();
        return false;
    };
    match question {
        Question::Unsaved { .. } => {
            let title = format!("Save the changes to {}?", visible(&workbench.draft().title()));
            let text = "They are lost if you do not save them. The key is never saved with a template.";
            let choices = [("Save", Answer::Save), ("Don't save", Answer::Discard), ("Cancel", Answer::Cancel)];
            ask(ui, &title, text, &choices, Answer::Save, commands);
        }
        Question::UnsavedComparison { .. } => {
            let file = workbench.comparison().path().and_then(|path| path.file_name());
            let name = file.map(|name| name.to_string_lossy().into_owned());
            let name = name.map_or_else(|| "the comparison".to_owned(), |name| visible(&name).into_owned());
            let title = format!("Save the changes to {name}?");
            let text = "They are lost if you do not save them. Keys are never saved with a comparison.";
            let choices = [("Save", Answer::Save), ("Don't save", Answer::Discard), ("Cancel", Answer::Cancel)];
            ask(ui, &title, text, &choices, Answer::Save, commands);
        }
        Question::ReplaceComparison { path, changed } => {
            let (happened, text) = if *changed {
                ("was changed by another program", "Overwriting drops the other program's changes.")
            } else {
                ("exists already", "Saving drops what is in it now.")
            };
            let title = format!("{} {happened}", visible_path(path));
            let choices = [("Overwrite", Answer::Save), ("Cancel", Answer::Cancel)];
            ask(ui, &title, text, &choices, Answer::Cancel, commands);
        }
        Question::Changed { path } => {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            let title = format!("{} was changed by another program", visible(&name));
            let text = "Overwriting drops the other program's changes; reloading drops yours.";
            let choices = [("Overwrite", Answer::Save), ("Reload", Answer::Discard), ("Cancel", Answer::Cancel)];
            // Either way something is lost, so Enter does neither.
            ask(ui, &title, text, &choices, Answer::Cancel, commands);
        }
        Question::Replace { path } => {
            let title = format!("{} exists already", visible_path(path));
            let choices = [("Replace", Answer::Save), ("Cancel", Answer::Cancel)];
            ask(ui, &title, "Saving drops what is in it now.", &choices, Answer::Cancel, commands);
        }
        Question::ReplaceTokens { path } => {
            let title = format!("{} exists already", visible_path(path));
            let choices = [("Replace", Answer::Save), ("Cancel", Answer::Cancel)];
            ask(ui, &title, "Minting into it drops what is in it now.", &choices, Answer::Cancel, commands);
        }
        Question::ResetSettings => {
            let text = "Appearance, clock, new drafts, token size and safety are as they were at first. Recent files, \
                        folders of templates and solved exercises stay.";
            let choices = [("Reset", Answer::Save), ("Cancel", Answer::Cancel)];
            ask(ui, "Reset all settings?", text, &choices, Answer::Cancel, commands);
        }
        Question::StillMinting => {
            let text = "Quitting ends that. The tokens that are complete by then stay in the file.";
            let choices = [("Keep minting", Answer::Cancel), ("End it and quit", Answer::Discard)];
            ask(ui, "Tokens are still being minted", text, &choices, Answer::Cancel, commands);
        }
        Question::Import(preview) => import_dialog::preview(ui, preview, commands),
        Question::Passphrase { name, problem, busy } => {
            answers.passphrase.ui(ui, name, problem.as_ref(), *busy, commands);
        }
        Question::Path { pick, suggestion } => path::ui(ui, *pick, suggestion, &mut answers.path, commands),
    }
    true
}

/// A question with a few answers; the keyboard is on `first`.
fn ask(ui: &Ui, title: &str, text: &str, choices: &[(&str, Answer)], first: Answer, commands: &CommandQueue) {
    let shown = sheet(ui, "question", 420.0, title, |ui| {
        ui.label(RichText::new(text).color(theme::tokens(ui).text.secondary));
        let mut answer = None;
        buttons(ui, |ui| {
            for &(words, choice) in choices.iter().rev() {
                let does_something = choice == first && first != Answer::Cancel;
                let response = if does_something { button::primary(ui, words) } else { button::normal(ui, words) };
                if choice == first && ui.memory(|memory| memory.focused().is_none()) {
                    response.request_focus();
                }
                if response.clicked() {
                    answer = Some(choice);
                }
            }
        });
        answer
    });
    let answer = shown.inner.or_else(|| shown.should_close().then_some(Answer::Cancel));
    if let Some(answer) = answer {
        commands.push(Command::File(FileCommand::Answer(answer)));
    }
}
