//! The rows between the templates: headings, and what is to be said of a folder.

use eframe::egui::{Align2, CursorIcon, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::rows::Row;
use crate::jose::text::{visible, visible_path};
use crate::ui::request::CommandQueue;
use crate::ui::theme::{fonts, icon, radius, size, space, tokens};
use crate::ui::widgets::cut::cut;
use crate::ui::widgets::{button, focus_ring, menu};
use crate::workbench::Workbench;
use crate::workbench::command::Command;
use crate::workbench::library::LibraryCommand;
use crate::workbench::library::entry::Shelf;

/// The heading of a folder of the user; whether it was clicked.
pub(super) fn heading(ui: &mut Ui, rect: Rect, shelf: &Shelf, folded: bool, commands: &CommandQueue) -> bool {
    let title = visible(&shelf.title()).into_owned();
    let response = fold(ui, rect, &title, folded).on_hover_text(visible_path(&shelf.folder));
    response.context_menu(|ui| actions(ui, shelf, commands));
    response.clicked()
}

/// What can be done with a folder, as entries of a menu.
pub(super) fn actions(ui: &mut Ui, shelf: &Shelf, commands: &CommandQueue) {
    let mut entry = |label: &str, command: LibraryCommand| {
        if menu::entry(ui, label, "", false).clicked() {
            commands.push(Command::Library(command));
        }
    };
    if shelf.problem.is_none() {
        entry("New template", LibraryCommand::New(shelf.folder.clone()));
        entry("Save the draft here", LibraryCommand::SaveDraft(shelf.folder.clone()));
        entry("Show in the file manager", LibraryCommand::Reveal(shelf.folder.clone()));
    }
    entry("Remove from the library", LibraryCommand::ForgetFolder(shelf.folder.clone()));
}

/// The heading of the examples; whether it was clicked.
pub(super) fn examples_heading(ui: &mut Ui, rect: Rect, folded: bool) -> bool {
    fold(ui, rect, "Examples", folded).on_hover_text("Each starts a draft; the example stays as it is").clicked()
}

fn fold(ui: &mut Ui, rect: Rect, title: &str, folded: bool) -> eframe::egui::Response {
    let t = tokens(ui);
    let response = ui.allocate_rect(rect, Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Button, true, title);
        info.hint_text = Some(if folded { "folded" } else { "unfolded" }.to_owned());
        info
    });
    if response.hovered() {
        ui.painter().rect_filled(rect, radius::CONTROL, t.surface.hover);
    }
    focus_ring(ui, &response, rect.shrink(1.0), radius::CONTROL);
    let arrow = if folded { icon::CARET_RIGHT } else { icon::CARET_DOWN };
    let place = rect.left_center() + vec2(2.0, 0.0);
    ui.painter().text(place, Align2::LEFT_CENTER, arrow, fonts::regular(size::TEXT), t.text.muted);
    let words = rect.with_min_x(rect.left() + space::M + space::S).with_max_x(rect.right() - space::S);
    cut(ui, words, title, fonts::semibold(size::TEXT), t.text.secondary);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// A row that only says something.
pub(super) fn remark(ui: &mut Ui, workbench: &Workbench, row: &Row, rect: Rect, commands: &CommandQueue) {
    let t = tokens(ui);
    let words = rect.with_min_x(rect.left() + space::M + space::S);
    let small = fonts::regular(size::TEXT_SMALL);
    match row {
        Row::Problem(number) => {
            if let Some(shelf) = workbench.library().shelves().get(*number) {
                problem(ui, shelf, words, commands);
            }
        }
        Row::Group(group) => say(ui, words, &visible(group), fonts::semibold(size::TEXT_SMALL), t.text.secondary),
        Row::Category(category) => {
            say(ui, words, category.label(), fonts::semibold(size::TEXT_SMALL), t.text.secondary)
        }
        Row::Bare => {
            let (upper, lower) = words.shrink2(vec2(0.0, space::XS)).split_top_bottom_at_fraction(0.5);
            say(ui, upper, "No templates in this folder yet.", small.clone(), t.text.muted);
            say(ui, lower, "Files named *.jwt.json are listed.", small, t.text.muted);
        }
        Row::Nothing => say(ui, words, "No template is like that.", fonts::regular(size::TEXT), t.text.muted),
        Row::Shelf(_) | Row::Entry(_) | Row::Examples | Row::Example(_) => {}
    }
}

fn say(ui: &mut Ui, rect: Rect, text: &str, font: eframe::egui::FontId, ink: eframe::egui::Color32) {
    ui.allocate_rect(rect, Sense::hover()).widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    cut(ui, rect, text, font, ink);
}

/// What is wrong with a folder, and how to get rid of it.
fn problem(ui: &mut Ui, shelf: &Shelf, rect: Rect, commands: &CommandQueue) {
    let Some(problem) = &shelf.problem else { return };
    let t = tokens(ui);
    let (upper, lower) = rect.split_top_bottom_at_fraction(0.5);
    let hover = format!("{}. {}", problem.message, problem.help);
    let response = ui.allocate_rect(upper, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &problem.message));
    response.on_hover_text(hover);
    cut(ui, upper, &problem.message, fonts::regular(size::TEXT_SMALL), t.status.error);
    let builder = eframe::egui::UiBuilder::new().max_rect(lower);
    ui.scope_builder(builder, |ui| {
        if button::link(ui, "Remove from the library").clicked() {
            commands.push(Command::Library(LibraryCommand::ForgetFolder(shelf.folder.clone())));
        }
    });
}
