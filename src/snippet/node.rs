//! JavaScript for Node, whatever the package.

use super::layout::{self, Code, Dialect, Written};
use super::model::{Draft, Entry, KeySource, Need, Number, Piece, Value};
use super::words::{self, Case, Escape, quoted};
use super::{KEY_FILE_VARIABLE, language, unsupported};
use crate::jose::error::Problem;
use crate::jose::secret::SecretEncoding;

/// Names the code has already.
const TAKEN: [&str; 2] = ["KEY", "COUNTER"];

/// The largest integer that a double holds along with its neighbours.
const MAX_SAFE: u64 = (1 << 53) - 1;

/// The draft, and what its constants are called.
pub(super) struct Node<'d> {
    pub(super) draft: &'d Draft,
    constants: Vec<String>,
}

impl<'d> Node<'d> {
    /// # Errors
    /// What JavaScript cannot do.
    pub(super) fn new(draft: &'d Draft) -> Result<Self, Problem> {
        language::check_range(
            draft,
            |_| false,
            "Write the number as text, or use Go with golang-jwt, which keeps it as it is.",
        )?;
        let is_large = |start: u64| start > MAX_SAFE;
        let large = draft.any(|value| match value {
            Value::Counter { start } => is_large(*start),
            Value::Text(pieces) => {
                pieces.iter().any(|piece| matches!(piece, Piece::Counter { start } if is_large(*start)))
            }
            _ => false,
        });
        if large {
            let why = "The counter starts beyond the integers that JavaScript numbers hold";
            return Err(unsupported(why, "Start it from at most 9007199254740991, or use Python with PyJWT."));
        }
        Ok(Self { draft, constants: words::names(&draft.constants, Case::Screaming, &TAKEN) })
    }

    /// What the file is, and its imports: those of `crypto` and of the package.
    pub(super) fn head(&self, code: &mut Code, package: &str, crypto: &[&str], imports: &[&str]) {
        let name = if self.draft.title.is_empty() { String::new() } else { format!("{}: ", self.draft.title) };
        code.comment(&format!("{name}a token with {package}, signed with {}.", self.draft.algorithm));
        code.comment(&format!("npm install {package}"));
        code.blank();
        let mut crypto: Vec<&str> = crypto.to_vec();
        if self.draft.needs(Need::Random) {
            crypto.push("randomBytes");
        }
        if self.draft.needs(Need::Uuid) {
            crypto.push("randomUUID");
        }
        if !crypto.is_empty() {
            code.add(&format!("import {{ {} }} from \"node:crypto\";", crypto.join(", ")));
        }
        if !self.draft.is_hmac() {
            code.add("import { readFileSync } from \"node:fs\";");
        }
        imports.iter().for_each(|line| code.add(line));
        code.blank();
    }

    /// Reads the secret or the PEM file into `key`; `pem` is what makes a key of the text of the file.
    pub(super) fn key(&self, code: &mut Code, utf8: &str, pem: &str) {
        let (variable, made) = match &self.draft.key {
            KeySource::Secret { env, encoding } => {
                let bytes = match encoding {
                    SecretEncoding::Utf8 => utf8.to_owned(),
                    other => format!("Buffer.from(setting, \"{}\")", other.label()),
                };
                (env.as_str(), bytes)
            }
            KeySource::Pem(_) => (KEY_FILE_VARIABLE, pem.to_owned()),
        };
        let quoted = quoted(variable, Escape::Pairs);
        let place =
            if is_identifier(variable) { format!("process.env.{variable}") } else { format!("process.env[{quoted}]") };
        code.add(&format!("const setting = {place};"));
        code.add(&format!("if (!setting) throw new Error({});", self.text(&format!("{variable} is not set"))));
        code.add(&format!("const key = {made};"));
        for (constant, name) in self.draft.constants.iter().zip(&self.constants) {
            if !constant.declared {
                code.comment("The template does not say what this is: give it a value.");
            }
            code.value(&format!("const {name} = "), layout::value(self, &constant.value), ";");
        }
        if self.draft.needs(Need::Counter) {
            code.add("let minted = 0;");
        }
        code.blank();
    }

    /// The instant, the counter and the claims.
    pub(super) fn claims(&self, code: &mut Code) {
        if self.draft.needs(Need::Now) {
            code.add("const now = Math.floor(Date.now() / 1000);");
        }
        if self.draft.needs(Need::Counter) {
            code.add("const counter = minted++;");
        }
        code.value("const claims = ", self.object(&self.draft.claims), ";");
    }

    /// An object with these members.
    pub(super) fn object(&self, entries: &[Entry]) -> Vec<layout::Line> {
        layout::object(self, entries, |node, entry| layout::value(node, &entry.value))
    }

    fn piece(&self, piece: &Piece) -> String {
        let inside = match piece {
            Piece::Plain(text) => return words::body(text, '`', Escape::Pairs).replace("${", "\\${"),
            Piece::Now { offset } => self.now(*offset),
            Piece::Uuid => "randomUUID()".to_owned(),
            Piece::Counter { start } => self.counter(*start),
            Piece::Random { bytes } => random(*bytes),
            Piece::Constant(index) => self.constant(*index),
        };
        format!("${{{inside}}}")
    }
}

impl Dialect for Node<'_> {
    const INDENT: &'static str = "  ";

    fn number(&self, number: &Number) -> Written {
        if number.fits_double() { Written::exact(number.raw()) } else { Written::rounded(number.raw(), number) }
    }

    fn text(&self, text: &str) -> String {
        quoted(text, Escape::Pairs)
    }

    fn joined(&self, pieces: &[Piece]) -> String {
        match pieces {
            [Piece::Uuid] => "randomUUID()".to_owned(),
            [Piece::Random { bytes }] => random(*bytes),
            pieces => {
                // `$` at the end of one piece and `{` at the start of the next cannot meet: every other piece is filled in.
                format!("`{}`", pieces.iter().map(|piece| self.piece(piece)).collect::<String>())
            }
        }
    }

    fn name(&self, name: &[Piece]) -> String {
        match super::model::plain(name) {
            // It would set the prototype.
            Some("__proto__") => "[\"__proto__\"]".to_owned(),
            Some(plain) if is_identifier(plain) => plain.to_owned(),
            Some(plain) => self.text(plain),
            None => format!("[{}]", self.joined(name)),
        }
    }

    fn now(&self, offset: i64) -> String {
        let sign = if offset < 0 { '-' } else { '+' };
        let seconds = offset.unsigned_abs();
        let (count, unit) = [(86_400, " * 24 * 60 * 60"), (3_600, " * 60 * 60"), (60, " * 60")]
            .into_iter()
            .find(|(unit, _)| seconds.is_multiple_of(*unit))
            .map_or((seconds, ""), |(unit, words)| (seconds / unit, words));
        if offset == 0 { "now".to_owned() } else { format!("now {sign} {count}{unit}") }
    }

    fn counter(&self, start: u64) -> String {
        if start == 0 { "counter".to_owned() } else { format!("{start} + counter") }
    }

    fn constant(&self, index: usize) -> String {
        self.constants.get(index).cloned().unwrap_or_default()
    }
}

fn random(bytes: usize) -> String {
    format!("randomBytes({bytes}).toString(\"base64url\")")
}

/// Whether a name needs no quotes.
fn is_identifier(name: &str) -> bool {
    let is_letter = |char: char| char.is_ascii_alphabetic() || char == '_' || char == '$';
    name.chars().next().is_some_and(is_letter) && name.chars().all(|char| is_letter(char) || char.is_ascii_digit())
}
