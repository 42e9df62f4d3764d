//! Rust with jsonwebtoken.

use super::layout::{self, Code, Dialect, Written};
use super::model::{Draft, Entry, KeySource, Need, Number, Piece, Value};
use super::shared::{comment_undeclared, in_units, quoted_variable};
use super::words::{self, Case, Escape, quoted};
use super::{Snippet, language, unsupported};
use crate::jose::error::Problem;
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::jose::secret::SecretEncoding;

/// Names the code has already.
const TAKEN: [&str; 2] = ["MINTED", "UNIX_EPOCH"];

/// More values than this in one `json!` and the macro runs into the compiler's limit.
const MANY: usize = 24;

/// The members of the header that have a field of their own, all of them texts.
const FIELDS: [(&str, &str); 8] = [
    ("typ", "typ"),
    ("cty", "cty"),
    ("jku", "jku"),
    ("kid", "kid"),
    ("x5u", "x5u"),
    ("x5t", "x5t"),
    ("x5t#S256", "x5t_s256"),
    ("url", "url"),
];

pub(super) fn write(draft: &Draft) -> Result<Snippet, Problem> {
    if draft.algorithm == Algorithm::ES512 {
        return Err(unsupported(
            "Rust's jsonwebtoken does not sign with ES512",
            "Use ES384, or golang-jwt: it has ES512.",
        ));
    }
    language::check_range(draft, |number| number.is_integer(), "Write the number as text, or use Go with golang-jwt.")?;
    let rust = Rust {
        draft,
        constants: words::names(&draft.constants, Case::Snake, &["key", "now", "claims", "header", "counter"]),
    };
    rust.check_header()?;
    let install = rust.install();
    let mut code = Code::new::<Rust<'_>>();
    draft.title(&mut code, "a token with jsonwebtoken", install.first().map_or("", String::as_str));
    let mut values = 0_usize;
    draft.visit(&mut |_| values += 1);
    if values > MANY {
        code.add(&format!("#![recursion_limit = \"{}\"]\n", (values * 8).next_multiple_of(128)));
    }
    rust.imports(&mut code);
    if draft.needs(Need::Counter) {
        code.add(&format!("static {}: AtomicU64 = AtomicU64::new(0);\n", TAKEN[0]));
    }
    rust.mint(&mut code);
    rust.read_key(&mut code);
    if draft.needs(Need::Random) {
        code.add("\n/// So many random bytes in base64url.\nfn random(size: usize) -> String {");
        code.add("    let mut bytes = vec![0; size];\n    getrandom::fill(&mut bytes).expect(\"the system has random bytes\");");
        code.add("    URL_SAFE_NO_PAD.encode(bytes)\n}");
    }
    code.add("\nfn main() -> Result<(), Box<dyn Error>> {\n    println!(\"{}\", mint(&read_key()?)?);\n    Ok(())\n}");
    let run = format!("{}cargo run", draft.environment());
    Ok(Snippet { code: code.into_text(), install, run, notes: draft.notes(false) })
}

struct Rust<'d> {
    draft: &'d Draft,
    constants: Vec<String>,
}

