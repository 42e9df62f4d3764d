//! A file of rows that is open: its columns are known.

use std::io::Read;
use std::sync::Arc;

use super::records::{Layout, Records, value_starts};
use super::row_reader::RowReader;
use crate::jose::error::Problem;
use crate::jose::json::{Json, Kind};
use crate::jose::text::{Position, shown, visible};
use crate::template::cells::Cells;

/// What the name of a file says about its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Commas or semicolons.
    Csv,
    /// Tabs.
    Tabs,
    /// A JSON object a line.
    Ndjson,
}

impl Hint {
    /// That of a file name.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tabs),
            "ndjson" | "jsonl" | "ldjson" => Some(Self::Ndjson),
            _ => None,
        }
    }
}

/// Rows of which the columns are known, ready to be read.
#[derive(Debug)]
pub struct Rows<R> {
    /// What comes behind the names.
    pub(super) records: Records<R>,
    /// The first row, where the names had to be read from it, and its line.
    pub(super) first: Option<(Vec<u8>, u64)>,
    columns: Arc<[String]>,
    names: Vec<u8>,
}

impl<R: Read> Rows<R> {
    /// Reads the names of the columns; `name` is what the user knows the file as. Without a hint a file that begins with
    /// a brace is NDJSON, and any other one CSV.
    ///
    /// # Errors
    /// A file that cannot be read or is empty, and names that are empty, doubled or no text, with their place.
    pub fn open(input: R, name: &str, hint: Option<Hint>) -> Result<Self, Problem> {
        let mut records = Records::new(input, Layout::Csv { delimiter: b',' });
        let looks_like_json = records.peek()?.trim_ascii_start().starts_with(b"{");
        let is_json = hint.map_or(looks_like_json, |hint| hint == Hint::Ndjson);
        if is_json {
            records.set_layout(Layout::Ndjson);
        }
        let mut record = Vec::new();
        let line = records.next(&mut record).map_err(|problem| problem.placed(name, None))?;
        let line = line.ok_or_else(|| no_names(name))?;
        let head = Head { name, record: &record, line };
        if is_json {
            let columns = head.members()?.into();
            return Ok(Self { records, first: Some((record, line)), columns, names: Vec::new() });
        }
        let delimiter = if hint == Some(Hint::Tabs) { b'\t' } else { delimiter(&record) };
        records.set_layout(Layout::Csv { delimiter });
        let columns = head.names(delimiter)?.into();
        Ok(Self { records, first: None, columns, names: record })
    }

    /// The names of the columns.
    pub fn columns(&self) -> &Arc<[String]> {
        &self.columns
    }

    /// How the rows are written.
    pub const fn layout(&self) -> Layout {
        self.records.layout()
    }

    /// The line of names as it stands in the file; empty where there is none.
    pub fn names(&self) -> &[u8] {
        &self.names
    }

    /// The next row as it stands in the file, and its line.
    ///
    /// # Errors
    /// When it cannot be read; see [`Records::next`].
    pub fn read_row(&mut self) -> Result<Option<(Vec<u8>, u64)>, Problem> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        let mut record = Vec::new();
        Ok(self.records.next(&mut record)?.map(|line| (record, line)))
    }

    /// Counts the rows that are left, as long as `go_on` says so; `None` when it said no, or they cannot be read.
    pub fn count(mut self, go_on: &mut dyn FnMut() -> bool) -> Option<u64> {
        let mut count = u64::from(self.first.is_some());
        let mut record = Vec::new();
        while self.records.next(&mut record).ok()?.is_some() {
            record.clear();
            count += 1;
            if count.is_multiple_of(10_000) && !go_on() {
                return None;
            }
        }
        Some(count)
    }
}

/// The record that has the names.
struct Head<'r> {
    name: &'r str,
    record: &'r [u8],
    line: u64,
}

impl Head<'_> {
    /// The names in a line of CSV.
    fn names(&self, delimiter: u8) -> Result<Vec<String>, Problem> {
        let text = self.text()?;
        let starts = value_starts(text, delimiter);
        let any: Arc<[String]> = starts.iter().map(|_| String::new()).collect();
        let mut cells = Cells::default();
        RowReader::new(any, Layout::Csv { delimiter })
            .read(self.record, &mut cells)
            .map_err(|problem| self.at(problem, 0))?;
        let places = starts.iter().copied().chain(std::iter::repeat(0));
        self.checked(cells.iter().map(|name| name.trim().to_owned()).zip(places))
    }

    /// The names in an object.
    fn members(&self) -> Result<Vec<String>, Problem> {
        let text = self.text()?;
        let json = Json::parse(text).map_err(|problem| {
            let start = problem.span.unwrap_or_default().start;
            self.at(problem, start)
        })?;
        let root = json.root();
        if root.kind() != Kind::Object {
            let problem = Problem::new("rows", format!("The first row is {}", root.kind().label()))
                .help("Write each row as {\"column\": value} on a line of its own.");
            return Err(self.at(problem, root.span().start));
        }
        if root.is_empty() {
            let problem =
                Problem::new("rows", "The first row has no members").help("Write each row as {\"column\": value}.");
            return Err(self.at(problem, root.span().start));
        }
        self.checked(root.members().map(|member| (member.name().into_owned(), member.span().start)))
    }

    /// Names that are neither empty nor doubled; each comes with its place.
    fn checked(&self, names: impl Iterator<Item = (String, usize)>) -> Result<Vec<String>, Problem> {
        let mut known: Vec<String> = Vec::new();
        for (name, start) in names {
            if name.is_empty() {
                let problem = Problem::new("rows", format!("Column {} has no name", known.len() + 1))
                    .help("Write a name for it, that of a variable, or remove the column.");
                return Err(self.at(problem, start));
            }
            if known.contains(&name) {
                let problem = Problem::new("rows", format!("Two columns have the name '{}'", shown(&name)))
                    .help("Rename or remove one of them.");
                return Err(self.at(problem, start));
            }
            known.push(name);
        }
        Ok(known)
    }

    fn text(&self) -> Result<&str, Problem> {
        std::str::from_utf8(self.record).map_err(|_not_text| {
            Problem::new("rows", format!("{} is not UTF-8 text", visible(self.name))).help("Save the file as UTF-8.")
        })
    }

    /// The problem with its place in the file.
    fn at(&self, problem: Problem, start: usize) -> Problem {
        let text = String::from_utf8_lossy(self.record);
        placed_in(problem, self.name, &text, start, self.line)
    }
}

