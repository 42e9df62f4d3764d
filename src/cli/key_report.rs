//! What a key file holds, as one JSON object and for people at a terminal. Nothing secret is in it.

use super::finding_json;
use crate::findings::{self, Finding, KeySubject, Purpose, Severity, Subject};
use crate::jose::json;
use crate::jose::jwa::Algorithm;
use crate::jose::key::{Key, Operation};
use crate::jose::key_read::{KeyFile, Refused};
use crate::jose::key_sketch::KeySketch;
use crate::jose::text::visible;

/// One key of a file, used or refused.
struct Entry<'f> {
    sketch: KeySketch,
    /// Its key ID, or what a refused key is known as.
    name: Option<&'f str>,
    key: Option<&'f Key>,
    problems: Vec<Finding>,
}

impl<'f> Entry<'f> {
    fn used(key: &'f Key) -> Self {
        Self { sketch: KeySketch::of(key), name: key.kid(), key: Some(key), problems: problems_of(key) }
    }

    fn refused(refused: &'f Refused) -> Self {
        let problems = vec![findings::refused_key(&refused.problem)];
        Self { sketch: refused.sketch.clone(), name: refused.kid.as_deref(), key: None, problems }
    }

    fn algorithms(&self) -> Vec<&'static str> {
        self.key.map(algorithms).unwrap_or_default()
    }
}

/// Every key of a file in its order.
fn entries(file: &KeyFile) -> Vec<Entry<'_>> {
    let mut keys = file.keys.iter();
    let mut refused = file.refused.iter().peekable();
    let mut entries = Vec::new();
    for index in 0..file.keys.len() + file.refused.len() {
        match refused.next_if(|refused| refused.index == index) {
            Some(refused) => entries.push(Entry::refused(refused)),
            None => entries.extend(keys.next().map(Entry::used)),
        }
    }
    entries
}

/// The algorithms that a key may be used with.
fn algorithms(key: &Key) -> Vec<&'static str> {
    let permits = |algorithm: &Algorithm| {
        [Operation::Sign, Operation::Verify].into_iter().any(|operation| key.permits(*algorithm, operation).is_ok())
    };
    key.kind().algorithms().filter(permits).map(Algorithm::name).collect()
}

/// Whether there is a key that may be used with an algorithm.
pub fn is_usable(file: &KeyFile) -> bool {
    file.keys.iter().any(|key| !algorithms(key).is_empty())
}

/// What is wrong with a key that was read: what the rules find, and why no algorithm may use it.
fn problems_of(key: &Key) -> Vec<Finding> {
    let mut problems = findings::find(&Subject {
        header: None,
        claims: None,
        key: Some(KeySubject { key, typed: None }),
        decoded: None,
        removed: &[],
        token_len: None,
        template: None,
        purpose: Purpose::Receiving,
    });
    let refusal = |algorithm| key.permits(algorithm, Operation::Verify).err();
    if algorithms(key).is_empty()
        && let Some(problem) = key.kind().algorithms().find_map(refusal)
    {
        problems.insert(0, findings::refused_key(&problem));
    }
    problems
}

fn doubts(file: &KeyFile) -> Vec<Finding> {
    file.doubts.iter().map(|doubt| Finding { severity: Severity::Warning, ..findings::refused_key(doubt) }).collect()
}

/// One JSON object: of the key, or of the JWK Set with all its keys.
pub fn json(file: &KeyFile) -> String {
    let entries = entries(file);
    if file.form != "JWK Set" {
        return entries.first().map(|entry| json_of(entry, &file.form)).unwrap_or_default();
    }
    let keys: Vec<String> = entries.iter().map(|entry| json_of(entry, "JWK")).collect();
    format!(r#"{{"kind":"jwks","form":"JWK Set","keys":[{}],"problems":{}}}"#, keys.join(","), list(&doubts(file)))
}

fn json_of(entry: &Entry<'_>, form: &str) -> String {
    let KeySketch { kind, bits, curve, private } = &entry.sketch;
    let text = |text: Option<&str>| text.map_or_else(null, json::quote);
    let algorithms: Vec<String> = entry.algorithms().into_iter().map(json::quote).collect();
    format!(
        r#"{{"kind":"{kind}","form":{},"private":{},"bits":{},"curve":{},"algorithms":[{}],"thumbprint":{},"kid":{},"problems":{}}}"#,
        json::quote(form),
        private.map_or_else(null, |private| private.to_string()),
        bits.map_or_else(null, |bits| bits.to_string()),
        text(curve.as_deref()),
        algorithms.join(","),
        text(entry.key.and_then(Key::thumbprint).as_deref()),
        text(entry.name),
        list(&entry.problems),
    )
}

fn list(findings: &[Finding]) -> String {
    let object = |finding: &Finding| finding_json::write(finding, finding.span.map(|span| span.start), None);
    format!("[{}]", findings.iter().map(object).collect::<Vec<_>>().join(","))
}

fn null() -> String {
    "null".to_owned()
}

/// Several lines without a line end after the last.
pub fn text(file: &KeyFile) -> String {
    let entries = entries(file);
    if file.form != "JWK Set" {
        return entries.first().map(|entry| text_of(entry, &file.form)).unwrap_or_default();
    }
    let refused = file.refused.len();
    let mut sections = vec![format!("JWK Set of {} keys, {refused} of which cannot be used", entries.len())];
    sections.extend(entries.iter().map(|entry| text_of(entry, "JWK")));
    let doubts = doubts(file);
    sections.extend((!doubts.is_empty()).then(|| lines_of(&doubts).trim_start().to_owned()));
    sections.join("\n\n")
}

fn text_of(entry: &Entry<'_>, form: &str) -> String {
    let title = match entry.key {
        Some(key) => key.describe(),
        None => format!("{}, cannot be used", entry.sketch.phrase()),
    };
    let mut text = title;
    let mut row = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            text.push_str(&format!("\n  {name:<12}{}", visible(&value)));
        }
    };
    row("Form", Some(form.to_owned()));
    row("Algorithms", Some(entry.algorithms().join(", ")));
    row("Key ID", entry.name.map(str::to_owned));
    row("Thumbprint", entry.key.and_then(Key::thumbprint));
    if let Some(key) = entry.key {
        let restrictions = key.restrictions();
        row("For", restrictions.alg.clone());
        row("Use", restrictions.usage.clone());
        row("Operations", restrictions.key_ops.as_ref().map(|operations| operations.join(", ")));
    }
    text + &lines_of(&entry.problems)
}

fn lines_of(findings: &[Finding]) -> String {
    let line =
        |finding: &Finding| format!("\n  {} {}: {}", finding.id, finding.severity.name(), visible(&finding.message));
    findings.iter().map(line).collect()
}
