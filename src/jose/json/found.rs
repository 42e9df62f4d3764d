//! What stands at a place of a text, for messages about it.

use super::super::text::Span;
use super::lex::word_end;

/// Longer words are shown by their first character only.
const LONGEST_WORD: usize = 40;

/// The character at `at`; empty at the end of the text.
pub(super) fn char_span(text: &str, at: usize) -> Span {
    Span::new(at, at + char_at(text, at).map_or(0, char::len_utf8))
}

/// The word at `at`, or the one character where it is punctuation; empty at the end of the text.
pub(super) fn word_span(text: &str, at: usize) -> Span {
    Span::new(at, word_end(text.as_bytes(), at).max(char_span(text, at).end))
}

/// The text of [`word_span`].
pub(super) fn word_at(text: &str, at: usize) -> &str {
    text.get(word_span(text, at).range()).unwrap_or_default()
}

pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The word or character at `at` as it is shown in a message: `'abc'`, `U+00A0 (no-break space)`.
pub(super) fn describe_word(text: &str, at: usize) -> String {
    let word = word_at(text, at);
    let is_plain = word.chars().all(|char| char.is_alphanumeric() || char == '_');
    if is_plain && !word.is_empty() && word.len() <= LONGEST_WORD {
        format!("'{word}'")
    } else {
        describe_char(text, at)
    }
}

/// The character at `at` as it is shown in a message.
pub(super) fn describe_char(text: &str, at: usize) -> String {
    match char_at(text, at) {
        None => "the end of the text".to_owned(),
        Some('\'') => "a single quote".to_owned(),
        Some(char) => match invisible(char) {
            Some("") => format!("U+{:04X}", char as u32),
            Some(name) => format!("U+{:04X} ({name})", char as u32),
            None => format!("'{char}'"),
        },
    }
}

/// The name, which may be empty, of a character that cannot be seen.
pub fn invisible(char: char) -> Option<&'static str> {
    Some(match char {
        '\0' => "null character",
        '\t' => "tab",
        '\n' | '\r' => "line break",
        '\u{b}' => "vertical tab",
        '\u{c}' => "form feed",
        ' ' => "space",
        '\u{a0}' => "no-break space",
        '\u{ad}' => "soft hyphen",
        '\u{200b}' => "zero width space",
        '\u{200c}' => "zero width non-joiner",
        '\u{200d}' => "zero width joiner",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "text direction mark",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{2060}' => "word joiner",
        '\u{3000}' => "ideographic space",
        '\u{feff}' => "byte order mark",
        '\u{e0000}'..='\u{e007f}' => "tag character",
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => "blank letter",
        _ if char.is_control() || char.is_whitespace() => "",
        _ => return None,
    })
}
