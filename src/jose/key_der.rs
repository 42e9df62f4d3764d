//! Keys in DER: PKCS#8 (RFC 5958), SPKI (RFC 5280 §4.1.2.7), PKCS#1 (RFC 8017 §A.1) and SEC 1 (RFC 5915).
//!
//! The structures are read by the crates named after them; whether the numbers are a key is for aws-lc to say.

use aws_lc_rs::signature::{EcdsaKeyPair, Ed25519KeyPair, RsaKeyPair};
use pkcs1::{RsaPrivateKeyRef, RsaPublicKeyRef};
use pkcs8::PrivateKeyInfoRef;
use sec1::{EcParameters, EcPrivateKey};
use spki::der::asn1::{AnyRef, BitStringRef, Null, ObjectIdentifier, OctetStringRef};
use spki::der::{Decode as _, Encode as _};
use spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};
use zeroize::Zeroizing;

use super::certificate;
use super::error::Problem;
use super::jwa::KeyKind;
use super::key::{self, Key};
use super::key_encrypted;
use super::key_sketch::KeySketch;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const P521: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// Reads a key from DER, whichever of the four structures it is, or the public key of a certificate.
pub(super) fn read(der: &[u8]) -> Result<Key, Problem> {
    if let Ok(info) = PrivateKeyInfoRef::from_der(der) {
        private(&info, der)
    } else if let Ok(info) = SubjectPublicKeyInfoRef::from_der(der) {
        public(&info, der)
    } else if let Ok(rsa) = RsaPrivateKeyRef::from_der(der) {
        rsa_private(&rsa, der)
    } else if RsaPublicKeyRef::from_der(der).is_ok() {
        Key::from_public(KeyKind::Rsa, der)
    } else if let Ok(sec1) = EcPrivateKey::from_der(der) {
        let curve = sec1.parameters.and_then(EcParameters::named_curve);
        ec_private(curve.and_then(curve_kind).ok_or_else(|| refuse(der, None))?, der)
    } else if let Some(spki) = certificate::public_key(der) {
        public(&SubjectPublicKeyInfoRef::from_der(&spki).map_err(|_der| broken())?, &spki)
    } else {
        Err(refuse(der, None))
    }
}

/// The key as a `SubjectPublicKeyInfo`.
pub(super) fn spki(key: &Key) -> Result<Vec<u8>, Problem> {
    let null = AnyRef::from(Null);
    let algorithm = match key.kind() {
        KeyKind::Rsa | KeyKind::Secret => AlgorithmIdentifierRef { oid: RSA, parameters: Some(null) },
        KeyKind::P256 => AlgorithmIdentifierRef { oid: EC, parameters: Some(AnyRef::from(&P256)) },
        KeyKind::P384 => AlgorithmIdentifierRef { oid: EC, parameters: Some(AnyRef::from(&P384)) },
        KeyKind::P521 => AlgorithmIdentifierRef { oid: EC, parameters: Some(AnyRef::from(&P521)) },
        KeyKind::Ed25519 => AlgorithmIdentifierRef { oid: ED25519, parameters: None },
    };
    BitStringRef::from_bytes(key.public_bytes().unwrap_or_default())
        .and_then(|subject_public_key| SubjectPublicKeyInfoRef { algorithm, subject_public_key }.to_der())
        .map_err(|_too_long| broken())
}

fn private(info: &PrivateKeyInfoRef<'_>, der: &[u8]) -> Result<Key, Problem> {
    let inner = info.private_key.as_bytes();
    match info.algorithm.oid {
        RSA => rsa_private(&RsaPrivateKeyRef::from_der(inner).map_err(|_der| broken())?, inner),
        EC => ec_private(named_curve(&info.algorithm).ok_or_else(|| refuse(der, None))?, inner),
        ED25519 => {
            let seed = <&OctetStringRef>::from_der(inner).map_err(|_der| broken())?.as_bytes();
            ed25519(seed, info.public_key.and_then(|public| public.as_bytes()))
        }
        other => Err(refuse(der, Some(other))),
    }
}

