//! The rail at the left: one button for each page.

use eframe::egui::{self, Align2, Role, Sense, Ui, WidgetInfo, vec2};

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
        entry(ui, page, current == page, commands);
    }
    ui.with_layout(egui::Layout::bottom_up(egui::Align::Min), |ui| {
        entry(ui, Page::Settings, current == Page::Settings, commands)
    });
}

fn entry(ui: &mut Ui, page: Page, selected: bool, commands: &CommandQueue) {
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 52.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, page.label()));
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
        icon_of(page),
        theme::fonts::regular(20.0),
        colour,
    );
    ui.painter().text(
        rect.center() + vec2(0.0, 14.0),
        Align2::CENTER_CENTER,
        page.label(),
        theme::fonts::regular(size::TEXT_SMALL - 0.5),
        colour,
    );
    if response.clicked() && !selected {
        commands.push(Action::Go(page));
    }
}

fn icon_of(page: Page) -> &'static str {
    match page {
        Page::Craft => icon::PENCIL_LINE,
        Page::Inspect => icon::MAGNIFYING_GLASS,
        Page::Compare => icon::CHART_COLUMN,
        Page::Timing => icon::TIMER,
        Page::Bulk => icon::LAYERS,
        Page::Keys => icon::KEY,
        Page::Examples => icon::BOOK_OPEN,
        Page::Settings => icon::GEAR,
    }
}
