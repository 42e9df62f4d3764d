//! How the program looks, and the budget that sizes are held against.

use eframe::egui::{Label, Ui, Vec2, vec2};

use super::{muted, row};
use crate::measure::budget::Budget;
use crate::ui::action::Action;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{icon, size};
use crate::ui::widgets::button::{Button, Kind};
use crate::ui::widgets::{budget, segmented};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, ViewCommand};
use crate::workbench::settings::{Motion, Theme};

/// Room for the zoom in percent, between its two buttons.
const PERCENT: Vec2 = vec2(44.0, size::BUTTON);
/// Width of the selector of a budget, in points.
const BUDGET: f32 = 190.0;

/// Theme, zoom and motion.
pub(super) fn appearance(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let settings = workbench.settings();
    row(ui, "Theme", |ui| {
        let choices = Theme::ALL.map(|theme| (theme, theme.label().to_owned()));
        if let Some(theme) = segmented::choose(ui, "Theme", Some(&settings.theme), &choices) {
            commands.push(Action::UseTheme(theme));
        }
    });
    row(ui, "Zoom", |ui| {
        let step = |ui: &mut Ui, glyph: &str, name: &str, action: Action| {
            if ui.add(Button::new(Kind::Normal, glyph).name(name)).on_hover_text(name).clicked() {
                commands.push(action);
            }
        };
        step(ui, icon::MINUS, "Zoom out", Action::ZoomOut);
        ui.add_sized(PERCENT, Label::new(format!("{:.0} %", settings.scale * 100.0)));
        step(ui, icon::PLUS, "Zoom in", Action::ZoomIn);
    });
    motion(ui, workbench, commands);
}

fn motion(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    row(ui, "Motion", |ui| {
        let choices = Motion::ALL.map(|motion| (motion, motion.label().to_owned()));
        if let Some(motion) = segmented::choose(ui, "Motion", Some(&workbench.settings().motion), &choices) {
            commands.push(Command::View(ViewCommand::Motion(motion)));
        }
    });
}

/// The budget of a token.
pub(super) fn sizes(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let chosen = Budget::from_id(&workbench.settings().budget).unwrap_or(Budget::Cookie);
    row(ui, "Budget", |ui| {
        if let Some(budget) = budget::choose(ui, "Budget of the token", chosen, BUDGET) {
            commands.push(Command::View(ViewCommand::Budget(budget)));
        }
    });
    muted(ui, chosen.explanation());
}
