//! A row that names a thing, shows its value, and says what it means.

use eframe::egui::{Align, Color32, Label, Layout, Rect, Response, RichText, Sense, Ui, UiBuilder, pos2, vec2};

use crate::ui::theme::{fonts, size, tokens};

/// Width of the names.
const NAME: f32 = 106.0;
/// Width of the remarks at the right.
const NOTE: f32 = 142.0;

/// A row of three columns: name, value, remark. What is too long is cut, and shown whole as tooltip.
#[must_use = "show it in a Ui"]
#[derive(Debug, Clone)]
pub struct KeyValue<'a> {
    name: &'a str,
    value: &'a str,
    note: &'a str,
    name_colour: Option<Color32>,
    note_colour: Option<Color32>,
}

impl<'a> KeyValue<'a> {
    /// A row without a remark.
    pub fn new(name: &'a str, value: &'a str) -> Self {
        Self { name, value, note: "", name_colour: None, note_colour: None }
    }

    /// What the value means, at the right.
    pub fn note(self, note: &'a str) -> Self {
        Self { note, ..self }
    }

    /// The colour of the name, where it belongs to a part of the token.
    pub fn name_colour(self, colour: Color32) -> Self {
        Self { name_colour: Some(colour), ..self }
    }

    /// The colour of the remark, where it is a warning.
    pub fn note_colour(self, colour: Color32) -> Self {
        Self { note_colour: Some(colour), ..self }
    }

    /// Draws the row over the whole width.
    pub fn show(self, ui: &mut Ui) -> Response {
        let t = tokens(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW - 2.0), Sense::hover());
        let note = if self.note.is_empty() { 0.0 } else { NOTE.min(rect.width() / 3.0) };
        let name = NAME.min(rect.width() / 3.0);
        let [left, right] = [rect.left() + name, rect.right() - note];
        let column =
            |from: f32, to: f32| Rect::from_min_max(pos2(from, rect.top()), pos2((to - 8.0).max(from), rect.bottom()));
        let mut cell = |salt: &str, place: Rect, text: RichText| {
            let layout = Layout::left_to_right(Align::Center);
            let mut ui = ui.new_child(UiBuilder::new().id_salt((response.id, salt)).max_rect(place).layout(layout));
            ui.add(Label::new(text).truncate());
        };
        let name = RichText::new(self.name)
            .font(fonts::regular(size::TEXT_CONTROL))
            .color(self.name_colour.unwrap_or(t.text.secondary));
        cell("name", column(rect.left(), left), name);
        cell(
            "value",
            column(left, right),
            RichText::new(self.value).font(fonts::mono(size::MONO)).color(t.text.primary),
        );
        if !self.note.is_empty() {
            let colour = self.note_colour.unwrap_or(t.text.muted);
            let place = column(right, rect.right() + 8.0);
            cell("note", place, RichText::new(self.note).font(fonts::regular(size::TEXT_CONTROL)).color(colour));
        }
        response
    }
}
