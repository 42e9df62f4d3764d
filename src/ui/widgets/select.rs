//! A field that opens a list of choices, each with a line that explains it.

use std::fmt::Debug;
use std::hash::Hash;
use std::sync::Arc;

use eframe::egui::epaint::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{
    Align2, Color32, CornerRadius, FontId, Galley, Popup, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, pos2, vec2,
};

use super::focus_ring;
use crate::ui::theme::{fonts, icon, radius, size, space, tokens};

/// Least height of a choice, and what is above and below a longer one.
const ROW: f32 = size::ROW;
const ROW_PADDING: f32 = space::S;
/// Height of a heading.
const HEADING: f32 = size::ROW_DENSE;
/// Between a choice and what it means.
const GAP: f32 = space::L;
/// Room for the tick at the end of a row.
const TICK: f32 = 24.0;
/// What a closed selector tells beside its title needs at least this width.
const TOLD: f32 = 56.0;
/// What choices mean is broken into lines of at most this width.
const MEANING: f32 = 490.0;
/// Highest a list grows before it scrolls.
const LIST: f32 = 570.0;

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
    let title = title_of(current, entries);
    let response = field(ui, &name, name, [title, ""], width, Look::Field);
    list(ui, &response, name, |ui, list| rows(ui, list, current, entries, Columns::of(ui, entries)))
}

/// [`choose`] that tells beside the title of `current` what it means, as far as there is room.
pub fn choose_told<T: PartialEq + Copy>(
    ui: &mut Ui,
    name: &str,
    current: T,
    entries: &[Entry<'_, T>],
    width: f32,
) -> Option<T> {
    let told =
        entries.iter().find(|(value, ..)| *value == current).map_or(["", ""], |(_, title, words)| [title, words]);
    let response = field(ui, &name, name, told, width, Look::Field);
    list(ui, &response, name, |ui, list| rows(ui, list, current, entries, Columns::of(ui, entries)))
}

/// [`choose`] within a row of a table: framed only under the pointer or the keyboard, and told apart by `id_salt`.
pub fn choose_cell<T: PartialEq + Copy>(
    ui: &mut Ui,
    id_salt: impl Hash + Debug,
    name: &str,
    current: T,
    entries: &[Entry<'_, T>],
    width: f32,
) -> Option<T> {
    let title = title_of(current, entries);
    let response = field(ui, &id_salt, name, [title, ""], width, Look::Cell);
    list(ui, &response, name, |ui, list| rows(ui, list, current, entries, Columns::of(ui, entries)))
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
    let response = field(ui, &name, name, [title, ""], width, Look::Field);
    list(ui, &response, name, |ui, list| {
        let all: Vec<_> = groups.iter().flat_map(|(_, entries)| entries).copied().collect();
        let columns = Columns::of(ui, &all);
        for (index, (heading, entries)) in groups.iter().enumerate() {
            if index > 0 {
                ui.add_space(space::XS);
            }
            heading_row(ui, heading);
            rows(ui, list, current, entries, columns);
        }
    })
}

/// [`choose`] without a frame: the title and a small arrow, for choices within a line of text.
pub fn choose_quiet<T: PartialEq + Copy>(ui: &mut Ui, name: &str, current: T, entries: &[Entry<'_, T>]) -> Option<T> {
    let response = quiet_field(ui, name, title_of(current, entries));
    list(ui, &response, name, |ui, list| rows(ui, list, current, entries, Columns::of(ui, entries)))
}

fn title_of<'a, T: PartialEq + Copy>(current: T, entries: &[Entry<'a, T>]) -> &'a str {
    title_in(current, entries).unwrap_or_default()
}

fn title_in<'a, T: PartialEq + Copy>(current: T, entries: &[Entry<'a, T>]) -> Option<&'a str> {
    entries.iter().find(|(value, ..)| *value == current).map(|(_, title, _)| *title)
}

/// Whether a closed selector looks like a field by itself, or only while something is done with it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Field,
    Cell,
}

