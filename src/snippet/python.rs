//! Python with PyJWT.

use super::layout::{self, Code, Dialect, Line, Written};
use super::model::{Draft, Entry, KeySource, Need, Number, Piece, Value};
use super::words::{self, Case, Escape, quoted};
use super::{KEY_FILE_VARIABLE, Snippet, language, unsupported};
use crate::jose::error::Problem;
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::jose::secret::SecretEncoding;

/// Longer integers Python refuses to read (`sys.int_info.default_max_str_digits`).
const MAX_DIGITS: usize = 4_300;

/// Names the code has already.
const TAKEN: [&str; 8] = ["SECRET", "KEY", "COUNTER", "EXPIRES_IN", "ALGORITHM", "TEXT", "APP", "NOW"];

/// The claims that PyJWT takes as a `datetime`.
const DATES: [&str; 3] = ["exp", "iat", "nbf"];

/// The program that prints a token.
pub(super) fn write(draft: &Draft) -> Result<Snippet, Problem> {
    let python = Python::new(draft)?;
    let mut code = Code::new::<Python<'_>>();
    python.title(&mut code, "a token with PyJWT", "");
    python.imports(&mut code, &[], &["import jwt"]);
    python.setup(&mut code);
    python.mint(&mut code);
    code.add("\n\nif __name__ == \"__main__\":\n    print(mint())");
    let code = code.into_text();
    Ok(Snippet {
        code,
        install: vec![python.install("")],
        run: format!("{}python mint.py", python.draft.environment()),
        notes: python.draft.notes(false),
    })
}

/// The draft, and what its constants are called.
pub(super) struct Python<'d> {
    draft: &'d Draft,
    constants: Vec<String>,
}

impl<'d> Python<'d> {
    /// # Errors
    /// What PyJWT or Python cannot do.
    pub(super) fn new(draft: &'d Draft) -> Result<Self, Problem> {
        let instead = "Write the number as text, or use Go with golang-jwt, which keeps it as it is.";
        language::check_range(draft, |number| number.is_integer() && number.raw().len() <= MAX_DIGITS, instead)?;
        if draft.claim("iss").is_some_and(|iss| !draft.is_text(iss)) {
            return Err(unsupported("PyJWT refuses an iss that is no text", "Make iss a text, or use jose for Node."));
        }
        if draft.header_member("kid").is_some_and(|kid| !draft.is_text(kid)) {
            return Err(unsupported(
                "PyJWT refuses a kid that is no text",
                "Make kid a text, as RFC 7515 §4.1.4 asks.",
            ));
        }
        if draft.header_member("b64").is_some() {
            let why = "b64 in the header would make PyJWT leave the payload out of the token (RFC 7797)";
            return Err(unsupported(why, "Remove b64 from the header."));
        }
        Ok(Self { draft, constants: words::names(&draft.constants, Case::Screaming, &TAKEN) })
    }

    /// What the file is, and what it needs besides PyJWT.
    pub(super) fn title(&self, code: &mut Code, what: &str, packages: &str) {
        let name = if self.draft.title.is_empty() { String::new() } else { format!("{}: ", self.draft.title) };
        code.comment(&format!("{name}{what}, signed with {}.", self.draft.algorithm));
        code.comment(&self.install(packages));
        code.blank();
    }

    /// The packages to install, those in `more` too.
    pub(super) fn install(&self, more: &str) -> String {
        let pyjwt = if self.draft.is_hmac() { "pyjwt" } else { "\"pyjwt[crypto]\"" };
        format!("pip install {pyjwt}{more}")
    }

