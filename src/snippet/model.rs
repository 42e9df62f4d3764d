//! The draft read into values: what every language writes in its own way.

use crate::jose::jwa::{Algorithm, KeyKind};
use crate::jose::secret::SecretEncoding;

/// What is between the quotes of a text: parts that are there already and parts that each token gets anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Characters as they are, escapes resolved.
    Plain(String),
    /// The NumericDate of the token plus so many seconds, as digits.
    Now {
        /// Seconds after now; negative is before.
        offset: i64,
    },
    /// A random UUID, version 4.
    Uuid,
    /// The number of the token, counted from `start`, as digits.
    Counter {
        /// The value for the first token.
        start: u64,
    },
    /// Random bytes in base64url.
    Random {
        /// How many bytes.
        bytes: usize,
    },
    /// A constant, by its place in [`Draft::constants`].
    Constant(usize),
}

/// A value of the header or the claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(Vec<Piece>),
    /// The NumericDate of the token plus so many seconds, as a number.
    Now {
        /// Seconds after now; negative is before.
        offset: i64,
    },
    /// The number of the token, counted from `start`.
    Counter {
        /// The value for the first token.
        start: u64,
    },
    /// A constant, by its place in [`Draft::constants`].
    Constant(usize),
    /// An array.
    Array(Vec<Self>),
    /// An object; no name comes twice.
    Object(Vec<Entry>),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: Vec<Piece>,
    /// Its value.
    pub value: Value,
}

impl Entry {
    /// The name, unless something in it is filled in for each token.
    pub fn plain_name(&self) -> Option<&str> {
        plain(&self.name)
    }
}

impl Value {
    /// The text, when nothing in it is filled in.
    pub fn plain(&self) -> Option<&str> {
        match self {
            Self::Text(pieces) => plain(pieces),
            _ => None,
        }
    }

    /// Calls `visit` with this value and all within it.
    pub fn visit(&self, visit: &mut dyn FnMut(&Self)) {
        visit(self);
        match self {
            Self::Array(items) => items.iter().for_each(|item| item.visit(visit)),
            Self::Object(entries) => entries.iter().for_each(|entry| {
                // A name is met as if it were a text.
                visit(&Self::Text(entry.name.clone()));
                entry.value.visit(visit);
            }),
            _ => {}
        }
    }
}

/// The text of pieces without anything to fill in.
pub(super) fn plain(pieces: &[Piece]) -> Option<&str> {
    match pieces {
        [] => Some(""),
        [Piece::Plain(text)] => Some(text),
        _ => None,
    }
}

/// A number as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(pub String);

impl Number {
    /// Its text.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// Whether it is written without fraction and exponent.
    pub fn is_integer(&self) -> bool {
        !self.0.contains(['.', 'e', 'E'])
    }

    /// As an integer of 64 bits, when it is written as one and fits.
    pub fn integer(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    /// The nearest double-precision number; `None` beyond their range.
    pub fn double(&self) -> Option<f64> {
        self.0.parse().ok().filter(|double: &f64| double.is_finite())
    }

    /// Whether the shortest writing of the nearest double is this number again.
    pub fn fits_double(&self) -> bool {
        self.double().is_some_and(|double| normal(&format!("{double:e}")) == normal(&self.0))
    }

    /// As the nearest double is written, for people to see what becomes of the number.
    pub fn as_double(&self) -> String {
        self.double().map_or_else(|| "infinity".to_owned(), |double| format!("{double:?}"))
    }
}

/// Sign, digits without zeros around them, and the power of ten of the last digit.
fn normal(text: &str) -> (bool, String, i64) {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    let kept = digits.trim_end_matches('0');
    if kept.is_empty() {
        return (false, String::new(), 0);
    }
    let exponent: i64 = exponent.parse().unwrap_or(i64::MAX / 2);
    let zeros = (digits.len() - kept.len()) as i64;
    (negative, kept.to_owned(), exponent.saturating_add(zeros).saturating_sub(fraction.len() as i64))
}

/// A variable of the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constant {
    /// Its name in the template.
    pub name: String,
    /// What it stands for.
    pub value: Value,
    /// Whether the template says what it stands for; otherwise someone has to.
    pub declared: bool,
}

