//! A field for a text of several lines, and the keys that hand it in.

use eframe::egui::{Id, Key, Modifiers, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use crate::ui::theme::{self, size};

/// Whether a text of several lines is handed in from the keyboard: Ctrl+Enter.
pub(in crate::ui) fn enters(ui: &Ui, text: &str) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter)) && !text.trim().is_empty()
}

/// A field for a text of several lines, which has the keyboard; its identifier.
pub(in crate::ui) fn pasted(ui: &mut Ui, text: &mut String, name: &str, hint: &str) -> Id {
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
