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
    let Some(own) = child(container, index) else { return Edit::default() };
    let before = index.checked_sub(1).and_then(|index| child(container, index));
    Edit::replace(stretch(container, before, own, child(container, index + 1)), "")
}

/// Removes every member called `name`, so that no duplicate takes the place of another.
pub fn remove_all(object: Value<'_>, name: &str) -> Edit {
    remove_members(object, |member| member.name() == name)
}

/// Removes every member that is `unwanted`.
pub fn remove_members(object: Value<'_>, unwanted: impl Fn(&Member<'_>) -> bool) -> Edit {
    let mut gone = Vec::new();
    let mut before = None;
    let mut run: Option<Span> = None;
    for member in object.members() {
        let own = member.span();
        if unwanted(&member) {
            run = Some(Span::new(run.map_or(own.start, |run| run.start), own.end));
        } else {
            gone.extend(run.take().map(|run| stretch(object, before, run, Some(own))));
            before = Some(own);
        }
    }
    gone.extend(run.map(|run| stretch(object, before, run, None)));
    Edit::of(gone.into_iter().map(|span| Replacement { span, text: String::new() }).collect())
}

/// What goes with the members or items in `own`, given their neighbours: a comma and, if they had one, their line.
fn stretch(container: Value<'_>, before: Option<Span>, own: Span, after: Option<Span>) -> Span {
    let text = container.text();
    match (before, after) {
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
    }
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
    let right = index.clamp(1, object.len().max(2) - 1);
    let gap = |start, end| text.get(start..end).unwrap_or_default();
    match (child(object, right - 1), child(object, right)) {
        (Some(left), Some(right)) => {
            let (before, after) = gap(left.end, right.start).split_once(',').unwrap_or_default();
            format!("{before},{}", without_blank_lines(after))
        }
        (Some(only), None) if has_line_break(text, inside(object).start, only.start) => {
            format!(",{}", without_blank_lines(gap(inside(object).start, only.start)))
        }
        _ => String::from(if colon(object, 0).ends_with(' ') { ", " } else { "," }),
    }
}

/// The colon with its white space, as in the neighbour of a member added at `index`; for a first member as in the
/// outermost object.
fn colon(object: Value<'_>, index: usize) -> &str {
    let text = object.text();
    let neighbour = object.members().nth(index.saturating_sub(1)).or_else(|| object.outermost().members().next());
    let gap = neighbour.and_then(|member| text.get(member.name_span.end..member.value.span().start));
    gap.filter(|gap| !gap.contains('\n')).unwrap_or(": ")
}

/// Where and how the first `member` of an empty object goes.
fn first(object: Value<'_>, member: String) -> (usize, String) {
    let text = object.text();
    let Span { start, end } = inside(object);
    let space = text.get(start..end).unwrap_or_default();
    let indent = if text.contains("\n\t") { "\t" } else { "  " };
    if space.contains('\n') {
        (start, format!("{}{indent}{member}", without_blank_lines(space)))
    } else if space.is_empty() && object.span() == object.outermost().span() {
        (start, format!("\n{indent}{member}\n"))
    } else {
        (start, format!("{space}{member}"))
    }
}

/// The last line break in `gap` and the indentation behind it, or all of a gap without a line break.
fn without_blank_lines(gap: &str) -> &str {
    let last = gap.rfind('\n').map_or(0, |newline| newline - usize::from(gap[..newline].ends_with('\r')));
    &gap[last..]
}

#[cfg(test)]
mod tests {
    use super::super::Json;
    use super::*;

