//! The claims as a table: types, and what a value becomes when its type is changed.

use std::collections::HashSet;
use std::iter::once;

use crate::jose::json::{self, Json, Kind, Value};
use crate::template::placeholder::{self, Placeholder};

/// The types that a row of the table offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimType {
    /// A JSON string.
    Text,
    /// A JSON number.
    Number,
    /// An instant: a NumericDate, or a `now` placeholder.
    Time,
    /// `true` or `false`.
    Boolean,
    /// A JSON array.
    Array,
    /// A JSON object.
    Object,
    /// `null`.
    Null,
}

impl ClaimType {
    /// All types, the common ones first.
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Number, Self::Time, Self::Boolean, Self::Array, Self::Object, Self::Null];

    /// The word for it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::Number => "Number",
            Self::Time => "Time",
            Self::Boolean => "Boolean",
            Self::Array => "Array",
            Self::Object => "Object",
            Self::Null => "Null",
        }
    }

    /// The type of a value as it stands in the text.
    pub fn of(value: Value<'_>) -> Self {
        match value.kind() {
            Kind::String if is_instant(value) => Self::Time,
            Kind::String => Self::Text,
            Kind::Number => Self::Number,
            Kind::Bool => Self::Boolean,
            Kind::Array => Self::Array,
            Kind::Object => Self::Object,
            Kind::Null => Self::Null,
        }
    }
}

fn is_instant(value: Value<'_>) -> bool {
    let inner = value.raw().strip_prefix("\"{{").and_then(|rest| rest.strip_suffix("}}\""));
    inner.is_some_and(|inner| matches!(placeholder::parse(inner), Ok(Placeholder::Now { .. })))
}

/// The text in the value cell: a string without its quotes, anything else as it stands.
pub fn cell(value: Value<'_>) -> String {
    value.as_str().map_or_else(|| value.raw().to_owned(), std::borrow::Cow::into_owned)
}

/// The JSON text for what was typed into a cell of this type; `None` when it is not of the type.
pub fn uncell(kind: ClaimType, cell: &str) -> Option<String> {
    if matches!(kind, ClaimType::Text) {
        return Some(json::quote(cell));
    }
    let trimmed = cell.trim();
    if kind == ClaimType::Time {
        let quoted = json::quote(trimmed);
        let typed = Json::parse(if trimmed.starts_with("{{") { &quoted } else { trimmed }).ok()?;
        let fits = is_instant(typed.root()) || typed.root().as_i64().is_some();
        return fits.then(|| typed.text().to_owned());
    }
    let typed = Json::parse(trimmed).ok()?;
    let fits = match kind {
        ClaimType::Number => typed.root().kind() == Kind::Number,
        ClaimType::Boolean => typed.root().kind() == Kind::Bool,
        ClaimType::Array => typed.root().kind() == Kind::Array,
        ClaimType::Object => typed.root().kind() == Kind::Object,
        ClaimType::Null => typed.root().kind() == Kind::Null,
        ClaimType::Text | ClaimType::Time => false,
    };
    fits.then(|| trimmed.to_owned())
}

/// The JSON text that a value becomes when its type changes; keeps what can be kept.
pub fn retype(value: Value<'_>, kind: ClaimType) -> String {
    let content = cell(value);
    match kind {
        ClaimType::Text => json::quote(&content),
        ClaimType::Array if value.kind() != Kind::Null => {
            uncell(kind, &content).unwrap_or_else(|| format!("[{}]", value.raw()))
        }
        ClaimType::Number
        | ClaimType::Boolean
        | ClaimType::Array
        | ClaimType::Object
        | ClaimType::Time
        | ClaimType::Null => uncell(kind, &content).unwrap_or_else(|| start_value(kind).to_owned()),
    }
}

fn start_value(kind: ClaimType) -> &'static str {
    match kind {
        ClaimType::Text => "\"\"",
        ClaimType::Number => "0",
        ClaimType::Time => "\"{{now}}\"",
        ClaimType::Boolean => "true",
        ClaimType::Array => "[]",
        ClaimType::Object => "{}",
        ClaimType::Null => "null",
    }
}

/// A claim name that the object does not have yet.
pub fn free_name(object: Value<'_>) -> String {
    let taken: HashSet<_> = object.members().map(|member| member.name()).collect();
    let numbered = (2..).map(|number| format!("claim{number}"));
    once("claim".to_owned()).chain(numbered).find(|name| !taken.contains(name.as_str())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_retype(value: &str, kind: ClaimType, expected: &str) {
        let json = Json::parse(value).unwrap();
        assert_eq!(retype(json.root(), kind), expected);
    }

    #[test]
    fn changing_the_type_keeps_what_can_be_kept() {
        check_retype("42", ClaimType::Text, "\"42\"");
        check_retype("\"1.50\"", ClaimType::Number, "1.50");
        check_retype("\"x\"", ClaimType::Number, "0");
        check_retype("\"true\"", ClaimType::Boolean, "true");
        check_retype("\"api\"", ClaimType::Array, "[\"api\"]");
        check_retype("[1, 2]", ClaimType::Text, "\"[1, 2]\"");
        check_retype("\"[1, 2]\"", ClaimType::Array, "[1, 2]");
        check_retype("null", ClaimType::Array, "[]");
        check_retype("1795284752", ClaimType::Time, "1795284752");
        check_retype("\"later\"", ClaimType::Time, "\"{{now}}\"");
        check_retype("5", ClaimType::Null, "null");
    }

    #[test]
    fn a_cell_says_when_it_is_not_of_its_type() {
        assert_eq!(uncell(ClaimType::Number, " 100002348117421473 "), Some("100002348117421473".into()));
        assert_eq!(uncell(ClaimType::Number, "12a"), None);
        assert_eq!(uncell(ClaimType::Time, "{{now+5m}}"), Some("\"{{now+5m}}\"".into()));
        assert_eq!(uncell(ClaimType::Time, "{{uuid}}"), None);
        assert_eq!(uncell(ClaimType::Object, "[]"), None);
        assert_eq!(uncell(ClaimType::Text, "a\"b"), Some("\"a\\\"b\"".into()));
    }

    #[test]
    fn a_free_name_is_free() {
        let json = Json::parse(r#"{"claim":1,"claim2":2}"#).unwrap();
        assert_eq!(free_name(json.root()), "claim3");
    }
}
