//! Tokens in JSON: the JSON serializations of JWS and JWE, and answers that carry a token in a member.

use std::borrow::Cow;

use super::super::json::{Json, Kind, Value};
use super::{Bare, Form, Instead, Unwrapped, around};

/// The names under which servers hand out tokens, the likeliest first.
const NAMES: [&str; 10] = [
    "access_token",
    "id_token",
    "token",
    "jwt",
    "accessToken",
    "idToken",
    "refresh_token",
    "refreshToken",
    "assertion",
    "client_assertion",
];

/// How deep in an answer a token is looked for.
const DEEPEST: usize = 3;

/// What a JSON text is; `None` when it is none, or no object.
pub(super) fn unwrap(text: &str) -> Option<Unwrapped> {
    let Ok(json) = Json::parse(text) else {
        return text.contains("\"kty\"").then(|| instead(text, Instead::Key));
    };
    let root = json.root();
    if let Some(answer) = answer(root) {
        return Some(answer);
    }
    if root.kind() != Kind::Object {
        return None;
    }
    Some(if is_key(root) {
        instead(text, Instead::Key)
    } else {
        signed(root).or_else(|| encrypted(root)).unwrap_or_else(|| instead(text, Instead::Claims))
    })
}

fn instead(text: &str, instead: Instead) -> Unwrapped {
    let token = Bare { text: text.to_owned(), unprotected: None };
    Unwrapped { tokens: vec![token], instead: Some(instead), ..Unwrapped::default() }
}

/// Whether it is a JWK (RFC 7517 §4) or a JWK Set (§5).
fn is_key(root: Value<'_>) -> bool {
    let is_jwk = |value: Value<'_>| value.get("kty").is_some_and(|kty| kty.kind() == Kind::String);
    is_jwk(root) || root.get("keys").is_some_and(|keys| keys.items().any(is_jwk))
}

/// A JWS in JSON serialization (RFC 7515 §7.2).
fn signed(root: Value<'_>) -> Option<Unwrapped> {
    let payload = root.get("payload").and_then(Value::as_str)?;
    let (form, signatures) = match (root.get("signatures"), root.get("signature")) {
        (Some(signatures), _) if signatures.kind() == Kind::Array => (Form::General, signatures.items().collect()),
        (_, Some(_)) => (Form::Flattened, vec![root]),
        // Claims may have a member called payload, too.
        (_, None) => return None,
    };
    let token = |signature: Value<'_>| {
        let [protected, bytes] = ["protected", "signature"].map(|name| text(signature, name));
        Some(Bare {
            text: [protected?, payload.clone(), bytes?].join("."),
            unprotected: header(&[signature], &["header"]),
        })
    };
    let tokens: Option<Vec<Bare>> = signatures.into_iter().map(token).collect();
    in_json(tokens?, form)
}

/// A JWE in JSON serialization (RFC 7516 §7.2).
fn encrypted(root: Value<'_>) -> Option<Unwrapped> {
    let ciphertext = root.get("ciphertext").and_then(Value::as_str)?;
    let [protected, vector, tag] = ["protected", "iv", "tag"].map(|name| text(root, name));
    let (protected, vector, tag) = (protected?, vector?, tag?);
    let (form, recipients) = match root.get("recipients") {
        Some(recipients) if recipients.kind() == Kind::Array => (Form::General, recipients.items().collect()),
        _ => (Form::Flattened, vec![root]),
    };
    let token = |recipient: Value<'_>| {
        let parts =
            [protected.clone(), text(recipient, "encrypted_key")?, vector.clone(), ciphertext.clone(), tag.clone()];
        Some(Bare { text: parts.join("."), unprotected: header(&[root, recipient], &["unprotected", "header"]) })
    };
    let tokens: Option<Vec<Bare>> = recipients.into_iter().map(token).collect();
    in_json(tokens?, form)
}

fn in_json(tokens: Vec<Bare>, form: Form) -> Option<Unwrapped> {
    (!tokens.is_empty()).then(|| Unwrapped { found: tokens.len(), tokens, form, ..Unwrapped::default() })
}

/// The text of a member, empty when it is not there; `None` when it is something else.
fn text<'j>(object: Value<'j>, name: &str) -> Option<Cow<'j, str>> {
    object.get(name).map_or(Some(Cow::Borrowed("")), Value::as_str)
}

/// The unprotected headers among these members as one object, in their order.
fn header(objects: &[Value<'_>], names: &[&str]) -> Option<String> {
    let headers: Vec<Value<'_>> = objects
        .iter()
        .zip(names)
        .filter_map(|(object, name)| object.get(name))
        .filter(|header| header.kind() == Kind::Object)
        .collect();
    if headers.len() == 1 {
        return headers.first().map(|header| header.raw().to_owned());
    }
    let members: Vec<String> = headers
        .into_iter()
        .flat_map(Value::members)
        .map(|member| format!("{}:{}", member.raw_name(), member.value.raw()))
        .collect();
    (!members.is_empty()).then(|| format!("{{{}}}", members.join(",")))
}

/// The token in an answer such as that of an OAuth 2.0 token endpoint (RFC 6749 §5.1).
fn answer(root: Value<'_>) -> Option<Unwrapped> {
    let mut level = vec![root];
    for _ in 0..DEEPEST {
        let found = NAMES.iter().find_map(|name| level.iter().find_map(|object| token(*object, name)));
        if found.is_some() {
            return found;
        }
        level = level
            .into_iter()
            .flat_map(|value| value.members().map(|member| member.value).chain(value.items()))
            .collect();
    }
    None
}

fn token(object: Value<'_>, name: &str) -> Option<Unwrapped> {
    let text = object.get(name)?.as_str()?;
    let mut unwrapped = super::unwrap(&text);
    if unwrapped.found == 0 {
        return None;
    }
    unwrapped.removed.push(around::member(name));
    Some(unwrapped)
}
