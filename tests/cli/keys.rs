//! Keys and secrets: where they come from, and that other implementations accept what they sign.

use std::fs;
use std::process::Command;

use jsonwebtoken::DecodingKey;
use jwt_workbench::jose::base64url;
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::{Secret, SecretEncoding};

use super::{
    Folder, SECRET, TEMPLATE, command, finished, line, mint, part, payload, refused, run, run_with_input,
    verified_by_jsonwebtoken, verified_by_us,
};

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

/// A secret shown on a terminal or in a process list is no secret: errors never repeat it.
#[test]
fn errors_never_repeat_a_secret() {
    let folder = Folder::new();
    let secret = "hunter2hunter2";
    let file = folder.file("secret", secret);
    for arguments in [
        &["--secret", secret, "--secret-encoding", "hex"][..],
        &["--secret", secret, "--alg", "RS256"],
        &["--secret-file", file.as_str(), "--alg", "RS256"],
        &["--key", file.as_str()],
        &["--secret", secret, "--claims", "{"],
    ] {
        let run = run(&[&["mint"], arguments].concat());
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(!run.err.contains("hunter2"), "{}", run.err);
    }
    assert_eq!(SecretEncoding::ALL.len(), 4, "a new encoding needs a test above");
}
