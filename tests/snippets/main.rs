//! The exported code, run by the languages it is written in: its tokens verify here and say the same as ours.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

mod drafts;
mod runner;
mod same;
mod server;
mod texts;
#[path = "../common/tools.rs"]
mod tools;

use drafts::{Sample, samples};
use jwt_workbench::jose::compact::decode;
use jwt_workbench::jose::json;
use jwt_workbench::jose::json::Json;
use jwt_workbench::jose::jwa::Algorithm::{self, ES256, ES384, ES512, EdDSA, HS256, HS384, HS512, PS256, RS256};
use jwt_workbench::jose::jwa::KeyKind;
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::verify::{Verdict, check_signature};
use jwt_workbench::snippet::{Draft, Language};
use jwt_workbench::template::file::TemplateFile;
use runner::Runner;
use serde_json::json;

/// As long as the longest of the hashes wants it.
const SECRET: &str = "a secret of 64 bytes and more, as long as the longest of the hashes wants it";

/// A key, and where the code finds it.
struct KeyAtHand {
    key: Key,
    file: Option<tempfile::NamedTempFile>,
}

impl KeyAtHand {
    fn of(kind: KeyKind) -> Self {
        if kind == KeyKind::Secret {
            return Self { key: Key::secret(SECRET.to_owned().into()), file: None };
        }
        let key = Key::generate(kind, None).unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), key.to_pem(true).unwrap().as_str().unwrap()).unwrap();
        Self { key, file: Some(file) }
    }
}

fn now() -> i64 {
    jwt_workbench::jobs::clock::now()
}

fn with_algorithm(template: &TemplateFile, algorithm: Algorithm) -> TemplateFile {
    let mut template = template.clone();
    let header = Json::parse(&template.header).unwrap();
    template.header = json::set_member(header.root(), "alg", &json::quote(algorithm.name())).apply(&template.header);
    template
}

/// Runs the code of a draft and holds its token against ours.
#[track_caller]
fn check(
    runner: &mut Runner,
    language: Language,
    name: &str,
    template: &TemplateFile,
    at_hand: &KeyAtHand,
    secret: &str,
) {
    let draft = Draft::read(template).unwrap();
    let algorithm = draft.algorithm;
    let label = format!("{name} {algorithm} {}", language.name());
    let snippet = draft.snippet(language).unwrap_or_else(|problem| panic!("{label}: {problem}"));
    assert!(!snippet.code.contains(secret), "{label}: the secret is in the code");
    let variable = template.key.env.as_deref().unwrap_or("JWT_SECRET");
    let env = match &at_hand.file {
        Some(file) => json!({ "JWT_KEY_FILE": file.path() }),
        None => json!({ variable: secret }),
    };
    let before = now();
    let token = runner.run(&snippet.code, &env).unwrap_or_else(|error| panic!("{label}: {error}\n{}", snippet.code));
    let after = now();
    let decoded = decode(&token);
    let key = at_hand.key.public().unwrap_or_else(|| at_hand.key.clone());
    let check = check_signature(&token, &decoded, Some(&key), &[algorithm]);
    assert_eq!(check.verdict, Verdict::Verified, "{label}: {:?}", check.checks);
    let exact = !matches!(language, Language::Jose | Language::Jsonwebtoken);
    same::header(&label, &decoded, template, before, after, exact);
    same::claims(&label, &decoded, template, before, after, exact);
}

fn check_all(mut runner: Runner, language: Language, algorithms: &[Algorithm]) {
    for algorithm in algorithms {
        let at_hand = KeyAtHand::of(algorithm.key_kind());
        for Sample { name, template } in samples() {
            // It garbles such a header, and the code says so instead: see `texts`.
            if language == Language::Jsonwebtoken && !template.header.is_ascii() {
                continue;
            }
            check(&mut runner, language, &name, &with_algorithm(&template, *algorithm), &at_hand, SECRET);
        }
    }
}

#[test]
fn pyjwt_mints_the_same_claims() {
    let Some(runner) = Runner::python() else { return };
    check_all(runner, Language::PyJwt, &[HS256, HS384, HS512, RS256, PS256, ES256, ES384, ES512, EdDSA]);
}

#[test]
fn jose_mints_the_same_claims() {
    let Some(runner) = Runner::node() else { return };
    check_all(runner, Language::Jose, &[HS256, HS384, HS512, RS256, PS256, ES256, ES384, ES512, EdDSA]);
}

#[test]
fn jsonwebtoken_mints_the_same_claims() {
    let Some(runner) = Runner::node() else { return };
    check_all(runner, Language::Jsonwebtoken, &[HS256, HS384, HS512, RS256, PS256, ES256, ES384, ES512]);
}

#[test]
fn a_secret_is_decoded_as_the_template_says() {
    use jwt_workbench::jose::secret::SecretEncoding;
    let mut template = TemplateFile::new("", r#"{"alg":"HS256","typ":"JWT"}"#, r#"{"sub":"user-42"}"#);
    template.key.env = Some("A-NAME with \"quotes\"".to_owned());
    // 41 bytes, so that base64 has padding that may be missing.
    let secrets = [
        (SecretEncoding::Utf8, "größe, naïveté und noch mehr Bytes dahinter"),
        (SecretEncoding::Base64, "+/+/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCU"),
        (SecretEncoding::Base64url, "-_-_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCU"),
        (SecretEncoding::Hex, "00ff0102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F20"),
    ];
    let (python, node) = (Runner::python(), Runner::node());
    let (Some(mut python), Some(mut node)) = (python, node) else { return };
    for (encoding, text) in secrets {
        template.key.secret_encoding = Some(encoding);
        let key = Key::secret(encoding.decode(&text.to_owned().into()).unwrap());
        let at_hand = KeyAtHand { key, file: None };
        check(&mut python, Language::PyJwt, encoding.label(), &template, &at_hand, text);
        check(&mut node, Language::Jose, encoding.label(), &template, &at_hand, text);
        check(&mut node, Language::Jsonwebtoken, encoding.label(), &template, &at_hand, text);
    }
}
