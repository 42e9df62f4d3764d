//! Algorithms and the kinds of key they take (RFC 7518 §3, RFC 8037 §3.1).

use super::error::Problem;
use super::text::shown;

/// A signature algorithm this program can sign and verify with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Algorithm {
    /// HMAC with SHA-256 (RFC 7518 §3.2).
    HS256,
    /// HMAC with SHA-384 (RFC 7518 §3.2).
    HS384,
    /// HMAC with SHA-512 (RFC 7518 §3.2).
    HS512,
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3).
    RS256,
    /// RSASSA-PKCS1-v1_5 with SHA-384 (RFC 7518 §3.3).
    RS384,
    /// RSASSA-PKCS1-v1_5 with SHA-512 (RFC 7518 §3.3).
    RS512,
    /// RSASSA-PSS with SHA-256 (RFC 7518 §3.5).
    PS256,
    /// RSASSA-PSS with SHA-384 (RFC 7518 §3.5).
    PS384,
    /// RSASSA-PSS with SHA-512 (RFC 7518 §3.5).
    PS512,
    /// ECDSA on P-256 with SHA-256 (RFC 7518 §3.4).
    ES256,
    /// ECDSA on P-384 with SHA-384 (RFC 7518 §3.4).
    ES384,
    /// ECDSA on P-521 with SHA-512 (RFC 7518 §3.4).
    ES512,
    /// EdDSA; here always Ed25519 (RFC 8037 §3.1).
    EdDSA,
}

impl Algorithm {
    /// All of them, grouped by family.
    pub const ALL: [Self; 13] = [
        Self::HS256,
        Self::HS384,
        Self::HS512,
        Self::RS256,
        Self::RS384,
        Self::RS512,
        Self::PS256,
        Self::PS384,
        Self::PS512,
        Self::ES256,
        Self::ES384,
        Self::ES512,
        Self::EdDSA,
    ];

    /// The value of the `alg` header parameter.
    pub const fn name(self) -> &'static str {
        match self {
            Self::HS256 => "HS256",
            Self::HS384 => "HS384",
            Self::HS512 => "HS512",
            Self::RS256 => "RS256",
            Self::RS384 => "RS384",
            Self::RS512 => "RS512",
            Self::PS256 => "PS256",
            Self::PS384 => "PS384",
            Self::PS512 => "PS512",
            Self::ES256 => "ES256",
            Self::ES384 => "ES384",
            Self::ES512 => "ES512",
            Self::EdDSA => "EdDSA",
        }
    }

    /// The algorithm an `alg` header parameter names; names are case-sensitive (RFC 7515 §4.1.1).
    ///
    /// # Errors
    ///
    /// Each its own message: a name in the wrong case, `none`, a registered algorithm that is not supported here,
    /// one that encrypts rather than signs, and a name nobody registered.
    pub fn from_name(name: &str) -> Result<Self, Problem> {
        match Self::ALL.into_iter().find(|algorithm| algorithm.name() == name) {
            Some(algorithm) => Ok(algorithm),
            None => Err(refuse_name(name)),
        }
    }

    /// The algorithm to verify with when a header names `name`: what [`Algorithm::from_name`] says, and EdDSA for
    /// `Ed25519`, the name that RFC 9864 §2.2 gives it when the key is of that curve. Signing writes `EdDSA`, which more
    /// receivers know.
    ///
    /// # Errors
    ///
    /// Those of [`Algorithm::from_name`].
    pub fn for_verifying(name: &str) -> Result<Self, Problem> {
        if name == "Ed25519" { Ok(Self::EdDSA) } else { Self::from_name(name) }
    }

    /// The family it belongs to.
    pub const fn family(self) -> Family {
        match self {
            Self::HS256 | Self::HS384 | Self::HS512 => Family::Hmac,
            Self::RS256 | Self::RS384 | Self::RS512 => Family::RsaPkcs1,
            Self::PS256 | Self::PS384 | Self::PS512 => Family::RsaPss,
            Self::ES256 | Self::ES384 | Self::ES512 => Family::Ecdsa,
            Self::EdDSA => Family::EdDsa,
        }
    }

    /// What to know about it before choosing it, in one line.
    pub const fn summary(self) -> &'static str {
        match self {
            Self::HS256 => "HMAC with SHA-256: one shared secret, fast and short",
            Self::HS384 => "HMAC with SHA-384: a shared secret from 48 bytes on",
            Self::HS512 => "HMAC with SHA-512: a shared secret from 64 bytes on",
            Self::RS256 => "RSA with SHA-256: understood everywhere, long, slow",
            Self::RS384 => "RSA with SHA-384: like RS256 with a longer hash",
            Self::RS512 => "RSA with SHA-512: like RS256 with a longer hash",
            Self::PS256 => "RSA PSS with SHA-256: the modern padding for RSA",
            Self::PS384 => "RSA PSS with SHA-384: like PS256 with a longer hash",
            Self::PS512 => "RSA PSS with SHA-512: like PS256 with a longer hash",
            Self::ES256 => "ECDSA on P-256: key pair, short, widely understood",
            Self::ES384 => "ECDSA on P-384: a larger curve, slower than ES256",
            Self::ES512 => "ECDSA on P-521: the largest curve, slowest of all",
            Self::EdDSA => "Ed25519: key pair, short, fast; needs a recent library",
        }
    }

    /// The only kind of key that fits.
    pub const fn key_kind(self) -> KeyKind {
        match self {
            Self::HS256 | Self::HS384 | Self::HS512 => KeyKind::Secret,
            Self::RS256 | Self::RS384 | Self::RS512 | Self::PS256 | Self::PS384 | Self::PS512 => KeyKind::Rsa,
            Self::ES256 => KeyKind::P256,
            Self::ES384 => KeyKind::P384,
            Self::ES512 => KeyKind::P521,
            Self::EdDSA => KeyKind::Ed25519,
        }
    }

    /// For HMAC, the fewest bits a secret may have: as many as the hash gives (RFC 7518 §3.2).
    pub const fn minimum_secret_bits(self) -> Option<usize> {
        match self {
            Self::HS256 => Some(256),
            Self::HS384 => Some(384),
            Self::HS512 => Some(512),
            _ => None,
        }
    }

    /// The bytes of a signature made with a key of `key_bits`; only for RSA does the key matter.
    pub const fn signature_len(self, key_bits: usize) -> usize {
        match self {
            Self::HS256 => 32,
            Self::HS384 => 48,
            Self::HS512 | Self::ES256 | Self::EdDSA => 64,
            Self::ES384 => 96,
            Self::ES512 => 132,
            Self::RS256 | Self::RS384 | Self::RS512 | Self::PS256 | Self::PS384 | Self::PS512 => key_bits.div_ceil(8),
        }
    }
}

