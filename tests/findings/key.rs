//! K01 to K09.

use jwt_workbench::findings::Severity::{Error, Warning};
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::SecretEncoding::{Base64, Base64url, Hex, Utf8};

use crate::world::{World, generated};
use crate::{Case, fires, silent};

/// 32 random bytes.
const HEX: &str = "5f1c0f6bd1a2947e3b8c2ad5907e44f1c86d3a1be9027f58046b9dce71a3fe20";
const BASE64: &str = "XxwPa9GilH47jCrVkH5E8chtOhvpAn9YBGudznGj/iA=";
const BASE64URL: &str = "XxwPa9GilH47jCrVkH5E8chtOhvpAn9YBGudznGj_iA";
/// Made for reading, and long enough.
const WORDS: &str = "orbit lantern quarry velvet mosaic harbor tundra ember 41 Zebra";

/// A power of 65537: the fingerprint of the chips of CVE-2017-15361.
const ROCA: &str = "AQCAH8U2ItemOdvAuh3CYd6meB6-F3qiRRF_kOTYh4wfVcOe0wxKYEIqcck0X_dMh27LcJUNm1cegMcsHuwVfrLmYD4E6AbrGDnRVwNR2ezupy-nrIS3sMXn64KRT6BZ0pZ2SLnY8c3cq0Zmhx4fF6nLVStlpsZmBwj9tuOK5ipNMK9HkcQj44dOFrvbyw4fVO1NUjBaT4RyJ0sNqSF3jiQWNms6QqIwD2xOFvDBWDAr3qu5K6uDynfvQqlIfwfk5QHlZ3OBqDFHg56I7-TQvnnoE-OqWNK8wVBbJ0LYOJQnGzd-s_EIm0g3RquiJYE0Hm7FzQT3IsflNYAfwACAAAE";
/// 1024 bits.
const SHORT: &str = "gAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAMDk";

pub(crate) fn cases() -> Vec<Case> {
    [secrets(), encodings(), pairs()].into_iter().flatten().collect()
}

fn secret(text: &str) -> World {
    World::good().secret(text)
}

