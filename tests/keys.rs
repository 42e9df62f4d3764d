//! Keys from elsewhere: those other projects test with, those OpenSSL encrypts, and damaged ones.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking and says why it was skipped")]

use std::path::{Path, PathBuf};
use std::process::Command;

use jwt_workbench::jose::error::Problem;
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::{Key, Operation};
use jwt_workbench::jose::key_read::{KeyFile, PASSPHRASE_NEEDED};
use jwt_workbench::jose::key_set;
use jwt_workbench::jose::key_sketch::KeySketch;
use jwt_workbench::jose::secret::{Secret, SecretEncoding};
use proptest::prelude::*;
use serde_json::Value;

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

fn secret(text: &str) -> Secret {
    text.to_owned().into()
}

fn bytes_of(row: &Value) -> Vec<u8> {
    match row["text"].as_str() {
        Some(text) => text.as_bytes().to_vec(),
        None => SecretEncoding::Base64.decode(&secret(row["b64"].as_str().unwrap())).unwrap().bytes().to_vec(),
    }
}

/// Kind, bits, curve and privacy in the words of the corpus: `private ECPrivateKey 256 secp256r1`, `EC P-256 private`.
fn sketch(is: &str) -> KeySketch {
    let private = Some(is.contains("private"));
    let curves = [
        ("secp256r1", "P-256", 256),
        ("secp384r1", "P-384", 384),
        ("secp521r1", "P-521", 521),
        ("secp192r1", "secp192r1", 192),
        ("secp256k1", "secp256k1", 256),
        ("P-256", "P-256", 256),
        ("P-384", "P-384", 384),
        ("P-521", "P-521", 521),
        ("Ed25519", "Ed25519", 256),
        ("Ed448", "Ed448", 456),
    ];
    let curve = curves.into_iter().find(|(theirs, ..)| is.contains(theirs));
    let number = is.split(' ').find_map(|word| word.parse().ok());
    let kind = [("RSA", "rsa"), ("DSA", "dsa"), ("EC", "ec"), ("Ed", "okp"), ("oct", "oct"), ("CSR", "csr")];
    let kind = if is.contains("encrypted") {
        "encrypted"
    } else {
        kind.into_iter().find(|(theirs, _)| is.contains(theirs)).unwrap().1
    };
    KeySketch {
        kind,
        bits: curve.map(|(.., bits)| bits).or(number),
        curve: curve.map(|(_, ours, _)| ours.to_owned()),
        private: if kind == "oct" { Some(true) } else { private },
    }
}

/// Whether everything the corpus knows of a key is told.
fn agrees(told: &KeySketch, known: &KeySketch) -> bool {
    told.kind == known.kind
        && (known.bits.is_none() || told.bits == known.bits)
        && told.curve == known.curve
        && (known.kind == "csr" || told.private == known.private)
}

/// Whether the reason why a key is refused says what it is.
fn is_named(problem: &Problem, known: &KeySketch) -> bool {
    let said = problem.message.as_str();
    match (known.kind, &known.curve, known.bits) {
        ("csr", ..) => said.contains("certificate request"),
        ("encrypted", ..) => said.contains("encrypted"),
        (_, Some(curve), _) => said.contains(curve.as_str()),
        (kind, None, bits) => {
            said.contains(&kind.to_uppercase()) && bits.is_none_or(|bits| said.contains(&format!("{bits} bits")))
        }
    }
}

