//! Bars in groups, each with its number; plain, framed and hatched ones are told apart without colour.

use eframe::egui::{
    Align2, Color32, CornerRadius, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::ink;
use super::look::Look;
use crate::ui::theme::{fonts, radius, size, space, tokens};

/// Height of a bar, and from one to the next.
const BAR: f32 = 14.0;
const STEP: f32 = 19.0;
/// Between two groups.
const GAP: f32 = 12.0;
/// Height of the name of a group.
const HEADING: f32 = 20.0;
/// A bar that is there is drawn at least this wide.
const THINNEST: f32 = 2.0;

/// How a bar is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Wholly.
    Plain,
    /// With slanted strokes.
    Hatched,
}

/// One bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// What it is.
    pub name: String,
    /// Its length.
    pub value: f64,
    /// The value as it is written behind it.
    pub text: String,
    /// How it is filled.
    pub fill: Fill,
}

/// Bars under one name.
#[derive(Clone, Debug)]
pub struct Group {
    /// What they belong to.
    pub name: String,
    /// What is said beside the name.
    pub remark: String,
    /// Their colour.
    pub look: Look,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// Draws the groups below each other, all bars to the same scale; `name` is read out.
pub fn show(ui: &mut Ui, name: &str, groups: &[Group]) -> Response {
    let rows: usize = groups.iter().map(|group| group.bars.len()).sum();
    let height = rows as f32 * STEP + groups.len() as f32 * (HEADING + GAP);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, ui.is_enabled(), name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let width = |text: &str| {
        let font = fonts::regular(size::TEXT_SMALL);
        ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x
    };
    let all = || groups.iter().flat_map(|group| &group.bars);
    let names = all().map(|bar| width(&bar.name)).fold(0.0, f32::max);
    let numbers = all().map(|bar| width(&bar.text)).fold(0.0, f32::max);
    let longest = all().map(|bar| bar.value).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let track = Rect::from_min_max(
        pos2(rect.left() + names + space::M, rect.top()),
        pos2(rect.right() - numbers - space::S, rect.bottom()),
    );
    let mut y = rect.top();
    for group in groups {
        heading(ui, group, pos2(rect.left(), y + HEADING / 2.0));
        y += HEADING;
        for bar in &group.bars {
            let row = Rect::from_min_size(pos2(rect.left(), y), vec2(rect.width(), STEP));
            if ui.is_rect_visible(row) {
                let share = (bar.value / longest).clamp(0.0, 1.0) as f32;
                draw(
                    ui,
                    bar,
                    group.look.ink(ui),
                    row,
                    track.with_max_x(track.left() + THINNEST.max(track.width() * share)),
                );
            }
            y += STEP;
        }
        y += GAP;
    }
    response
}

fn heading(ui: &Ui, group: &Group, at: eframe::egui::Pos2) {
    let t = tokens(ui);
    ink::marker(ui.painter(), at + vec2(6.0, 0.0), group.look.marker, group.look.ink(ui));
    let font = fonts::semibold(size::TEXT);
    let place = ui.painter().text(at + vec2(18.0, 0.0), Align2::LEFT_CENTER, &group.name, font, t.text.primary);
    let font = fonts::regular(size::TEXT_SMALL);
    let at = place.right_center() + vec2(space::M, 0.0);
    ui.painter().text(at, Align2::LEFT_CENTER, &group.remark, font, t.text.muted);
}

fn draw(ui: &Ui, bar: &Bar, ink: Color32, row: Rect, track: Rect) {
    let t = tokens(ui);
    let font = fonts::regular(size::TEXT_SMALL);
    let middle = row.center().y;
    let end = pos2(row.left(), middle);
    ui.painter().text(end, Align2::LEFT_CENTER, &bar.name, font.clone(), t.text.secondary);
    let rect = Rect::from_min_max(pos2(track.left(), middle - BAR / 2.0), pos2(track.right(), middle + BAR / 2.0));
    let corner = CornerRadius::same(radius::SMALL);
    match bar.fill {
        Fill::Plain => {
            ui.painter().rect_filled(rect, corner, ink);
        }
        Fill::Hatched => {
            ink::hatched(ui.painter(), rect, Stroke::new(1.3, ink), 6.0);
            ui.painter().rect_stroke(rect, corner, Stroke::new(1.3, ink), StrokeKind::Inside);
        }
    }
    let at = pos2(rect.right() + space::S, middle);
    ui.painter().text(at, Align2::LEFT_CENTER, &bar.text, font, t.text.primary);
}