/// The closed selector: a title, and what is told beside it.
fn field(
    ui: &mut Ui,
    id_salt: &(impl Hash + Debug),
    name: &str,
    [title, told]: [&str; 2],
    width: f32,
    look: Look,
) -> Response {
    let t = tokens(ui);
    let id = ui.scope_id().with(("select", id_salt));
    let (_, rect) = ui.allocate_space(vec2(width.min(ui.available_width()).max(48.0), size::FIELD));
    let response = ui.interact(rect, id, Sense::click());
    describe(ui, &response, name, title);
    let open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
    let busy = response.hovered() || open;
    if look == Look::Field || busy || response.has_focus() {
        let line = if busy && look == Look::Field { t.text.muted } else { t.surface.line_field };
        let corner = CornerRadius::same(radius::CONTROL);
        ui.painter().rect(rect, corner, t.surface.field, Stroke::new(1.0, line), StrokeKind::Inside);
    }
    focus_ring(ui, &response, rect, radius::CONTROL);
    let inside = rect.shrink2(vec2(space::S, 0.0));
    let text = inside.with_max_x(inside.right() - 18.0);
    let (font, ink) = match look {
        Look::Field => (fonts::medium(size::TEXT), t.text.primary),
        Look::Cell => (fonts::regular(size::TEXT), t.text.secondary),
    };
    let title = truncated(ui, title, TextFormat::simple(font, ink), text.width());
    let place = Align2::LEFT_CENTER.align_size_within_rect(title.size(), text);
    let rest = text.with_min_x(text.left() + title.size().x + GAP);
    ui.painter().galley(place.min, title, ink);
    if !told.is_empty() && rest.width() > TOLD {
        let format = TextFormat::simple(fonts::regular(size::TEXT), t.text.muted);
        let told = truncated(ui, told, format, rest.width());
        let place = Align2::LEFT_CENTER.align_size_within_rect(told.size(), rest);
        ui.painter().galley(place.min, told, t.text.muted);
    }
    caret(ui, inside, if look == Look::Field || busy { t.text.secondary } else { t.text.muted });
    response
}

/// One line of text that ends with an ellipsis where the room does.
fn truncated(ui: &Ui, text: &str, format: TextFormat, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap = TextWrapping::truncate_at_width(width.max(0.0));
    ui.painter().layout_job(job)
}

fn quiet_field(ui: &mut Ui, name: &str, title: &str) -> Response {
    let t = tokens(ui);
    let font = fonts::regular(size::TEXT);
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
        // The least height, too: a popup would rather scroll than grow.
        let height = LIST.min(ui.ctx().content_rect().height() - 3.0 * space::L);
        let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
        area.show(ui, |ui| content(ui, &mut list));
    });
    if shown.is_some_and(|shown| shown.response.should_close()) {
        field.request_focus();
    }
    list.chosen
}

/// How wide the titles of a list are, and how wide what they mean may be.
#[derive(Clone, Copy)]
struct Columns {
    title: f32,
    meaning: f32,
}

impl Columns {
    fn of<T>(ui: &Ui, entries: &[Entry<'_, T>]) -> Self {
        let widest = |texts: &mut dyn Iterator<Item = &str>, font: FontId| {
            let width = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER);
            texts.map(|text| width(text).size().x).fold(0.0, f32::max).ceil()
        };
        let title = widest(&mut entries.iter().map(|(_, title, _)| *title), title_font());
        let meaning = widest(&mut entries.iter().map(|(.., meaning)| *meaning), meaning_font());
        // Something of the window stays visible at both sides, however much there is to say.
        let room = ui.ctx().content_rect().width() - title - GAP - TICK - 6.0 * space::L;
        Self { title, meaning: meaning.min(MEANING).min(room.max(0.0)) }
    }

    fn width(self) -> f32 {
        let meaning = if self.meaning > 0.0 { GAP + self.meaning } else { 0.0 };
        space::S + self.title + meaning + TICK + space::S
    }
}

fn title_font() -> FontId {
    fonts::medium(size::TEXT)
}

fn meaning_font() -> FontId {
    fonts::regular(size::TEXT_SMALL)
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

fn rows<T: PartialEq + Copy>(ui: &mut Ui, list: &mut List<T>, current: T, entries: &[Entry<'_, T>], columns: Columns) {
    for &(value, title, meaning) in entries {
        let response = row(ui, title, meaning, value == current, columns);
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

fn row(ui: &mut Ui, title: &str, meaning: &str, current: bool, columns: Columns) -> Response {
    let t = tokens(ui);
    let head = ui.painter().layout_no_wrap(title.to_owned(), title_font(), Color32::PLACEHOLDER);
    let tail = ui.painter().layout(meaning.to_owned(), meaning_font(), Color32::PLACEHOLDER, columns.meaning);
    let height = (tail.size().y + ROW_PADDING).max(ROW).round();
    let width = columns.width().max(ui.available_width());
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
    let corner = CornerRadius::same(radius::CONTROL);
    ui.painter().rect_filled(rect, corner, fill);
    if response.has_focus() {
        ui.painter().rect_stroke(rect, corner, Stroke::new(1.0, t.accent.main), StrokeKind::Inside);
    }
    // The first lines of both columns stand on one base line, also where the second column has more of them.
    let line = rect.top() + ROW / 2.0;
    let left = rect.left() + space::S;
    let place = pos2(left, line - head.size().y / 2.0);
    ui.painter().galley_with_override_text_color(place, head, if current { t.accent.main } else { t.text.primary });
    if !meaning.is_empty() {
        let first = tail.rows.first().map_or(0.0, |row| row.rect().height());
        let place = pos2(left + columns.title + GAP, line - first / 2.0);
        ui.painter().galley_with_override_text_color(place, tail, t.text.secondary);
    }
    if current {
        let place = pos2(rect.right() - space::S, line);
        ui.painter().text(place, Align2::RIGHT_CENTER, icon::CHECK, fonts::regular(size::TEXT), t.accent.main);
    }
    response
}
