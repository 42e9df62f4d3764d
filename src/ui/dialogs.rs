//! What lies over the window: the workbench's question, the key to paste, the shortcuts, and About.

use std::path::PathBuf;

use eframe::egui::{self, Id, Key, Modal, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo};
use zeroize::Zeroize as _;

use super::action::Action;
use super::request::CommandQueue;
use super::theme::{self, size, space};
use super::widgets::button;
use crate::jose::secret::Secret;
use crate::workbench::Workbench;
use crate::workbench::command::{Answer, Command, FileCommand, KeyCommand};
use crate::workbench::effect::Pick;
use crate::workbench::question::Question;

/// A dialog that the view itself opens.
#[derive(Debug)]
pub enum Dialog {
    /// A key as text.
    PasteKey(String),
    /// All shortcuts.
    Shortcuts,
    /// About the program.
    About,
}

/// View state of the path question.
#[derive(Debug, Default)]
pub struct PathField {
    asked: Option<Pick>,
    text: String,
}

/// Draws the question of the workbench, if there is one. Returns whether there is.
pub fn question(ui: &Ui, workbench: &Workbench, path: &mut PathField, commands: &CommandQueue) -> bool {
    let Some(question) = workbench.question() else {
        path.asked = None;
        return false;
    };
    match question {
        Question::Unsaved { .. } => {
            let title = format!("Save the changes to {}?", workbench.draft().title());
            let text = "They are lost if you do not save them. The key is never saved with a template.";
            three_ways(ui, &title, text, ["Save", "Don't save", "Cancel"], commands);
        }
        Question::Changed { path } => {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            let title = format!("{name} was changed by another program");
            let text = "Overwriting drops the other program's changes; reloading drops yours.";
            three_ways(ui, &title, text, ["Overwrite", "Reload", "Cancel"], commands);
        }
        Question::Path { pick, suggestion } => path_question(ui, *pick, suggestion, path, commands),
    }
    true
}

fn three_ways(ui: &Ui, title: &str, text: &str, words: [&str; 3], commands: &CommandQueue) {
    let mut answer = None;
    let modal = Modal::new(Id::unique("question")).show(ui.ctx(), |ui| {
        ui.set_width(400.0);
        heading(ui, title);
        ui.label(RichText::new(text).color(theme::tokens(ui).text.secondary));
        ui.add_space(space::M);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let [save, discard, cancel] = words;
            let first = button::primary(ui, save);
            if ui.memory(|memory| memory.focused().is_none()) {
                first.request_focus();
            }
            if first.clicked() {
                answer = Some(Answer::Save);
            }
            if button::normal(ui, discard).clicked() {
                answer = Some(Answer::Discard);
            }
            if button::normal(ui, cancel).clicked() {
                answer = Some(Answer::Cancel);
            }
        });
    });
    if modal.should_close() {
        answer = answer.or(Some(Answer::Cancel));
    }
    if let Some(answer) = answer {
        commands.push(Command::File(FileCommand::Answer(answer)));
    }
}

