//! "What is this": a quiet sign in the header of a card, and what the figures of the card mean.

use eframe::egui::{
    Align, Align2, Color32, Key, Label, Layout, Popup, PopupCloseBehavior, Response, RichText, Role, ScrollArea, Sense,
    Ui, WidgetInfo, vec2,
};

use super::manual;
use super::topic::Topic;
use crate::ui::theme::{self, fonts, icon, radius, size, space};
use crate::ui::widgets::{button, focus_ring};

/// Side of the sign, in points.
pub(in crate::ui) const SIDE: f32 = 20.0;
/// Width of the explanation, in points.
const WIDTH: f32 = 340.0;
/// The explanation grows no higher than this, in points.
const HEIGHT: f32 = 400.0;

/// Draws the sign for the card of that title.
pub(in crate::ui) fn ui(ui: &mut Ui, title: &str, topics: &[Topic]) {
    let name = format!("What is this: {title}");
    let response = sign(ui, &name);
    let popup = Popup::default_response_id(&response);
    let was_open = Popup::is_id_open(ui.ctx(), popup);
    Popup::menu(&response)
        .gap(space::XS)
        .width(WIDTH)
        .accessible_name(&name)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            let height = HEIGHT.min(ui.ctx().content_rect().height() / 2.0);
            let lines = Layout::top_down(Align::Min);
            ScrollArea::vertical().max_height(height).show(ui, |ui| {
                ui.set_width(WIDTH - 2.0 * space::M);
                ui.with_layout(lines, |ui| topics.iter().for_each(|topic| explain(ui, *topic)));
            });
            if button::link(ui, "More in the manual").clicked() {
                if let Some(topic) = topics.first() {
                    manual::ask(ui.ctx(), topic.section().name());
                }
                ui.close();
            }
        });
    // Escape takes the keyboard from everything; it belongs back where it was.
    let closed = was_open && !Popup::is_id_open(ui.ctx(), popup);
    if closed && ui.input(|input| input.key_pressed(Key::Escape)) {
        response.request_focus();
    }
}

fn sign(ui: &mut Ui, name: &str) -> Response {
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(SIDE, SIDE), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let over = response.hovered()
        || response.has_focus()
        || Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
    let (fill, ink) =
        if over { (tokens.surface.hover, tokens.text.primary) } else { (Color32::TRANSPARENT, tokens.text.muted) };
    ui.painter().rect_filled(rect, radius::CONTROL, fill);
    let font = fonts::regular(size::TEXT_SMALL);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon::QUESTION, font, ink);
    focus_ring(ui, &response, rect, radius::CONTROL);
    response.on_hover_text(name)
}

fn explain(ui: &mut Ui, topic: Topic) {
    let tokens = theme::tokens(ui);
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.label(RichText::new(topic.name()).font(fonts::semibold(size::TEXT)).color(tokens.text.primary));
    ui.add(Label::new(RichText::new(topic.explanation()).color(tokens.text.secondary)).wrap());
    ui.add_space(space::XS);
}
