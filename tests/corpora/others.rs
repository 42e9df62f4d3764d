//! Keys, secrets and strings that others collected.

use jwt_workbench::findings::strength::weakness;
use jwt_workbench::jose::compact::{decode, mint};
use jwt_workbench::jose::json::quote;
use jwt_workbench::jose::jwa::Algorithm;
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::key_read::KeyFile;
use jwt_workbench::jose::secret::SecretEncoding;
use jwt_workbench::template::file::TemplateFile;
use jwt_workbench::template::scan::escape;

use super::score::{Corpora, Score, expect, text};

/// The share of the weak secrets, in percent, that a rule on the secret must find.
const WEAK_SECRETS_FOUND: f64 = 97.0;

pub(crate) fn keys(corpora: &Corpora) -> Score {
    let mut score = Score::new("Keys: kind and size, or refused with a reason");
    for row in corpora.rows("keys.jsonl") {
        let bytes = match row["text"].as_str() {
            Some(text) => text.as_bytes().to_vec(),
            None => SecretEncoding::Base64.decode(&text(&row, "b64").to_owned().into()).unwrap().bytes().to_vec(),
        };
        let file = KeyFile::survey(&bytes, None);
        let is_told = file.refused.iter().all(|refused| {
            let problem = &refused.problem;
            !problem.message.is_empty() && !problem.help.is_empty() && !problem.message.contains("::")
        });
        let is_right = is_told && !(file.keys.is_empty() && file.refused.is_empty());
        score.count(text(&row, "id"), expect(is_right, || format!("{:?}", file.refused)));
    }
    score
}

pub(crate) fn weak_secrets(corpora: &Corpora) -> Score {
    let mut score = Score::new("Weak secrets: found by a rule on the secret").at_least(WEAK_SECRETS_FOUND);
    for secret in corpora.text("weak-secrets.txt").lines() {
        score.count("not found", expect(weakness(secret.as_bytes()).is_some(), || format!("{} bytes", secret.len())));
    }
    score
}

pub(crate) fn naughty_strings(corpora: &Corpora) -> Score {
    let mut score = Score::new("Naughty strings: through token and template file");
    let key = Key::secret("a secret of more than thirty-two bytes".to_owned().into());
    let signer = key.signer(Algorithm::HS256).unwrap();
    for row in corpora.rows("naughty-strings.jsonl") {
        let string = text(&row, "text");
        let claims = format!(r#"{{"v":{}}}"#, quote(string));
        let token = mint(&signer, br#"{"alg":"HS256"}"#, claims.as_bytes()).unwrap().into_string();
        let decoded = decode(&token);
        let value = decoded.claims().and_then(|claims| claims.root().get("v")?.as_str());
        let template = TemplateFile::new(string, r#"{"alg":"HS256"}"#, escape(&claims).into_owned());
        let file = template.to_text().and_then(|text| TemplateFile::parse(&text));
        let is_right = value.as_deref() == Some(string)
            && file.as_ref().is_ok_and(|file| file.name == string && file.claims == template.claims);
        score.count(text(&row, "id"), expect(is_right, || format!("{value:?} {:?}", file.err())));
    }
    score
}
