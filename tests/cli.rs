//! The command line as its users meet it: the real program, its output, its exit codes and its words.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use jsonwebtoken::{DecodingKey, Validation};
use jwt_workbench::jose::base64url;
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::{Secret, SecretEncoding};
use serde_json::Value;

const SECRET: &str = "a secret of more than thirty-two bytes for the tests";

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jwt-workbench"));
    command.args(arguments).env_remove("JWT_SECRET").stdin(Stdio::null());
    command
}

/// What a run left behind.
struct Run {
    code: i32,
    out: String,
    err: String,
}

#[track_caller]
fn finished(output: Output) -> Run {
    let run = Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    };
    for word in ["panicked", "Err(", "Some(", "None", "unwrap", "os error", "::", "RUST_BACKTRACE", "Error {", "Kind"] {
        assert!(!run.err.contains(word), "the program's inside shows: {}", run.err);
    }
    run
}

#[track_caller]
fn run(arguments: &[&str]) -> Run {
    finished(command(arguments).output().unwrap())
}

#[track_caller]
fn run_with_input(arguments: &[&str], input: &[u8]) -> Run {
    let mut child =
        command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::Builder::new().spawn(move || stdin.write_all(&input)).unwrap();
    let output = child.wait_with_output().unwrap();
    // A program that stops reading early is not the test's concern.
    writer.join().unwrap().ok();
    finished(output)
}

/// The one line that a successful, silent run printed.
#[track_caller]
fn line(arguments: &[&str]) -> String {
    let run = run(arguments);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments:?}");
    assert_eq!(run.out.matches('\n').count(), 1, "{}", run.out);
    run.out.trim_end().to_owned()
}

fn mint(arguments: &[&str]) -> String {
    line(&[&["mint", "--secret", SECRET], arguments].concat())
}

fn part(token: &str, index: usize) -> String {
    String::from_utf8(base64url::decode(token.split('.').nth(index).unwrap()).unwrap()).unwrap()
}

fn payload(token: &str) -> String {
    part(token, 1)
}

#[track_caller]
fn refused(arguments: &[&str], message: &str, help: &str) {
    let run = run(arguments);
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}: {}", run.err);
    let mut lines = run.err.lines();
    let first = lines.next().unwrap();
    assert!(first.starts_with("error: ") && first.contains(message), "{arguments:?}: {}", run.err);
    assert!(lines.next_back().unwrap().contains(help), "{arguments:?}: {}", run.err);
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).into_os_string().into_string().unwrap()
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path
    }
}

/// Another implementation's view of a token.
#[track_caller]
fn verified_by_jsonwebtoken(token: &str, key: &DecodingKey) -> Value {
    let header = jsonwebtoken::decode_header(token).unwrap();
    let mut validation = Validation::new(header.alg);
    validation.validate_aud = false;
    jsonwebtoken::decode::<Value>(token, key, &validation).unwrap().claims
}

#[track_caller]
fn verified_by_us(token: &str, algorithm: Algorithm, key: &Key) {
    let (input, signature) = token.rsplit_once('.').unwrap();
    let signature = base64url::decode(signature).unwrap();
    key.verifier(algorithm).unwrap().verify(input.as_bytes(), &signature).unwrap();
}

