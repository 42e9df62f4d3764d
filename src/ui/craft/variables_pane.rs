//! The variables of the template: shown where there are any. Each can be renamed, changed, described and deleted.

use eframe::egui::{Id, Key, Label, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use crate::jose::json::Json;
use crate::template::variables::{Variable, Variables};
use crate::ui::action::Action;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{icon, size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::{button, check_box};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, DraftCommand};
use crate::workbench::variable_commands::{free_variable_name, renamed};

/// The check box and the bin behind the fields, in points.
const CONTROLS: f32 = 98.0;
/// What a variable is for stands on a line of its own where the card is narrower, in points.
const ONE_LINE: f32 = 520.0;
/// The shares of a line that name and value take beside what the variable is for.
const SHARES: [f32; 2] = [0.28, 0.36];
/// The share of the name where it has only the value beside it.
const NAME_SHARE: f32 = 0.36;

/// View state of the card.
#[derive(Debug, Default)]
pub(super) struct VariablesPane {
    /// The name that is being typed over that of a variable, and why it cannot be taken.
    typed: Option<(String, String)>,
    /// The variable whose name takes the keyboard once it is there.
    focus: Option<String>,
}

impl VariablesPane {
    /// The command that declares a variable, whose name takes the keyboard then.
    pub(super) fn add(&mut self, workbench: &Workbench) -> Command {
        self.focus = Some(free_variable_name(&workbench.draft().template().variables));
        Command::Draft(DraftCommand::AddVariable)
    }

    /// Draws the card, or nothing when the template has no variables.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        let variables = &workbench.draft().template().variables;
        if variables.is_empty() {
            return;
        }
        let add = |ui: &mut Ui| {
            if button::ghost(ui, "Add").on_hover_text("Add a variable").clicked() {
                commands.push(Action::AddVariable);
            }
        };
        Card::new("Variables").subtitle("filled in where the texts say {{name}}").actions(add).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
            for (index, (name, variable)) in variables.iter().enumerate() {
                ui.push_id(("variable", index), |ui| self.row(ui, name, variable, variables, commands));
            }
        });
    }

    fn row(&mut self, ui: &mut Ui, name: &str, variable: &Variable, variables: &Variables, commands: &CommandQueue) {
        let gaps = 3.0 * ui.spacing().item_spacing.x;
        let room = ui.available_width() - CONTROLS - gaps;
        let one_line = ui.available_width() >= ONE_LINE;
        let [name_width, value_width] =
            if one_line { SHARES.map(|share| room * share) } else { [room * NAME_SHARE, room * (1.0 - NAME_SHARE)] };
        let mut complaint = None;
        ui.horizontal(|ui| {
            complaint = self.name(ui, name, name_width, variables, commands);
            complaint = value(ui, name, variable, value_width, commands).or(complaint.take());
            if one_line {
                description(ui, name, variable, room - name_width - value_width, commands);
            }
            controls(ui, name, variable, commands);
        });
        if !one_line {
            ui.horizontal(|ui| {
                ui.allocate_exact_size(vec2(name_width, size::FIELD), Sense::hover());
                description(ui, name, variable, room - name_width, commands);
            });
        }
        if let Some(complaint) = complaint {
            let words = RichText::new(complaint).size(size::TEXT_SMALL).color(tokens(ui).status.error);
            ui.add(Label::new(words).wrap());
        }
    }

    /// The field for the name; it is taken over when it is left. Returns why it cannot be.
    fn name(
        &mut self,
        ui: &mut Ui,
        name: &str,
        width: f32,
        variables: &Variables,
        commands: &CommandQueue,
    ) -> Option<String> {
        let typed = self.typed.as_ref().filter(|(of, _)| of == name).map(|(_, typed)| typed.clone());
        let mut text = typed.unwrap_or_else(|| name.to_owned());
        let problem = (text != name).then(|| renamed(variables, &text).err()).flatten();
        let words = problem.map(|problem| format!("{}. {}", problem.message, problem.help));
        let spoken = format!("Name of variable {name}");
        let field = Field::new(&spoken, &mut text).mono().width(width).id_salt("name").error(words.as_deref());
        let response = field.show(ui).on_hover_text("The name, as in {{name}}; the texts follow when it changes");
        if self.focus.as_deref() == Some(name) {
            self.focus = None;
            response.request_focus();
            select_all(ui, response.id, &text);
        }
        if response.changed() {
            self.typed = Some((name.to_owned(), text.clone()));
        }
        if response.lost_focus() {
            let given_up = ui.input(|input| input.key_pressed(Key::Escape));
            self.typed = None;
            if words.is_none() && text != name && !given_up {
                commands.push(Command::Draft(DraftCommand::RenameVariable(name.to_owned(), text)));
            }
        }
        words.filter(|_| self.typed.is_some())
    }
}

/// Selects all of a text field, so that typing replaces it.
fn select_all(ui: &Ui, id: Id, text: &str) {
    use eframe::egui::text::{CCursor, CCursorRange};
    let mut state = eframe::egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let range = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(range));
    state.store(ui.ctx(), id);
}

/// The field for the value. Returns what is wrong with it.
fn value(ui: &mut Ui, name: &str, variable: &Variable, width: f32, commands: &CommandQueue) -> Option<String> {
    let mut text = variable.text.clone();
    let problem = variable.json.then(|| Json::parse(&variable.text).err()).flatten();
    let words = problem.map(|problem| format!("{name} is no JSON: {}.", problem.message.trim_end_matches('.')));
    let spoken = format!("Variable {name}");
    let field = Field::new(&spoken, &mut text).mono().width(width).placeholder("value").error(words.as_deref());
    if field.show(ui).changed() {
        commands.push(set(name, text, variable.json));
    }
    words
}

fn description(ui: &mut Ui, name: &str, variable: &Variable, width: f32, commands: &CommandQueue) {
    let mut words = variable.description.clone();
    let spoken = format!("Description of variable {name}");
    let field = Field::new(&spoken, &mut words).quiet().width(width).placeholder("what it is for");
    if field.id_salt("description").show(ui).changed() {
        commands.push(Command::Draft(DraftCommand::DescribeVariable(name.to_owned(), words)));
    }
}

fn controls(ui: &mut Ui, name: &str, variable: &Variable, commands: &CommandQueue) {
    let mut json = variable.json;
    let response = check_box::show(ui, &mut json, "JSON").on_hover_text("Insert the value as JSON, not as text");
    let spoken = format!("Variable {name} is JSON");
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, json, &spoken));
    if response.changed() {
        commands.push(set(name, variable.text.clone(), json));
    }
    if button::icon(ui, icon::TRASH, &format!("Delete variable {name}")).clicked() {
        commands.push(Command::Draft(DraftCommand::RemoveVariable(name.to_owned())));
    }
}

fn set(name: &str, text: String, json: bool) -> Command {
    Command::Draft(DraftCommand::SetVariable { name: name.to_owned(), text, json })
}