fn public(info: &SubjectPublicKeyInfoRef<'_>, der: &[u8]) -> Result<Key, Problem> {
    let bytes = info.subject_public_key.as_bytes().ok_or_else(broken)?;
    match info.algorithm.oid {
        RSA => Key::from_public(KeyKind::Rsa, bytes),
        EC => {
            let kind = named_curve(&info.algorithm).ok_or_else(|| refuse(der, None))?;
            match bytes.first() {
                Some(2 | 3) => Err(Problem::new("key-unsupported", "This public key is a compressed point").help(
                    "Write it in full: openssl pkey -pubin -in key.pem -ec_conv_form uncompressed -out public.pem",
                )),
                _ => Key::from_public(kind, bytes),
            }
        }
        ED25519 => Key::from_public(KeyKind::Ed25519, bytes),
        other => Err(refuse(der, Some(other))),
    }
}

fn rsa_private(rsa: &RsaPrivateKeyRef<'_>, pkcs1: &[u8]) -> Result<Key, Problem> {
    if rsa.other_prime_infos.is_some() {
        let bits = key::bit_len(rsa.modulus.as_bytes());
        return Err(Problem::new("key-unsupported", format!("This RSA key of {bits} bits has more than two primes"))
            .help("Make another key: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem"));
    }
    key::check_rsa(rsa.modulus.as_bytes(), rsa.public_exponent.as_bytes())?;
    Key::from_rsa(&RsaKeyPair::from_der(pkcs1).map_err(|_rejected| contradictory())?)
}

fn ec_private(kind: KeyKind, sec1: &[u8]) -> Result<Key, Problem> {
    let pair = EcdsaKeyPair::from_private_key_der(key::ecdsa(kind), sec1).map_err(|_rejected| contradictory())?;
    Key::from_ec(kind, &pair)
}

/// An Ed25519 key from its 32-byte seed, and its public part if it came with one.
pub(super) fn ed25519(seed: &[u8], public: Option<&[u8]>) -> Result<Key, Problem> {
    let pair = match public {
        Some(public) => Ed25519KeyPair::from_seed_and_public_key(seed, public),
        None => Ed25519KeyPair::from_seed_unchecked(seed),
    };
    Key::from_ed25519(&pair.map_err(|_rejected| contradictory())?)
}

/// The bytes of the private part as a JWK holds them: `d` of an EC or OKP key.
pub(super) fn private_number(key: &Key) -> Result<Zeroizing<Vec<u8>>, Problem> {
    let info = PrivateKeyInfoRef::from_der(key.pkcs8()?.bytes()).map_err(|_der| broken())?;
    let inner = info.private_key.as_bytes();
    let number = match key.kind() {
        KeyKind::Ed25519 => <&OctetStringRef>::from_der(inner).map_err(|_der| broken())?.as_bytes(),
        _ => EcPrivateKey::from_der(inner).map_err(|_der| broken())?.private_key,
    };
    Ok(number.to_vec().into())
}

fn named_curve(algorithm: &AlgorithmIdentifierRef<'_>) -> Option<KeyKind> {
    algorithm.parameters_oid().ok().and_then(curve_kind)
}

fn curve_kind(curve: ObjectIdentifier) -> Option<KeyKind> {
    match curve {
        P256 => Some(KeyKind::P256),
        P384 => Some(KeyKind::P384),
        P521 => Some(KeyKind::P521),
        _ => None,
    }
}

/// A key on a curve that is known by name only.
pub(super) fn unsupported_curve(name: &str) -> Problem {
    Problem::new("key-curve", format!("This key is on the curve {name}; P-256, P-384, P-521 and Ed25519 are supported"))
        .help("Make another key: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem")
}

