//! "Copy as code": the draft in a language of the user's choice.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Align, Label, Layout, RichText, ScrollArea, Ui};

use super::dialogs::{buttons, sheet};
use super::request::CommandQueue;
use super::theme::{fonts, size, space, tokens};
use super::widgets::{button, message, segmented};
use crate::jose::compact::Part;
use crate::jose::error::Problem;
use crate::snippet::{Draft, Language, Misread, Snippet};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, Copied};

/// Widest the dialog grows, in points.
const WIDTH: f32 = 820.0;
/// What the dialog needs besides the code, in points of its height.
const AROUND: f32 = 320.0;

/// The language on show, and the code of the revision it was made of.
#[derive(Default)]
pub(super) struct CodeDialog {
    language: Option<Language>,
    made: Option<Made>,
}

struct Made {
    revision: u64,
    language: Language,
    outcome: Result<Snippet, Problem>,
    lines: Vec<String>,
}

impl CodeDialog {
    /// Draws the dialog; `false` when it is to be closed.
    pub(super) fn ui(&mut self, ui: &Ui, workbench: &Workbench, commands: &CommandQueue) -> bool {
        let language = self.language.unwrap_or(Language::PyJwt);
        let made = made(&mut self.made, workbench, language);
        let mut chosen = None;
        let shown = sheet(ui, "code", WIDTH, "Copy as code", |ui| {
            let words = "The key stays out of the code: it is read when the code runs.";
            ui.add(Label::new(RichText::new(words).color(tokens(ui).text.secondary)).truncate());
            for (name, row) in ["Python and Node", "Other languages"].into_iter().zip(Language::ALL.chunks(5)) {
                let choices: Vec<_> = row.iter().map(|language| (*language, language.label().to_owned())).collect();
                chosen = chosen.or(segmented::choose(ui, name, Some(&language), &choices));
            }
            let height = (ui.ctx().content_rect().height() - AROUND).max(120.0);
            match &made.outcome {
                Ok(snippet) => {
                    code(ui, &made.lines, height);
                    notes(ui, snippet, language);
                }
                Err(problem) => drop(message::warning(ui, &problem.message, &problem.help)),
            }
            buttons(ui, |ui| {
                let close = button::normal(ui, "Close").clicked();
                let copied = made.outcome.as_ref().ok().filter(|_| {
                    let copy = button::primary(ui, "Copy code");
                    if ui.memory(|memory| memory.focused().is_none()) {
                        copy.request_focus();
                    }
                    copy.clicked()
                });
                if let Some(snippet) = copied {
                    commands.push(Command::Copy(Copied::Code(snippet.code.clone())));
                }
                close
            })
        });
        if chosen.is_some() {
            self.language = chosen;
        }
        !(shown.inner || shown.should_close())
    }
}

/// The code of this revision in this language, written anew only when either is another one.
fn made<'m>(kept: &'m mut Option<Made>, workbench: &Workbench, language: Language) -> &'m Made {
    let revision = workbench.draft().revision();
    let current = kept.take().filter(|made| made.revision == revision && made.language == language);
    kept.insert(current.unwrap_or_else(|| {
        let outcome = written(workbench, language);
        let lines = outcome.iter().flat_map(|snippet| snippet.code.lines().map(str::to_owned)).collect();
        Made { revision, language, outcome, lines }
    }))
}

fn written(workbench: &Workbench, language: Language) -> Result<Snippet, Problem> {
    let mut template = workbench.draft().template().clone();
    template.key.secret_encoding = Some(workbench.keys().secret().encoding);
    let draft = Draft::read(&template).map_err(|Misread { part, problem }| {
        let place = if part == Part::Header { "header" } else { "claims" };
        let message = format!("The {place} cannot be written as code. {}", message::sentence(&problem.message));
        Problem { message, ..problem }
    })?;
    draft.snippet(language)
}

/// The lines; only those on show are laid out. They can be selected.
fn code(ui: &mut Ui, lines: &[String], height: f32) {
    let theme = tokens(ui);
    let comment = |line: &str| line.trim_start().starts_with(['#', '/']) && !line.starts_with("#!");
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::both().id_salt("code").auto_shrink([false, true]).max_height(height);
        area.show_rows(ui, size::MONO_LINE, lines.len(), |ui, range| {
            for line in lines.get(range).unwrap_or_default() {
                let colour = if comment(line) { theme.text.muted } else { theme.text.primary };
                let format = TextFormat {
                    line_height: Some(size::MONO_LINE),
                    ..TextFormat::simple(fonts::mono(size::MONO), colour)
                };
                // An empty line has a height too.
                let text = if line.is_empty() { " ".to_owned() } else { line.replace('\t', "    ") };
                ui.add(Label::new(LayoutJob::single_section(text, format)).extend());
            }
        });
    });
}

/// What to install, how to run it, and what to know.
fn notes(ui: &mut Ui, snippet: &Snippet, language: Language) {
    let theme = tokens(ui);
    let run = format!("Saved as {}: {}", language.file_name(), snippet.run);
    let lines = snippet.install.iter().cloned().chain([run]);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            for line in lines {
                let words = RichText::new(line).font(fonts::mono(size::TEXT_SMALL)).color(theme.text.secondary);
                ui.add(Label::new(words).truncate());
            }
            for note in &snippet.notes {
                let words = RichText::new(note).size(size::TEXT_SMALL).color(theme.text.muted);
                ui.add(Label::new(words).wrap());
            }
        });
    });
}
