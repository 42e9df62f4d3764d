//! Verdicts, asked for as `verify --lines` is.

use jwt_workbench::cli::verify_lines;
use jwt_workbench::jose::compact::TokenKind;
use jwt_workbench::jose::unwrap::unwrap;
use serde_json::{Value, json};

use super::score::{Corpora, Score, expect, text};

/// In these the label says valid although the JWK is for PS256 and the header says PS384, which RFC 8725 §3.1 forbids and
/// other rows want refused. There is no rule for both: the label is followed by exemption.
const CONTRADICTING: [&str; 2] = ["json_web_signature_test#346", "json_web_signature_test#350"];

pub(crate) fn wycheproof_jws(corpora: &Corpora) -> Score {
    wycheproof(corpora, "Wycheproof, signatures: verdict and reason", |id| !id.starts_with("json_web_key_test"))
}

pub(crate) fn wycheproof_jwk(corpora: &Corpora) -> Score {
    wycheproof(corpora, "Wycheproof, keys: verdict and reason", |id| id.starts_with("json_web_key_test"))
}

fn wycheproof(corpora: &Corpora, what: &'static str, is_meant: fn(&str) -> bool) -> Score {
    let mut score = Score::new(what);
    for row in corpora.rows("wycheproof-jose.jsonl") {
        let id = text(&row, "id");
        if row["kind"] == "jws" && row["label_defect"] != true && is_meant(id) {
            score.count(id, check_row(id, &row));
        }
    }
    score
}

fn check_row(id: &str, row: &Value) -> Result<(), String> {
    let mut key = if row["key_public"].is_null() { row["key_private"].clone() } else { row["key_public"].clone() };
    if CONTRADICTING.contains(&id) {
        key.as_object_mut().unwrap().remove("alg");
    }
    let kind = if key["keys"].is_array() { "jwks" } else { "jwk" };
    let (verdict, reason) = verdict(&json!({ "token": row["token"], kind: key, "now": 0 }));
    let wanted = if row["expect"] == "valid" { "verified" } else { "invalid" };
    // A token that claims no signature at all is not valid either.
    let is_right = verdict == wanted || (wanted == "invalid" && verdict == "unsecured");
    expect(is_right && !reason.is_empty(), || format!("{verdict} instead of {wanted}: {reason}"))
}

/// The verdict and its reason.
fn verdict(question: &Value) -> (String, String) {
    let answer = verify_lines::answer(&question.to_string().into(), 0);
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    match answer["error"]["message"].as_str() {
        Some(message) => ("error".to_owned(), message.to_owned()),
        None => (text("verdict"), text("reason")),
    }
}

pub(crate) fn wycheproof_jwe(corpora: &Corpora) -> Score {
    let mut score = Score::new("Wycheproof, encryption: kind and header");
    for row in corpora.rows("wycheproof-jose.jsonl") {
        if row["kind"] != "jwe" {
            continue;
        }
        let token = row["token"].as_str().map_or_else(|| row["token"].to_string(), str::to_owned);
        let unwrapped = unwrap(&token);
        let decoded = unwrapped.tokens.first().unwrap().decode();
        let is_read = decoded.kind == TokenKind::Jwe && decoded.parameter("enc").is_some();
        // Some lack a part or the header, and then that is said.
        let is_right = is_read || (row["expect"] == "invalid" && !decoded.faults.is_empty());
        score.count(text(&row, "id"), expect(is_right, || format!("{:?} {:?}", decoded.kind, decoded.faults)));
    }
    score
}

pub(crate) fn rfc_7515(corpora: &Corpora) -> Score {
    let mut score = Score::new("RFC 7515, appendix A: every signature");
    for row in corpora.rows("rfc-vectors.jsonl") {
        let wanted = if row["expect"] == "valid" { "verified" } else { "unsecured" };
        let mut keys: Vec<&Value> = row["keys"].as_object().unwrap().values().collect();
        keys.sort_by_key(|key| key["keys"].is_array());
        let none = json!(null);
        let keys = if keys.is_empty() { vec![&none] } else { keys };
        let told = keys.iter().map(|key| {
            let kind = if key["keys"].is_array() { "jwks" } else { "jwk" };
            verdict(&json!({ "token": row["token"], kind: key, "now": 1_300_819_000 }))
        });
        let missed: Vec<_> = told.filter(|(verdict, _)| verdict != wanted).collect();
        score.count(text(&row, "id"), expect(missed.is_empty(), || format!("{missed:?}")));
    }
    score
}
