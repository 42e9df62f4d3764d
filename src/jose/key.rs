//! Keys: what they are, what they fit, and how they are made. Reading and writing them is in [`super::key_read`],
//! `pem` and `jwk`.

use std::fmt;

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, ECDSA_P521_SHA512_FIXED_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair as _, RsaKeyPair,
};
use pkcs1::RsaPublicKeyRef;
use pkcs1::der::Decode as _;

use super::error::Problem;
use super::jwa::{Algorithm, KeyKind};
use super::jws::{self, Signer, Verifier};
use super::restrictions::Restrictions;
use super::roca;
use super::secret::{self, Secret};

/// The smallest RSA key that may sign (RFC 7518 §3.3), in bits.
pub const RSA_MINIMUM_BITS: usize = 2048;
/// The largest RSA key that is supported, in bits.
pub const RSA_MAXIMUM_BITS: usize = 8192;

/// A key to sign or verify with: a shared secret, a private key with its public part, or a public key alone.
///
/// Private and public part always belong together: a key whose parts contradict each other is never built. Share it
/// between threads as an `Arc`; build a [`Signer`] or [`Verifier`] from it once and use that many times.
#[derive(Clone)]
pub struct Key {
    kind: KeyKind,
    bits: usize,
    kid: Option<String>,
    restrictions: Restrictions,
    material: Material,
}

/// Public bytes are what stands in the `subjectPublicKey` of an SPKI (RFC 5280 §4.1.2.7): for RSA an `RSAPublicKey`, for
/// the P curves the uncompressed point, for Ed25519 the 32 bytes of RFC 8032.
#[derive(Clone)]
pub(super) enum Material {
    Secret(Secret),
    Private { pkcs8: Secret, public: Vec<u8> },
    Public(Vec<u8>),
}

impl Key {
    /// A shared secret, as its bytes are. An empty one is a key too, but signs nothing; see [`Key::fits`].
    pub fn secret(secret: Secret) -> Self {
        Self::new(KeyKind::Secret, secret.len() * 8, Material::Secret(secret))
    }

    fn new(kind: KeyKind, bits: usize, material: Material) -> Self {
        Self { kind, bits, kid: None, restrictions: Restrictions::default(), material }
    }

    /// A fresh random key. `bits` is 256, 384 or 512 for a secret (256 if `None`), 2048, 3072 or 4096 for RSA (2048 if
    /// `None`), and has no meaning for the others. An RSA key can take seconds.
    ///
    /// # Errors
    ///
    /// When the size is none of these, or when the operating system gives no randomness.
    pub fn generate(kind: KeyKind, bits: Option<usize>) -> Result<Self, Problem> {
        match kind {
            KeyKind::Secret => match bits.unwrap_or(256) {
                bits @ (256 | 384 | 512) => Ok(Self::secret(secret::random(bits / 8)?)),
                bits => Err(unknown_size("A secret", bits, "256, 384 or 512")),
            },
            KeyKind::Rsa => {
                let size = match bits.unwrap_or(RSA_MINIMUM_BITS) {
                    2048 => KeySize::Rsa2048,
                    3072 => KeySize::Rsa3072,
                    4096 => KeySize::Rsa4096,
                    bits => return Err(unknown_size("An RSA key", bits, "2048, 3072 or 4096")),
                };
                Self::from_rsa(&RsaKeyPair::generate(size).map_err(|_unspecified| not_generated())?)
            }
            KeyKind::P256 | KeyKind::P384 | KeyKind::P521 => {
                let pair = EcdsaKeyPair::generate(ecdsa(kind)).map_err(|_unspecified| not_generated())?;
                Self::from_ec(kind, &pair)
            }
            KeyKind::Ed25519 => {
                Self::from_ed25519(&Ed25519KeyPair::generate().map_err(|_unspecified| not_generated())?)
            }
        }
    }

    /// What it is.
    pub const fn kind(&self) -> KeyKind {
        self.kind
    }

