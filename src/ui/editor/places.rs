//! Where rows and characters of a text are, in bytes: found once for a text, then looked up.

use crate::jose::text::Span;

/// Every so many bytes the number of characters before is noted.
const BLOCK: usize = 512;
/// A line of more bytes than this is broken into several rows. A row knows the place of each of its characters, in some
/// 70 bytes for each, and is made anew with every key press in it.
const LONGEST: usize = 16 * 1024;
/// Bytes of each row of such a line, one character less where the last one would be cut.
pub(super) const ROW: usize = 120;

/// The rows of a text and a way between bytes and characters. A row is a line, or a part of a very long one.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// First byte of each row; never empty.
    starts: Vec<usize>,
    /// The rows that go on with the line of the row before, in ascending order.
    continued: Vec<Continued>,
    /// How many characters start before each multiple of [`BLOCK`] bytes.
    characters: Vec<usize>,
    length: usize,
}

#[derive(Clone, Copy, Debug)]
struct Continued {
    row: usize,
    /// The first byte of the string that the row starts in, or that of the row.
    token: usize,
}

impl Places {
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut starts, mut continued) = (vec![0], Vec::new());
        for end in memchr::memchr_iter(b'\n', bytes).chain(std::iter::once(text.len())) {
            let start = starts.last().copied().unwrap_or_default();
            if end - start > LONGEST {
                broken(text, start..end, &mut starts, &mut continued);
            }
            starts.push(end + 1);
        }
        starts.pop();
        let mut before = 0;
        let count = |block: &[u8]| {
            before += characters(block);
            before
        };
        let characters = std::iter::once(0).chain(bytes.chunks(BLOCK).map(count)).collect();
        Self { starts, continued, characters, length: text.len() }
    }

    /// The number of rows, at least one.
    pub(super) fn rows(&self) -> usize {
        self.starts.len()
    }

    /// The number of lines, at least one.
    pub(super) fn lines(&self) -> usize {
        self.starts.len() - self.continued.len()
    }

    /// The row, from 0, that the byte at `offset` is in. A line break belongs to the row it ends.
    pub(super) fn row_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The bytes of a row, from 0, without its line break; empty at the end for a row that is not there.
    pub(super) fn row(&self, row: usize) -> Span {
        let start = self.starts.get(row).copied().unwrap_or(self.length);
        let end = self.starts.get(row + 1).map_or(self.length, |next| next - usize::from(self.ends_line(row)));
        Span::new(start, end)
    }

    /// Whether a line ends with this row.
    pub(super) fn ends_line(&self, row: usize) -> bool {
        self.continued(row + 1).is_err()
    }

    /// The rows of the line that a row is part of.
    pub(super) fn line_around(&self, row: usize) -> std::ops::RangeInclusive<usize> {
        let mut rows = row..=row;
        if !self.continued.is_empty() {
            let first = (0..=row).rev().find(|row| self.continued(*row).is_err());
            let last = (row..self.rows()).find(|row| self.ends_line(*row));
            rows = first.unwrap_or(row)..=last.unwrap_or(row);
        }
        rows
    }

    /// The number of the line that starts with this row, from 1; `None` for a row that goes on with a line.
    pub(super) fn number(&self, row: usize) -> Option<usize> {
        self.continued(row).err().map(|before| row + 1 - before)
    }

    /// Where to begin reading to know what the letters of a row are.
    pub(super) fn token(&self, row: usize) -> usize {
        let within = self.continued(row).ok().and_then(|index| self.continued.get(index));
        within.map_or_else(|| self.row(row).start, |continued| continued.token)
    }

    /// The line and the column of a byte of `text`, from 1.
    pub(super) fn position(&self, text: &str, offset: usize) -> (usize, usize) {
        let first = *self.line_around(self.row_of(offset.min(self.length))).start();
        let column = self.character_at(text, offset) - self.character_at(text, self.row(first).start);
        (self.number(first).unwrap_or(first + 1), column + 1)
    }

    /// Which of the rows that go on this one is, or how many there are before.
    fn continued(&self, row: usize) -> Result<usize, usize> {
        self.continued.binary_search_by_key(&row, |continued| continued.row)
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
        let rest = text.as_bytes().get(block * BLOCK..).unwrap_or_default();
        (block * BLOCK + start_of(rest, character.saturating_sub(before))).min(self.length)
    }
}

