//! Reading the values of a record.

use std::io::{self, Read};
use std::sync::Arc;

use super::records::Layout;
use crate::jose::error::Problem;
use crate::jose::json::{Json, Kind};
use crate::jose::text::shown;
use crate::template::cells::Cells;

/// Reads record after record; every thread has its own.
pub(super) struct RowReader {
    columns: Arc<[String]>,
    layout: Layout,
    csv: Option<(csv::Reader<Feed>, csv::ByteRecord)>,
}

/// Hands one record to the CSV reader, which looks for its line end.
#[derive(Default)]
struct Feed {
    bytes: Vec<u8>,
    given: usize,
}

impl Read for Feed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut left = self.bytes.get(self.given..).unwrap_or_default();
        let read = left.read(buffer)?;
        self.given += read;
        Ok(read)
    }
}

impl RowReader {
    /// Reads records that are to have a value for each of `columns`.
    pub(super) fn new(columns: Arc<[String]>, layout: Layout) -> Self {
        Self { columns, layout, csv: None }
    }

    /// Puts the values of a record in place of what is in `cells`: text, or in [`Layout::Ndjson`] JSON.
    ///
    /// # Errors
    /// What is wrong with the record.
    pub(super) fn read(&mut self, record: &[u8], cells: &mut Cells) -> Result<(), Problem> {
        cells.clear();
        match self.layout {
            Layout::Csv { delimiter } => {
                self.read_csv(delimiter, record, cells)?;
                if cells.len() == self.columns.len() { Ok(()) } else { Err(wrong_number(cells.len(), &self.columns)) }
            }
            Layout::Ndjson => read_json(record, &self.columns, cells),
        }
    }

    fn read_csv(&mut self, delimiter: u8, record: &[u8], cells: &mut Cells) -> Result<(), Problem> {
        let (reader, values) = self.csv.get_or_insert_with(|| (csv_reader(delimiter), csv::ByteRecord::new()));
        let feed = reader.get_mut();
        feed.bytes.clear();
        feed.bytes.extend_from_slice(record);
        feed.bytes.push(b'\n');
        feed.given = 0;
        let is_read = reader.read_byte_record(values);
        if !matches!(is_read, Ok(true)) {
            // It cannot be told what it would make of the next one.
            self.csv = None;
            return Err(Problem::new("row", "The row cannot be read as CSV")
                .help("Put the values in double quotes that have one in them, and write that twice."));
        }
        for (index, value) in values.iter().enumerate() {
            let text = std::str::from_utf8(value).map_err(|_not_text| {
                let name = self.columns.get(index).map_or_else(String::new, |name| format!(" of '{}'", shown(name)));
                not_text(&format!("The value{name}"))
            })?;
            cells.push(text);
        }
        Ok(())
    }
}

fn csv_reader(delimiter: u8) -> csv::Reader<Feed> {
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(delimiter).terminator(csv::Terminator::Any(b'\n'));
    reader.from_reader(Feed::default())
}

fn read_json(record: &[u8], columns: &[String], cells: &mut Cells) -> Result<(), Problem> {
    let text = std::str::from_utf8(record).map_err(|_not_text| not_text("The row"))?;
    let json = Json::parse(text).map_err(|problem| Problem { code: "row", ..problem })?;
    let row = json.root();
    if row.kind() != Kind::Object {
        let message = format!("The row is {}, not a JSON object", row.kind().label());
        return Err(Problem::new("row", message).help("Write each row as {\"column\": value} on a line of its own."));
    }
    for column in columns {
        let mut values = row.members().filter(|member| member.name() == *column);
        let Some(member) = values.next() else {
            return Err(Problem::new("row", format!("The row has no member '{}'", shown(column)))
                .help("Give every row the members of the first one; a value may be null."));
        };
        if values.next().is_some() {
            return Err(Problem::new("row", format!("The row has the member '{}' twice", shown(column)))
                .help("Remove one of the two."));
        }
        cells.push(member.value.raw());
    }
    Ok(())
}

