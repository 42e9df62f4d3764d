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
        rest = skip_escapes(escapes);
        let run = escapes.get(..escapes.len() - rest.len()).unwrap_or_default();
        let chars = char::decode_utf16(Units::of(run));
        text.extend(chars.map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)));
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
    Units::of(a).cmp(Units::of(b))
}

/// The UTF-16 code units of a well-formed string body, escapes resolved and halves of surrogate pairs kept.
struct Units<'t> {
    rest: &'t str,
    /// The second unit of a character that takes two.
    low: Option<u16>,
}

impl<'t> Units<'t> {
    const fn of(body: &'t str) -> Self {
        Self { rest: body, low: None }
    }
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

#[cfg(test)]
mod tests {
    use super::super::Json;
    use super::*;

    #[test]
    fn a_quoted_text_reads_back() {
        for text in ["", "plain", "\u{0}\u{1f}\u{7f}", "\"\\/\u{8}\u{c}\n\r\t", "ä\u{2028}😀", "\\u0041", "ends in \\"]
        {
            let json = Json::parse(&quote(text)).unwrap();
            assert_eq!(json.root().as_str().unwrap(), text);
        }
    }

    #[test]
    fn only_what_must_be_is_escaped() {
        assert_eq!(quote("a/\u{7f}é\u{1}\n\"\\"), "\"a/\u{7f}é\\u0001\\n\\\"\\\\\"");
    }

    #[test]
    fn escapes_are_resolved() {
        #[track_caller]
        fn check(body: &str, text: &str) {
            assert_eq!(unescape(body, true), text);
        }
        check(r#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t");
        check(r"a\u00e9b\u20ACc", "aéb€c");
        check(r"\ud83d\ude00", "😀");
        check(r"a\ud83db", "a\u{fffd}b");
        check(r"\ude00\ud83d", "\u{fffd}\u{fffd}");
        check(r"\ud83d\n\ud83d\ude00", "\u{fffd}\n😀");
        check(r"\\u0041", r"\u0041");
    }

    #[test]
    fn names_are_ordered_by_utf16() {
        // U+1F600 is D83D DE00 in UTF-16 and so comes before U+FB33, though it is the larger character.
        let sorted = ["", r"\n", "1", "a", r"\u0061b", "b", r"\u00f6", "😀", r"\ud83d\ude01", "\u{fb33}"];
        for pair in sorted.windows(2) {
            assert_eq!(compare(pair[0], pair[1]), Ordering::Less, "{pair:?}");
        }
        assert_eq!(compare("ab", r"\u0061b"), Ordering::Equal);
    }
}