/// A problem at the byte `start` of a text that begins in `line` of the file.
fn placed_in(problem: Problem, name: &str, text: &str, start: usize, line: u64) -> Problem {
    let Position { line: within, column } = Position::of(text, start);
    let line = line + within as u64 - 1;
    let message = format!("{}, {line}:{column}: {}", visible(name), problem.message);
    Problem { message, span: None, ..problem }
}

fn no_names(name: &str) -> Problem {
    Problem::new("rows", format!("{} has no rows", visible(name)))
        .help("Write the names of the columns in the first line, or each row as a JSON object on a line of its own.")
}

/// What stands between the names of a line.
fn delimiter(names: &[u8]) -> u8 {
    [b',', b';', b'\t'].into_iter().find(|delimiter| names.contains(delimiter)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn open(text: &str, hint: Option<Hint>) -> Result<Rows<&[u8]>, Problem> {
        Rows::open(text.as_bytes(), "users", hint)
    }

    #[test]
    fn the_columns_are_found_in_every_layout() {
        #[track_caller]
        fn check(text: &str, hint: Option<Hint>, columns: &[&str], layout: Layout) {
            let rows = open(text, hint).unwrap();
            assert_eq!((&**rows.columns(), rows.layout()), (columns.map_to_owned().as_slice(), layout), "{text}");
            assert_eq!(rows.count(&mut || true), Some(2), "{text}");
        }
        let comma = Layout::Csv { delimiter: b',' };
        check("a,b\n1,2\n3,4\n", None, &["a", "b"], comma);
        check("\u{feff}\"a\", b \r\n1,2\r\n3,4", Some(Hint::Csv), &["a", "b"], comma);
        check("a;b\n1;2\n3;4\n", None, &["a", "b"], Layout::Csv { delimiter: b';' });
        check("a\tb\n1\t2\n3\t4\n", None, &["a", "b"], Layout::Csv { delimiter: b'\t' });
        check("a,x\tb\n1\t2\n3\t4\n", Some(Hint::Tabs), &["a,x", "b"], Layout::Csv { delimiter: b'\t' });
        check("{\"a\": 1, \"b\": 2}\n\n{}\n", None, &["a", "b"], Layout::Ndjson);
        check("\u{feff}\n {\"a\": 1}\n{}\n", Some(Hint::Ndjson), &["a"], Layout::Ndjson);
        check("{a}\n1\n2\n", Some(Hint::Csv), &["{a}"], comma);
    }

    trait MapToOwned {
        fn map_to_owned(&self) -> Vec<String>;
    }

    impl MapToOwned for [&str] {
        fn map_to_owned(&self) -> Vec<String> {
            self.iter().map(|name| (*name).to_owned()).collect()
        }
    }

    #[test]
    fn names_that_cannot_be_used_are_shown_at_their_place() {
        #[track_caller]
        fn check(text: &str, message: &str) {
            let problem = open(text, None).unwrap_err();
            assert!(problem.message.contains(message) && !problem.help.is_empty(), "{problem}");
        }
        check("", "users has no rows");
        check("\n\n", "users has no rows");
        check("a,b,a\n", "users, 1:5: Two columns have the name 'a'");
        check("a,\" a\"\n", "users, 1:3: Two columns have the name 'a'");
        check("\n\"ä\nb\",,c\n", "users, 3:4: Column 2 has no name");
        check("a,b,\n", "users, 1:5: Column 3 has no name");
        check("\n{\"a\": 1, \"a\": 2}\n", "users, 2:10: Two columns have the name 'a'");
        check("{\"a\": }\n", "users, 1:7: Expected");
        check("{}\n", "users, 1:1: The first row has no members");
        let problem = Rows::open(&b"a\xff\n"[..], "users", None).unwrap_err();
        assert!(problem.message.contains("users is not UTF-8"), "{problem}");
    }

    #[test]
    fn counting_can_be_called_off() {
        let text = format!("a\n{}", "1\n".repeat(30_000));
        let mut asked = 0;
        let mut go_on = || {
            asked += 1;
            asked < 2
        };
        assert_eq!(open(&text, None).unwrap().count(&mut go_on), None);
    }

    #[test]
    fn the_name_of_a_file_says_what_is_in_it() {
        assert_eq!(Hint::of_name("users.CSV"), Some(Hint::Csv));
        assert_eq!(Hint::of_name("users.tsv"), Some(Hint::Tabs));
        assert_eq!(Hint::of_name("users.jsonl"), Some(Hint::Ndjson));
        assert_eq!((Hint::of_name("users.txt"), Hint::of_name("users")), (None, None));
    }
}
