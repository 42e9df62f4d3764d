//! Where placeholders stand in a JSON text.
//!
//! They are looked for in the raw text of strings, member names among them: a brace or a name that is written with a
//! JSON escape (`\u007b`) is never part of a placeholder. From the left, `{{{{` is a literal `{{`, and any other `{{`
//! opens a placeholder that ends at the next `}}` of the same string. A `}}` by itself is text.

use std::borrow::Cow;

use super::placeholder::{self, Placeholder};
use crate::jose::error::Problem;
use crate::jose::json::Json;
use crate::jose::text::Span;

/// A placeholder in a JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// What it is, or why it is none; the problem has the span of the placeholder.
    pub placeholder: Result<Placeholder, Problem>,
    /// The bytes from `{{` to `}}`.
    pub span: Span,
    /// The string with its quotes, when it is a value (not a name) that is this placeholder and nothing else: it
    /// becomes a typed value.
    pub whole: Option<Span>,
    /// Whether it stands in the name of a member.
    pub in_name: bool,
}

/// See [`Occurrence::key`].
pub(super) type Key<'t> = (&'t str, bool, bool);

impl Occurrence {
    /// What decides the meaning of the placeholder: its text, whether it is a whole string, whether it is in a name.
    pub(super) fn key<'t>(&self, text: &'t str) -> Key<'t> {
        (text.get(self.span.range()).unwrap_or_default(), self.whole.is_some(), self.in_name)
    }
}

/// All placeholders of a JSON text, in order.
pub fn scan(json: &Json) -> Vec<Occurrence> {
    pieces(json.text())
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Placeholder(occurrence) => Some(occurrence),
            Piece::Braces(_) => None,
        })
        .collect()
}

/// The JSON text with every `{{` written as `{{{{`, so that a rendering gives back exactly this text.
///
/// For claims that come from a token or from anywhere else placeholders do not exist.
pub fn escape(json_text: &str) -> Cow<'_, str> {
    if json_text.contains("{{") { json_text.replace("{{", "{{{{").into() } else { json_text.into() }
}

/// What is not plain text in a JSON text.
pub enum Piece {
    /// A `{{{{`.
    Braces(Span),
    /// A placeholder, well-formed or not.
    Placeholder(Occurrence),
}

/// The pieces of a valid JSON text, in order; what lies between them is plain text.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut at = 0;
    // Two opening braces in a row cannot stand outside of a string: all other strings need no look.
    let braces = memchr::memmem::Finder::new(b"{{");
    while let Some(offset) = braces.find(text.as_bytes().get(at..).unwrap_or_default()) {
        let Some(string) = string_around(text.as_bytes(), at + offset) else { break };
        add_pieces_of(text, string, &mut found);
        at = string.end;
    }
    found
}

/// The string literal, with its quotes, that the plain character at `inside` is part of.
fn string_around(bytes: &[u8], inside: usize) -> Option<Span> {
    let mut start = inside;
    let mut escaped = true;
    while escaped {
        start = memchr::memrchr(b'"', bytes.get(..start)?)?;
        let backslashes = bytes.get(..start)?.iter().rev().take_while(|byte| **byte == b'\\').count();
        escaped = backslashes % 2 == 1;
    }
    let mut end = inside;
    loop {
        end += memchr::memchr2(b'"', b'\\', bytes.get(end..)?)?;
        if bytes.get(end) == Some(&b'"') {
            return Some(Span::new(start, end + 1));
        }
        end += 2;
    }
}

fn add_pieces_of(text: &str, string: Span, found: &mut Vec<Piece>) {
    let inside = Span::new(string.start + 1, string.end - 1);
    let slice = |start: usize, end: usize| text.get(start..end).unwrap_or_default();
    let in_name = is_name(text, string);
    let mut at = inside.start;
    while let Some(open) = slice(at, inside.end).find("{{").map(|offset| at + offset) {
        let start = open + 2;
        let after = slice(start, inside.end);
        if after.starts_with("{{") {
            found.push(Piece::Braces(Span::new(open, start + 2)));
            at = start + 2;
            continue;
        }
        let reach = after.find("{{").map_or(inside.end, |next| start + next);
        let (placeholder, end) = match slice(start, reach).find("}}") {
            Some(close) => (placeholder::parse(slice(start, start + close)), start + close + 2),
            None => (Err(unclosed()), reach),
        };
        let span = Span::new(open, end);
        found.push(Piece::Placeholder(Occurrence {
            placeholder: placeholder.map_err(|problem| problem.at(span)),
            span,
            whole: (span == inside && !in_name).then_some(string),
            in_name,
        }));
        at = end;
    }
}

