//! `inspect`: every part of a token that can be read, and what is wrong with the rest.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use jwt_workbench::jose::base64url;
use serde_json::Value;

use super::{Folder, command, line, mint, run, run_with_input};

#[test]
fn a_token_is_inspected_as_json() {
    let claims = r#"{"n": 18446744073709551616, "n": 1.0, "u": "\u00e9"}"#;
    let token = mint(&["--claims", claims, "--serialization", "as-typed"]);
    let [header, payload, signature] = token.split('.').map(str::len).collect::<Vec<_>>()[..] else {
        panic!("{token}")
    };
    let expected = format!(
        concat!(
            r#"{{"kind":"jws","header":{{"alg":"HS256","typ":"JWT"}},"#,
            r#""claims":{{"n":18446744073709551616,"n":1.0,"u":"\u00e9"}},"#,
            r#""header_text":"{{ \"alg\": \"HS256\", \"typ\": \"JWT\" }}","#,
            r#""payload_text":"{{\"n\": 18446744073709551616, \"n\": 1.0, \"u\": \"\\u00e9\"}}","#,
            r#""signature_bytes":32,"sizes":{{"token":{},"header":{},"payload":{},"signature":{}}},"#,
            r#""removed":[],"serialization":"compact","findings":["#,
        ),
        token.len(),
        header,
        payload,
        signature,
    );
    let answer = line(&["inspect", &token, "--json"]);
    assert!(answer.starts_with(&expected), "{answer}");
    let run = run_with_input(&["inspect", "-", "--json"], format!("{token}\r\n").as_bytes());
    assert_eq!((run.code, run.out.trim_end()), (0, answer.as_str()));
    let folder = Folder::new();
    let file = folder.file("token", &token);
    assert_eq!(line(&["inspect", &format!("@{file}"), "--json"]), answer);
}

