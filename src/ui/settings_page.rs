//! The settings: how the program looks, and what it remembers.

use eframe::egui::{Frame, Label, Margin, RichText, ScrollArea, Slider, Ui};

use super::action::Action;
use super::request::CommandQueue;
use super::theme::{self, size, space};
use super::widgets::card::Card;
use super::widgets::{button, segmented, select};
use crate::measure::budget::Budget;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, FileCommand, ViewCommand};
use crate::workbench::settings::Theme;

/// The page grows no wider than this, in points.
const WIDTH: f32 = 640.0;

/// Draws the page.
pub fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    Frame::new().inner_margin(Margin::symmetric(24, 20)).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(WIDTH);
            ui.spacing_mut().item_spacing.y = space::M;
            ui.label(RichText::new("Settings").font(theme::fonts::semibold(size::TEXT_TITLE)));
            appearance(ui, workbench, commands);
            sizes(ui, workbench, commands);
            recent(ui, workbench, commands);
            let words = "The settings file holds these choices, the size of the window and the recent files. Claims, tokens, keys and secrets are never in it.";
            ui.add(Label::new(RichText::new(words).size(size::TEXT_SMALL).color(theme::tokens(ui).text.muted)).wrap());
        });
    });
}

fn appearance(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let settings = workbench.settings();
    Card::new("Appearance").show(ui, |ui| {
        row(ui, "Theme", |ui| {
            let choices = Theme::ALL.map(|theme| (theme, theme.label().to_owned()));
            if let Some(theme) = segmented::choose(ui, "Theme", Some(&settings.theme), &choices) {
                commands.push(Action::UseTheme(theme));
            }
        });
        row(ui, "Size", |ui| {
            let mut percent = settings.scale * 100.0;
            let slider = Slider::new(&mut percent, 50.0..=300.0).step_by(10.0).suffix(" %").fixed_decimals(0);
            let response = ui.add(slider);
            // Scaling while the pointer holds the slider would move the slider from under it.
            if response.drag_stopped() || (response.changed() && !response.dragged()) {
                commands.push(Command::View(ViewCommand::Scale(percent / 100.0)));
            }
        });
    });
}

fn sizes(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    Card::new("Token size").show(ui, |ui| {
        row(ui, "Budget", |ui| {
            let chosen = Budget::from_id(&workbench.settings().budget).unwrap_or(Budget::Cookie);
            let entries: Vec<_> =
                Budget::ALL.iter().map(|budget| (*budget, budget.label(), budget.explanation())).collect();
            if let Some(budget) = select::choose(ui, "Budget of the token", chosen, &entries, 220.0) {
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
                if button::icon(ui, theme::icon::X, &format!("Forget {}", path.display())).clicked() {
                    commands.push(Command::File(FileCommand::ForgetRecent(path.clone())));
                }
                ui.add(
                    Label::new(RichText::new(path.display().to_string()).font(theme::fonts::mono(size::MONO)))
                        .truncate(),
                );
            });
        }
    });
}

fn row(ui: &mut Ui, caption: &str, content: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        let left = ui.cursor().left();
        ui.label(RichText::new(caption).color(theme::tokens(ui).text.secondary));
        ui.add_space((left + 96.0 - ui.cursor().left()).max(0.0));
        content(ui);
    });
}
