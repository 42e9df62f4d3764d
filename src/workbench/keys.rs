//! The keys at hand: the secret that is typed, the key ring, and which key of the ring each kind of algorithm signs with,
//! so that changing the algorithm never loses a key.

use std::sync::Arc;

use super::key_ring::{KeyId, KeyRing, RingKey};
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
    /// Another key of the ring for this kind, or none.
    Choose(KeyKind, Option<KeyId>),
}

/// The secret and the key ring of the running program. They live in memory only.
#[derive(Debug)]
pub struct Keys {
    secret: SecretInput,
    decoded: Result<Arc<Key>, Problem>,
    ring: KeyRing,
    chosen: Vec<(KeyKind, KeyId)>,
}

impl Keys {
    /// Keys that hold a secret and an empty ring.
    pub fn new(secret: SecretInput) -> Self {
        let decoded = secret.key();
        Self { secret, decoded, ring: KeyRing::default(), chosen: Vec::new() }
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

    /// Every key but the typed secret.
    pub fn ring(&self) -> &KeyRing {
        &self.ring
    }

    /// The same, to be changed.
    pub(super) fn ring_mut(&mut self) -> &mut KeyRing {
        &mut self.ring
    }

    /// The key of the ring that algorithms of this kind sign with.
    pub fn chosen(&self, kind: KeyKind) -> Option<&RingKey> {
        let (_, id) = self.chosen.iter().find(|(of, _)| *of == kind)?;
        self.ring.get(*id)
    }

    /// The same key without its name.
    pub fn pair(&self, kind: KeyKind) -> Option<&Arc<Key>> {
        self.chosen(kind).map(|entry| &entry.key)
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
        self.decoded = secret.key();
        std::mem::replace(&mut self.secret, secret)
    }

    /// Makes a change and returns the one that takes it back.
    pub fn change(&mut self, change: KeyChange) -> KeyChange {
        match change {
            KeyChange::Secret(secret) => KeyChange::Secret(self.change_secret(secret)),
            KeyChange::Choose(kind, id) => {
                let before = self.chosen.iter().position(|(of, _)| *of == kind).map(|at| self.chosen.remove(at).1);
                self.chosen.extend(id.map(|id| (kind, id)));
                KeyChange::Choose(kind, before)
            }
        }
    }
}

impl SecretInput {
    /// The bytes that the text stands for, as a key.
    ///
    /// # Errors
    /// When the text is not what its encoding says.
    pub fn key(&self) -> Result<Arc<Key>, Problem> {
        self.encoding.decode(&self.text).map(|bytes| Arc::new(Key::secret(bytes)))
    }
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
