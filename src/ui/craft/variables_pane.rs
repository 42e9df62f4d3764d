//! The variables of the template: shown where there are any.

use std::sync::Arc;

use eframe::egui::{Align, Color32, Galley, Label, Layout, RichText, Role, Ui, WidgetInfo, vec2};

use crate::template::variables::Variable;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{self, icon, size, space};
use crate::ui::widgets::button;
use crate::ui::widgets::card::Card;
use crate::ui::widgets::field::Field;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, DraftCommand};

/// Names have at least this width, in points.
const NAME_LEAST: f32 = 72.0;
/// The check box and the bin behind the field.
const CONTROLS: f32 = 98.0;

/// Draws the card, or nothing when the template has no variables.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let variables = &workbench.draft().template().variables;
    if variables.is_empty() {
        return;
    }
    Card::new("Variables").subtitle("filled in where the texts say {{name}}").show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
        let longest = variables.iter().map(|(name, _)| name_text(ui, name).size().x).fold(0.0, f32::max);
        let name_width = longest.clamp(NAME_LEAST, ui.available_width() * 0.3);
        for (name, variable) in variables.iter() {
            ui.horizontal(|ui| row(ui, name, variable, name_width, commands));
        }
    });
}

fn row(ui: &mut Ui, name: &str, variable: &Variable, name_width: f32, commands: &CommandQueue) {
    let words = RichText::new(name).font(theme::fonts::mono(size::MONO)).color(theme::tokens(ui).accent.main);
    ui.allocate_ui_with_layout(vec2(name_width, size::FIELD), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(vec2(name_width, size::FIELD));
        ui.add(Label::new(words).truncate());
    });
    let mut text = variable.text.clone();
    let width = ui.available_width() - CONTROLS;
    if Field::new(&format!("Variable {name}"), &mut text).mono().width(width).show(ui).changed() {
        commands.push(set(name, text, variable.json));
    }
    let mut json = variable.json;
    let response = ui.checkbox(&mut json, "JSON").on_hover_text("Insert the value as JSON, not as text");
    let spoken = format!("Variable {name} is JSON");
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, json, &spoken));
    if response.changed() {
        commands.push(set(name, variable.text.clone(), json));
    }
    if button::icon(ui, icon::TRASH, &format!("Delete variable {name}")).clicked() {
        commands.push(Command::Draft(DraftCommand::RemoveVariable(name.to_owned())));
    }
}

fn name_text(ui: &Ui, name: &str) -> Arc<Galley> {
    ui.painter().layout_no_wrap(name.to_owned(), theme::fonts::mono(size::MONO), Color32::PLACEHOLDER)
}

fn set(name: &str, text: String, json: bool) -> Command {
    Command::Draft(DraftCommand::SetVariable { name: name.to_owned(), text, json })
}
