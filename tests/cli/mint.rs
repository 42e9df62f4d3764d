//! `mint`: what is typed is what is signed.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{Folder, SECRET, command, mint, part, payload, refused, run, run_with_input};

#[test]
fn what_is_typed_is_what_is_signed() {
    #[track_caller]
    fn check(claims: &str, serialization: &str, expected: &str) {
        let token = mint(&["--claims", claims, "--serialization", serialization]);
        assert_eq!(payload(&token), expected, "{claims} {serialization}");
    }
    let typed = r#"{ "z": 18446744073709551616, "a": 1.0, "a": 1e5, "u": "\u00e9\/é", "m": {"y":1,"x":[ 1 , 2 ]} }"#;
    let compact = r#"{"z":18446744073709551616,"a":1.0,"a":1e5,"u":"\u00e9\/é","m":{"y":1,"x":[1,2]}}"#;
    let sorted = r#"{"a":1.0,"a":1e5,"m":{"x":[1,2],"y":1},"u":"\u00e9\/é","z":18446744073709551616}"#;
    check(typed, "as-typed", typed);
    check(typed, "compact", compact);
    check(typed, "sorted", sorted);
    assert_eq!(payload(&mint(&["--claims", typed])), compact, "compact is the default");
    check("{}", "compact", "{}");
    check("{\n \"a\":\t\"x  y\"\r\n}", "compact", "{\"a\":\"x  y\"}");
    check("{\n \"a\":\t\"x  y\"\r\n}", "as-typed", "{\n \"a\":\t\"x  y\"\r\n}");
}

