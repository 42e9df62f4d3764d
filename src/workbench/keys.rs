//! The keys at hand: one secret and one key pair of each kind, so that changing the algorithm never loses a key.

use std::sync::Arc;

use crate::jose::error::Problem;
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::jose::key::Key;
use crate::jose::secret::{Secret, SecretEncoding};

/// The secret as typed, and how it stands for bytes.
#[derive(Clone, Debug)]
pub struct SecretInput {
    /// The typed text.
    pub text: Secret,
    /// UTF-8, base64, base64url or hex.
    pub encoding: SecretEncoding,
}

/// A change of the keys that can be taken back.
#[derive(Clone, Debug)]
pub enum KeyChange {
    /// Another secret.
    Secret(SecretInput),
    /// Another key of this kind, or none.
    Pair(KeyKind, Option<Arc<Key>>),
}

/// The secret and the key pairs of the running program. They live in memory only.
#[derive(Debug)]
pub struct Keys {
    secret: SecretInput,
    decoded: Result<Arc<Key>, Problem>,
    pairs: Vec<Arc<Key>>,
}

impl Keys {
    /// Keys that hold a secret and no key pair.
    pub fn new(secret: SecretInput) -> Self {
        let decoded = decode(&secret);
        Self { secret, decoded, pairs: Vec::new() }
    }

    /// The secret as typed.
    pub fn secret(&self) -> &SecretInput {
        &self.secret
    }

    /// The bytes of the secret as a key.
    ///
    /// # Errors
    /// When the typed text is not what its encoding says.
    pub fn decoded_secret(&self) -> Result<&Arc<Key>, &Problem> {
        self.decoded.as_ref()
    }

    /// The key pair of this kind.
    pub fn pair(&self, kind: KeyKind) -> Option<&Arc<Key>> {
        self.pairs.iter().find(|key| key.kind() == kind)
    }

    /// All key pairs, in the order in which they came.
    pub fn pairs(&self) -> &[Arc<Key>] {
        &self.pairs
    }

    /// The key that this algorithm would use; `None` when there is no key of the kind.
    pub fn for_algorithm(&self, algorithm: Algorithm) -> Option<Result<Arc<Key>, Problem>> {
        match algorithm.key_kind() {
            KeyKind::Secret => Some(self.decoded.clone()),
            kind => self.pair(kind).cloned().map(Ok),
        }
    }

    /// Writes the same secret in another encoding, where it can be written so.
    pub fn rewrite_secret(&mut self, encoding: SecretEncoding) {
        let text = match &self.decoded {
            Ok(key) => encoding.encode(&Secret::from(key.secret_bytes().to_vec())),
            Err(_) => self.secret.text.clone(),
        };
        if text.as_str().is_some() {
            self.change_secret(SecretInput { text, encoding });
        }
    }

    /// Takes another secret and returns the one before it.
    pub fn change_secret(&mut self, secret: SecretInput) -> SecretInput {
        self.decoded = decode(&secret);
        std::mem::replace(&mut self.secret, secret)
    }

    /// Makes a change and returns the one that takes it back.
    pub fn change(&mut self, change: KeyChange) -> KeyChange {
        match change {
            KeyChange::Secret(secret) => KeyChange::Secret(self.change_secret(secret)),
            KeyChange::Pair(kind, key) => {
                let before = self.pairs.iter().position(|held| held.kind() == kind).map(|at| self.pairs.remove(at));
                self.pairs.extend(key);
                KeyChange::Pair(kind, before)
            }
        }
    }
}

fn decode(secret: &SecretInput) -> Result<Arc<Key>, Problem> {
    secret.encoding.decode(&secret.text).map(|bytes| Arc::new(Key::secret(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: (SecretEncoding, &str), to: SecretEncoding, expected: (SecretEncoding, &str)) {
        let mut keys = Keys::new(SecretInput { text: from.1.to_owned().into(), encoding: from.0 });
        keys.rewrite_secret(to);
        assert_eq!((keys.secret().encoding, keys.secret().text.as_str().unwrap()), expected);
    }

    #[test]
    fn a_secret_written_in_another_encoding_is_the_same_secret() {
        use SecretEncoding::{Base64, Base64url, Hex, Utf8};
        check((Utf8, "a?>"), Base64url, (Base64url, "YT8-"));
        check((Base64url, "YT8-"), Utf8, (Utf8, "a?>"));
        check((Base64, "YT8+"), Base64, (Base64, "YT8+"));
        check((Hex, "ff"), Utf8, (Hex, "ff"));
        check((Hex, "not hex"), Base64, (Base64, "not hex"));
    }
}
