//! What goes wrong: exit codes, words, and the next step.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use serde_json::Value;

use super::{Folder, SECRET, TEMPLATE, command, finished, mint, refused, run, verified_by_us};

#[test]
fn wrong_input_is_told_with_a_next_step() {
    let folder = Folder::new();
    let rsa = folder.file("public.pem", Key::generate(KeyKind::P256, None).unwrap().to_pem(false).unwrap().bytes());
    let private = folder.file("private.pem", Key::generate(KeyKind::P256, None).unwrap().to_pem(true).unwrap().bytes());
    let binary = folder.file("binary", [0x89, b'P', 0, 1]);
    let large = folder.path("large");
    fs::File::create(&large).unwrap().set_len(100_000_000).unwrap();
    let token = folder.file("token", mint(&[]));
    let later = folder.file("later.jwt.json", TEMPLATE.replace("\"version\": 1", "\"version\": 2"));
    let broken = folder.file("broken.jwt.json", TEMPLATE.replace("\"key\"", "key"));

    let cases: &[(&[&str], &str, &str)] = &[
        (&["--claims", "{\"a\":}"], "a value", ""),
        (&["--claims", "[]"], "The claims are an array", "{\"name\": value}"),
        (&["--claims", r#"{"a":"{{nobody}}"}"#], "'nobody'", "variable"),
        (&["--claims", r#"{"a":"{{now+5x}}"}"#], "'x' is not a unit", "s, m, h, d"),
        (&["--claims", "{}", "--set", "x"], "--set x names no variable", "name=value"),
        (&["--header", "{}"], "alg is missing", ""),
        (&["--header", "[]", "--alg", "HS256"], "not a JSON object", "alg"),
        (&["--header", r#"{"alg":"none"}"#], "none", ""),
        (&["--alg", "hs256"], "hs256", "HS256"),
        (&["--alg", "ES256K"], "ES256K is not supported", "ES256"),
        (&["--alg", "RS256"], "RS256 signs with an RSA key", "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits"),
        (&["--alg", "ES384"], "ES384 signs with a P-384 key", "ec_paramgen_curve:P-384"),
        (&["--alg", "EdDSA"], "EdDSA signs with an Ed25519 key", "-algorithm ED25519"),
        (&["--alg", "RS256", "--secret", "x"], "RS256 needs an RSA key; this is a shared secret", "HS256"),
        (&["--key", &private], "HS256 needs a shared secret; this is a P-256 key", "ES256"),
        (&["--alg", "ES256", "--key", &rsa], "This is a public key", "private key"),
        (&["--key", &binary], "", ""),
        (&["--key", "/nowhere"], "Cannot open /nowhere: there is no such file", "Check the name"),
        (&["--secret", ""], "HS256 needs a secret; it is empty", ""),
        (&["--secret-env", "NOT_THERE"], "NOT_THERE is not set", "Set NOT_THERE"),
        (&["--secret", "%", "--secret-encoding", "base64"], "Byte 1 of the secret", ""),
        (&["--expires-in", "30"], "30 has no unit", "30m"),
        (&["--expires-at", "tomorrow"], "tomorrow is not an instant", "2026-11-21T18:30:00Z"),
        (&["--now", "-1"], "-1 is outside the years 1970 to 9999", "seconds since 1970"),
        (&["--expires-in", "9999999w"], "not between the years 1970 and 9999", ""),
        (&["--count", "0"], "1 or more", "--help"),
        (&["--expires-in", "1h", "--no-expiry"], "cannot be used with", "--help"),
        (&["--secret", "x", "--key", "y"], "cannot be used with", "--help"),
        (&["--serialization", "pretty"], "pretty", "--help"),
        (&["--frobnicate"], "--frobnicate", "--help"),
        (&["/"], "Cannot open /: it is a folder", "file"),
        (&[&binary], "not UTF-8 text", "template"),
        (&[&large], "96 MiB, the limit is 16 MiB", "right file"),
        (&[&token], "holds a token, not a template", "inspect"),
        (&[&private], "holds a key, not a template", "--key"),
        (&[&later], "version 2", "Update the program"),
        (&[&broken], "", ""),
    ];
    for (arguments, message, help) in cases {
        refused(&[&["mint"], *arguments].concat(), message, help);
    }
    let run = run(&["mint", &broken]);
    assert!(run.err.contains(&format!("\n  at 9:3 of {broken}\n")), "{}", run.err);
    let run = super::run(&["mint", "--key", &binary]);
    assert!(run.err.contains(&format!("\n  in {binary}\n")), "{}", run.err);
    let run = super::run(&["mint", "--claims", "{\n \"a\": 1,\n}"]);
    assert!(run.err.contains("\n  at 3:1 of the claims\n"), "{}", run.err);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut child = command(&["mint", "--secret", SECRET, "--count", "1000000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let run = finished(child.wait_with_output().unwrap());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    verified_by_us(first.trim_end(), Algorithm::HS256, &Key::secret(SECRET.to_owned().into()));
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_is_full_is_told() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run = finished(command(&["mint", "--secret", SECRET]).stdout(full).output().unwrap());
    assert_eq!(run.code, 2);
    assert!(run.err.contains("Cannot save standard output: there is no space left"), "{}", run.err);
}

#[test]
fn errors_are_json_where_json_was_asked_for() {
    #[track_caller]
    fn check(arguments: &[&str], code: &str, message: &str) {
        let run = run(arguments);
        assert_eq!((run.code, run.err.as_str()), (2, ""), "{arguments:?}");
        let answer: Value = serde_json::from_str(&run.out).unwrap();
        let error = answer["error"].as_object().unwrap();
        assert_eq!(error["code"], code);
        assert!(error["message"].as_str().unwrap().contains(message), "{answer}");
        assert!(
            !error["help"].as_str().unwrap().is_empty() && error.contains_key("line") && error.contains_key("column")
        );
    }
    check(&["inspect", "--json"], "usage", "<TOKEN>");
    check(&["inspect", "--json", "--frobnicate"], "usage", "--frobnicate");
    check(&["inspect", "--json", "@/nowhere"], "file-missing", "no such file");
    check(&["inspect", "--json", "x", "--now", "soon"], "instant", "soon is not an instant");
    check(&["inspect", "--lines", "x"], "usage", "standard input");
}

#[test]
fn the_window_refuses_what_it_cannot_show() {
    refused(&["--page", "orbit"], "invalid value 'orbit' for '--page <PAGE>'", "--help");
    assert!(
        run(&["--page", "orbit"])
            .err
            .contains("[possible values: craft, inspect, compare, timing, bulk, keys, settings")
    );
    refused(&["--page", "timing", "--tab", "charts"], "invalid value 'charts' for '--tab <TAB>'", "--help");
    refused(&["--page", "compare", "--tab", "growth"], "The page compare has no part named growth", "costs, claims");
    refused(&["--page", "craft", "--tab", "growth"], "The page craft has no part named growth", "library, minted");
    refused(&["--tab", "growth"], "required arguments were not provided", "--help");
    assert!(run(&["--tab", "growth"]).err.contains("--page <PAGE>"));
    refused(&["--theme", "mauve"], "invalid value 'mauve'", "--help");
    refused(&["--size", "1280"], "1280x820", "--help");
    refused(&["minty"], "There is no file minty", "Commands are mint, inspect, verify, measure and key");
    refused(&["mint", "inspect", "x"], "unexpected argument 'x'", "--help");
}
