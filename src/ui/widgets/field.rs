//! One line of text to type into.

use eframe::egui::{
    Align, Align2, CornerRadius, Frame, Layout, Margin, Rect, Response, Sense, Stroke, StrokeKind, TextBuffer,
    TextEdit, Ui, UiBuilder, accesskit, vec2,
};

use super::focus::into_view;
use crate::ui::theme::{fonts, radius, size, space, tokens};

/// From the edge to the text.
const PADDING: f32 = space::S;
/// Between the text and the suffix.
const SUFFIX_GAP: f32 = space::S;
/// The suffix takes at most this share of the field.
const SUFFIX_MOST: f32 = 0.65;

/// One line of text to type into, 28 px high.
#[must_use = "show it in a Ui"]
pub struct Field<'a> {
    name: &'a str,
    text: &'a mut dyn TextBuffer,
    placeholder: &'a str,
    prefix: &'a str,
    error: Option<&'a str>,
    id_salt: &'a str,
    width: f32,
    mono: bool,
    look: Look,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Framed,
    /// Framed only under the pointer or the keyboard.
    Quiet,
    /// Framed, and dots in place of the characters.
    Password,
}

impl<'a> Field<'a> {
    /// A field over `text`, as wide as the room it is given; `name` is read out, a visible label is for the page to draw.
    pub fn new(name: &'a str, text: &'a mut dyn TextBuffer) -> Self {
        Self {
            name,
            text,
            placeholder: "",
            prefix: "",
            error: None,
            id_salt: name,
            width: f32::INFINITY,
            mono: false,
            look: Look::Framed,
        }
    }

    /// What the empty field shows.
    pub fn placeholder(self, placeholder: &'a str) -> Self {
        Self { placeholder, ..self }
    }

    /// What stands before the text, quietly, such as the name of the claim that it is for.
    pub fn prefix(self, prefix: &'a str) -> Self {
        Self { prefix, ..self }
    }

    /// Marks the field as wrong; the message is shown as tooltip and read out.
    pub fn error(self, error: Option<&'a str>) -> Self {
        Self { error, ..self }
    }

    /// The whole width, suffix included.
    pub fn width(self, width: f32) -> Self {
        Self { width, ..self }
    }

    /// Monospaced text.
    pub fn mono(self) -> Self {
        Self { mono: true, ..self }
    }

    /// Tells apart two fields of one name in one place.
    pub fn id_salt(self, salt: &'a str) -> Self {
        Self { id_salt: salt, ..self }
    }

    /// Without a frame until the pointer or the keyboard is on it, as in a table.
    pub fn quiet(self) -> Self {
        Self { look: Look::Quiet, ..self }
    }

    /// Shows dots in place of the characters, and lets nobody copy them.
    pub(super) fn password(self) -> Self {
        Self { look: Look::Password, ..self }
    }

    /// Draws the field and returns the response of its text.
    pub fn show(self, ui: &mut Ui) -> Response {
        self.show_with(ui, |_ui| {})
    }

    /// Draws the field with something at its right end, such as a unit or a button.
    pub fn show_with(self, ui: &mut Ui, suffix: impl FnOnce(&mut Ui)) -> Response {
        let id = ui.make_persistent_id(("field", self.id_salt));
        let width = self.width.min(ui.available_width()).max(48.0);
        let (rect, _) = ui.allocate_exact_size(vec2(width, size::FIELD), Sense::hover());
        let focused = ui.memory(|memory| memory.has_focus(id));
        if self.look != Look::Quiet || focused || self.error.is_some() || ui.rect_contains_pointer(rect) {
            frame(ui, rect, focused, self.error.is_some());
        }

        let mut inside = rect.shrink2(vec2(PADDING, 1.0));
        if !self.prefix.is_empty() {
            let font = fonts::regular(size::TEXT);
            let ink = tokens(ui).text.muted;
            let prefix = ui.painter().text(inside.left_center(), Align2::LEFT_CENTER, self.prefix, font, ink);
            inside.min.x = (prefix.right() + SUFFIX_GAP).min(inside.right());
        }
        // The text comes before the suffix, for the tab key, but has the room that the suffix leaves.
        let known = id.with("suffix width");
        let taken: f32 = ui.data(|data| data.get_temp(known)).unwrap_or_default();
        let gap = if taken > 0.0 { SUFFIX_GAP } else { 0.0 };
        let text = inside.with_max_x((inside.right() - taken - gap).max(inside.left()));
        let layout = Layout::left_to_right(Align::Center);
        let mut line = ui.new_child(UiBuilder::new().id_salt((id, "text")).max_rect(text).layout(layout));
        let edit = TextEdit::singleline(self.text)
            .id(id)
            .frame(Frame::NONE)
            .margin(Margin::ZERO)
            .align(Align2::LEFT_CENTER)
            .font(if self.mono { fonts::mono(size::MONO) } else { fonts::regular(size::TEXT) })
            .hint_text(self.placeholder)
            .password(self.look == Look::Password)
            .desired_width(f32::INFINITY);
        let response = line.add(edit);
        into_view(ui, &response);

        inside.min.x = inside.left().max(inside.right() - taken.min(SUFFIX_MOST * inside.width()));
        let layout = Layout::left_to_right(Align::Center);
        let mut end = ui.new_child(UiBuilder::new().id_salt((id, "suffix")).max_rect(inside).layout(layout));
        suffix(&mut end);
        let takes = end.min_rect().width();
        if (takes - taken).abs() > 0.5 {
            ui.data_mut(|data| data.insert_temp(known, takes));
            ui.ctx().request_discard("the suffix of a field has another width");
        }
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_label(self.name);
            if let Some(error) = self.error {
                node.set_description(error);
                node.set_invalid(accesskit::Invalid::True);
            }
        });
        match self.error {
            Some(error) => response.on_hover_text(error),
            None => response,
        }
    }
}

fn frame(ui: &Ui, rect: Rect, focused: bool, wrong: bool) {
    let t = tokens(ui);
    let line = match (wrong, focused) {
        (true, _) => t.status.error,
        (false, true) => t.accent.main,
        (false, false) => t.surface.line_field,
    };
    let corner = CornerRadius::same(radius::CONTROL);
    let stroke = Stroke::new(1.0, line);
    ui.painter().rect(rect, corner, t.surface.field, stroke, StrokeKind::Inside);
    if focused {
        ui.painter().rect_stroke(rect, corner, stroke, StrokeKind::Outside);
    }
}
