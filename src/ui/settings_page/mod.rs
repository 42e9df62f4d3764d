//! The settings: how the program looks, and what it remembers.

mod safety_card;

use eframe::egui::{Align, Frame, Label, Layout, Margin, RichText, ScrollArea, Ui, Vec2, vec2};

use super::action::Action;
use super::request::CommandQueue;
use super::theme::{self, icon, size, space};
use super::widgets::button::{Button, Kind};
use super::widgets::card::Card;
use super::widgets::{budget, button, segmented};
use crate::jose::text::visible_path;
use crate::measure::budget::Budget;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, FileCommand, ViewCommand};
use crate::workbench::settings::Theme;

/// The page grows no wider than this, in points.
const WIDTH: f32 = 640.0;
/// Room for a caption, in points.
const CAPTION: f32 = 96.0;
/// Room for the zoom in percent, between its two buttons.
const PERCENT: Vec2 = vec2(44.0, size::BUTTON);
/// Room for what can be done with a recent file.
const RECENT_CONTROLS: f32 = 84.0;

/// Draws the page.
pub fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(24, 20)).show(ui, |ui| {
            ui.set_max_width(WIDTH.min(ui.available_width()));
            ui.spacing_mut().item_spacing.y = space::M;
            ui.label(RichText::new("Settings").font(theme::fonts::semibold(size::TEXT_TITLE)));
            appearance(ui, workbench, commands);
            sizes(ui, workbench, commands);
            safety_card::ui(ui, workbench, commands);
            recent(ui, workbench, commands);
            let words = "The settings file holds these choices, the size of the window and the recent files. Claims, tokens, keys and secrets are never in it.";
            ui.add(Label::new(RichText::new(words).size(size::TEXT_SMALL).color(theme::tokens(ui).text.muted)).wrap());
        });
    });
}

fn appearance(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let settings = workbench.settings();
    Card::new("Appearance").show(ui, |ui| {
        row(ui, CAPTION, "Theme", |ui| {
            let choices = Theme::ALL.map(|theme| (theme, theme.label().to_owned()));
            if let Some(theme) = segmented::choose(ui, "Theme", Some(&settings.theme), &choices) {
                commands.push(Action::UseTheme(theme));
            }
        });
        row(ui, CAPTION, "Zoom", |ui| {
            let step = |ui: &mut Ui, glyph: &str, name: &str, action: Action| {
                if ui.add(Button::new(Kind::Normal, glyph).name(name)).on_hover_text(name).clicked() {
                    commands.push(action);
                }
            };
            step(ui, icon::MINUS, "Zoom out", Action::ZoomOut);
            let percent = format!("{:.0} %", settings.scale * 100.0);
            ui.add_sized(PERCENT, Label::new(percent));
            step(ui, icon::PLUS, "Zoom in", Action::ZoomIn);
            if settings.scale != 1.0 && button::link(ui, "Reset").clicked() {
                commands.push(Action::ZoomReset);
            }
        });
    });
}

fn sizes(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    Card::new("Token size").show(ui, |ui| {
        row(ui, CAPTION, "Budget", |ui| {
            let chosen = Budget::from_id(&workbench.settings().budget).unwrap_or(Budget::Cookie);
            if let Some(budget) = budget::choose(ui, "Budget of the token", chosen, 220.0) {
                commands.push(Command::View(ViewCommand::Budget(budget)));
            }
        });
        let chosen = Budget::from_id(&workbench.settings().budget).unwrap_or(Budget::Cookie);
        ui.add(
            Label::new(RichText::new(chosen.explanation()).size(size::TEXT_SMALL).color(theme::tokens(ui).text.muted))
                .wrap(),
        );
    });
}

fn recent(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    Card::new("Recent files").show(ui, |ui| {
        let recent = &workbench.settings().recent_files;
        if recent.is_empty() {
            ui.label(RichText::new("None yet.").color(theme::tokens(ui).text.secondary));
        }
        for path in recent {
            ui.horizontal(|ui| {
                let name = visible_path(path);
                let words = RichText::new(&name).font(theme::fonts::mono(size::MONO));
                let wide = vec2(ui.available_width() - RECENT_CONTROLS, size::BUTTON);
                ui.allocate_ui_with_layout(wide, Layout::left_to_right(Align::Center), |ui| {
                    ui.set_min_size(wide);
                    ui.add(Label::new(words).truncate());
                });
                if ui.add(Button::new(Kind::Link, "Open").name(&format!("Open {name}"))).clicked() {
                    commands.push(Command::File(FileCommand::OpenPath(path.clone())));
                }
                if button::icon(ui, icon::X, &format!("Forget {name}")).clicked() {
                    commands.push(Command::File(FileCommand::ForgetRecent(path.clone())));
                }
            });
        }
    });
}

/// A caption, `width` points wide, and what it is about.
fn row(ui: &mut Ui, width: f32, caption: &str, content: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        let left = ui.cursor().left();
        ui.label(RichText::new(caption).color(theme::tokens(ui).text.secondary));
        ui.add_space((left + width - ui.cursor().left()).max(0.0));
        content(ui);
    });
}
