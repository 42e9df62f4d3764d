//! The variables of a template: `{{tenant}}` and what it stands for.

use crate::jose::json::{self, Json, Kind, Value};

/// What a variable stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The text itself, or the JSON text of a variable declared as JSON. Placeholders in it are not filled in.
    pub text: String,
    /// Whether it is declared as JSON: then it keeps its type where a string is nothing but this variable.
    pub json: bool,
}

impl Variable {
    /// The variable as a JSON text: a string, or the JSON text as it stands.
    pub fn to_json(&self) -> String {
        if self.json { self.text.clone() } else { json::quote(&self.text) }
    }
}

/// Variables by name, in the order they were declared; no two have the same name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variables(Vec<(String, Variable)>);

impl Variables {
    /// Reads the members of a JSON object: a string is text, anything else is JSON. Any other value has no members.
    ///
    /// Of members with the same name the last counts, at the place of the first.
    pub fn from_json(object: Value<'_>) -> Self {
        let mut variables = Self::default();
        for member in object.members() {
            let variable = match member.value.as_str() {
                Some(text) if member.value.kind() == Kind::String => Variable { text: text.into_owned(), json: false },
                _ => Variable { text: member.value.raw().to_owned(), json: true },
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
        let json = self.get(name).is_some_and(|variable| variable.json);
        self.insert(name, Variable { text: text.into(), json });
    }

    /// Puts a variable in the place of the one of the same name, or last.
    pub fn insert(&mut self, name: &str, variable: Variable) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = variable,
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
        assert_eq!(variables.get("a"), Some(&Variable { text: "y".into(), json: false }));
        assert_eq!(variables.get("b"), Some(&Variable { text: "1.50".into(), json: true }));
        assert_eq!(variables.to_json(), r#"{ "a": "y", "b": 1.50, "c": [ 1 ] }"#);
        assert_eq!(read("{}").to_json(), "{}");
        assert!(read("[1]").is_empty());
    }

    #[test]
    fn setting_keeps_the_declared_type() {
        let mut variables = read(r#"{"quota": 5}"#);
        variables.set("quota", "many");
        variables.set("tenant", "acme");
        assert_eq!(variables.get("quota"), Some(&Variable { text: "many".into(), json: true }));
        assert_eq!(variables.get("tenant"), Some(&Variable { text: "acme".into(), json: false }));
        assert_eq!(variables.broken(), Some("quota"));
        assert_eq!(variables.remove("quota").map(|variable| variable.text), Some("many".into()));
        assert_eq!(variables.get("quota"), None);
    }
}
