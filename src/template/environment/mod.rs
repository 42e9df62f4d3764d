//! Variables as other programs export them: the environments of Postman, Insomnia and Bruno.
//!
//! What a program marks as secret is never taken over, and its value is not kept anywhere: only the name is told.

mod bruno;
mod insomnia;
mod postman;

use super::file::MAX_VARIABLES;
use super::placeholder::check_name;
use super::variables::{Variable, Variables};
use crate::jose::error::Problem;
use crate::jose::json::{Kind, Value};

/// The variables of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// The program it was exported from.
    pub program: &'static str,
    /// What it is called there; may be empty.
    pub name: String,
    /// What can be taken over.
    pub variables: Variables,
    /// What cannot, in the order of the file.
    pub left_out: Vec<LeftOut>,
}

/// A variable that is not taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name.
    pub name: String,
    /// Why, as the end of a sentence that begins with the name.
    pub why: &'static str,
}

/// It is marked as secret.
const SECRET: &str = "is a secret";
/// It is switched off.
const OFF: &str = "is switched off";
/// A placeholder could not name it.
const NAME: &str = "has a name that a placeholder cannot have";
/// Another environment of the file has it too, with another value.
const TWICE: &str = "has another value in another environment of the file";
/// There are too many.
const MANY: &str = "is one too many: a template has at most 1000 variables";

impl Environment {
    /// Reads a JSON text; `None` when it is not the export of a program known here.
    pub fn of_json(root: Value<'_>) -> Option<Self> {
        postman::read(root).or_else(|| insomnia::read(root)).or_else(|| bruno::read_json(root))
    }

    /// Reads a text that is no JSON; `None` when it is not the export of a program known here.
    ///
    /// # Errors
    /// An export in a form that is not read here.
    pub fn of_text(text: &str) -> Option<Result<Self, Problem>> {
        if insomnia::is_yaml(text) {
            return Some(Err(insomnia::yaml()));
        }
        bruno::read_text(text).map(Ok)
    }

    fn new(program: &'static str, name: impl Into<String>) -> Self {
        Self { program, name: name.into(), variables: Variables::default(), left_out: Vec::new() }
    }

    /// Takes a variable over, unless it cannot be; of several with one name the first counts.
    fn add(&mut self, name: &str, variable: Variable) {
        if check_name(name).is_err() {
            self.leave_out(name, NAME);
        } else if let Some(known) = self.variables.get(name) {
            if *known != variable {
                self.leave_out(name, TWICE);
            }
        } else if self.variables.len() == MAX_VARIABLES {
            self.leave_out(name, MANY);
        } else {
            self.variables.insert(name, variable);
        }
    }

    fn leave_out(&mut self, name: &str, why: &'static str) {
        let left = LeftOut { name: name.to_owned(), why };
        if !self.left_out.contains(&left) {
            self.left_out.push(left);
        }
    }
}

/// A member that is text; empty where there is none.
fn text(object: Value<'_>, name: &str) -> String {
    object.get(name).and_then(Value::as_str).unwrap_or_default().into_owned()
}

/// Whether a member is this.
fn is(object: Value<'_>, name: &str, expected: bool) -> bool {
    object.get(name).and_then(Value::as_bool) == Some(expected)
}

/// A value as a variable: a string is text, anything else keeps its type.
fn variable(value: Value<'_>) -> Variable {
    match value.as_str() {
        Some(text) if value.kind() == Kind::String => Variable::text(text),
        _ => Variable::json(value.raw()),
    }
}

#[cfg(test)]
mod tests;
