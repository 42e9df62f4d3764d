//! What kind of file some bytes are.

use super::comparison_file::{self, ComparisonFile};
use super::environment::Environment;
use super::file::{BYTE_ORDER_MARK, MAX_BYTES, TemplateFile, too_large};
use super::schema::is_schema;
use crate::jose::error::Problem;
use crate::jose::json::{Json, Kind, Value};
use crate::jose::key::Key;
use crate::jose::secret::Secret;
use crate::jose::text::Span;
use crate::jose::unwrap::unwrap;

/// The content of a file, by what it is for.
#[derive(Debug)]
pub enum Opened {
    /// A template.
    Template(TemplateFile),
    /// A comparison.
    Comparison(ComparisonFile),
    /// A JSON object that is neither a template nor a key: the text of claims, without a byte order mark.
    Claims(String),
    /// A token, with whatever stands around it in the file.
    Token(String),
    /// The variables of another program's environment.
    Environment(Environment),
    /// A JSON Schema for claims.
    Schema(String),
    /// A key or keys: PEM, JWK or JWK Set.
    Key(Secret),
}

/// Tells what a file is by its content.
///
/// # Errors
/// An empty file, one that is too large or not text, broken JSON, a template that cannot be read, and text that is none
/// of these; the span is in the text of the file.
pub fn recognise(bytes: &[u8]) -> Result<Opened, Problem> {
    if bytes.len() > MAX_BYTES {
        return Err(too_large(bytes.len() as u64));
    }
    if is_der(bytes) {
        return Ok(Opened::Key(Secret::from(bytes.to_vec())));
    }
    let text = text_of(bytes)?;
    let body = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    if body.trim().is_empty() {
        return Err(Problem::new("file-empty", "The file is empty").help(EXPECTED));
    }
    match body.trim_start().chars().next() {
        Some('{' | '[') => recognise_json(text, body),
        _ if let Some(environment) = Environment::of_text(body) => environment.map(Opened::Environment),
        _ if body.contains(PEM) => Ok(Opened::Key(Secret::from(body.to_owned()))),
        _ => recognise_token(body),
    }
}

/// How every block of a PEM file begins (RFC 7468 §2).
const PEM: &str = "-----BEGIN ";

const EXPECTED: &str = "Open a template, claims as a JSON object, a token, or a key as PEM or JWK.";

fn text_of(bytes: &[u8]) -> Result<&str, Problem> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Problem::new("file-not-text", "The file is encoded as UTF-16")
            .help("Save it as UTF-8, then open it again."));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        Problem::new("file-not-text", format!("The file is not UTF-8 text: byte {offset} belongs to no character"))
            .help(EXPECTED)
            .at(Span::new(offset, offset + 1))
    })?;
    match text.find('\0') {
        None => Ok(text),
        Some(offset) => Err(Problem::new("file-not-text", format!("The file is not text: byte {offset} is zero"))
            .help(EXPECTED)
            .at(Span::new(offset, offset + 1))),
    }
}

fn recognise_json(text: &str, body: &str) -> Result<Opened, Problem> {
    let shift = text.len() - body.len();
    let json = match Json::parse(body) {
        Ok(json) => json,
        // What is wrong with a key is not told here: the words could hold a part of it.
        Err(_) if body.contains("\"kty\"") || body.contains(PEM) => {
            return Ok(Opened::Key(Secret::from(body.to_owned())));
        }
        Err(problem) => {
            return Err(Problem { span: problem.span.map(|span| span.moved(shift)), ..problem });
        }
    };
    let root = json.root();
    let format = root.get("format").and_then(Value::as_str).unwrap_or_default();
    let is_jwk = |value: Value<'_>| value.get("kty").is_some_and(|kty| kty.kind() == Kind::String);
    let is_key = is_jwk(root) || root.get("keys").is_some_and(|keys| keys.items().any(is_jwk)) || body.contains(PEM);
    if format == comparison_file::FORMAT {
        ComparisonFile::parse(text).map(Opened::Comparison)
    } else if format.starts_with("jwt-workbench.") {
        TemplateFile::parse(text).map(Opened::Template)
    } else if is_key {
        Ok(Opened::Key(Secret::from(body.to_owned())))
    } else if let Some(environment) = Environment::of_json(root) {
        Ok(Opened::Environment(environment))
    } else if root.kind() == Kind::Object && is_schema(root) {
        Ok(Opened::Schema(body.to_owned()))
    } else if unwrap(body).found > 0 {
        Ok(Opened::Token(body.to_owned()))
    } else if root.kind() == Kind::Object {
        Ok(Opened::Claims(body.to_owned()))
    } else {
        Err(Problem::new("file-unknown", "The file is a JSON array; claims are an object").help(EXPECTED))
    }
}

fn recognise_token(body: &str) -> Result<Opened, Problem> {
    match unwrap(body).found {
        0 if is_foreign_key(body) => Ok(Opened::Key(Secret::from(body.to_owned()))),
        0 => Err(Problem::new("file-unknown", "The file is neither JSON nor a token nor a key").help(EXPECTED)),
        1 => Ok(Opened::Token(body.to_owned())),
        many => Err(Problem::new("file-unknown", format!("The file holds {many} tokens; one can be opened at a time"))
            .help("Copy one of them and paste it, or run jwt-workbench inspect --lines on the file.")),
    }
}

