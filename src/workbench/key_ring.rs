//! The key ring: every key the program has met since it started. It lives in memory only.

use std::sync::Arc;

use crate::jose::jwa::KeyKind;
use crate::jose::key::Key;
use crate::jose::secret::Secret;

/// Tells the keys of the ring apart; never used again for another key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(u64);

/// A key on the ring.
#[derive(Clone, Debug)]
pub struct RingKey {
    /// Which one it is.
    pub id: KeyId,
    /// What the user knows it as.
    pub name: String,
    /// The key.
    pub key: Arc<Key>,
    /// Where it came from.
    pub origin: KeyOrigin,
    /// The text or bytes it was read from, for the key doctor.
    pub source: Option<Secret>,
}

impl RingKey {
    /// What it is and where it came from: "RSA 2048, public, from keys.json".
    pub fn describe(&self) -> String {
        format!("{}, {}", self.key.describe(), self.origin.words())
    }
}

/// Where a key came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyOrigin {
    /// It was generated here.
    Generated,
    /// It was read from the file of this name.
    File(String),
    /// It was pasted.
    Pasted,
    /// It is the public part of the key of this name.
    Derived(String),
}

impl KeyOrigin {
    /// Where it came from, in words fit for the end of a list.
    pub fn words(&self) -> String {
        match self {
            Self::Generated => "generated here".to_owned(),
            Self::File(name) => format!("from {name}"),
            Self::Pasted => "pasted".to_owned(),
            Self::Derived(name) => format!("public part of {name}"),
        }
    }
}

/// The keys, in the order in which they came.
#[derive(Debug, Default)]
pub struct KeyRing {
    keys: Vec<RingKey>,
    last: u64,
}

impl KeyRing {
    /// All keys.
    pub fn keys(&self) -> &[RingKey] {
        &self.keys
    }

    /// The key of this identifier, unless it was forgotten.
    pub fn get(&self, id: KeyId) -> Option<&RingKey> {
        self.keys.iter().find(|entry| entry.id == id)
    }

    /// Adds a key, or finds the one that is the same: then the ring stays as it is.
    pub fn add(&mut self, key: Arc<Key>, origin: KeyOrigin, source: Option<Secret>) -> KeyId {
        if let Some(held) = self.keys.iter().find(|entry| is_same(&entry.key, &key)) {
            return held.id;
        }
        self.last += 1;
        let id = KeyId(self.last);
        let name = self.free_name(&key, &origin);
        self.keys.push(RingKey { id, name, key, origin, source });
        id
    }

    /// Gives a key another name; an empty one leaves it as it is.
    pub fn rename(&mut self, id: KeyId, name: &str) {
        let name = name.trim();
        if let Some(entry) = self.keys.iter_mut().find(|entry| entry.id == id)
            && !name.is_empty()
        {
            name.clone_into(&mut entry.name);
        }
    }

    /// Drops a key. Its bytes are wiped when the last signer that uses it is gone.
    pub fn forget(&mut self, id: KeyId) -> Option<RingKey> {
        let at = self.keys.iter().position(|entry| entry.id == id)?;
        Some(self.keys.remove(at))
    }

    /// A name nobody has: the key ID, else the file, else what it is.
    fn free_name(&self, key: &Key, origin: &KeyOrigin) -> String {
        let base = match (key.kid(), origin) {
            (Some(kid), KeyOrigin::Derived(_)) => format!("{kid} (public)"),
            (None, KeyOrigin::Derived(name)) => format!("{name} (public)"),
            (Some(kid), _) if !kid.is_empty() => kid.to_owned(),
            (_, KeyOrigin::File(name)) => name.clone(),
            (_, KeyOrigin::Generated | KeyOrigin::Pasted) => kind_name(key),
        };
        let taken = |name: &str| self.keys.iter().any(|entry| entry.name == name);
        if !taken(&base) {
            return base;
        }
        (2..).map(|number| format!("{base} {number}")).find(|name| !taken(name)).unwrap_or(base)
    }
}

fn kind_name(key: &Key) -> String {
    match key.kind() {
        KeyKind::Secret => "Secret".to_owned(),
        KeyKind::Rsa => format!("RSA {}", key.bits()),
        kind => kind.label().to_owned(),
    }
}

/// Whether two keys are the same key with the same parts and the same key ID.
fn is_same(one: &Key, other: &Key) -> bool {
    one.kind() == other.kind()
        && one.is_private() == other.is_private()
        && one.kid() == other.kid()
        && one.secret_bytes() == other.secret_bytes()
        && one.thumbprint() == other.thumbprint()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Arc<Key> {
        Arc::new(Key::secret(Secret::from(text.to_owned())))
    }

    #[test]
    fn a_key_is_on_the_ring_once() {
        let mut ring = KeyRing::default();
        let one = ring.add(secret("a"), KeyOrigin::Pasted, None);
        assert_eq!(ring.add(secret("a"), KeyOrigin::File("b.txt".to_owned()), None), one);
        let other = ring.add(secret("b"), KeyOrigin::Pasted, None);
        assert_ne!(other, one);
        let names: Vec<_> = ring.keys().iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["Secret", "Secret 2"]);
    }

    #[test]
    fn a_forgotten_key_is_gone_for_good() {
        let mut ring = KeyRing::default();
        let one = ring.add(secret("a"), KeyOrigin::Generated, None);
        assert!(ring.forget(one).is_some() && ring.get(one).is_none() && ring.forget(one).is_none());
        assert_ne!(ring.add(secret("a"), KeyOrigin::Generated, None), one);
    }

    #[test]
    fn names_can_be_changed_but_not_emptied() {
        let mut ring = KeyRing::default();
        let key = Arc::new(Key::generate(KeyKind::Ed25519, None).unwrap().with_kid(Some("dev-1".to_owned())));
        let id = ring.add(Arc::clone(&key), KeyOrigin::Pasted, None);
        assert_eq!(ring.get(id).unwrap().describe(), "Ed25519, private, pasted");
        let public = ring.add(Arc::new(key.public().unwrap()), KeyOrigin::Derived("dev-1".to_owned()), None);
        assert_eq!(ring.get(public).unwrap().name, "dev-1 (public)");
        ring.rename(id, " staging ");
        ring.rename(id, "  ");
        assert_eq!(ring.get(id).unwrap().name, "staging");
    }
}
