//! One bar cut into coloured parts by size.

use eframe::egui::{Color32, CornerRadius, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme::{radius, size, tokens};

/// A part that is there is drawn at least this wide.
const THINNEST: f32 = 2.0;

/// A bar over the whole width whose parts are as wide as their sizes; each part has its own tooltip.
pub fn show(ui: &mut Ui, name: &str, parts: &[(usize, Color32, String)]) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::BAR), Sense::hover());
    response.widget_info(|| {
        let words: Vec<_> = parts.iter().map(|(_, _, words)| words.as_str()).collect();
        WidgetInfo::labeled(Role::Image, ui.is_enabled(), format!("{name}. {}", words.join(". ")))
    });
    ui.painter().rect_filled(rect, CornerRadius::same(radius::SMALL), tokens(ui).surface.raised);
    let widths = widths(parts.iter().map(|(size, ..)| *size), rect.width());
    let mut x = rect.left();
    for (index, ((_, colour, words), width)) in parts.iter().zip(widths).enumerate() {
        let part = Rect::from_min_size(pos2(x, rect.top()), vec2(width, rect.height()));
        x += width;
        let drawn = part.with_min_x(part.left() + gap(part.left() - rect.left(), width));
        let left = if part.left() <= rect.left() { radius::SMALL } else { 0 };
        let right = if part.right() >= rect.right() - 0.5 { radius::SMALL } else { 0 };
        let corner = CornerRadius { nw: left, sw: left, ne: right, se: right };
        ui.painter().rect_filled(drawn, corner, *colour);
        ui.interact(part.expand2(vec2(0.0, 3.0)), response.id.with(index), Sense::hover()).on_hover_text(words);
    }
    response
}

/// The gap before a part that begins `at` points from the start: parts are told apart by more than their colours.
#[must_use]
pub fn gap(at: f32, width: f32) -> f32 {
    if at > 0.0 && width > THINNEST { 1.0 } else { 0.0 }
}

/// Shares of `total` by size; what is not empty is never invisible.
fn widths(sizes: impl Iterator<Item = usize> + Clone, total: f32) -> Vec<f32> {
    let sum: usize = sizes.clone().sum();
    let shown = sizes.clone().filter(|size| *size > 0).count();
    let spare = (total - THINNEST * shown as f32).max(0.0);
    let share = |size: usize| if size == 0 { 0.0 } else { THINNEST + spare * size as f32 / sum as f32 };
    sizes.map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fill_the_bar_and_none_vanishes() {
        let widths = widths([1, 0, 999_999].into_iter(), 300.0);
        assert!((widths.iter().sum::<f32>() - 300.0).abs() < 0.01, "{widths:?}");
        assert!(widths[0] >= 2.0 && widths[1] == 0.0 && widths[2] > 290.0, "{widths:?}");
    }

    #[test]
    fn an_empty_bar_has_no_parts() {
        assert_eq!(super::widths([0, 0].into_iter(), 300.0), [0.0, 0.0]);
    }
}