/// Says why a structure, of the algorithm it names if it names one, is no key that can be used.
fn refuse(der: &[u8], algorithm: Option<ObjectIdentifier>) -> Problem {
    let sketch = KeySketch::of_der(der);
    match (sketch.kind, sketch.curve.as_deref()) {
        ("rsa", _) if algorithm == Some(RSA_PSS) => restricted_to_pss(&sketch),
        ("ec", None | Some("P-256" | "P-384" | "P-521")) => unnamed_curve(&sketch),
        ("okp", Some(curve @ ("X25519" | "X448"))) => key_agreement(&format!("an {curve} key")),
        ("ec" | "okp", Some(curve)) => unsupported_curve(curve),
        ("dh", _) => key_agreement(&format!("a {}", sketch.phrase())),
        ("dsa", _) => dsa(&sketch),
        ("csr", _) => certificate_request(der),
        ("certificate", _) => unreadable_certificate(),
        ("encrypted", _) => key_encrypted::passphrase_needed(),
        ("pkcs12", _) => Problem::new("key-pkcs12", "This is a PKCS#12 file (.p12, .pfx)")
            .help("Take the key out of it: openssl pkcs12 -in file.p12 -nocerts -nodes -out key.pem"),
        _ => algorithm.map_or_else(broken, unknown_algorithm),
    }
}

fn unknown_algorithm(algorithm: ObjectIdentifier) -> Problem {
    match algorithm.to_string().as_str() {
        "2.16.840.1.101.3.4.3.17" => post_quantum("ML-DSA-44"),
        "2.16.840.1.101.3.4.3.18" => post_quantum("ML-DSA-65"),
        "2.16.840.1.101.3.4.3.19" => post_quantum("ML-DSA-87"),
        unknown => {
            Problem::new("key-unsupported", format!("This key is for the algorithm {unknown}, which is not known here"))
                .help("Use an RSA, P-256, P-384, P-521 or Ed25519 key.")
        }
    }
}

/// A key for agreeing on a secret, named with its article: "an X25519 key".
pub(super) fn key_agreement(name: &str) -> Problem {
    Problem::new("key-unsupported", format!("This is {name}: it agrees on secrets, it does not sign"))
        .help("Make an Ed25519 key: openssl genpkey -algorithm ED25519 -out key.pem")
}

fn post_quantum(name: &str) -> Problem {
    Problem::new("key-unsupported", format!("This is an {name} key, which is not supported"))
        .help("Make an Ed25519 key: openssl genpkey -algorithm ED25519 -out key.pem")
}

fn unnamed_curve(sketch: &KeySketch) -> Problem {
    let message = format!("This {} describes its curve in numbers or not at all, instead of by name", sketch.phrase());
    Problem::new("key-curve", message)
        .help("Give it the curve's name: openssl pkey -in key.pem -ec_param_enc named_curve -out named.pem (with -pubin for a public key)")
}

fn dsa(sketch: &KeySketch) -> Problem {
    Problem::new("key-dsa", format!("This is a {}, for which JOSE has no algorithm", sketch.phrase()))
        .help("Make another key: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem")
}

fn restricted_to_pss(sketch: &KeySketch) -> Problem {
    let message = format!("This {} is restricted to PSS (id-RSASSA-PSS), which is not supported", sketch.phrase());
    Problem::new("key-rsa-pss", message)
        .help("Use a plain RSA key; it signs with PS256 too: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem")
}

fn certificate_request(der: &[u8]) -> Problem {
    let key = certificate::requested_key(der).map(|spki| format!(" ({})", KeySketch::of_der(&spki).phrase()));
    let message = format!("This is a certificate request{}, not a key", key.unwrap_or_default());
    Problem::new("key-certificate-request", message)
        .help("Take the public key out of it: openssl req -in request.pem -pubkey -noout -out public.pem")
}

fn unreadable_certificate() -> Problem {
    Problem::new("key-certificate", "This certificate cannot be read: it is damaged or not as RFC 5280 §4.1 wants it")
        .help("Take the public key out of it: openssl x509 -in certificate.pem -pubkey -noout -out public.pem")
}

fn contradictory() -> Problem {
    Problem::new("key-mismatch", "The parts of this key contradict each other: private and public part are not one key")
        .help("Export or generate the key again; the file is damaged or was put together by hand.")
}

