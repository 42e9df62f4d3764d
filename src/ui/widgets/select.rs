//! A field that opens a list of choices, each with a line that explains it.

use std::{fmt::Debug, hash::Hash};

use eframe::egui::{
    Align2, Color32, CornerRadius, Popup, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use super::focus_ring;
use crate::ui::theme::{fonts, icon, radius, size, space, tokens};

/// Height of a choice that is explained, and of one that is not.
const EXPLAINED: f32 = 42.0;
const PLAIN: f32 = 28.0;
const HEADING: f32 = 26.0;
/// Highest a list grows before it scrolls.
const LIST: f32 = 420.0;

/// A choice: its value, its title, and what it means (or nothing).
pub type Entry<'a, T> = (T, &'a str, &'a str);

/// A field of `width` with the title of `current`; returns what the user chooses instead.
pub fn choose<T: PartialEq + Copy>(
    ui: &mut Ui,
    name: &str,
    current: T,
    entries: &[Entry<'_, T>],
    width: f32,
) -> Option<T> {
    choose_named(ui, name, name, current, entries, width)
}

/// [`choose`] with an id of its own, for fields that repeat under changing names.
pub fn choose_named<T: PartialEq + Copy>(
    ui: &mut Ui,
    id_salt: impl Hash + Debug,
    name: &str,
    current: T,
    entries: &[Entry<'_, T>],
    width: f32,
) -> Option<T> {
    let title = title_of(current, entries);
    let response = field(ui, &id_salt, name, title, width);
    list(ui, &response, name, |ui, list| rows(ui, list, current, entries))
}

/// [`choose`] with the choices in groups under headings.
pub fn choose_grouped<T: PartialEq + Copy>(
    ui: &mut Ui,
    name: &str,
    current: T,
    groups: &[(&str, Vec<Entry<'_, T>>)],
    width: f32,
) -> Option<T> {
    let title = groups.iter().find_map(|(_, entries)| title_in(current, entries)).unwrap_or_default();
    let response = field(ui, &name, name, title, width);
    list(ui, &response, name, |ui, list| {
        for (index, (heading, entries)) in groups.iter().enumerate() {
            if index > 0 {
                ui.add_space(space::XS);
            }
            heading_row(ui, heading);
            rows(ui, list, current, entries);
        }
    })
}

/// [`choose`] without a frame: the title and a small arrow, for choices within a line of text.
pub fn choose_quiet<T: PartialEq + Copy>(ui: &mut Ui, name: &str, current: T, entries: &[Entry<'_, T>]) -> Option<T> {
    let response = quiet_field(ui, name, title_of(current, entries));
    list(ui, &response, name, |ui, list| rows(ui, list, current, entries))
}

fn title_of<'a, T: PartialEq + Copy>(current: T, entries: &[Entry<'a, T>]) -> &'a str {
    title_in(current, entries).unwrap_or_default()
}

fn title_in<'a, T: PartialEq + Copy>(current: T, entries: &[Entry<'a, T>]) -> Option<&'a str> {
    entries.iter().find(|(value, ..)| *value == current).map(|(_, title, _)| *title)
}

fn field(ui: &mut Ui, id_salt: &(impl Hash + Debug), name: &str, title: &str, width: f32) -> Response {
    let t = tokens(ui);
    let id = ui.scope_id().with(("select", id_salt));
    let (_, rect) = ui.allocate_space(vec2(width.min(ui.available_width()).max(48.0), size::FIELD));
    let response = ui.interact(rect, id, Sense::click());
    describe(ui, &response, name, title);
    let open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
    let line = if response.hovered() || open { t.text.muted } else { t.surface.line_strong };
    let corner = CornerRadius::same(radius::CONTROL);
    ui.painter().rect(rect, corner, t.surface.field, Stroke::new(1.0, line), StrokeKind::Inside);
    focus_ring(ui, &response, rect, radius::CONTROL);
    let inside = rect.shrink2(vec2(9.0, 0.0));
    let text = inside.with_max_x(inside.right() - 18.0);
    let font = fonts::medium(size::TEXT_CONTROL);
    ui.painter_at(text).text(text.left_center(), Align2::LEFT_CENTER, title, font, t.text.primary);
    caret(ui, inside, t.text.secondary);
    response
}

