//! The records of a file of rows as they stand in it: where each begins and ends.

use std::io::{self, BufRead as _, BufReader, Read};

use memchr::memchr;

use super::plan::Shard;
use crate::jose::error::Problem;

/// The most bytes that a record may have.
pub const LONGEST: usize = 1024 * 1024;

/// The bytes that are read from the file at once.
const READ: usize = 256 * 1024;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// How the rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Values with this byte between them, in quotes where they need to be (RFC 4180); the names come first.
    Csv {
        /// A comma, a semicolon or a tab.
        delimiter: u8,
    },
    /// A JSON object a line.
    Ndjson,
}

/// Reads record after record.
#[derive(Debug)]
pub struct Records<R> {
    input: BufReader<R>,
    layout: Layout,
    /// The line that comes next, counted from 1.
    line: u64,
}

impl<R: Read> Records<R> {
    /// Reads from the start of `input`.
    pub fn new(input: R, layout: Layout) -> Self {
        Self { input: BufReader::with_capacity(READ, input), layout, line: 1 }
    }

    /// How the rows are written.
    pub const fn layout(&self) -> Layout {
        self.layout
    }

    /// Reads on in another layout.
    pub fn set_layout(&mut self, layout: Layout) {
        self.layout = layout;
    }

    /// What comes first, without taking it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn peek(&mut self) -> Result<&[u8], Problem> {
        let bytes = self.input.fill_buf().map_err(|error| unreadable(&error))?;
        Ok(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes))
    }

    /// Appends the next record to `out`, without its line end; its first line, or `None` at the end of the file. Empty
    /// lines are passed over.
    ///
    /// # Errors
    /// When the file cannot be read, a record is longer than [`LONGEST`], or a quote is never closed.
    pub fn next(&mut self, out: &mut Vec<u8>) -> Result<Option<u64>, Problem> {
        loop {
            let (start, line) = (out.len(), self.line);
            if !self.record(out, start)? {
                return Ok(None);
            }
            if line == 1 && out.get(start..).is_some_and(|record| record.starts_with(BYTE_ORDER_MARK)) {
                out.drain(start..start + BYTE_ORDER_MARK.len());
            }
            let record = out.get(start..).unwrap_or_default();
            let without_end = record.strip_suffix(b"\n").unwrap_or(record);
            let without_end = without_end.strip_suffix(b"\r").unwrap_or(without_end);
            if without_end.len() > LONGEST {
                // Room for two bytes of line end was given, and only one was needed.
                return Err(too_long(line));
            }
            let is_blank = match self.layout {
                Layout::Csv { .. } => without_end.is_empty(),
                Layout::Ndjson => without_end.trim_ascii().is_empty(),
            };
            let len = if is_blank { 0 } else { without_end.len() };
            out.truncate(start + len);
            if !is_blank {
                return Ok(Some(line));
            }
        }
    }

    /// Whether the next record can be had without waiting for the file.
    pub fn is_at_hand(&self) -> bool {
        memchr(b'\n', self.input.buffer()).is_some()
    }

    /// Reads lines until one ends outside quotes; `false` when there are none.
    fn record(&mut self, out: &mut Vec<u8>, start: usize) -> Result<bool, Problem> {
        let first = self.line;
        let mut quotes = Quotes::Start;
        loop {
            let before = out.len();
            let room = (LONGEST + 2).saturating_sub(before - start);
            let read = self.input.by_ref().take(room as u64).read_until(b'\n', out);
            let read = read.map_err(|error| unreadable(&error))?;
            let line = out.get(before..).unwrap_or_default();
            if line.last() == Some(&b'\n') {
                self.line += 1;
            } else if read == room {
                return Err(too_long(first));
            }
            if let Layout::Csv { delimiter } = self.layout
                && (quotes == Quotes::Open || memchr(b'"', line).is_some())
            {
                quotes = line.iter().fold(quotes, |quotes, byte| quotes.after(*byte, delimiter));
            }
            if quotes != Quotes::Open {
                return Ok(read > 0);
            }
            if line.last() != Some(&b'\n') {
                return Err(unclosed(first));
            }
        }
    }
}

