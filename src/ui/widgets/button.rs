//! Buttons: primary, normal, ghost, link, and one that is only an icon.

use eframe::egui::{
    Align2, Color32, CornerRadius, CursorIcon, FontId, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, Widget,
    WidgetInfo, vec2,
};

use super::focus_ring;
use crate::ui::theme::{fonts, icon, radius, size, space, tokens};

/// Between an icon and the text it belongs to.
const GAP: f32 = space::XS;
/// From the edge to the text.
const PADDING: f32 = space::S;
/// Side of a button that is only an icon.
const ICON_BUTTON: f32 = 24.0;

/// The one thing a card or dialog is for.
pub fn primary(ui: &mut Ui, text: &str) -> Response {
    ui.add(Button::new(Kind::Primary, text))
}

/// The ordinary button.
pub fn normal(ui: &mut Ui, text: &str) -> Response {
    ui.add(Button::new(Kind::Normal, text))
}

/// The width that an ordinary button with this text takes, in points.
#[must_use]
pub fn width(ui: &Ui, text: &str) -> f32 {
    let button = Button::new(Kind::Normal, text);
    let galley = ui.painter().layout_no_wrap(text.to_owned(), button.font(), Color32::PLACEHOLDER);
    button.size(galley.size()).x
}

/// A button without a frame until the pointer is over it.
pub fn ghost(ui: &mut Ui, text: &str) -> Response {
    ui.add(Button::new(Kind::Ghost, text))
}

/// A button that looks like a link in running text.
pub fn link(ui: &mut Ui, text: &str) -> Response {
    ui.add(Button::new(Kind::Link, text))
}

/// A frameless button that shows only `glyph`; its name is read out and shown as tooltip.
pub fn icon(ui: &mut Ui, glyph: &str, accessible_name: &str) -> Response {
    ui.add(Button::new(Kind::Icon, glyph).name(accessible_name))
}

/// An ordinary button that opens a menu; `content` adds its entries.
pub fn menu<R>(ui: &mut Ui, text: &str, accessible_name: &str, content: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    let response = ui.add(Button::new(Kind::Normal, text).name(accessible_name).trailing_icon(icon::CARET_DOWN));
    super::menu::below(&response, accessible_name, content)
}

/// How much a button stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Filled with the accent.
    Primary,
    /// A quiet frame.
    Normal,
    /// No frame until the pointer is over it.
    Ghost,
    /// A square without text.
    Icon,
    /// Text in the accent colour.
    Link,
}

/// A button with everything it can have. Its accessible name is its text unless it is given another one.
#[must_use = "add it to a Ui"]
#[derive(Debug, Clone)]
pub struct Button<'a> {
    kind: Kind,
    text: &'a str,
    name: &'a str,
    icon: Option<&'a str>,
    trailing: Option<&'a str>,
    ink: Option<Color32>,
}

impl<'a> Button<'a> {
    /// A button with this text.
    pub fn new(kind: Kind, text: &'a str) -> Self {
        Self { kind, text, name: text, icon: None, trailing: None, ink: None }
    }

