//! Minting from a ready draft against the raw primitive and against `jsonwebtoken::encode`, 1 KB of claims.
//!
//! Run with `cargo bench --bench mint`. Times are medians of contenders that take turns within one run.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

mod common;

use std::error::Error;
use std::hint::black_box;
use std::time::Duration;

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use common::{Contender, claims, medians, verdict};
use jsonwebtoken::{EncodingKey, Header};
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::jose::{base64url, compact};
use pkcs8::PrivateKeyInfoRef;

const LASTING: Duration = Duration::from_secs(3);

fn main() -> Result<(), Box<dyn Error>> {
    let payload = serde_json::to_string(&serde_json::from_str::<serde_json::Value>(&claims(1_300))?)?;
    println!(
        "Minting one token with {} bytes of claims: medians in µs, signer built once by us and by raw.",
        payload.len()
    );
    println!("Raw is HMAC and base64url of the same bytes for HS256, the signature alone for the others.");
    println!(
        "{:9}{:>10}{:>10}{:>14}{:>12}{:>9}{:>8}{:>19}",
        "", "ours", "raw", "jsonwebtoken", "ours/raw", "bound", "", "jsonwebtoken/raw"
    );
    for case in [hs256()?, rs256()?, es256()?, eddsa()?] {
        case.run(&payload)?;
    }
    Ok(())
}

/// One algorithm: our key, the library's key, and the raw primitive.
struct Case {
    algorithm: Algorithm,
    key: Key,
    header: Header,
    encoding_key: EncodingKey,
    raw: Box<dyn FnMut(&Parts<'_>)>,
    bound: f64,
}

/// What the raw primitive works on.
struct Parts<'a> {
    header: &'a str,
    payload: &'a str,
    signing_input: &'a [u8],
}

impl Case {
    fn run(mut self, payload: &str) -> Result<(), Box<dyn Error>> {
        let header = format!(r#"{{"typ":"JWT","alg":"{}"}}"#, self.algorithm.name());
        let signer = self.key.signer(self.algorithm)?;
        let claims: serde_json::Value = serde_json::from_str(payload)?;
        let token = compact::mint(&signer, header.as_bytes(), payload.as_bytes())?;
        let parts = Parts { header: &header, payload, signing_input: token.signing_input().as_bytes() };
        let times = medians(
            vec![
                Contender::new("ours", || {
                    black_box(compact::mint(&signer, black_box(header.as_bytes()), black_box(payload.as_bytes()))).ok();
                }),
                Contender::new("raw", || (self.raw)(black_box(&parts))),
                Contender::new("jsonwebtoken", || {
                    black_box(jsonwebtoken::encode(&self.header, black_box(&claims), &self.encoding_key)).ok();
                }),
            ],
            LASTING,
        );
        let [ours, raw, library] = [0, 1, 2].map(|index| times[index].1);
        println!(
            "{:9}{:>10.2}{:>10.2}{:>14.2}{:>12.3}{:>9}{:>8}{:>19.2}",
            self.algorithm.name(),
            ours * 1e6,
            raw * 1e6,
            library * 1e6,
            ours / raw,
            format!("<= {}", self.bound),
            verdict(ours / raw, self.bound),
            library / raw,
        );
        Ok(())
    }
}

fn hs256() -> Result<Case, Box<dyn Error>> {
    let secret = [0x5a; 32];
    let key = hmac::Key::new(hmac::HMAC_SHA256, &secret);
    let mut room = String::new();
    Ok(Case {
        algorithm: Algorithm::HS256,
        key: Key::secret(Secret::from(secret.to_vec())),
        header: Header::new(jsonwebtoken::Algorithm::HS256),
        encoding_key: EncodingKey::from_secret(&secret),
        raw: Box::new(move |parts| {
            let signature = hmac::sign(&key, parts.signing_input);
            room.clear();
            for part in [parts.header.as_bytes(), parts.payload.as_bytes(), signature.as_ref()] {
                base64url::encode_into(part, &mut room);
            }
            black_box(&room);
        }),
        bound: 1.25,
    })
}

/// A generated key, and its PKCS #8 form for the library and the raw primitive.
fn generated(kind: KeyKind) -> Result<(Key, Vec<u8>), Box<dyn Error>> {
    let key = Key::generate(kind, None)?;
    let pem = key.to_pem(true)?;
    let (_, pkcs8) = pem_rfc7468::decode_vec(pem.bytes()).map_err(|error| error.to_string())?;
    Ok((key, pkcs8))
}

fn rs256() -> Result<Case, Box<dyn Error>> {
    let (key, pkcs8) = generated(KeyKind::Rsa)?;
    let pair = RsaKeyPair::from_pkcs8(&pkcs8)?;
    Ok(Case {
        algorithm: Algorithm::RS256,
        key,
        header: Header::new(jsonwebtoken::Algorithm::RS256),
        encoding_key: EncodingKey::from_rsa_der(PrivateKeyInfoRef::try_from(pkcs8.as_slice())?.private_key.as_bytes()),
        raw: Box::new(move |parts| {
            let mut signature = vec![0; pair.public_modulus_len()];
            pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), parts.signing_input, &mut signature).ok();
            black_box(signature);
        }),
        bound: 1.05,
    })
}

fn es256() -> Result<Case, Box<dyn Error>> {
    let (key, pkcs8) = generated(KeyKind::P256)?;
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &pkcs8)?;
    Ok(Case {
        algorithm: Algorithm::ES256,
        key,
        header: Header::new(jsonwebtoken::Algorithm::ES256),
        encoding_key: EncodingKey::from_ec_der(&pkcs8),
        raw: Box::new(move |parts| {
            black_box(pair.sign(&SystemRandom::new(), parts.signing_input)).ok();
        }),
        bound: 1.05,
    })
}

fn eddsa() -> Result<Case, Box<dyn Error>> {
    let (key, pkcs8) = generated(KeyKind::Ed25519)?;
    let pair = Ed25519KeyPair::from_pkcs8(&pkcs8)?;
    Ok(Case {
        algorithm: Algorithm::EdDSA,
        key,
        header: Header::new(jsonwebtoken::Algorithm::EdDSA),
        encoding_key: EncodingKey::from_ed_der(&pkcs8),
        raw: Box::new(move |parts| {
            black_box(pair.sign(parts.signing_input));
        }),
        bound: 1.05,
    })
}