    /// Its size: bits of the secret, of the RSA modulus, or of the curve's field.
    pub const fn bits(&self) -> usize {
        self.bits
    }

    /// Whether it can sign; a shared secret always can.
    pub const fn is_private(&self) -> bool {
        !matches!(self.material, Material::Public(_))
    }

    /// The key ID it came with as a JWK (RFC 7517 §4.5).
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// The same key with another key ID, or without one.
    #[must_use]
    pub fn with_kid(self, kid: Option<String>) -> Self {
        Self { kid, ..self }
    }

    /// What it says of its use, when it came as a JWK (RFC 7517 §4.2 to §4.4).
    pub fn restrictions(&self) -> &Restrictions {
        &self.restrictions
    }

    /// The same key, saying this of its use.
    #[must_use]
    pub fn with_restrictions(self, restrictions: Restrictions) -> Self {
        Self { restrictions, ..self }
    }

    /// What it is, in a few words: "RSA 2048, private".
    pub fn describe(&self) -> String {
        let size = match self.kind {
            KeyKind::Secret => return format!("Secret, {} bits", self.bits),
            KeyKind::Rsa => format!("RSA {}", self.bits),
            KeyKind::P256 | KeyKind::P384 | KeyKind::P521 => format!("EC {}", self.kind.label()),
            KeyKind::Ed25519 => self.kind.label().to_owned(),
        };
        format!("{size}, {}", if self.is_private() { "private" } else { "public" })
    }

    /// The key without its private part; a shared secret has no public one.
    pub fn public(&self) -> Option<Self> {
        let material = Material::Public(self.public_bytes()?.to_vec());
        Some(Self { kid: self.kid.clone(), restrictions: self.restrictions.public(), material, ..*self })
    }

    /// Whether it can be used with `algorithm`.
    ///
    /// # Errors
    ///
    /// What the algorithm needs, when that is another kind of key, and for an empty secret.
    pub fn fits(&self, algorithm: Algorithm) -> Result<(), Problem> {
        if !self.kind.fits(algorithm) {
            let fitting: Vec<_> = self.kind.algorithms().map(Algorithm::name).collect();
            let needed = algorithm.key_kind().phrase();
            return Err(Problem::new(
                "key-kind",
                format!("{algorithm} needs {needed}; this is {}", self.kind.phrase()),
            )
            .help(format!("Choose {}, or use {needed}.", fitting.join(", "))));
        }
        if self.kind == KeyKind::Secret && self.bits == 0 {
            return Err(Problem::new("secret-empty", format!("{algorithm} needs a secret; it is empty"))
                .help("Type a secret or generate one."));
        }
        Ok(())
    }

    /// Whether it may be used with `algorithm` for `operation`: what [`Key::fits`] says, what it says of itself as a JWK
    /// (`alg`, `use`, `key_ops`, RFC 7517 §4.2 to §4.4), and the least sizes of RFC 7518.
    ///
    /// # Errors
    ///
    /// The first of these that speaks against it.
    pub fn permits(&self, algorithm: Algorithm, operation: Operation) -> Result<(), Problem> {
        self.fits(algorithm)?;
        self.restrictions.permit(algorithm, operation)?;
        if operation == Operation::Sign && !self.is_private() {
            return Err(jws::public_key());
        }
        if let Some(minimum) = algorithm.minimum_secret_bits().filter(|minimum| self.bits < *minimum) {
            let (needed, found) = (minimum / 8, self.bits / 8);
            let message =
                format!("{algorithm} needs a secret of at least {needed} bytes (RFC 7518 §3.2); this has {found}");
            return Err(
                Problem::new("secret-too-short", message).help("Generate a longer one, and give it to both sides.")
            );
        }
        if self.has_roca() {
            return Err(Problem::new(
                "key-weak",
                "The private part of this RSA key can be computed from the public one (ROCA, CVE-2017-15361)",
            )
            .help("Stop using it, and generate another one outside the chip that made it."));
        }
        Ok(())
    }