impl Rust<'_> {
    /// # Errors
    /// Members of the header that its type has no place for.
    fn check_header(&self) -> Result<(), Problem> {
        let refuse = |why: String| Err(unsupported(why, "Remove it from the header, or use golang-jwt: it takes any."));
        for entry in &self.draft.header {
            match entry.plain_name() {
                None => return refuse("A member of the header has a placeholder in its name".to_owned()),
                Some(name @ ("jwk" | "x5c" | "crit" | "enc" | "zip" | "nonce")) => {
                    return refuse(format!(
                        "{name} in the header is more than this code writes for Rust's jsonwebtoken"
                    ));
                }
                Some(name) if FIELDS.iter().any(|(field, _)| *field == name) && !self.draft.is_text(&entry.value) => {
                    return refuse(format!("Rust's jsonwebtoken wants {name} to be a text"));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    fn encoding(&self) -> SecretEncoding {
        match &self.draft.key {
            KeySource::Secret { encoding, .. } => *encoding,
            KeySource::Pem(_) => SecretEncoding::Utf8,
        }
    }

    fn install(&self) -> Vec<String> {
        let mut install = vec!["cargo add jsonwebtoken --features aws_lc_rs".to_owned()];
        let large = self.draft.any(|value| matches!(value, Value::Number(number) if !is_plain(number)));
        install.push(format!("cargo add serde_json{}", if large { " --features arbitrary_precision" } else { "" }));
        if self.draft.needs(Need::Random) {
            install.push("cargo add base64 getrandom".to_owned());
        }
        if self.draft.needs(Need::Uuid) {
            install.push("cargo add uuid --features v4".to_owned());
        }
        install
    }

    fn imports(&self, code: &mut Code) {
        code.add("use std::error::Error;");
        if self.draft.needs(Need::Counter) {
            code.add("use std::sync::atomic::{AtomicU64, Ordering};");
        }
        if self.draft.needs(Need::Now) {
            code.add("use std::time::{SystemTime, UNIX_EPOCH};");
        }
        code.blank();
        if self.draft.needs(Need::Random) {
            code.add("use base64::Engine as _;\nuse base64::engine::general_purpose::URL_SAFE_NO_PAD;");
        }
        code.add("use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};\nuse serde_json::json;");
        if self.draft.needs(Need::Uuid) {
            code.add("use uuid::Uuid;");
        }
        code.blank();
    }

    fn mint(&self, code: &mut Code) {
        code.add("fn mint(key: &EncodingKey) -> Result<String, Box<dyn Error>> {");
        code.inside(|code| {
            if self.draft.needs(Need::Now) {
                code.add("let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() as i64;");
            }
            if self.draft.needs(Need::Counter) {
                code.add("let counter = MINTED.fetch_add(1, Ordering::Relaxed);");
            }
            for (constant, name) in self.draft.constants.iter().zip(&self.constants) {
                comment_undeclared(code, constant.declared);
                match &constant.value {
                    Value::Text(pieces) => code.add(&format!("let {name} = {};", self.pieces(pieces))),
                    value => code.value(&format!("let {name} = json!("), layout::value(self, value), ");"),
                }
            }
            code.value("let claims = json!(", layout::object(self, &self.draft.claims, Self::member), ");");
            self.header(code);
            code.add("Ok(encode(&header, &claims, key)?)");
        });
        code.add("}");
    }

    fn member(&self, entry: &Entry) -> Vec<layout::Line> {
        layout::value(self, &entry.value)
    }

    fn header(&self, code: &mut Code) {
        let entries = self.draft.header_besides_default();
        let has_typ = self.draft.header_member("typ").is_some();
        let is_mutable = if entries.is_empty() && has_typ { "" } else { "mut " };
        code.add(&format!("let {is_mutable}header = Header::new(Algorithm::{});", self.draft.algorithm));
        if !has_typ {
            code.comment("Header::new says typ: \"JWT\".");
            code.add("header.typ = None;");
        }
        for entry in &entries {
            let field = FIELDS.iter().find(|(name, _)| entry.plain_name() == Some(*name));
            match (field, &entry.value) {
                (Some((_, field)), Value::Constant(index)) => {
                    code.add(&format!("header.{field} = Some({}.to_owned());", self.constant(*index)));
                }
                (Some((_, field)), Value::Text(pieces)) => {
                    let is_plain = super::model::plain(pieces).is_some();
                    let owned = if is_plain { ".to_owned()" } else { "" };
                    code.add(&format!("header.{field} = Some({}{owned});", self.pieces(pieces)));
                }
                _ => {
                    let before = format!("header.extras.insert({}.to_owned(), json!(", self.name(&entry.name));
                    code.value(&before, layout::value(self, &entry.value), "));");
                }
            }
        }
    }

    fn read_key(&self, code: &mut Code) {
        let variable = quoted_variable(self.draft, Escape::Braces);
        code.add("\nfn read_key() -> Result<EncodingKey, Box<dyn Error>> {");
        code.inside(|code| {
            code.add(&format!("let setting = std::env::var({variable})?;"));
            match self.draft.algorithm.key_kind() {
                KeyKind::Secret => self.read_secret(code),
                KeyKind::Rsa => code.add("Ok(EncodingKey::from_rsa_pem(&std::fs::read(setting)?)?)"),
                KeyKind::Ed25519 => code.add("Ok(EncodingKey::from_ed_pem(&std::fs::read(setting)?)?)"),
                KeyKind::P256 | KeyKind::P384 | KeyKind::P521 => {
                    code.add("Ok(EncodingKey::from_ec_pem(&std::fs::read(setting)?)?)");
                }
            }
        });
        code.add("}");
    }

    fn read_secret(&self, code: &mut Code) {
        match self.encoding() {
            SecretEncoding::Utf8 => code.add("Ok(EncodingKey::from_secret(setting.as_bytes()))"),
            SecretEncoding::Base64 | SecretEncoding::Base64url => {
                let url = if self.encoding() == SecretEncoding::Base64url { "urlsafe_" } else { "" };
                code.comment("The padding may be missing.");
                code.add("let digits = setting.trim_end_matches('=');");
                code.add("let padded = format!(\"{digits}{}\", \"=\".repeat(digits.len().wrapping_neg() % 4));");
                code.add(&format!("Ok(EncodingKey::from_{url}base64_secret(&padded)?)"));
            }
            SecretEncoding::Hex => {
                code.add("let digits: Vec<char> = setting.chars().collect();");
                code.add("let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16);");
                code.add("let secret = digits.chunks(2).map(byte).collect::<Result<Vec<u8>, _>>()?;");
                code.add("Ok(EncodingKey::from_secret(&secret))");
            }
        }
    }
}

/// Whether it is held without the feature `arbitrary_precision`.
fn is_plain(number: &Number) -> bool {
    number.integer().is_some() || number.raw().parse::<u64>().is_ok() || (!number.is_integer() && number.fits_double())
}

impl Dialect for Rust<'_> {
    fn number(&self, number: &Number) -> Written {
        if number.raw() == "-0" {
            Written::exact("0")
        } else if number.integer().is_some_and(|value| i32::try_from(value).is_err()) {
            Written::exact(format!("{}_i64", number.raw()))
        } else if number.raw().parse::<u64>().is_ok_and(|value| i64::try_from(value).is_err()) {
            Written::exact(format!("{}_u64", number.raw()))
        } else if is_plain(number) {
            Written::exact(number.raw())
        } else {
            let code = format!("serde_json::from_str::<serde_json::Number>(\"{}\")?", number.raw());
            Written { code, comment: Some("kept by the feature arbitrary_precision".to_owned()) }
        }
    }

    fn text(&self, text: &str) -> String {
        quoted(text, Escape::Braces)
    }

    fn joined(&self, pieces: &[Piece]) -> String {
        match pieces {
            [Piece::Uuid] => return "Uuid::new_v4().to_string()".to_owned(),
            [Piece::Random { bytes }] => return format!("random({bytes})"),
            _ => {}
        }
        let (mut format, mut values) = (String::new(), String::new());
        for piece in pieces {
            let value = match piece {
                Piece::Plain(text) => {
                    // Braces of an escape must stay single.
                    for char in text.chars() {
                        let text = char.to_string();
                        let doubled = if matches!(char, '{' | '}') {
                            text.repeat(2)
                        } else {
                            words::body(&text, '"', Escape::Braces)
                        };
                        format.push_str(&doubled);
                    }
                    continue;
                }
                Piece::Now { offset } => self.now(*offset),
                Piece::Uuid => "Uuid::new_v4()".to_owned(),
                Piece::Counter { start } => self.counter(*start),
                Piece::Random { bytes } => format!("random({bytes})"),
                Piece::Constant(index) => self.constant(*index),
            };
            format.push_str("{}");
            values.push_str(&format!(", {value}"));
        }
        format!("format!(\"{format}\"{values})")
    }

    fn name(&self, name: &[Piece]) -> String {
        match super::model::plain(name) {
            Some(plain) => self.text(plain),
            None => format!("({})", self.joined(name)),
        }
    }

    fn now(&self, offset: i64) -> String {
        let units = [(86_400, " * 24 * 60 * 60"), (3_600, " * 60 * 60"), (60, " * 60")];
        let (count, unit) = in_units(offset.unsigned_abs(), &units);
        let sign = if offset < 0 { '-' } else { '+' };
        if offset == 0 { "now".to_owned() } else { format!("now {sign} {count}{unit}") }
    }

    fn counter(&self, start: u64) -> String {
        if start == 0 { "counter".to_owned() } else { format!("{start} + counter") }
    }

    fn constant(&self, index: usize) -> String {
        self.constants.get(index).cloned().unwrap_or_default()
    }
}
