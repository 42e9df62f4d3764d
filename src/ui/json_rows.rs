//! The rows of a JSON value shown as a tree: made once for a text and the containers that are open, drawn often.

use std::collections::HashSet;

use crate::jose::claims;
use crate::jose::json::{self, Json, Kind, Value};
use crate::jose::text::{Span, visible};

/// Letters of a value that are laid out; the rest is in the copy.
const SHOWN_LETTERS: usize = 240;
/// Items of a container that its own row tells.
const SHOWN_ITEMS: usize = 12;

/// One visible row.
pub(super) struct Row {
    /// How deep it is nested; 0 for the members of the root.
    pub(super) depth: usize,
    /// The name of the member, or the place in the array.
    pub(super) name: String,
    /// The value in a few words.
    pub(super) shown: String,
    /// What is told beside it.
    pub(super) note: Note,
    /// Whether it can be opened.
    pub(super) opens: bool,
    /// Where the value is in the text.
    pub(super) value: Span,
}

/// What is told beside a value.
pub(super) enum Note {
    /// Nothing.
    None,
    /// What the claim means.
    Meaning(&'static str),
    /// That it is an instant, seconds since 1970 UTC.
    Time(i64),
}

/// The rows of a tree with these containers open, found without recursion.
pub(super) fn rows(json: &Json, open: &HashSet<usize>) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut waiting = children(json.root(), 0);
    while let Some((depth, name, value)) = waiting.pop() {
        if open.contains(&value.span().start) {
            waiting.extend(children(value, depth + 1));
        }
        let note = if depth == 0 { note(&name, value) } else { Note::None };
        let opens = matches!(value.kind(), Kind::Array | Kind::Object) && !value.is_empty();
        rows.push(Row { depth, name, shown: shown(value), note, opens, value: value.span() });
    }
    rows
}

/// The members or items, the last first, as a stack wants them.
fn children(value: Value<'_>, depth: usize) -> Vec<(usize, String, Value<'_>)> {
    let mut children: Vec<_> = match value.kind() {
        Kind::Object => value.members().map(|member| (depth, member.name().into_owned(), member.value)).collect(),
        Kind::Array => value.items().enumerate().map(|(index, item)| (depth, index.to_string(), item)).collect(),
        Kind::Null | Kind::Bool | Kind::Number | Kind::String => Vec::new(),
    };
    children.reverse();
    children
}

fn note(name: &str, value: Value<'_>) -> Note {
    match value.as_i64() {
        Some(instant) if claims::is_time(name) => Note::Time(instant),
        _ => claims::meaning(name).filter(|meaning| *meaning != name).map_or(Note::None, Note::Meaning),
    }
}

fn shown(value: Value<'_>) -> String {
    match value.kind() {
        Kind::Array => {
            let items: Vec<_> = value.items().take(SHOWN_ITEMS).map(plain).collect();
            cut(&format!("[{}] {}", value.len(), items.join(", ")))
        }
        Kind::Object => {
            let names: Vec<_> = value.members().take(SHOWN_ITEMS).map(|member| cut(&member.name())).collect();
            cut(&format!("{{{}}} {}", value.len(), names.join(", ")))
        }
        Kind::Null | Kind::Bool | Kind::Number | Kind::String => plain(value),
    }
}

/// A string without its quotes, anything else as it stands.
fn plain(value: Value<'_>) -> String {
    value.as_str().map_or_else(|| cut(value.raw()), |text| cut(&text))
}

fn cut(text: &str) -> String {
    let start: String = text.chars().take(SHOWN_LETTERS).collect();
    visible(&start).into_owned()
}

/// The text that "Copy value" copies: a string without its quotes, anything else minified.
pub(super) fn copied(raw: &str) -> String {
    match Json::parse(raw) {
        Ok(json) => json.root().as_str().map_or_else(|| json::minify(&json), std::borrow::Cow::into_owned),
        Err(_) => raw.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, open: &[usize], expected: &[(usize, &str, &str)]) {
        let json = Json::parse(json).unwrap();
        let rows = rows(&json, &open.iter().copied().collect());
        let found: Vec<_> = rows.iter().map(|row| (row.depth, row.name.as_str(), row.shown.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn closed_containers_tell_what_is_in_them() {
        check(
            r#"{"a":"x","r":["b",1.0],"o":{"p":{}},"a":null}"#,
            &[],
            &[(0, "a", "x"), (0, "r", "[2] b, 1.0"), (0, "o", "{1} p"), (0, "a", "null")],
        );
    }

    #[test]
    fn open_containers_show_their_rows_below_them() {
        check(
            r#"{"r":[[1],2],"z":0}"#,
            &[5],
            &[(0, "r", "[2] [1], 2"), (1, "0", "[1] 1"), (1, "1", "2"), (0, "z", "0")],
        );
    }

    #[test]
    fn a_copied_value_is_the_value_itself() {
        assert_eq!(copied(r#""a\"b""#), "a\"b");
        assert_eq!(copied("[ 1.0,\n2 ]"), "[1.0,2]");
    }
}
