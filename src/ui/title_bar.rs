//! The bar on top: menus, the file with its unsaved mark, and the way into the command palette.

use eframe::egui::{
    Align, Align2, Color32, FontId, Label, Layout, Pos2, Rangef, Rect, RichText, Role, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, WidgetInfo, vec2,
};

use super::action::{Action, Item, Menu};
use super::request::CommandQueue;
use super::theme::{self, icon, radius, size, space};
use super::widgets::chip::Chip;
use super::widgets::menu_bar::MenuBar;
use super::widgets::{button, focus_ring, menu};
use crate::jose::text::{visible, visible_path};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, FileCommand};

/// Height of the bar, in points.
pub const HEIGHT: f32 = 40.0;
/// Below this width the middle and the product name make room for the rest.
const NARROW: f32 = 1_000.0;
/// Below this width the search is an icon.
const NARROWEST: f32 = 760.0;
/// Width of the search field.
const SEARCH: f32 = 230.0;
/// Width of the mark of an unsaved draft.
const UNSAVED: f32 = 64.0;
/// Less room than this, in points, shows no file name.
const NAME_LEAST: f32 = 64.0;

/// Draws the bar.
pub fn ui(ui: &mut Ui, workbench: &Workbench, bar: &mut MenuBar, commands: &CommandQueue) {
    let whole = ui.max_rect();
    let room = ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        if whole.width() >= NARROW {
            ui.label(RichText::new("JWT Workbench").font(theme::fonts::semibold(size::TEXT)));
            ui.add_space(space::S);
        } else {
            // The letters of the first menu stand where the name would begin.
            ui.add_space(-space::S);
        }
        menus(ui, workbench, bar, commands);
        let left = ui.cursor().left() + space::S;
        let search = ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if whole.width() < NARROWEST {
                small_search(ui, commands)
            } else {
                search(ui, commands)
            }
            ui.min_rect().left()
        });
        Rangef::new(left, search.inner - space::S)
    });
    file_name(ui, whole, room.inner, workbench);
}

fn menus(ui: &mut Ui, workbench: &Workbench, bar: &mut MenuBar, commands: &CommandQueue) {
    let titles = Menu::ALL.map(Menu::title);
    bar.show(ui, &titles, |ui, place| {
        let items = Menu::ALL.get(place).map(|menu| menu.items()).unwrap_or_default();
        items.iter().for_each(|item| show(ui, workbench, commands, item));
    });
}

fn show(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue, item: &Item) {
    match item {
        Item::Act(action) => entry(ui, workbench, commands, *action),
        Item::RecentFiles => recent_files(ui, workbench, commands),
        Item::Line => menu::line(ui),
        Item::Sub(title, items) => {
            menu::submenu(ui, title, |ui| items.iter().for_each(|item| show(ui, workbench, commands, item)));
        }
    }
}

fn entry(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue, action: Action) {
    let keys = action.shortcut().map(|shortcut| ui.ctx().format_shortcut(&shortcut)).unwrap_or_default();
    let obstacle = action.obstacle(workbench);
    ui.add_enabled_ui(obstacle.is_none(), |ui| {
        let response = menu::entry(ui, &action.label(), &keys, action.is_on(workbench));
        if response.clicked() {
            commands.push(action);
        }
        if let Some(obstacle) = obstacle {
            response.on_disabled_hover_text(obstacle);
        }
    });
}

fn recent_files(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let recent = &workbench.settings().recent_files;
    ui.add_enabled_ui(!recent.is_empty(), |ui| {
        menu::submenu(ui, "Open recent", |ui| {
            for path in recent {
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                if menu::entry(ui, &visible(&name), "", false).on_hover_text(visible_path(path)).clicked() {
                    commands.push(Command::File(FileCommand::OpenPath(path.clone())));
                }
            }
        });
    });
}

fn small_search(ui: &mut Ui, commands: &CommandQueue) {
    if button::icon(ui, icon::MAGNIFYING_GLASS, &Action::Palette.label()).clicked() {
        commands.push(Action::Palette);
    }
}

/// The search field is a button: the palette itself takes the typing.
fn search(ui: &mut Ui, commands: &CommandQueue) {
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(SEARCH, size::FIELD), Sense::click());
    let label = Action::Palette.label();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label.as_ref()));
    let line = if response.hovered() { tokens.text.muted } else { tokens.surface.line_field };
    let painter = ui.painter();
    painter.rect(rect, radius::CONTROL, tokens.surface.field, Stroke::new(1.0, line), StrokeKind::Inside);
    focus_ring(ui, &response, rect, radius::CONTROL);
    let inside = rect.shrink2(vec2(space::S, 0.0));
    let say = |place: Pos2, align: Align2, text: &str, font: FontId| {
        painter.text(place, align, text, font, tokens.text.muted);
    };
    say(inside.left_center(), Align2::LEFT_CENTER, icon::MAGNIFYING_GLASS, theme::fonts::regular(size::ICON));
    let text = inside.left_center() + vec2(size::ICON + space::S, 0.0);
    say(text, Align2::LEFT_CENTER, &label, theme::fonts::regular(size::TEXT));
    let keys = Action::Palette.shortcut().map(|shortcut| ui.ctx().format_shortcut(&shortcut)).unwrap_or_default();
    say(inside.right_center(), Align2::RIGHT_CENTER, &keys, theme::fonts::regular(size::TEXT));
    if response.on_hover_text("Every action of the program, by name").clicked() {
        commands.push(Action::Palette);
    }
}

/// The file between the menus and the search, with a mark while it is not saved: in the middle of the window where it
/// fits there.
fn file_name(ui: &mut Ui, whole: Rect, room: Rangef, workbench: &Workbench) {
    let draft = workbench.draft();
    if room.span() < NAME_LEAST {
        return;
    }
    let room = Rect::from_x_y_ranges(room, whole.y_range());
    let title = visible(&draft.title()).into_owned();
    let words = RichText::new(&title).font(theme::fonts::mono(size::TEXT));
    let words = words.color(theme::tokens(ui).text.secondary);
    let galley = ui.painter().layout_no_wrap(title, theme::fonts::mono(size::TEXT), Color32::PLACEHOLDER);
    let chip = if draft.is_unsaved() { UNSAVED + space::S } else { 0.0 };
    let name_width = galley.size().x.ceil().min(room.width() - chip);
    let taken = name_width + chip;
    let left = (whole.center().x - taken / 2.0).clamp(room.left(), (room.right() - taken).max(room.left())).round();
    let mut child =
        ui.new_child(UiBuilder::new().max_rect(room.with_min_x(left)).layout(Layout::left_to_right(Align::Center)));
    let path = draft.path().map_or_else(|| "Not saved to a file yet".to_owned(), visible_path);
    child.scope(|ui| {
        ui.set_max_width(name_width);
        ui.add(Label::new(words).truncate().sense(Sense::hover())).on_hover_text(path);
    });
    if draft.is_unsaved() {
        Chip::warning("unsaved").show(&mut child);
    }
}
