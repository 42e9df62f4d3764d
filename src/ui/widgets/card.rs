//! A card: a panel with a header line and a body.

use eframe::egui::{
    InnerResponse, Margin, Rect, Role, Sense, Shape, Stroke, Ui, UiBuilder, Vec2, WidgetInfo,
    emath::GuiRounding as _,
    epaint::text::{LayoutJob, TextFormat, TextWrapping},
    pos2, vec2,
};

use super::plate::{Look, plate};
use super::trailing::{end_width, trailing_in};
use crate::ui::ground;
use crate::ui::help::{Topic, hint};
use crate::ui::theme::{fonts, radius, size, space, tokens};

/// A remark that would be cut off before so many points says nothing and is left out.
const LEAST_REMARK: f32 = 96.0;

type Actions<'a> = Box<dyn FnOnce(&mut Ui) + 'a>;

/// A panel with a title, a quiet remark beside it, controls at the right of the header, and a body.
#[must_use = "show it in a Ui"]
pub struct Card<'a> {
    title: &'a str,
    subtitle: &'a str,
    topics: &'static [Topic],
    padding: Margin,
    height: Option<f32>,
    actions: Option<Actions<'a>>,
}

impl<'a> Card<'a> {
    /// A card with this title, as wide as the room it is given and as high as its body.
    pub fn new(title: &'a str) -> Self {
        Self { title, subtitle: "", topics: &[], padding: Margin::symmetric(12, 12), height: None, actions: None }
    }

    /// What is said, quietly, beside the title. It is cut short where the actions begin, and left out where little of it
    /// would stay; a screen reader is told all of it.
    pub fn subtitle(self, subtitle: &'a str) -> Self {
        Self { subtitle, ..self }
    }

    /// The figures in it, which a sign beside the title explains.
    pub fn explains(self, topics: &'static [Topic]) -> Self {
        Self { topics, ..self }
    }

    /// Controls in the header, added in reading order.
    pub fn actions(self, actions: impl FnOnce(&mut Ui) + 'a) -> Self {
        Self { actions: Some(Box::new(actions)), ..self }
    }

    /// Lets the body reach to the borders, as tables and editors do.
    pub fn flush(self) -> Self {
        Self { padding: Margin::ZERO, ..self }
    }

    /// Takes exactly this height, header included; the body fills it.
    pub fn height(self, height: f32) -> Self {
        Self { height: Some(height), ..self }
    }

    /// Draws the card with what `body` adds; what is too wide for it is cut off at its border.
    pub fn show<R>(mut self, ui: &mut Ui, body: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
        let line = Stroke::new(1.0, tokens(ui).surface.line);
        let room = ui.available_rect_before_wrap();
        let background = ui.painter().add(Shape::Noop);
        let header = Rect::from_min_size(room.min, vec2(room.width(), size::CARD_HEADER));
        let bottom = self.height.map_or(f32::INFINITY, |height| room.top() + height.max(size::CARD_HEADER));
        let inside = Rect::from_min_max(header.left_bottom(), pos2(room.right(), bottom)) - self.padding;

        let mut card = ui.new_child(self.group().max_rect(room));
        self.header(&mut card, header);
        card.spacing_mut().item_spacing = vec2(space::S, space::S);
        let mut content = card.new_child(UiBuilder::new().id_salt("body").max_rect(inside));
        content.shrink_clip_rect((inside + self.padding).shrink2(vec2(1.0, 0.0)));
        let result = body(&mut content);

        let bottom = self.height.map_or((content.min_rect() + self.padding).bottom(), |_fixed| bottom);
        let rect = Rect::from_min_max(room.min, pos2(room.right(), bottom));
        let surface = &tokens(ui).surface;
        let pixels = rect.round_to_pixels(ui.pixels_per_point());
        let ground = ground::cover(ui, pixels).then_some(surface.window);
        let look = Look { radius: radius::CARD, fill: surface.panel, ground, line };
        ui.painter().set(background, plate(pixels, look, ui.pixels_per_point()));
        ui.painter().hline(header.x_range().shrink(1.0), header.bottom() - 0.5, line);
        InnerResponse::new(result, ui.allocate_rect(rect, Sense::hover()))
    }

    /// What a screen reader calls a group: the title.
    fn group(&self) -> UiBuilder {
        UiBuilder::new().id_salt(("card", self.title)).accessibility_role(Role::Group).accessibility_label(self.title)
    }

    /// The sign that explains the figures, behind the title. Returns where it ends.
    fn hint(&self, ui: &mut Ui, title: Rect) -> f32 {
        if self.topics.is_empty() {
            return title.right();
        }
        let middle = title.right_center() + vec2(space::XS + hint::SIDE / 2.0, 0.0);
        let place = Rect::from_center_size(middle, Vec2::splat(hint::SIDE));
        let mut sign = ui.new_child(UiBuilder::new().id_salt("hint").max_rect(place));
        hint::ui(&mut sign, self.title, self.topics);
        place.right()
    }

    fn header(&mut self, ui: &mut Ui, rect: Rect) {
        let actions = self.actions.take();
        let place = rect.shrink2(vec2(space::S, 0.0));
        let id = ui.unique_id().with("actions");
        let end = rect.right() - space::M;
        let end = if actions.is_some() { end.min(place.right() - end_width(ui, id)) - space::S } else { end };
        self.heading(ui, rect, end);
        if let Some(actions) = actions {
            trailing_in(ui, id, place, actions);
        }
    }

    /// Title, sign and remark, up to `end`.
    fn heading(&self, ui: &mut Ui, rect: Rect, end: f32) {
        let t = tokens(ui);
        let start = rect.left() + space::M;
        let text =
            |text: &str, font| LayoutJob::single_section(text.to_owned(), TextFormat::simple(font, t.text.primary));
        let mut title = text(self.title, fonts::semibold(size::TEXT));
        title.wrap = TextWrapping::truncate_at_width((end - start).max(0.0));
        let title = ui.fonts_mut(|fonts| fonts.layout_job(title));
        let place = Rect::from_min_size(pos2(start, rect.center().y - title.size().y / 2.0), title.size());
        ui.interact(place, ui.scope_id().with("title"), Sense::hover())
            .widget_info(|| WidgetInfo::labeled(Role::Heading, true, self.title));
        let start = self.hint(ui, place) + space::S;
        ui.painter().galley(place.min, title, t.text.primary);

        if !self.subtitle.is_empty() && end > start {
            let mut subtitle = text(self.subtitle, fonts::regular(size::TEXT));
            subtitle.wrap = TextWrapping::truncate_at_width(end - start);
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(subtitle));
            let place = Rect::from_min_size(pos2(start, rect.center().y - galley.size().y / 2.0), galley.size());
            ui.interact(place, ui.scope_id().with("subtitle"), Sense::hover())
                .widget_info(|| WidgetInfo::labeled(Role::Label, true, self.subtitle));
            if !galley.elided || end - start >= LEAST_REMARK {
                ui.painter().galley_with_override_text_color(place.min, galley, t.text.muted);
            }
        }
    }
}