#[test]
fn placeholders_are_filled_in() {
    let claims =
        r#"{"iat":"{{now}}","old":"{{now-1h}}","t":"{{tenant}}","at":"x{{tenant}}y","n":"{{counter:7}}","b":"{{{{"}"#;
    let token = mint(&["--claims", claims, "--set", "tenant=a\"=b", "--now", "2026-11-21T18:30:00Z"]);
    let expected = r#"{"iat":1795285800,"old":1795282200,"t":"a\"=b","at":"xa\"=by","n":7,"b":"{{"}"#;
    assert_eq!(payload(&token), expected);

    let claims = r#"{"id":"{{uuid}}","r":"{{random:16}}","n":"{{counter}}"}"#;
    let run = run(&["mint", "--secret", SECRET, "--claims", claims, "--count", "1000"]);
    let payloads: Vec<Value> = run.out.lines().map(|token| serde_json::from_str(&payload(token)).unwrap()).collect();
    assert_eq!(payloads.len(), 1000);
    let mut ids: Vec<_> = payloads.iter().map(|claims| claims["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 1000, "every token has its own id");
    assert!(payloads.iter().enumerate().all(|(index, claims)| claims["n"] == index + 1));
    assert!(payloads.iter().all(|claims| claims["r"].as_str().unwrap().len() == 22));
}

#[test]
fn the_expiry_is_changed_in_place_and_nothing_else() {
    #[track_caller]
    fn check(claims: &str, options: &[&str], expected: &str) {
        let arguments = [&["--claims", claims, "--now", "1000", "--serialization", "as-typed"], options].concat();
        assert_eq!(payload(&mint(&arguments)), expected, "{claims} {options:?}");
    }
    check(r#"{ "exp" : 5, "a":1.0 }"#, &["--expires-in", "1h30m"], r#"{ "exp" : 6400, "a":1.0 }"#);
    check(r#"{ "exp" : 5, "a":1.0 }"#, &["--expires-in", "-5m"], r#"{ "exp" : 700, "a":1.0 }"#);
    check(
        r#"{ "exp" : 5, "a":1.0 }"#,
        &["--expires-at", "2026-11-21T18:30:00+00:00"],
        r#"{ "exp" : 1795285800, "a":1.0 }"#,
    );
    check(r#"{"a":1.0}"#, &["--expires-at", "7"], r#"{"a":1.0,"exp":7}"#);
    check(r#"{"exp":1,"a":2,"exp":3}"#, &["--no-expiry"], r#"{"a":2}"#);
    check(r#"{"a":2}"#, &["--no-expiry"], r#"{"a":2}"#);
    assert_eq!(payload(&mint(&["--no-expiry", "--now", "5"])), r#"{"sub":"user-42","iat":5}"#);
}

#[test]
fn the_header_is_typed_or_follows_the_algorithm() {
    let token = mint(&["--header", r#"{"kid":"k 1", "alg":"HS256"}"#, "--alg", "HS384"]);
    assert_eq!(part(&token, 0), r#"{"kid":"k 1","alg":"HS384"}"#);
    let token = mint(&["--header", r#"{"kid":"{{name}}"}"#, "--alg", "HS256", "--set", "name=k"]);
    assert_eq!(part(&token, 0), r#"{"kid":"k","alg":"HS256"}"#);
}

#[test]
fn texts_come_from_arguments_files_and_standard_input() {
    let folder = Folder::new();
    let claims = folder.file("claims.json", "{ \"from\": \"file\" }\n");
    assert_eq!(payload(&mint(&["--claims", &format!("@{claims}")])), r#"{"from":"file"}"#);
    assert_eq!(payload(&mint(&[&claims])), r#"{"from":"file"}"#, "bare claims take the place of a template");
    for arguments in [&["-"][..], &["--claims", "-"], &["--claims", "@-"]] {
        let run = run_with_input(&[&["mint", "--secret", SECRET], arguments].concat(), b"{\"from\":\"stdin\"}");
        assert_eq!(payload(run.out.trim_end()), r#"{"from":"stdin"}"#, "{arguments:?}");
    }
    let twice = run_with_input(&["mint", "-", "--claims", "-"], b"{}");
    assert_eq!(twice.code, 2);
    assert!(twice.err.contains("Standard input can stand in for one argument only"), "{}", twice.err);
}

#[test]
fn tokens_go_into_a_private_file() {
    let folder = Folder::new();
    let path = folder.path("tokens.txt");
    let run = run(&["mint", "--secret", SECRET, "--count", "3", "--output", &path]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    let tokens = fs::read_to_string(&path).unwrap();
    assert_eq!(tokens.lines().count(), 3);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let mut here = command(&["mint", "--secret", SECRET, "--output", "here.txt"]);
    assert!(here.current_dir(folder.0.path()).status().unwrap().success());
    assert!(Path::new(&folder.path("here.txt")).exists());
    refused(&["mint", "--secret", SECRET, "--output", &folder.path("no/where")], "its folder does not exist", "folder");

    // The counter runs over at the second token: the file of before stays.
    let claims = r#"{"n":"{{counter:18446744073709551615}}"}"#;
    let failing = ["mint", "--secret", SECRET, "--claims", claims, "--count", "2", "--output", &path];
    let run = super::run(&failing);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("\n  at 1:7 of the claims\n"), "{}", run.err);
    assert_eq!(fs::read_to_string(&path).unwrap(), tokens);
}

#[test]
fn the_help_shows_every_option_and_warns_about_secrets_in_arguments() {
    let help = run(&["mint", "--help"]);
    assert_eq!((help.code, help.err.as_str()), (0, ""));
    for option in [
        "--claims",
        "--header",
        "--alg",
        "--key",
        "--secret-file",
        "--secret-env",
        "--secret ",
        "--secret-encoding",
        "--expires-in",
        "--expires-at",
        "--no-expiry",
        "--now",
        "--set",
        "--serialization",
        "--count",
        "--csv",
        "--output",
        "--append",
        "--form",
        "--url",
        "--skip-faulty",
        "--rejects",
        "--threads",
        "--from",
        "--shard",
    ] {
        assert!(help.out.contains(option), "{option}");
    }
    assert!(help.out.contains("Warning: other users"), "{}", help.out);
    let version = run(&["--version"]);
    assert_eq!((version.code, version.out.trim_end()), (0, concat!("jwt-workbench ", env!("CARGO_PKG_VERSION"))));
}