/// Where the code finds the key; the key itself is never in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// A secret in an environment variable.
    Secret {
        /// The name of the variable.
        env: String,
        /// How its text is turned into bytes.
        encoding: SecretEncoding,
    },
    /// A private key in a PEM file whose path is in `JWT_KEY_FILE`.
    Pem(KeyKind),
}

/// A draft, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its name on one line, fit for a comment; may be empty.
    pub title: String,
    /// What it is signed with.
    pub algorithm: Algorithm,
    /// The header without `alg`.
    pub header: Vec<Entry>,
    /// The claims.
    pub claims: Vec<Entry>,
    /// The variables that are used.
    pub constants: Vec<Constant>,
    /// The key.
    pub key: KeySource,
    /// What the code does not keep of the draft, in sentences.
    pub losses: Vec<String>,
}

/// What a snippet has to import or declare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The time.
    Now,
    /// UUIDs.
    Uuid,
    /// Random bytes.
    Random,
    /// A counter.
    Counter,
}

impl Draft {
    /// Calls `visit` with every value of header, claims and constants, names as texts.
    pub fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        for entry in self.header.iter().chain(&self.claims) {
            visit(&Value::Text(entry.name.clone()));
            entry.value.visit(visit);
        }
        self.constants.iter().for_each(|constant| constant.value.visit(visit));
    }

    /// Whether any value fulfils `test`.
    pub fn any(&self, mut test: impl FnMut(&Value) -> bool) -> bool {
        let mut found = false;
        self.visit(&mut |value| found |= test(value));
        found
    }

    /// Whether the code needs this.
    pub fn needs(&self, need: Need) -> bool {
        self.any(|value| match value {
            Value::Now { .. } => need == Need::Now,
            Value::Counter { .. } => need == Need::Counter,
            Value::Text(pieces) => pieces.iter().any(|piece| match piece {
                Piece::Now { .. } => need == Need::Now,
                Piece::Counter { .. } => need == Need::Counter,
                Piece::Uuid => need == Need::Uuid,
                Piece::Random { .. } => need == Need::Random,
                Piece::Plain(_) | Piece::Constant(_) => false,
            }),
            _ => false,
        })
    }

    /// A member of the header.
    pub fn header_member(&self, name: &str) -> Option<&Value> {
        self.header.iter().find(|entry| entry.plain_name() == Some(name)).map(|entry| &entry.value)
    }

    /// A claim.
    pub fn claim(&self, name: &str) -> Option<&Value> {
        self.claims.iter().find(|entry| entry.plain_name() == Some(name)).map(|entry| &entry.value)
    }

    /// The text of a value, constants looked up, when nothing in it is filled in for each token.
    pub fn known_text<'d>(&'d self, value: &'d Value) -> Option<&'d str> {
        match value {
            Value::Constant(index) => self.constants.get(*index).and_then(|constant| constant.value.plain()),
            Value::Text(pieces) => match pieces.as_slice() {
                [Piece::Constant(index)] => self.constants.get(*index).and_then(|constant| constant.value.plain()),
                pieces => plain(pieces),
            },
            _ => None,
        }
    }

    /// Whether the value is a text, whatever it says.
    pub fn is_text(&self, value: &Value) -> bool {
        matches!(value, Value::Text(_)) || self.known_text(value).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_a_double_changes_is_told_from_one_it_keeps() {
        for kept in ["0", "-0", "1.50", "1e5", "100000", "4102446600.482913", "9007199254740991", "5e-324", "0.1"] {
            assert!(Number(kept.to_owned()).fits_double(), "{kept}");
        }
        for changed in [
            "9007199254740993",
            "18446744073709551616",
            "0.1234567890123456789",
            "1e400",
            "1e-400",
            "1e99999999999999999999",
        ] {
            assert!(!Number(changed.to_owned()).fits_double(), "{changed}");
        }
        assert_eq!(Number("1e400".to_owned()).double(), None);
        assert_eq!(Number("9007199254740993".to_owned()).as_double(), "9007199254740992.0");
    }
}