fn wrong_number(found: usize, columns: &[String]) -> Problem {
    let values = if found == 1 { "1 value".to_owned() } else { format!("{found} values") };
    let columns = if columns.len() == 1 { "1 column".to_owned() } else { format!("{} columns", columns.len()) };
    Problem::new("row", format!("The row has {values} for {columns}"))
        .help("Give every row as many values as there are names in the first line; quote values with a comma in them.")
}

fn not_text(what: &str) -> Problem {
    Problem::new("row", format!("{what} is not UTF-8 text")).help("Save the file as UTF-8.")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSV: Layout = Layout::Csv { delimiter: b',' };

    fn reader(layout: Layout, columns: &[&str]) -> RowReader {
        RowReader::new(columns.iter().map(|name| (*name).to_owned()).collect(), layout)
    }

    #[track_caller]
    fn read(reader: &mut RowReader, record: &[u8]) -> Result<Vec<String>, String> {
        let mut cells = Cells::default();
        let outcome = reader.read(record, &mut cells).map_err(|problem| {
            assert!(!problem.help.is_empty());
            problem.message
        });
        outcome.map(|()| cells.iter().map(str::to_owned).collect())
    }

    #[test]
    fn values_of_csv_are_text() {
        let mut reader = reader(CSV, &["a", "b"]);
        let mut check = |record: &str, expected: [&str; 2]| {
            assert_eq!(read(&mut reader, record.as_bytes()).unwrap(), expected, "{record}");
        };
        check("1,2", ["1", "2"]);
        check(",", ["", ""]);
        check("\"1,\"\"x\"\"\n2\",ü", ["1,\"x\"\n2", "ü"]);
        check("\"\", y ", ["", " y "]);
        check("a\"b,\"c\"d", ["a\"b", "cd"]);
        check("1\r,2", ["1\r", "2"]);
    }

    #[test]
    fn what_is_wrong_with_a_row_of_csv_is_said_and_does_not_touch_the_next() {
        let mut reader = reader(CSV, &["a", "b"]);
        let mut check = |record: &[u8], expected: &str| {
            assert_eq!(read(&mut reader, record).unwrap_err(), expected);
            assert_eq!(read(&mut reader, b"1,2").unwrap(), ["1", "2"]);
        };
        check(b"1", "The row has 1 value for 2 columns");
        check(b"1,2,3", "The row has 3 values for 2 columns");
        check(b"1,\xff", "The value of 'b' is not UTF-8 text");
    }

    #[test]
    fn values_of_ndjson_keep_their_type() {
        let mut reader = reader(Layout::Ndjson, &["a", "b"]);
        let mut check = |record: &str, expected: [&str; 2]| {
            assert_eq!(read(&mut reader, record.as_bytes()).unwrap(), expected, "{record}");
        };
        check(r#"{"b": 1.50, "a": "x\n", "c": 0}"#, [r#""x\n""#, "1.50"]);
        check(r#"{"a": null, "b": [1, {"x": true}]}"#, ["null", r#"[1, {"x": true}]"#]);
        check(r#"{"\u0061": 18446744073709551616, "b": {}}"#, ["18446744073709551616", "{}"]);
    }

    #[test]
    fn what_is_wrong_with_a_row_of_ndjson_is_said() {
        let mut reader = reader(Layout::Ndjson, &["a", "b"]);
        let mut check = |record: &[u8], expected: &str| {
            let message = read(&mut reader, record).unwrap_err();
            assert!(message.contains(expected), "{message}");
        };
        check(b"[1]", "an array, not a JSON object");
        check(b"{\"a\": 1}", "no member 'b'");
        check(b"{\"a\": 1, \"b\": 2, \"a\": 3}", "'a' twice");
        check(b"{\"a\": 1, \"b\": }", "Expected");
        check(b"{\"a\": 1, \"b\": \"\xff\"}", "not UTF-8");
    }
}