#[test]
fn what_stands_around_a_token_is_removed() {
    let token = mint(&[]);
    let answer = |text: &str| serde_json::from_str::<Value>(&run(&["inspect", text, "--json"]).out).unwrap();
    let wrapped = answer(&format!("Authorization: Bearer {}\n", token.replacen('.', ".\n", 1)));
    assert_eq!(wrapped["removed"], serde_json::json!(["\"Authorization: Bearer \"", "1 line break"]));
    assert_eq!(wrapped["sizes"]["token"], token.len());
    assert!(wrapped["findings"].as_array().unwrap().iter().any(|finding| finding["id"] == "S02"));
    let text = run(&["inspect", &format!("'{token}'")]).out;
    assert!(text.contains("Removed 1 pair of quotes\n"), "{text}");
    let [header, payload, signature] = token.split('.').collect::<Vec<_>>()[..] else { panic!("{token}") };
    let one = format!(r#"{{"protected":"{header}","header":{{"kid":"a"}},"signature":"{signature}"}}"#);
    let general = answer(&format!(r#"{{"payload":"{payload}","signatures":[{one},{one}]}}"#));
    assert_eq!((&general["serialization"], &general["signatures"]), (&"general".into(), &2.into()));
    assert_eq!((&general["kind"], &general["unprotected"]["kid"]), (&"jws".into(), &"a".into()));
    let jwe = answer(r#"{"protected":"eyJlbmMiOiJBMjU2R0NNIn0","iv":"AA","ciphertext":"AAA","tag":"AAAA"}"#);
    assert_eq!((&jwe["kind"], &jwe["header"]["enc"]), (&"jwe".into(), &"A256GCM".into()));
    let parts = r#"{"header":17,"encrypted_key":0,"initialization_vector":1,"ciphertext":2,"authentication_tag":3}"#;
    assert_eq!(jwe["parts"], serde_json::from_str::<Value>(parts).unwrap());
    let claims = run(&["inspect", r#"{"sub":"user-42"}"#, "--json"]);
    assert!(claims.code == 1 && claims.out.contains(r#""instead":"claims""#), "{}", claims.out);
}

#[test]
fn a_finding_says_what_where_why_and_by_which_rule() {
    let claims = r#"{"exp": 1795287600, "iat": 1795285800, "iss": "a", "aud": "b", "id": 1, "id": 2}"#;
    let token = mint(&["--claims", claims, "--serialization", "as-typed"]);
    let findings = |now: &str| -> Vec<Value> {
        let answer: Value = serde_json::from_str(&line(&["inspect", &token, "--json", "--now", now])).unwrap();
        answer["findings"].as_array().unwrap().clone()
    };
    let duplicate = &findings("1795285900")[0];
    assert_eq!(duplicate["message"], "'id' appears twice (1:64 and 1:73). Parsers disagree on which one wins.");
    let text = |name: &str| duplicate[name].as_str().unwrap();
    assert_eq!([text("id"), text("severity"), text("part"), text("path")], ["S06", "warning", "payload", "$.id"]);
    assert!(text("basis").contains("RFC 7519 §4") && text("why").ends_with('.'));
    let header = token.find('.').unwrap() as u64 + 1;
    assert_eq!((&duplicate["line"], &duplicate["column"]), (&Value::from(1), &Value::from(73)));
    assert_eq!(duplicate["offset"].as_u64(), Some(header + 72 * 4 / 3));
    let expired = |now: &str| findings(now).iter().any(|finding| finding["id"] == "T05");
    assert!(!expired("1795287599") && expired("1795287600"));
    let lines = run_with_input(&["inspect", "--lines", "--now", "1795287600"], token.as_bytes()).out;
    assert!(lines.contains(r#""id":"T05","severity":"info""#), "{lines}");
}

#[test]
fn what_is_wrong_with_a_token_is_found() {
    #[track_caller]
    fn check(token: &str, code: i32, kind: &str, findings: &[(&str, &str, Option<u64>, Option<u64>)]) -> Value {
        let run = run(&["inspect", token, "--json"]);
        assert_eq!((run.code, run.err.as_str()), (code, ""), "{token}");
        let answer: Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(answer["kind"], kind, "{token}");
        let found: Vec<_> = answer["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["id"].as_str().unwrap().starts_with('S'))
            .map(|finding| {
                assert_eq!(finding["severity"], "error");
                assert!(!finding["message"].as_str().unwrap().is_empty());
                let text = |name: &str| finding[name].as_str().unwrap();
                (text("id"), text("part"), finding["offset"].as_u64(), finding["column"].as_u64())
            })
            .collect();
        assert_eq!(found, findings, "{token}");
        answer
    }
    let broken = base64url::encode(b"{\n\"a\" 1}");
    check("e30.e30.AA", 0, "jws", &[]);
    check("e30.AA.AA.AA.AA", 0, "jwe", &[]);
    check("e30.e30", 1, "invalid", &[("S01", "token", Some(7), None)]);
    check("", 1, "invalid", &[("S01", "token", Some(0), None)]);
    check("e30.e30=.AA", 0, "jws", &[("S03", "payload", Some(7), None)]);
    check("e30.e30.AB", 0, "jws", &[("S03", "signature", Some(9), None)]);
    let answer = check(&format!("e30.{broken}.AA"), 0, "jws", &[("S04", "payload", Some(12), Some(5))]);
    let syntax = answer["findings"].as_array().unwrap().iter().find(|finding| finding["id"] == "S04").unwrap();
    assert_eq!(syntax["line"], 2);
    assert_eq!((&answer["claims"], &answer["payload_text"]), (&Value::Null, &Value::from("{\n\"a\" 1}")));
    let answer =
        check("W10._w.AA", 0, "jws", &[("S05", "header", Some(0), Some(1)), ("S04", "payload", Some(4), None)]);
    assert_eq!((&answer["header"], &answer["payload_text"]), (&serde_json::json!([]), &Value::Null));
}

#[test]
fn many_tokens_are_inspected_a_line_each() {
    let token = mint(&[]);
    let input = format!("{token}\n\nabc\r\n\u{fffd}.e30.AA\n{token}");
    let run = run_with_input(&["inspect", "--lines"], input.as_bytes());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let kinds: Vec<Value> =
        run.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["kind"].clone()).collect();
    assert_eq!(kinds, ["jws", "invalid", "invalid", "jws", "jws"]);
    assert_eq!(run.out.lines().next(), run.out.lines().last());
    let run = run_with_input(&["inspect", "--lines", "-"], b"\xff\xfe.e30.AA\n");
    assert!(run.out.contains(r#""id":"S03""#), "{}", run.out);
    assert_eq!(run_with_input(&["inspect", "--lines"], b"").out, "");
}

#[test]
fn a_program_gets_each_answer_before_it_sends_the_next_token() {
    let mut child = command(&["inspect", "--lines"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    for _ in 0..3 {
        stdin.write_all(b"e30.e30.AA\n").unwrap();
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        assert!(answer.starts_with(r#"{"kind":"jws""#), "{answer}");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_token_is_shown_to_people() {
    let claims = r#"{"sub":"\u001b[31m","exp":1795287600,"iat":1795285800}"#;
    let token = mint(&["--claims", claims]);
    let run = run(&["inspect", &token, "--now", "2026-11-21T18:30:00Z"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    for words in [
        "Signed token, HS256, ",
        "the signature is not verified",
        "\n  {\n    \"alg\": \"HS256\",\n",
        r#"    "sub": "\u001b[31m","#,
        "exp         2026-11-21 19:00:00 UTC, in 30:00\n",
        "iat         2026-11-21 18:30:00 UTC, now\n",
        "Signature, 43 bytes as sent, 32 decoded",
    ] {
        assert!(run.out.contains(words), "{words}\n{}", run.out);
    }
    let run = super::run(&["inspect", "\u{1b}[31m.e30=.AA"]);
    assert!(run.out.contains("S03 error, Header: Header, character 1: "), "{}", run.out);
    assert!(!run.out.contains('\u{1b}'), "{}", run.out);
}
