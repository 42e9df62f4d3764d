//! What a key is, as far as can be told without using it: for naming those that are refused.

use pkcs1::{RsaPrivateKeyRef, RsaPublicKeyRef};
use pkcs8::PrivateKeyInfoRef;
use sec1::{EcParameters, EcPrivateKey};
use spki::der::asn1::{AnyRef, ObjectIdentifier, SequenceRef, UintRef};
use spki::der::{Decode as _, Reader as _, SliceReader, Tag, Tagged as _};
use spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};
use zeroize::Zeroizing;

use super::base64url;
use super::certificate;
use super::json::Value;
use super::jwa::KeyKind;
use super::key::{self, Key};
use super::text::shown;

/// What a key is, used or refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySketch {
    /// `rsa`, `ec`, `okp`, `oct` as in RFC 7518 §6.1; for what has no such name: `dsa`, `dh`, `akp`, `csr`,
    /// `certificate`, `encrypted`, `openssh`, `pgp`, `putty`, `pkcs12`, `unknown`.
    pub kind: &'static str,
    /// Its size: bits of the secret, of the modulus or of the curve's field.
    pub bits: Option<usize>,
    /// Its curve, by the name JOSE has for it or else its usual one.
    pub curve: Option<String>,
    /// Whether it has a private part, where that can be told; a shared secret is one.
    pub private: Option<bool>,
}

impl KeySketch {
    /// The sketch of a key that can be used.
    pub fn of(key: &Key) -> Self {
        let (kind, curve) = match key.kind() {
            KeyKind::Secret => ("oct", None),
            KeyKind::Rsa => ("rsa", None),
            KeyKind::P256 | KeyKind::P384 | KeyKind::P521 => ("ec", Some(key.kind().label())),
            KeyKind::Ed25519 => ("okp", Some(key.kind().label())),
        };
        Self { kind, bits: Some(key.bits()), curve: curve.map(str::to_owned), private: Some(key.is_private()) }
    }

    /// Of something known by its kind alone.
    pub(super) const fn bare(kind: &'static str) -> Self {
        Self { kind, bits: None, curve: None, private: None }
    }

    /// What it is in a few words: `RSA key of 1024 bits`, `EC key on secp192r1`, `Ed448 key`.
    pub fn phrase(&self) -> String {
        let name = match self.kind {
            "rsa" => "RSA key",
            "ec" => "EC key",
            "dsa" => "DSA key",
            "dh" => "Diffie-Hellman key",
            "oct" => "shared secret",
            "csr" => return "certificate request".to_owned(),
            "certificate" => "certificate",
            "encrypted" => "encrypted private key",
            "openssh" => "OpenSSH key",
            "pgp" => "PGP key",
            "putty" => "PuTTY key",
            "pkcs12" => "PKCS#12 file",
            "akp" => "post-quantum key",
            "okp" => return format!("{} key", self.curve.as_deref().unwrap_or("Edwards-curve")),
            _ => "unknown key",
        };
        match (&self.curve, self.bits) {
            (Some(curve), _) => format!("{name} on {curve}"),
            (None, Some(bits)) => format!("{name} of {bits} bits"),
            (None, None) => name.to_owned(),
        }
    }

    /// Of a structure in DER; `unknown` when it is none that is known.
    pub(super) fn of_der(der: &[u8]) -> Self {
        if let Ok(info) = PrivateKeyInfoRef::from_der(der) {
            Self::of_algorithm(&info.algorithm, info.private_key.as_bytes(), true)
        } else if let Ok(info) = SubjectPublicKeyInfoRef::from_der(der) {
            Self::of_algorithm(&info.algorithm, info.subject_public_key.raw_bytes(), false)
        } else if let Some(bits) = rsa_bits(der, true) {
            Self { bits: Some(bits), private: Some(true), ..Self::bare("rsa") }
        } else if let Some(bits) = rsa_bits(der, false) {
            Self { bits: Some(bits), private: Some(false), ..Self::bare("rsa") }
        } else if let Ok(sec1) = EcPrivateKey::from_der(der) {
            let curve = sec1.parameters.and_then(EcParameters::named_curve).map(Curve::of);
            Self::on(curve.unwrap_or(Curve { name: None, bits: Some(sec1.private_key.len() * 8) }), true)
        } else if let Some(spki) = certificate::public_key(der) {
            Self::of_der(&spki)
        } else if let Some(spki) = certificate::requested_key(der) {
            Self { kind: "csr", ..Self::of_der(&spki) }
        } else {
            Self::of_shape(der)
        }
    }

