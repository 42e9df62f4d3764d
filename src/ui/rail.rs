//! The rail at the left: one button for each page.

use eframe::egui::{self, Align2, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::action::Action;
use super::request::CommandQueue;
use super::theme::{self, icon, radius, size, space};
use crate::workbench::Workbench;
use crate::workbench::page::Page;

/// Width of the rail, in points.
pub const WIDTH: f32 = 64.0;

/// Draws the rail. The settings stand at its foot.
pub fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    ui.spacing_mut().item_spacing.y = space::XS;
    let current = workbench.settings().page;
    for page in Page::ALL.into_iter().filter(|page| *page != Page::Settings) {
        go_to(ui, page, current, commands);
    }
    let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(line.x_range().shrink(space::S), line.center().y, (1.0, theme::tokens(ui).surface.line));
    library(ui, workbench, commands);
    ui.with_layout(egui::Layout::bottom_up(egui::Align::Min), |ui| go_to(ui, Page::Settings, current, commands));
}

fn go_to(ui: &mut Ui, page: Page, current: Page, commands: &CommandQueue) {
    if entry(ui, icon_of(page), page.label(), current == page).clicked() && current != page {
        commands.push(Action::Go(page));
    }
}

/// No page but a panel beside one: a second click closes it.
fn library(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let open = Action::Library.is_on(workbench);
    let keys = Action::Library.shortcut().map(|shortcut| ui.ctx().format_shortcut(&shortcut)).unwrap_or_default();
    let response = entry(ui, icon::BOOK_OPEN, &Action::Library.label(), open);
    if response.on_hover_text(format!("Your templates and the examples, {keys}")).clicked() {
        commands.push(Action::Library);
    }
}

fn entry(ui: &mut Ui, glyph: &str, label: &str, selected: bool) -> Response {
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 52.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, label));
    let colour = if selected { tokens.accent.main } else { tokens.text.secondary };
    if selected {
        ui.painter().rect_filled(rect, radius::CARD, tokens.accent.background);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, radius::CARD, tokens.surface.hover);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(
            rect,
            radius::CARD,
            egui::Stroke::new(1.5, tokens.accent.main),
            egui::StrokeKind::Inside,
        );
    }
    ui.painter().text(
        rect.center() - vec2(0.0, 8.0),
        Align2::CENTER_CENTER,
        glyph,
        theme::fonts::regular(20.0),
        colour,
    );
    ui.painter().text(
        rect.center() + vec2(0.0, 14.0),
        Align2::CENTER_CENTER,
        label,
        theme::fonts::regular(size::TEXT_SMALL - 0.5),
        colour,
    );
    response
}

fn icon_of(page: Page) -> &'static str {
    match page {
        Page::Craft => icon::PENCIL_LINE,
        Page::Inspect => icon::MAGNIFYING_GLASS,
        Page::Compare => icon::CHART_COLUMN,
        Page::Timing => icon::TIMER,
        Page::Bulk => icon::LAYERS,
        Page::Keys => icon::KEY,
        Page::Settings => icon::GEAR,
    }
}
