//! Signing and verifying (RFC 7515 §5), with everything about the key done beforehand.
//!
//! Secrets verify through `jsonwebtoken`. Everything else uses `aws-lc-rs`, the library underneath, directly: version 11.1
//! of `jsonwebtoken` allocates for every HMAC, parses an RSA key again for every signature, which costs more than half of
//! the time, and does not know P-521.

use std::fmt;

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    self, EcdsaKeyPair, Ed25519KeyPair, ParsedPublicKey, RsaEncoding, RsaKeyPair, VerificationAlgorithm,
};
use jsonwebtoken::DecodingKey;
use jsonwebtoken::crypto::JwtVerifier;
use jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER;

use super::error::Problem;
use super::jwa::{Algorithm, KeyKind};
use super::key::{self, Material};

/// The bytes of the longest signature there is: that of an RSA key of 8192 bits.
pub const LONGEST_SIGNATURE: usize = 1024;

/// Signs with one key and one algorithm. Stays on its thread: every thread builds its own from the key.
pub struct Signer {
    algorithm: Algorithm,
    signature_len: usize,
    with: SignWith,
}

enum SignWith {
    Hmac(Box<hmac::Key>),
    Ecdsa(Box<EcdsaKeyPair>),
    Ed25519(Box<Ed25519KeyPair>),
    Rsa(Box<RsaKeyPair>, &'static dyn RsaEncoding),
}

impl Signer {
    pub(super) fn new(algorithm: Algorithm, material: &Material) -> Result<Self, Problem> {
        let with = match material {
            Material::Secret(secret) => {
                let hash = hmac_algorithm(algorithm).ok_or_else(|| rejected(algorithm))?;
                SignWith::Hmac(Box::new(hmac::Key::new(hash, secret.bytes())))
            }
            Material::Private { pkcs8, .. } => {
                SignWith::pair(algorithm, pkcs8.bytes()).ok_or_else(|| rejected(algorithm))?
            }
            Material::Public(_) => {
                return Err(public_key());
            }
        };
        let key_bits = if let SignWith::Rsa(pair, _) = &with { pair.public_modulus_len() * 8 } else { 0 };
        Ok(Self { algorithm, signature_len: algorithm.signature_len(key_bits), with })
    }

    /// What it signs with.
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The bytes of every signature it makes.
    pub const fn signature_len(&self) -> usize {
        self.signature_len
    }

    /// The signature of `signing_input` (RFC 7515 §5.1, step 5).
    ///
    /// # Errors
    ///
    /// When the operating system has no randomness for an algorithm that needs it.
    pub fn sign(&self, signing_input: &[u8]) -> Result<Vec<u8>, Problem> {
        let mut room = [0; LONGEST_SIGNATURE];
        self.sign_into(signing_input, &mut room).map(<[u8]>::to_vec)
    }

    /// The same signature at the start of `room`.
    ///
    /// # Errors
    ///
    /// As for [`Self::sign`].
    pub fn sign_into<'r>(
        &self,
        signing_input: &[u8],
        room: &'r mut [u8; LONGEST_SIGNATURE],
    ) -> Result<&'r [u8], Problem> {
        let len = self.signature_len.min(LONGEST_SIGNATURE);
        let (room, _) = room.split_at_mut(len);
        let copied = |signature: &[u8], room: &mut [u8]| {
            room.iter_mut().zip(signature).for_each(|(to, from)| *to = *from);
        };
        let outcome = match &self.with {
            SignWith::Hmac(key) => hmac::sign_to_buffer(key, signing_input, room).map(|_| ()),
            SignWith::Ecdsa(pair) => {
                pair.sign(&SystemRandom::new(), signing_input).map(|signature| copied(signature.as_ref(), room))
            }
            SignWith::Ed25519(pair) => pair.try_sign(signing_input).map(|signature| copied(signature.as_ref(), room)),
            SignWith::Rsa(pair, encoding) => pair.sign(*encoding, &SystemRandom::new(), signing_input, room),
        };
        outcome.map_err(|_unspecified| not_signed(self.algorithm))?;
        Ok(room)
    }
}

