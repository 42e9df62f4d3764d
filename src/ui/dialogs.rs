//! What lies over the window: the workbench's question, the key to paste, the shortcuts, and About.

use std::path::PathBuf;

use eframe::egui::{
    Align, Frame, Id, Key, Layout, Modal, ModalResponse, Modifiers, RichText, Role, ScrollArea, Sense, TextEdit, Ui,
    UiBuilder, WidgetInfo, vec2,
};
use zeroize::Zeroize as _;

use super::action::Action;
use super::code_dialog::CodeDialog;
use super::compare::minimise::Minimise;
use super::compare::paste_tokens;
use super::import_dialog;
use super::passphrase::Passphrase;
use super::request::CommandQueue;
use super::theme::{self, radius, size, space};
use super::widgets::button;
use super::widgets::field::Field;
use crate::bulk::plan::Form;
use crate::jose::secret::Secret;
use crate::jose::text::{visible, visible_path};
use crate::workbench::Workbench;
use crate::workbench::command::{Answer, Command, FileCommand, KeyCommand};
use crate::workbench::effect::Pick;
use crate::workbench::question::Question;

/// From the edge of a dialog to what is in it, in points.
const MARGIN: f32 = 20.0;

/// A dialog that the view itself opens.
pub(super) enum Dialog {
    /// A key as text, which nothing may print.
    PasteKey(String),
    /// Tokens as text.
    PasteTokens(String),
    /// A text to import.
    Import(String),
    /// Which claims a minimal variant keeps.
    Minimise(Box<Minimise>),
    /// The draft as code.
    Code(CodeDialog),
    /// All shortcuts.
    Shortcuts,
    /// About the program.
    About,
}

/// View state of the questions that are answered by typing.
#[derive(Default)]
pub struct Answers {
    path: PathField,
    passphrase: Passphrase,
}

/// View state of the path question.
#[derive(Debug, Default)]
struct PathField {
    asked: Option<Pick>,
    text: String,
}

/// Draws the question of the workbench, if there is one. Returns whether there is.
pub fn question(ui: &Ui, workbench: &Workbench, answers: &mut Answers, commands: &CommandQueue) -> bool {
    let question = workbench.question();
    if !matches!(question, Some(Question::Passphrase { .. })) {
        answers.passphrase.close();
    }
    let Some(question) = question else {
        answers.path.asked = None;
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
        Question::StillMinting => {
            let text = "Quitting ends that. The tokens that are complete by then stay in the file.";
            let choices = [("Keep minting", Answer::Cancel), ("End it and quit", Answer::Discard)];
            ask(ui, "Tokens are still being minted", text, &choices, Answer::Cancel, commands);
        }
        Question::Import(preview) => import_dialog::preview(ui, preview, commands),
        Question::Passphrase { name, problem, busy } => {
            answers.passphrase.ui(ui, name, problem.as_ref(), *busy, commands);
        }
        Question::Path { pick, suggestion } => path_question(ui, *pick, suggestion, &mut answers.path, commands),
    }
    true
}

