//! One token for each mistake, and one without.

use jwt_workbench::jose::base64url;
use jwt_workbench::jose::compact::decode;
use jwt_workbench::jose::doctor::{Cause, Suspect, diagnose};
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::{Secret, SecretEncoding};

const TEXT: &str = "bXkgc2VjcmV0IG9mIG1vcmUgdGhhbiB0aGlydHktdHdv";

fn input(algorithm: &str) -> String {
    let header = format!(r#"{{"alg":"{algorithm}","kid":"one"}}"#);
    format!("{}.{}", base64url::encode(header.as_bytes()), base64url::encode(br#"{"sub":"user>>>???"}"#))
}

/// A token whose header says `said`, signed by `key` with `algorithm`.
fn token(said: Algorithm, key: &Key, algorithm: Algorithm) -> String {
    let input = input(said.name());
    let signature = key.signer(algorithm).unwrap().sign(input.as_bytes()).unwrap();
    format!("{input}.{}", base64url::encode(&signature))
}

fn hs256(secret: impl AsRef<[u8]>) -> String {
    token(Algorithm::HS256, &Key::secret(secret.as_ref().to_vec().into()), Algorithm::HS256)
}

fn suspect(key: &Key) -> Suspect {
    Suspect { name: "mine".to_owned(), key: key.clone(), typed: None, source: None }
}

fn typed(text: &str, encoding: SecretEncoding) -> Suspect {
    let text = Secret::from(text.to_owned());
    Suspect { typed: Some((text.clone(), encoding)), ..suspect(&Key::secret(encoding.decode(&text).unwrap())) }
}

#[track_caller]
fn check(token: &str, suspects: &[Suspect], message: &str) -> Cause {
    let diagnosis = diagnose(token, &decode(token), suspects, &mut |_| true);
    let cause = diagnosis.found.unwrap_or_else(|| panic!("nothing found; tried {:?}", diagnosis.tried));
    assert_eq!(cause.message, message);
    assert!(cause.help.ends_with('.') && !diagnosis.stopped);
    if let Some(key) = &cause.key {
        let (input, signature) = token.rsplit_once('.').unwrap();
        let signature = base64url::decode(signature).unwrap();
        key.verifier(
            Algorithm::for_verifying(decode(token).parameter("alg").unwrap().as_str().unwrap().as_ref()).unwrap(),
        )
        .unwrap()
        .verify(input.as_bytes(), &signature)
        .unwrap();
    }
    if let Some((text, encoding)) = &cause.secret {
        assert_eq!(encoding.decode(text).unwrap().bytes(), cause.key.as_ref().unwrap().secret_bytes());
    }
    cause
}

#[test]
fn a_secret_in_the_wrong_encoding_is_found() {
    use SecretEncoding::{Base64, Base64url, Hex, Utf8};
    let decoded = Base64.decode(&TEXT.to_owned().into()).unwrap();
    let token = hs256(decoded.bytes());
    let cause = check(&token, &[typed(TEXT, Utf8)], "The secret 'mine' is meant as base64, not as utf8.");
    assert_eq!(cause.secret.unwrap().1, Base64);
    check(&hs256(TEXT), &[typed(TEXT, Base64)], "The secret 'mine' is meant as utf8, not as base64.");
    let hex = "00ff".repeat(16);
    let bytes = Hex.decode(&hex.clone().into()).unwrap();
    check(&hs256(bytes.bytes()), &[typed(&hex, Utf8)], "The secret 'mine' is meant as hex, not as utf8.");
    let url = base64url::encode(&[0xfb; 33]);
    check(&hs256([0xfb; 33]), &[typed(&url, Utf8)], "The secret 'mine' is meant as base64url, not as utf8.");
    assert_eq!(Base64url.label(), "base64url");
}

#[test]
fn line_ends_at_a_secret_are_found() {
    let signed = |end: &str| hs256(format!("{TEXT}{end}"));
    let utf8 = |text: &str| [typed(text, SecretEncoding::Utf8)];
    let said = |what: &str| format!("The token was signed with the secret 'mine' {what}.");
    check(&signed("\n"), &utf8(TEXT), &said("and a line end (LF) behind it"));
    check(&signed("\r\n"), &utf8(TEXT), &said("and a line end (CR LF) behind it"));
    check(&signed(""), &utf8(&format!("{TEXT}\n")), &said("without the line end at its end"));
    check(&signed(""), &utf8(&format!("{TEXT}\r\n")), &said("without the line end at its end"));
    check(&signed(""), &utf8(&format!("  {TEXT} ")), &said("without the white space at its ends"));
    let file = suspect(&Key::secret(format!("{TEXT}\n").into()));
    check(&signed(""), &[file], &said("without the line end at its end"));
}

#[test]
fn no_key_is_blamed_for_what_is_wrong_with_the_token() {
    let key = Key::secret(Secret::from(TEXT.to_owned()));
    let token = hs256(TEXT);
    let header = base64url::encode(br#"{"alg":"HS256","alg":"HS256"}"#);
    let input = format!("{header}.e30");
    let signature = key.signer(Algorithm::HS256).unwrap().sign(input.as_bytes()).unwrap();
    for token in [format!("{token}\u{1a}"), format!("{token}="), format!("{input}.{}", base64url::encode(&signature))] {
        let diagnosis = diagnose(&token, &decode(&token), &[suspect(&key)], &mut |_| true);
        assert!(diagnosis.found.is_none(), "{token}: {diagnosis:?}");
    }
}

#[test]
fn another_key_at_hand_is_found() {
    let keys = [(); 3].map(|()| Key::generate(KeyKind::P256, None).unwrap());
    let token = token(Algorithm::ES256, &keys[1], Algorithm::ES256);
    let suspects = [suspect(&keys[0]), Suspect { name: "other".to_owned(), ..suspect(&keys[1].public().unwrap()) }];
    check(&token, &suspects, "The token was signed with the key of 'other', although the token asks for kid one.");
    let named = suspect(&keys[1].clone().with_kid(Some("one".to_owned())));
    check(&token, &[named], "The token was signed with the key of 'mine'.");
}

#[test]
fn a_public_key_taken_for_a_secret_is_found() {
    let key = Key::generate(KeyKind::P256, None).unwrap();
    let pem = key.to_pem(false).unwrap();
    let message = "The token was signed with the text of the key 'mine' as a shared secret.";
    check(&hs256(pem.bytes()), &[suspect(&key.public().unwrap())], message);
    check(&hs256(pem.bytes().trim_ascii()), &[suspect(&key)], message);
    check(&hs256(key.to_jwk(false).unwrap().bytes()), &[suspect(&key)], message);
    let source = Some(Secret::from("{ any text at all }".to_owned()));
    check(&hs256("{ any text at all }\n"), &[Suspect { source, ..suspect(&key) }], message);
}

#[test]
fn another_algorithm_than_the_header_says_is_found() {
    let rsa = Key::generate(KeyKind::Rsa, None).unwrap();
    let secret = Key::secret(TEXT.to_owned().into());
    for (said, key, algorithm) in [
        (Algorithm::RS256, &rsa, Algorithm::PS256),
        (Algorithm::PS512, &rsa, Algorithm::RS512),
        (Algorithm::RS256, &rsa, Algorithm::RS384),
        (Algorithm::HS256, &secret, Algorithm::HS512),
    ] {
        let message =
            format!("The header says {said}, but the token was signed with {algorithm} and the key of 'mine'.");
        check(&token(said, key, algorithm), &[suspect(key)], &message);
    }
}

#[test]
fn a_signature_in_der_is_found() {
    for (kind, algorithm) in [(KeyKind::P256, Algorithm::ES256), (KeyKind::P384, Algorithm::ES384)] {
        let key = Key::generate(kind, None).unwrap();
        let input = input(algorithm.name());
        let fixed = key.signer(algorithm).unwrap().sign(input.as_bytes()).unwrap();
        let (r, s) = fixed.split_at(fixed.len() / 2);
        let integer = |number: &[u8]| {
            let zeros = number.iter().take_while(|byte| **byte == 0).count();
            let number = &number[zeros..];
            let sign: &[u8] = if number[0] > 127 { &[0] } else { &[] };
            [&[2, u8::try_from(number.len() + sign.len()).unwrap()], sign, number].concat()
        };
        let numbers = [integer(r), integer(s)].concat();
        let der = [&[0x30, u8::try_from(numbers.len()).unwrap()], numbers.as_slice()].concat();
        let token = format!("{input}.{}", base64url::encode(&der));
        let message =
            format!("The signature is right, but in DER; {algorithm} wants R and S side by side (RFC 7518 §3.4).");
        assert!(check(&token, &[suspect(&key)], &message).key.is_none());
    }
}

#[test]
fn a_signature_over_something_else_is_found() {
    let key = Key::secret(TEXT.to_owned().into());
    let input = input("HS256");
    let (header, payload) = input.split_once('.').unwrap();
    let padded = |part: &str| format!("{part}{}", "=".repeat(part.len().wrapping_neg() % 4));
    let both = format!("{}.{}", padded(header), padded(payload));
    let decoded = format!("{}.{}", r#"{"alg":"HS256","kid":"one"}"#, r#"{"sub":"user>>>???"}"#);
    for (signed, what) in [
        (both.clone(), "the parts with '=' padding"),
        (both.replace('-', "+").replace('_', "/"), "the parts in standard base64"),
        (decoded, "the decoded parts"),
        (payload.to_owned(), "the payload alone"),
    ] {
        let signature = key.signer(Algorithm::HS256).unwrap().sign(signed.as_bytes()).unwrap();
        let message = format!("The token was signed with the key of 'mine', but over {what}.");
        check(&format!("{input}.{}", base64url::encode(&signature)), &[suspect(&key)], &message);
    }
}

#[test]
fn without_a_known_mistake_it_says_what_was_tried() {
    let token = hs256("a secret nobody here knows, whatever they try");
    let suspects = [typed(TEXT, SecretEncoding::Utf8), suspect(&Key::generate(KeyKind::P256, None).unwrap())];
    let diagnosis = diagnose(&token, &decode(&token), &suspects, &mut |_| true);
    assert!(diagnosis.found.is_none() && !diagnosis.stopped);
    for what in [
        "'mine' as it is",
        "'mine' as base64",
        "'mine' with a line end (LF)",
        "'mine' with HS512",
        "'mine' over the decoded parts",
    ] {
        assert!(diagnosis.tried.iter().any(|tried| tried == what), "{what}: {:?}", diagnosis.tried);
    }
    assert!(!format!("{diagnosis:?} {suspects:?}").contains(TEXT));
    let mut attempts = 0;
    let stopped = diagnose(&token, &decode(&token), &suspects, &mut |number| {
        assert_eq!(number, attempts);
        attempts += 1;
        number < 3
    });
    assert!(stopped.stopped && stopped.found.is_none());
    assert_eq!(stopped.tried.len(), 3);
    for nothing in ["", "e30.e30.AA", "e30.AA.AA.AA.AA", "abc"] {
        assert!(diagnose(nothing, &decode(nothing), &suspects, &mut |_| true).tried.is_empty());
    }
}