/// Breaks a long line into rows.
fn broken(text: &str, line: std::ops::Range<usize>, starts: &mut Vec<usize>, continued: &mut Vec<Continued>) {
    let bytes = text.as_bytes();
    // The start of the string that is being read, and how far quotes were looked for.
    let (mut string, mut read) = (None, line.start);
    let mut at = line.start;
    while line.end - at > ROW {
        at = (at + 1..=at + ROW).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(line.end);
        while let Some(found) = memchr::memchr2(b'"', b'\\', bytes.get(read..at).unwrap_or_default()) {
            let quote = read + found;
            let escapes = bytes.get(quote) == Some(&b'\\');
            read = quote + if escapes { 2 } else { 1 };
            if !escapes {
                string = if string.is_some() { None } else { Some(quote) };
            }
        }
        read = read.max(at);
        continued.push(Continued { row: starts.len(), token: string.unwrap_or(at) });
        starts.push(at);
    }
}

/// The first byte of a character of `text`; the end for one that is not there.
pub(super) fn byte_of(text: &str, character: usize) -> usize {
    start_of(text.as_bytes(), character)
}

/// How many characters start in these bytes.
pub(super) fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| is_start(**byte)).count()
}

/// Where a character starts in these bytes, or their end. They are counted many at once.
fn start_of(bytes: &[u8], character: usize) -> usize {
    let mut left = character;
    for (index, block) in bytes.chunks(BLOCK).enumerate() {
        let here = characters(block);
        if left < here {
            let mut starts = block.iter().enumerate().filter(|(_, byte)| is_start(**byte)).map(|(at, _)| at);
            return index * BLOCK + starts.nth(left).unwrap_or_default();
        }
        left -= here;
    }
    bytes.len()
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
                assert_eq!(byte_of(text, character), at);
            }
            let count = text.chars().count();
            assert_eq!(places.character_at(text, text.len()), count);
            for past in [count, count + 1, usize::MAX] {
                assert_eq!((places.byte_at(text, past), byte_of(text, past)), (text.len(), text.len()));
            }
        }
    }

    #[test]
    fn a_text_has_one_line_more_than_line_breaks() {
        let places = Places::of("ab\n\ncd\n");
        assert_eq!((places.lines(), places.rows()), (4, 4));
        let lines: Vec<Span> = (0..5).map(|line| places.row(line)).collect();
        let expected = [(0, 2), (3, 3), (4, 6), (7, 7), (7, 7)].map(|(start, end)| Span::new(start, end));
        assert_eq!(lines, expected);
        for (offset, line) in [(0, 0), (2, 0), (3, 1), (4, 2), (6, 2), (7, 3), (99, 3)] {
            assert_eq!(places.row_of(offset), line, "{offset}");
        }
    }

    #[test]
    fn a_very_long_line_is_broken_into_rows_that_make_up_the_text() {
        let long = format!("[\"{}\", \"{}\"]", "aä€😀\\\"".repeat(LONGEST / 20), "b".repeat(LONGEST));
        let text = format!("{{\n{long}\n}}\r\n{}", "x".repeat(LONGEST));
        let places = Places::of(&text);
        assert_eq!(places.lines(), 4, "the last line is as long as it may be");
        let mut joined = String::new();
        let mut numbers = Vec::new();
        for row in 0..places.rows() {
            let Span { start, end } = places.row(row);
            joined.push_str(&text[start..end]);
            if places.ends_line(row) && row + 1 < places.rows() {
                joined.push('\n');
            }
            numbers.extend(places.number(row));
            assert_eq!(places.row_of(start), row);
            assert!(end - start <= LONGEST);
            assert!(places.token(row) <= start);
        }
        assert_eq!(joined, text);
        assert_eq!(numbers, [1, 2, 3, 4]);
        assert_eq!(places.line_around(2), 1..=places.rows() - 3);
        let last = text.rfind(']').unwrap();
        assert_eq!(places.position(&text, last), (2, text[2..last].chars().count() + 1));
    }

    #[test]
    fn a_row_knows_the_string_that_it_starts_in() {
        let first = "\"\\\\\\\"\"";
        let text = format!("[{first},\"{}\",  {}]", "s".repeat(3 * ROW), "1".repeat(LONGEST));
        let places = Places::of(&text);
        let string = 1 + first.len() + 1;
        assert_eq!((1..4).map(|row| places.token(row)).collect::<Vec<_>>(), [string; 3]);
        assert_eq!(places.token(5), places.row(5).start);
    }
}
