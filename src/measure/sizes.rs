//! How many bytes a token and its parts have, as sent and as decoded.

use crate::jose::compact::Token;

/// The bytes of a token in compact serialization (RFC 7515 §7.1): three parts joined by two periods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// The whole token as sent.
    pub token: usize,
    /// The header as sent, in base64url.
    pub header: usize,
    /// The payload as sent, in base64url.
    pub payload: usize,
    /// The signature as sent, in base64url.
    pub signature: usize,
    /// The header's JSON.
    pub header_bytes: usize,
    /// The payload's JSON.
    pub payload_bytes: usize,
    /// The signature itself.
    pub signature_bytes: usize,
}

impl Sizes {
    /// The sizes of a token.
    pub fn of(token: &Token) -> Self {
        Self::of_parts(token.header().len(), token.payload().len(), token.signature().len())
    }

    /// The sizes of a token whose three parts have that many base64url characters.
    pub const fn of_parts(header: usize, payload: usize, signature: usize) -> Self {
        Self {
            token: header + payload + signature + 2,
            header,
            payload,
            signature,
            header_bytes: decoded(header),
            payload_bytes: decoded(payload),
            signature_bytes: decoded(signature),
        }
    }
}

/// The bytes that many base64url characters without padding stand for: 6 bits each, whole bytes only.
const fn decoded(characters: usize) -> usize {
    characters / 4 * 3 + characters % 4 * 3 / 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::compact::mint;
    use crate::jose::jwa::Algorithm;
    use crate::jose::key::Key;
    use crate::jose::secret::Secret;
    use proptest::prelude::{any, prop, prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn the_parts_and_two_periods_are_the_token(
            header in prop::collection::vec(any::<u8>(), 0..40),
            payload in prop::collection::vec(any::<u8>(), 0..400),
        ) {
            let key = Key::secret(Secret::from(vec![7; 64]));
            for (algorithm, signature) in [(Algorithm::HS256, 32), (Algorithm::HS384, 48), (Algorithm::HS512, 64)] {
                let token = mint(&key.signer(algorithm).unwrap(), &header, &payload).unwrap();
                let sizes = Sizes::of(&token);
                prop_assert_eq!(sizes.token, token.as_str().len());
                prop_assert_eq!(sizes.header + sizes.payload + sizes.signature + 2, sizes.token);
                prop_assert_eq!(
                    (sizes.header_bytes, sizes.payload_bytes, sizes.signature_bytes),
                    (header.len(), payload.len(), signature)
                );
            }
        }
    }
}
