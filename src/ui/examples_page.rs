//! The gallery of example templates.

use eframe::egui::{
    self, Align, Align2, Frame, Label, Layout, Margin, RichText, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, vec2,
};

use super::action::Action;
use super::request::CommandQueue;
use super::theme::{self, radius, size, space};
use crate::jose::json::Json;
use crate::jose::jwa::Algorithm;
use crate::template::file::TemplateFile;
use crate::template::gallery::{Category, Example};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, FileCommand};
use crate::workbench::facts::algorithm_of;
use crate::workbench::page::Page;

const CARD_WIDTH: f32 = 270.0;
const CARD_HEIGHT: f32 = 112.0;

/// Draws the page: the examples by category, each a button that starts a draft.
pub fn ui(ui: &mut Ui, _workbench: &Workbench, commands: &CommandQueue) {
    Frame::new().inner_margin(Margin::symmetric(24, 20)).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let tokens = theme::tokens(ui);
            ui.label(RichText::new("Examples").font(theme::fonts::semibold(size::TEXT_TITLE)));
            ui.label(
                RichText::new("Each starts a draft of your own; the example stays as it is.")
                    .color(tokens.text.secondary),
            );
            for category in Category::ALL {
                ui.add_space(space::M);
                ui.label(
                    RichText::new(category.label())
                        .font(theme::fonts::semibold(size::TEXT))
                        .color(tokens.text.secondary),
                );
                ui.add_space(space::XS);
                row(ui, category.examples(), commands);
            }
        });
    });
}

fn row(ui: &mut Ui, examples: impl Iterator<Item = &'static Example>, commands: &CommandQueue) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::M, space::M);
        for example in examples {
            card(ui, example, commands);
        }
    });
}

fn card(ui: &mut Ui, example: &Example, commands: &CommandQueue) {
    let Ok(template) = example.template() else { return };
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(CARD_WIDTH, CARD_HEIGHT), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &template.name));
    let lit = response.hovered() || response.has_focus();
    let border = if lit { tokens.accent.main } else { tokens.surface.line };
    ui.painter().rect(rect, radius::CARD, tokens.surface.panel, Stroke::new(1.0, border), egui::StrokeKind::Inside);
    let mut inside =
        ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink(space::M)).layout(Layout::top_down(Align::Min)));
    inside.spacing_mut().item_spacing.y = space::XS;
    inside.add(
        Label::new(RichText::new(&template.name).font(theme::fonts::semibold(size::TEXT))).truncate().selectable(false),
    );
    inside.add(
        Label::new(RichText::new(&template.description).size(size::TEXT_SMALL + 0.5).color(tokens.text.secondary))
            .wrap()
            .selectable(false),
    );
    let facts = facts(&template);
    ui.painter().text(
        rect.left_bottom() + vec2(space::M, -space::M),
        Align2::LEFT_BOTTOM,
        facts,
        theme::fonts::regular(size::TEXT_SMALL),
        tokens.text.muted,
    );
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        commands.push(Command::File(FileCommand::NewFromExample(example.file_name)));
        commands.push(Action::Go(Page::Craft));
    }
}

/// Algorithm and number of claims.
fn facts(template: &TemplateFile) -> String {
    let algorithm = Json::parse(&template.header).and_then(|header| algorithm_of(&header)).map(Algorithm::name);
    let claims = Json::parse(&template.claims).map(|claims| claims.root().len()).unwrap_or_default();
    format!("{} · {claims} {}", algorithm.unwrap_or("no algorithm"), if claims == 1 { "claim" } else { "claims" })
}
