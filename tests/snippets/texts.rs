//! The text of the code, and what is said instead of code.

use jwt_workbench::jose::jwa::Algorithm;
use jwt_workbench::snippet::{Draft, Language};
use jwt_workbench::template::file::TemplateFile;

use super::with_algorithm;

#[test]
fn a_small_draft_is_small_code() {
    let template =
        TemplateFile::new("First", r#"{"alg":"HS256","typ":"JWT"}"#, r#"{"sub":"user-42","exp":"{{now+30m}}"}"#);
    let code = Draft::read(&template).unwrap().snippet(Language::PyJwt).unwrap().code;
    let expected = r#"# First: a token with PyJWT, signed with HS256.
# pip install pyjwt

import os
from datetime import datetime, timedelta, timezone

import jwt

SECRET = os.environ["JWT_SECRET"]


def mint() -> str:
    now = datetime.now(timezone.utc)
    claims = {
        "sub": "user-42",
        "exp": now + timedelta(minutes=30),
    }
    # HS256 is what PyJWT takes when nothing is said: algorithm may be left out.
    return jwt.encode(claims, SECRET, algorithm="HS256")


if __name__ == "__main__":
    print(mint())
"#;
    assert_eq!(code, expected);
}

#[test]
fn what_a_library_cannot_do_is_said_with_one_that_can() {
    #[track_caller]
    fn check(language: Language, header: &str, claims: &str, algorithm: Algorithm, message: &str, help: &str) {
        let template = with_algorithm(&TemplateFile::new("", header, claims), algorithm);
        let problem = Draft::read(&template).unwrap().snippet(language).unwrap_err();
        assert_eq!(problem.code, "snippet-unsupported");
        assert!(problem.message.contains(message), "{}", problem.message);
        assert!(problem.help.contains(help), "{}", problem.help);
    }
    use Algorithm::{EdDSA, HS256};
    check(Language::Jsonwebtoken, "{}", "{}", EdDSA, "EdDSA", "jose");
    check(Language::PyJwt, "{}", r#"{"iss":1}"#, HS256, "iss", "text");
    check(Language::PyJwt, r#"{"kid":1}"#, "{}", HS256, "kid", "text");
    check(Language::PyJwt, "{}", r#"{"a":[1e400]}"#, HS256, "1e400", "Go");
    check(Language::Jose, "{}", r#"{"a":[1e400]}"#, HS256, "1e400", "Go");
    check(Language::Jsonwebtoken, r#"{"kid":"é"}"#, "{}", HS256, "ASCII", "jose");
    check(Language::Rust, "{}", "{}", Algorithm::ES512, "ES512", "golang-jwt");
    check(Language::Rust, r#"{"kid":1}"#, "{}", HS256, "kid", "golang-jwt");
    check(Language::CSharp, "{}", "{}", EdDSA, "EdDSA", "golang-jwt");
    check(Language::Java, "{}", r#"{"exp":"soon"}"#, HS256, "exp", "number");
    check(Language::Java, "{}", r#"{"exp":1.5}"#, HS256, "whole seconds", "golang-jwt");
    check(Language::Java, "{}", r#"{"sub":1}"#, HS256, "sub", "text");
    check(Language::Go, "{}", r#"{"a":"{{counter:9223372036854775808}}"}"#, HS256, "counter", "PyJWT");
    check(Language::Jose, r#"{"crit":["x"],"x":1}"#, "{}", HS256, "crit", "jsonwebtoken");
    check(Language::Jose, "{}", r#"{"a":"{{counter:9007199254740992}}"}"#, HS256, "counter", "PyJWT");
}

#[test]
fn a_number_that_is_rounded_is_said_beside_it() {
    let template = TemplateFile::new("", r#"{"alg":"HS256"}"#, r#"{"n":9007199254740993,"d":0.12345678901234567890}"#);
    let draft = Draft::read(&template).unwrap();
    let python = draft.snippet(Language::PyJwt).unwrap().code;
    assert!(python.contains("\"n\": 9007199254740993,\n"), "{python}");
    assert!(python.contains("0.12345678901234567890,  # rounded to 0.12345678901234568"), "{python}");
    let node = draft.snippet(Language::Jose).unwrap().code;
    assert!(node.contains("n: 9007199254740993, // rounded to 9007199254740992"), "{node}");
}
