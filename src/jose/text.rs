//! Places in a text, and edits that touch nothing but what they must.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

/// A half-open range of bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to, not including, `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The number of bytes.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether there is no byte in it.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether the byte at `offset` is inside.
    pub const fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// The same stretch of a text that has `bytes` more in front.
    #[must_use]
    pub const fn moved(self, bytes: usize) -> Self {
        Self { start: self.start + bytes, end: self.end + bytes }
    }

    /// The same as a standard range, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// A place as people say it: both numbers start at 1, the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Character in the line, from 1.
    pub column: usize,
}

impl Position {
    /// The position of the byte at `offset`; an offset past the end is the end.
    pub fn of(text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Letters of a foreign text that a message repeats.
const SHOWN_LETTERS: usize = 40;

/// The beginning of a text that somebody else wrote, fit to stand in a message: cut, and [`visible`].
pub fn shown(text: &str) -> String {
    let mut shown = String::new();
    for (letters, char) in text.chars().enumerate() {
        if letters == SHOWN_LETTERS {
            shown.push('…');
            break;
        }
        push_visible(&mut shown, char);
    }
    shown
}

/// The text with everything spelled out as in JSON that would not be seen, turn the writing around or steer a terminal.
///
/// Joiners stay: they hold emoji and the letters of some scripts together.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return text.into();
    }
    let mut visible = String::with_capacity(text.len() + 16);
    text.chars().for_each(|char| push_visible(&mut visible, char));
    visible.into()
}

/// A path as people see it, [`visible`].
pub fn visible_path(path: &Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}

fn push_visible(text: &mut String, char: char) {
    if is_hidden(char) {
        text.push_str(&format!("\\u{:04x}", u32::from(char)));
    } else {
        text.push(char);
    }
}

/// Whether a character is not seen, turns the writing around or steers a terminal; joiners do not count.
pub fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(
            char,
            '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}'
        )
}

/// One stretch of text and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The bytes that go.
    pub span: Span,
    /// What comes instead.
    pub text: String,
}

/// A minimal edit: replacements in ascending order that do not overlap. All other bytes stay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit(Vec<Replacement>);

impl Edit {
    /// An edit of one stretch.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self(vec![Replacement { span, text: text.into() }])
    }

    /// An edit of several stretches, given in any order.
    ///
    /// The stretches must not overlap: a later one that overlaps an earlier one is left out.
    pub fn of(mut replacements: Vec<Replacement>) -> Self {
        replacements.sort_by_key(|replacement| (replacement.span.start, replacement.span.end));
        let mut end = 0;
        replacements.retain(|replacement| {
            let fits = replacement.span.start >= end;
            end = end.max(replacement.span.end);
            fits
        });
        Self(replacements)
    }

    /// The replacements, in ascending order.
    pub fn replacements(&self) -> &[Replacement] {
        &self.0
    }

    /// The same edit of a text that has `bytes` more in front.
    #[must_use]
    pub fn moved(mut self, bytes: usize) -> Self {
        self.0.iter_mut().for_each(|replacement| replacement.span = replacement.span.moved(bytes));
        self
    }

    /// This edit and another of the same text in one; where they overlap, what comes first counts.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        Self::of(self.0)
    }

    /// The text after the edit. A span that does not fit the text is left out.
    pub fn apply(&self, text: &str) -> String {
        let added: usize = self.0.iter().map(|replacement| replacement.text.len()).sum();
        let mut edited = String::with_capacity(text.len() + added);
        let mut kept = 0;
        for Replacement { span, text: new } in &self.0 {
            let Some(before) = text.get(kept..span.start) else {
                continue;
            };
            edited.push_str(before);
            edited.push_str(new);
            kept = span.end;
        }
        edited.push_str(text.get(kept..).unwrap_or_default());
        edited
    }
}

/// The one stretch in which `new` differs from `old`: where it is in each. Both start at the same byte, and their ends are
/// character boundaries.
pub fn difference(old: &str, new: &str) -> (Span, Span) {
    let mut start = common_start(old.as_bytes(), new.as_bytes());
    while !old.is_char_boundary(start) {
        start -= 1;
    }
    let (rest_old, rest_new) = (old.get(start..).unwrap_or_default(), new.get(start..).unwrap_or_default());
    let mut end = common_end(rest_old.as_bytes(), rest_new.as_bytes());
    while !rest_old.is_char_boundary(rest_old.len() - end) {
        end -= 1;
    }
    (Span::new(start, old.len() - end), Span::new(start, new.len() - end))
}

/// How many bytes at the start are the same.
fn common_start(a: &[u8], b: &[u8]) -> usize {
    const BLOCK: usize = 64;
    let blocks = a.chunks_exact(BLOCK).zip(b.chunks_exact(BLOCK)).take_while(|(a, b)| a == b).count() * BLOCK;
    let rest = a.iter().skip(blocks).zip(b.iter().skip(blocks)).take_while(|(a, b)| a == b).count();
    blocks + rest
}

/// How many bytes at the end are the same.
fn common_end(a: &[u8], b: &[u8]) -> usize {
    const BLOCK: usize = 64;
    let blocks = a.rchunks_exact(BLOCK).zip(b.rchunks_exact(BLOCK)).take_while(|(a, b)| a == b).count() * BLOCK;
    let rest = a.iter().rev().skip(blocks).zip(b.iter().rev().skip(blocks)).take_while(|(a, b)| a == b).count();
    blocks + rest
}

/// A number with thousands separated: `1,824`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        for (number, text) in [(0, "0"), (999, "999"), (20_000, "20,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn a_position_counts_characters_not_bytes() {
        assert_eq!(Position::of("ä\nöü", 5), Position { line: 2, column: 2 });
        assert_eq!(Position::of("ab", 99), Position { line: 1, column: 3 });
        assert_eq!(Position::of("ä", 1), Position { line: 1, column: 1 });
    }

    #[test]
    fn what_cannot_be_seen_is_spelled_out() {
        assert_eq!(
            visible("a\u{1b}[2J\u{9b}ä\u{202e}\r\n\u{feff}\u{200b}"),
            "a\\u001b[2J\\u009bä\\u202e\\u000d\\u000a\\ufeff\\u200b"
        );
        assert!(matches!(visible("ä 漢字 שלום 👩\u{200d}👧"), Cow::Borrowed(_)));
        assert_eq!(shown(&"ä".repeat(41)), format!("{}…", "ä".repeat(40)));
        assert_eq!(shown("a\tb"), "a\\u0009b");
    }

    #[test]
    fn an_edit_leaves_all_other_bytes_alone() {
        let edit = Edit::of(vec![
            Replacement { span: Span::new(4, 5), text: "E".into() },
            Replacement { span: Span::new(0, 2), text: String::new() },
        ]);
        assert_eq!(edit.apply("abcdef"), "cdEf");
    }
}
