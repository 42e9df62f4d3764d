//! JSON strings (RFC 8259 §7): escapes resolved and written.

use std::borrow::Cow;
use std::cmp::Ordering;

/// Writes `text` as a JSON string with its quotes, escaping only what must be (RFC 8785 §3.2.2.2).
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let control;
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0x08 => "\\b",
            0x0c => "\\f",
            0x00..=0x1f => {
                control = format!("\\u{byte:04x}");
                &control
            }
            _ => continue,
        };
        quoted.push_str(text.get(plain..at).unwrap_or_default());
        quoted.push_str(escape);
        plain = at + 1;
    }
    quoted.push_str(text.get(plain..).unwrap_or_default());
    quoted.push('"');
    quoted
}

/// The text that a string with the well-formed `body` between its quotes stands for.
pub(super) fn unescape(body: &str, escaped: bool) -> Cow<'_, str> {
    if !escaped {
        return Cow::Borrowed(body);
    }
    let mut text = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(backslash) = memchr::memchr(b'\\', rest.as_bytes()) {
        let (plain, escapes) = rest.split_at(backslash);
        text.push_str(plain);
        let run = escapes.len() - skip_escapes(escapes).len();
        let units = Units { rest: escapes.get(..run).unwrap_or_default(), low: None };
        text.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
        rest = skip_escapes(escapes);
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// What follows the escapes at the start of `text`.
fn skip_escapes(mut text: &str) -> &str {
    while text.starts_with('\\') {
        let len = if text.as_bytes().get(1) == Some(&b'u') { 6 } else { 2 };
        text = text.get(len..).unwrap_or_default();
    }
    text
}

/// Orders two strings, given as typed between their quotes, by the UTF-16 code units they stand for (RFC 8785 §3.2.3).
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    Units { rest: a, low: None }.cmp(Units { rest: b, low: None })
}

/// The UTF-16 code units of a well-formed string body, escapes resolved and halves of surrogate pairs kept.
struct Units<'t> {
    rest: &'t str,
    /// The second half of a character that takes two units.
    low: Option<u16>,
}

impl Iterator for Units<'_> {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        if let Some(low) = self.low.take() {
            return Some(low);
        }
        let mut chars = self.rest.chars();
        let unit = match chars.next()? {
            '\\' => match chars.next()? {
                'b' => 0x08,
                'f' => 0x0c,
                'n' => u16::from(b'\n'),
                'r' => u16::from(b'\r'),
                't' => u16::from(b'\t'),
                'u' => {
                    let (digits, behind) = chars.as_str().split_at_checked(4)?;
                    chars = behind.chars();
                    u16::from_str_radix(digits, 16).ok()?
                }
                itself => itself as u16,
            },
            plain => {
                let mut pair = [0; 2];
                if let [_, low] = plain.encode_utf16(&mut pair) {
                    self.low = Some(*low);
                }
                pair[0]
            }
        };
        self.rest = chars.as_str();
        Some(unit)
    }
}
