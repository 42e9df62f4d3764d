//! The JSON reader against texts that others collected: JSONTestSuite and the Big List of Naughty Strings.
//!
//! The corpora lie beside the project, or where `JWT_WORKBENCH_CORPORA` says; without them these tests pass unread.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test fails by panicking and says why it was skipped"
)]

use std::fs;
use std::path::PathBuf;

use jwt_workbench::jose::base64url;
use jwt_workbench::jose::json::{Json, Serialization, Value, format, minify, quote, tokens, write};
use jwt_workbench::jose::text::Position;
use serde::de::IgnoredAny;

/// The lines of a corpus file, or `None` where there is no such file.
fn lines(file: &str) -> Option<Vec<serde_json::Value>> {
    let folder = std::env::var_os("JWT_WORKBENCH_CORPORA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/dev"), PathBuf::from);
    let Ok(text) = fs::read_to_string(folder.join(file)) else {
        println!("skipped: corpora not found");
        return None;
    };
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn payload(line: &serde_json::Value) -> Vec<u8> {
    let token = line["token"].as_str().unwrap();
    base64url::decode(token.split('.').nth(1).unwrap()).unwrap()
}

/// Everything that can be asked of any text, for what must never panic.
fn exercise(text: &str) {
    let covered = tokens(text).fold(0, |end, token| {
        assert_eq!(token.span.start, end);
        assert!(!token.span.is_empty() && text.is_char_boundary(token.span.end));
        token.span.end
    });
    assert_eq!(covered, text.len());
    let Ok(json) = Json::parse(text) else { return };
    for offset in 0..=text.len() {
        json.path_at(offset);
        if let Some(value) = json.value_at(offset) {
            value.as_str();
            value.as_f64();
        }
    }
    let compact = minify(&json);
    assert_eq!(minify(&Json::parse(&format(&json, 2)).unwrap()), compact);
    let mut sorted = String::new();
    write(json.root(), Serialization::Sorted, &mut sorted);
    assert_eq!(sorted.len(), compact.len());
}

#[track_caller]
fn check_refused(id: &str, text: &str) {
    let problem = Json::parse(text).expect_err(id);
    let span = problem.span.expect(id);
    assert!(span.start <= span.end && span.end <= text.len(), "{id}: {span:?}");
    assert!(text.get(span.range()).is_some(), "{id}: {span:?} splits a character");
    assert!(!span.is_empty() || span.start == text.len(), "{id}: nothing at {span:?}");
    let Position { line, column } = Position::of(text, span.start);
    assert!(line >= 1 && column >= 1, "{id}");
    assert!(problem.code.starts_with("json-"), "{id}");
    assert!(!problem.message.is_empty() && problem.help.ends_with('.'), "{id}: {problem:?}");
}

#[test]
fn every_case_of_json_test_suite_gets_its_verdict() {
    let Some(lines) = lines("jsontestsuite-as-payload.jsonl") else { return };
    let (mut accepted, mut refused, mut not_utf8) = (0, 0, 0);
    for line in &lines {
        let id = line["id"].as_str().unwrap();
        let bytes = payload(line);
        let Ok(text) = std::str::from_utf8(&bytes) else {
            assert!(!id.starts_with("y_"), "{id} is not UTF-8");
            not_utf8 += 1;
            continue;
        };
        exercise(text);
        let peer = serde_json::from_str::<IgnoredAny>(text);
        match id.split_once('_').unwrap().0 {
            "y" => {
                let json = Json::parse(text).unwrap_or_else(|problem| panic!("{id}: {problem}"));
                assert_eq!(json.text(), text);
                assert!(peer.is_ok(), "{id}: serde_json disagrees");
                accepted += 1;
            }
            "n" => {
                check_refused(id, text);
                assert!(peer.is_err(), "{id}: serde_json disagrees");
                refused += 1;
            }
            _ => assert_eq!(Json::parse(text).is_ok(), peer.is_ok(), "{id}: serde_json disagrees"),
        }
    }
    assert!(accepted > 0 && refused > 0 && not_utf8 > 0, "{accepted} {refused} {not_utf8}");
}

#[test]
fn the_exact_source_survives() {
    let Some(lines) = lines("jsontestsuite-transform.jsonl") else { return };
    let mut compared = 0;
    for line in &lines {
        let id = line["id"].as_str().unwrap();
        let bytes = payload(line);
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        assert_eq!(line["raw"].as_str(), Some(text), "{id}");
        exercise(text);
        let json = Json::parse(text).unwrap_or_else(|problem| panic!("{id}: {problem}"));
        assert_eq!(json.text(), text, "{id}");
        let mut typed = String::new();
        write(json.root(), Serialization::AsTyped, &mut typed);
        assert_eq!(typed, text.trim(), "{id}");
        let compact = minify(&json);
        let compact = Json::parse(&compact).unwrap();
        assert!(json.root().items().map(Value::raw).eq(compact.root().items().map(Value::raw)), "{id}");
        compared += 1;
    }
    assert!(compared > 0);
}

#[test]
fn naughty_strings_survive_quoting() {
    let Some(lines) = lines("naughty-strings.jsonl") else { return };
    for line in &lines {
        let text = line["text"].as_str().unwrap();
        let quoted = quote(text);
        assert_eq!(serde_json::from_str::<String>(&quoted).unwrap(), text);
        let object = format!("{{ {quoted} : [ {quoted} ] }}");
        exercise(&object);
        let json = Json::parse(&object).unwrap();
        let member = json.root().member(text).unwrap();
        assert_eq!(member.name(), text);
        assert_eq!(member.value.items().next().and_then(Value::as_str).as_deref(), Some(text));
        // As a text of its own, which is mostly no JSON at all.
        exercise(text);
        assert_eq!(Json::parse(text).is_ok(), serde_json::from_str::<IgnoredAny>(text).is_ok(), "{text}");
    }
    assert!(!lines.is_empty());
}
