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

    /// Makes a change and returns the one that takes it back.
    pub fn change(&mut self, change: KeyChange) -> KeyChange {
        match change {
            KeyChange::Secret(secret) => {
                self.decoded = decode(&secret);
                KeyChange::Secret(std::mem::replace(&mut self.secret, secret))
            }
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