#[test]
fn every_key_of_other_projects_is_read_or_refused_by_name() {
    let Some(rows) = corpus("keys.jsonl") else { return };
    let mut used = 0;
    for row in &rows {
        let (id, is) = (row["id"].as_str().unwrap(), row["is_"].as_str().unwrap());
        let file = KeyFile::survey(&bytes_of(row), None);
        println!("{id} ({is}): {} {:?} {:?}", file.form, file.keys, file.refused);
        for refused in &file.refused {
            let Problem { message, help, .. } = &refused.problem;
            assert!(!message.is_empty() && help.ends_with(|c: char| !c.is_whitespace()), "{id}");
            let said = format!("{message} {help}");
            let inside = ["::", "Error", "Err(", "Some(", "KeyRejected", "Unspecified"];
            assert!(!inside.iter().any(|word| said.contains(word)), "{id}: {said}");
        }
        used += usize::from(!file.keys.is_empty());
        if is.starts_with("binary") {
            // What is bare bytes says no more of itself than its name.
            let named = file.refused.iter().all(|refused| refused.problem.message.contains("bare"));
            assert!(file.form == "DER" || named, "{id}");
            continue;
        }
        let expected: Vec<&str> = is.split("; ").collect();
        let told: Vec<KeySketch> =
            file.keys.iter().map(KeySketch::of).chain(file.refused.iter().map(|key| key.sketch.clone())).collect();
        assert_eq!(told.len(), expected.len(), "{id}");
        for (told, is) in told.iter().zip(expected) {
            assert!(agrees(told, &sketch(is)), "{id} is {is}, told as {told:?}");
        }
        for refused in &file.refused {
            assert!(is_named(&refused.problem, &sketch(is)), "{id} is {is}: {}", refused.problem.message);
        }
        let form = if file.form == "JWK Set" { "JWK" } else { file.form.as_str() };
        let curve_first = row["form"] == "PEM EC PARAMETERS" && form == "PEM EC PRIVATE KEY";
        assert!(form == row["form"] || curve_first, "{id}: {form}");
        assert_eq!(is.starts_with("cert"), form.ends_with("CERTIFICATE"), "{id}");
    }
    assert!(used * 4 >= rows.len() * 3, "only {used} of {} can be used", rows.len());
}

/// What the keys of Wycheproof must be held to, whatever a verifier makes of it.
#[test]
fn keys_of_wycheproof_are_held_to_what_they_say_of_themselves() {
    let Some(rows) = corpus("wycheproof-jose.jsonl") else { return };
    let check = |id: &str, algorithm: Algorithm, kid: &str, expected: &str| {
        let Some(row) = rows.iter().find(|row| row["id"] == id) else { panic!("{id} is gone") };
        let set = if row["key_public"].is_null() { &row["key_private"] } else { &row["key_public"] };
        let problem = match KeyFile::read(set.to_string().as_bytes()) {
            Ok(file) => {
                let found = key_set::candidates(&file.keys, Some(kid), algorithm, Operation::Verify);
                found[0].permits(algorithm, Operation::Verify).err()
            }
            Err(problem) => Some(problem),
        };
        let code = problem.map_or("", |problem| problem.code);
        assert_eq!(code, expected, "{id}");
    };
    check("json_web_key_test#1", Algorithm::HS256, "kid-aes-sign", "key-kind");
    check("json_web_key_test#2", Algorithm::HS256, "kid-aes-sign", "");
    check("json_web_key_test#5", Algorithm::RS256, "kid-rsa-sign", "");
    check("json_web_key_test#6", Algorithm::RS256, "kid-rsa-sign", "key-restricted");
    check("json_web_key_test#8", Algorithm::RS256, "RS256_1024", "key-too-short");
    check("json_web_key_test#9", Algorithm::RS256, "RS256_2048", "key-exponent");
    check("json_web_key_test#11", Algorithm::HS384, "short_hs384_key", "secret-too-short");
    check("json_web_key_test#16", Algorithm::HS256, "hs256_key", "secret-empty");
    check("json_web_key_test#18", Algorithm::HS512, "hs512_key", "secret-empty");
    check("json_web_key_test#19", Algorithm::ES256, "kid-ec-sign", "key-restricted");
    check("json_web_key_test#24", Algorithm::ES256, "kid-ec-sign", "jwk-member");
    check("json_web_key_test#26", Algorithm::HS256, "kid-aes-sign", "key-restricted");
    check("json_web_crypto_test#46", Algorithm::RS256, "kid-rsa-roca-sign", "key-weak");
    check("json_web_signature_test#340", Algorithm::PS384, "PS512_2048", "key-restricted");
    check("json_web_signature_test#347", Algorithm::ES512, "bilbo.baggins@hobbiton.example", "");
    check("json_web_signature_test#349", Algorithm::RS256, "bilbo.baggins@hobbiton.example", "");
    check("json_web_signature_test#353", Algorithm::RS256, "kid-rsa-sign", "key-restricted");
    check("json_web_signature_test#356", Algorithm::ES256, "kid-ec-sign", "key-restricted");
}