fn secrets() -> Vec<Case> {
    let rsa = generated(KeyKind::Rsa).public().unwrap();
    let [pem, jwk] = [rsa.to_pem(false).unwrap(), rsa.to_jwk(false).unwrap()];
    let private = generated(KeyKind::P256).to_pem(true).unwrap();
    let [pem, jwk, private] = [&pem, &jwk, &private].map(|text| text.as_str().unwrap());
    let short = |algorithm, len: usize| World::good().alg(algorithm).secret(&WORDS[..len]);
    vec![
        fires("K01", Error, secret("hunter"), "HS256 needs a secret of at least 32 bytes; this is 6")
            .fixed_to("GenerateSecret"),
        fires("K01", Error, short(Algorithm::HS384, 47), "48 bytes; this is 47"),
        fires("K01", Error, short(Algorithm::HS512, 63), "64 bytes; this is 63"),
        fires("K01", Error, secret(""), "this is 0"),
        fires("K01", Error, secret("hunter").received(), "this is 6").without_fix(),
        silent("K01", short(Algorithm::HS256, 32)),
        silent("K01", short(Algorithm::HS384, 48)),
        silent("K01", World::good().alg(Algorithm::RS256).key(generated(KeyKind::Rsa))),
        silent("K01", World::good().secret_in(HEX, Hex)),
        fires("K02", Error, secret("secret"), "public cracking lists").fixed_to("GenerateSecret"),
        fires("K02", Error, secret("Your-256-bit-secret"), "public cracking lists"),
        fires("K02", Error, secret("my-very-long-secret-key-for-the-jwt-tokens"), "can be guessed: about"),
        fires("K02", Error, secret("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), "112 are needed"),
        fires("K02", Error, World::good().secret_in("c2VjcmV0", Base64).received(), "cracking lists").without_fix(),
        silent("K02", secret(HEX)),
        silent("K02", secret(BASE64)),
        silent("K02", World::good().secret_in(BASE64URL, Base64url)),
        silent("K02", secret(WORDS)),
        silent("K02", World::good().key(Key::generate(KeyKind::Secret, None).unwrap())),
        silent("K02", World::good().alg(Algorithm::ES256).key(generated(KeyKind::P256))),
        fires("K05", Error, secret(pem), "This is a public key. With HS256 anyone who has it can forge tokens")
            .fixed_to(World::good().alg(Algorithm::RS256).header),
        fires("K05", Error, secret(&format!(" {jwk}\n")), "a public key as JWK")
            .fixed_to(World::good().alg(Algorithm::RS256).header),
        fires("K05", Error, secret(private), "This is a private key")
            .fixed_to(World::good().alg(Algorithm::ES256).header),
        fires("K05", Error, secret("-----BEGIN CERTIFICATE-----\nMII").received(), "This is a certificate")
            .without_fix(),
        fires("K05", Error, secret("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIH8 me@here"), "a public key").without_fix(),
        fires("K05", Error, secret(r#"{"kty":"oct","k":"c2VjcmV0"}"#), "the secret is its member k").without_fix(),
        silent("K05", secret(WORDS)),
        silent("K05", secret(r#"{"a":"{\"kty\""}"#)),
        silent("K05", World::good().alg(Algorithm::RS256).key(rsa.clone())),
    ]
}

fn encodings() -> Vec<Case> {
    let read = |text, encoding| World::good().secret_in(text, encoding);
    vec![
        fires("K03", Warning, secret(BASE64), "As text: 44 bytes. Decoded from base64: 32 bytes")
            .fixed_to("ReadSecretAs(Base64)"),
        fires("K03", Warning, secret(BASE64URL), "from base64url: 32 bytes").fixed_to("ReadSecretAs(Base64url)"),
        fires("K03", Warning, secret(HEX).received(), "As text: 64 bytes. Decoded from hex: 32 bytes")
            .fixed_to("ReadSecretAs(Hex)"),
        fires("K03", Warning, read(HEX, Base64), "As base64: 48 bytes. Decoded from hex: 32"),
        fires("K03", Warning, secret(&HEX[..32]), "from hex: 16 bytes").without_fix(),
        silent("K03", read(BASE64, Base64)),
        silent("K03", read(HEX, Hex)),
        silent("K03", secret(WORDS)),
        silent("K03", secret("thisisaverylongsecretwithoutanyspaces")),
        silent("K03", secret("ThisIsTheSecretOfTheYear2026ForUs")),
        silent("K03", secret("12345678901234567890123456789012")),
        silent("K03", secret("b1946ac92492d2347c6235b4d2611184"[..20].as_ref())),
        silent("K03", World::good().key(Key::generate(KeyKind::Secret, None).unwrap())),
        fires(
            "K04",
            Warning,
            secret(&format!("{WORDS}\n")),
            "a line break at its end, which is part of it: 64 bytes, 63 without",
        )
        .fixed_to("TrimSecret"),
        fires("K04", Warning, secret(&format!(" {WORDS}")).received(), "white space around it").fixed_to("TrimSecret"),
        fires("K04", Warning, secret("short\r\n"), "7 bytes, 5 without").fixed_to("TrimSecret"),
        fires("K04", Warning, secret(&format!("{}\n", &WORDS[..31])), "32 bytes, 31 without").without_fix(),
        silent("K04", secret(WORDS)),
        silent("K04", read(&format!("{HEX}\n"), Hex)),
        silent("K04", read(&format!(" {BASE64} "), Base64)),
        silent("K04", read(WORDS, Utf8)),
    ]
}

fn pairs() -> Vec<Case> {
    let signed = |algorithm: Algorithm, key: Key| World::good().alg(algorithm).key(key);
    let public = |kind| generated(kind).public().unwrap();
    let rsa = |n: &str, e: &str| format!(r#"{{"kty":"RSA","n":"{n}","e":"{e}"}}"#);
    let roca = Key::read(rsa(ROCA, "AQAB").as_bytes()).unwrap();
    let ed448 = r#"{"kty":"OKP","crv":"Ed448","x":"X9dEm1m0Yf0s54fsYWrUah2hNCSFpw4fig6nXYDpZ3jt8SR2m0bHBhvWeD3x5Q9s0foavq_oJWGA"}"#;
    vec![
        fires("K06", Error, signed(Algorithm::RS256, roca.clone()), "ROCA").without_fix(),
        fires("K06", Error, World::refused(&rsa(SHORT, "AQAB")), "1024 bits; JWS requires at least 2048"),
        fires("K06", Error, World::refused(&rsa(ROCA, "AQ")), "exponent"),
        fires("K06", Error, World::refused(&rsa(ROCA, "Ag")), "even"),
        silent("K06", signed(Algorithm::RS256, generated(KeyKind::Rsa))),
        silent("K06", signed(Algorithm::ES256, generated(KeyKind::P256))),
        silent("K06", World::refused(ed448)),
        fires("K07", Error, signed(Algorithm::RS256, public(KeyKind::Rsa)), "it verifies, only the private key signs")
            .fixed_to("GenerateKey(Rsa)"),
        fires("K07", Error, signed(Algorithm::EdDSA, public(KeyKind::Ed25519)), "public key"),
        fires(
            "K07",
            Warning,
            signed(Algorithm::ES256, generated(KeyKind::P256)).received(),
            "the public key is enough",
        )
        .fixed_to("ExtractPublic"),
        silent("K07", signed(Algorithm::ES256, generated(KeyKind::P256))),
        silent("K07", signed(Algorithm::ES256, public(KeyKind::P256)).received()),
        silent("K07", secret(WORDS).received()),
        fires(
            "K08",
            Error,
            signed(Algorithm::ES256, generated(KeyKind::P384)),
            "ES256 needs a P-256 key; this is a P-384 key",
        )
        .fixed_to(World::good().alg(Algorithm::ES384).header),
        fires("K08", Error, signed(Algorithm::ES512, generated(KeyKind::P256)), "P-521"),
        fires("K08", Error, signed(Algorithm::ES384, public(KeyKind::P256)).received(), "ES384").without_fix(),
        silent("K08", signed(Algorithm::ES384, generated(KeyKind::P384))),
        silent("K08", signed(Algorithm::ES256, generated(KeyKind::Rsa))),
        silent("K08", signed(Algorithm::EdDSA, generated(KeyKind::P256))),
        fires("K09", Error, World::refused(ed448), "Ed448").without_fix(),
        fires("K09", Error, World::refused("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIH8 me@here"), "OpenSSH"),
        fires(
            "K09",
            Error,
            World::refused("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQEN\n-----END PGP PUBLIC KEY BLOCK-----"),
            "PGP",
        ),
        silent("K09", World::refused(&rsa(SHORT, "AQAB"))),
        silent("K09", signed(Algorithm::ES512, generated(KeyKind::P521))),
        silent("K09", secret(WORDS)),
    ]
}
