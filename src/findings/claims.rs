//! C01 to C04: the registered claims other than times.

use url::Url;

use super::doc::{Doc, Entry, View};
use super::{Finding, Severity};
use crate::jose::json::{self, Kind};
use crate::jose::text::shown;

/// The claims a token should have: what is lost without each, and a value that is right for every token.
const EXPECTED: [(&str, Severity, &str, Option<&str>); 5] = [
    ("iss", Severity::Warning, "nobody can tell who made the token", None),
    ("aud", Severity::Warning, "any service sharing this key accepts it", None),
    ("sub", Severity::Info, "the token says nothing about whom it is for", None),
    (
        "jti",
        Severity::Info,
        "one token cannot be told from another, to revoke it or refuse it twice",
        Some("\"{{uuid}}\""),
    ),
    ("iat", Severity::Info, "nobody can tell how old the token is", Some("\"{{now}}\"")),
];

/// Names in other libraries and habits, in lower case without `_` and `-`, and the registered name that is meant.
const NEAR_MISSES: [(&str, &str); 26] = [
    ("issuer", "iss"),
    ("issuedby", "iss"),
    ("subject", "sub"),
    ("audience", "aud"),
    ("audiences", "aud"),
    ("expires", "exp"),
    ("expire", "exp"),
    ("expiry", "exp"),
    ("expiration", "exp"),
    ("expirationtime", "exp"),
    ("expiresat", "exp"),
    ("expiresin", "exp"),
    ("expat", "exp"),
    ("expdate", "exp"),
    ("epx", "exp"),
    ("notbefore", "nbf"),
    ("notbeforetime", "nbf"),
    ("nfb", "nbf"),
    ("issuedat", "iat"),
    ("issuedattime", "iat"),
    ("issued", "iat"),
    ("ait", "iat"),
    ("jit", "jti"),
    ("jwtid", "jti"),
    ("tokenid", "jti"),
    ("jid", "jti"),
];

const REGISTERED: [&str; 7] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];

pub(super) fn find(view: &View<'_>, found: &mut Vec<Finding>) {
    let Some(claims) = view.claims else { return };
    found.extend(missing(claims));
    found.extend(audience(claims));
    found.extend(["iss", "sub"].into_iter().filter_map(|name| string_or_uri(claims, name)));
    found.extend(claims.entries().filter_map(|entry| near_miss(claims, &entry)).take(super::MOST_OF_A_RULE));
}

/// C01: claims that should be there.
fn missing(claims: Doc<'_>) -> impl Iterator<Item = Finding> {
    EXPECTED.into_iter().filter(move |(name, ..)| !claims.has(name)).map(move |(name, severity, loss, value)| {
        let finding = claims.finding("C01", severity, claims.root().span(), format!("No {name}: {loss}."));
        match value {
            Some(value) => {
                let edit = json::set_member(claims.root(), name, value);
                finding.fixed_by(format!("Add {name}"), claims.change(edit))
            }
            None => finding,
        }
    })
}

/// C02: an audience that nobody can be.
fn audience(claims: Doc<'_>) -> Option<Finding> {
    let aud = claims.get("aud")?;
    let message = match aud.value.kind() {
        Kind::String if aud.text().is_some_and(|text| text.is_empty()) => "aud is empty: nobody is meant.".to_owned(),
        Kind::String => return None,
        Kind::Array if aud.value.is_empty() => "aud is an empty array: nobody is meant.".to_owned(),
        Kind::Array => {
            let wrong = aud.value.items().find(|item| item.kind() != Kind::String)?;
            format!("aud contains {}; every audience must be a text.", wrong.kind().label())
        }
        kind => format!("aud is {}; it must be a text or an array of texts.", kind.label()),
    };
    Some(claims.finding("C02", Severity::Error, aud.span(), message))
}

/// C03: an issuer or subject that is no StringOrURI.
fn string_or_uri(claims: Doc<'_>, name: &str) -> Option<Finding> {
    let entry = claims.get(name)?;
    let (severity, message) = match entry.text() {
        None => (Severity::Error, format!("{name} is {}; it must be a text.", entry.value.kind().label())),
        Some(text) if text.contains(':') && Url::parse(&text).is_err() => {
            (Severity::Warning, format!("{name} has a ':' in it, so it must be a URI, and '{}' is none.", shown(&text)))
        }
        Some(_) => return None,
    };
    Some(claims.finding("C03", severity, entry.span(), message))
}

/// C04: a name that no receiver looks at, where another is meant.
fn near_miss(claims: Doc<'_>, entry: &Entry<'_>) -> Option<Finding> {
    let name = entry.member.name();
    let meant = meant_by(&name).filter(|meant| !claims.has(meant))?;
    let message = format!("'{}' means nothing to receivers. Did you mean {meant}?", shown(&name));
    let finding = claims.finding("C04", Severity::Warning, entry.member.name_span, message);
    let rename = json::rename(&entry.member, meant);
    let typed = entry.member.value;
    // A fixed number under another name may be a duration, or long past; a placeholder is what it says.
    let time = match meant {
        "exp" => Some("\"{{now+30m}}\""),
        "nbf" | "iat" => Some("\"{{now}}\""),
        _ => None,
    };
    let is_placeholder = entry.value.kind() == Kind::Number && typed.kind() == Kind::String;
    Some(match time.filter(|_| !is_placeholder) {
        Some(time) => {
            let edit = rename.and(json::set_value(typed, time));
            finding
                .fixed_by(format!("Rename to {meant}, and set it to {}", time.trim_matches('"')), claims.change(edit))
        }
        None if time.is_some() || entry.text().is_some_and(|text| !text.is_empty()) => {
            finding.fixed_by(format!("Rename to {meant}"), claims.change(rename))
        }
        None => finding,
    })
}

fn meant_by(name: &str) -> Option<&'static str> {
    // Most names are dismissed by their length and first letter: there can be very many.
    if name.len() > 20 || !name.starts_with(['i', 'I', 's', 'S', 'a', 'A', 'e', 'E', 'n', 'N', 'j', 'J', 't', 'T']) {
        return None;
    }
    if REGISTERED.contains(&name) {
        return None;
    }
    let plain: String = name.chars().filter(|char| !matches!(char, '_' | '-' | ' ')).collect::<String>().to_lowercase();
    let registered = REGISTERED.into_iter().find(|registered| *registered == plain);
    registered.or_else(|| NEAR_MISSES.iter().find(|(miss, _)| *miss == plain).map(|(_, meant)| *meant))
}
