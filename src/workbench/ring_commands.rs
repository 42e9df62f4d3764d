//! Commands about the key ring: reading keys, choosing, renaming and forgetting them.

use std::sync::Arc;

use super::Workbench;
use super::effect::Effect;
use super::inspection::KeyPick;
use super::key_ring::{KeyId, KeyOrigin};
use super::keys::{KeyChange, SecretInput};
use super::page::Page;
use super::question::Question;
use crate::jose::error::Problem;
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::jose::key::Key;
use crate::jose::key_read::{KeyFile, PASSPHRASE_NEEDED};
use crate::jose::secret::{Secret, SecretEncoding};

/// An encrypted key that waits for its passphrase.
#[derive(Debug)]
pub struct Locked {
    origin: KeyOrigin,
    bytes: Secret,
    /// The attempt that is running.
    ticket: Option<u64>,
}

impl Workbench {
    /// Reads a key file and puts what is in it on the ring; asks for a passphrase where one is needed.
    pub(super) fn read_key(&mut self, origin: KeyOrigin, bytes: Secret) -> Vec<Effect> {
        let name = match &origin {
            KeyOrigin::File(name) => name.clone(),
            KeyOrigin::Generated | KeyOrigin::Pasted | KeyOrigin::Derived(_) => "The pasted key".to_owned(),
        };
        match KeyFile::read(bytes.bytes()) {
            Ok(file) => self.take_keys(file, &origin, &bytes),
            Err(problem) if problem.code == PASSPHRASE_NEEDED => {
                self.pending.locked = Some(Locked { origin, bytes, ticket: None });
                self.question = Some(Question::Passphrase { name, problem: None, busy: false });
                Vec::new()
            }
            Err(problem) => self.complain(problem.placed(&name, bytes.as_str())),
        }
    }

    fn take_keys(&mut self, file: KeyFile, origin: &KeyOrigin, bytes: &Secret) -> Vec<Effect> {
        let KeyFile { keys, refused, doubts, .. } = file;
        let mut keys: Vec<_> = keys.into_iter().map(Arc::new).collect();
        if let [key] = keys.as_slice()
            && refused.is_empty()
        {
            return self.take_key(Arc::clone(key), origin.clone(), Some(bytes.clone()));
        }
        let count = keys.len();
        for key in keys.drain(..) {
            self.keys.ring_mut().add(key, origin.clone(), None);
        }
        let left_out: Vec<_> = refused.iter().map(|left| format!("{}: {}", left.name, left.problem.message)).collect();
        let mut help = if left_out.is_empty() {
            "A token that names one of them is verified with it.".to_owned()
        } else {
            format!("Left out: {}.", left_out.join("; "))
        };
        doubts.iter().for_each(|doubt| help.push_str(&format!(" {}.", doubt.message)));
        self.notices.info(format!("{count} keys were added to the key ring."), help, None, self.now);
        self.reread()
    }

    /// Puts a key on the ring. The Keys page leaves it there, the Inspect page verifies with it; elsewhere it is used at
    /// once where it fits, or else a notice says what it fits.
    pub(super) fn take_key(&mut self, key: Arc<Key>, origin: KeyOrigin, source: Option<Secret>) -> Vec<Effect> {
        let kind = key.kind();
        let id = self.keys.ring_mut().add(Arc::clone(&key), origin, source);
        if self.settings.page == Page::Keys {
            // It stands in the list.
            return self.reread();
        }
        if self.settings.page == Page::Inspect {
            self.inspection.against.key = KeyPick::Ring(id);
            return self.reread();
        }
        let words = key.describe();
        let mut effects = match kind {
            KeyKind::Secret => self.take_secret_key(&key),
            _ if !key.is_private() => self.take_public_key(id, &words),
            _ => self.take_private_key(id, &words),
        };
        effects.extend(self.reread());
        effects
    }

    /// The key that a new draft begins with: on the ring and in use, and nothing that could be undone.
    pub(super) fn take_first_key(&mut self, key: Arc<Key>) -> Vec<Effect> {
        let kind = key.kind();
        let id = self.keys.ring_mut().add(key, KeyOrigin::Generated, None);
        if self.keys.pair(kind).is_none_or(|held| !held.is_private()) {
            self.keys.change(KeyChange::Choose(kind, Some(id)));
        }
        let mut effects = self.changed();
        effects.extend(self.reread());
        effects
    }

    fn take_private_key(&mut self, id: KeyId, words: &str) -> Vec<Effect> {
        let effects = self.choose(id);
        let Some(kind) = self.keys.ring().get(id).map(|entry| entry.key.kind()) else { return effects };
        if self.algorithm().is_some_and(|algorithm| kind.fits(algorithm)) {
            self.notices.done(format!("Key in use: {words}."), self.now);
        } else {
            let name = self.algorithm().map_or("The header", Algorithm::name);
            let names: Vec<_> = kind.algorithms().map(Algorithm::name).collect();
            let help =
                format!("{name} does not use it. Choose {} to sign with it; no other key is lost.", names.join(", "));
            self.notices.info(format!("Key kept: {words}."), help, None, self.now);
        }
        effects
    }

