//! What others wrote: the examples of RFC 7515, and tokens of all kinds.

use std::fs;
use std::path::PathBuf;

use jwt_workbench::findings::{self, Finding, KeySubject, Severity, Subject};
use jwt_workbench::jose::compact::decode;
use jwt_workbench::jose::instant::InstantFormat;
use jwt_workbench::jose::key::Key;
use serde_json::Value;

use crate::world::{NOW, World};

/// A file of the corpora, line by line; `None` where there are none.
fn lines(name: &str) -> Option<Vec<String>> {
    let folder = std::env::var_os("JWT_WORKBENCH_CORPORA")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora/dev")), PathBuf::from);
    let Ok(bytes) = fs::read(folder.join(name)) else {
        println!("skipped: corpora not found");
        return None;
    };
    Some(String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect())
}

#[test]
fn the_examples_of_rfc_7515_have_no_errors() {
    let Some(lines) = lines("rfc-vectors.jsonl") else { return };
    let mut seen = 0;
    for line in lines {
        let row: Value = serde_json::from_str(&line).unwrap();
        let id = row["id"].as_str().unwrap();
        if !["A.1", "A.2", "A.3"].iter().any(|example| id.contains(example)) {
            continue;
        }
        let token = row["token"].as_str().unwrap();
        let jwk = row["keys"].as_object().unwrap().values().next().unwrap().to_string();
        let key = Key::read(jwk.as_bytes()).unwrap();
        let decoded = decode(token);
        let subject = Subject::received(&decoded, token.len(), &[]);
        let subject = Subject { key: Some(KeySubject { key: &key, typed: None }), ..subject };
        let mut found = findings::find(&subject);
        found.extend(findings::find_at(&subject, NOW, 0, 0, InstantFormat::UTC));
        let worst = found.iter().map(|finding| finding.severity).min();
        assert!(worst > Some(Severity::Error), "{id}: {found:#?}");
        seen += 1;
    }
    assert_eq!(seen, 3);
}

#[test]
fn every_harvested_token_and_test_vector_can_be_looked_at() {
    for name in
        ["harvested-tokens.jsonl", "wycheproof-jose.jsonl", "jsontestsuite-as-payload.jsonl", "naughty-strings.jsonl"]
    {
        for line in lines(name).unwrap_or_default() {
            let row: Value = serde_json::from_str(&line).unwrap();
            let text = row["token"].as_str().or(row["text"].as_str()).unwrap_or_default();
            let found = World::token(text).findings();
            found.iter().for_each(|finding| crate::check_words(finding, &World::token(text)));
            assert!(found.iter().map(Finding::order).is_sorted());
        }
    }
}
