//! The lexer: the parts of any text, broken or not, for colouring it while it is typed.

use super::super::text::Span;

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its bytes; never empty.
    pub span: Span,
}

/// What a part of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// One of `{` `}` `[` `]` `,` `:`.
    Punctuation,
    /// A string with a `:` behind it.
    Name,
    /// Any other string. One that is not closed ends with its line.
    String,
    /// A number by the grammar of RFC 8259 §6.
    Number,
    /// `true`, `false` or `null`.
    Keyword,
    /// White space.
    Space,
    /// Anything that JSON does not know.
    Invalid,
}

/// The parts of `text` from its first byte to its last, without gaps.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

/// The parts of a text; see [`tokens`].
#[derive(Clone, Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let (kind, end) = match bytes.get(start)? {
            b'{' | b'}' | b'[' | b']' | b',' | b':' => (TokenKind::Punctuation, start + 1),
            b' ' | b'\t' | b'\n' | b'\r' => (TokenKind::Space, space_end(bytes, start)),
            b'"' => {
                let end = string_end(bytes, start);
                let named = bytes.get(space_end(bytes, end)) == Some(&b':');
                (if named { TokenKind::Name } else { TokenKind::String }, end)
            }
            _ => {
                let end = word_end(bytes, start);
                (word_kind(bytes.get(start..end).unwrap_or_default()), end)
            }
        };
        self.at = end;
        Some(Token { kind, span: Span::new(start, end) })
    }
}

fn word_kind(word: &[u8]) -> TokenKind {
    match word {
        b"true" | b"false" | b"null" => TokenKind::Keyword,
        _ if number_end(word, 0) == Ok(word.len()) => TokenKind::Number,
        _ => TokenKind::Invalid,
    }
}

/// The end of the white space at `start`, which may be empty.
fn space_end(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    while let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(end) {
        end += 1;
    }
    end
}

/// The end of the run of bytes at `start` that are neither white space, punctuation nor a quote.
pub(super) fn word_end(bytes: &[u8], start: usize) -> usize {
    let stops =
        |byte: &u8| matches!(byte, b'{' | b'}' | b'[' | b']' | b',' | b':' | b'"' | b' ' | b'\t' | b'\n' | b'\r');
    let word = bytes.get(start..).unwrap_or_default();
    start + word.iter().position(stops).unwrap_or(word.len())
}

/// The end of the string whose quote stands at `start`: behind its closing quote, or the end of the line without one.
pub(super) fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(found) = memchr::memchr3(b'"', b'\\', b'\n', rest) else { return bytes.len() };
        at += found;
        match bytes.get(at) {
            Some(b'"') => return at + 1,
            Some(b'\\') if bytes.get(at + 1).is_some_and(|escaped| *escaped != b'\n') => at += 2,
            Some(b'\\') => at += 1,
            _ => return at,
        }
    }
}

/// The end of the number at `start` by the grammar of RFC 8259 §6.
///
/// # Errors
/// The offset at which a digit is missing, or at which one follows a leading zero.
pub(super) fn number_end(bytes: &[u8], start: usize) -> Result<usize, usize> {
    let mut at = start + usize::from(bytes.get(start) == Some(&b'-'));
    let whole = at;
    at = digits_end(bytes, at)?;
    if bytes.get(whole) == Some(&b'0') && at > whole + 1 {
        return Err(whole + 1);
    }
    if bytes.get(at) == Some(&b'.') {
        at = digits_end(bytes, at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        let signed = matches!(bytes.get(at + 1), Some(b'+' | b'-'));
        at = digits_end(bytes, at + 1 + usize::from(signed))?;
    }
    Ok(at)
}

/// The end of the digits at `start`, of which there must be one.
fn digits_end(bytes: &[u8], start: usize) -> Result<usize, usize> {
    let mut end = start;
    while bytes.get(end).is_some_and(u8::is_ascii_digit) {
        end += 1;
    }
    if end == start { Err(start) } else { Ok(end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(TokenKind, &str)]) {
        let found: Vec<_> = tokens(text).map(|token| (token.kind, &text[token.span.range()])).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn names_and_strings_are_told_apart() {
        use TokenKind::{Name, Punctuation, Space, String};
        check(
            r#"{"a" :"b:\""}"#,
            &[
                (Punctuation, "{"),
                (Name, r#""a""#),
                (Space, " "),
                (Punctuation, ":"),
                (String, r#""b:\"""#),
                (Punctuation, "}"),
            ],
        );
    }

    #[test]
    fn words_are_judged_whole() {
        use TokenKind::{Invalid, Keyword, Number, Punctuation};
        let comma = (Punctuation, ",");
        check(
            "-0.5e+3,007,true,truex,1.",
            &[
                (Number, "-0.5e+3"),
                comma,
                (Invalid, "007"),
                comma,
                (Keyword, "true"),
                comma,
                (Invalid, "truex"),
                comma,
                (Invalid, "1."),
            ],
        );
        check("é'x'", &[(Invalid, "é'x'")]);
    }

    #[test]
    fn a_string_that_is_not_closed_ends_with_its_line() {
        use TokenKind::{Number, Space, String};
        check("\"ab\\\n1", &[(String, "\"ab\\"), (Space, "\n"), (Number, "1")]);
        check("\"ä\\", &[(String, "\"ä\\")]);
        check("\"\\ä\"", &[(String, "\"\\ä\"")]);
    }
}