fn is_name(text: &str, string: Span) -> bool {
    text.get(string.end..).is_some_and(|after| after.trim_start_matches([' ', '\t', '\n', '\r']).starts_with(':'))
}

fn unclosed() -> Problem {
    Problem::new("placeholder", "This placeholder has no end")
        .help("Write }} after its name, or {{{{ for a literal {{.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan_text(text: &str) -> Vec<Occurrence> {
        scan(&Json::parse(text).unwrap())
    }

    #[test]
    fn placeholders_are_found_with_their_places() {
        let text = r#"{ "iat": "{{now}}", "a{{uuid}}b" : [ "x {{ tenant }} {{counter}}" ] }"#;
        let found: Vec<_> = scan_text(text)
            .into_iter()
            .map(|o| {
                let whole = o.whole.map(|span| &text[span.range()]);
                (o.placeholder.unwrap().to_string(), &text[o.span.range()], whole, o.in_name)
            })
            .collect();
        let expected = [
            ("{{now}}", "{{now}}", Some("\"{{now}}\""), false),
            ("{{uuid}}", "{{uuid}}", None, true),
            ("{{tenant}}", "{{ tenant }}", None, false),
            ("{{counter}}", "{{counter}}", None, false),
        ];
        assert_eq!(found, expected.map(|(p, s, w, n)| (p.to_owned(), s, w, n)));
    }

    #[test]
    fn a_name_is_never_a_typed_value() {
        let found = scan_text("{\"{{now}}\"\n : 1}");
        assert_eq!((found.len(), found[0].whole, found[0].in_name), (1, None, true));
    }

    #[test]
    fn an_escaped_quote_does_not_end_the_string_around_a_placeholder() {
        let text = r#"{"a\\": "{{now}}", "b": "\"{{now}}\"", "c": "\\{{now}}\\", "\"{{now}}\\": 1}"#;
        let found: Vec<_> = scan_text(text).into_iter().map(|o| (o.whole.is_some(), o.in_name)).collect();
        assert_eq!(found, [(true, false), (false, false), (false, false), (false, true)]);
    }

    #[test]
    fn what_only_looks_like_a_placeholder_is_left_alone() {
        #[track_caller]
        fn check(text: &str) {
            assert_eq!(scan_text(text), [], "{text}");
        }
        check(r#"{"a": {"b": {}}}"#);
        check(r#"["{{{{now}}"]"#);
        check(r#"["{{{{{{{{"]"#);
        check(r#"["\u007b{now}}", "{\u007bnow}}", "}}", "{", "{ {"]"#);
        check(r#"["a\\", "{", "\"{", "{"]"#);
    }

    #[test]
    fn what_is_broken_has_a_place() {
        #[track_caller]
        fn check(text: &str, broken: &[&str]) {
            let spans: Vec<_> = scan_text(text)
                .into_iter()
                .filter_map(|occurrence| occurrence.placeholder.err())
                .map(|problem| &text[problem.span.unwrap().range()])
                .collect();
            assert_eq!(spans, broken, "{text}");
        }
        check(r#"["{{now", "}}"]"#, &["{{now"]);
        check(r#"["a {{now {{uuid}}"]"#, &["{{now "]);
        check(r#"["{{now {{{{ }}"]"#, &["{{now "]);
        check(r#"["{{}}", "{{now+5x}}", "{{uuid}}"]"#, &["{{}}", "{{now+5x}}"]);
        check(r#"["{{{now}}"]"#, &["{{{now}}"]);
        check(r#"["{{"]"#, &["{{"]);
        check(r#"["{{n\u006fw}}"]"#, &["{{n\\u006fw}}"]);
    }

    #[test]
    fn the_same_text_comes_back_after_escaping() {
        assert_eq!(escape(r#"["{{now}}", "{{{"]"#), r#"["{{{{now}}", "{{{{{"]"#);
        assert!(matches!(escape("{}"), Cow::Borrowed("{}")));
    }
}