/// What came before, as far as it decides whether a line end ends the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quotes {
    /// Nothing of this value.
    Start,
    /// A value without quotes, or what came behind its quotes.
    Bare,
    /// A quote that is not closed.
    Open,
    /// A quote in quotes: the end of the value, or the first half of a quote in it.
    Maybe,
}

impl Quotes {
    const fn after(self, byte: u8, delimiter: u8) -> Self {
        match (self, byte) {
            (Self::Start | Self::Maybe, b'"') => Self::Open,
            (Self::Open, b'"') => Self::Maybe,
            (Self::Open, _) => Self::Open,
            (Self::Start | Self::Bare | Self::Maybe, _) if byte == delimiter => Self::Start,
            (Self::Start | Self::Bare | Self::Maybe, _) => Self::Bare,
        }
    }
}

/// Where each value of a record of CSV begins.
pub(super) fn value_starts(record: &str, delimiter: u8) -> Vec<usize> {
    let mut starts = vec![0];
    let mut quotes = Quotes::Start;
    for (at, byte) in record.bytes().enumerate() {
        quotes = quotes.after(byte, delimiter);
        if quotes == Quotes::Start {
            starts.push(at + 1);
        }
    }
    starts
}

/// Some records that follow each other.
#[derive(Debug, Default)]
pub(super) struct Batch {
    bytes: Vec<u8>,
    places: Vec<Place>,
}

/// Where a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    start: usize,
    end: usize,
    /// Its first line, counted from 1.
    pub(super) line: u64,
    /// How many rows of the whole run come before it.
    pub(super) index: u64,
}

impl Batch {
    /// Takes everything out.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.places.clear();
    }

    /// How many records there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The bytes of all records.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Where they are, and their bytes.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Place, &[u8])> {
        self.places.iter().map(|place| (*place, self.bytes.get(place.start..place.end).unwrap_or_default()))
    }

    /// Reads the next record into the batch, unless it is not one of the run: before `from`, or of another piece. `index`
    /// is its own, and goes on by one. `false` at the end of the file.
    pub(super) fn read<R: Read>(
        &mut self,
        records: &mut Records<R>,
        index: &mut u64,
        from: u64,
        shard: Shard,
    ) -> Result<bool, Problem> {
        let start = self.bytes.len();
        let Some(line) = records.next(&mut self.bytes)? else { return Ok(false) };
        self.place(start, line, *index, from, shard);
        *index += 1;
        Ok(true)
    }

    /// The same with a record that was read before.
    pub(super) fn add(&mut self, record: &[u8], line: u64, index: u64, from: u64, shard: Shard) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(record);
        self.place(start, line, index, from, shard);
    }

    fn place(&mut self, start: usize, line: u64, index: u64, from: u64, shard: Shard) {
        if index >= from && shard.takes(index) {
            self.places.push(Place { start, end: self.bytes.len(), line, index });
        } else {
            self.bytes.truncate(start);
        }
    }
}

fn unreadable(error: &io::Error) -> Problem {
    Problem::new("rows", format!("The rows cannot be read: {error}"))
        .help("Check the file and the disk it is on, then try again.")
}

fn too_long(line: u64) -> Problem {
    Problem::new("rows", format!("The row that begins in line {line} is longer than {} MiB", LONGEST / 1024 / 1024))
        .help("Check that this is a file of rows, and look for a quote that is not closed.")
}

