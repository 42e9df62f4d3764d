//! Menus: their entries, and sub menus.

use eframe::egui::{
    Align2, Color32, CornerRadius, Popup, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    containers::menu::{MenuState, SubMenu},
    pos2, vec2,
};

use crate::ui::theme::{fonts, icon, radius, size, space, tokens};

/// Menus are at least this wide, in points.
const LEAST_WIDTH: f32 = 200.0;
/// Between an entry and the keys for it.
const GAP: f32 = 32.0;
/// Room at the end of a row for a tick or an arrow.
const SIGN: f32 = 18.0;

/// A menu below `button`, opened by a click on it; `content` adds the entries.
pub fn below<R>(button: &Response, name: &str, content: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    let menu = Popup::menu(button).gap(space::XS).accessible_name(name);
    menu.show(|ui| entries(ui, content)).map(|shown| shown.inner)
}

/// An entry with the keys for it, which may be empty; ticked when it is what is so already.
pub fn entry(ui: &mut Ui, label: &str, keys: &str, ticked: bool) -> Response {
    let sign = ticked.then_some((icon::CHECK, tokens(ui).accent.main));
    let response = row(ui, label, keys, sign, false);
    response.widget_info(|| {
        let role = if ticked { Role::MenuItemRadio } else { Role::MenuItem };
        let mut info = WidgetInfo::labeled(role, ui.is_enabled(), label);
        info.selected = ticked.then_some(true);
        info
    });
    if response.clicked() {
        ui.close();
    }
    response
}

/// An entry that opens a menu beside it.
pub fn submenu(ui: &mut Ui, label: &str, content: impl FnOnce(&mut Ui)) {
    let id = SubMenu::id_from_widget_id(ui.next_auto_id());
    let open = MenuState::from_ui(ui, |state, _| state.open_item == Some(id));
    let response = row(ui, label, "", Some((icon::CARET_RIGHT, tokens(ui).text.muted)), open);
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, ui.is_enabled(), label));
    SubMenu::new().show(ui, &response, |ui| entries(ui, content));
}

/// A line between groups of entries.
pub fn line(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(whole_width(ui, 0.0), 2.0 * space::XS + 1.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, tokens(ui).surface.line));
}

pub(super) fn entries<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.spacing_mut().item_spacing.y = 1.0;
    content(ui)
}

/// All the width of the menu. Before that is known, each row says how much it needs.
fn whole_width(ui: &Ui, needed: f32) -> f32 {
    let needed = needed.max(LEAST_WIDTH);
    if ui.is_sizing_pass() { needed } else { needed.max(ui.available_width()) }
}

fn row(ui: &mut Ui, label: &str, keys: &str, sign: Option<(&str, Color32)>, open: bool) -> Response {
    let t = tokens(ui);
    let lay = |text: &str, font| ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
    let label = lay(label, fonts::regular(size::TEXT));
    let keys = lay(keys, fonts::regular(size::TEXT_SMALL));
    let keys_width = if keys.size().x > 0.0 { GAP + keys.size().x } else { 0.0 };
    let width = whole_width(ui, label.size().x + keys_width + SIGN + 2.0 * space::S);
    let (rect, response) = ui.allocate_exact_size(vec2(width.ceil(), size::BUTTON), Sense::click());
    let corner = CornerRadius::same(radius::CONTROL);
    if open || response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, corner, t.surface.hover);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, corner, Stroke::new(1.0, t.accent.main), StrokeKind::Inside);
    }
    let middle = rect.center().y;
    let place = pos2(rect.left() + space::S, middle - label.size().y / 2.0);
    ui.painter().galley_with_override_text_color(place, label, t.text.primary);
    let mut right = rect.right() - space::S;
    if let Some((sign, colour)) = sign {
        let place = pos2(right, middle);
        ui.painter().text(place, Align2::RIGHT_CENTER, sign, fonts::regular(size::TEXT), colour);
        right -= SIGN;
    }
    let place = pos2(right - keys.size().x, middle - keys.size().y / 2.0);
    ui.painter().galley_with_override_text_color(place, keys, t.text.muted);
    response
}