impl std::fmt::Display for Algorithm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// What algorithms have in common, as a list of them is grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// HMAC with SHA-2.
    Hmac,
    /// RSASSA-PKCS1-v1_5.
    RsaPkcs1,
    /// RSASSA-PSS.
    RsaPss,
    /// ECDSA.
    Ecdsa,
    /// EdDSA.
    EdDsa,
}

impl Family {
    /// All of them, in the order of [`Algorithm::ALL`].
    pub const ALL: [Self; 5] = [Self::Hmac, Self::RsaPkcs1, Self::RsaPss, Self::Ecdsa, Self::EdDsa];

    /// The heading over its algorithms.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Hmac => "HMAC (shared secret)",
            Self::RsaPkcs1 => "RSA PKCS#1 v1.5",
            Self::RsaPss => "RSA PSS",
            Self::Ecdsa => "ECDSA",
            Self::EdDsa => "EdDSA",
        }
    }

    /// Its algorithms, weakest hash first.
    pub fn algorithms(self) -> impl Iterator<Item = Algorithm> {
        Algorithm::ALL.into_iter().filter(move |algorithm| algorithm.family() == self)
    }
}

/// What a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// Bytes both sides know; `oct` as a JWK.
    Secret,
    /// An RSA key of 2048 to 8192 bits.
    Rsa,
    /// An elliptic-curve key on P-256.
    P256,
    /// An elliptic-curve key on P-384.
    P384,
    /// An elliptic-curve key on P-521.
    P521,
    /// An Ed25519 key.
    Ed25519,
}

impl KeyKind {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Secret, Self::Rsa, Self::P256, Self::P384, Self::P521, Self::Ed25519];
    /// Those whose curve says how long they are.
    pub const CURVES: [Self; 4] = [Self::P256, Self::P384, Self::P521, Self::Ed25519];

    /// Its name, fit for the middle of a sentence: "an RSA key", "a P-256 key".
    pub const fn label(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::Rsa => "RSA",
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::P521 => "P-521",
            Self::Ed25519 => "Ed25519",
        }
    }

    /// Its name as a noun with an article.
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Secret => "a shared secret",
            Self::Rsa => "an RSA key",
            Self::P256 => "a P-256 key",
            Self::P384 => "a P-384 key",
            Self::P521 => "a P-521 key",
            Self::Ed25519 => "an Ed25519 key",
        }
    }

    /// Whether `algorithm` takes keys of this kind.
    pub fn fits(self, algorithm: Algorithm) -> bool {
        algorithm.key_kind() == self
    }

    /// The algorithms that take keys of this kind.
    pub fn algorithms(self) -> impl Iterator<Item = Algorithm> {
        Algorithm::ALL.into_iter().filter(move |algorithm| self.fits(*algorithm))
    }
}

const CHOOSE: &str =
    "Choose one of HS256, HS384, HS512, RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512 or EdDSA.";

/// Key management algorithms of RFC 7518 §4.1; the longer ones begin with these.
const ENCRYPTION: [&str; 6] = ["RSA1_5", "RSA-OAEP", "A128", "A192", "A256", "ECDH-ES"];

