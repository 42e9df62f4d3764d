//! The line above the cards: what there is a token for, how much that makes, and the button that mints.

use eframe::egui::{Align, Label, Layout, RichText, Ui, vec2};

use super::words::{bytes, counted};
use super::{push, set_up};
use crate::ui::request::CommandQueue;
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::button::{Button, Kind};
use crate::ui::widgets::{message, segmented};
use crate::workbench::Workbench;
use crate::workbench::bulk::BulkCommand;
use crate::workbench::bulk::setup::{By, Setup};

/// Room for the button.
const BUTTON: f32 = 84.0;

/// Draws the line.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let setup = workbench.bulk().setup();
    let ready = workbench.can_mint_many();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let choices = [(By::Count, "Count".to_owned()), (By::Rows, "Rows of a file".to_owned())];
        if let Some(by) = segmented::choose(ui, "A token for each", Some(&setup.by), &choices) {
            set_up(commands, Setup { by, from: 0, ..setup.clone() });
        }
        let words = summary(workbench);
        let room = vec2((ui.available_width() - BUTTON).max(0.0), size::FIELD);
        ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(room.x);
            ui.add(Label::new(RichText::new(words).color(tokens(ui).text.secondary)).truncate());
        });
        let rest = vec2(ui.available_width(), size::FIELD);
        ui.allocate_ui_with_layout(rest, Layout::right_to_left(Align::Center), |ui| {
            // The rest of a run comes before another one.
            let rest = workbench.bulk().run().is_some_and(|run| run.resume().is_some());
            let kind = if rest { Kind::Normal } else { Kind::Primary };
            let shown = ui.add_enabled_ui(ready.is_ok(), |ui| ui.add(Button::new(kind, "Mint…"))).inner;
            let shown = shown.on_hover_text("Asks for a file and mints into it");
            let shown = match &ready {
                Ok(()) => shown,
                Err(problem) => {
                    let why = format!("{} {}", message::sentence(&problem.message), message::sentence(&problem.help));
                    shown.on_disabled_hover_text(why)
                }
            };
            if shown.clicked() {
                push(commands, BulkCommand::Mint);
            }
        });
    });
}

/// "1,000 tokens, about 412 KB", or what is missing.
fn summary(workbench: &Workbench) -> String {
    match (workbench.estimate(), workbench.can_mint_many()) {
        (Some(estimate), Ok(())) => {
            let tokens = counted(estimate.tokens, "token", "tokens");
            format!("{tokens}, about {} (estimate)", bytes(estimate.bytes))
        }
        (None, Ok(())) => String::new(),
        (_, Err(_)) if workbench.bulk().is_running() => String::new(),
        (_, Err(problem)) => message::sentence(&problem.message).into_owned(),
    }
}
