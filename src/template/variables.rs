//! The variables of a template: `{{tenant}}` and what it stands for.

use serde::{Deserialize, Serialize};

use crate::jose::json::{self, Json, Kind, Value};

/// What a variable stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variable {
    /// The text itself, or the JSON text of a variable declared as JSON. Placeholders in it are not filled in.
    pub text: String,
    /// Whether it is declared as JSON: then it keeps its type where a string is nothing but this variable.
    pub json: bool,
    /// What it is for; may be empty.
    pub description: String,
}

impl Variable {
    /// A variable that is text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), json: false, description: String::new() }
    }

    /// A variable that is this JSON text.
    pub fn json(json: impl Into<String>) -> Self {
        Self { text: json.into(), json: true, description: String::new() }
    }

    /// The variable as a JSON text: a string, or the JSON text as it stands.
    pub fn to_json(&self) -> String {
        if self.json { self.text.clone() } else { json::quote(&self.text) }
    }
}

/// Variables by name, in the order they were declared; no two have the same name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variables(Vec<(String, Variable)>);

impl Variables {
    /// Reads the members of a JSON object: a string is text, anything else is JSON. Any other value has no members.
    ///
    /// Of members with the same name the last counts, at the place of the first.
    pub fn from_json(object: Value<'_>) -> Self {
        let mut variables = Self::default();
        for member in object.members() {
            let variable = match member.value.as_str() {
                Some(text) if member.value.kind() == Kind::String => Variable::text(text),
                _ => Variable::json(member.value.raw()),
            };
            variables.insert(&member.name(), variable);
        }
        variables
    }

    /// The variable of that name.
    pub fn get(&self, name: &str) -> Option<&Variable> {
        self.iter().find(|(known, _)| *known == name).map(|(_, variable)| variable)
    }

    /// Gives a variable another text. One declared as JSON stays so, a new one is text and comes last.
    pub fn set(&mut self, name: &str, text: impl Into<String>) {
        match self.get_mut(name) {
            Some(variable) => variable.text = text.into(),
            None => self.insert(name, Variable::text(text)),
        }
    }

    /// The variable of that name, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Variable> {
        self.0.iter_mut().find(|(known, _)| known == name).map(|(_, variable)| variable)
    }

    /// Gives a variable another name; it keeps its place. Returns whether it could: there is such a variable, and none of
    /// the other name.
    pub fn rename(&mut self, from: &str, to: &str) -> bool {
        if self.get(to).is_some() {
            return false;
        }
        let found = self.0.iter_mut().find(|(known, _)| known == from);
        found.map(|(name, _)| to.clone_into(name)).is_some()
    }

    /// Puts a variable in the place of the one of the same name, or last.
    pub fn insert(&mut self, name: &str, variable: Variable) {
        match self.get_mut(name) {
            Some(known) => *known = variable,
            None => self.0.push((name.to_owned(), variable)),
        }
    }

    /// Takes a variable out.
    pub fn remove(&mut self, name: &str) -> Option<Variable> {
        let index = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(index).1)
    }

    /// All names and variables, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Variable)> {
        self.0.iter().map(|(name, variable)| (name.as_str(), variable))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The variables as a JSON object on one line, `{ "tenant": "acme" }`.
    pub fn to_json(&self) -> String {
        if self.is_empty() {
            return "{}".to_owned();
        }
        let members: Vec<String> =
            self.iter().map(|(name, variable)| format!("{}: {}", json::quote(name), variable.to_json())).collect();
        format!("{{ {} }}", members.join(", "))
    }

    /// The first variable declared as JSON whose text is not JSON.
    pub(super) fn broken(&self) -> Option<&str> {
        self.iter().find(|(_, variable)| variable.json && Json::parse(&variable.text).is_err()).map(|(name, _)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Variables {
        Variables::from_json(Json::parse(text).unwrap().root())
    }

    #[test]
    fn strings_are_text_and_the_rest_is_json() {
        let variables = read(r#"{"a": "x\n", "b": 1.50, "c": [ 1 ], "a": "y"}"#);
        assert_eq!(variables.len(), 3);
        assert_eq!(variables.get("a"), Some(&Variable::text("y")));
        assert_eq!(variables.get("b"), Some(&Variable::json("1.50")));
        assert_eq!(variables.to_json(), r#"{ "a": "y", "b": 1.50, "c": [ 1 ] }"#);
        assert_eq!(read("{}").to_json(), "{}");
        assert!(read("[1]").is_empty());
    }

    #[test]
    fn setting_keeps_the_declared_type() {
        let mut variables = read(r#"{"quota": 5}"#);
        variables.set("quota", "many");
        variables.set("tenant", "acme");
        assert_eq!(variables.get("quota"), Some(&Variable::json("many")));
        assert_eq!(variables.get("tenant"), Some(&Variable::text("acme")));
        assert_eq!(variables.broken(), Some("quota"));
        assert_eq!(variables.remove("quota").map(|variable| variable.text), Some("many".into()));
        assert_eq!(variables.get("quota"), None);
    }

    #[test]
    fn renaming_keeps_the_place_and_never_drops_another() {
        let mut variables = read(r#"{"a": 1, "b": "x"}"#);
        assert!(variables.rename("a", "c"));
        assert!(!variables.rename("c", "b"), "there is a b");
        assert!(!variables.rename("a", "d"), "there is no a");
        assert_eq!(variables.to_json(), r#"{ "c": 1, "b": "x" }"#);
    }
}