impl SignWith {
    /// A key pair in PKCS#8, made ready; `None` when `algorithm` cannot use it.
    fn pair(algorithm: Algorithm, pkcs8: &[u8]) -> Option<Self> {
        let kind = algorithm.key_kind();
        match kind {
            KeyKind::Secret => None,
            KeyKind::Rsa => Some(Self::Rsa(Box::new(RsaKeyPair::from_pkcs8(pkcs8).ok()?), rsa_encoding(algorithm)?)),
            KeyKind::P256 | KeyKind::P384 | KeyKind::P521 => {
                Some(Self::Ecdsa(Box::new(EcdsaKeyPair::from_pkcs8(key::ecdsa(kind), pkcs8).ok()?)))
            }
            KeyKind::Ed25519 => Some(Self::Ed25519(Box::new(Ed25519KeyPair::from_pkcs8_maybe_unchecked(pkcs8).ok()?))),
        }
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}

/// Verifies with one key and one algorithm. Stays on its thread: every thread builds its own from the key.
pub struct Verifier {
    algorithm: Algorithm,
    with: VerifyWith,
}

enum VerifyWith {
    Library(Box<dyn JwtVerifier>),
    Public(ParsedPublicKey),
}

impl Verifier {
    pub(super) fn new(algorithm: Algorithm, material: &Material) -> Result<Self, Problem> {
        let with = match material {
            Material::Secret(secret) => {
                let library = library_algorithm(algorithm).ok_or_else(|| rejected(algorithm))?;
                let verifier = (DEFAULT_PROVIDER.verifier_factory)(&library, &DecodingKey::from_secret(secret.bytes()));
                VerifyWith::Library(verifier.map_err(|_rejected| rejected(algorithm))?)
            }
            Material::Private { public, .. } | Material::Public(public) => {
                let verification = verification(algorithm).ok_or_else(|| rejected(algorithm))?;
                VerifyWith::Public(ParsedPublicKey::new(verification, public).map_err(|_rejected| rejected(algorithm))?)
            }
        };
        Ok(Self { algorithm, with })
    }

    /// What it verifies with.
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Whether `signature` was made for `signing_input` with this key (RFC 7515 §5.2, step 8).
    ///
    /// # Errors
    ///
    /// When it was not.
    pub fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), Problem> {
        let verified = match &self.with {
            VerifyWith::Library(verifier) => verifier.verify(signing_input, &signature.to_vec()).is_ok(),
            VerifyWith::Public(key) => key.verify_sig(signing_input, signature).is_ok(),
        };
        if verified {
            return Ok(());
        }
        Err(Problem::new("signature-invalid", format!("The {} signature does not match", self.algorithm))
            .help("Check that this is the key the token was signed with, and that no byte of it has changed."))
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}

const fn library_algorithm(algorithm: Algorithm) -> Option<jsonwebtoken::Algorithm> {
    match algorithm {
        Algorithm::HS256 => Some(jsonwebtoken::Algorithm::HS256),
        Algorithm::HS384 => Some(jsonwebtoken::Algorithm::HS384),
        Algorithm::HS512 => Some(jsonwebtoken::Algorithm::HS512),
        _ => None,
    }
}

fn hmac_algorithm(algorithm: Algorithm) -> Option<hmac::Algorithm> {
    match algorithm {
        Algorithm::HS256 => Some(hmac::HMAC_SHA256),
        Algorithm::HS384 => Some(hmac::HMAC_SHA384),
        Algorithm::HS512 => Some(hmac::HMAC_SHA512),
        _ => None,
    }
}

fn rsa_encoding(algorithm: Algorithm) -> Option<&'static dyn RsaEncoding> {
    match algorithm {
        Algorithm::RS256 => Some(&signature::RSA_PKCS1_SHA256),
        Algorithm::RS384 => Some(&signature::RSA_PKCS1_SHA384),
        Algorithm::RS512 => Some(&signature::RSA_PKCS1_SHA512),
        Algorithm::PS256 => Some(&signature::RSA_PSS_SHA256),
        Algorithm::PS384 => Some(&signature::RSA_PSS_SHA384),
        Algorithm::PS512 => Some(&signature::RSA_PSS_SHA512),
        _ => None,
    }
}

fn verification(algorithm: Algorithm) -> Option<&'static dyn VerificationAlgorithm> {
    Some(match algorithm {
        Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512 => return None,
        Algorithm::RS256 => &signature::RSA_PKCS1_2048_8192_SHA256,
        Algorithm::RS384 => &signature::RSA_PKCS1_2048_8192_SHA384,
        Algorithm::RS512 => &signature::RSA_PKCS1_2048_8192_SHA512,
        Algorithm::PS256 => &signature::RSA_PSS_2048_8192_SHA256,
        Algorithm::PS384 => &signature::RSA_PSS_2048_8192_SHA384,
        Algorithm::PS512 => &signature::RSA_PSS_2048_8192_SHA512,
        Algorithm::ES256 => &signature::ECDSA_P256_SHA256_FIXED,
        Algorithm::ES384 => &signature::ECDSA_P384_SHA384_FIXED,
        Algorithm::ES512 => &signature::ECDSA_P521_SHA512_FIXED,
        Algorithm::EdDSA => &signature::ED25519,
    })
}

pub(super) fn public_key() -> Problem {
    Problem::new("key-public", "This is a public key: it verifies, it does not sign")
        .help("Open the private key that belongs to it, or generate a new one.")
}

fn rejected(algorithm: Algorithm) -> Problem {
    Problem::new(
        "key-broken",
        format!("The key is not one {algorithm} can be used with: its numbers do not fit together"),
    )
    .help("Export or generate the key again; the file is damaged.")
}

fn not_signed(algorithm: Algorithm) -> Problem {
    Problem::new("signing-failed", format!("The {algorithm} signature could not be made"))
        .help("Try again; if it persists, generate a new key.")
}
