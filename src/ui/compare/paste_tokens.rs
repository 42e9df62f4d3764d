//! The dialog that takes tokens as text.

use eframe::egui::{Label, RichText, Ui};

use crate::ui::dialogs::{buttons, enters, pasted, sheet};
use crate::ui::request::CommandQueue;
use crate::ui::theme::tokens;
use crate::ui::widgets::button;
use crate::workbench::command::{Command, CompareCommand};

/// Draws the dialog; `false` when it is to be closed.
pub(in crate::ui) fn ui(ui: &Ui, text: &mut String, commands: &CommandQueue) -> bool {
    let entered = enters(ui, text);
    let shown = sheet(ui, "paste-tokens", 560.0, "Paste tokens", |ui| {
        let words =
            "Any text with tokens in it, such as one on each line. Each becomes a variant; Ctrl+Enter adds them.";
        ui.add(Label::new(RichText::new(words).color(tokens(ui).text.secondary)).wrap());
        pasted(ui, text, "Tokens", "eyJhbGciOi…");
        buttons(ui, |ui| {
            let cancelled = button::normal(ui, "Cancel").clicked();
            let ready = !text.trim().is_empty();
            let added = ui.add_enabled_ui(ready, |ui| button::primary(ui, "Add tokens").clicked()).inner;
            (added || entered, cancelled)
        })
    });
    let (added, cancelled) = shown.inner;
    if added {
        commands.push(Command::Compare(CompareCommand::AddTokens(std::mem::take(text))));
    }
    !(added || cancelled || shown.should_close())
}