/// Runs OpenSSL in `folder`; false, said aloud, when it is not there.
fn openssl(folder: &Path, arguments: &str) -> bool {
    match Command::new("openssl").args(arguments.split(' ')).current_dir(folder).output() {
        Ok(output) => {
            assert!(output.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&output.stderr));
            true
        }
        Err(_absent) => {
            println!("skipped: openssl not found");
            false
        }
    }
}

#[test]
fn keys_that_openssl_encrypted_open_with_their_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    for algorithm in ["RSA", "ED25519", "EC -pkeyopt ec_paramgen_curve:P-521"] {
        if !openssl(folder.path(), &format!("genpkey -algorithm {algorithm} -out plain.pem")) {
            return;
        }
        let plain = Key::read(&read("plain.pem")).unwrap();
        for scheme in [
            "-v2 aes-256-cbc",
            "-v2 aes-192-cbc -v2prf hmacWithSHA512",
            "-v2 des3 -v2prf hmacWithSHA1",
            "-v2 aes-128-cbc -iter 50000",
            "-scrypt",
            "-scrypt -scrypt_N 1024 -scrypt_r 16 -scrypt_p 2",
        ] {
            for form in ["PEM", "DER"] {
                let made =
                    format!("pkcs8 -topk8 -in plain.pem {scheme} -passout pass:pä§s -outform {form} -out locked");
                assert!(openssl(folder.path(), &made));
                let locked = read("locked");
                assert_eq!(KeyFile::read(&locked).unwrap_err().code, PASSPHRASE_NEEDED);
                let opened = Key::decrypt(&locked, &secret("pä§s")).unwrap();
                assert_eq!(opened.to_pem(true), plain.to_pem(true), "{algorithm} {scheme} {form}");
                for wrong in ["", "pä§s\n", "x"] {
                    let problem = Key::decrypt(&locked, &secret(wrong)).unwrap_err();
                    assert_eq!(problem.code, "key-passphrase-wrong", "{algorithm} {scheme}: {}", problem.message);
                }
            }
        }
        assert!(openssl(folder.path(), "pkcs8 -topk8 -in plain.pem -v1 PBE-SHA1-3DES -passout pass:x -out old.pem"));
        let problem = Key::decrypt(&read("old.pem"), &secret("x")).unwrap_err();
        assert!(problem.message.contains("older than PBES2"), "{}", problem.message);
        assert_eq!(Key::decrypt(&read("plain.pem"), &secret("x")).unwrap().to_pem(true), plain.to_pem(true));
    }
}