    /// Of a structure known by the types of what stands in it.
    fn of_shape(der: &[u8]) -> Self {
        let parts = parts(der).unwrap_or_default();
        let tags: Vec<Tag> = parts.iter().map(AnyRef::tag).collect();
        match tags.as_slice() {
            [Tag::Sequence, Tag::OctetString] => Self { private: Some(true), ..Self::bare("encrypted") },
            [Tag::Sequence, Tag::Sequence, Tag::BitString] => Self::bare("certificate"),
            [Tag::Integer, Tag::Sequence] | [Tag::Integer, Tag::Sequence, Tag::Sequence] => Self::bare("pkcs12"),
            // An EC key of SEC 1 whose curve is written out in numbers.
            [Tag::Integer, Tag::OctetString, ..] => {
                let explicit = parts.get(2).and_then(|tagged| AnyRef::from_der(tagged.value()).ok());
                Self::on(explicit.map(Curve::in_numbers).unwrap_or_default(), true)
            }
            // Version, p, q, g, y, x.
            [Tag::Integer, Tag::Integer, Tag::Integer, Tag::Integer, Tag::Integer, Tag::Integer] => {
                Self { bits: parts.get(1).and_then(integer_bits), private: Some(true), ..Self::bare("dsa") }
            }
            _ => Self::bare("unknown"),
        }
    }

    fn of_algorithm(algorithm: &AlgorithmIdentifierRef<'_>, inner: &[u8], private: bool) -> Self {
        let okp = |curve: &str, bits| Self {
            bits: Some(bits),
            curve: Some(curve.to_owned()),
            private: Some(private),
            ..Self::bare("okp")
        };
        let sized = |kind, bits| Self { bits, private: Some(private), ..Self::bare(kind) };
        let first_parameter =
            || algorithm.parameters.and_then(|any| elements(any.value())?.first().and_then(integer_bits));
        match algorithm.oid.to_string().as_str() {
            "1.2.840.113549.1.1.1" | "1.2.840.113549.1.1.10" => sized("rsa", rsa_bits(inner, private)),
            "1.2.840.10045.2.1" => {
                let curve =
                    algorithm.parameters.map(|any| any.decode_as().map_or_else(|_| Curve::in_numbers(any), Curve::of));
                Self::on(curve.unwrap_or_default(), private)
            }
            "1.3.101.110" => okp("X25519", 256),
            "1.3.101.111" => okp("X448", 448),
            "1.3.101.112" => okp("Ed25519", 256),
            "1.3.101.113" => okp("Ed448", 456),
            "1.2.840.10040.4.1" => sized("dsa", first_parameter()),
            "1.2.840.113549.1.3.1" | "1.2.840.10046.2.1" => sized("dh", first_parameter()),
            post_quantum if post_quantum.starts_with("2.16.840.1.101.3.4.3.") => sized("akp", None),
            _ => sized("unknown", None),
        }
    }

    fn on(curve: Curve, private: bool) -> Self {
        Self { kind: "ec", bits: curve.bits, curve: curve.name, private: Some(private) }
    }

    /// Of a JWK that cannot be used, by its members.
    pub(super) fn of_jwk(jwk: Value<'_>) -> Self {
        let text = |name| jwk.get(name).and_then(Value::as_str);
        let number = |name| {
            let text = Zeroizing::new(text(name)?.into_owned());
            base64url::decode(&text).ok().map(Zeroizing::new)
        };
        let private = Some(jwk.get("d").is_some());
        let curve = text("crv").map(|crv| shown(&crv));
        let curve_bits = CURVES.iter().find(|(_, name, _)| curve.as_deref() == Some(name)).map(|(_, _, bits)| *bits);
        match text("kty").as_deref() {
            Some("RSA") => {
                let bits = number("n").map(|n| key::bit_len(&n[n.iter().take_while(|byte| **byte == 0).count()..]));
                Self { bits, private, ..Self::bare("rsa") }
            }
            Some("EC") => Self { kind: "ec", bits: curve_bits, curve, private },
            Some("OKP") => Self { kind: "okp", bits: curve_bits, curve, private },
            Some("oct") => Self { bits: number("k").map(|k| k.len() * 8), private: Some(true), ..Self::bare("oct") },
            Some("AKP") => Self { private: Some(jwk.get("priv").is_some()), ..Self::bare("akp") },
            _ => Self::bare("unknown"),
        }
    }

