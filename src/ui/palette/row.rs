//! One action in the palette: its name with the letters that were found, the keys for it, or why it cannot be done.

use eframe::egui::{
    Align2, Color32, FontId, Id, Rect, Response, Role, Sense, Ui, WidgetInfo,
    epaint::text::{LayoutJob, TextFormat, TextWrapping},
    pos2, vec2,
};

use super::search::Found;
use crate::ui::theme::{self, fonts, icon, radius, size, space};
use crate::workbench::Workbench;

/// A reason for a disabled action gets at least this much room, in points.
const LEAST_REASON: f32 = 80.0;

/// The identifier of the row in this place, for the field that tells which one is selected.
pub(super) fn id(place: usize) -> Id {
    Id::unique(("palette-row", place))
}

/// Draws a row.
pub(super) fn ui(ui: &mut Ui, place: usize, found: &Found, selected: bool, workbench: &Workbench) -> Response {
    let tokens = theme::tokens(ui);
    let action = found.action;
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), size::FIELD));
    // Not in the way of the tab key: the arrow keys choose a row while the keyboard stays in the field.
    let response = ui.interact(rect, id(place), Sense::CLICK);
    let label = action.label();
    let obstacle = action.obstacle(workbench);
    let keys: Vec<_> = action.shortcuts().map(|keys| ui.ctx().format_shortcut(&keys)).collect();
    let keys = keys.join(" or ");
    tell(&response, &label, obstacle.as_deref().unwrap_or(&keys), obstacle.is_none(), selected);
    if selected {
        ui.painter().rect_filled(rect, radius::CONTROL, tokens.accent.background);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, radius::CONTROL, tokens.surface.hover);
    }
    let ink = match (&obstacle, selected) {
        (Some(_), _) => tokens.text.muted,
        (None, true) => tokens.accent.main,
        (None, false) => tokens.text.primary,
    };
    let inside = rect.shrink2(vec2(space::S, 0.0));
    let name = name(ui, &label, &found.letters, ink);
    let name_right = inside.left() + name.size().x;
    let middle = inside.center().y - name.size().y / 2.0;
    ui.painter().galley(pos2(inside.left(), middle), name, ink);

    let mut right = inside.right();
    let mut say = |text: &str, font: FontId, ink: Color32| {
        let place = pos2(right, inside.center().y);
        right = ui.painter().text(place, Align2::RIGHT_CENTER, text, font, ink).left() - space::S;
    };
    if found.recent {
        say("used lately", fonts::regular(size::TEXT_SMALL), tokens.text.muted);
    }
    if action.is_on(workbench) {
        say(icon::CHECK, fonts::regular(size::TEXT), tokens.accent.main);
    }
    match obstacle {
        Some(reason) => {
            let room = Rect::from_min_max(pos2(name_right + space::L, rect.top()), pos2(right, rect.bottom()));
            because(ui, room, &reason, tokens.text.muted);
        }
        None => say(&keys, fonts::regular(size::TEXT_SMALL), tokens.text.muted),
    }
    response
}

/// Tells a screen reader of the row; `more` are its keys, or why it cannot be done.
fn tell(response: &Response, label: &str, more: &str, enabled: bool, selected: bool) {
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, enabled, label));
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_selected(selected);
        if !more.is_empty() {
            node.set_description(more);
        }
    });
}

/// The name, with the letters that were found in a stronger weight.
fn name(ui: &Ui, label: &str, letters: &[u32], ink: Color32) -> std::sync::Arc<eframe::egui::Galley> {
    let mut job = LayoutJob::default();
    for (place, letter) in label.chars().enumerate() {
        let found = u32::try_from(place).is_ok_and(|place| letters.binary_search(&place).is_ok());
        let font = if found { fonts::semibold(size::TEXT) } else { fonts::regular(size::TEXT) };
        job.append(letter.encode_utf8(&mut [0; 4]), 0.0, TextFormat::simple(font, ink));
    }
    ui.painter().layout_job(job)
}

/// Why it cannot be done, cut short where there is no room for it.
fn because(ui: &Ui, room: Rect, reason: &str, ink: Color32) {
    if room.width() < LEAST_REASON {
        return;
    }
    let format = TextFormat::simple(fonts::regular(size::TEXT_SMALL), ink);
    let mut job = LayoutJob::single_section(reason.to_owned(), format);
    job.wrap = TextWrapping::truncate_at_width(room.width());
    let galley = ui.painter().layout_job(job);
    let place = Align2::RIGHT_CENTER.align_size_within_rect(galley.size(), room);
    ui.painter().galley(place.min, galley, ink);
}
