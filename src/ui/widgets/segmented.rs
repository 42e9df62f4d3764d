//! A row of choices of which one is taken.

use std::sync::Arc;

use eframe::egui::{
    Align2, CornerRadius, Galley, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::focus_ring;
use crate::ui::theme::{fonts, radius, size, space, tokens};

/// From an edge of a choice to its text.
const PADDING: f32 = space::S;

/// Draws `choices` side by side and returns the one that the user takes anew. `current` may be none of them.
pub fn choose<T: PartialEq + Clone>(
    ui: &mut Ui,
    accessible_name: &str,
    current: Option<&T>,
    choices: &[(T, String)],
) -> Option<T> {
    let t = tokens(ui);
    let labels: Vec<_> = choices.iter().map(|(value, label)| lay(ui, label, current == Some(value))).collect();
    let total = labels.iter().map(|(_, width)| width).sum();
    let (outer, group) = ui.allocate_exact_size(vec2(total, size::BUTTON), Sense::hover());
    group.widget_info(|| WidgetInfo::labeled(Role::RadioGroup, ui.is_enabled(), accessible_name));
    let corner = CornerRadius::same(radius::CONTROL);
    ui.painter().rect_filled(outer, corner, t.surface.field);

    let mut taken = None;
    let mut focused = None;
    let mut x = outer.left();
    for (index, ((value, label), (galley, width))) in choices.iter().zip(labels).enumerate() {
        let rect = Rect::from_min_size(pos2(x, outer.top()), vec2(width, outer.height()));
        x += width;
        let segment =
            Segment { rect, label, on: current == Some(value), first: index == 0, last: index + 1 == choices.len() };
        let response = segment.ui(ui, group.id.with(index), galley);
        if response.clicked() && !segment.on {
            taken = Some(value.clone());
        }
        focused = focused.or(response.has_focus().then_some(response));
    }
    ui.painter().rect_stroke(outer, corner, Stroke::new(1.0, t.surface.line), StrokeKind::Inside);
    // Over its neighbours.
    if let Some(response) = focused {
        focus_ring(ui, &response, response.rect, radius::CONTROL);
    }
    taken
}

/// The width that `choices` take, in points.
#[must_use]
pub fn width<T>(ui: &Ui, choices: &[(T, String)]) -> f32 {
    choices.iter().map(|(_, label)| lay(ui, label, true).1).sum()
}

/// The text of a choice, and the width it needs: that of the stronger weight, so that nothing moves when the choice does.
fn lay(ui: &Ui, label: &str, on: bool) -> (Arc<Galley>, f32) {
    let t = tokens(ui);
    let strong = ui.painter().layout_no_wrap(label.to_owned(), fonts::semibold(size::TEXT), t.accent.main);
    let width = (strong.size().x + 2.0 * PADDING).ceil();
    if on {
        return (strong, width);
    }
    let quiet = ui.painter().layout_no_wrap(label.to_owned(), fonts::regular(size::TEXT), t.text.secondary);
    (quiet, width)
}

struct Segment<'a> {
    rect: Rect,
    label: &'a str,
    on: bool,
    first: bool,
    last: bool,
}

impl Segment<'_> {
    fn ui(&self, ui: &Ui, id: Id, galley: Arc<Galley>) -> Response {
        let t = tokens(ui);
        let rect = self.rect;
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), self.on, self.label));
        let (left, right) = (if self.first { radius::CONTROL } else { 0 }, if self.last { radius::CONTROL } else { 0 });
        let corner = CornerRadius { nw: left, sw: left, ne: right, se: right };
        if self.on {
            ui.painter().rect_filled(rect, corner, t.accent.background);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, corner, t.surface.hover);
        }
        if !self.first {
            ui.painter().vline(rect.left() - 0.5, rect.y_range(), Stroke::new(1.0, t.surface.line));
        }
        let place = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect);
        ui.painter().galley(place.min, galley, t.text.secondary);
        response
    }
}
