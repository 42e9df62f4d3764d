//! The variables of the template: shown where there are any.

use eframe::egui::{RichText, Ui, vec2};

use crate::ui::request::CommandQueue;
use crate::ui::theme::{self, icon, size, space};
use crate::ui::widgets::button;
use crate::ui::widgets::card::Card;
use crate::ui::widgets::field::Field;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, DraftCommand};

/// Names are shown in this width, in points.
const NAME_WIDTH: f32 = 110.0;

/// Draws the card, or nothing when the template has no variables.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let variables = &workbench.draft().template().variables;
    if variables.is_empty() {
        return;
    }
    Card::new("Variables").subtitle("filled in where the claims say {{name}}").show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::XS + 2.0);
        for (name, variable) in variables.iter() {
            ui.horizontal(|ui| {
                let left = ui.cursor().left();
                ui.label(RichText::new(name).font(theme::fonts::mono(size::MONO)).color(theme::tokens(ui).accent.main));
                ui.add_space((left + NAME_WIDTH - ui.cursor().left()).max(0.0));
                let mut text = variable.text.clone();
                let width = ui.available_width() - 92.0;
                let label = format!("Variable {name}");
                if Field::new(&label, &mut text).mono().width(width).show(ui).changed() {
                    commands.push(set(name, text, variable.json));
                }
                let mut json = variable.json;
                if ui.checkbox(&mut json, "JSON").on_hover_text("Insert the value as JSON, not as text").changed() {
                    commands.push(set(name, variable.text.clone(), json));
                }
                if button::icon(ui, icon::TRASH, &format!("Delete variable {name}")).clicked() {
                    commands.push(Command::Draft(DraftCommand::RemoveVariable(name.to_owned())));
                }
            });
        }
    });
}

fn set(name: &str, text: String, json: bool) -> Command {
    Command::Draft(DraftCommand::SetVariable { name: name.to_owned(), text, json })
}