#[test]
fn without_any_argument_a_complete_token_is_minted_and_its_secret_told() {
    let run = run(&["mint"]);
    assert_eq!(run.code, 0);
    let token = run.out.trim_end();
    assert_eq!(part(token, 0), r#"{"alg":"HS256","typ":"JWT"}"#);
    let told = run.err.lines().nth(1).unwrap().trim();
    assert!(run.err.starts_with("note: no secret was given") && run.err.contains("256 bits"), "{}", run.err);
    let secret = base64url::decode(told).unwrap();
    assert_eq!(secret.len(), 32);
    let claims = verified_by_jsonwebtoken(token, &DecodingKey::from_secret(&secret));
    assert_eq!(claims["sub"], "user-42");
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 1800);
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    assert!(now.abs_diff(claims["iat"].as_u64().unwrap()) < 60);
    let again = line(&["mint", "--secret", told, "--secret-encoding", "base64url", "--now", "1795285800"]);
    assert_eq!(payload(&again), r#"{"sub":"user-42","iat":1795285800,"exp":1795287600}"#);
    verified_by_us(&again, Algorithm::HS256, &Key::secret(Secret::from(secret)));
}

#[test]
fn a_generated_secret_is_as_long_as_the_algorithm_asks_for() {
    for (algorithm, bytes) in [("HS384", 48), ("HS512", 64)] {
        let run = run(&["mint", "--alg", algorithm]);
        let secret = base64url::decode(run.err.lines().nth(1).unwrap().trim()).unwrap();
        assert_eq!(secret.len(), bytes, "{algorithm}");
        verified_by_jsonwebtoken(run.out.trim_end(), &DecodingKey::from_secret(&secret));
    }
}

#[test]
fn each_algorithm_is_verified_by_us_and_by_another_implementation() {
    let folder = Folder::new();
    for kind in [KeyKind::Rsa, KeyKind::P256, KeyKind::P384, KeyKind::Ed25519] {
        let key = Key::generate(kind, None).unwrap();
        let pem = folder.file("key.pem", key.to_pem(true).unwrap().bytes());
        let jwk = folder.file("key.jwk", key.to_jwk(true).unwrap().bytes());
        let public = serde_json::from_slice(key.to_jwk(false).unwrap().bytes()).unwrap();
        let theirs = DecodingKey::from_jwk(&public).unwrap();
        for algorithm in kind.algorithms() {
            for path in [&pem, &jwk] {
                let token = line(&["mint", "--key", path, "--alg", algorithm.name()]);
                verified_by_us(&token, algorithm, &key);
                assert_eq!(verified_by_jsonwebtoken(&token, &theirs)["sub"], "user-42");
            }
        }
    }
    for algorithm in ["HS256", "HS384", "HS512"] {
        let token = mint(&["--alg", algorithm]);
        verified_by_us(&token, Algorithm::from_name(algorithm).unwrap(), &Key::secret(SECRET.to_owned().into()));
        verified_by_jsonwebtoken(&token, &DecodingKey::from_secret(SECRET.as_bytes()));
    }
}

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

const TEMPLATE: &str = r#"{
  "format": "jwt-workbench.template",
  "version": 1,
  "name": "T",
  "serialization": "as-typed",
  "variables": { "tenant": "acme", "quota": 5 },
  "header": { "alg": "HS256" },
  "claims": { "t": "{{tenant}}", "q": "{{quota}}" },
  "key": { "secret_encoding": "hex", "env": "JWT_SECRET" }
}"#;

#[test]
fn a_template_brings_texts_variables_and_hints_at_its_secret() {
    let folder = Folder::new();
    let template = folder.file("t.jwt.json", TEMPLATE);
    let minted = |options: &[&str]| {
        finished(command(&[&["mint", &template], options].concat()).env("JWT_SECRET", "0a0B").output().unwrap())
    };
    let run = minted(&[]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let token = run.out.trim_end();
    assert_eq!((part(token, 0), payload(token)), (r#"{ "alg": "HS256" }"#.into(), r#"{ "t": "acme", "q": 5 }"#.into()));
    verified_by_us(token, Algorithm::HS256, &Key::secret(Secret::from(vec![0x0a, 0x0b])));
    let changed = minted(&["--set", "tenant=x", "--set", "quota=[1, 2]", "--serialization", "compact"]);
    assert_eq!(payload(changed.out.trim_end()), r#"{"t":"x","q":[1,2]}"#);

    refused(&["mint", &template], "JWT_SECRET is not set", "Set JWT_SECRET");
    let named = line(&["mint", &template, "--secret", "0c"]);
    verified_by_us(&named, Algorithm::HS256, &Key::secret(Secret::from(vec![0x0c])));
    refused(&["mint", &template, "--secret", "xyz"], "Byte 1 of the secret does not belong in hex", "encoding");
}

#[test]
fn secrets_come_from_files_variables_and_pipes_in_each_encoding() {
    #[track_caller]
    fn check(arguments: &[&str], bytes: &[u8]) {
        let run = finished(command(&[&["mint"], arguments].concat()).env("MY_SECRET", "fh8=").output().unwrap());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments:?}");
        verified_by_us(run.out.trim_end(), Algorithm::HS256, &Key::secret(Secret::from(bytes.to_vec())));
    }
    let folder = Folder::new();
    check(&["--secret-env", "MY_SECRET"], b"fh8=");
    check(&["--secret-env", "MY_SECRET", "--secret-encoding", "base64"], &[0x7e, 0x1f]);
    check(&["--secret", "fh8", "--secret-encoding", "base64url"], &[0x7e, 0x1f]);
    check(&["--secret", "7e1F", "--secret-encoding", "hex"], &[0x7e, 0x1f]);
    check(&["--secret", "-dash"], b"-dash");
    check(&["--secret-file", &folder.file("text", "secret\n")], b"secret");
    check(&["--secret-file", &folder.file("windows", "secret\r\n")], b"secret");
    check(&["--secret-file", &folder.file("two", "secret\n\n")], b"secret\n");
    check(&["--secret-file", &folder.file("binary", b"\xff\x00\n")], b"\xff\x00\n");
    check(&["--secret-file", &folder.file("base64", "fh8=\n"), "--secret-encoding", "base64"], &[0x7e, 0x1f]);
    let run = run_with_input(&["mint", "--secret-file", "-"], b"piped\n");
    verified_by_us(run.out.trim_end(), Algorithm::HS256, &Key::secret("piped".to_owned().into()));
    #[cfg(unix)]
    {
        let pipe = folder.path("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let writer = std::thread::Builder::new().spawn({
            let pipe = pipe.clone();
            move || fs::write(pipe, "from a pipe\n")
        });
        check(&["--secret-file", &pipe], b"from a pipe");
        writer.unwrap().join().unwrap().unwrap();
    }
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
    let run = self::run(&failing);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("\n  at 1:7 of the claims\n"), "{}", run.err);
    assert_eq!(fs::read_to_string(&path).unwrap(), tokens);
}

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
        (&["--alg", "ES512"], "ES512 is not supported", "ES384"),
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
        (&[&large], "95 MiB, the limit is 16 MiB", "right file"),
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
    let run = self::run(&["mint", "--key", &binary]);
    assert!(run.err.contains(&format!("\n  in {binary}\n")), "{}", run.err);
    let run = self::run(&["mint", "--claims", "{\n \"a\": 1,\n}"]);
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
            r#""signature_bytes":32,"sizes":{{"token":{},"header":{},"payload":{},"signature":{}}},"findings":[]}}"#,
        ),
        token.len(),
        header,
        payload,
        signature,
    );
    assert_eq!(line(&["inspect", &token, "--json"]), expected);
    let run = run_with_input(&["inspect", "-", "--json"], format!(" {token}\r\n").as_bytes());
    assert_eq!((run.code, run.out.trim_end()), (0, expected.as_str()));
    let folder = Folder::new();
    let file = folder.file("token", &token);
    assert_eq!(line(&["inspect", &format!("@{file}"), "--json"]), expected);
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
    assert_eq!(answer["findings"][0]["line"], 2);
    assert_eq!((&answer["claims"], &answer["payload_text"]), (&Value::Null, &Value::from("{\n\"a\" 1}")));
    let answer =
        check("W10._w.AA", 0, "jws", &[("S05", "header", Some(0), Some(1)), ("S04", "payload", Some(4), None)]);
    assert_eq!((&answer["header"], &answer["payload_text"]), (&serde_json::json!([]), &Value::Null));
}

