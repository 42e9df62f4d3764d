//! `verify`: the verdict, its exit code, every check, and questions line by line.

use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use serde_json::{Value, json};

use super::{Folder, SECRET, mint, refused, run, run_with_input};

const NOW: &str = "2026-11-21T18:30:00Z";

fn token() -> String {
    mint(&["--claims", r#"{"iss":"id","aud":["a","b"],"exp":1795287600}"#])
}

/// Runs `verify` with these arguments on a token and checks verdict and exit code, also in JSON.
#[track_caller]
fn check(token: &str, arguments: &[&str], code: i32, verdict: &str, reason: &str) -> Value {
    let arguments = [&["verify", token, "--now", NOW], arguments].concat();
    let run = super::run(&[arguments.as_slice(), &["--json"]].concat());
    assert_eq!((run.code, run.err.as_str()), (code, ""), "{}", run.out);
    let answer: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(answer["verdict"], verdict, "{answer}");
    assert!(answer["reason"].as_str().unwrap().contains(reason), "{answer}");
    let names: Vec<_> =
        answer["checks"].as_array().unwrap().iter().map(|check| check["check"].as_str().unwrap()).collect();
    assert_eq!(names, ["signature", "alg", "key", "exp", "nbf", "iat", "iss", "aud", "sub", "crit", "typ"]);
    let text = super::run(&arguments);
    assert_eq!((text.code, text.err.as_str()), (code, ""));
    assert!(text.out.contains(reason), "{}", text.out);
    answer
}

#[test]
fn the_verdict_is_the_exit_code() {
    let token = token();
    let with = |more: &[&'static str]| [&["--secret", SECRET], more].concat();
    check(&token, &with(&[]), 0, "verified", "The signature is right");
    check(&token, &with(&["--iss", "id", "--aud", "b", "--alg", "HS256", "--alg", "RS256"]), 0, "verified", "right");
    check(&token, &with(&["--aud", "c"]), 1, "invalid", "is meant for a, b, not for c");
    check(&token, &with(&["--alg", "HS512"]), 1, "invalid", "the header says HS256, allowed is HS512");
    check(&token, &with(&["--typ", "at+jwt"]), 1, "invalid", "type is JWT");
    check(&token, &["--secret", "another secret of more than thirty-two bytes"], 1, "invalid", "does not match");
    check("eyJhbGciOiJub25lIn0.e30.", &[], 1, "unsecured", "unsecured");
    check("eyJlbmMiOiJBMjU2R0NNIn0..AA.AA.AA", &[], 1, "encrypted", "encrypted");
    check("eyJhbGciOiJFUzI1NksifQ.e30.AA", &["--secret", SECRET], 1, "unsupported", "secp256k1");
    check("abc", &["--secret", SECRET], 1, "invalid", "Found 1 part");
    let late = mint(&["--claims", r#"{"exp":1795285770}"#]);
    check(&late, &with(&[]), 1, "invalid", "It expired 30 s ago");
    let exp = check(&late, &with(&["--leeway", "60"]), 0, "verified", "right")["checks"][3].clone();
    assert_eq!(exp["detail"], "expired 30 s ago, 2026-11-21 18:29:30 UTC; leeway 60 s allows it");
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let token = token();
    refused(&["verify", &token], "verified with a key, and none was given", "--key FILE");
    refused(&["verify", r#"{"kty":"oct","k":"AA"}"#], "This is a key", "key inspect");
    refused(&["verify", r#"{"sub":"me"}"#], "could be claims", "mint");
    refused(&["verify", ""], "There is no token here", "standard input");
    refused(&["verify", &token, "--key", "/nowhere.pem"], "nowhere.pem", "");
}

#[test]
fn keys_come_from_files_and_mistakes_are_explained() {
    let folder = Folder::new();
    let key = Key::generate(KeyKind::P256, None).unwrap().with_kid(Some("one".to_owned()));
    let private = folder.file("private.pem", key.to_pem(true).unwrap().bytes());
    let token =
        super::line(&["mint", "--alg", "ES256", "--key", &private, "--header", r#"{"alg":"ES256","kid":"one"}"#]);
    let other = Key::generate(KeyKind::P256, None).unwrap().with_kid(Some("two".to_owned()));
    let [one, two] = [&key, &other].map(|key| key.to_jwk(false).unwrap().as_str().unwrap().to_owned());
    let set = folder.file("keys.json", format!(r#"{{"keys":[{two},{one}]}}"#));
    let public = folder.file("public.pem", key.to_pem(false).unwrap().bytes());
    for file in [&set, &public] {
        let run = run(&["verify", &token, "--key", file]);
        assert_eq!(run.code, 0, "{}", run.out);
    }
    let signed = mint(&["--secret-encoding", "utf8"]);
    let secret = folder.file("secret", format!("  {SECRET}\n"));
    let run = run(&["verify", &signed, "--secret-file", &secret]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("Why\n  The token was signed with the secret"), "{}", run.out);
    assert!(run.out.contains("without the white space at its ends"), "{}", run.out);
    assert!(!run.out.contains(SECRET), "{}", run.out);
    let run = super::run(&["verify", &signed, "--key", &public]);
    assert!(run.code == 1 && run.out.contains("algorithm confusion"), "{}", run.out);
    assert_eq!(key.kind().algorithms().collect::<Vec<_>>(), [Algorithm::ES256]);
}

#[test]
fn many_questions_are_answered_a_line_each() {
    let token = token();
    let key = Key::generate(KeyKind::Ed25519, None).unwrap();
    let questions = [
        json!({"token": token, "secret": SECRET, "now": 1_795_287_599.9}),
        json!({"token": token, "secret": SECRET, "now": "2026-11-21T19:30:00Z"}),
        json!({"token": token, "secret": SECRET, "now": "2026-11-21T19:00:30Z", "leeway": 60, "alg": ["HS256"]}),
        json!({"token": token, "jwk": {"kty": "oct", "k": "AAAA"}, "now": 0}),
        json!({"token": token, "pem": key.to_pem(false).unwrap().as_str().unwrap(), "now": 0}),
        json!({"token": format!(" {token}"), "secret": SECRET, "now": 0}),
        json!({"token": token, "secret": SECRET, "now": 0, "aud": "c"}),
        json!({"token": token}),
        json!({"token": 1, "secret": SECRET}),
        json!([]),
        json!({"token": token, "secret": SECRET, "alg": "HS1"}),
    ];
    let lines: Vec<String> = questions.iter().map(Value::to_string).chain(["{hunter2".to_owned()]).collect();
    let run = run_with_input(&["verify", "--lines"], lines.join("\n").as_bytes());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let answers: Vec<Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let short: Vec<&str> = answers
        .iter()
        .map(|answer| answer["verdict"].as_str().unwrap_or_else(|| answer["error"]["code"].as_str().unwrap()))
        .collect();
    let expected = ["verified", "invalid", "verified", "invalid", "invalid", "invalid", "invalid"];
    let errors = ["key-missing", "usage", "usage", "algorithm-unknown", "json-syntax"];
    assert_eq!(short, [expected.as_slice(), &errors].concat());
    assert!(!run.out.contains("hunter2") && !run.out.contains(SECRET));
    refused_lines();
}

#[track_caller]
fn refused_lines() {
    let run = run(&["verify", "abc", "--lines"]);
    assert!(run.code == 2 && run.out.contains("verify --lines < FILE"), "{} {}", run.out, run.err);
}
