//! Fixed instants as relative ones: what a token says, as a template that says the same of the next token.

use chrono::DateTime;
use uuid::Uuid;

use super::placeholder::Placeholder;
use crate::jose::instant::InstantFormat;
use crate::jose::json::{self, Json, Kind, Member, Value};
use crate::jose::text::Edit;

/// The claims that instants are told from, in the order in which one of them becomes "now".
const ANCHORS: [&str; 4] = ["iat", "nbf", "auth_time", "exp"];

/// A claim that becomes a placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relative {
    /// Its name.
    pub name: String,
    /// Its value, as it reads: an instant, or the text.
    pub before: String,
    /// The placeholder, such as `{{now+30m}}`.
    pub after: String,
}

/// What becomes relative among the outermost claims, and the edit that makes it so; `None` when there is nothing.
///
/// Instants are told from `iat`, where there is none from `nbf`, then from `auth_time`; a lone `exp` says nothing about
/// a lifetime and stays. An identifier that is a UUID becomes a new one for each token. What was there is told in `format`.
pub fn relative(claims: &Json, format: InstantFormat) -> Option<(Vec<Relative>, Edit)> {
    let root = claims.root();
    let instant = |name: &str| root.member(name).and_then(|member| member.value.as_i64());
    let anchor = ANCHORS.iter().find_map(|name| instant(name));
    let lone_exp = ["iat", "nbf", "auth_time"].iter().all(|name| instant(name).is_none());
    let mut found = Vec::new();
    let mut edit = Edit::default();
    for member in root.members() {
        let name = member.name();
        let change = match (name.as_ref(), anchor) {
            ("jti", _) => uuid(&member),
            ("exp", _) if lone_exp => None,
            (name, Some(anchor)) if ANCHORS.contains(&name) => time(&member, anchor, format),
            _ => None,
        };
        if let Some((before, placeholder)) = change {
            let after = placeholder.to_string();
            edit = edit.and(json::set_value(member.value, &json::quote(&after)));
            found.push(Relative { name: name.into_owned(), before, after });
        }
    }
    (!found.is_empty()).then_some((found, edit))
}

fn time(member: &Member<'_>, anchor: i64, format: InstantFormat) -> Option<(String, Placeholder)> {
    let instant = member.value.as_i64()?;
    // What lies outside of the calendar is a mistake, and stays one to see.
    DateTime::from_timestamp(instant, 0)?;
    Some((format.full(instant), Placeholder::Now { offset: instant.checked_sub(anchor)? }))
}

fn uuid(member: &Member<'_>) -> Option<(String, Placeholder)> {
    let text = member.value.as_str().filter(|_| is_text(member.value))?;
    (text.len() == 36 && Uuid::parse_str(&text).is_ok()).then(|| (text.into_owned(), Placeholder::Uuid))
}

fn is_text(value: Value<'_>) -> bool {
    value.kind() == Kind::String
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let made = relative(&Json::parse(text).unwrap(), InstantFormat::UTC).map(|(_, edit)| edit.apply(text));
        assert_eq!(made.as_deref(), expected, "{text}");
    }

    #[test]
    fn instants_are_told_from_when_the_token_was_issued() {
        check(
            r#"{"sub": "u", "exp": 1795286552,  "iat":1795284752, "nbf": 1795284722, "n": 1795284752}"#,
            Some(r#"{"sub": "u", "exp": "{{now+30m}}",  "iat":"{{now}}", "nbf": "{{now-30s}}", "n": 1795284752}"#),
        );
        check(
            r#"{"nbf": 1795284752, "exp": 1795371153, "auth_time": 1795284000}"#,
            Some(r#"{"nbf": "{{now}}", "exp": "{{now+1d1s}}", "auth_time": "{{now-12m32s}}"}"#),
        );
    }

    #[test]
    fn what_says_nothing_stays() {
        check(r#"{"exp": 1795286552}"#, None);
        check(r#"{"iat": "{{now}}", "exp": "{{now+30m}}"}"#, None);
        check(r#"{"updated_at": 1795286552, "a": {"iat": 1}}"#, None);
        check("[1]", None);
        check(r#"{"iat": 9223372036854775807, "exp": -9223372036854775808}"#, None);
        check(r#"{"iat": 0, "exp": 9223372036854775807}"#, Some(r#"{"iat": "{{now}}", "exp": 9223372036854775807}"#));
    }

    #[test]
    fn a_uuid_becomes_a_new_one_and_other_identifiers_stay() {
        check(r#"{"jti": "5f0b8d3c-3a57-4c2f-9d0e-6a1de1f6a111"}"#, Some(r#"{"jti": "{{uuid}}"}"#));
        check(r#"{"jti": "5f0b8d3c3a574c2f9d0e6a1de1f6a111"}"#, None);
        check(r#"{"jti": "token-17"}"#, None);
    }
}
