//! Where lines and characters of a text are, in bytes: found once for a text, then looked up.

use crate::jose::text::Span;

/// Every so many bytes the number of characters before is noted.
const BLOCK: usize = 512;

/// The lines of a text and a way between bytes and characters.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// First byte of each line; never empty.
    starts: Vec<usize>,
    /// How many characters start before each multiple of [`BLOCK`] bytes.
    characters: Vec<usize>,
    length: usize,
}

impl Places {
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|newline| newline + 1)).collect();
        let mut before = 0;
        let count = |block: &[u8]| {
            before += characters(block);
            before
        };
        let characters = std::iter::once(0).chain(bytes.chunks(BLOCK).map(count)).collect();
        Self { starts, characters, length: text.len() }
    }

    /// The number of lines, at least one.
    pub(super) fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The line, from 0, that the byte at `offset` is in. A line break belongs to the line it ends.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The bytes of a line, from 0, without its line break; empty at the end for a line that is not there.
    pub(super) fn line(&self, line: usize) -> Span {
        let start = self.starts.get(line).copied().unwrap_or(self.length);
        let end = self.starts.get(line + 1).map_or(self.length, |next| next - 1);
        Span::new(start, end)
    }

    /// How many characters of `text` start before the byte at `offset`.
    pub(super) fn character_at(&self, text: &str, offset: usize) -> usize {
        let offset = offset.min(self.length);
        let block = offset / BLOCK;
        let before = self.characters.get(block).copied().unwrap_or_default();
        before + characters(text.as_bytes().get(block * BLOCK..offset).unwrap_or_default())
    }

    /// The first byte of a character of `text`; the end for one that is not there.
    pub(super) fn byte_at(&self, text: &str, character: usize) -> usize {
        let block = self.characters.partition_point(|before| *before <= character).saturating_sub(1);
        let before = self.characters.get(block).copied().unwrap_or_default();
        let rest = text.as_bytes().iter().enumerate().skip(block * BLOCK);
        let mut starts = rest.filter(|(_, byte)| is_start(**byte)).map(|(at, _)| at);
        starts.nth(character.saturating_sub(before)).unwrap_or(self.length)
    }
}

/// How many characters start in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| is_start(**byte)).count()
}

fn is_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_characters_are_told_apart_everywhere() {
        let texts =
            [String::new(), "plain".to_owned(), "aä€😀\n".repeat(300), "ä".repeat(BLOCK), "x".repeat(BLOCK * 2)];
        for text in &texts {
            let places = Places::of(text);
            for (character, (at, _)) in text.char_indices().enumerate() {
                assert_eq!(places.character_at(text, at), character);
                assert_eq!(places.byte_at(text, character), at);
            }
            let count = text.chars().count();
            assert_eq!(places.character_at(text, text.len()), count);
            for past in [count, count + 1, usize::MAX] {
                assert_eq!(places.byte_at(text, past), text.len());
            }
        }
    }

    #[test]
    fn a_text_has_one_line_more_than_line_breaks() {
        let places = Places::of("ab\n\ncd\n");
        assert_eq!(places.lines(), 4);
        let lines: Vec<Span> = (0..5).map(|line| places.line(line)).collect();
        let expected = [(0, 2), (3, 3), (4, 6), (7, 7), (7, 7)].map(|(start, end)| Span::new(start, end));
        assert_eq!(lines, expected);
        for (offset, line) in [(0, 0), (2, 0), (3, 1), (4, 2), (6, 2), (7, 3), (99, 3)] {
            assert_eq!(places.line_of(offset), line, "{offset}");
        }
    }
}