#[test]
fn certificates_give_their_public_key_and_requests_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    for (kind, new) in [
        (KeyKind::Rsa, "rsa:2048"),
        (KeyKind::P384, "ec -pkeyopt ec_paramgen_curve:P-384"),
        (KeyKind::Ed25519, "ed25519"),
    ] {
        let made = format!("req -x509 -newkey {new} -nodes -subj /CN=x -keyout key.pem -out certificate.pem");
        if !openssl(folder.path(), &made) {
            return;
        }
        openssl(folder.path(), "x509 -in certificate.pem -outform DER -out certificate.der");
        openssl(folder.path(), "x509 -in certificate.pem -trustout -addtrust serverAuth -out trusted.pem");
        openssl(folder.path(), "req -new -key key.pem -subj /CN=x -out request.pem");
        let private = Key::read(&read("key.pem")).unwrap();
        for (name, form) in [("certificate.pem", "PEM CERTIFICATE"), ("certificate.der", "DER")] {
            let file = KeyFile::read(&read(name)).unwrap();
            assert_eq!((file.form.as_str(), file.keys.len()), (form, 1));
            assert_eq!((file.keys[0].kind(), file.keys[0].is_private()), (kind, false));
            assert_eq!(file.keys[0].thumbprint(), private.thumbprint());
        }
        let both = [read("certificate.pem"), read("key.pem")].concat();
        assert!(Key::read(&both).unwrap().is_private());
        assert!(Key::read(&read("trusted.pem")).unwrap_err().help.contains("openssl x509"));
        let problem = Key::read(&read("request.pem")).unwrap_err();
        assert_eq!(problem.code, "key-certificate-request", "{}", problem.message);
        assert!(openssl(folder.path(), "req -in request.pem -pubkey -noout -out public.pem"));
        assert_eq!(Key::read(&read("public.pem")).unwrap().thumbprint(), private.thumbprint());
    }
}

#[test]
fn keys_of_openssh_are_named() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, phrase, bits) in [
        (&["-t", "rsa", "-b", "2048"][..], "(RSA key of 2048 bits)", 2048),
        (&["-t", "ecdsa", "-b", "521"], "(EC key on P-521)", 521),
        (&["-t", "ed25519"], "(Ed25519 key)", 256),
    ] {
        for passphrase in ["", "secret"] {
            let name = format!("{bits}{passphrase}");
            let made = Command::new("ssh-keygen")
                .args(arguments)
                .args(["-q", "-N", passphrase, "-f", &name])
                .current_dir(folder.path())
                .status();
            if made.is_err() {
                println!("skipped: ssh-keygen not found");
                return;
            }
            for (file, private) in [(name.clone(), true), (format!("{name}.pub"), false)] {
                let survey = KeyFile::survey(&std::fs::read(folder.path().join(file)).unwrap(), None);
                let refused = &survey.refused[0];
                assert!(refused.problem.message.ends_with(phrase), "{}", refused.problem.message);
                let KeySketch { kind, bits: told, private: half, .. } = refused.sketch;
                assert_eq!((kind, told, half), ("openssh", Some(bits), Some(private)));
            }
        }
    }
}

