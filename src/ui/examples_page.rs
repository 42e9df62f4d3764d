//! The gallery of example templates.

use std::sync::Arc;

use eframe::egui::{
    Align, Align2, CursorIcon, Frame, Galley, Layout, Margin, RichText, Role, ScrollArea, Sense, Stroke, StrokeKind,
    Ui, Vec2, WidgetInfo, vec2,
};

use super::action::Action;
use super::request::CommandQueue;
use super::theme::{self, radius, size, space};
use super::widgets::focus_ring;
use crate::jose::json::Json;
use crate::jose::jwa::Algorithm;
use crate::template::file::TemplateFile;
use crate::template::gallery::{Category, Example};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, FileCommand};
use crate::workbench::facts::algorithm_of;
use crate::workbench::page::Page;

/// A card is at least this wide, in points; the cards share the room there is.
const CARD_LEAST: f32 = 250.0;
/// Between cards.
const GAP: f32 = space::M;

/// Draws the page: the examples by category, each a button that starts a draft.
pub fn ui(ui: &mut Ui, _workbench: &Workbench, commands: &CommandQueue) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(24, 20)).show(ui, |ui| {
            ui.label(RichText::new("Examples").font(theme::fonts::semibold(size::TEXT_TITLE)));
            let words = "Each starts a draft of your own; the example stays as it is.";
            ui.label(RichText::new(words).color(theme::tokens(ui).text.secondary));
            let grid = Grid::new(ui);
            for band in bands(grid.columns) {
                ui.add_space(space::L);
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing = vec2(GAP, GAP);
                    band.into_iter().for_each(|category| section(ui, category, &grid, commands));
                });
            }
        });
    });
}

/// Categories side by side where their cards fit into one row.
fn bands(columns: usize) -> Vec<Vec<Category>> {
    let mut bands: Vec<Vec<Category>> = Vec::new();
    let mut used = 0;
    for category in Category::ALL {
        let cards = category.examples().count();
        match bands.last_mut() {
            Some(band) if used + cards <= columns => {
                band.push(category);
                used += cards;
            }
            _ => {
                bands.push(vec![category]);
                used = cards;
            }
        }
    }
    bands
}

/// The measures of the cards.
struct Grid {
    columns: usize,
    card: Vec2,
}

impl Grid {
    fn new(ui: &Ui) -> Self {
        let room = ui.available_width();
        let columns = (((room + GAP) / (CARD_LEAST + GAP)) as usize).max(1);
        let width = ((room + GAP) / columns as f32 - GAP).floor();
        let texts =
            Category::ALL.into_iter().flat_map(Category::examples).filter_map(|example| example.template().ok());
        let tallest = texts.map(|template| description(ui, &template, width).size().y).fold(0.0, f32::max);
        let height = 2.0 * space::M + NAME + tallest + space::S + FACTS;
        Self { columns, card: vec2(width, height.ceil()) }
    }
}

/// Heights of the first and the last line of a card.
const NAME: f32 = 20.0;
const FACTS: f32 = 14.0;

fn section(ui: &mut Ui, category: Category, grid: &Grid, commands: &CommandQueue) {
    let tokens = theme::tokens(ui);
    let cards = category.examples().count().min(grid.columns) as f32;
    ui.allocate_ui_with_layout(vec2(cards * (grid.card.x + GAP) - GAP, 0.0), Layout::top_down(Align::Min), |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        let heading = RichText::new(category.label()).font(theme::fonts::semibold(size::TEXT));
        ui.label(heading.color(tokens.text.secondary));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(GAP, GAP);
            category.examples().for_each(|example| card(ui, example, grid.card, commands));
        });
    });
}

fn card(ui: &mut Ui, example: &Example, wanted: Vec2, commands: &CommandQueue) {
    let Ok(template) = example.template() else { return };
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Button, true, &template.name);
        info.hint_text = Some(template.description.clone());
        info
    });
    let (fill, line) = if response.hovered() {
        (tokens.surface.hover, tokens.surface.line_strong)
    } else {
        (tokens.surface.panel, tokens.surface.line)
    };
    ui.painter().rect(rect, radius::CARD, fill, Stroke::new(1.0, line), StrokeKind::Inside);
    focus_ring(ui, &response, rect, radius::CARD);
    let inside = rect.shrink(space::M);
    let painter = ui.painter_at(inside);
    let name = theme::fonts::semibold(size::TEXT);
    painter.text(inside.left_top(), Align2::LEFT_TOP, &template.name, name, tokens.text.primary);
    let text = description(ui, &template, wanted.x);
    painter.galley(inside.left_top() + vec2(0.0, NAME), text, tokens.text.secondary);
    let small = theme::fonts::regular(size::TEXT_SMALL);
    painter.text(inside.left_bottom(), Align2::LEFT_BOTTOM, facts(&template), small, tokens.text.muted);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        commands.push(Command::File(FileCommand::NewFromExample(example.file_name)));
        commands.push(Action::Go(Page::Craft));
    }
}

/// What the example is for, broken into the lines of a card of this width.
fn description(ui: &Ui, template: &TemplateFile, width: f32) -> Arc<Galley> {
    let font = theme::fonts::regular(size::TEXT_CONTROL);
    let colour = theme::tokens(ui).text.secondary;
    ui.painter().layout(template.description.clone(), font, colour, width - 2.0 * space::M)
}

/// Algorithm and number of claims.
fn facts(template: &TemplateFile) -> String {
    let algorithm = Json::parse(&template.header).and_then(|header| algorithm_of(&header)).map(Algorithm::name);
    let claims = Json::parse(&template.claims).map(|claims| claims.root().len()).unwrap_or_default();
    format!("{} · {claims} {}", algorithm.unwrap_or("no algorithm"), if claims == 1 { "claim" } else { "claims" })
}
