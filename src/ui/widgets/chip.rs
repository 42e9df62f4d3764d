//! A word in a coloured capsule: how something turned out, or how many of it there are.

use eframe::egui::{Align2, Color32, CornerRadius, Response, Role, Sense, Ui, Widget, WidgetInfo, vec2};

use crate::ui::theme::{fonts, radius, size, tokens};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ok,
    Warning,
    Error,
    Neutral,
}

/// A word in a coloured capsule.
#[must_use = "show it in a Ui"]
#[derive(Debug, Clone)]
pub struct Chip<'a> {
    kind: Kind,
    text: &'a str,
}

impl<'a> Chip<'a> {
    /// In order.
    pub fn ok(text: &'a str) -> Self {
        Self::new(Kind::Ok, text)
    }

    /// Worth a look.
    pub fn warning(text: &'a str) -> Self {
        Self::new(Kind::Warning, text)
    }

    /// Wrong.
    pub fn error(text: &'a str) -> Self {
        Self::new(Kind::Error, text)
    }

    /// No judgement.
    pub fn neutral(text: &'a str) -> Self {
        Self::new(Kind::Neutral, text)
    }

    fn new(kind: Kind, text: &'a str) -> Self {
        Self { kind, text }
    }

    /// Draws the chip.
    pub fn show(self, ui: &mut Ui) -> Response {
        ui.add(self)
    }

    /// Fill and text.
    fn colours(&self, ui: &Ui) -> (Color32, Color32) {
        let t = tokens(ui);
        match self.kind {
            Kind::Ok => (t.status.ok_background, t.status.ok),
            Kind::Warning => (t.status.warning_background, t.status.warning),
            Kind::Error => (t.status.error_background, t.status.error),
            Kind::Neutral => (t.surface.raised, t.text.secondary),
        }
    }
}

impl Widget for Chip<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let (fill, ink) = self.colours(ui);
        let text = ui.painter().layout_no_wrap(self.text.to_owned(), fonts::semibold(size::TEXT_SMALL), ink);
        let wanted = vec2((text.size().x + 16.0).ceil().max(24.0), size::CHIP);
        let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), self.text));
        if ui.is_rect_visible(rect) {
            ui.painter().rect_filled(rect, CornerRadius::same(radius::CHIP), fill);
            let place = Align2::CENTER_CENTER.align_size_within_rect(text.size(), rect);
            ui.painter().galley(place.min, text, ink);
        }
        response
    }
}
