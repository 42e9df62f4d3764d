//! `key inspect`, `key generate` and `key convert`, and encrypted keys and JWK Sets to sign with.

use std::fs;
use std::process::Command;

use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use serde_json::{Value, json};

use super::{Folder, Run, command, finished, line, refused, run, run_with_input, verified_by_us};

/// The answer of `key inspect --json`, with its exit code.
#[track_caller]
fn inspected(arguments: &[&str]) -> (i32, Value) {
    let Run { code, out, err } = run(&[&["key", "inspect", "--json"], arguments].concat());
    assert_eq!((err.as_str(), out.matches('\n').count()), ("", 1), "{out}");
    (code, serde_json::from_str(&out).unwrap())
}

#[test]
fn a_generated_key_is_inspected_converted_and_signs() {
    let folder = Folder::new();
    for algorithm in Algorithm::ALL {
        let name = algorithm.name();
        let is_secret = algorithm.key_kind() == KeyKind::Secret;
        let path = folder.path(name);
        let made = run(&["key", "generate", name, "--output", &path]);
        assert_eq!((made.code, made.out.as_str(), made.err.as_str()), (0, "", ""), "{name}");
        let (code, told) = inspected(&[&path]);
        assert_eq!((code, &told["private"], &told["problems"]), (0, &json!(true), &json!([])), "{told}");
        assert_eq!(told["form"], if is_secret { "JWK" } else { "PEM PRIVATE KEY" });
        assert!(told["algorithms"].as_array().unwrap().contains(&json!(name)), "{told}");

        let token = line(&["mint", "--alg", name, "--key", &path]);
        let jwk = line(&["key", "convert", &path, "--to", "jwk"]);
        verified_by_us(&token, algorithm, &Key::read(jwk.as_bytes()).unwrap());
        if is_secret {
            refused(&["key", "convert", &path, "--to", "pem"], "no PEM form", "JWK");
            refused(&["key", "convert", &path, "--to", "public-jwk"], "no public part", "private JWK");
            continue;
        }
        let public = line(&["key", "convert", &path, "--to", "public-jwk", "--kid", "one"]);
        let key = Key::read(public.as_bytes()).unwrap();
        assert_eq!((key.kid(), key.is_private()), (Some("one"), false));
        assert_eq!(key.thumbprint().as_deref(), told["thumbprint"].as_str());
        verified_by_us(&token, algorithm, &key);
        let pem = run(&["key", "convert", &path, "--to", "public-pem"]).out;
        assert_eq!(pem, run_with_input(&["key", "convert", "-", "--to", "pem"], public.as_bytes()).out);
        assert!(pem.starts_with("-----BEGIN PUBLIC KEY-----\n") && pem.ends_with("-----END PUBLIC KEY-----\n"));
    }
}

#[test]
fn a_new_jwk_says_what_it_is_for() {
    let jwk: Value = serde_json::from_str(&line(&["key", "generate", "ES512", "--format", "jwk"])).unwrap();
    assert_eq!((&jwk["crv"], &jwk["alg"], &jwk["use"]), (&json!("P-521"), &json!("ES512"), &json!("sig")));
    let key = Key::read(jwk.to_string().as_bytes()).unwrap();
    assert_eq!(key.kid(), key.thumbprint().as_deref());
    let secret = Key::read(line(&["key", "generate", "HS512", "--kid", "mine"]).as_bytes()).unwrap();
    assert_eq!((secret.bits(), secret.kid()), (512, Some("mine")));
    let rsa = Key::read(line(&["key", "generate", "PS256", "--bits", "3072", "--format", "jwk"]).as_bytes()).unwrap();
    assert_eq!(rsa.bits(), 3072);
    refused(&["key", "generate", "RS256", "--bits", "1024"], "1024 bits cannot be generated", "2048");
    refused(&["key", "generate", "HS384", "--bits", "256"], "at least 384 bits", "--bits");
    refused(&["key", "generate", "ES256", "--bits", "256"], "given by its curve", "--bits");
    refused(&["key", "generate", "HS256", "--format", "pem"], "no PEM form", "JWK");
    refused(&["key", "generate", "ES256K"], "secp256k1", "ES256");
}

