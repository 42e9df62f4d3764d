//! Edits, writing and the lexer on random texts: what was asked happens, and nothing else.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use jwt_workbench::jose::json::{
    Json, Serialization, Token, TokenKind, Value, format, insert, matching_bracket, minify, move_member, quote, remove,
    rename, set_member, set_value, tokens, write,
};
use jwt_workbench::jose::text::{Edit, Span};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde::de::IgnoredAny;

/// White space as people leave it.
fn space() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        2 => Just(String::from(" ")),
        2 => Just(String::from("\n  ")),
        1 => select(vec!["\r\n\t", "\n\n    ", "  ", "\t", "\n"]).prop_map(String::from),
    ]
}

fn string() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => "[a-z]{1,3}".prop_map(String::from),
        1 => select(vec!["ä", "😀", "{", "]", ",", ":", "//", "\u{fb33}"]).prop_map(String::from),
        1 => select(vec!["\\\"", "\\\\", "\\n", "\\u00e9", "\\ud83d\\ude00", "\\uD800", "\\u0061", "\\/"]).prop_map(String::from),
    ];
    vec(part, 0..3).prop_map(|parts| format!("\"{}\"", parts.concat()))
}

fn scalar() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec![
            "null",
            "true",
            "false",
            "0",
            "-0",
            "1.50",
            "1E+2",
            "12345678901234567890",
            "[]",
            "{}",
            "[ ]",
            "{\n}"
        ])
        .prop_map(String::from),
        string(),
    ]
}

/// A value, with white space wherever it may stand inside it.
fn value() -> impl Strategy<Value = String> {
    scalar().prop_recursive(4, 40, 6, |inner| {
        let item =
            (space(), inner.clone(), space()).prop_map(|(before, value, after)| before + &value + &after).boxed();
        let member =
            (space(), string(), space(), item.clone()).prop_map(|(a, name, b, value)| a + &name + &b + ":" + &value);
        prop_oneof![
            vec(item, 1..6).prop_map(|items| format!("[{}]", items.join(","))),
            vec(member, 1..6).prop_map(|members| format!("{{{}}}", members.join(","))),
        ]
    })
}

/// A text with an object around it and white space around that.
fn text() -> impl Strategy<Value = String> {
    (space(), string(), value(), space(), value(), space())
        .prop_map(|(a, name, first, b, second, c)| format!("{a}{{{name}:{b}{first},{b}\"z\": {second}{c}}}{c}"))
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

fn objects(json: &Json) -> Vec<Value<'_>> {
    values(json).into_iter().filter(|value| value.raw().starts_with('{')).collect()
}

/// The bytes of every member, or of every item.
fn children(container: Value<'_>) -> Vec<Span> {
    container.members().map(|member| member.span()).chain(container.items().map(Value::span)).collect()
}

fn pieces(json: &Json, container: Value<'_>) -> Vec<String> {
    children(container).into_iter().map(|span| json.text()[span.range()].to_owned()).collect()
}

/// Checks that `edit` of the container `old` changed nothing outside `window`, and gives the text after it and the bytes
/// of the members or items that the container then has.
fn apply(json: &Json, old: Value<'_>, edit: &Edit, window: Span) -> (String, Vec<String>) {
    let text = json.text();
    let edited = edit.apply(text);
    assert!(edited.starts_with(&text[..window.start]), "{text:?} -> {edited:?}");
    assert!(edited.ends_with(&text[window.end..]), "{text:?} -> {edited:?}");
    for replacement in edit.replacements() {
        assert!(window.start <= replacement.span.start && replacement.span.end <= window.end);
    }
    let again = Json::parse(&edited).unwrap_or_else(|problem| panic!("{problem}: {text:?} -> {edited:?}"));
    let new = values(&again)
        .into_iter()
        .find(|value| value.span().start == old.span().start && !value.raw().starts_with('"'));
    let pieces = pieces(&again, new.unwrap());
    (edited, pieces)
}

fn inside(container: Value<'_>) -> Span {
    Span::new(container.span().start + 1, container.span().end - 1)
}

/// What may change around the child at `index`: up to its neighbours or the brackets.
fn surroundings(container: Value<'_>, index: usize) -> Span {
    let spans = children(container);
    let start =
        index.checked_sub(1).and_then(|before| spans.get(before)).map_or(inside(container).start, |span| span.end);
    let end = spans.get(index + 1).map_or(inside(container).end, |span| span.start);
    Span::new(start, end)
}

