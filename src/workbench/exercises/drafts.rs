//! The drafts that exercises begin with.

use super::exercise::{Exercise, Start};
use crate::jose::base64url;
use crate::jose::json::{self, Json, Serialization};
use crate::jose::secret::{Secret, SecretEncoding};
use crate::template::file::TemplateFile;
use crate::template::gallery::EXAMPLES;
use crate::template::render::{Context, Rendering};
use crate::workbench::compare::minimal;

const HEADER: &str = r#"{ "alg": "HS256", "typ": "JWT" }"#;

/// The claims of the exercise with the mistakes.
pub(super) const MISTAKEN: &str = "{
  \"iss\": \"https://login.example.com\",
  \"aud\": \"shop\",
  \"sub\": \"user-42\",
  \"iat\": \"{{now}}\",
  \"exp\": \"2026-11-21 18:59:12\",
  \"password\": \"tulip-Harbour-93\"
}";

/// The same, mended.
pub(super) const MENDED: &str = "{
  \"iss\": \"https://login.example.com\",
  \"aud\": \"shop\",
  \"sub\": \"user-42\",
  \"iat\": \"{{now}}\",
  \"exp\": \"{{now+30m}}\"
}";

/// What must not be readable in the token.
pub(super) const PASSWORD: &str = "tulip-Harbour-93";

/// The members of those claims that have to stay as they are.
pub(super) const KEPT: [&str; 4] = ["iss", "aud", "sub", "iat"];

/// The secret of that exercise: base64 of 32 bytes. Being printed here, it is none.
pub(super) const SECRET: &str = "q3VvZ0sXb8Jt5wKpN7yHcR2mT9aLdE4fGiU6xQzBnWk=";

/// How it is meant to be read.
pub(super) const SECRET_IS: SecretEncoding = SecretEncoding::Base64;

/// The claims that solve the first exercise.
pub(super) const FIRST: &str = "{\n  \"sub\": \"user-42\",\n  \"iat\": \"{{now}}\",\n  \"exp\": \"{{now+30m}}\"\n}";

/// What a minimal token keeps.
const MINIMAL: [&str; 2] = ["sub", "exp"];

/// Bytes of an HS256 signature (RFC 7518 §3.2).
const SIGNATURE: usize = 32;

/// The draft of a start.
pub fn draft(start: Start) -> Option<TemplateFile> {
    if let Some(form) = start.form {
        return form.template();
    }
    let name = format!("Exercise {}", start.exercise.number());
    Some(match start.exercise {
        Exercise::FirstToken => TemplateFile::new(name, HEADER, "{\n}"),
        Exercise::Expiry => TemplateFile::new(name, HEADER, "{\n  \"sub\": \"user-42\",\n  \"iat\": \"{{now}}\"\n}"),
        Exercise::Minimal => large(name)?,
        Exercise::Mistakes => TemplateFile::new(name, HEADER, MISTAKEN),
        Exercise::Blocking => {
            let mut template = large(name)?;
            let header = Json::parse(&template.header).ok()?;
            template.header = json::set_member(header.root(), "alg", "\"RS256\"").apply(&template.header);
            template
        }
    })
}

/// A token as large as directories make them.
fn large(name: String) -> Option<TemplateFile> {
    let example = EXAMPLES.iter().find(|example| example.file_name == "enterprise-40-groups.jwt.json")?;
    let mut template = example.template().ok()?;
    template.name = name;
    template.description = String::new();
    Some(template)
}

/// The claims of the third exercise with nothing left out but what is to be.
pub(super) fn minimal_claims() -> Option<String> {
    let names = MINIMAL.map(str::to_owned);
    let (template, _) = minimal(&draft(Exercise::Minimal.into())?, &names).ok()?;
    Some(template.claims)
}

/// The value of `sub` in the third exercise, as JSON.
pub(super) fn minimal_subject() -> Option<String> {
    let claims = Json::parse(&draft(Exercise::Minimal.into())?.claims).ok()?;
    Some(claims.root().get("sub")?.raw().to_owned())
}

/// Bytes of the token of the third exercise when it has `sub` and `exp` only, minted at `now`, seconds since 1970 UTC:
/// the same header, two claims, white space removed, two dots, and the signature.
pub fn minimal_bytes(now: i64) -> Option<usize> {
    let template = draft(Exercise::Minimal.into())?;
    let written = |text: &str| {
        let json = Json::parse(text).ok()?;
        let rendering = Rendering::compile(&json, Serialization::Compact, &template.variables).ok()?;
        let mut bytes = Vec::new();
        let mut zeros = |buffer: &mut [u8]| buffer.fill(0);
        rendering.render(&mut Context { now, counter: 0, random: &mut zeros }, &mut bytes).ok()?;
        Some(base64url::encoded_len(bytes.len()))
    };
    Some(written(&template.header)? + 1 + written(&minimal_claims()?)? + 1 + base64url::encoded_len(SIGNATURE))
}

/// The claims of the exercise with the mistakes, read.
pub(super) fn mistaken() -> Option<Json> {
    Json::parse(MISTAKEN).ok()
}

/// The bytes that the secret of that exercise stands for.
pub(super) fn secret_bytes() -> Option<Secret> {
    SECRET_IS.decode(&Secret::from(SECRET.to_owned())).ok()
}
