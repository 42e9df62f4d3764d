//! What lies over the window: the workbench's question, and the dialogs that the view itself opens.

mod paste_key;
mod pasted;
mod path;
mod question;
mod sheet;

use eframe::egui::Ui;

pub(super) use self::pasted::{enters, pasted};
pub use self::question::{Answers, question};
pub(super) use self::sheet::{buttons, sheet, spoken};
use super::code_dialog::CodeDialog;
use super::compare::minimise::Minimise;
use super::compare::paste_tokens;
use super::help::{About, Licences, ShortcutList};
use super::import_dialog;
use super::request::CommandQueue;
use crate::workbench::Workbench;

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
    Shortcuts(ShortcutList),
    /// About the program.
    About(About),
    /// The licences of its parts.
    Licences(Licences),
}

impl Dialog {
    /// Draws the dialog; `false` when it is to be closed.
    pub(super) fn ui(&mut self, ui: &Ui, workbench: &Workbench, commands: &CommandQueue) -> bool {
        match self {
            Self::Code(dialog) => dialog.ui(ui, workbench, commands),
            Self::PasteKey(text) => paste_key::ui(ui, text, commands),
            Self::PasteTokens(text) => paste_tokens::ui(ui, text, commands),
            Self::Import(text) => import_dialog::paste(ui, text, commands),
            Self::Minimise(minimise) => minimise.ui(ui, commands),
            Self::Shortcuts(list) => list.ui(ui),
            Self::About(about) => about.ui(ui, workbench, commands),
            Self::Licences(licences) => licences.ui(ui),
        }
    }
}