#[test]
fn many_tokens_are_inspected_a_line_each() {
    let token = mint(&[]);
    let input = format!("{token}\n\nabc\r\n\u{fffd}.e30.AA\n  {token}");
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
    let run = self::run(&["inspect", "\u{1b}[31m.e30=.AA"]);
    assert!(run.out.contains("Problems\n  S03 Header, character 1: "), "{}", run.out);
    assert!(!run.out.contains('\u{1b}'), "{}", run.out);
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
        "--output",
    ] {
        assert!(help.out.contains(option), "{option}");
    }
    assert!(help.out.contains("Warning: other users"), "{}", help.out);
    assert!(!help.out.contains("--csv") && !help.out.contains("--threads"), "only what there is");
    let version = run(&["--version"]);
    assert_eq!((version.code, version.out.trim_end()), (0, concat!("jwt-workbench ", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn the_window_refuses_what_it_cannot_show() {
    refused(&["--page", "orbit"], "invalid value 'orbit' for '--page <PAGE>'", "--help");
    assert!(run(&["--page", "orbit"]).err.contains("[possible values: craft, examples, settings]"));
    refused(&["--theme", "mauve"], "invalid value 'mauve'", "--help");
    refused(&["--size", "1280"], "1280x820", "--help");
    refused(&["minty"], "There is no file minty", "Commands are mint and inspect");
    refused(&["mint", "inspect", "x"], "unexpected argument 'x'", "--help");
}

/// A secret shown on a terminal or in a process list is no secret: errors never repeat it.
#[test]
fn errors_never_repeat_a_secret() {
    let folder = Folder::new();
    let secret = "hunter2hunter2";
    let file: PathBuf = folder.file("secret", secret).into();
    for arguments in [
        &["--secret", secret, "--secret-encoding", "hex"][..],
        &["--secret", secret, "--alg", "RS256"],
        &["--secret-file", file.to_str().unwrap(), "--alg", "RS256"],
        &["--key", file.to_str().unwrap()],
        &["--secret", secret, "--claims", "{"],
    ] {
        let run = run(&[&["mint"], arguments].concat());
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(!run.err.contains("hunter2"), "{}", run.err);
    }
    assert_eq!(SecretEncoding::ALL.len(), 4, "a new encoding needs a test above");
}