    /// Whether it is an RSA key with the fingerprint of CVE-2017-15361 (ROCA).
    pub fn has_roca(&self) -> bool {
        let modulus = || RsaPublicKeyRef::from_der(self.public_bytes()?).ok().map(|rsa| rsa.modulus);
        self.kind == KeyKind::Rsa && modulus().is_some_and(|modulus| roca::is_marked(modulus.as_bytes()))
    }

    /// Something that signs with `algorithm`; all parsing of the key happens here.
    ///
    /// # Errors
    ///
    /// When the key does not fit the algorithm, or when it is public.
    pub fn signer(&self, algorithm: Algorithm) -> Result<Signer, Problem> {
        self.fits(algorithm)?;
        Signer::new(algorithm, &self.material)
    }

    /// Something that verifies signatures of `algorithm`; all parsing of the key happens here.
    ///
    /// # Errors
    ///
    /// When the key does not fit the algorithm.
    pub fn verifier(&self, algorithm: Algorithm) -> Result<Verifier, Problem> {
        self.fits(algorithm)?;
        Verifier::new(algorithm, &self.material)
    }

    /// The private part as PKCS#8.
    pub(super) fn pkcs8(&self) -> Result<&Secret, Problem> {
        match &self.material {
            Material::Private { pkcs8, .. } => Ok(pkcs8),
            Material::Secret(_) | Material::Public(_) => {
                Err(Problem::new("key-public", "This is a public key: it has no private part")
                    .help("Open the private key that belongs to it, or export the public part."))
            }
        }
    }

    /// The bytes of a shared secret.
    pub fn secret_bytes(&self) -> &[u8] {
        match &self.material {
            Material::Secret(secret) => secret.bytes(),
            Material::Private { .. } | Material::Public(_) => &[],
        }
    }

    /// More bytes than all members of the key as a JWK stand for.
    pub(super) fn material_len(&self) -> usize {
        let private = match &self.material {
            Material::Secret(secret) | Material::Private { pkcs8: secret, .. } => secret.len(),
            Material::Public(_) => 0,
        };
        private
            + self.public_bytes().map_or(0, <[u8]>::len)
            + self.kid.as_ref().map_or(0, |kid| kid.len() * 3)
            + self.restrictions.text_len()
    }

    pub(super) fn public_bytes(&self) -> Option<&[u8]> {
        match &self.material {
            Material::Secret(_) => None,
            Material::Private { public, .. } | Material::Public(public) => Some(public),
        }
    }

    pub(super) fn from_rsa(pair: &RsaKeyPair) -> Result<Self, Problem> {
        let pkcs8 = pair.as_der().map_err(|_unspecified| not_written())?;
        Self::private(KeyKind::Rsa, pkcs8.as_ref(), pair.public_key().as_ref())
    }

    pub(super) fn from_ec(kind: KeyKind, pair: &EcdsaKeyPair) -> Result<Self, Problem> {
        let pkcs8 = pair.to_pkcs8v1().map_err(|_unspecified| not_written())?;
        Self::private(kind, pkcs8.as_ref(), pair.public_key().as_ref())
    }

    pub(super) fn from_ed25519(pair: &Ed25519KeyPair) -> Result<Self, Problem> {
        let pkcs8 = pair.to_pkcs8v1().map_err(|_unspecified| not_written())?;
        Self::private(KeyKind::Ed25519, pkcs8.as_ref(), pair.public_key().as_ref())
    }

    fn private(kind: KeyKind, pkcs8: &[u8], public: &[u8]) -> Result<Self, Problem> {
        let material = Material::Private { pkcs8: pkcs8.to_vec().into(), public: public.to_vec() };
        Ok(Self::new(kind, size(kind, public)?, material))
    }

