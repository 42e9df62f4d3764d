//! What is read of tokens that others wrote, broken ones among them.

use jwt_workbench::jose::compact::{Decoded, Fault, TokenKind, decode};
use jwt_workbench::jose::json::Value as JsonValue;
use jwt_workbench::jose::jwa::Algorithm;
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::unwrap::unwrap;
use jwt_workbench::jose::verify::check_signature;
use serde_json::Value;

use super::score::{Corpora, Score, expect, text};

pub(crate) fn harvested_tokens(corpora: &Corpora) -> Score {
    let mut score = Score::new("Harvested tokens: outcome, part and offset");
    for row in corpora.rows("harvested-tokens.jsonl") {
        let (token, wanted) = (text(&row, "token"), text(&row, "strict_outcome"));
        let unwrapped = unwrap(token);
        let decoded = decode(token);
        let outcome = outcome(&decoded);
        let is_kept = unwrapped.removed.is_empty() && unwrapped.tokens[0].text == token;
        let is_placed = |fault: &Fault| {
            let is_inside = fault.problem.span.is_some_and(|span| token.get(span.range()).is_some());
            is_inside
                && fault.problem.message.contains(fault.part.label()) | fault.problem.message.starts_with("Found")
                && fault.problem.help.ends_with('.')
        };
        let is_right = outcome == wanted && is_kept && decoded.faults.iter().all(is_placed);
        score.count(
            text(&row, "id"),
            expect(is_right, || format!("{outcome} instead of {wanted}: {:?}", decoded.faults)),
        );
    }
    score
}

/// What is said about a token, in the words of the corpus: its first fault decides, and where there is none its
/// algorithm.
fn outcome(decoded: &Decoded) -> String {
    if decoded.kind == TokenKind::Invalid {
        return "wrong segment count".to_owned();
    }
    let alg = decoded.parameter("alg").map(JsonValue::as_str);
    match alg {
        Some(Some(name)) if name == "none" && is_read(decoded) => return "unsecured (none)".to_owned(),
        None | Some(None) if decoded.header().is_some() => return "alg missing or not a string".to_owned(),
        _ => {}
    }
    if decoded.kind == TokenKind::Jwe {
        return "jwe".to_owned();
    }
    let Some(fault) = decoded.faults.first() else { return "jwt claims object".to_owned() };
    let part = fault.part.label().to_lowercase();
    match fault.problem.code {
        "base64url-character" | "base64url-padding" => format!("{part} base64: alphabet"),
        "base64url-length" => format!("{part} base64: length"),
        "base64url-trailing-bits" => format!("{part} base64: noncanonical trailing bits"),
        "token-object" => format!("{part} JSON not object"),
        _ => format!("{part} not JSON"),
    }
}

/// Whether header and claims can be read.
fn is_read(decoded: &Decoded) -> bool {
    decoded.header().is_some() && decoded.claims().is_some()
}

fn json_test_suite(corpora: &Corpora, kinds: &[&str], score: &mut Score, check: fn(&Decoded) -> Result<(), String>) {
    for row in corpora.rows("jsontestsuite-as-payload.jsonl") {
        let id = text(&row, "id");
        if kinds.iter().any(|kind| id.starts_with(kind)) {
            let decoded = decode(text(&row, "token"));
            score.count(id, check(&decoded).and_then(|()| signature_is_reported(&row, &decoded)));
        }
    }
}

/// Broken JSON makes no signature wrong.
fn signature_is_reported(row: &Value, decoded: &Decoded) -> Result<(), String> {
    let key = Key::secret(text(row, "secret_utf8").to_owned().into());
    let check = check_signature(text(row, "token"), decoded, Some(&key), &[Algorithm::HS256]);
    expect(check.matches(), || format!("{:?}", check.checks))
}

pub(crate) fn json_refused(corpora: &Corpora) -> Score {
    let mut score = Score::new("JSONTestSuite, n: line and column, and the signature");
    json_test_suite(corpora, &["n_"], &mut score, |decoded| {
        let is_placed = |fault: &Fault| fault.position.is_some() || fault.problem.code == "token-utf8";
        let faults: Vec<&Fault> = decoded.faults.iter().filter(|fault| fault.problem.code != "token-object").collect();
        expect(!faults.is_empty() && faults.into_iter().all(is_placed), || format!("{:?}", decoded.faults))
    });
    score
}

pub(crate) fn json_accepted(corpora: &Corpora) -> Score {
    let mut score = Score::new("JSONTestSuite, y and i: read, or said why not");
    json_test_suite(corpora, &["y_"], &mut score, |decoded| {
        let is_read = decoded.faults.iter().all(|fault| fault.problem.code == "token-object");
        expect(is_read, || format!("{:?}", decoded.faults))
    });
    json_test_suite(corpora, &["i_"], &mut score, |_| Ok(()));
    score
}

pub(crate) fn json_kept(corpora: &Corpora) -> Score {
    let mut score = Score::new("JSONTestSuite, transform: the exact text is kept");
    for row in corpora.rows("jsontestsuite-transform.jsonl") {
        let decoded = decode(text(&row, "token"));
        let read = decoded.segments.get(1).and_then(|payload| payload.json.as_ref()).map(|json| json.text());
        let is_said = decoded.faults.iter().any(|fault| fault.problem.code == "token-utf8");
        let is_kept = read.map_or(is_said, |read| read == text(&row, "raw"));
        let is_right = is_kept && signature_is_reported(&row, &decoded).is_ok();
        score.count(text(&row, "id"), expect(is_right, || format!("{read:?} {:?}", decoded.faults)));
    }
    score
}