fn quiet_field(ui: &mut Ui, name: &str, title: &str) -> Response {
    let t = tokens(ui);
    let font = fonts::regular(size::TEXT_CONTROL);
    let galley = ui.painter().layout_no_wrap(title.to_owned(), font, Color32::PLACEHOLDER);
    let id = ui.scope_id().with(("select", name));
    let (_, rect) = ui.allocate_space(vec2(galley.size().x + 16.0, size::CHIP));
    let response = ui.interact(rect, id, Sense::click());
    describe(ui, &response, name, title);
    let colour = if response.hovered() { t.text.primary } else { t.text.secondary };
    focus_ring(ui, &response, rect.expand2(vec2(2.0, 0.0)), radius::SMALL);
    let place = Align2::LEFT_CENTER.align_size_within_rect(galley.size(), rect);
    ui.painter().galley_with_override_text_color(place.min, galley, colour);
    caret(ui, rect, colour);
    response
}

fn caret(ui: &Ui, rect: Rect, colour: Color32) {
    let font = fonts::regular(size::TEXT_SMALL);
    ui.painter().text(rect.right_center(), Align2::RIGHT_CENTER, icon::CARET_DOWN, font, colour);
}

fn describe(ui: &Ui, response: &Response, name: &str, title: &str) {
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), name);
        info.current_text_value = Some(title.to_owned());
        info
    });
}

/// The open list: what was chosen in it, and whether it has just been opened.
struct List<T> {
    chosen: Option<T>,
    fresh: bool,
}

/// The list below `field` while it is open. Arrow keys, Enter and Escape work by egui's menus.
fn list<T>(ui: &Ui, field: &Response, name: &str, content: impl FnOnce(&mut Ui, &mut List<T>)) -> Option<T> {
    let id = Popup::default_response_id(field);
    let mut list = List { chosen: None, fresh: field.clicked() && !Popup::is_id_open(ui.ctx(), id) };
    let popup = Popup::menu(field).gap(space::XS).width(field.rect.width()).accessible_name(name);
    let shown = popup.show(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        ScrollArea::vertical().max_height(LIST).show(ui, |ui| content(ui, &mut list));
    });
    if shown.is_some_and(|shown| shown.response.should_close()) {
        field.request_focus();
    }
    list.chosen
}

fn heading_row(ui: &mut Ui, heading: &str) {
    let t = tokens(ui);
    let font = fonts::semibold(size::TEXT_SMALL);
    let galley = ui.painter().layout_no_wrap(heading.to_owned(), font, t.text.muted);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 2.0 * space::S, HEADING), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, heading));
    let place = pos2(rect.left() + space::S, rect.bottom() - galley.size().y - 3.0);
    ui.painter().galley(place, galley, t.text.muted);
}

fn rows<T: PartialEq + Copy>(ui: &mut Ui, list: &mut List<T>, current: T, entries: &[Entry<'_, T>]) {
    for &(value, title, meaning) in entries {
        let response = row(ui, title, meaning, value == current);
        if response.clicked() {
            list.chosen = (value != current).then_some(value);
            ui.close();
        }
        if list.fresh && value == current {
            response.request_focus();
            response.scroll_to_me(None);
        }
    }
}

fn row(ui: &mut Ui, title: &str, meaning: &str, current: bool) -> Response {
    let t = tokens(ui);
    let lay = |text: &str, font| ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
    let head = lay(title, fonts::medium(size::TEXT_CONTROL));
    let tail = (!meaning.is_empty()).then(|| lay(meaning, fonts::regular(size::TEXT_SMALL)));
    let text = head.size().x.max(tail.as_ref().map_or(0.0, |tail| tail.size().x));
    let height = if tail.is_some() { EXPLAINED } else { PLAIN };
    let width = (text + 2.0 * space::S + 24.0).max(ui.available_width());
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::selected(Role::ListBoxOption, true, current, title);
        info.hint_text = (!meaning.is_empty()).then(|| meaning.to_owned());
        info
    });
    let over = response.hovered() || response.has_focus();
    let fill = match (current, over) {
        (true, _) => t.accent.background,
        (false, true) => t.surface.hover,
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), fill);
    if response.has_focus() {
        let stroke = Stroke::new(1.0, t.accent.main);
        ui.painter().rect_stroke(rect, CornerRadius::same(radius::CONTROL), stroke, StrokeKind::Inside);
    }
    let left = rect.left() + space::S;
    let block = head.size().y + tail.as_ref().map_or(0.0, |tail| tail.size().y + 1.0);
    let top = rect.center().y - block / 2.0;
    let below = top + head.size().y + 1.0;
    ui.painter().galley_with_override_text_color(
        pos2(left, top),
        head,
        if current { t.accent.main } else { t.text.primary },
    );
    if let Some(tail) = tail {
        ui.painter().galley_with_override_text_color(pos2(left, below), tail, t.text.secondary);
    }
    if current {
        let place = rect.right_center() - vec2(space::S, 0.0);
        ui.painter().text(place, Align2::RIGHT_CENTER, icon::CHECK, fonts::regular(size::TEXT), t.accent.main);
    }
    response
}
