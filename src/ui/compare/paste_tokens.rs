//! The dialog that takes tokens as text.

use eframe::egui::{Id, Label, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use crate::ui::dialogs::{buttons, enters, sheet};
use crate::ui::request::CommandQueue;
use crate::ui::theme::{fonts, size, tokens};
use crate::ui::widgets::button;
use crate::workbench::command::{Command, CompareCommand};

/// Draws the dialog; `false` when it is to be closed.
pub(in crate::ui) fn ui(ui: &Ui, text: &mut String, commands: &CommandQueue) -> bool {
    let entered = enters(ui, text);
    let shown = sheet(ui, "paste-tokens", 560.0, "Paste tokens", |ui| {
        let words =
            "Any text with tokens in it, such as one on each line. Each becomes a variant; Ctrl+Enter adds them.";
        ui.add(Label::new(RichText::new(words).color(tokens(ui).text.secondary)).wrap());
        ScrollArea::vertical().max_height(240.0).show(ui, |ui| {
            let font = fonts::mono(size::MONO);
            let edit = TextEdit::multiline(text)
                .id(Id::unique("paste-tokens-field"))
                .desired_rows(10)
                .desired_width(f32::INFINITY)
                .font(font.clone())
                .margin(vec2(9.0, 7.0))
                .hint_text(RichText::new("eyJhbGciOi…").font(font));
            let response = ui.add(edit);
            response.widget_info(|| WidgetInfo::labeled(Role::MultilineTextInput, true, "Tokens"));
            if ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
        });
        buttons(ui, |ui| {
            let ready = !text.trim().is_empty();
            let added = ui.add_enabled_ui(ready, |ui| button::primary(ui, "Add tokens").clicked()).inner;
            (added || entered, button::normal(ui, "Cancel").clicked())
        })
    });
    let (added, cancelled) = shown.inner;
    if added {
        commands.push(Command::Compare(CompareCommand::AddTokens(std::mem::take(text))));
    }
    !(added || cancelled || shown.should_close())
}
