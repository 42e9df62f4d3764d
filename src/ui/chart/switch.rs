//! A switch for a series: a box with a tick, the line or sign of the series, and its name.

use eframe::egui::epaint::text::{LayoutJob, TextWrapping};
use eframe::egui::{
    Color32, CornerRadius, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::ink;
use super::look::Look;
use crate::ui::theme::{fonts, radius, size, space, tokens};
use crate::ui::widgets::check_box::{self, SIDE};
use crate::ui::widgets::focus_ring;

/// Height of a switch.
const HEIGHT: f32 = 24.0;
/// Width of the sample of a line.
const SAMPLE: f32 = 22.0;
/// Names are cut at this width.
const NAME: f32 = 190.0;

/// What a switch shows of what it switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// Its colour and its sign.
    Sign(Look),
    /// Its line.
    Line(Look),
    /// Its colour, its line and its sign.
    Both(Look),
    /// Nothing.
    Nothing,
}

/// Draws the switch; a click asks for the opposite of `on`.
pub fn show(ui: &mut Ui, name: &str, on: bool, shows: Shows) -> Response {
    show_named(ui, name, name, on, shows)
}

/// [`show`] where the text alone would not say what is switched.
pub fn show_named(ui: &mut Ui, text: &str, name: &str, on: bool, shows: Shows) -> Response {
    let t = tokens(ui);
    let ink = if on { t.text.primary } else { t.text.secondary };
    let mut job = LayoutJob::simple_singleline(text.to_owned(), fonts::regular(size::TEXT_SMALL), ink);
    job.wrap = TextWrapping::truncate_at_width(NAME);
    let text = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let sample = match shows {
        Shows::Sign(_) => 12.0 + space::XS,
        Shows::Line(_) | Shows::Both(_) => SAMPLE + space::XS,
        Shows::Nothing => 0.0,
    };
    let width = 3.0 * space::S + SIDE + sample + text.size().x;
    let (rect, response) = ui.allocate_exact_size(vec2(width.ceil(), HEIGHT), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let fill = match (response.hovered(), on) {
        (true, _) => t.surface.hover,
        (false, true) => t.surface.raised,
        (false, false) => Color32::TRANSPARENT,
    };
    let corner = CornerRadius::same(radius::CONTROL);
    ui.painter().rect(rect, corner, fill, Stroke::new(1.0, t.surface.line), StrokeKind::Inside);
    focus_ring(ui, &response, rect, radius::CONTROL);

    let middle = rect.center().y;
    let tick_box = Rect::from_center_size(pos2(rect.left() + space::S + SIDE / 2.0, middle), Vec2::splat(SIDE));
    check_box::paint(ui, tick_box, on, response.hovered());
    let mut x = tick_box.right() + space::S;
    let place = Rect::from_min_size(pos2(x, rect.top()), vec2(sample, rect.height()));
    match shows {
        Shows::Sign(look) => ink::marker(ui.painter(), pos2(x + 6.0, middle), look.marker, look.ink(ui)),
        Shows::Line(look) => line(ui, place.with_max_x(place.right() - space::XS), look, t.text.secondary),
        Shows::Both(look) => draw_sample(ui, place.with_max_x(place.right() - space::XS), look, true),
        Shows::Nothing => {}
    }
    x += sample;
    ui.painter().galley(pos2(x, middle - text.size().y / 2.0), text, ink);
    response
}

/// The line of a look in a colour.
fn line(ui: &Ui, rect: Rect, look: Look, colour: Color32) {
    let ends = vec![rect.left_center(), rect.right_center()];
    ink::line(ui.painter(), ends, Stroke::new(1.8, colour), look.dash);
}

/// A small sample of a series, line and sign.
pub fn sample(ui: &mut Ui, look: Look, with_line: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(SAMPLE, 14.0), Sense::hover());
    draw_sample(ui, rect, look, with_line);
    response
}

/// [`sample`] at a place.
pub fn draw_sample(ui: &Ui, rect: Rect, look: Look, with_line: bool) {
    if with_line {
        line(ui, rect, look, look.ink(ui));
    }
    ink::marker(ui.painter(), rect.center(), look.marker, look.ink(ui));
}
