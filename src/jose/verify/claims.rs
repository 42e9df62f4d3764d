//! The checks of `iss`, `aud` and `sub` (RFC 7519 §4.1.1 to §4.1.3).

use super::super::compact::{Decoded, Part, TokenKind};
use super::super::json::{Kind, Value};
use super::super::text::shown;
use super::{Check, CheckName, Judged};

/// How many audiences a detail names.
const SHOWN_AUDIENCES: usize = 5;

/// The claims of a token, or why there are none.
pub(super) struct Claims<'d>(Result<Value<'d>, &'static str>);

/// A claim, and how often its name stands there.
pub(super) struct Claim<'d> {
    pub(super) value: Value<'d>,
    name: CheckName,
    times: usize,
}

impl Claim<'_> {
    /// What to add to a detail about a claim that stands there more than once (RFC 7519 §4).
    pub(super) fn note(&self) -> String {
        match self.times {
            1 => String::new(),
            times => format!(
                "; {} stands there {times} times, and parsers differ in which one they take: this is the last",
                self.name.name()
            ),
        }
    }
}

impl<'d> Claims<'d> {
    pub(super) fn of(decoded: &'d Decoded) -> Self {
        Self(match (decoded.claims(), decoded.kind) {
            (Some(claims), _) => Ok(claims.root()),
            (None, TokenKind::Jwe) => Err("the claims are encrypted"),
            (None, _) if decoded.segment(Part::Payload).is_none() => Err("there is no payload"),
            (None, _) => Err("the payload is not a JSON object, so it has no claims"),
        })
    }

    /// The claim of that name, `None` when there are claims but not this one.
    fn get(&self, name: CheckName) -> Result<Option<Claim<'d>>, Judged> {
        let claims = self.0.map_err(|why| Check::skipped(name, why))?;
        let named = claims.members().filter(|member| member.name() == name.name());
        let (times, last) = named.fold((0, None), |(times, _), member| (times + 1, Some(member.value)));
        Ok(last.map(|value| Claim { value, name, times }))
    }

    /// The claim of that name; the other case is the check that is skipped, in the words of `absent` when only this claim is
    /// missing.
    pub(super) fn required(&self, name: CheckName, absent: &str) -> Result<Claim<'d>, Judged> {
        self.get(name)?.ok_or_else(|| Check::skipped(name, absent).into())
    }
}

pub(super) fn issuer(claims: &Claims<'_>, expected: &str) -> Judged {
    text(claims, CheckName::Issuer, expected, "it was issued by")
}

pub(super) fn subject(claims: &Claims<'_>, expected: &str) -> Judged {
    text(claims, CheckName::Subject, expected, "it is about")
}

fn text(claims: &Claims<'_>, name: CheckName, expected: &str, says: &str) -> Judged {
    let claim = match expecting(claims, name, expected) {
        Ok(claim) => claim,
        Err(judged) => return judged,
    };
    match claim.value.as_str() {
        Some(found) if found == expected => Check::pass(name, format!("{}{}", shown(expected), claim.note())).into(),
        Some(found) => differs(name, &shown(&found), expected, &claim.note(), says),
        None => not_text(name, claim.value),
    }
}

pub(super) fn audience(claims: &Claims<'_>, expected: &str) -> Judged {
    let name = CheckName::Audience;
    let claim = match expecting(claims, name, expected) {
        Ok(claim) => claim,
        Err(judged) => return judged,
    };
    let Some(audiences) = audiences(claim.value) else { return not_text(name, claim.value) };
    if audiences.iter().any(|audience| audience == expected) {
        return Check::pass(name, format!("{}{}", list(&audiences), claim.note())).into();
    }
    let found = if audiences.is_empty() { "nobody".to_owned() } else { list(&audiences) };
    differs(name, &found, expected, &claim.note(), "it is meant for")
}

/// The audiences, which are one string or an array of strings.
fn audiences(value: Value<'_>) -> Option<Vec<String>> {
    match value.kind() {
        Kind::String => Some(vec![value.as_str()?.into_owned()]),
        Kind::Array => value.items().map(|item| Some(item.as_str()?.into_owned())).collect(),
        _ => None,
    }
}

fn list(audiences: &[String]) -> String {
    let mut names: Vec<String> = audiences.iter().take(SHOWN_AUDIENCES).map(|audience| shown(audience)).collect();
    if audiences.len() > SHOWN_AUDIENCES {
        names.push(format!("{} more", audiences.len() - SHOWN_AUDIENCES));
    }
    names.join(", ")
}

/// The claim, if something is expected of it and it is there.
fn expecting<'d>(claims: &Claims<'d>, name: CheckName, expected: &str) -> Result<Claim<'d>, Judged> {
    let claim = claims.get(name)?;
    let name_text = name.name();
    match claim {
        None if expected.is_empty() => {
            Err(Check::skipped(name, format!("not expected; no {name_text} in the token")).into())
        }
        None => Err(Judged::fail(
            name,
            format!("no {name_text} in the token, expected {}", shown(expected)),
            format!("it has no {name_text}"),
        )),
        Some(claim) if expected.is_empty() => {
            let found = audiences(claim.value).map_or_else(|| shown(claim.value.raw()), |found| list(&found));
            Err(Check::skipped(name, format!("not expected; the token says {found}")).into())
        }
        Some(claim) => Ok(claim),
    }
}

fn differs(name: CheckName, found: &str, expected: &str, note: &str, says: &str) -> Judged {
    let expected = shown(expected);
    let preposition = says.rsplit(' ').next().unwrap_or_default();
    let detail = format!("token says {found}, expected {expected}{note}");
    Judged::fail(name, detail, format!("{says} {found}, not {preposition} {expected}"))
}

fn not_text(name: CheckName, value: Value<'_>) -> Judged {
    let what = if name == CheckName::Audience { "a string or an array of strings" } else { "a string" };
    let name_text = name.name();
    let detail = format!("{name_text} is {}; it must be {what}", value.kind().label());
    Judged::fail(name, detail, format!("its {name_text} is not {what}"))
}