    /// A public key signs nothing, so it never takes the place of a private one.
    fn take_public_key(&mut self, id: KeyId, words: &str) -> Vec<Effect> {
        let kind = self.keys.ring().get(id).map(|entry| entry.key.kind());
        let is_free = kind.is_some_and(|kind| self.keys.pair(kind).is_none_or(|held| !held.is_private()));
        let help = if is_free {
            "It verifies, it does not sign. Open the private key that belongs to it, or generate a new one."
        } else {
            "It verifies, it does not sign: Inspect can use it. The private key in use is kept."
        };
        self.notices.info(format!("This is a public key: {words}."), help, None, self.now);
        if is_free { self.choose(id) } else { Vec::new() }
    }

    fn take_secret_key(&mut self, key: &Key) -> Vec<Effect> {
        let encoding = SecretEncoding::Base64url;
        let text = encoding.encode(&Secret::from(key.secret_bytes().to_vec()));
        let words = format!("This is a shared secret of {} bits; it is in the secret field now.", key.bits());
        if self.algorithm().is_some_and(|algorithm| algorithm.key_kind() == KeyKind::Secret) {
            self.notices.done(words, self.now);
        } else {
            self.notices.info(words, "Choose HS256, HS384 or HS512 to sign with it.", None, self.now);
        }
        self.record_encoding(SecretInput { text, encoding })
    }

    /// Signs with a key of the ring: a secret goes into the secret field, other keys are chosen for their kind.
    pub(super) fn use_key(&mut self, id: KeyId) -> Vec<Effect> {
        let Some(entry) = self.keys.ring().get(id) else { return Vec::new() };
        let key = Arc::clone(&entry.key);
        if key.kind() == KeyKind::Secret { self.take_secret_key(&key) } else { self.choose(id) }
    }

    fn choose(&mut self, id: KeyId) -> Vec<Effect> {
        let Some(entry) = self.keys.ring().get(id) else { return Vec::new() };
        let kind = entry.key.kind();
        if self.keys.chosen(kind).is_some_and(|chosen| chosen.id == id) {
            return Vec::new();
        }
        self.change_key(KeyChange::Choose(kind, Some(id)))
    }

    pub(super) fn forget(&mut self, id: KeyId) -> Vec<Effect> {
        let Some(entry) = self.keys.ring_mut().forget(id) else { return Vec::new() };
        self.notices.done(format!("{} is forgotten.", entry.name), self.now);
        if self.inspection.against.key == KeyPick::Ring(id) {
            self.inspection.against.key = KeyPick::Automatic;
        }
        // Signers, facts and variants hold the key as well: deriving anew replaces them.
        let of_variants = self.forget_in_comparison(&entry.key);
        drop(entry);
        let mut effects = self.changed();
        effects.extend(of_variants);
        effects.extend(self.reread());
        effects
    }

    pub(super) fn derive_public(&mut self, id: KeyId) -> Vec<Effect> {
        let Some(entry) = self.keys.ring().get(id) else { return Vec::new() };
        let name = entry.name.clone();
        let Some(public) = entry.key.public() else {
            return self.complain(
                Problem::new("key-symmetric", "A shared secret has no public part.")
                    .help("Who verifies with it can also sign with it; use a key pair to keep the two apart."),
            );
        };
        let words = public.describe();
        self.keys.ring_mut().add(Arc::new(public), KeyOrigin::Derived(name), None);
        if self.settings.page != Page::Keys {
            self.notices.done(format!("On the key ring: {words}."), self.now);
        }
        self.reread()
    }

    pub(super) fn unlock(&mut self, passphrase: Secret) -> Vec<Effect> {
        let ticket = self.pending.ticket();
        let Some(locked) = &mut self.pending.locked else { return Vec::new() };
        locked.ticket = Some(ticket);
        if let Some(Question::Passphrase { busy, .. }) = &mut self.question {
            *busy = true;
        }
        vec![Effect::DecryptKey { key: locked.bytes.clone(), passphrase, ticket }]
    }

    pub(super) fn on_decrypted(&mut self, ticket: u64, key: Result<Arc<Key>, Problem>) -> Vec<Effect> {
        let Some(locked) = self.pending.locked.take_if(|locked| locked.ticket == Some(ticket)) else {
            return Vec::new();
        };
        match key {
            Ok(key) => {
                self.question = None;
                self.take_key(key, locked.origin, None)
            }
            Err(problem) => {
                self.pending.locked = Some(Locked { ticket: None, ..locked });
                if let Some(Question::Passphrase { problem: wrong, busy, .. }) = &mut self.question {
                    *busy = false;
                    *wrong = Some(problem);
                }
                Vec::new()
            }
        }
    }
}