/// Whether all bytes are one SEQUENCE in DER (X.690 §8.1), as every key, certificate and key store in DER is.
fn is_der(bytes: &[u8]) -> bool {
    let Some((&[0x30, first], rest)) = bytes.split_first_chunk() else { return false };
    match usize::from(first) {
        short @ ..0x80 => rest.len() == short,
        long => rest.split_at_checked(long - 0x80).is_some_and(|(length, content)| {
            !length.is_empty()
                && length.iter().fold(0, |sum: usize, byte| sum << 8 | usize::from(*byte)) == content.len()
        }),
    }
}

/// Whether a text is a key of a kind that the reader of keys knows how to turn into one of ours.
fn is_foreign_key(body: &str) -> bool {
    match Key::read(body.as_bytes()) {
        Ok(_) => true,
        Err(problem) => matches!(problem.code, "key-openssh" | "key-putty" | "pem-boundary"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(bytes: &[u8]) -> &'static str {
        match recognise(bytes) {
            Ok(Opened::Template(_)) => "template",
            Ok(Opened::Comparison(_)) => "comparison",
            Ok(Opened::Claims(_)) => "claims",
            Ok(Opened::Token(_)) => "token",
            Ok(Opened::Environment(_)) => "environment",
            Ok(Opened::Schema(_)) => "schema",
            Ok(Opened::Key(_)) => "key",
            Err(problem) => {
                assert!(!problem.help.is_empty());
                problem.code
            }
        }
    }

    #[test]
    fn files_are_told_apart_by_content() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(kind(text.as_bytes()), expected, "{text}");
            assert_eq!(kind(format!("\u{feff}{text}").as_bytes()), expected, "{text} with a byte order mark");
        }
        let template = r#"{"format": "jwt-workbench.template", "version": 1, "header": {}, "claims": {}}"#;
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyLTQyIn0.AAAA";
        check(template, "template");
        let comparison = format!(
            r#"{{"format": "jwt-workbench.comparison", "version": 1, "variants": [{{"name": "a", "template": {template}}}]}}"#
        );
        check(&comparison, "comparison");
        check(&comparison.replacen(": 1", ": 2", 1), "comparison-version");
        check(&template.replace(": 1", ": 2"), "template-version");
        check(&template.replace("}}", "}"), "json-syntax");
        check(r#" {"sub": "user-42"} "#, "claims");
        check(r#"{"format": "pdf", "keys": ["a"]}"#, "claims");
        check("{}", "claims");
        check("{", "json-syntax");
        check(token, "token");
        check(&format!("Authorization: Bearer {token}\n"), "token");
        check(&format!("\"{token}\""), "token");
        check(&token.replace('.', ".\n"), "token");
        check("ewogICJhbGciOiAibm9uZSIKfQ.e30.", "token");
        check(&format!("{{\"access_token\": \"{token}\", \"expires_in\": 300}}"), "token");
        check(r#"{"payload": "e30", "protected": "eyJhbGciOiJIUzI1NiJ9", "signature": "AAAA"}"#, "token");
        check(&format!("{token}\n{token}\n"), "file-unknown");
        check(r#"{"kty": "oct", "k": "AAAA"}"#, "key");
        check(r#"{"keys": [{"kty": "oct", "k": "AAAA"}]}"#, "key");
        check("-----BEGIN PRIVATE KEY-----\n", "key");
        check(&template.replace("{}}", "\"-----BEGIN PUBLIC KEY-----\"}"), "template");
        check(r#"{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\n"}"#, "key");
        check(r#"{"private_key": "-----BEGIN PRIVATE KEY-----}"#, "key");
        check(r#"{"name": "Local", "values": [{"key": "a", "value": "b"}]}"#, "environment");
        check(&format!(r#"{{"values": [{{"key": "a", "value": "{token}"}}]}}"#), "environment");
        check(r#"{"type": "object", "properties": {"sub": {"type": "string"}}}"#, "schema");
        check("vars {\n  a: b\n}\n", "environment");
        check("type: environment.insomnia.rest/5.0\nname: Base\n", "environment");
        check("[1]", "file-unknown");
        check("example.com", "file-unknown");
        check("hello", "file-unknown");
        check("", "file-empty");
        check(" \n", "file-empty");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n"), "file-not-text");
        assert_eq!(kind(b"{\"a\": \"\0\"}"), "file-not-text");
        assert_eq!(kind(b"\xff\xfe{\0}\0"), "file-not-text");
        assert_eq!(kind(&vec![b' '; MAX_BYTES + 1]), "file-too-large");
    }

    #[test]
    fn a_place_counts_from_the_start_of_the_file() {
        let problem = recognise("\u{feff}{\"a\" 1}".as_bytes()).unwrap_err();
        assert_eq!(problem.span.map(|span| span.start), Some(8));
    }
}
