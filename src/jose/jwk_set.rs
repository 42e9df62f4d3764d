//! Reading the JSON forms of keys: one JWK, or a JWK Set (RFC 7517 §5).

use std::borrow::Cow;
use std::collections::BTreeMap;

use zeroize::Zeroizing;

use super::error::Problem;
use super::json::{Json, Kind, Value};
use super::jwa::KeyKind;
use super::jwk::Jwk;
use super::key::Key;
use super::key_read::{KeyFile, Refused};
use super::key_sketch::KeySketch;
use super::text::shown;

/// Reads a JSON text; spans are bytes of `text`.
pub(super) fn read(text: &str) -> KeyFile {
    let json = match Json::parse(text) {
        Ok(json) => json,
        Err(problem) => {
            // The parser quotes what it finds, which may be part of a key.
            let refused = Problem::new("jwk-json", "This JWK is not well-formed JSON")
                .help("Copy the whole JWK again, from the first '{' to the last '}'.");
            return KeyFile::refusing("JWK", KeySketch::bare("unknown"), Problem { span: problem.span, ..refused });
        }
    };
    let root = json.root();
    let file = match root.get("keys").filter(|_| root.get("kty").is_none()) {
        Some(keys) => read_set(keys),
        None => match Jwk(root).read() {
            Ok(key) => KeyFile::one("JWK", key),
            Err(problem) => {
                let refused = Refused::new(0, KeySketch::of_jwk(root), problem).with_kid(kid_of(root));
                KeyFile { form: "JWK".to_owned(), refused: vec![refused], ..KeyFile::default() }
            }
        },
    };
    drop(Zeroizing::new(json.into_text()));
    file
}

fn read_set(keys: Value<'_>) -> KeyFile {
    let mut file = KeyFile { form: "JWK Set".to_owned(), ..KeyFile::default() };
    if keys.kind() != Kind::Array {
        let message = format!("'keys' of this JWK Set must be an array; it is {}", keys.kind().label());
        let problem = Problem::new("jwk-member", message).help("Copy the whole JWK Set again (RFC 7517 §5.1).");
        file.refused.push(Refused::new(0, KeySketch::bare("unknown"), problem.at(keys.span())));
        return file;
    }
    if keys.is_empty() {
        let problem = Problem::new("jwk-set", "This JWK Set holds no key").help("Copy the whole JWK Set again.");
        file.refused.push(Refused::new(0, KeySketch::bare("unknown"), problem.at(keys.span())));
        return file;
    }
    let read: Vec<_> = keys.items().map(|item| (item, Jwk(item).read())).collect();
    let is_handed_out = read.iter().flat_map(|(_, key)| key).any(|key| !key.is_private());
    for (index, (item, key)) in read.into_iter().enumerate() {
        let key = match key {
            Ok(key) if is_handed_out && key.kind() == KeyKind::Secret => Err(exposed().at(item.span())),
            read => read,
        };
        match key {
            Ok(key) => file.keys.push(key),
            Err(problem) => {
                file.refused.push(Refused::new(index, KeySketch::of_jwk(item), problem).with_kid(kid_of(item)));
            }
        }
    }
    file.doubts = shared_names(&file.keys);
    file
}

fn kid_of(jwk: Value<'_>) -> Option<String> {
    jwk.get("kid").and_then(Value::as_str).map(Cow::into_owned)
}

/// Who may read the public keys of a set may read all of it.
fn exposed() -> Problem {
    Problem::new(
        "key-exposed",
        "This shared secret stands in one JWK Set with public keys: whoever may have those has it, too",
    )
    .help("Keep secrets out of sets that are handed out. To use it all the same, copy it from its '{' to its '}'.")
}

/// A `kid` should name one key (RFC 7517 §4.5).
fn shared_names(keys: &[Key]) -> Vec<Problem> {
    let mut counts = BTreeMap::new();
    for kid in keys.iter().filter_map(Key::kid) {
        *counts.entry(kid).or_insert(0_usize) += 1;
    }
    let shared = counts.into_iter().filter(|(_, count)| *count > 1);
    let told = |(kid, count): (&str, usize)| {
        Problem::new("jwk-kid", format!("{count} keys of this JWK Set share the kid '{}'", shown(kid)))
            .help("Give each its own kid; until then each of them is tried.")
    };
    shared.map(told).collect()
}