#[test]
fn a_file_is_never_replaced_unasked_and_only_its_owner_reads_it() {
    let folder = Folder::new();
    let path = folder.file("key.pem", "precious");
    refused(&["key", "generate", "EdDSA", "--output", &path], "key.pem exists already", "--force");
    assert_eq!(fs::read_to_string(&path).unwrap(), "precious");
    assert_eq!(run(&["key", "generate", "EdDSA", "--output", &path, "--force"]).code, 0);
    assert!(Key::read(&fs::read(&path).unwrap()).is_ok());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let new = folder.path("new.jwk");
        assert_eq!(run(&["key", "convert", &path, "--to", "jwk", "--output", &new]).code, 0);
        for path in [path, new] {
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}

#[test]
fn what_cannot_be_used_is_named_and_told_why() {
    #[track_caller]
    fn check(content: &str, id: &str, expected: &Value, message: &str) {
        let Run { code, out, .. } = run_with_input(&["key", "inspect", "--json", "-"], content.as_bytes());
        let told: Value = serde_json::from_str(&out).unwrap();
        assert_eq!((code, &told["problems"][0]["id"], &told["problems"][0]["part"]), (1, &json!(id), &json!("key")));
        for (name, value) in expected.as_object().unwrap() {
            assert_eq!(&told[name], value, "{name} of {told}");
        }
        assert!(told["problems"][0]["message"].as_str().unwrap().contains(message), "{told}");
        let text = run_with_input(&["key", "inspect", "-"], content.as_bytes());
        assert_eq!(text.code, 1);
        assert!(text.out.contains(message), "{}", text.out);
    }
    let n = format!("0{}8", "_".repeat(169));
    let short = format!(r#"{{"kty":"RSA","kid":"a","n":"{n}","e":"AQAB"}}"#);
    check(
        &short,
        "K06",
        &json!({"kind": "rsa", "form": "JWK", "bits": 1024, "private": false, "kid": "a"}),
        "1024 bits",
    );
    let ed448 = r#"{"kty":"OKP","crv":"Ed448","x":"AA","d":"AA"}"#;
    check(ed448, "K09", &json!({"kind": "okp", "curve": "Ed448", "bits": 456, "private": true}), "Ed448");
    let weak = r#"{"kty":"oct","k":"AAAA"}"#;
    check(weak, "K01", &json!({"kind": "oct", "bits": 24, "algorithms": []}), "at least 32 bytes");
    check("ssh-ed25519 AAAA me@here", "K09", &json!({"kind": "openssh", "form": "text", "algorithms": []}), "OpenSSH");
    check("nonsense", "K09", &json!({"kind": "unknown", "thumbprint": null, "curve": null}), "neither PEM nor a JWK");
    check("", "K09", &json!({"kind": "unknown"}), "nothing");
}

#[test]
fn a_jwk_set_is_told_key_by_key_in_its_order() {
    let good = line(&["key", "generate", "ES256", "--format", "jwk", "--kid", "a"]);
    let set = format!(r#"{{"keys":[{{"kty":"EC","crv":"secp256k1","kid":"odd"}},{good},{good}]}}"#);
    let Run { code, out, .. } = run_with_input(&["key", "inspect", "-", "--json"], set.as_bytes());
    let told: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &told["kind"], &told["form"]), (0, &json!("jwks"), &json!("JWK Set")));
    let keys = told["keys"].as_array().unwrap();
    assert_eq!(keys.iter().map(|key| key["kid"].as_str().unwrap()).collect::<Vec<_>>(), ["odd", "a", "a"]);
    assert_eq!((&keys[0]["curve"], &keys[0]["bits"]), (&json!("secp256k1"), &json!(256)));
    assert_eq!(keys[1]["algorithms"], json!(["ES256"]));
    assert!(told["problems"][0]["message"].as_str().unwrap().contains("share the kid 'a'"), "{told}");
    let text = run_with_input(&["key", "inspect", "-"], set.as_bytes()).out;
    assert!(text.starts_with("JWK Set of 3 keys, 1 of which cannot be used\n") && !text.contains("\"d\""), "{text}");
}

#[test]
fn lines_are_answered_one_by_one_whatever_they_hold() {
    let pem = run(&["key", "generate", "EdDSA"]).out;
    let lines = format!("{}\nnot json\n\n5\n{}\n\"\\ud800\"\n", json!(pem), json!("nonsense"));
    let Run { code, out, err } = run_with_input(&["key", "inspect", "--lines"], lines.as_bytes());
    assert_eq!((code, err.as_str()), (0, ""));
    let answers: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 6);
    assert_eq!((&answers[0]["kind"], &answers[0]["form"]), (&json!("okp"), &json!("PEM PRIVATE KEY")));
    assert!([1, 2, 3].iter().all(|index| answers[*index]["error"]["code"] == "usage"), "{out}");
    assert_eq!(answers[4]["kind"], "unknown");
    let flood = format!("\"{}\"\n{}\n", "x".repeat(17 << 20), json!(pem));
    let out = run_with_input(&["key", "inspect", "--lines"], flood.as_bytes()).out;
    let kinds: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&kinds[0]["error"]["code"], &kinds[1]["kind"]), (&json!("file-too-large"), &json!("okp")), "{out}");
    let missing = run(&["key", "inspect", "--json", "nowhere.pem"]);
    assert_eq!(missing.code, 2);
    assert!(missing.out.starts_with(r#"{"error":{"code":"file-missing""#), "{}", missing.out);
}

#[test]
fn an_encrypted_key_opens_with_its_passphrase() {
    let folder = Folder::new();
    let plain = folder.file("plain.pem", run(&["key", "generate", "ES384"]).out);
    let path = folder.path("locked.pem");
    let arguments = ["pkcs8", "-topk8", "-in", &plain, "-passout", "pass:open sesame", "-out", &path];
    let Ok(made) = Command::new("openssl").args(arguments).status() else { return };
    assert!(made.success());
    let (code, told) = inspected(&[&path]);
    assert_eq!((code, &told["kind"], &told["private"]), (1, &json!("encrypted"), &json!(true)));
    assert!(told["problems"][0]["message"].as_str().unwrap().contains("--passphrase-file"), "{told}");
    refused(&["mint", "--alg", "ES384", "--key", &path], "its passphrase is needed", "--passphrase-env");

    let word = folder.file("word", "open sesame\n");
    let (code, told) = inspected(&[&path, "--passphrase-file", &word]);
    assert_eq!((code, &told["curve"], &told["form"]), (0, &json!("P-384"), &json!("PEM ENCRYPTED PRIVATE KEY")));
    let token = line(&["mint", "--alg", "ES384", "--key", &path, "--passphrase-file", &word]);
    verified_by_us(&token, Algorithm::ES384, &Key::read(&fs::read(&plain).unwrap()).unwrap());
    let arguments = ["key", "convert", &path, "--to", "pem", "--passphrase-env", "WORD"];
    let opened = finished(command(&arguments).env("WORD", "open sesame").output().unwrap());
    assert_eq!(opened.out, fs::read_to_string(&plain).unwrap());
    let wrong = folder.file("wrong", "sesame");
    refused(&["key", "convert", &path, "--to", "pem", "--passphrase-file", &wrong], "does not open", "Type it again");
    refused(&["key", "convert", &path, "--to", "pem", "--passphrase-env", "NO_WORD"], "NO_WORD is not set", "NO_WORD");
}

#[test]
fn a_jwk_set_signs_with_the_key_the_header_names() {
    let folder = Folder::new();
    let jwk = |arguments: &[&str]| line(&[&["key", "generate"], arguments, &["--format", "jwk"]].concat());
    let [a, b] = ["a", "b"].map(|kid| jwk(&["ES256", "--kid", kid]));
    let secret = jwk(&["HS256", "--kid", "s"]);
    let set = folder.file("set.json", format!(r#"{{"keys":[{a},{b},{secret}]}}"#));
    let signed = |header: &str| line(&["mint", "--header", header, "--key", &set]);
    let key = |jwk: &str| Key::read(jwk.as_bytes()).unwrap();
    verified_by_us(&signed(r#"{"alg":"ES256","kid":"b"}"#), Algorithm::ES256, &key(&b));
    verified_by_us(&signed(r#"{"alg":"HS256"}"#), Algorithm::HS256, &key(&secret));
    refused(&["mint", "--header", r#"{"alg":"ES256"}"#, "--key", &set], "2 keys of this JWK Set can sign", "a, b");
    refused(&["mint", "--header", r#"{"alg":"ES256","kid":"s"}"#, "--key", &set], "ES256 needs a P-256 key", "HS256");

    let other = folder.file("enc.jwk", secret.replace(r#""sig""#, r#""enc""#));
    refused(&["mint", "--key", &other], "use 'enc'", "JWK");
    let [certificate, new] = ["certificate.pem", "new.pem"].map(|name| folder.path(name));
    let request = ["req", "-x509", "-newkey", "ed25519", "-nodes", "-subj", "/CN=x", "-keyout"];
    let arguments = [&request[..], &[&new, "-out", &certificate]].concat();
    if Command::new("openssl").args(arguments).output().is_ok() {
        refused(&["mint", "--alg", "EdDSA", "--key", &certificate], "A certificate holds a public key", "private key");
    }
}
