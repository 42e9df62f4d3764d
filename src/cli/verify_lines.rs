//! The questions of `verify --lines`: one JSON object a line.

use super::failure::Failure;
use super::input;
use super::key_arguments::Keys;
use super::verify_question::{Question, to_json};
use crate::jose::error::Problem;
use crate::jose::json::{Json, Kind, Value};
use crate::jose::jwa::Algorithm;
use crate::jose::key_read::KeyFile;
use crate::jose::secret::{Secret, SecretEncoding};
use crate::jose::unwrap::{Bare, Unwrapped, unwrap};
use crate::jose::verify::Expectations;

const HELP: &str = "Write one JSON object a line, such as {\"token\": \"...\", \"secret\": \"...\"}.";

/// The answer to one line; `now` is the instant for lines that name none.
pub fn answer(line: &Secret, now: i64) -> String {
    let Some(line) = line.as_str() else {
        return Failure::from(Problem::new("file-not-text", "The line is not UTF-8 text").help(HELP)).to_json();
    };
    let json = match Json::parse(line) {
        Ok(json) => json,
        Err(problem) => return Failure::in_text(unquoted(problem), line, "the line").to_json(),
    };
    let answer = question(json.root(), now).and_then(|question| question.answer());
    drop(Secret::from(json.into_text()));
    match answer {
        Ok(answer) => to_json(&answer.verification),
        Err(problem) if problem.span.is_some() => Failure::in_text(problem, line, "the line").to_json(),
        Err(problem) => Failure::from(problem).to_json(),
    }
}

/// What is wrong with the line, without what stands in it: that may be part of a key.
fn unquoted(problem: Problem) -> Problem {
    let plain = Problem::new("json-syntax", "The line is not well-formed JSON").help(HELP);
    Problem { span: problem.span, ..plain }
}

fn question(root: Value<'_>, now: i64) -> Result<Question, Problem> {
    if root.kind() != Kind::Object {
        return Err(
            Problem::new("usage", format!("A question is an object; this is {}", root.kind().label())).help(HELP)
        );
    }
    let expected = |name| Ok::<_, Problem>(text(root, name)?.unwrap_or_default());
    Ok(Question {
        token: token(root)?,
        keys: keys(root)?,
        allowed: allowed(root)?,
        expected: Expectations {
            iss: expected("iss")?,
            aud: expected("aud")?,
            sub: expected("sub")?,
            typ: expected("typ")?,
        },
        now: instant(root)?.unwrap_or(now),
        leeway: leeway(root)?,
    })
}

/// The token exactly as it stands there: programs do not put anything around it. JSON serializations are read.
fn token(root: Value<'_>) -> Result<Unwrapped, Problem> {
    let text = match root.get("token") {
        Some(token) if token.kind() == Kind::Object => token.raw().to_owned(),
        _ => text(root, "token")?
            .ok_or_else(|| Problem::new("usage", "There is no token in the line").help("Add it as \"token\"."))?,
    };
    Ok(if text.starts_with('{') {
        unwrap(&text)
    } else {
        Unwrapped { tokens: vec![Bare { text, unprotected: None }], ..Unwrapped::default() }
    })
}

/// A key that cannot be used makes the token invalid; only text that is no key of any kind is a mistake of the question.
fn keys(root: Value<'_>) -> Result<Keys, Problem> {
    for name in ["jwk", "jwks", "pem"] {
        let Some(value) = root.get(name).filter(|value| value.kind() != Kind::Null) else { continue };
        let source = value.as_str().map_or_else(|| value.raw().to_owned(), |text| text.into_owned());
        let source = Secret::from(source);
        return Ok(Keys::read(KeyFile::survey(source.bytes(), None), source));
    }
    let Some(secret) = text(root, "secret")? else { return Ok(Keys::default()) };
    let encoding = match text(root, "secret_encoding")? {
        None => SecretEncoding::default(),
        Some(name) => SecretEncoding::ALL.into_iter().find(|encoding| encoding.label() == name).ok_or_else(|| {
            let names = SecretEncoding::ALL.map(SecretEncoding::label).join(", ");
            at(root, "secret_encoding", "is not an encoding", format!("Write one of {names}."))
        })?,
    };
    Keys::secret(secret.into(), encoding)
}

fn allowed(root: Value<'_>) -> Result<Vec<Algorithm>, Problem> {
    let Some(alg) = root.get("alg").filter(|alg| alg.kind() != Kind::Null) else { return Ok(Vec::new()) };
    let one = |value: Value<'_>| {
        let name = value.as_str().ok_or_else(|| wrong_kind(root, "alg", "a string or an array of strings"))?;
        Algorithm::for_verifying(&name).map_err(|problem| problem.at(value.span()))
    };
    if alg.kind() == Kind::Array { alg.items().map(one).collect() } else { Ok(vec![one(alg)?]) }
}

fn instant(root: Value<'_>) -> Result<Option<i64>, Problem> {
    let Some(now) = root.get("now").filter(|now| now.kind() != Kind::Null) else { return Ok(None) };
    // Some clocks tell parts of a second.
    let whole = now.as_f64().map(|seconds| (seconds.floor() as i64).to_string());
    let text = now.as_str().map(|text| text.into_owned()).or(whole).unwrap_or_else(|| now.raw().to_owned());
    input::parse_instant(&text).map(Some).map_err(|problem| problem.at(now.span()))
}

fn leeway(root: Value<'_>) -> Result<u64, Problem> {
    let Some(leeway) = root.get("leeway").filter(|leeway| leeway.kind() != Kind::Null) else { return Ok(0) };
    leeway
        .as_i64()
        .and_then(|seconds| u64::try_from(seconds).ok())
        .ok_or_else(|| wrong_kind(root, "leeway", "a whole number of seconds, 0 or more"))
}

/// A member that is a string; nothing when it is not there or null.
fn text(root: Value<'_>, name: &str) -> Result<Option<String>, Problem> {
    match root.get(name) {
        None => Ok(None),
        Some(value) if value.kind() == Kind::Null => Ok(None),
        Some(value) => {
            value.as_str().map(|text| Some(text.into_owned())).ok_or_else(|| wrong_kind(root, name, "a string"))
        }
    }
}

fn wrong_kind(root: Value<'_>, name: &str, wanted: &str) -> Problem {
    at(root, name, &format!("must be {wanted}"), "Mend it, or leave it out.".to_owned())
}

fn at(root: Value<'_>, name: &str, what: &str, help: String) -> Problem {
    let problem = Problem::new("usage", format!("'{name}' {what}")).help(help);
    match root.get(name) {
        Some(value) => problem.at(value.span()),
        None => problem,
    }
}