    /// A public key of `kind` from the bytes described at [`Material`].
    pub(super) fn from_public(kind: KeyKind, public: &[u8]) -> Result<Self, Problem> {
        let key = Self::new(kind, size(kind, public)?, Material::Public(public.to_vec()));
        match kind.algorithms().next() {
            Some(algorithm) => key.verifier(algorithm).map(|_verifier| key),
            None => Ok(key),
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("is", &self.describe()).field("kid", &self.kid).finish_non_exhaustive()
    }
}

/// What a key is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Making signatures.
    Sign,
    /// Checking them.
    Verify,
}

impl Operation {
    /// Its value in `key_ops` (RFC 7517 §4.3).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Verify => "verify",
        }
    }
}

/// Has aws-lc gather its first randomness, which takes some 30 ms once a process; after that, RSA, ECDSA and new keys
/// are as fast as they get. For a job at the start of the program.
pub fn warm_up() {
    // A generator that fails here fails again, and is reported, when it is used.
    aws_lc_rs::rand::fill(&mut [0; 1]).ok();
}

pub(super) fn ecdsa(kind: KeyKind) -> &'static EcdsaSigningAlgorithm {
    match kind {
        KeyKind::P384 => &ECDSA_P384_SHA384_FIXED_SIGNING,
        KeyKind::P521 => &ECDSA_P521_SHA512_FIXED_SIGNING,
        KeyKind::P256 | KeyKind::Secret | KeyKind::Rsa | KeyKind::Ed25519 => &ECDSA_P256_SHA256_FIXED_SIGNING,
    }
}

/// The bits of a public key, refusing RSA keys outside the supported sizes.
fn size(kind: KeyKind, public: &[u8]) -> Result<usize, Problem> {
    match kind {
        KeyKind::Secret => Ok(public.len() * 8),
        KeyKind::P256 | KeyKind::Ed25519 => Ok(256),
        KeyKind::P384 => Ok(384),
        KeyKind::P521 => Ok(521),
        KeyKind::Rsa => {
            let key = RsaPublicKeyRef::from_der(public).map_err(|_der| {
                Problem::new("key-broken", "The RSA key is not a pair of modulus and exponent (RFC 8017 §3.1)")
                    .help("Export the key again; the file is damaged.")
            })?;
            check_rsa(key.modulus.as_bytes(), key.public_exponent.as_bytes())
        }
    }
}

/// The bits of a big-endian number without leading zero bytes.
pub(super) fn bit_len(number: &[u8]) -> usize {
    number.first().map_or(0, |first| number.len() * 8 - first.leading_zeros() as usize)
}

/// The bits of an RSA key; refuses those outside the supported sizes and those whose exponent hides nothing. Both
/// numbers are big-endian, without leading zero bytes.
pub(super) fn check_rsa(modulus: &[u8], exponent: &[u8]) -> Result<usize, Problem> {
    let bits = bit_len(modulus);
    if bits < RSA_MINIMUM_BITS {
        return Err(Problem::new(
            "key-too-short",
            format!("This RSA key has {bits} bits; JWS requires at least {RSA_MINIMUM_BITS} (RFC 7518 §3.3)"),
        )
        .help("Generate a larger one: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem"));
    }
    if bits > RSA_MAXIMUM_BITS {
        return Err(Problem::new(
            "key-too-long",
            format!("This RSA key has {bits} bits; up to {RSA_MAXIMUM_BITS} are supported"),
        )
        .help(
            "Use a key of 2048 to 4096 bits: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out key.pem",
        ));
    }
    if exponent == [1] || exponent.last().is_none_or(|last| last.is_multiple_of(2)) {
        let what = if exponent == [1] { "1" } else { "even" };
        return Err(Problem::new(
            "key-exponent",
            format!("The public exponent of this RSA key of {bits} bits is {what}: anyone can forge its signatures"),
        )
        .help("Make another key: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem"));
    }
    Ok(bits)
}

fn unknown_size(what: &str, bits: usize, sizes: &str) -> Problem {
    Problem::new("key-size", format!("{what} of {bits} bits cannot be generated")).help(format!("Choose {sizes} bits."))
}