    /// The imports; `standard` are lines of the standard library, `packages` of others, both in order already.
    pub(super) fn imports(&self, code: &mut Code, standard: &[&str], packages: &[&str]) {
        let mut lines: Vec<&str> = standard.to_vec();
        lines.push("import os");
        if let KeySource::Secret { encoding: SecretEncoding::Base64 | SecretEncoding::Base64url, .. } = self.draft.key {
            lines.push("import base64");
        }
        for (need, line) in [
            (Need::Counter, "import itertools"),
            (Need::Random, "import secrets"),
            (Need::Uuid, "import uuid"),
            (Need::Now, self.dates()),
        ] {
            if self.draft.needs(need) {
                lines.push(line);
            }
        }
        if !self.draft.is_hmac() {
            lines.push("from pathlib import Path");
        }
        lines.dedup();
        lines.sort_by_key(|line| (line.starts_with("from"), *line));
        lines.iter().for_each(|line| code.add(line));
        code.blank();
        let mut packages: Vec<&str> = packages.to_vec();
        if !self.draft.is_hmac() {
            packages.push("from cryptography.hazmat.primitives.serialization import load_pem_private_key");
        }
        packages.sort_by_key(|line| (line.starts_with("from"), *line));
        packages.iter().for_each(|line| code.add(line));
        code.blank();
    }

    fn dates(&self) -> &'static str {
        let is_moved = |piece: &Piece| matches!(piece, Piece::Now { offset } if *offset != 0);
        let moved = self.draft.any(|value| match value {
            Value::Now { offset } => *offset != 0,
            Value::Text(pieces) => pieces.iter().any(is_moved),
            _ => false,
        });
        if moved {
            "from datetime import datetime, timedelta, timezone"
        } else {
            "from datetime import datetime, timezone"
        }
    }

    /// The key, the constants and the counter.
    pub(super) fn setup(&self, code: &mut Code) {
        match &self.draft.key {
            KeySource::Secret { env, encoding } => {
                let text = format!("os.environ[{}]", quoted(env, Escape::Wide));
                match encoding {
                    SecretEncoding::Utf8 => code.add(&format!("SECRET = {text}")),
                    SecretEncoding::Hex => code.add(&format!("SECRET = bytes.fromhex({text})")),
                    SecretEncoding::Base64 | SecretEncoding::Base64url => {
                        let url = if *encoding == SecretEncoding::Base64url { "urlsafe_" } else { "" };
                        code.add(&format!("TEXT = {text}"));
                        code.comment("The padding may be missing.");
                        code.add(&format!("SECRET = base64.{url}b64decode(TEXT + \"=\" * (-len(TEXT) % 4))"));
                    }
                }
            }
            KeySource::Pem(kind) => {
                code.comment(&format!(
                    "{} as PEM, read once: reading it for each token would cost more than signing.",
                    kind_words(*kind)
                ));
                let path = quoted(KEY_FILE_VARIABLE, Escape::Wide);
                code.add(&format!("KEY = load_pem_private_key(Path(os.environ[{path}]).read_bytes(), password=None)"));
            }
        }
        for (constant, name) in self.draft.constants.iter().zip(&self.constants) {
            if !constant.declared {
                code.comment("The template does not say what this is: give it a value.");
            }
            code.value(&format!("{name} = "), layout::value(self, &constant.value), "");
        }
        if self.draft.needs(Need::Counter) {
            code.add("COUNTER = itertools.count()");
        }
    }

    /// The function that mints.
    pub(super) fn mint(&self, code: &mut Code) {
        code.add("\n\ndef mint() -> str:");
        code.inside(|code| {
            if self.draft.needs(Need::Now) {
                code.add("now = datetime.now(timezone.utc)");
            }
            if self.draft.needs(Need::Counter) {
                code.add("counter = next(COUNTER)");
            }
            code.value("claims = ", layout::object(self, &self.draft.claims, Self::claim), "");
            let headers = self.headers();
            if !headers.is_empty() {
                if self.draft.header_member("typ").is_none() {
                    code.comment("PyJWT adds typ: \"JWT\" unless it is told not to.");
                }
                code.value(
                    "headers = ",
                    layout::object(self, &headers, |python, entry| layout::value(python, &entry.value)),
                    "",
                );
            }
            let key = if self.draft.is_hmac() { "SECRET" } else { "KEY" };
            let more = if headers.is_empty() { "" } else { ", headers=headers" };
            if self.draft.algorithm == Algorithm::HS256 {
                code.comment("HS256 is what PyJWT takes when nothing is said: algorithm may be left out.");
            }
            code.add(&format!("return jwt.encode(claims, {key}, algorithm=\"{}\"{more})", self.draft.algorithm));
        });
    }

    /// The header beyond what PyJWT writes by itself.
    fn headers(&self) -> Vec<Entry> {
        let is_default = |entry: &&Entry| entry.plain_name() == Some("typ") && entry.value.plain() == Some("JWT");
        let mut headers: Vec<Entry> = self.draft.header.iter().filter(|entry| !is_default(entry)).cloned().collect();
        if self.draft.header_member("typ").is_none() {
            headers.push(Entry { name: vec![Piece::Plain("typ".to_owned())], value: Value::Null });
        }
        headers
    }

    /// The value of a claim, which may be a date where PyJWT takes one.
    fn claim(&self, entry: &Entry) -> Vec<Line> {
        match entry.value {
            Value::Now { offset } if entry.plain_name().is_some_and(|name| DATES.contains(&name)) => {
                layout::one(moment(offset))
            }
            _ => layout::value(self, &entry.value),
        }
    }

    /// What `f"…"` holds of a piece.
    fn piece(&self, piece: &Piece) -> String {
        let inside = match piece {
            Piece::Plain(text) => return words::body(text, '"', Escape::Wide).replace('{', "{{").replace('}', "}}"),
            Piece::Now { offset } => self.now(*offset),
            Piece::Uuid => "uuid.uuid4()".to_owned(),
            Piece::Counter { start } => self.counter(*start),
            Piece::Random { bytes } => format!("secrets.token_urlsafe({bytes})"),
            Piece::Constant(index) => self.constant(*index),
        };
        format!("{{{inside}}}")
    }
}

