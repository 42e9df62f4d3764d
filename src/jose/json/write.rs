//! Writing values: for signing, for reading, for sending.

use super::lex::{Token, TokenKind, string_end, tokens};
use super::string::compare;
use super::value::{Kind, Member, Value};
use super::{Json, Serialization};

/// Appends `value` to `out` in the given serialization.
///
/// `Sorted` orders members by the UTF-16 code units of their unescaped names (RFC 8785 §3.2.3); duplicates keep their
/// order. Numbers and escapes are as typed in each of them.
pub fn write(value: Value<'_>, serialization: Serialization, out: &mut String) {
    match serialization {
        Serialization::AsTyped => out.push_str(value.raw()),
        Serialization::Compact => write_compact(value.raw(), out),
        Serialization::Sorted => write_sorted(value, out),
    }
}

/// The whole text without white space between its parts.
pub fn minify(json: &Json) -> String {
    let mut out = String::with_capacity(json.text().len());
    write(json.root(), Serialization::Compact, &mut out);
    out
}

/// The whole text with every member and item on its own line, `indent` spaces for each level, no line break at the end.
pub fn format(json: &Json, indent: usize) -> String {
    let text = json.text();
    let mut out = String::with_capacity(text.len() * 2);
    let mut depth = 0_usize;
    let mut parts = tokens(text).filter(|token| token.kind != TokenKind::Space).peekable();
    while let Some(token) = parts.next() {
        let part = raw(text, token);
        match part {
            "{" | "[" => {
                out.push_str(part);
                match parts.next_if(|next| matches!(raw(text, *next), "}" | "]")) {
                    Some(close) => out.push_str(raw(text, close)),
                    None => {
                        depth += 1;
                        new_line(&mut out, depth * indent);
                    }
                }
            }
            "}" | "]" => {
                depth = depth.saturating_sub(1);
                new_line(&mut out, depth * indent);
                out.push_str(part);
            }
            "," => {
                out.push(',');
                new_line(&mut out, depth * indent);
            }
            ":" => out.push_str(": "),
            _ => out.push_str(part),
        }
    }
    out
}

fn raw(text: &str, token: Token) -> &str {
    text.get(token.span.range()).unwrap_or_default()
}

fn new_line(out: &mut String, spaces: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', spaces));
}

/// Copies well-formed `text` in as few pieces as the white space outside strings leaves.
fn write_compact(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    out.reserve(text.len());
    let (mut copied, mut at) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = string_end(bytes, at),
            b' ' | b'\n' | b'\r' | b'\t' => {
                out.push_str(text.get(copied..at).unwrap_or_default());
                while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
                    at += 1;
                }
                copied = at;
            }
            _ => at += 1,
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
}

/// What is still to be written, the nearest on top of the stack.
enum Step<'j> {
    Text(&'j str),
    Value(Value<'j>),
}

fn write_sorted(value: Value<'_>, out: &mut String) {
    let mut steps = vec![Step::Value(value)];
    while let Some(step) = steps.pop() {
        let value = match step {
            Step::Text(text) => {
                out.push_str(text);
                continue;
            }
            Step::Value(value) => value,
        };
        match value.kind() {
            Kind::Object => {
                out.push('{');
                steps.push(Step::Text("}"));
                let mut members: Vec<Member<'_>> = value.members().collect();
                members.sort_by(|a, b| compare(a.name_body().0, b.name_body().0));
                for (index, member) in members.iter().enumerate().rev() {
                    steps.extend([Step::Value(member.value), Step::Text(":"), Step::Text(member.raw_name())]);
                    steps.extend((index > 0).then_some(Step::Text(",")));
                }
            }
            Kind::Array => {
                out.push('[');
                steps.push(Step::Text("]"));
                let items: Vec<Value<'_>> = value.items().collect();
                for (index, item) in items.into_iter().enumerate().rev() {
                    steps.push(Step::Value(item));
                    steps.extend((index > 0).then_some(Step::Text(",")));
                }
            }
            Kind::Null | Kind::Bool | Kind::Number | Kind::String => out.push_str(value.raw()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, serialization: Serialization, expected: &str) {
        let json = Json::parse(text).unwrap();
        let mut out = String::from("kept ");
        write(json.root(), serialization, &mut out);
        assert_eq!(out, format!("kept {expected}"));
    }

    #[test]
    fn compact_removes_white_space_only() {
        check(
            " {\"b\" : [ 1.00 , -0 ],\r\n\t\"a\":\" x \\u0041\\\" \" } ",
            Serialization::Compact,
            r#"{"b":[1.00,-0],"a":" x \u0041\" "}"#,
        );
        check("  true\n", Serialization::Compact, "true");
        check("{ }", Serialization::Compact, "{}");
    }

    #[test]
    fn as_typed_keeps_every_byte_of_the_value() {
        check(" { \"a\" : 1 } ", Serialization::AsTyped, "{ \"a\" : 1 }");
    }

    #[test]
    fn sorted_orders_every_object_and_keeps_duplicates_in_order() {
        check(
            r#"{"b": {"d": 1, "c": [ {"z": 1, "y": 2}, 3 ]}, "a": 1E2, "b": 0, "\u0061": 2}"#,
            Serialization::Sorted,
            r#"{"a":1E2,"\u0061":2,"b":{"c":[{"y":2,"z":1},3],"d":1},"b":0}"#,
        );
        // The example of RFC 8785 §3.2.3.
        check(
            r#"{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}"#,
            Serialization::Sorted,
            r#"{"\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}"#,
        );
        check("[ ]", Serialization::Sorted, "[]");
    }

    #[test]
    fn formatting_puts_each_part_on_its_line() {
        let json = Json::parse(r#"{"a":[1,{"b":{}}],"c":[ ],"d":"{[,:"}"#).unwrap();
        let expected = "{\n  \"a\": [\n    1,\n    {\n      \"b\": {}\n    }\n  ],\n  \"c\": [],\n  \"d\": \"{[,:\"\n}";
        assert_eq!(format(&json, 2), expected);
        assert_eq!(minify(&Json::parse(expected).unwrap()), r#"{"a":[1,{"b":{}}],"c":[],"d":"{[,:"}"#);
    }

    #[test]
    fn the_deepest_text_can_be_written() {
        let text = format!("{}{}", "[".repeat(super::super::MAX_DEPTH), "]".repeat(super::super::MAX_DEPTH));
        check(&text, Serialization::Compact, &text);
        check(&text, Serialization::Sorted, &text);
    }
}