/// A question with a few answers; the keyboard is on `first`.
fn ask(ui: &Ui, title: &str, text: &str, choices: &[(&str, Answer)], first: Answer, commands: &CommandQueue) {
    let shown = sheet(ui, "question", 420.0, title, |ui| {
        ui.label(RichText::new(text).color(theme::tokens(ui).text.secondary));
        let mut answer = None;
        buttons(ui, |ui| {
            for &(words, choice) in choices {
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

fn path_question(ui: &Ui, pick: Pick, suggestion: &std::path::Path, field: &mut PathField, commands: &CommandQueue) {
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
            let done = ui.add_enabled_ui(!field.text.trim().is_empty(), |ui| button::primary(ui, verb).clicked()).inner;
            (done || entered, button::normal(ui, "Cancel").clicked())
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

impl Dialog {
    /// Draws the dialog; `false` when it is to be closed.
    pub(super) fn ui(&mut self, ui: &Ui, workbench: &Workbench, commands: &CommandQueue) -> bool {
        match self {
            Self::Code(dialog) => dialog.ui(ui, workbench, commands),
            Self::PasteKey(text) => paste_key(ui, text, commands),
            Self::PasteTokens(text) => paste_tokens::ui(ui, text, commands),
            Self::Import(text) => import_dialog::paste(ui, text, commands),
            Self::Minimise(minimise) => minimise.ui(ui, commands),
            Self::Shortcuts => information(ui, "Keyboard shortcuts", 680.0, shortcuts),
            Self::About => information(ui, "JWT Workbench", 460.0, about),
        }
    }
}

/// Whether a text of several lines is handed in from the keyboard: Ctrl+Enter.
pub(super) fn enters(ui: &Ui, text: &str) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter)) && !text.trim().is_empty()
}

/// A field for a text of several lines, which has the keyboard; its identifier.
pub(super) fn pasted(ui: &mut Ui, text: &mut String, name: &str, hint: &str) -> Id {
    let id = Id::unique(("pasted", name));
    ScrollArea::vertical().max_height(240.0).show(ui, |ui| {
        let font = theme::fonts::mono(size::MONO);
        let edit = TextEdit::multiline(text)
            .id(id)
            .desired_rows(10)
            .desired_width(f32::INFINITY)
            .font(font.clone())
            .margin(vec2(9.0, 7.0))
            .hint_text(RichText::new(hint).font(font));
        let response = ui.add(edit);
        response.widget_info(|| WidgetInfo::labeled(Role::MultilineTextInput, true, name));
        if ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
    });
    id
}

fn paste_key(ui: &Ui, text: &mut String, commands: &CommandQueue) -> bool {
    let entered = enters(ui, text);
    let shown = sheet(ui, "paste-key", 560.0, "Paste a key", |ui| {
        let words = "PEM (PKCS#8, PKCS#1, SEC1 or a public key) or a JWK. It stays in memory; Ctrl+Enter takes it.";
        ui.label(RichText::new(words).color(theme::tokens(ui).text.secondary));
        let field = pasted(ui, text, "Key", "-----BEGIN PRIVATE KEY-----");
        // The field's own undo would keep copies of the key.
        if let Some(mut state) = TextEdit::load_state(ui.ctx(), field) {
            state.clear_undoer();
            state.store(ui.ctx(), field);
        }
        buttons(ui, |ui| {
            let used = ui.add_enabled_ui(!text.trim().is_empty(), |ui| button::primary(ui, "Use key").clicked()).inner;
            (used || entered, button::normal(ui, "Cancel").clicked())
        })
    });
    let (used, cancelled) = shown.inner;
    if used {
        commands.push(Command::Key(KeyCommand::Paste(Secret::from(text.clone()))));
    }
    let open = !(used || cancelled || shown.should_close());
    if !open {
        text.zeroize();
    }
    open
}

fn information(ui: &Ui, title: &str, width: f32, content: impl FnOnce(&mut Ui)) -> bool {
    let shown = sheet(ui, "information", width, title, |ui| {
        content(ui);
        buttons(ui, |ui| {
            let close = button::normal(ui, "Close");
            if ui.memory(|memory| memory.focused().is_none()) {
                close.request_focus();
            }
            close.clicked()
        })
    });
    !(shown.inner || shown.should_close())
}

/// All shortcuts in two columns, read one after the other.
fn shortcuts(ui: &mut Ui) {
    let mut lines: Vec<(String, String)> = Action::all()
        .into_iter()
        .filter_map(|action| {
            let keys = [action.shortcut(), action.second_shortcut()].into_iter().flatten();
            let keys: Vec<_> = keys.map(|keys| ui.ctx().format_shortcut(&keys)).collect();
            (!keys.is_empty()).then(|| (action.label().into_owned(), keys.join(" or ")))
        })
        .collect();
    lines.push(("Leave a text editor".to_owned(), "Escape, then Tab".to_owned()));
    let height = ui.ctx().content_rect().height() - 200.0;
    let (left, right) = lines.split_at(lines.len().div_ceil(2));
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(2.0 * space::L, 0.0);
        ui.columns_const(|[first, second]| {
            left.iter().for_each(|line| shortcut(first, line));
            right.iter().for_each(|line| shortcut(second, line));
        });
    });
}

fn shortcut(ui: &mut Ui, (label, keys): &(String, String)) {
    let tokens = theme::tokens(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), Sense::hover());
    let side = |layout: Layout| UiBuilder::new().max_rect(rect).layout(layout);
    ui.scope_builder(side(Layout::left_to_right(Align::Center)), |ui| ui.label(label));
    ui.scope_builder(side(Layout::right_to_left(Align::Center)), |ui| {
        ui.label(RichText::new(keys).font(theme::fonts::regular(size::TEXT_CONTROL)).color(tokens.text.muted));
    });
}

fn about(ui: &mut Ui) {
    let tokens = theme::tokens(ui);
    ui.label(RichText::new(concat!("Version ", env!("CARGO_PKG_VERSION"))).color(tokens.text.secondary));
    ui.label(
        "Shows a JSON Web Token while you craft it: claims, expiry, algorithm and key, and what each costs. \
        It works offline: tokens, claims and keys never leave this computer, \
        and keys are never written to disk unless you export them.",
    );
    let licences = "Licence: MIT or Apache-2.0, as you like. Fonts: Inter and JetBrains Mono, SIL Open Font License 1.1. \
        Icons: Lucide, ISC.";
    let small = RichText::new(licences).font(theme::fonts::regular(size::TEXT_CONTROL));
    ui.label(small.color(tokens.text.muted));
}

/// A dialog over a dimmed window, `width` wide where the window has the room.
pub(super) fn sheet<R>(
    ui: &Ui,
    id: &str,
    width: f32,
    title: &str,
    content: impl FnOnce(&mut Ui) -> R,
) -> ModalResponse<R> {
    let frame = Frame::popup(ui.style()).inner_margin(MARGIN).corner_radius(radius::DIALOG);
    Modal::new(Id::unique(id)).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(width.min(ui.ctx().content_rect().width() - 2.0 * (MARGIN + space::L)));
        ui.spacing_mut().item_spacing.y = space::M;
        ui.label(RichText::new(title).font(theme::fonts::semibold(size::TEXT_TITLE)));
        content(ui)
    })
}

/// The buttons at the foot of a dialog, from the right: first what it is for.
pub(super) fn buttons<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(space::XS);
    let foot = vec2(ui.available_width(), size::BUTTON);
    ui.allocate_ui_with_layout(foot, Layout::right_to_left(Align::Center), content).inner
}