#[test]
fn a_jwk_set_gives_every_key_and_says_why_not() {
    let good = r#"{"kty":"oct","kid":"a","k":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#;
    let set = format!(r#" {{"keys":[{good},{{"kty":"EC","crv":"P-192","kid":"old"}},7,{good}]}}"#);
    let file = KeyFile::read(set.as_bytes()).unwrap();
    assert_eq!((file.form.as_str(), file.keys.len(), file.refused.len()), ("JWK Set", 2, 2));
    let [old, seven] = file.refused.as_slice() else { panic!("{file:?}") };
    assert_eq!((old.index, old.name.as_str(), old.sketch.kind, old.problem.code), (1, "old", "ec", "key-curve"));
    assert_eq!(&set[old.problem.span.unwrap().range()], "\"P-192\"");
    assert_eq!((seven.index, seven.name.as_str(), seven.sketch.kind), (2, "key 3", "unknown"));
    assert!(file.doubts[0].message.contains("2 keys of this JWK Set share the kid 'a'"), "{:?}", file.doubts);

    let public = Key::generate(KeyKind::P256, None).unwrap().to_jwk(false).unwrap();
    let mixed = format!(r#"{{"keys":[{good},{}]}}"#, public.as_str().unwrap());
    let file = KeyFile::read(mixed.as_bytes()).unwrap();
    assert_eq!((file.keys.len(), file.keys[0].kind(), file.refused[0].problem.code), (1, KeyKind::P256, "key-exposed"));

    for (text, code) in [
        (r#"{"keys":[]}"#, "jwk-set"),
        (r#"{"keys":{}}"#, "jwk-member"),
        (r#"{"keys":[{"kty":"oct","k":""}]}"#, "secret-empty"),
        (r#"[]"#, "jwk-member"),
    ] {
        assert_eq!(KeyFile::read(text.as_bytes()).unwrap_err().code, code, "{text}");
    }
    assert!(Key::read(format!(r#"{{"keys":[{good}]}}"#).as_bytes()).is_ok(), "a set of one key is one key");
}

#[test]
fn what_a_jwk_says_of_itself_goes_along() {
    let jwk = r#"{"kty":"OKP","kid":"a","use":"sig","key_ops":["sign"],"alg":"EdDSA","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}"#;
    let key = Key::read(jwk.as_bytes()).unwrap();
    assert_eq!(key.to_jwk(true).unwrap().as_str(), Some(jwk));
    assert!(key.permits(Algorithm::EdDSA, Operation::Sign).is_ok());
    assert_eq!(key.permits(Algorithm::EdDSA, Operation::Verify).unwrap_err().code, "key-restricted");
    let public = key.public().unwrap();
    assert!(public.permits(Algorithm::EdDSA, Operation::Verify).is_ok());
    assert_eq!(public.to_jwk(false), key.to_jwk(false));
    assert_eq!(public.permits(Algorithm::EdDSA, Operation::Sign).unwrap_err().code, "key-restricted");
    assert_eq!(Key::read(br#"{"kty":"oct","k":"AA","key_ops":"sign"}"#).unwrap_err().code, "jwk-member");
    let short = Key::secret(secret("hunter2"));
    assert_eq!(short.permits(Algorithm::HS256, Operation::Verify).unwrap_err().code, "secret-too-short");
    assert!(short.verifier(Algorithm::HS256).is_ok() && short.signer(Algorithm::HS256).is_ok());
}

/// One key of each kind in each form.
fn forms() -> Vec<Vec<u8>> {
    let kinds = [KeyKind::Rsa, KeyKind::P256, KeyKind::P521, KeyKind::Ed25519];
    let keys: Vec<Key> = kinds.into_iter().map(|kind| Key::generate(kind, None).unwrap()).collect();
    let jwks: Vec<String> = keys.iter().map(|key| key.to_jwk(true).unwrap().as_str().unwrap().to_owned()).collect();
    let mut forms = vec![format!(r#"{{"keys":[{}]}}"#, jwks.join(",")).into_bytes()];
    for key in &keys {
        for private in [true, false] {
            let pem = key.to_pem(private).unwrap();
            let body: String = pem.as_str().unwrap().lines().filter(|line| !line.starts_with('-')).collect();
            forms.push(SecretEncoding::Base64.decode(&body.into()).unwrap().bytes().to_vec());
            forms.push(pem.bytes().to_vec());
        }
    }
    forms
}

#[test]
fn damaged_keys_are_refused_with_a_reason() {
    let forms = forms();
    let damage = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6);
    let damaged = (any::<prop::sample::Index>(), damage, any::<prop::sample::Index>(), any::<bool>());
    let config = ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() };
    let outcome = proptest::test_runner::TestRunner::new(config).run(&damaged, |(form, damage, cut, is_cut)| {
        let mut bytes = form.get(&forms).clone();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let file = KeyFile::survey(&bytes, Some(&secret("x")));
        prop_assert!(!file.form.is_empty());
        prop_assert!(!file.keys.is_empty() || !file.refused.is_empty());
        for refused in &file.refused {
            prop_assert!(!refused.problem.message.is_empty() && !refused.problem.help.is_empty());
            let text = std::str::from_utf8(&bytes).ok();
            let place = refused.problem.span.zip(text);
            prop_assert!(place.is_none_or(|(span, text)| text.get(span.range()).is_some()));
        }
        Ok(())
    });
    outcome.unwrap();
}
