//! Commands about the variables of the draft: each is one step of undo, typing in one field is joined into runs.

use super::Workbench;
use super::command::Part;
use super::edits::broken;
use super::effect::Effect;
use super::history::{Step, TextChange};
use crate::jose::error::Problem;
use crate::jose::json::Json;
use crate::jose::text::{Edit, Replacement, shown};
use crate::template::file::MAX_VARIABLES;
use crate::template::placeholder::{self, Placeholder};
use crate::template::scan;
use crate::template::variables::{Variable, Variables};

/// The name of a variable that nobody has named yet.
const NEW: &str = "variable";

impl Workbench {
    /// Changes the value of a variable, or declares it with this value.
    pub(super) fn set_variable(&mut self, name: &str, text: String, json: bool) -> Vec<Effect> {
        match self.draft.template().variables.get(name) {
            None => self.declare(name, Variable { text, json, description: String::new() }),
            Some(variable) if variable.json != json => self.change_variables(|variables| {
                if let Some(variable) = variables.get_mut(name) {
                    (variable.text, variable.json) = (text, json);
                }
            }),
            Some(_) => self.type_variable(name, "value", |variable| variable.text = text),
        }
    }

    /// Says what a variable is for.
    pub(super) fn describe_variable(&mut self, name: &str, description: String) -> Vec<Effect> {
        self.type_variable(name, "description", |variable| variable.description = description)
    }

    /// Declares a variable with a name that is free and an empty text.
    pub(super) fn add_variable(&mut self) -> Vec<Effect> {
        let name = free_variable_name(&self.draft.template().variables);
        self.declare(&name, Variable::text(""))
    }

    fn declare(&mut self, name: &str, variable: Variable) -> Vec<Effect> {
        let variables = &self.draft.template().variables;
        let refused = placeholder::check_name(name).err().or_else(|| too_many(variables.len() + 1));
        match refused {
            Some(problem) => self.complain(problem),
            None => self.change_variables(|variables| variables.insert(name, variable)),
        }
    }

    /// Takes a variable out.
    pub(super) fn remove_variable(&mut self, name: &str) -> Vec<Effect> {
        self.change_variables(|variables| drop(variables.remove(name)))
    }

    /// Gives a variable another name, in the header and the claims too.
    pub(super) fn rename_variable(&mut self, from: &str, to: &str) -> Vec<Effect> {
        let variables = &self.draft.template().variables;
        if from == to || variables.get(from).is_none() {
            return Vec::new();
        }
        match renamed(variables, to).and_then(|()| self.renamings(from, to)) {
            Ok(changes) => {
                let before = self.draft.template().variables.clone();
                self.draft.template.variables.rename(from, to);
                self.replace_with_variables(before, changes)
            }
            Err(problem) => self.complain(problem),
        }
    }

    /// The changes of the texts that follow a new name.
    fn renamings(&self, from: &str, to: &str) -> Result<Vec<TextChange>, Problem> {
        let change = |part: Part| {
            let text = self.draft.text(part);
            if !text.contains("{{") {
                return Ok(None);
            }
            let json = Json::parse(text).map_err(|problem| broken(part, text, &problem))?;
            Ok(TextChange::between(part, text, &renaming(&json, from, to).apply(text)))
        };
        Ok([change(Part::Header)?, change(Part::Claims)?].into_iter().flatten().collect())
    }

    /// Records that variables and texts changed in one step; the variables have been changed already.
    pub(super) fn replace_with_variables(&mut self, before: Variables, changes: Vec<TextChange>) -> Vec<Effect> {
        let mut back = vec![Step::Variables(before)];
        for change in changes {
            self.draft.change_text(&change);
            back.push(Step::Text(change.inverse()));
        }
        self.draft.history.record(if back.len() == 1 { back.remove(0) } else { Step::Several(back) });
        self.changed()
    }

    /// Changes the variables in one step of undo.
    pub(super) fn change_variables(&mut self, change: impl FnOnce(&mut Variables)) -> Vec<Effect> {
        let before = self.draft.template().variables.clone();
        change(&mut self.draft.template.variables);
        if before == self.draft.template().variables {
            return Vec::new();
        }
        self.replace_with_variables(before, Vec::new())
    }

    /// Changes a variable as it is typed in one of its fields.
    fn type_variable(&mut self, name: &str, field: &str, change: impl FnOnce(&mut Variable)) -> Vec<Effect> {
        let before = self.draft.template().variables.clone();
        self.draft.template.variables.get_mut(name).map(change);
        if before == self.draft.template().variables {
            return Vec::new();
        }
        self.draft.history.record_variable_typing(format!("{field} of {name}"), before, self.now);
        self.changed()
    }
}

/// A name that none of the variables has.
pub fn free_variable_name(variables: &Variables) -> String {
    let numbered = (2..).map(|number| format!("{NEW}{number}"));
    let mut names = std::iter::once(NEW.to_owned()).chain(numbered);
    names.find(|name| variables.get(name).is_none()).unwrap_or_default()
}

/// Whether a variable may be given this name.
///
/// # Errors
/// A name that placeholders cannot have, and one that is taken.
pub fn renamed(variables: &Variables, to: &str) -> Result<(), Problem> {
    placeholder::check_name(to)?;
    match variables.get(to) {
        None => Ok(()),
        Some(_) => Err(Problem::new("variable-name", format!("There is a variable '{}' already", shown(to)))
            .help("Choose another name.")),
    }
}

/// The problem of so many variables, if they are too many.
pub(super) fn too_many(count: usize) -> Option<Problem> {
    let message = format!("A template has at most {MAX_VARIABLES} variables");
    let help = "Move the values into a CSV file: its columns are variables too.";
    (count > MAX_VARIABLES).then(|| Problem::new("variable", message).help(help))
}

/// The edit that makes every placeholder of one name one of the other.
fn renaming(json: &Json, from: &str, to: &str) -> Edit {
    let meant = scan::scan(json)
        .into_iter()
        .filter(|occurrence| matches!(&occurrence.placeholder, Ok(Placeholder::Variable(name)) if name == from));
    Edit::of(meant.map(|occurrence| Replacement { span: occurrence.span, text: format!("{{{{{to}}}}}") }).collect())
}