    /// Shows an icon before the text.
    pub fn icon(self, icon: &'a str) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// Shows an icon behind the text, such as the arrow of a button that opens a menu.
    pub fn trailing_icon(self, icon: &'a str) -> Self {
        Self { trailing: Some(icon), ..self }
    }

    /// The colour of text or icon, where it means something.
    pub fn ink(self, ink: Color32) -> Self {
        Self { ink: Some(ink), ..self }
    }

    /// The accessible name, where the text alone would not say what happens.
    pub fn name(self, name: &'a str) -> Self {
        Self { name, ..self }
    }

    fn font(&self) -> FontId {
        match self.kind {
            Kind::Primary => fonts::semibold(size::TEXT),
            Kind::Normal | Kind::Ghost => fonts::medium(size::TEXT),
            Kind::Icon => fonts::regular(size::ICON),
            Kind::Link => fonts::regular(size::TEXT),
        }
    }

    fn size(&self, content: Vec2) -> Vec2 {
        match self.kind {
            Kind::Link => content,
            Kind::Icon => Vec2::splat(ICON_BUTTON),
            Kind::Primary | Kind::Normal | Kind::Ghost => vec2((content.x + 2.0 * PADDING).ceil(), size::BUTTON),
        }
    }

    /// Fill, border and text.
    fn colours(&self, ui: &Ui, response: &Response) -> (Color32, Color32, Color32) {
        let t = tokens(ui);
        let over = response.hovered() || response.has_focus();
        let pressed = response.is_pointer_button_down_on();
        let none = Color32::TRANSPARENT;
        match self.kind {
            Kind::Primary => (if over && !pressed { t.accent.hover } else { t.accent.main }, none, t.accent.on_main),
            Kind::Normal if pressed => (t.surface.raised, t.accent.main, t.text.primary),
            Kind::Normal if over => (t.surface.hover, t.surface.line_strong, t.text.primary),
            Kind::Normal => (t.surface.raised, t.surface.line, t.text.primary),
            Kind::Ghost | Kind::Icon if pressed => (t.surface.raised, t.surface.line_strong, t.text.primary),
            Kind::Ghost | Kind::Icon if over => (t.surface.hover, none, t.text.primary),
            Kind::Ghost | Kind::Icon => (none, none, t.text.secondary),
            Kind::Link => (none, none, if over && !pressed { t.accent.hover } else { t.accent.main }),
        }
    }

    fn frame(&self, ui: &Ui, response: &Response, fill: Color32, line: Color32, ink: Color32) {
        let rect = response.rect;
        if self.kind == Kind::Link {
            if response.hovered() {
                ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(1.0, ink));
            }
            focus_ring(ui, response, rect.expand2(vec2(2.0, 0.0)), radius::SMALL);
        } else {
            let corner = CornerRadius::same(radius::CONTROL);
            ui.painter().rect(rect, corner, fill, Stroke::new(1.0, line), StrokeKind::Inside);
            // The ring of a button that is filled with its colour stands off.
            let off = if self.kind == Kind::Primary { space::XXS } else { 0.0 };
            focus_ring(ui, response, rect.expand(off), radius::CONTROL);
        }
    }
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let lay = |text: &str, font| ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
        let parts = [
            self.icon.map(|icon| lay(icon, fonts::regular(size::ICON))),
            Some(lay(self.text, self.font())),
            self.trailing.map(|icon| lay(icon, fonts::regular(size::TEXT_SMALL))),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        let gaps = GAP * (parts.len() - 1) as f32;
        let width = parts.iter().map(|part| part.size().x).sum::<f32>() + gaps;
        let height = parts.iter().map(|part| part.size().y).fold(0.0, f32::max);

        let (rect, response) = ui.allocate_exact_size(self.size(vec2(width, height)), Sense::click());
        response.widget_info(|| {
            let role = if self.kind == Kind::Link { Role::Link } else { Role::Button };
            WidgetInfo::labeled(role, ui.is_enabled(), self.name)
        });
        if ui.is_rect_visible(rect) {
            let (fill, line, ink) = self.colours(ui, &response);
            let ink = self.ink.unwrap_or(ink);
            self.frame(ui, &response, fill, line, ink);
            let mut x = rect.center().x - width / 2.0;
            for part in parts {
                let place = Align2::LEFT_CENTER.align_size_within_rect(part.size(), rect.with_min_x(x));
                x += part.size().x + GAP;
                ui.painter().galley_with_override_text_color(place.min, part, ink);
            }
        }
        match self.kind {
            Kind::Link => response.on_hover_cursor(CursorIcon::PointingHand),
            Kind::Icon => response.on_hover_text(self.name),
            Kind::Primary | Kind::Normal | Kind::Ghost => response,
        }
    }
}
