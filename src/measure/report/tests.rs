//! Reports built from real tokens: every figure is computed again from the token itself, and nothing is lost in JSON.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::*;
use crate::jose::base64url;
use crate::jose::jwa::Algorithm;
use crate::jose::key::Key;
use crate::measure::variant::{Operation, Variant};
use crate::measure::weight::{Ruling, Weight};

/// The algorithms of the variants, and their claims.
const VARIANTS: [(Algorithm, &str); 4] = [
    (Algorithm::HS256, r#"{"sub":"42","exp":7}"#),
    (Algorithm::ES256, r#"{"sub":"42","exp":7,"roles":["admin","editor","grp-0042-approvers"]}"#),
    (Algorithm::RS256, r#"{ "sub": "42" }"#),
    (Algorithm::EdDSA, "{}"),
];

fn machine() -> Machine {
    let words = |text: &str| text.to_owned();
    Machine { os: words("linux"), architecture: words("x86_64"), processor: None, cores: 2 }
}

fn variant((algorithm, claims): (Algorithm, &str)) -> Variant {
    let key = Key::generate(algorithm.key_kind(), algorithm.minimum_secret_bits()).unwrap();
    let header = format!(r#"{{"alg":"{algorithm}","typ":"JWT"}}"#).into_bytes();
    Variant::new(Arc::new(key), algorithm, header, claims.as_bytes().to_vec())
}

fn labels(count: usize) -> Vec<Label> {
    (0..count).map(|index| Label { name: format!("Variant {index}"), key: "a key".to_owned() }).collect()
}

fn report(sampler: &Sampler, count: usize, baseline: usize, budget: Budget) -> Report {
    Report::new(&labels(count), sampler, baseline, machine(), Settings::new(0.1, budget))
}

/// All variants after a few rounds.
fn sampled() -> Sampler {
    let mut sampler = Sampler::new(VARIANTS.into_iter().map(variant).collect(), &Operation::ALL).unwrap();
    while sampler.rounds() < 3 {
        sampler.run_slice(Duration::ZERO);
    }
    sampler
}

/// Computes every figure of a row that does not depend on a clock from nothing but two tokens, a limit, and what counts
/// besides the token.
#[track_caller]
fn check_row(row: &Row, token: &str, baseline: &str, limit: usize, besides: usize) {
    let parts: Vec<&str> = token.split('.').collect();
    let decoded = |index: usize| base64url::decode(parts[index]).unwrap();
    let bytes = row.bytes;
    assert_eq!([bytes.header, bytes.payload, bytes.signature], [0, 1, 2].map(|index| parts[index].len()));
    assert_eq!([bytes.header_json, bytes.payload_json], [0, 1].map(|index| decoded(index).len()));
    assert_eq!(bytes.token, token.len());
    let [header, claims] = [0, 1].map(|index| serde_json::from_slice::<Value>(&decoded(index)).unwrap());
    assert_eq!(row.algorithm, header["alg"].as_str().unwrap());
    assert_eq!(row.claims, claims.as_object().unwrap().len());
    let near = |figure: f64, expected: f64| assert!((figure - expected).abs() < 1e-9, "{figure} {expected}");
    let difference = token.len() as i64 - baseline.len() as i64;
    assert_eq!(row.difference.bytes, difference);
    near(row.difference.percent, difference as f64 / baseline.len() as f64 * 100.0);
    near(row.budget.percent, (token.len() + besides) as f64 / limit as f64 * 100.0);
    assert_eq!(row.budget.remaining, limit as i64 - (token.len() + besides) as i64);
    let p50 = row.times.sign.as_ref().unwrap().p50;
    near(row.times.tokens_per_second.unwrap(), 1e9 / p50 as f64);
    let filled = row.budget.percent;
    let by_size = [(100.0, Weight::TooLarge), (f64::EPSILON, Weight::Light)];
    assert!(filled <= by_size[0].0 || row.ruling.weight == by_size[0].1, "{:?}", row.ruling);
    assert!(filled >= 15.0 || p50 >= 100_000 || row.ruling.weight == by_size[1].1, "{:?}", row.ruling);
}

#[test]
fn every_figure_of_the_table_is_that_of_the_token() {
    let sampler = sampled();
    let besides = "token=; Path=/; Secure; HttpOnly; SameSite=Lax".len();
    let bearer = "Authorization: Bearer \r\n".len();
    for (budget, limit, besides) in
        [(Budget::Cookie, 4_096, besides), (Budget::Nginx, 8_192, bearer), (Budget::Own(150), 150, 0)]
    {
        for baseline in 0..VARIANTS.len() {
            let report = report(&sampler, VARIANTS.len(), baseline, budget);
            assert_eq!((report.baseline, report.variants.len()), (baseline, VARIANTS.len()));
            let token = |index| sampler.token(index).unwrap().as_str();
            for (index, row) in report.variants.iter().enumerate() {
                assert_eq!(row.name, format!("Variant {index}"), "rows are in the order of the variants");
                check_row(row, token(index), token(baseline), limit, besides);
                assert_eq!(row.against.is_none(), index == baseline);
            }
        }
    }
}

#[test]
fn the_spreadsheet_has_the_same_figures() {
    let report = report(&sampled(), VARIANTS.len(), 1, Budget::Cookie);
    let csv = report.to_csv();
    let mut lines = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let titles = lines.next().unwrap();
    for (row, line) in report.variants.iter().zip(lines.by_ref()) {
        let field = |name: &str| line[titles.iter().position(|title| *title == name).unwrap()];
        assert_eq!(field("name"), row.name);
        let sizes = [row.claims, row.bytes.header, row.bytes.payload, row.bytes.signature, row.bytes.token];
        let names = ["claims", "header_bytes", "payload_bytes", "signature_bytes", "token_bytes"];
        assert_eq!(names.map(field), sizes.map(|size| size.to_string()).each_ref().map(String::as_str));
        assert_eq!(field("difference_bytes"), row.difference.bytes.to_string());
        assert_eq!(field("budget_remaining"), row.budget.remaining.to_string());
        let Times { sign, verify, .. } = &row.times;
        assert_eq!(field("sign_p50_ns"), sign.as_ref().unwrap().p50.to_string());
        assert_eq!(field("verify_p95_ns"), verify.as_ref().unwrap().p95.to_string());
    }
    assert!(lines.next().is_none());
}

/// One variant that signs, one that only verifies, and one without a key.
fn partly_timed() -> (Sampler, Report) {
    let whole = variant(VARIANTS[1]);
    let key = whole.key.clone().unwrap();
    let minted = Sampler::new(vec![whole.clone()], &[]).unwrap();
    let signature = Some(base64url::decode(minted.token(0).unwrap().signature()).unwrap());
    let pasted = Variant { signature, key: Some(Arc::new(key.public().unwrap())), ..whole.clone() };
    let bare = Variant { key: None, header: br#"{"alg":"ES256K"}"#.to_vec(), ..pasted.clone() };
    let mut sampler = Sampler::new(vec![bare, whole, pasted], &Operation::ALL).unwrap();
    while sampler.rounds() < 30 {
        sampler.run_slice(Duration::ZERO);
    }
    let report = report(&sampler, 3, 1, Budget::Cookie);
    (sampler, report)
}

#[test]
fn what_the_key_does_not_allow_is_left_out_and_said() {
    let (sampler, report) = partly_timed();
    let [bare, whole, pasted] = &report.variants[..] else { panic!("three rows") };
    let untimed = |row: &Row| row.untimed.clone();
    assert_eq!(untimed(bare).as_deref(), Some("no key"));
    assert_eq!((untimed(whole), untimed(pasted).as_deref()), (None, Some("no private key")));
    assert_eq!(bare.bytes.token, sampler.token(0).unwrap().len());
    assert_eq!(bare.algorithm, "ES256K", "what its header says");
    assert!(bare.times.sign.is_none() && bare.times.verify.is_none() && bare.times.tokens_per_second.is_none());
    assert!(pasted.times.sign.is_none() && pasted.times.key_setup.is_none());
    assert_eq!(pasted.times.verify.as_ref().unwrap().count, whole.times.verify.as_ref().unwrap().count);
    let against = pasted.against.as_ref().unwrap();
    assert!(against.sign.is_none() && against.verify.is_some(), "{against:?}");
    assert!(against.words.contains("verifies") && !against.words.contains("signs"), "{against:?}");
    let nothing = bare.against.as_ref().unwrap();
    assert!(nothing.sign.is_none() && nothing.verify.is_none());
    assert_eq!(nothing.words, "14 bytes (7 %) shorter");
    assert_eq!(bare.ruling, Ruling::of(Budget::Cookie, bare.bytes.token, None));
    for text in [report.to_text(), report.to_markdown()] {
        assert!(
            text.contains("Variant 0, ES256K: no key") && text.contains("Variant 2, ES256: no private key"),
            "{text}"
        );
    }
    assert_eq!(report.to_csv().lines().count(), 4);
}

/// Whether two JSON values are the same, the last digits of fractions aside.
fn is_alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let [one, other] = [one, other].map(|number| number.as_f64().unwrap());
            (one - other).abs() <= 1e-12 * one.abs()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_alike(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let same = |((own, one), (name, other)): ((_, _), (_, _))| own == name && is_alike(one, other);
            one.len() == other.len() && one.iter().zip(other).all(same)
        }
        _ => one == other,
    }
}

#[test]
fn a_report_is_read_again_from_its_json() {
    let (sampler, mut report) = partly_timed();
    report.variants[1].costs = Some(Claims::of(sampler.token(1).unwrap(), Budget::Cookie).unwrap());
    let mut growth = crate::measure::growth::Growth::new(&variant(VARIANTS[0]).key.unwrap(), Algorithm::HS256).unwrap();
    while growth.rounds() < 1 {
        growth.run_slice(Duration::ZERO);
    }
    report.growth.push(Growth::new("HS256", "a key", growth.curve()));
    let second = Throughput { count: 10, elapsed: Duration::from_secs(3) };
    report.throughput.push(Rates::new(&report.variants[1], [second; 2], [second; 2]));
    let against = report.variants[2].against.as_mut().unwrap();
    against.verify.as_mut().unwrap().high = f64::INFINITY;
    let json = report.to_json();
    let read: Report = serde_json::from_str(&json).unwrap();
    let [written, again] = [&json, &read.to_json()].map(|json| serde_json::from_str::<Value>(json).unwrap());
    assert!(is_alike(&written, &again), "{written} {again}");
    let verify = |report: &Report| report.variants[2].against.as_ref().unwrap().verify.unwrap();
    assert_eq!((verify(&read).high, verify(&read).verdict), (f64::INFINITY, verify(&report).verdict));
    assert_eq!((read.baseline, read.settings, &read.machine), (1, report.settings, &report.machine));
    assert_eq!([&read.version, &read.build], [&report.version, &report.build]);
    let before: Report = serde_json::from_str(&json.replace(r#""baseline":1,"#, "")).unwrap();
    assert_eq!(before.baseline, 0, "what was written without one was held against the first");
    for wrong in ["{}", &json.replace("\"ES256\"", "7"), &json.replace("\"light\"", "\"feather\"")] {
        assert!(serde_json::from_str::<Report>(wrong).is_err(), "{wrong}");
    }
}
