//! The dialog for a key as text.

use eframe::egui::{RichText, TextEdit, Ui};
use zeroize::Zeroize as _;

use super::{buttons, enters, pasted, sheet};
use crate::jose::secret::Secret;
use crate::ui::request::CommandQueue;
use crate::ui::theme;
use crate::ui::widgets::button;
use crate::workbench::command::{Command, KeyCommand};

/// Draws the dialog; `false` when it is to be closed. The text is wiped with it.
pub(super) fn ui(ui: &Ui, text: &mut String, commands: &CommandQueue) -> bool {
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
            let cancelled = button::normal(ui, "Cancel").clicked();
            let used = ui.add_enabled_ui(!text.trim().is_empty(), |ui| button::primary(ui, "Use key").clicked()).inner;
            (used || entered, cancelled)
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
