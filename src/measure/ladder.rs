//! Every algorithm on the same claims: what a token would weigh under each.

use super::sizes::Sizes;
use crate::jose::base64url;
use crate::jose::json::{self, Json, Kind};
use crate::jose::jwa::{Algorithm, KeyKind};

/// The shortest RSA modulus that is used here, in bits.
const SHORTEST_RSA_BITS: usize = 2_048;

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
            let lengths: &[Option<usize>] =
                if algorithm.key_kind() == KeyKind::Rsa { &[Some(SHORTEST_RSA_BITS), Some(4_096)] } else { &[None] };
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
        match Json::parse(header) {
            Ok(json) if json.root().kind() == Kind::Object => {
                json::set_member(json.root(), "alg", &json::quote(self.algorithm.name())).apply(header)
            }
            _ => header.to_owned(),
        }
    }

    /// The bytes of a signature: for RSA as many as the modulus has, of 2048 bits where nothing else is said.
    pub const fn signature_len(self) -> usize {
        self.algorithm.signature_len(match self.rsa_bits {
            Some(bits) => bits,
            None => SHORTEST_RSA_BITS,
        })
    }

    /// The sizes of a token with this algorithm, by counting.
    pub fn sizes(self, header: &str, payload: &[u8]) -> Sizes {
        let parts = [self.header(header).len(), payload.len(), self.signature_len()].map(base64url::encoded_len);
        let [header, payload, signature] = parts;
        Sizes::of_parts(header, payload, signature)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop, prop_assert_eq, proptest};

    use super::*;
    use crate::jose::compact::mint;
    use crate::jose::key::Key;

    #[test]
    fn every_algorithm_is_a_rung_and_rsa_two() {
        let rungs = Rung::all();
        assert_eq!(rungs.len(), Algorithm::ALL.len() + 6);
        assert!(Algorithm::ALL.iter().all(|algorithm| rungs.iter().any(|rung| rung.algorithm == *algorithm)));
        let labels: Vec<String> = rungs.into_iter().map(Rung::label).collect();
        assert_eq!(labels[2..5], ["HS512", "RS256 2048", "RS256 4096"]);
    }

    #[test]
    fn only_the_algorithm_of_the_header_changes() {
        #[track_caller]
        fn check(header: &str, expected: &str) {
            assert_eq!(Rung { algorithm: Algorithm::ES256, rsa_bits: None }.header(header), expected);
        }
        check(r#"{ "alg" : "RS256", "kid":"\u0061" }"#, r#"{ "alg" : "ES256", "kid":"\u0061" }"#);
        check(r#"{"alg":1,"alg":"HS256"}"#, r#"{"alg":1,"alg":"ES256"}"#);
        check(r#"{"typ":"JWT"}"#, r#"{"typ":"JWT","alg":"ES256"}"#);
        for other in ["", "[]", "{", "\"alg\""] {
            check(other, other);
        }
    }

    #[test]
    fn sizes_are_those_of_tokens_minted_with_each_algorithm() {
        let (header, payload) = (r#"{"typ":"JWT","alg":"HS256"}"#, br#"{"sub":"42","exp":7}"#);
        // Making RSA keys of 4096 bits takes too long here: the length of such a signature is that of the modulus.
        for rung in Rung::all().into_iter().filter(|rung| rung.rsa_bits != Some(4_096)) {
            let algorithm = rung.algorithm;
            let key = Key::generate(algorithm.key_kind(), rung.rsa_bits.or(algorithm.minimum_secret_bits())).unwrap();
            let token = mint(&key.signer(algorithm).unwrap(), rung.header(header).as_bytes(), payload).unwrap();
            assert_eq!(rung.sizes(header, payload), Sizes::of(&token), "{algorithm}");
        }
        assert_eq!(Rung { algorithm: Algorithm::PS256, rsa_bits: Some(4_096) }.signature_len(), 512);
    }

    proptest! {
        #[test]
        fn any_payload_is_counted(payload in prop::collection::vec(any::<u8>(), 0..200)) {
            for rung in Rung::all() {
                let sizes = rung.sizes("{}", &payload);
                let header = base64url::encode(rung.header("{}").as_bytes());
                let signature = base64url::encode(&vec![0; rung.signature_len()]);
                let token = [header, base64url::encode(&payload), signature].join(".");
                prop_assert_eq!((sizes.token, sizes.payload_bytes), (token.len(), payload.len()));
            }
        }
    }
}
