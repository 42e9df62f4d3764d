//! The command line as its users meet it: the real program, its output, its exit codes and its words.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod errors;
mod inspect;
mod key;
mod keys;
mod lab;
mod measure;
mod mint;
mod mint_many;
mod verify;

use std::fs;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use jsonwebtoken::{DecodingKey, Validation};
use jwt_workbench::jose::base64url;
use jwt_workbench::jose::jwa::Algorithm;
use jwt_workbench::jose::key::Key;
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
