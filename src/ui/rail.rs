//! The rail at the left: one button for each page.

use eframe::egui::{self, Align2, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::action::Action;
use super::request::CommandQueue;
use super::theme::{self, icon, radius, size, space};
use super::widgets::focus_ring;
use crate::workbench::Workbench;
use crate::workbench::page::Page;

/// Width of the rail, in points.
pub const WIDTH: f32 = 64.0;

/// Height of an entry, and of one that is an icon alone, in points.
const ENTRY: f32 = 52.0;
const ENTRY_BARE: f32 = 32.0;
/// Less height than this has no room for words below the icons: those of the pages and of the library.
const WITH_WORDS: f32 = (Page::ALL.len() + 1) as f32 * (ENTRY + space::XS) + space::S;

/// Draws the rail. The settings stand at its foot. In a low window the entries are icons alone.
pub fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    ui.spacing_mut().item_spacing.y = space::XS;
    let current = workbench.settings().page;
    let height = if ui.available_height() < WITH_WORDS { ENTRY_BARE } else { ENTRY };
    for page in Page::ALL.into_iter().filter(|page| *page != Page::Settings) {
        go_to(ui, page, current, height, commands);
    }
    let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(line.x_range().shrink(space::S), line.center().y, (1.0, theme::tokens(ui).surface.line));
    library(ui, workbench, height, commands);
    let foot = egui::Layout::bottom_up(egui::Align::Min);
    ui.with_layout(foot, |ui| go_to(ui, Page::Settings, current, height, commands));
}

fn go_to(ui: &mut Ui, page: Page, current: Page, height: f32, commands: &CommandQueue) {
    if entry(ui, icon_of(page), page.label(), height, current == page).clicked() && current != page {
        commands.push(Action::Go(page));
    }
}

/// No page but a panel beside one: a second click closes it.
fn library(ui: &mut Ui, workbench: &Workbench, height: f32, commands: &CommandQueue) {
    let open = Action::Library.is_on(workbench);
    let keys = Action::Library.shortcut().map(|shortcut| ui.ctx().format_shortcut(&shortcut)).unwrap_or_default();
    let response = entry(ui, icon::BOOK_OPEN, &Action::Library.label(), height, open);
    if response.on_hover_text(format!("Your templates and the examples, {keys}")).clicked() {
        commands.push(Action::Library);
    }
}

fn entry(ui: &mut Ui, glyph: &str, label: &str, height: f32, selected: bool) -> Response {
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, label));
    let colour = if selected { tokens.accent.main } else { tokens.text.secondary };
    if selected {
        ui.painter().rect_filled(rect, radius::CARD, tokens.accent.background);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, radius::CARD, tokens.surface.hover);
    }
    focus_ring(ui, &response, rect.shrink(1.0), radius::CARD);
    let say = |below: f32, text: &str, size: f32| {
        let place = rect.center() + vec2(0.0, below);
        ui.painter().text(place, Align2::CENTER_CENTER, text, theme::fonts::regular(size), colour);
    };
    if height == ENTRY_BARE {
        say(0.0, glyph, size::ICON_LARGE);
        return response.on_hover_text(label);
    }
    say(-space::S, glyph, size::ICON_LARGE);
    say(space::M, label, size::TEXT_SMALL);
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