    #[track_caller]
    fn check(text: &str, edit: impl FnOnce(Value<'_>) -> Edit, expected: &str) {
        let json = Json::parse(text).unwrap();
        let edited = edit(json.root()).apply(text);
        assert_eq!(edited, expected);
        Json::parse(&edited).unwrap();
    }

    const LINES: &str = "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}\n";

    #[test]
    fn a_member_goes_with_its_comma_and_its_line() {
        check(LINES, |object| remove(object, 0), "{\n  \"b\": 2,\n  \"c\": 3\n}\n");
        check(LINES, |object| remove(object, 1), "{\n  \"a\": 1,\n  \"c\": 3\n}\n");
        check(LINES, |object| remove(object, 2), "{\n  \"a\": 1,\n  \"b\": 2\n}\n");
        check(LINES, |object| remove(object, 3), LINES);
        check("{\n  \"a\": 1\n}", |object| remove(object, 0), "{}");
        check("[ 1 , 2 , 3 ]", |array| remove(array, 1), "[ 1 , 3 ]");
        check("1", |number| remove(number, 0), "1");
    }

    #[test]
    fn duplicates_go_together() {
        check(LINES, |object| remove_all(object, "b"), "{\n  \"a\": 1,\n  \"c\": 3\n}\n");
        check(LINES, |object| remove_all(object, "d"), LINES);
        check("{ \"a\": 1, \"\\u0061\": 2 }", |object| remove_all(object, "a"), "{}");
        check(
            "{\"a\":1,\"b\":2,\"a\":3,\"a\":4,\"c\":5,\"a\":6}",
            |object| remove_all(object, "a"),
            "{\"b\":2,\"c\":5}",
        );
        check("[1]", |array| remove_all(array, "a"), "[1]");
    }

    #[test]
    fn removing_keeps_the_lines_of_the_others() {
        check("{\n \"a\":1, \"b\":2,\n \"c\":3\n}", |object| remove(object, 1), "{\n \"a\":1,\n \"c\":3\n}");
        check("{\n \"a\":1,\n \"b\":2, \"c\":3\n}", |object| remove(object, 1), "{\n \"a\":1,\n \"c\":3\n}");
        check("{ \"a\":1\n, \"b\":2\n, \"c\":3\n}", |object| remove(object, 1), "{ \"a\":1\n, \"c\":3\n}");
    }

    #[test]
    fn a_new_member_looks_like_its_neighbours() {
        check(LINES, |object| insert(object, 0, "x", "0"), "{\n  \"x\": 0,\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}\n");
        check(LINES, |object| insert(object, 2, "x", "0"), "{\n  \"a\": 1,\n  \"b\": 2,\n  \"x\": 0,\n  \"c\": 3\n}\n");
        check(LINES, |object| insert(object, 9, "x", "0"), "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3,\n  \"x\": 0\n}\n");
        check("{\r\n\t\"a\" : 1\r\n}", |object| insert(object, 1, "x", "0"), "{\r\n\t\"a\" : 1,\r\n\t\"x\" : 0\r\n}");
        check(
            "{\n \"a\":1,\n\n \"b\":2\n}",
            |object| insert(object, 2, "x", "0"),
            "{\n \"a\":1,\n\n \"b\":2,\n \"x\":0\n}",
        );
        check("{ \"a\":1\n, \"b\":2\n}", |object| insert(object, 2, "x", "0"), "{ \"a\":1\n, \"b\":2\n, \"x\":0\n}");
    }

    #[test]
    fn an_object_on_one_line_stays_on_it() {
        check(r#"{"a":1}"#, |object| insert(object, 1, "x", "0"), r#"{"a":1,"x":0}"#);
        check(r#"{"a": 1}"#, |object| insert(object, 0, "x", "0"), r#"{"x": 0, "a": 1}"#);
        check(r#"{ "a": 1, "b": 2 }"#, |object| insert(object, 2, "x", "0"), r#"{ "a": 1, "b": 2, "x": 0 }"#);
    }

    #[test]
    fn an_empty_object_gets_its_first_member() {
        check("{}", |object| insert(object, 0, "x", "0"), "{\n  \"x\": 0\n}");
        check("{ }", |object| insert(object, 0, "x", "0"), "{ \"x\": 0 }");
        check("{\r\n}", |object| insert(object, 0, "x", "0"), "{\r\n  \"x\": 0\r\n}");
        check(r#"{"a":{}}"#, |object| set_member(object.get("a").unwrap(), "x", "0"), r#"{"a":{"x":0}}"#);
        check(
            "{\n\t\"a\": {\n\t}\n}",
            |object| set_member(object.get("a").unwrap(), "x", "0"),
            "{\n\t\"a\": {\n\t\t\"x\": 0\n\t}\n}",
        );
        check("[]", |array| insert(array, 0, "x", "0"), "[]");
    }

    #[test]
    fn setting_changes_the_value_alone() {
        check(r#"{"a" :1 , "a": 2 }"#, |object| set_member(object, "a", "[]"), r#"{"a" :1 , "a": [] }"#);
        check(
            LINES,
            |object| set_member(object, "d \"", "0"),
            "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3,\n  \"d \\\"\": 0\n}\n",
        );
        let json = Json::parse(LINES).unwrap();
        assert!(set_member(json.root(), "a", "1").replacements().is_empty());
    }

    #[test]
    fn renaming_changes_the_name_alone() {
        let rename_first =
            |name: &'static str| move |object: Value<'_>| rename(&object.members().next().unwrap(), name);
        check(r#"{ "a" : 1}"#, rename_first("é\n"), r#"{ "é\n" : 1}"#);
        check(r#"{"\u0061":1}"#, rename_first("a"), r#"{"\u0061":1}"#);
    }

    #[test]
    fn moving_keeps_the_bytes_of_every_member() {
        check(LINES, |object| move_member(object, 0, 2), "{\n  \"b\": 2,\n  \"c\": 3,\n  \"a\": 1\n}\n");
        check(LINES, |object| move_member(object, 2, 0), "{\n  \"c\": 3,\n  \"a\": 1,\n  \"b\": 2\n}\n");
        check(LINES, |object| move_member(object, 1, 2), "{\n  \"a\": 1,\n  \"c\": 3,\n  \"b\": 2\n}\n");
        check(LINES, |object| move_member(object, 1, 1), LINES);
        check(LINES, |object| move_member(object, 7, 0), LINES);
        check("[ 1.0,[ 2 ]  ,3 ]", |array| move_member(array, 1, 99), "[ 1.0,3  ,[ 2 ] ]");
    }
}
