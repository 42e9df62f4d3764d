//! Another implementation (PyJWT) reads our tokens, and makes some of its own.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// What PyJWT says about a token whose signature and times it accepted.
pub(crate) struct Reading {
    /// `alg` of the header.
    pub(crate) alg: String,
    /// The exact text of the payload.
    pub(crate) payload: String,
    /// `exp` as a number.
    pub(crate) exp: i64,
    /// Seconds from now to `exp`.
    pub(crate) exp_ahead: f64,
}

/// The Python that has PyJWT, as `make test` sets it up.
pub(crate) fn python() -> Option<String> {
    std::env::var("JWT_WORKBENCH_PYTHON").ok()
}

/// Lets PyJWT verify a token with a PEM public key or the text of a secret.
#[track_caller]
pub(crate) fn read(token: &str, alg: &str, key: &str) -> Reading {
    read_for(token, alg, key, &Value::Null)
}

/// The same of a token that is meant for an audience: its name, or `true` for any.
#[track_caller]
pub(crate) fn read_for(token: &str, alg: &str, key: &str, audience: &Value) -> Reading {
    let answer = ask("reader.py", &json!({ "token": token, "alg": alg, "key": key, "audience": audience }));
    Reading {
        alg: answer["header"]["alg"].as_str().unwrap_or_default().to_owned(),
        payload: answer["payload"].as_str().unwrap_or_default().to_owned(),
        exp: answer["claims"]["exp"].as_i64().unwrap_or_default(),
        exp_ahead: answer["exp_ahead"].as_f64().unwrap_or_default(),
    }
}

/// A token that PyJWT has minted.
pub(crate) struct Made {
    /// The token.
    pub(crate) token: String,
    /// What verifies it: the text of the secret, or a public key as PEM.
    pub(crate) key: String,
}

/// Lets PyJWT mint a token that expires so many seconds from now, with a key of its own.
#[track_caller]
pub(crate) fn mint(alg: &str, claims: &str, expires_in: i64) -> Made {
    let claims: Value = serde_json::from_str(claims).expect("claims are JSON");
    let answer = ask("minter.py", &json!({ "alg": alg, "claims": claims, "expires_in": expires_in }));
    let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    Made { token: text("token"), key: text("key") }
}

#[track_caller]
fn ask(script: &str, question: &Value) -> Value {
    let mut python = Command::new(python().expect("JWT_WORKBENCH_PYTHON names a Python"))
        .arg(format!("{}/tests/window/{script}", env!("CARGO_MANIFEST_DIR")))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let mut input = python.stdin.take().expect("the question goes through a pipe");
    input.write_all(question.to_string().as_bytes()).expect("Python reads the question");
    drop(input);
    let output = python.wait_with_output().expect("Python answers");
    assert!(output.status.success(), "PyJWT refused {question}");
    serde_json::from_slice(&output.stdout).expect("Python answers in JSON")
}