fn refuse_name(name: &str) -> Problem {
    if name == "none" || name.eq_ignore_ascii_case("none") {
        return Problem::new(
            "algorithm-none",
            "The algorithm 'none' means no signature: anyone can change such a token",
        )
        .help("Choose HS256 with a generated secret, or another algorithm that signs.");
    }
    if let Some(meant) = Algorithm::ALL.into_iter().find(|algorithm| algorithm.name().eq_ignore_ascii_case(name)) {
        return Problem::new(
            "algorithm-case",
            format!("'{name}' is not an algorithm: names are case-sensitive (RFC 7515 §4.1.1)"),
        )
        .help(format!("Write {meant}."));
    }
    let unsupported = |reason: &str, help: &str| {
        Problem::new("algorithm-unsupported", format!("{name} is not supported here: {reason}")).help(help)
    };
    match name {
        "" => Problem::new("algorithm-unknown", "The algorithm name is empty").help(CHOOSE),
        "ES256K" => unsupported("it needs the curve secp256k1", "Choose ES256 with a P-256 key."),
        "Ed25519" => unsupported(
            "it is the newer name of RFC 9864, which few receivers know",
            "Choose EdDSA, the same signature with an Ed25519 key.",
        ),
        "Ed448" => unsupported("it needs the curve Ed448", "Choose EdDSA with an Ed25519 key."),
        "ML-DSA-44" | "ML-DSA-65" | "ML-DSA-87" => {
            unsupported("it is a post-quantum algorithm", "Choose EdDSA or ES256.")
        }
        "dir" | "PBES2-HS256+A128KW" | "PBES2-HS384+A192KW" | "PBES2-HS512+A256KW" => refuse_encryption(name),
        _ if ENCRYPTION.iter().any(|prefix| name.starts_with(prefix)) => refuse_encryption(name),
        _ => Problem::new("algorithm-unknown", format!("'{}' is not a registered algorithm", shown(name))).help(CHOOSE),
    }
}

fn refuse_encryption(name: &str) -> Problem {
    Problem::new("algorithm-encryption", format!("{} encrypts; it does not sign", shown(name))).help(CHOOSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_algorithm() {
        for algorithm in Algorithm::ALL {
            assert_eq!(Algorithm::from_name(algorithm.name()), Ok(algorithm));
            assert!(algorithm.key_kind().fits(algorithm));
            assert_eq!(algorithm.minimum_secret_bits().is_some(), algorithm.key_kind() == KeyKind::Secret);
        }
    }

    #[test]
    fn a_newer_name_is_understood_but_not_written() {
        assert_eq!(Algorithm::for_verifying("Ed25519"), Ok(Algorithm::EdDSA));
        assert_eq!(Algorithm::for_verifying("ES512"), Ok(Algorithm::ES512));
        assert_eq!(Algorithm::for_verifying("ed25519"), Algorithm::from_name("ed25519"));
    }

    #[test]
    fn families_and_kinds_cover_all_algorithms_once() {
        let by_family: Vec<_> = Family::ALL.into_iter().flat_map(Family::algorithms).collect();
        assert_eq!(by_family, Algorithm::ALL);
        let by_kind: usize = KeyKind::ALL.into_iter().map(|kind| kind.algorithms().count()).sum();
        assert_eq!(by_kind, Algorithm::ALL.len());
    }

    #[track_caller]
    fn check_refused(name: &str, code: &str, message: &str, help: &str) {
        let problem = Algorithm::from_name(name).unwrap_err();
        assert_eq!(problem.code, code);
        assert!(problem.message.contains(message), "{}", problem.message);
        assert!(problem.help.contains(help), "{}", problem.help);
    }

    #[test]
    fn what_is_not_supported_is_named() {
        check_refused("hs256", "algorithm-case", "'hs256' is not an algorithm: names are case-sensitive", "HS256");
        check_refused("eddsa", "algorithm-case", "case-sensitive", "EdDSA");
        check_refused("none", "algorithm-none", "anyone can change such a token", "HS256");
        check_refused("NoNe", "algorithm-none", "anyone can change such a token", "HS256");
        check_refused("ES256K", "algorithm-unsupported", "secp256k1", "ES256");
        check_refused("Ed25519", "algorithm-unsupported", "RFC 9864", "EdDSA");
        check_refused("ML-DSA-65", "algorithm-unsupported", "post-quantum", "EdDSA");
        check_refused("RSA-OAEP-256", "algorithm-encryption", "encrypts", "HS256");
        check_refused("dir", "algorithm-encryption", "encrypts", "HS256");
        check_refused("", "algorithm-unknown", "empty", "HS256");
        check_refused("HS1", "algorithm-unknown", "'HS1'", "HS256");
    }

    #[test]
    fn a_long_name_does_not_flood_the_message() {
        let problem = Algorithm::from_name(&"x\n".repeat(1000)).unwrap_err();
        assert!(problem.message.chars().count() < 300 && !problem.message.contains('\n'));
    }
}