    /// Of what a problem says it is.
    pub(super) fn of_problem(code: &str) -> Self {
        let kind = match code {
            "key-openssh" => "openssh",
            "key-pgp" => "pgp",
            "key-putty" => "putty",
            "key-pkcs12" => "pkcs12",
            "key-encrypted" => "encrypted",
            _ => "unknown",
        };
        Self { private: matches!(kind, "putty" | "encrypted").then_some(true), ..Self::bare(kind) }
    }
}

/// Object identifier (RFC 5480 §2.1.1.1, SEC 2, RFC 5639), name and bits of curves; those without an identifier are
/// known by name alone.
const CURVES: [(&str, &str, usize); 17] = [
    ("1.2.840.10045.3.1.7", "P-256", 256),
    ("1.3.132.0.34", "P-384", 384),
    ("1.3.132.0.35", "P-521", 521),
    ("1.3.132.0.10", "secp256k1", 256),
    ("1.2.840.10045.3.1.1", "secp192r1", 192),
    ("1.3.132.0.33", "secp224r1", 224),
    ("1.3.132.0.8", "secp160r1", 160),
    ("1.3.132.0.31", "secp192k1", 192),
    ("1.3.132.0.32", "secp224k1", 224),
    ("1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1", 256),
    ("1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1", 384),
    ("1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1", 512),
    ("1.2.156.10197.1.301", "SM2", 256),
    ("1.3.101.110", "X25519", 256),
    ("1.3.101.111", "X448", 448),
    ("1.3.101.112", "Ed25519", 256),
    ("1.3.101.113", "Ed448", 456),
];

#[derive(Default)]
struct Curve {
    name: Option<String>,
    bits: Option<usize>,
}

impl Curve {
    fn of(identifier: ObjectIdentifier) -> Self {
        let identifier = identifier.to_string();
        match CURVES.iter().find(|(known, ..)| *known == identifier) {
            Some((_, name, bits)) => Self { name: Some((*name).to_owned()), bits: Some(*bits) },
            None => Self { name: Some(identifier), bits: None },
        }
    }

    /// Of parameters in numbers (RFC 3279 §2.3.5): version, field, curve, base, order. The field's prime tells the
    /// curve well enough for a name.
    fn in_numbers(parameters: AnyRef<'_>) -> Self {
        let prime = || {
            let field = *elements(parameters.value())?.get(1)?;
            elements(field.value())?.get(1)?.decode_as::<UintRef<'_>>().ok().map(|prime| prime.as_bytes().to_vec())
        };
        let Some(prime) = prime() else { return Self::default() };
        let bits = key::bit_len(&prime);
        let name = match (bits, prime.get(..8).unwrap_or_default()) {
            (256, [255, 255, 255, 255, 0, 0, 0, 1]) => Some("P-256"),
            (256, [255, 255, 255, 255, 255, 255, 255, 255]) => Some("secp256k1"),
            (384, [255, 255, 255, 255, 255, 255, 255, 255]) => Some("P-384"),
            (521, [1, 255, 255, 255, 255, 255, 255, 255]) => Some("P-521"),
            _ => None,
        };
        Self { name: name.map(str::to_owned), bits: Some(bits) }
    }
}

fn rsa_bits(pkcs1: &[u8], private: bool) -> Option<usize> {
    let bits = |modulus: UintRef<'_>| key::bit_len(modulus.as_bytes());
    if private {
        RsaPrivateKeyRef::from_der(pkcs1).ok().map(|rsa| bits(rsa.modulus))
    } else {
        RsaPublicKeyRef::from_der(pkcs1).ok().map(|rsa| bits(rsa.modulus))
    }
}

fn integer_bits(any: &AnyRef<'_>) -> Option<usize> {
    any.decode_as::<UintRef<'_>>().ok().map(|number| key::bit_len(number.as_bytes()))
}

/// What stands directly inside the outermost sequence.
pub(super) fn parts(der: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    elements(<&SequenceRef>::from_der(der).ok()?.as_bytes())
}

/// The values that stand one after the other.
pub(super) fn elements(bytes: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(bytes).ok()?;
    let mut found = Vec::new();
    while !reader.is_finished() {
        found.push(AnyRef::decode(&mut reader).ok()?);
    }
    Some(found)
}
