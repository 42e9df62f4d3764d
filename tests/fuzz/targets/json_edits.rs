//! JSON: reading, writing, and edits that change what was asked and no other byte.

use jwt_workbench::jose::json::{
    Json, Kind, Serialization, TokenKind, Value, format, insert, matching_bracket, minify, move_member, quote, remove,
    remove_all, rename, set_member, set_value, tokens, write,
};
use jwt_workbench::jose::text::{Edit, Span};
use serde::de::IgnoredAny;

use super::input::{Input, check_problem, check_span, corpus, seed};

/// How many bytes of choices come before the text.
const CHOICES: usize = 9;
const NAMES: [&str; 6] = ["a", "exp", "", "ä\"", "{{now}}", "\u{0}"];
const VALUES: [&str; 6] = ["1", "null", "\"\\ud800\"", "{\n  \"a\": [ 1.0, {}]\n}", "[]", "{}"];

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let texts = [
        "{}",
        "[[], {}, 1.0]",
        "{\n  \"alg\": \"HS256\",\n  \"typ\": \"JWT\"\n}\n",
        "{\r\n\t\"a\" : 1,\r\n\t\"\\u0061\" : [ 1 , 2 ],\r\n\t\"b\" : { }\r\n}",
        "{\"a\":1,\"b\":2,\"a\":3,\"a\":{\"a\":-0.5E+7},\"c\":\"\\ud83d\\ude00 \u{fb33}\"}",
        "[1, tru",
    ];
    let texts = texts.map(str::to_owned).into_iter().chain(corpus("jsontestsuite-transform.jsonl", "raw"));
    texts.enumerate().map(|(index, text)| seed(&[index as u8, 1, 0, 1], CHOICES, &text)).collect()
}

pub(super) fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let choices = Choices {
        edit: input.byte(),
        value: input.index(usize::from(u16::MAX)),
        child: input.byte().into(),
        other: input.byte().into(),
        name: input.pick(&NAMES),
        own_name: input.byte() % 2 == 1,
        new: input.pick(&VALUES),
        indent: usize::from(input.byte() % 9),
    };
    let text = input.text();
    read(&text, choices.value);
    if let Ok(json) = Json::parse(&text) {
        rewrite(&json, choices.indent);
        edit(&json, &choices);
    }
}

struct Choices {
    edit: u8,
    value: usize,
    child: usize,
    other: usize,
    name: &'static str,
    own_name: bool,
    new: &'static str,
    indent: usize,
}

/// Any text has parts and a verdict, which is that of another reader.
fn read(text: &str, offset: usize) {
    let mut end = 0;
    for token in tokens(text) {
        assert!(token.span.start == end && !token.span.is_empty());
        check_span(token.span, text);
        end = token.span.end;
    }
    assert_eq!(end, text.len());
    matching_bracket(text, offset);
    let peer = serde_json::from_str::<IgnoredAny>(text);
    match Json::parse(text) {
        Ok(json) => {
            assert!(peer.is_ok(), "{peer:?}");
            assert_eq!(json.text(), text);
            let found = json.value_at(offset).map(|value| value.span());
            assert!(found.is_none_or(|span| span.start <= offset || json.path_at(offset) != "$"));
        }
        Err(problem) => {
            assert!(peer.is_err() || problem.code == "json-depth", "{problem:?}");
            assert!(problem.span.is_some());
            check_problem(&problem, text);
        }
    }
}

/// However a text is written, it has the same parts.
fn rewrite(json: &Json, indent: usize) {
    let compact = minify(json);
    assert_eq!(compact, spaceless(json.text()));
    let formatted = reparse(&format(json, indent));
    assert_eq!(minify(&formatted), compact);
    assert_eq!(format(&formatted, indent), formatted.text());
    let sorted = reparse(&written(json));
    assert_eq!(written(&sorted), sorted.text());
    let parts = |text| {
        let mut parts: Vec<&str> = tokens(text).filter_map(|token| text.get(token.span.range())).collect();
        parts.sort_unstable();
        parts
    };
    assert_eq!(parts(sorted.text()), parts(&compact));
}

fn written(json: &Json) -> String {
    let mut sorted = String::new();
    write(json.root(), Serialization::Sorted, &mut sorted);
    sorted
}

fn spaceless(text: &str) -> String {
    tokens(text).filter(|token| token.kind != TokenKind::Space).map(|token| &text[token.span.range()]).collect()
}

fn reparse(text: &str) -> Json {
    Json::parse(text).unwrap_or_else(|problem| panic!("{problem}: {text:?}"))
}

/// Makes one edit of one value.
fn edit(json: &Json, choices: &Choices) {
    let values = values(json);
    let value = values[choices.value % values.len()];
    if choices.edit.is_multiple_of(8) {
        let (before, after) = around(json, value.span());
        return assert_eq!(set_value(value, choices.new).apply(json.text()), format!("{before}{}{after}", choices.new));
    }
    let containers: Vec<_> =
        values.into_iter().filter(|value| matches!(value.kind(), Kind::Object | Kind::Array)).collect();
    let Some(container) = containers.get(choices.value % containers.len().max(1)) else { return };
    edit_container(json, *container, choices);
}

