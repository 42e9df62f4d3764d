//! How much of a limit is used up.

use eframe::egui::{CornerRadius, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::ui::theme::{radius, size, tokens};

/// From this share on a limit is worth a look.
const NEAR: f64 = 0.85;

/// A bar over the whole width, filled by `share` (1 is all of it); green, amber near the limit, red beyond it.
pub fn show(ui: &mut Ui, name: &str, share: f64) -> Response {
    let t = tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::BAR), Sense::hover());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Meter, ui.is_enabled(), name);
        info.value = Some(share * 100.0);
        info
    });
    let colour = match share {
        share if share > 1.0 => t.status.error,
        share if share > NEAR => t.status.warning,
        _ => t.status.ok,
    };
    let corner = CornerRadius::same(radius::SMALL);
    ui.painter().rect_filled(rect, corner, t.surface.raised);
    let filled = rect.with_max_x(rect.left() + rect.width() * share.clamp(0.0, 1.0) as f32);
    ui.painter().rect_filled(filled, corner, colour);
    response.on_hover_text(format!("{name}: {:.0} %", share * 100.0))
}
