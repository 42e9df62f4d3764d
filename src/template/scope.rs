//! What the placeholders of a text mean for given variables and columns.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::placeholder::{self, Placeholder};
use super::scan::{Key, Occurrence, scan};
use super::variables::Variables;
use crate::jose::error::Problem;
use crate::jose::json::{self, Json, Kind, Serialization};
use crate::jose::text::{Span, shown};

/// The most problems one text reports.
const MAX_PROBLEMS: usize = 20;

/// What names may mean: the variables of the template, and the columns of a run.
pub(super) struct Scope<'a> {
    pub(super) serialization: Serialization,
    pub(super) variables: &'a Variables,
    pub(super) columns: &'a [String],
}

/// What a placeholder means.
pub(super) struct Meaning {
    pub(super) value: Value,
    /// Whether the value is no string, so that it takes the place of the quotes too.
    bare: bool,
    /// Where the placeholder stands first.
    pub(super) span: Span,
}

/// A value known now, or one that each token gets anew.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Constant(String),
    Now { offset: i64 },
    Uuid,
    Counter { start: u64 },
    Random { bytes: usize },
    Column { index: usize, name: String, form: Form },
}

/// How a text stands in the JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As text within a string.
    Text,
    /// As JSON in the place of a whole string.
    Json,
    /// As the text of a JSON value, within a string.
    JsonInText,
}

impl Meaning {
    /// The bytes that go where the placeholder stands.
    pub(super) fn replaces(&self, occurrence: &Occurrence) -> Span {
        occurrence.whole.filter(|_| self.bare).unwrap_or(occurrence.span)
    }
}

impl Scope<'_> {
    /// The meaning of each placeholder by its [`Occurrence::key`]: the same key means the same wherever it stands, so
    /// what is found in the text as typed holds in the text as serialized.
    ///
    /// # Errors
    /// The first problems, with their places.
    pub(super) fn meanings<'j>(&self, json: &'j Json) -> Result<HashMap<Key<'j>, Meaning>, Vec<Problem>> {
        let mut meanings = HashMap::new();
        let mut problems = Vec::new();
        for occurrence in scan(json) {
            let Entry::Vacant(entry) = meanings.entry(occurrence.key(json.text())) else { continue };
            let span = occurrence.span;
            match self.meaning(occurrence) {
                Ok(meaning) => drop(entry.insert(meaning)),
                Err(problem) => problems.push(problem.at(span)),
            }
            if problems.len() == MAX_PROBLEMS {
                break;
            }
        }
        if problems.is_empty() { Ok(meanings) } else { Err(problems) }
    }

    fn meaning(&self, occurrence: Occurrence) -> Result<Meaning, Problem> {
        if occurrence.in_name && self.serialization == Serialization::Sorted {
            return Err(in_sorted_name());
        }
        let whole = occurrence.whole.is_some();
        let (value, bare) = match occurrence.placeholder? {
            Placeholder::Now { offset } => (Value::Now { offset }, whole),
            Placeholder::Counter { start } => (Value::Counter { start }, whole),
            Placeholder::Uuid => (Value::Uuid, false),
            Placeholder::Random { bytes } => (Value::Random { bytes }, false),
            Placeholder::Variable(name) => self.named(name, whole)?,
        };
        Ok(Meaning { value, bare, span: occurrence.span })
    }

    fn named(&self, name: String, whole: bool) -> Result<(Value, bool), Problem> {
        let variable = self.variables.get(&name);
        let form = match (variable.is_some_and(|variable| variable.json), whole) {
            (false, _) => Form::Text,
            (true, true) => Form::Json,
            (true, false) => Form::JsonInText,
        };
        let value = match (self.columns.iter().position(|column| *column == name), variable) {
            (Some(index), _) => Value::Column { index, name, form },
            (None, Some(variable)) => Value::Constant(constant(&name, &variable.text, form, self.serialization)?),
            (None, None) => return Err(self.unknown(&name)),
        };
        Ok((value, form == Form::Json))
    }

    fn unknown(&self, name: &str) -> Problem {
        let variables = self.variables.iter().map(|(name, _)| name);
        placeholder::unknown(name, variables.chain(self.columns.iter().map(String::as_str)))
    }
}

fn in_sorted_name() -> Problem {
    Problem::new("placeholder-in-name", "Members cannot be sorted by a name that has a placeholder in it")
        .help("Choose the serialization compact or as typed, or write the name out.")
}

/// The text of a variable or column as it goes into the JSON text.
///
/// # Errors
/// When it was declared as JSON and is not.
pub(super) fn constant(name: &str, text: &str, form: Form, serialization: Serialization) -> Result<String, Problem> {
    if form == Form::Text {
        return Ok(within_quotes(&json::quote(text)).to_owned());
    }
    let json = Json::parse(text).map_err(|problem| not_json(name, text, &problem))?;
    let mut written = String::new();
    json::write(json.root(), serialization, &mut written);
    Ok(match (form, json.root().kind()) {
        (Form::JsonInText, Kind::String) => within_quotes(&written).to_owned(),
        (Form::JsonInText, _) => within_quotes(&json::quote(&written)).to_owned(),
        _ => written,
    })
}

fn within_quotes(literal: &str) -> &str {
    literal.strip_prefix('"').and_then(|literal| literal.strip_suffix('"')).unwrap_or(literal)
}

fn not_json(name: &str, text: &str, problem: &Problem) -> Problem {
    let message =
        format!("'{}' is declared as JSON, and '{}' is not JSON: {}", shown(name), shown(text), problem.message);
    Problem::new("variable", message).help("Write the value as JSON: text needs double quotes around it.")
}