impl Dialect for Python<'_> {
    const COMMENT: &'static str = "#";
    const NULL: &'static str = "None";

    fn bool(&self, value: bool) -> String {
        if value { "True" } else { "False" }.to_owned()
    }

    fn number(&self, number: &Number) -> Written {
        if number.is_integer() || number.fits_double() {
            Written::exact(number.raw())
        } else {
            Written::rounded(number.raw(), number)
        }
    }

    fn text(&self, text: &str) -> String {
        quoted(text, Escape::Wide)
    }

    fn joined(&self, pieces: &[Piece]) -> String {
        match pieces {
            [Piece::Uuid] => "str(uuid.uuid4())".to_owned(),
            [Piece::Random { bytes }] => format!("secrets.token_urlsafe({bytes})"),
            pieces => format!("f\"{}\"", pieces.iter().map(|piece| self.piece(piece)).collect::<String>()),
        }
    }

    fn now(&self, offset: i64) -> String {
        if offset == 0 { "int(now.timestamp())".to_owned() } else { format!("int(({}).timestamp())", moment(offset)) }
    }

    fn counter(&self, start: u64) -> String {
        if start == 0 { "counter".to_owned() } else { format!("{start} + counter") }
    }

    fn constant(&self, index: usize) -> String {
        self.constants.get(index).cloned().unwrap_or_default()
    }
}

/// So many seconds after now, as a `datetime`.
fn moment(offset: i64) -> String {
    let mut left = offset.unsigned_abs();
    let mut parts = Vec::new();
    for (unit, seconds) in [("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1)] {
        if left >= seconds {
            parts.push(format!("{unit}={}", left / seconds));
            left %= seconds;
        }
    }
    match offset {
        0 => "now".to_owned(),
        _ => format!("now {} timedelta({})", if offset < 0 { '-' } else { '+' }, parts.join(", ")),
    }
}

/// The key in words that begin a sentence.
pub(super) fn kind_words(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Secret => "A shared secret",
        KeyKind::Rsa => "An RSA private key",
        KeyKind::P256 => "A P-256 private key",
        KeyKind::P384 => "A P-384 private key",
        KeyKind::P521 => "A P-521 private key",
        KeyKind::Ed25519 => "An Ed25519 private key",
    }
}
