//! The RFCs' own examples, keys that other projects test with, and OpenSSL as the other side.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking and says why it was skipped")]

use std::path::PathBuf;
use std::process::Command;

use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::key_read::PASSPHRASE_NEEDED;
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::jose::{base64url, compact};
use serde_json::Value;
use spki::der::asn1::Uint;
use spki::der::{Decode as _, Encode as _};

/// The rows of a corpus, or `None`, said aloud, where the corpora are not.
fn corpus(name: &str) -> Option<Vec<Value>> {
    let folder =
        std::env::var_os("JWT_WORKBENCH_CORPORA").map_or_else(|| "../shared/corpora/dev".into(), PathBuf::from);
    let Ok(text) = std::fs::read_to_string(folder.join(name)) else {
        println!("skipped: corpora not found");
        return None;
    };
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// Token and only key of an example of RFC 7515.
fn example(rows: &[Value], id: &str) -> (String, Key) {
    let row = rows.iter().find(|row| row["id"] == id).unwrap();
    let jwk = row["keys"].as_object().unwrap().values().next().unwrap().to_string();
    (row["token"].as_str().unwrap().to_owned(), Key::read(jwk.as_bytes()).unwrap())
}

fn verify(token: &str, key: &Key, algorithm: Algorithm) -> bool {
    let (signing_input, signature) = token.rsplit_once('.').unwrap();
    let signature = base64url::decode(signature).unwrap();
    key.verifier(algorithm).unwrap().verify(signing_input.as_bytes(), &signature).is_ok()
}

#[test]
fn rfc_7515_examples_reproduce() {
    let Some(rows) = corpus("rfc-vectors.jsonl") else { return };
    for (id, algorithm) in [("rfc7515_A.1.jwsc", Algorithm::HS256), ("rfc7515_A.2.jwsc", Algorithm::RS256)] {
        let (token, key) = example(&rows, id);
        let parts: Vec<_> = token.split('.').map(|part| base64url::decode(part).unwrap()).collect();
        let minted = compact::mint(&key.signer(algorithm).unwrap(), &parts[0], &parts[1]).unwrap();
        assert_eq!(minted.as_str(), token, "{id}");
        assert!(verify(&token, &key, algorithm));
    }
    let (token, key) = example(&rows, "rfc7515_A.3.jwsc");
    assert!(verify(&token, &key, Algorithm::ES256));
    assert!(verify(&token, &key.public().unwrap(), Algorithm::ES256));
    let (token, key) = example(&rows, "rfc7515_A.4.jwsc");
    assert!(verify(&token, &key, Algorithm::ES512));
    assert!(!verify(&token.replacen(".U", ".V", 1), &key.public().unwrap(), Algorithm::ES512));
}

#[test]
fn rfc_7638_thumbprint() {
    let jwk = r#"{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}"#;
    let key = Key::read(jwk.as_bytes()).unwrap();
    assert_eq!(key.thumbprint().unwrap(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    assert_eq!(key.kid(), Some("2011-04-29"));
    assert_eq!(key.describe(), "RSA 2048, public");
}

#[test]
fn rfc_8037_thumbprint_and_signature() {
    let jwk = r#"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    let key = Key::read(jwk.as_bytes()).unwrap();
    assert_eq!(key.thumbprint().unwrap(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    let token =
        compact::mint(&key.signer(Algorithm::EdDSA).unwrap(), br#"{"alg":"EdDSA"}"#, b"Example of Ed25519 signing");
    assert_eq!(
        token.unwrap().as_str(),
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    );
}

/// One key of each kind; RSA only once, because making it is slow.
fn keys() -> impl Iterator<Item = Key> {
    KeyKind::ALL.into_iter().map(|kind| Key::generate(kind, (kind == KeyKind::Secret).then_some(512)).unwrap())
}

fn text(secret: &Secret) -> &str {
    secret.as_str().unwrap()
}

#[test]
fn keys_round_trip_through_pem_and_jwk() {
    for key in keys() {
        let key = key.with_kid(Some("größe \"1\"\n".to_owned()));
        let jwk = key.to_jwk(true).unwrap();
        let again = Key::read(jwk.bytes()).unwrap();
        assert_eq!(again.to_jwk(true).unwrap(), jwk);
        assert_eq!((again.kid(), again.describe()), (key.kid(), key.describe()));
        if key.kind() == KeyKind::Secret {
            assert!(key.to_pem(true).is_err() && key.to_jwk(false).is_err() && key.public().is_none());
            continue;
        }
        let pem = key.to_pem(true).unwrap();
        assert!(
            text(&pem).starts_with("-----BEGIN PRIVATE KEY-----\n")
                && text(&pem).ends_with("\n-----END PRIVATE KEY-----\n")
        );
        let from_pem = Key::read(pem.bytes()).unwrap();
        assert_eq!(from_pem.to_pem(true).unwrap(), pem);
        assert_eq!(from_pem.with_kid(key.kid().map(str::to_owned)).to_jwk(true).unwrap(), jwk);

        let public = key.public().unwrap();
        assert!(!public.is_private() && public.to_pem(true).is_err() && public.to_jwk(true).is_err());
        let public_jwk = key.to_jwk(false).unwrap();
        assert!(!text(&public_jwk).contains("\"d\":"));
        for public_again in
            [Key::read(public_jwk.bytes()).unwrap(), Key::read(key.to_pem(false).unwrap().bytes()).unwrap()]
        {
            assert_eq!(public_again.to_pem(false).unwrap(), key.to_pem(false).unwrap());
            assert_eq!(public_again.thumbprint(), key.thumbprint());
        }
    }
}

#[test]
fn every_algorithm_signs_verifies_and_notices_a_flipped_bit() {
    for key in keys() {
        for algorithm in Algorithm::ALL {
            if !key.kind().fits(algorithm) {
                let problem = key.signer(algorithm).unwrap_err();
                assert_eq!(problem.code, "key-kind");
                assert_eq!(key.verifier(algorithm).unwrap_err(), problem);
                continue;
            }
            let signer = key.signer(algorithm).unwrap();
            let verifier = key.public().unwrap_or_else(|| key.clone()).verifier(algorithm).unwrap();
            let mut signature = signer.sign(b"signing input").unwrap();
            assert_eq!(signature.len(), signer.signature_len());
            verifier.verify(b"signing input", &signature).unwrap();
            assert!(verifier.verify(b"signing inpuT", &signature).is_err(), "{algorithm}");
            assert!(verifier.verify(b"signing input", &signature[1..]).is_err(), "{algorithm}");
            assert!(verifier.verify(b"signing input", b"").is_err(), "{algorithm}");
            signature[5] ^= 1;
            assert_eq!(verifier.verify(b"signing input", &signature).unwrap_err().code, "signature-invalid");
        }
    }
}

/// Runs OpenSSL in `folder`, or says that it is not there.
fn openssl(folder: &std::path::Path, arguments: &str) -> Option<()> {
    match Command::new("openssl").args(arguments.split(' ')).current_dir(folder).output() {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "openssl {arguments}: {said}");
            Some(())
        }
        Err(_absent) => {
            println!("skipped: openssl not found");
            None
        }
    }
}

#[test]
fn openssl_and_we_read_and_verify_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for (kind, algorithm, generate, digest) in [
        (
            KeyKind::Rsa,
            Algorithm::RS256,
            "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out theirs.pem",
            "-sha256 ",
        ),
        (KeyKind::Ed25519, Algorithm::EdDSA, "genpkey -algorithm ED25519 -out theirs.pem", ""),
        (KeyKind::P256, Algorithm::ES256, "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out theirs.pem", ""),
        (KeyKind::P384, Algorithm::ES384, "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out theirs.pem", ""),
        (KeyKind::P521, Algorithm::ES512, "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out theirs.pem", ""),
    ] {
        if openssl(folder.path(), generate).is_none() {
            return;
        }
        let theirs = Key::read(&std::fs::read(path("theirs.pem")).unwrap()).unwrap();
        assert_eq!((theirs.kind(), theirs.is_private()), (kind, true));
        openssl(folder.path(), "pkey -in theirs.pem -pubout -out public.pem");
        let expected = std::fs::read(path("public.pem")).unwrap();
        assert_eq!(theirs.to_pem(false).unwrap().bytes(), expected);
        openssl(folder.path(), "pkey -in theirs.pem -outform DER -out theirs.der");
        assert_eq!(
            Key::read(&std::fs::read(path("theirs.der")).unwrap()).unwrap().to_pem(false).unwrap().bytes(),
            expected
        );
        openssl(folder.path(), "pkey -pubin -in public.pem -outform DER -out public.der");
        assert_eq!(
            Key::read(&std::fs::read(path("public.der")).unwrap()).unwrap().to_pem(false).unwrap().bytes(),
            expected
        );

        std::fs::write(path("ours.pem"), theirs.to_pem(true).unwrap().bytes()).unwrap();
        openssl(folder.path(), "pkey -in ours.pem -check -noout");
        if matches!(kind, KeyKind::Rsa | KeyKind::Ed25519) {
            std::fs::write(path("input"), "signing input").unwrap();
            openssl(
                folder.path(),
                &format!("pkeyutl -sign -inkey ours.pem -rawin {digest}-in input -out signature")
                    .replace("-sha256 ", "-digest sha256 "),
            );
            let signature = std::fs::read(path("signature")).unwrap();
            theirs.verifier(algorithm).unwrap().verify(b"signing input", &signature).unwrap();
            assert_eq!(theirs.signer(algorithm).unwrap().sign(b"signing input").unwrap(), signature);
        }
    }
}

/// The two numbers of an ECDSA signature as JWS joins them (RFC 7518 §3.4), from OpenSSL's DER.
fn joined(der: &[u8], len: usize) -> Vec<u8> {
    let numbers = Vec::<Uint>::from_der(der).unwrap();
    let padded = |number: &Uint| [vec![0; len / 2 - number.as_bytes().len()], number.as_bytes().to_vec()].concat();
    numbers.iter().flat_map(padded).collect()
}

/// An ECDSA signature of JWS in OpenSSL's DER.
fn in_der(joined: &[u8]) -> Vec<u8> {
    let numbers: Vec<Uint> = joined.chunks(joined.len() / 2).map(|number| Uint::new(number).unwrap()).collect();
    numbers.to_der().unwrap()
}

#[test]
fn openssl_and_we_verify_each_others_ecdsa() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("input"), "signing input").unwrap();
    for (curve, algorithm) in [("P-256", Algorithm::ES256), ("P-384", Algorithm::ES384), ("P-521", Algorithm::ES512)] {
        let generate = format!("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:{curve} -out key.pem");
        if openssl(folder.path(), &generate).is_none() {
            return;
        }
        let key = Key::read(&std::fs::read(path("key.pem")).unwrap()).unwrap();
        let hash = algorithm.name().replace("ES", "-sha");
        for _ in 0..8 {
            openssl(folder.path(), &format!("dgst {hash} -sign key.pem -out theirs input"));
            let theirs = joined(&std::fs::read(path("theirs")).unwrap(), algorithm.signature_len(0));
            key.verifier(algorithm).unwrap().verify(b"signing input", &theirs).unwrap();
        }
        std::fs::write(path("public.pem"), key.to_pem(false).unwrap().bytes()).unwrap();
        let ours = key.signer(algorithm).unwrap().sign(b"signing input").unwrap();
        std::fs::write(path("ours"), in_der(&ours)).unwrap();
        openssl(folder.path(), &format!("dgst {hash} -verify public.pem -signature ours input"));
    }
}

#[test]
fn older_forms_of_openssl_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let made = openssl(folder.path(), "genrsa -traditional -out pkcs1.pem 2048")
        .and_then(|()| openssl(folder.path(), "rsa -in pkcs1.pem -RSAPublicKey_out -out pkcs1-public.pem"))
        .and_then(|()| openssl(folder.path(), "ecparam -name prime256v1 -genkey -out sec1.pem"))
        .and_then(|()| openssl(folder.path(), "pkcs8 -topk8 -in sec1.pem -passout pass:x -out encrypted.pem"))
        .and_then(|()| {
            openssl(folder.path(), "rsa -in pkcs1.pem -traditional -aes128 -passout pass:x -out encrypted-pkcs1.pem")
        })
        .and_then(|()| {
            openssl(folder.path(), "pkcs8 -topk8 -in sec1.pem -passout pass:x -outform DER -out encrypted.der")
        })
        .and_then(|()| openssl(folder.path(), "ecparam -name prime256v1 -genkey -param_enc explicit -out explicit.pem"))
        .and_then(|()| openssl(folder.path(), "ec -in sec1.pem -pubout -conv_form compressed -out compressed.pem"));
    if made.is_none() {
        return;
    }
    let read = |name: &str| Key::read(&std::fs::read(path(name)).unwrap());
    assert_eq!(
        read("pkcs1.pem").unwrap().public().unwrap().to_pem(false),
        read("pkcs1-public.pem").unwrap().to_pem(false)
    );
    assert_eq!(read("sec1.pem").unwrap().describe(), "EC P-256, private");
    for (name, code) in [
        ("encrypted.pem", PASSPHRASE_NEEDED),
        ("encrypted-pkcs1.pem", "key-encrypted"),
        ("encrypted.der", PASSPHRASE_NEEDED),
        ("explicit.pem", "key-curve"),
        ("compressed.pem", "key-unsupported"),
    ] {
        assert_eq!(read(name).unwrap_err().code, code, "{name}");
    }
}