fn has_colon_in_neighbour_style(object: Value<'_>, json: &Json, member: &str, name: &str) -> bool {
    let gaps = object.members().map(|member| &json.text()[member.name_span.end..member.value.span().start]);
    object.is_empty() || gaps.chain([": "]).any(|gap| member.starts_with(&format!("{name}{gap}")))
}

fn spaceless(text: &str) -> String {
    tokens(text).filter(|token| token.kind != TokenKind::Space).map(|token| &text[token.span.range()]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn setting_a_value_changes_that_value(text in text(), which: Index, new in value()) {
        let json = Json::parse(&text).unwrap();
        let old = *which.get(&values(&json));
        let edit = set_value(old, &new);
        let Span { start, end } = old.span();
        prop_assert_eq!(edit.apply(&text), format!("{}{}{}", &text[..start], new, &text[end..]));
    }

    #[test]
    fn removing_takes_one_member(text in text(), which: Index, at: Index) {
        let json = Json::parse(&text).unwrap();
        let containers: Vec<_> = values(&json).into_iter().filter(|value| !value.is_empty()).collect();
        let container = *which.get(&containers);
        let index = at.index(container.len());
        let mut expected = pieces(&json, container);
        expected.remove(index);
        let (edited, found) = apply(&json, container, &remove(container, index), surroundings(container, index));
        prop_assert_eq!(found, expected);
        prop_assert!(edited.lines().count() <= text.lines().count());
        prop_assert!(edited.lines().filter(|line| line.trim().is_empty()).count() <= text.lines().filter(|line| line.trim().is_empty()).count());
    }

    #[test]
    fn inserting_adds_one_member(text in text(), which: Index, at in 0_usize..8, name in "[a-zA-Zä\"\\\\\n]{0,4}", new in value()) {
        let json = Json::parse(&text).unwrap();
        let object = *which.get(&objects(&json));
        let index = at.min(object.len());
        let edit = insert(object, at, &name, &new);
        let spans = children(object);
        let start = index.checked_sub(1).map_or(inside(object).start, |before| spans[before].end);
        let end = spans.get(index).map_or(inside(object).end, |span| span.start);
        let (edited, mut found) = apply(&json, object, &edit, Span::new(start, end));
        prop_assert_eq!(edited.len(), text.len() + edit.replacements()[0].text.len(), "only added");
        let added = found.remove(index);
        prop_assert_eq!(found, pieces(&json, object));
        prop_assert!(added.starts_with(&quote(&name)) && added.ends_with(&new));
        prop_assert!(has_colon_in_neighbour_style(object, &json, &added, &quote(&name)), "{:?}", added);
    }

    #[test]
    fn setting_a_member_sets_or_adds_it(text in text(), which: Index, name in "[az]|aa|ä", new in scalar()) {
        let json = Json::parse(&text).unwrap();
        let object = *which.get(&objects(&json));
        let (_, found) = apply(&json, object, &set_member(object, &name, &new), inside(object));
        let mut expected = pieces(&json, object);
        match object.member(&name) {
            Some(member) => {
                let kept = &text[member.name_span.start..member.value.span().start];
                expected[member.index] = format!("{kept}{new}");
                prop_assert_eq!(found, expected);
            }
            None => {
                prop_assert_eq!(&found[..object.len()], &expected[..]);
                prop_assert_eq!(found.len(), object.len() + 1);
            }
        }
    }

    #[test]
    fn renaming_changes_one_name(text in text(), which: Index, at: Index, name in ".{0,4}") {
        let json = Json::parse(&text).unwrap();
        let filled: Vec<_> = objects(&json).into_iter().filter(|object| !object.is_empty()).collect();
        let object = *which.get(&filled);
        let member = object.members().nth(at.index(object.len())).unwrap();
        let (_, found) = apply(&json, object, &rename(&member, &name), member.name_span);
        let behind = &text[member.name_span.end..member.span().end];
        let mut expected = pieces(&json, object);
        if member.name() != name {
            expected[member.index] = format!("{}{behind}", quote(&name));
        }
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn moving_changes_the_order_alone(text in text(), which: Index, from: Index, to: Index) {
        let json = Json::parse(&text).unwrap();
        let containers: Vec<_> = values(&json).into_iter().filter(|value| !value.is_empty()).collect();
        let container = *which.get(&containers);
        let (from, to) = (from.index(container.len()), to.index(container.len()));
        let spans = children(container);
        let window = Span::new(spans[from.min(to)].start, spans[from.max(to)].end);
        let (edited, found) = apply(&json, container, &move_member(container, from, to), window);
        let mut expected = pieces(&json, container);
        let moved = expected.remove(from);
        expected.insert(to, moved);
        prop_assert_eq!(found, expected);
        let sorted = |text: &str| { let mut bytes = text.as_bytes().to_vec(); bytes.sort_unstable(); bytes };
        prop_assert_eq!(sorted(&edited), sorted(&text), "no byte is lost or added");
    }

    #[test]
    fn writing_keeps_every_part(text in text(), indent in 0_usize..5) {
        let json = Json::parse(&text).unwrap();
        let compact = minify(&json);
        prop_assert_eq!(&compact, &spaceless(&text));
        prop_assert_eq!(&minify(&Json::parse(&format(&json, indent)).unwrap()), &compact);
        let mut sorted = String::new();
        write(json.root(), Serialization::Sorted, &mut sorted);
        let sorted = Json::parse(&sorted).unwrap();
        for object in objects(&sorted) {
            let units: Vec<Vec<u16>> = object.members().map(|member| member.name().encode_utf16().collect()).collect();
            // A lone half of a pair reads as U+FFFD and so would not compare as it is ordered.
            prop_assert!(text.contains("\\uD800") || units.is_sorted(), "{:?}", object);
        }
        let mut again = String::new();
        write(sorted.root(), Serialization::Sorted, &mut again);
        prop_assert_eq!(again.as_str(), sorted.text());
        let parts = |text: &str| { let mut parts: Vec<String> = tokens(text).map(|token| text[token.span.range()].to_owned()).collect(); parts.sort(); parts };
        prop_assert_eq!(parts(sorted.text()), parts(&compact));
    }

    #[test]
    fn names_are_told_from_strings(text in text()) {
        let json = Json::parse(&text).unwrap();
        let names: usize = values(&json).into_iter().map(|value| value.members().count()).sum();
        prop_assert_eq!(tokens(&text).filter(|token| token.kind == TokenKind::Name).count(), names);
        prop_assert!(tokens(&text).all(|token| token.kind != TokenKind::Invalid));
    }

    #[test]
    fn brackets_of_values_match(text in text()) {
        let json = Json::parse(&text).unwrap();
        for Span { start, end } in values(&json).into_iter().filter(|value| value.raw().starts_with(['{', '['])).map(Value::span) {
            let pair = Some((Span::new(start, start + 1), Span::new(end - 1, end)));
            prop_assert_eq!(matching_bracket(&text, start), pair);
            prop_assert_eq!(matching_bracket(&text, end - 1), pair);
        }
    }

    #[test]
    fn a_value_is_found_at_its_place(text in text()) {
        let json = Json::parse(&text).unwrap();
        for value in values(&json).into_iter().filter(|value| value.is_empty()) {
            prop_assert_eq!(json.value_at(value.span().start).map(Value::span), Some(value.span()));
        }
    }

    #[test]
    fn any_text_has_parts_and_a_verdict(text in prop_oneof![
        any::<String>(),
        "[\\[\\]{}:,\"0-9eE+.\\-tnful \\\\\n\u{1}é]{0,30}",
        vec(select(vec!["{", "}", "[", "]", ",", ":", "\"", "\\", "\"a\"", "1", "-0.5", "1e", "null", " ", "\n", "\\u00", "d8", "'"]), 0..16)
            .prop_map(|parts| parts.concat()),
    ], offset in 0_usize..40) {
        let mut end = 0;
        for Token { span, .. } in tokens(&text) {
            prop_assert!(span.start == end && !span.is_empty() && text.get(span.range()).is_some());
            end = span.end;
        }
        prop_assert_eq!(end, text.len());
        matching_bracket(&text, offset);
        let peer = serde_json::from_str::<IgnoredAny>(&text);
        match Json::parse(&text) {
            Ok(_) => prop_assert!(peer.is_ok(), "{:?}", peer),
            Err(problem) => {
                prop_assert!(peer.is_err(), "{:?}", problem);
                let span = problem.span.unwrap();
                prop_assert!(text.get(span.range()).is_some());
                prop_assert!(!span.is_empty() || span.end == text.len());
                prop_assert!(!problem.message.is_empty() && problem.help.ends_with('.'), "{:?}", problem);
            }
        }
    }
}