fn not_generated() -> Problem {
    Problem::new("key-generation", "The key could not be generated: no randomness from the operating system")
        .help("Try again; if it persists, check that /dev/urandom can be read.")
}

fn not_written() -> Problem {
    Problem::new("key-broken", "The key could not be brought into its standard form (PKCS#8)")
        .help("Generate or export the key again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_key_signs_what_its_public_part_verifies() {
        for (kind, bits) in [
            (KeyKind::Secret, 256),
            (KeyKind::P256, 256),
            (KeyKind::P384, 384),
            (KeyKind::P521, 521),
            (KeyKind::Ed25519, 256),
        ] {
            let key = Key::generate(kind, None).unwrap();
            assert_eq!((key.kind(), key.bits(), key.is_private()), (kind, bits, true));
            for algorithm in kind.algorithms() {
                let signature = key.signer(algorithm).unwrap().sign(b"input").unwrap();
                assert_eq!(signature.len(), algorithm.signature_len(key.bits()));
                let verifying = key.public().unwrap_or_else(|| key.clone());
                verifying.verifier(algorithm).unwrap().verify(b"input", &signature).unwrap();
            }
        }
    }

    #[test]
    fn two_generated_keys_differ() {
        let [one, other] = [(); 2].map(|()| Key::generate(KeyKind::Secret, Some(512)).unwrap());
        let signature = one.signer(Algorithm::HS512).unwrap().sign(b"input").unwrap();
        assert!(other.verifier(Algorithm::HS512).unwrap().verify(b"input", &signature).is_err());
    }

    #[track_caller]
    fn check_refused<T: fmt::Debug>(result: Result<T, Problem>, message: &str, help: &str) {
        let problem = result.unwrap_err();
        assert_eq!(problem.message, message);
        assert!(problem.help.contains(help), "{}", problem.help);
    }

    #[test]
    fn what_cannot_be_done_is_explained() {
        let p256 = Key::generate(KeyKind::P256, None).unwrap();
        check_refused(p256.signer(Algorithm::RS256), "RS256 needs an RSA key; this is a P-256 key", "Choose ES256");
        check_refused(p256.verifier(Algorithm::ES384), "ES384 needs a P-384 key; this is a P-256 key", "Choose ES256");
        check_refused(
            p256.public().unwrap().signer(Algorithm::ES256),
            "This is a public key: it verifies, it does not sign",
            "private key",
        );
        let empty = Key::secret(Secret::default());
        check_refused(empty.signer(Algorithm::HS256), "HS256 needs a secret; it is empty", "generate");
        check_refused(Key::generate(KeyKind::Rsa, Some(1024)), "An RSA key of 1024 bits cannot be generated", "2048");
        check_refused(Key::generate(KeyKind::Secret, Some(7)), "A secret of 7 bits cannot be generated", "256");
    }

    #[test]
    fn nothing_of_a_key_is_printed() {
        let key = Key::secret("hunter2".to_owned().into());
        let signer = key.signer(Algorithm::HS256).unwrap();
        let verifier = key.verifier(Algorithm::HS256).unwrap();
        let printed = format!("{key:?} {signer:?} {verifier:?} {:?}", key.fits(Algorithm::HS256));
        assert!(!printed.contains("hunter2") && !printed.contains("104"), "{printed}");
        assert_eq!(format!("{key:?}"), r#"Key { is: "Secret, 56 bits", kid: None, .. }"#);
        let pair = Key::generate(KeyKind::Ed25519, None).unwrap().with_kid(Some("one".to_owned()));
        assert_eq!(format!("{pair:?}"), r#"Key { is: "Ed25519, private", kid: Some("one"), .. }"#);
    }

    #[test]
    fn keys_go_from_thread_to_thread() {
        fn check<T: Send + Sync>() {}
        check::<Key>();
        warm_up();
    }
}