fn path_question(ui: &Ui, pick: Pick, suggestion: &std::path::Path, field: &mut PathField, commands: &CommandQueue) {
    let opened = field.asked != Some(pick);
    if opened {
        field.asked = Some(pick);
        field.text = suggestion.display().to_string();
    }
    let (title, verb) = match pick {
        Pick::Open => ("Open a template, claims, token or key", "Open"),
        Pick::Key => ("Open a key file", "Open"),
        Pick::SaveAs => ("Save the template", "Save"),
        Pick::ExportKey(_) => ("Save the key", "Save"),
    };
    let mut done = false;
    let mut cancelled = false;
    let modal = Modal::new(Id::unique("path")).show(ui.ctx(), |ui| {
        ui.set_width(480.0);
        heading(ui, title);
        ui.label(
            RichText::new("This system shows no file dialog. Type the path.").color(theme::tokens(ui).text.secondary),
        );
        ui.add_space(space::S);
        let edit = TextEdit::singleline(&mut field.text)
            .id(Id::unique("path-field"))
            .desired_width(f32::INFINITY)
            .font(theme::fonts::mono(size::MONO))
            .margin(egui::vec2(8.0, 6.0));
        let response = ui.add(edit);
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Path"));
        if opened {
            response.request_focus();
        }
        done |= response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        ui.add_space(space::M);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            done |= button::primary(ui, verb).clicked();
            cancelled |= button::normal(ui, "Cancel").clicked();
        });
    });
    if done && !field.text.trim().is_empty() {
        commands.push(Command::File(FileCommand::AnswerPath(expanded(field.text.trim()))));
    } else if cancelled || modal.should_close() {
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

impl Dialog {
    /// Draws the dialog; `false` when it is to be closed.
    pub fn ui(&mut self, ui: &Ui, commands: &CommandQueue) -> bool {
        match self {
            Self::PasteKey(text) => paste_key(ui, text, commands),
            Self::Shortcuts => information(ui, "Keyboard shortcuts", shortcuts),
            Self::About => information(ui, "JWT Workbench", about),
        }
    }
}

fn paste_key(ui: &Ui, text: &mut String, commands: &CommandQueue) -> bool {
    let mut open = true;
    let modal = Modal::new(Id::unique("paste-key")).show(ui.ctx(), |ui| {
        ui.set_width(540.0);
        heading(ui, "Paste a key");
        ui.label(
            RichText::new("PEM (PKCS#8, PKCS#1, SEC1, public key) or a JWK. It stays in memory.")
                .color(theme::tokens(ui).text.secondary),
        );
        ui.add_space(space::S);
        ScrollArea::vertical().max_height(280.0).show(ui, |ui| {
            let edit = TextEdit::multiline(text)
                .id(Id::unique("paste-key-field"))
                .desired_rows(10)
                .desired_width(f32::INFINITY)
                .font(theme::fonts::mono(size::MONO))
                .hint_text("-----BEGIN PRIVATE KEY-----");
            let response = ui.add(edit);
            response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Key"));
            if ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
            // The field's own undo would keep copies of the key.
            if let Some(mut state) = TextEdit::load_state(ui.ctx(), response.id) {
                state.clear_undoer();
                state.store(ui.ctx(), response.id);
            }
        });
        ui.add_space(space::M);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_enabled_ui(!text.trim().is_empty(), |ui| {
                if button::primary(ui, "Use key").clicked() {
                    commands.push(Command::Key(KeyCommand::Paste(Secret::from(text.clone()))));
                    open = false;
                }
            });
            if button::normal(ui, "Cancel").clicked() {
                open = false;
            }
        });
    });
    open &= !modal.should_close();
    if !open {
        text.zeroize();
    }
    open
}

fn information(ui: &Ui, title: &str, content: impl FnOnce(&mut Ui)) -> bool {
    let mut open = true;
    let modal = Modal::new(Id::unique("information")).show(ui.ctx(), |ui| {
        ui.set_width(460.0);
        heading(ui, title);
        content(ui);
        ui.add_space(space::M);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let close = button::normal(ui, "Close");
            if ui.memory(|memory| memory.focused().is_none()) {
                close.request_focus();
            }
            open = !close.clicked();
        });
    });
    open && !modal.should_close()
}

fn shortcuts(ui: &mut Ui) {
    let tokens = theme::tokens(ui);
    ScrollArea::vertical().max_height(420.0).auto_shrink([false, true]).show(ui, |ui| {
        egui::Grid::new("shortcuts").num_columns(2).spacing([space::L, space::XS]).show(ui, |ui| {
            for action in Action::all() {
                let keys: Vec<_> = [action.shortcut(), action.second_shortcut()]
                    .into_iter()
                    .flatten()
                    .map(|keys| ui.ctx().format_shortcut(&keys))
                    .collect();
                if !keys.is_empty() {
                    ui.label(RichText::new(keys.join(" or ")).color(tokens.text.secondary));
                    ui.label(action.label());
                    ui.end_row();
                }
            }
            ui.label(RichText::new("Escape, then Tab").color(tokens.text.secondary));
            ui.label("Leave a text editor for the next field");
            ui.end_row();
        });
    });
}

fn about(ui: &mut Ui) {
    let tokens = theme::tokens(ui);
    ui.label(concat!("Version ", env!("CARGO_PKG_VERSION")));
    ui.add_space(space::S);
    let words = "Shows a JSON Web Token while you craft it: claims, expiry, algorithm and key, and what each costs. \
        It works offline: tokens, claims and keys never leave this computer, and keys are never written to disk unless you export them.";
    ui.label(RichText::new(words).color(tokens.text.secondary));
    ui.add_space(space::S);
    ui.label(RichText::new(concat!("Licensed under ", env!("CARGO_PKG_LICENSE"))).color(tokens.text.muted));
}

fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(theme::fonts::semibold(15.0)));
    ui.add_space(space::XS);
}
