//! Importing: the text to import, and what an import would change.

use eframe::egui::{Label, RichText, ScrollArea, Ui, vec2};

use super::dialogs::{buttons, enters, pasted, sheet};
use super::request::CommandQueue;
use super::theme::{fonts, size, space, tokens};
use super::widgets::button;
use crate::jose::text::{shown, visible};
use crate::template::relative::Relative;
use crate::template::variables::Variable;
use crate::workbench::command::{Answer, Command, FileCommand};
use crate::workbench::importing::ImportCommand;
use crate::workbench::importing::preview::{Preview, VariablesPreview};

/// Width of both dialogs, in points.
const WIDTH: f32 = 620.0;
/// The most height that the list of changes takes, in points.
const LIST: f32 = 320.0;
/// Width of the names, so that the sections line up, in points.
const NAME: f32 = 180.0;

/// Asks for a text, or for a file instead; `false` when the dialog is to be closed.
pub(super) fn paste(ui: &Ui, text: &mut String, commands: &CommandQueue) -> bool {
    let entered = enters(ui, text);
    let shown = sheet(ui, "import", WIDTH, "Import", |ui| {
        let words = "Choose a file or paste its text: a token, claims, a template, a JSON Schema for claims, or the \
            variables of a Postman, Insomnia or Bruno environment. You see what would change before it does. Ctrl+Enter imports.";
        ui.add(Label::new(RichText::new(words).color(tokens(ui).text.secondary)).wrap());
        pasted(ui, text, "Text to import", "eyJhbGciOi…, or {\"values\": [ … ]}");
        buttons(ui, |ui| {
            let picked = button::normal(ui, "Choose a file…").clicked();
            let cancelled = button::normal(ui, "Cancel").clicked();
            let used = ui.add_enabled_ui(!text.trim().is_empty(), |ui| button::primary(ui, "Import").clicked()).inner;
            (used || entered, picked, cancelled)
        })
    });
    let (used, picked, cancelled) = shown.inner;
    if used {
        commands.push(Command::Import(ImportCommand::Text(std::mem::take(text))));
    } else if picked {
        commands.push(Command::Import(ImportCommand::Pick));
    }
    !(used || picked || cancelled || shown.should_close())
}

/// Shows what an import would change, and asks.
pub(super) fn preview(ui: &Ui, preview: &Preview, commands: &CommandQueue) {
    let (title, verb, is_empty) = match preview {
        Preview::Variables(preview) => ("Import variables", "Import", preview.is_empty()),
        Preview::Times { .. } => ("Make times relative", "Make relative", false),
    };
    let shown = sheet(ui, "import-preview", WIDTH, title, |ui| {
        match preview {
            Preview::Variables(preview) => variables(ui, preview),
            Preview::Times { changes, .. } => times(ui, changes),
        }
        buttons(ui, |ui| {
            let mut answer = None;
            let cancel = button::normal(ui, if is_empty { "Close" } else { "Cancel" });
            if is_empty && ui.memory(|memory| memory.focused().is_none()) {
                cancel.request_focus();
            }
            if !is_empty {
                let done = button::primary(ui, verb);
                if ui.memory(|memory| memory.focused().is_none()) {
                    done.request_focus();
                }
                answer = done.clicked().then_some(Answer::Save);
            }
            answer.or(cancel.clicked().then_some(Answer::Cancel))
        })
    });
    if let Some(answer) = shown.inner.or_else(|| shown.should_close().then_some(Answer::Cancel)) {
        commands.push(Command::File(FileCommand::Answer(answer)));
    }
}

fn variables(ui: &mut Ui, preview: &VariablesPreview) {
    let VariablesPreview { source, added, changed, same, left_out } = preview;
    let mut words = format!("From the {}.", visible(source));
    if preview.is_empty() {
        words.push_str(" There is nothing to import.");
    }
    if *same > 0 {
        words.push_str(&format!(" {same} {} the same already.", if *same == 1 { "is" } else { "are" }));
    }
    ui.add(Label::new(RichText::new(words).color(tokens(ui).text.secondary)).wrap());
    ScrollArea::vertical().max_height(LIST).auto_shrink([false, true]).show(ui, |ui| {
        section(ui, "Added", added.len(), |ui| {
            for (name, variable) in added {
                row(ui, name, &value(variable));
            }
        });
        section(ui, "Changed", changed.len(), |ui| {
            for (name, before, after) in changed {
                row(ui, name, &format!("{} → {}", value(before), value(after)));
            }
        });
        section(ui, "Left out", left_out.len(), |ui| {
            for left in left_out {
                row(ui, &left.name, left.why);
            }
        });
    });
}

fn times(ui: &mut Ui, changes: &[Relative]) {
    let words = "Every new token then says the same of its own time. One step of undo takes it back.";
    ui.add(Label::new(RichText::new(words).color(tokens(ui).text.secondary)).wrap());
    section(ui, "Changed", changes.len(), |ui| {
        for Relative { name, before, after } in changes {
            row(ui, name, &format!("{before} → {after}"));
        }
    });
}

/// A heading with a count and rows of two columns; nothing where there are none.
fn section(ui: &mut Ui, title: &str, count: usize, rows: impl FnOnce(&mut Ui)) {
    if count == 0 {
        return;
    }
    let heading = RichText::new(format!("{title} ({count})")).font(fonts::semibold(size::TEXT));
    ui.label(heading.color(tokens(ui).text.muted));
    ui.spacing_mut().item_spacing = vec2(space::M, space::XS);
    rows(ui);
}

fn row(ui: &mut Ui, name: &str, words: &str) {
    let t = tokens(ui);
    let name = RichText::new(shown(name)).font(fonts::mono(size::MONO)).color(t.syntax.name);
    ui.horizontal_top(|ui| {
        ui.allocate_ui(vec2(NAME, size::MONO_LINE), |ui| {
            ui.set_width(NAME);
            ui.add(Label::new(name).truncate());
        });
        ui.add(Label::new(RichText::new(visible(words)).color(t.text.primary)).wrap());
    });
}

/// A value, cut short.
fn value(variable: &Variable) -> String {
    if variable.text.is_empty() { "(empty)".to_owned() } else { shown(&variable.text) }
}
