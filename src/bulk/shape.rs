//! How tokens are written in each form: what stands around each of them, and around all.

use std::borrow::Cow;

use super::plan::{Form, Plan};
use super::records::Layout;
use crate::jose::error::Problem;
use crate::jose::json::{self, Json};
use crate::jose::text::shown;
use crate::template::cells::Cells;

/// What the number of a token is called where there are no columns.
const NUMBER: &str = "n";

/// What the token is called, unless a column has that name.
const TOKEN: &str = "token";

/// The end of a script for wrk, behind the tokens. Every thread of wrk begins with another token.
const WRK_TAIL: &[u8] = b"]]

local tokens = {}
for token in list:gmatch(\"[^\\n]+\") do tokens[#tokens + 1] = token end

local threads = 0
function setup(thread)
  thread:set(\"first\", threads)
  threads = threads + 1
end

function init(args)
  position = first * 7919
end

function request()
  position = position % #tokens + 1
  return wrk.format(nil, nil, { [\"Authorization\"] = \"Bearer \" .. tokens[position] })
end
";

/// A form for a run with certain columns.
#[derive(Clone, Debug)]
pub struct Shape {
    form: Form,
    layout: Option<Layout>,
    head: Vec<u8>,
    /// What stands before each value, the number or the token, of an object.
    names: Vec<String>,
    /// What stands before each token of vegeta.
    target: String,
}

impl Shape {
    /// The shape of what is planned.
    ///
    /// # Errors
    /// An address that is none, for the forms that have one.
    pub fn new(plan: &Plan, columns: &[String], layout: Option<Layout>) -> Result<Self, Problem> {
        let form = plan.form;
        let address = if form.has_url() { address(&plan.url)? } else { String::new() };
        let mut names = if layout.is_some() { columns.to_vec() } else { vec![NUMBER.to_owned()] };
        names.push(free_name(columns));
        let head = match form {
            Form::Csv | Form::Jmeter => csv_line(&names),
            Form::K6 => b"[".to_vec(),
            Form::Wrk => wrk_head(&address),
            Form::Lines | Form::Ndjson | Form::Vegeta | Form::Folder => Vec::new(),
        };
        let names = names.iter().enumerate().map(|(index, name)| {
            let before = if index == 0 { "{" } else { "," };
            format!("{before}{}:", json::quote(name))
        });
        let target =
            format!("{{\"method\":\"GET\",\"url\":{},\"header\":{{\"Authorization\":[\"Bearer ", json::quote(&address));
        Ok(Self { form, layout, head, names: names.collect(), target })
    }

    /// What stands before all tokens.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// What stands behind all tokens.
    pub const fn tail(&self) -> &'static [u8] {
        match self.form {
            Form::K6 => b"\n]\n",
            Form::Wrk => WRK_TAIL,
            Form::Lines | Form::Csv | Form::Ndjson | Form::Jmeter | Form::Vegeta | Form::Folder => b"",
        }
    }

    /// How many bytes [`Self::before`] begins with that only separate a token from the one before it.
    pub const fn separator_len(&self) -> usize {
        if matches!(self.form, Form::K6) { 1 } else { 0 }
    }

    /// Whether each token is a file of its own.
    pub const fn is_folder(&self) -> bool {
        matches!(self.form, Form::Folder)
    }

    /// Appends what stands before a token, by its number, which is counted from 1, and its row.
    pub fn before(&self, number: u64, row: &Cells, out: &mut Vec<u8>) {
        match self.form {
            Form::Lines | Form::Wrk | Form::Folder => {}
            Form::Csv | Form::Jmeter => self.values(number, row, out),
            Form::Ndjson => self.members(number, row, out),
            Form::K6 => {
                out.extend_from_slice(b",\n");
                self.members(number, row, out);
            }
            Form::Vegeta => out.extend_from_slice(self.target.as_bytes()),
        }
    }

    /// Appends what stands behind a token.
    pub fn after(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(match self.form {
            Form::Lines | Form::Wrk | Form::Csv | Form::Jmeter => b"\n",
            Form::Ndjson => b"\"}\n",
            Form::K6 => b"\"}",
            Form::Vegeta => b"\"]}}\n",
            Form::Folder => b"",
        });
    }

    /// The values of a line of CSV.
    fn values(&self, number: u64, row: &Cells, out: &mut Vec<u8>) {
        let Some(layout) = self.layout else {
            out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
            out.push(b',');
            return;
        };
        for cell in row.iter() {
            csv_value(&text_of(cell, layout), out);
            out.push(b',');
        }
    }

    /// The members of an object, up to the quote before the token.
    fn members(&self, number: u64, row: &Cells, out: &mut Vec<u8>) {
        let mut names = self.names.iter();
        let mut name = |out: &mut Vec<u8>| {
            if let Some(name) = names.next() {
                out.extend_from_slice(name.as_bytes());
            }
        };
        match self.layout {
            None => {
                name(out);
                out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
            }
            Some(layout) => {
                for cell in row.iter() {
                    name(out);
                    match layout {
                        Layout::Ndjson => out.extend_from_slice(cell.as_bytes()),
                        Layout::Csv { .. } => out.extend_from_slice(json::quote(cell).as_bytes()),
                    }
                }
            }
        }
        name(out);
        out.push(b'"');
    }
}

/// The text of a value: itself, or of JSON the text of a string, and anything else as it stands.
pub fn text_of(cell: &str, layout: Layout) -> Cow<'_, str> {
    let quoted = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
    match (layout, quoted) {
        (Layout::Csv { .. }, _) | (_, None) => cell.into(),
        (Layout::Ndjson, Some(text)) if !text.contains('\\') => text.into(),
        (Layout::Ndjson, Some(_)) => match Json::parse(cell) {
            Ok(json) => json.root().as_str().map_or_else(|| cell.to_owned().into(), |text| text.into_owned().into()),
            Err(_) => cell.into(),
        },
    }
}

/// A name for the token that no column has.
fn free_name(columns: &[String]) -> String {
    let mut name = TOKEN.to_owned();
    let mut number = 2;
    while columns.contains(&name) {
        name = format!("{TOKEN}_{number}");
        number += 1;
    }
    name
}

fn csv_line(values: &[String]) -> Vec<u8> {
    let mut line = Vec::new();
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            line.push(b',');
        }
        csv_value(value, &mut line);
    }
    line.push(b'\n');
    line
}

/// A value in quotes where it needs them (RFC 4180 §2).
fn csv_value(value: &str, out: &mut Vec<u8>) {
    if !value.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) && value == value.trim() {
        out.extend_from_slice(value.as_bytes());
        return;
    }
    out.push(b'"');
    for (index, piece) in value.split('"').enumerate() {
        if index > 0 {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(piece.as_bytes());
    }
    out.push(b'"');
}

fn wrk_head(address: &str) -> Vec<u8> {
    format!(
        "-- One token after the other for wrk:\n--   wrk -t2 -c64 -d30s -s tokens.lua '{}'\nlocal list = [[\n",
        address.replace('\'', "%27")
    )
    .into_bytes()
}

/// The address that a load generator sends requests to.
fn address(text: &str) -> Result<String, Problem> {
    let url =
        url::Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.map(String::from).ok_or_else(|| {
        Problem::new("url", format!("'{}' is not an address that requests can be sent to", shown(text)))
            .help("Write it with its scheme, such as http://localhost:8080/api.")
    })
}
