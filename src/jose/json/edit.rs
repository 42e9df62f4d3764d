//! Minimal edits of a JSON text: each changes what it must and leaves every other byte alone.
//!
//! New text must be well-formed JSON: it is taken as it is. A place that does not exist gives an edit that changes
//! nothing.

use super::super::text::{Edit, Replacement, Span};
use super::string::quote;
use super::value::{Kind, Member, Value};

/// Puts `new_json` in place of a value.
pub fn set_value(value: Value<'_>, new_json: &str) -> Edit {
    if value.raw() == new_json { Edit::default() } else { Edit::replace(value.span(), new_json) }
}

/// Sets the value of the member called `name` (of duplicates the last), or adds the member at the end.
pub fn set_member(object: Value<'_>, name: &str, value_json: &str) -> Edit {
    match object.member(name) {
        Some(member) => set_value(member.value, value_json),
        None => insert(object, object.len(), name, value_json),
    }
}

/// Gives a member another name. A name that already reads so keeps its escapes.
pub fn rename(member: &Member<'_>, name: &str) -> Edit {
    if member.name() == name { Edit::default() } else { Edit::replace(member.name_span, quote(name)) }
}

/// Removes the member of an object, or the item of an array, at `index`, with its comma and, if it had one, its line.
pub fn remove(container: Value<'_>, index: usize) -> Edit {
    let text = container.text();
    let Some(own) = child(container, index) else { return Edit::default() };
    let before = index.checked_sub(1).and_then(|index| child(container, index));
    let after = child(container, index + 1);
    let gone = match (before, after) {
        (None, None) => inside(container),
        (None, Some(after)) => Span::new(own.start, after.start),
        (Some(before), None) => Span::new(before.end, own.end),
        (Some(before), Some(after)) => {
            let comma_before = behind_comma(text, before.end);
            let comma_after = behind_comma(text, own.end);
            let starts_line = has_line_break(text, comma_before, own.start);
            let ends_line = has_line_break(text, comma_after, after.start);
            if starts_line && !ends_line {
                Span::new(own.start, after.start)
            } else {
                Span::new(comma_before, comma_after)
            }
        }
    };
    Edit::replace(gone, "")
}

/// Adds a member before the one at `index`, or at the end; white space is as between the neighbours.
///
/// An object on one line stays on one line. An empty outermost object opens into lines, an empty one inside another
/// value stays on its line.
pub fn insert(object: Value<'_>, index: usize, name: &str, value_json: &str) -> Edit {
    if object.kind() != Kind::Object {
        return Edit::default();
    }
    let index = index.min(object.len());
    let member = format!("{}{}{value_json}", quote(name), colon(object, index));
    let (at, new) = match index.checked_sub(1).and_then(|index| child(object, index)) {
        Some(before) => (before.end, format!("{}{member}", separator(object, index))),
        None => match child(object, 0) {
            Some(after) => (after.start, format!("{member}{}", separator(object, index))),
            None => first(object, member),
        },
    };
    Edit::replace(Span::new(at, at), new)
}

/// Moves the member of an object, or the item of an array, at `from` so that it then stands at `to`.
///
/// Every member keeps its own bytes; the white space on one side moves along.
pub fn move_member(container: Value<'_>, from: usize, to: usize) -> Edit {
    let text = container.text();
    let to = to.min(container.len().saturating_sub(1));
    let (Some(own), Some(target)) = (child(container, from), child(container, to)) else { return Edit::default() };
    let piece = |start, end| text.get(start..end).unwrap_or_default();
    let moved = piece(own.start, own.end);
    let (gone, at, new) = if from < to {
        let Some(next) = child(container, from + 1) else { return Edit::default() };
        (Span::new(own.start, next.start), target.end, format!("{}{moved}", piece(own.end, next.start)))
    } else if from > to {
        let Some(previous) = child(container, from - 1) else { return Edit::default() };
        (Span::new(previous.end, own.end), target.start, format!("{moved}{}", piece(previous.end, own.start)))
    } else {
        return Edit::default();
    };
    Edit::of(vec![Replacement { span: gone, text: String::new() }, Replacement { span: Span::new(at, at), text: new }])
}

/// The bytes of the member or item at `index`.
fn child(container: Value<'_>, index: usize) -> Option<Span> {
    let member = container.members().nth(index).map(|member| member.span());
    member.or_else(|| container.items().nth(index).map(Value::span))
}

/// The bytes between the brackets of an object or array.
fn inside(container: Value<'_>) -> Span {
    let Span { start, end } = container.span();
    Span::new(start + 1, end - 1)
}

/// The offset behind the next comma, of which there is one.
fn behind_comma(text: &str, from: usize) -> usize {
    text.get(from..).and_then(|rest| rest.find(',')).map_or(from, |comma| from + comma + 1)
}

fn has_line_break(text: &str, start: usize, end: usize) -> bool {
    text.get(start..end).is_some_and(|gap| gap.contains('\n'))
}

/// What stands between two members where one is added at `index` of an object that is not empty.
fn separator(object: Value<'_>, index: usize) -> String {
    let text = object.text();
    let right = index.clamp(1, object.len().saturating_sub(1).max(1));
    let (before, after) = match (child(object, right - 1), child(object, right)) {
        (Some(left), Some(right)) => text.get(left.end..right.start).and_then(|gap| gap.split_once(',')),
        (Some(only), None) => text.get(inside(object).start..only.start).map(|gap| ("", gap)),
        _ => None,
    }
    .unwrap_or_default();
    let spaced = object.len() > 1 || colon(object, 0).ends_with(' ');
    match after.rfind('\n') {
        Some(newline) => format!("{before},{}{}", line_break(after), &after[newline + 1..]),
        None if object.len() > 1 => format!("{before},{after}"),
        None => String::from(if spaced { ", " } else { "," }),
    }
}

/// The colon with its white space, as in the neighbour of a member added at `index`, or else anywhere in the text.
fn colon(object: Value<'_>, index: usize) -> &str {
    let text = object.text();
    let neighbour = object.members().nth(index.saturating_sub(1));
    let gap = neighbour.and_then(|member| text.get(member.name_span.end..member.value.span().start));
    gap.filter(|gap| !gap.contains('\n')).unwrap_or(": ")
}

/// Where and how the first `member` of an empty object goes.
fn first(object: Value<'_>, member: String) -> (usize, String) {
    let text = object.text();
    let Span { start, end } = inside(object);
    let space = text.get(start..end).unwrap_or_default();
    match space.rfind('\n') {
        Some(newline) => (start, format!("{}{}  {member}", line_break(space), &space[newline + 1..])),
        None if space.is_empty() && text.trim() == "{}" => (start, format!("\n  {member}\n")),
        None => (start, format!("{space}{member}")),
    }
}

/// The kind of line break that stands in `gap`.
fn line_break(gap: &str) -> &'static str {
    if gap.contains("\r\n") { "\r\n" } else { "\n" }
}