/// Checks one edit of an object or array against the list of its members or items.
fn edit_container(json: &Json, container: Value<'_>, choices: &Choices) {
    let mut expected = pieces(json, container);
    let len = expected.len();
    let (child, other) = (choices.child % len.max(1), choices.other % len.max(1));
    let is_object = container.kind() == Kind::Object;
    let existing = container.members().nth(other).map(|member| member.name().into_owned());
    let name = existing.filter(|_| choices.own_name).unwrap_or_else(|| choices.name.to_owned());
    let mut added = None;
    let (edit, window) = match choices.edit % 8 {
        1 if is_object => {
            let at = choices.child % (len + 1);
            added = Some(at);
            (insert(container, at, &name, choices.new), between(container, at, at))
        }
        2 if is_object => {
            let edit = set_member(container, &name, choices.new);
            match container.member(&name) {
                Some(member) => {
                    let kept = Span::new(member.name_span.start, member.value.span().start);
                    expected[member.index] = format!("{}{}", &json.text()[kept.range()], choices.new);
                    (edit, member.value.span())
                }
                None => {
                    added = Some(len);
                    (edit, between(container, len, len))
                }
            }
        }
        3 if is_object => {
            let names: Vec<_> = container.members().map(|member| member.name()).collect();
            let mut names = names.iter();
            expected.retain(|_| names.next().is_some_and(|found| *found != name));
            (remove_all(container, &name), inside(container))
        }
        4 if is_object && len > 0 => {
            let Some(member) = container.members().nth(child) else { return };
            if member.name() != name {
                let behind = Span::new(member.name_span.end, member.span().end);
                expected[child] = format!("{}{}", quote(&name), &json.text()[behind.range()]);
            }
            (rename(&member, &name), member.name_span)
        }
        5 if len > 0 => {
            let moved = expected.remove(child);
            expected.insert(other, moved);
            let spans = children(container);
            let window = Span::new(spans[child.min(other)].start, spans[child.max(other)].end);
            (move_member(container, child, other), window)
        }
        _ if len > 0 => {
            expected.remove(child);
            (remove(container, child), between(container, child, child + 1))
        }
        _ => return,
    };
    let (edited, mut found) = apply(json, container, &edit, window);
    if let Some(added) = added {
        let member = found.remove(added);
        let gap = member.strip_prefix(&quote(&name)).and_then(|rest| rest.strip_suffix(choices.new));
        assert!(gap.is_some_and(|gap| gap.trim() == ":"), "{member:?}");
    }
    assert_eq!(found, expected, "{:?} -> {edited:?}", json.text());
}

/// The text after an edit that may change `window` alone, and the members or items that `container` then has.
fn apply(json: &Json, container: Value<'_>, edit: &Edit, window: Span) -> (String, Vec<String>) {
    let (before, after) = around(json, window);
    let edited = edit.apply(json.text());
    assert!(edited.starts_with(before) && edited.ends_with(after), "{:?} -> {edited:?}", json.text());
    assert!(edited.len() >= before.len() + after.len());
    let again = reparse(&edited);
    let start = container.span().start;
    let same = values(&again).into_iter().find(|value| value.span().start == start).map(|value| pieces(&again, value));
    (edited, same.unwrap_or_else(|| panic!("no value at {start}: {:?}", again.text())))
}

fn around(json: &Json, span: Span) -> (&str, &str) {
    (&json.text()[..span.start], &json.text()[span.end..])
}

/// Every value of a text, outermost first.
fn values(json: &Json) -> Vec<Value<'_>> {
    let mut found = vec![json.root()];
    let mut next = 0;
    while let Some(value) = found.get(next).copied() {
        found.extend(value.members().map(|member| member.value).chain(value.items()));
        next += 1;
    }
    found
}

/// The bytes of every member, or of every item.
fn children(container: Value<'_>) -> Vec<Span> {
    container.members().map(|member| member.span()).chain(container.items().map(Value::span)).collect()
}

fn pieces(json: &Json, container: Value<'_>) -> Vec<String> {
    children(container).into_iter().map(|span| json.text()[span.range()].to_owned()).collect()
}

/// The bytes between the brackets.
fn inside(container: Value<'_>) -> Span {
    Span::new(container.span().start + 1, container.span().end - 1)
}

/// The bytes from the child before `from` to the one at `to`, or from and to the brackets.
fn between(container: Value<'_>, from: usize, to: usize) -> Span {
    let (spans, inside) = (children(container), inside(container));
    let before = from.checked_sub(1).and_then(|index| spans.get(index));
    Span::new(before.map_or(inside.start, |span| span.end), spans.get(to).map_or(inside.end, |span| span.start))
}