fn broken() -> Problem {
    Problem::new("key-broken", "This is not a key in PKCS#8, SPKI, PKCS#1 or SEC 1 nor a certificate, or it is cut off")
        .help("Copy or export the whole key again, as PEM or DER.")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An algorithm identifier and a key of no meaning, as SPKI.
    fn strange(algorithm: &str, parameters: Option<&str>) -> Vec<u8> {
        let curve = parameters.map(ObjectIdentifier::new_unwrap);
        let algorithm = AlgorithmIdentifierRef {
            oid: ObjectIdentifier::new_unwrap(algorithm),
            parameters: curve.as_ref().map(AnyRef::from),
        };
        let subject_public_key = BitStringRef::from_bytes(&[4; 65]).unwrap();
        SubjectPublicKeyInfoRef { algorithm, subject_public_key }.to_der().unwrap()
    }

    #[track_caller]
    fn check_refused(der: &[u8], code: &str, message: &str) {
        let problem = Key::read(der).unwrap_err();
        assert_eq!(problem.code, code, "{}", problem.message);
        assert!(problem.message.contains(message) && !problem.help.is_empty(), "{}", problem.message);
    }

    #[test]
    fn strangers_are_named() {
        let ec = EC.to_string();
        check_refused(&strange(&ec, Some("1.3.132.0.35")), "key-broken", "ES512");
        check_refused(&strange(&ec, Some("1.3.132.0.10")), "key-curve", "secp256k1");
        check_refused(&strange(&ec, Some("1.3.36.3.3.2.8.1.1.7")), "key-curve", "brainpoolP256r1");
        check_refused(&strange(&ec, Some("1.3.132.0.1")), "key-curve", "1.3.132.0.1");
        check_refused(&strange(&ec, None), "key-curve", "instead of by name");
        check_refused(&strange(&ec, Some("1.2.840.10045.3.1.7")), "key-broken", "ES256");
        check_refused(&strange("1.3.101.110", None), "key-unsupported", "X25519");
        check_refused(&strange("1.3.101.113", None), "key-curve", "Ed448");
        check_refused(&strange("1.2.840.10040.4.1", None), "key-dsa", "DSA");
        check_refused(&strange("1.2.840.113549.1.1.10", None), "key-rsa-pss", "PSS");
        check_refused(&strange("2.16.840.1.101.3.4.3.18", None), "key-unsupported", "ML-DSA-65");
        check_refused(&strange("1.2.3.4", None), "key-unsupported", "1.2.3.4");
        check_refused(b"\x30\x05\x30\x00\x04\x01\x00", "key-passphrase", "passphrase");
        check_refused(b"\x30\x07\x30\x00\x30\x00\x03\x01\x00", "key-certificate", "certificate");
        check_refused(b"\x30\x05\x02\x01\x03\x30\x00", "key-pkcs12", "PKCS#12");
        check_refused(b"\x30\x80\x00\x00", "key-broken", "cut off");
    }

    #[test]
    fn parts_of_two_keys_are_not_one() {
        for kind in [KeyKind::P256, KeyKind::P384, KeyKind::P521] {
            let [one, other] = [(); 2].map(|()| Key::generate(kind, None).unwrap());
            let mut mixed = one.pkcs8().unwrap().bytes().to_vec();
            let point = other.public_bytes().unwrap();
            let start = mixed.len() - point.len();
            assert_eq!(&mixed[start..], one.public_bytes().unwrap());
            mixed[start..].copy_from_slice(point);
            check_refused(&mixed, "key-mismatch", "contradict");
        }
        assert_eq!(ed25519(&[1; 32], Some(&[2; 32])).unwrap_err().code, "key-mismatch");
    }

    #[test]
    fn no_damage_makes_it_panic() {
        for kind in [KeyKind::P256, KeyKind::Ed25519, KeyKind::Rsa] {
            let key = Key::generate(kind, None).unwrap();
            let forms = [
                key.pkcs8().unwrap().bytes().to_vec(),
                spki(&key).unwrap(),
                key.to_jwk(true).unwrap().bytes().to_vec(),
            ];
            for form in forms {
                for len in 0..form.len() {
                    assert!(Key::read(&form[..len]).is_err(), "{kind:?} cut to {len}");
                }
                for at in 0..form.len().min(200) {
                    let mut damaged = form.clone();
                    damaged[at] ^= 0x15;
                    Key::read(&damaged).ok();
                }
            }
        }
    }
}