fn unclosed(line: u64) -> Problem {
    Problem::new("rows", format!("The row that begins in line {line} has a quote that is never closed"))
        .help("Close the quote; a quote within a quoted value is written twice.")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSV: Layout = Layout::Csv { delimiter: b',' };

    /// A source that gives one byte at a time, like a slow pipe.
    struct Slow<'t>(&'t [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let (Some(byte), Some(room)) = (self.0.split_off_first(), buffer.first_mut()) else { return Ok(0) };
            *room = *byte;
            Ok(1)
        }
    }

    fn all<R: Read>(mut records: Records<R>) -> Result<Vec<(u64, String)>, Problem> {
        let mut found = Vec::new();
        let mut record = Vec::new();
        while let Some(line) = records.next(&mut record)? {
            found.push((line, String::from_utf8(std::mem::take(&mut record)).unwrap()));
        }
        Ok(found)
    }

    #[track_caller]
    fn check(text: &str, layout: Layout, expected: &[(u64, &str)]) {
        for found in [all(Records::new(text.as_bytes(), layout)), all(Records::new(Slow(text.as_bytes()), layout))] {
            let found = found.unwrap();
            let found: Vec<(u64, &str)> = found.iter().map(|(line, text)| (*line, text.as_str())).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn records_end_at_line_ends_outside_quotes() {
        check("", CSV, &[]);
        check("\n\r\n", CSV, &[]);
        check("a,b\n1,2", CSV, &[(1, "a,b"), (2, "1,2")]);
        check("\u{feff}a\r\n1\r\n", CSV, &[(1, "a"), (2, "1")]);
        check("a\n\n\n1\n", CSV, &[(1, "a"), (4, "1")]);
        check("\"a\n\n\",b\n1\n", CSV, &[(1, "\"a\n\n\",b"), (4, "1")]);
        check("\"a\"\"\n\",b\n1\n", CSV, &[(1, "\"a\"\"\n\",b"), (3, "1")]);
        check("a\"b\n1\n", CSV, &[(1, "a\"b"), (2, "1")]);
        check("\"a\"b\"\n1\n", CSV, &[(1, "\"a\"b\""), (2, "1")]);
        check("x, \"a\n1\n", CSV, &[(1, "x, \"a"), (2, "1")]);
        check(" \n{\"a\":\"\\\"\"}\n", Layout::Ndjson, &[(2, "{\"a\":\"\\\"\"}")]);
        check("{\"a\n", Layout::Ndjson, &[(1, "{\"a")]);
    }

    #[test]
    fn what_never_ends_is_refused() {
        let problem = all(Records::new(&b"a\n1\n\"x\n\n"[..], CSV)).unwrap_err();
        assert!(problem.message.contains("line 3") && problem.message.contains("never closed"), "{problem}");
        let long = format!("a\n{}\n", "x".repeat(LONGEST + 1));
        let problem = all(Records::new(long.as_bytes(), CSV)).unwrap_err();
        assert!(problem.message.contains("line 2") && problem.message.contains("1 MiB"), "{problem}");
        let longest = format!("{}\r\n{}", "x".repeat(LONGEST), "y".repeat(LONGEST));
        assert_eq!(all(Records::new(longest.as_bytes(), CSV)).unwrap().len(), 2);
        let quoted = format!("a\n\"{}", "x\n".repeat(LONGEST));
        assert!(all(Records::new(quoted.as_bytes(), CSV)).unwrap_err().message.contains("longer"));
    }

    #[test]
    fn the_csv_reader_sees_the_same_records() {
        let pieces = ["a", ",", "\"", "\n", "\"\"", " "];
        for number in 0..pieces.len().pow(6) {
            let text: String =
                (0..6).map(|place| pieces[number / pieces.len().pow(place) % pieces.len()]).chain(["\n"]).collect();
            let Ok(ours) = all(Records::new(text.as_bytes(), CSV)) else { continue };
            let mut reader = csv::ReaderBuilder::new();
            reader.has_headers(false).flexible(true).terminator(csv::Terminator::Any(b'\n'));
            let theirs = reader.from_reader(text.as_bytes()).into_byte_records().count();
            assert_eq!(ours.len(), theirs, "{text:?}");
        }
    }

    #[test]
    fn values_begin_behind_delimiters_outside_quotes() {
        assert_eq!(value_starts("a,\"b,\"\"c\",,d", b','), [0, 2, 10, 11]);
        assert_eq!(value_starts("", b';'), [0]);
    }

    #[test]
    fn a_batch_takes_what_belongs_to_the_piece() {
        let mut records = Records::new(&b"0\n1\n2\n3\n4\n5\n"[..], CSV);
        let (mut batch, mut index) = (Batch::default(), 0);
        let shard = Shard::parse("1/2").unwrap();
        while batch.read(&mut records, &mut index, 2, shard).unwrap() {}
        let found: Vec<_> = batch.iter().map(|(place, bytes)| (place.line, place.index, bytes)).collect();
        assert_eq!(found, [(4, 3, &b"3"[..]), (6, 5, b"5")]);
        assert_eq!((index, batch.len(), batch.bytes()), (6, 2, 2));
    }
}
