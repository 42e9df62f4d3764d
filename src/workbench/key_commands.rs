//! Commands about keys: typing and drawing secrets, generating and exporting; [`super::ring_commands`] has those about
//! the ring.

use std::path::Path;
use std::sync::Arc;

use super::Workbench;
use super::command::KeyCommand;
use super::copying::CopyKind;
use super::effect::{Effect, KeyExport, KeyRef, Pick, SaveFailure};
use super::facts::algorithm_of;
use super::history::Step;
use super::key_ring::KeyOrigin;
use super::keys::{KeyChange, SecretInput};
use super::saving::save_problem;
use crate::jose::error::Problem;
use crate::jose::json::Json;
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::jose::key::Key;
use crate::jose::secret::{Secret, SecretEncoding, letters};
use crate::jose::text::visible_path;

/// Bytes of a generated secret when the algorithm asks for none in particular.
const DEFAULT_SECRET_BYTES: usize = 32;

/// A key pair that is being generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Generation {
    /// The kind of key.
    pub kind: KeyKind,
    /// RSA modulus length.
    pub bits: Option<usize>,
    /// When it began, seconds since 1970 UTC.
    pub since: i64,
    /// Whether it is the one that a new draft begins with.
    for_new_draft: bool,
    ticket: u64,
}

impl Workbench {
    /// The algorithm of the draft as it is now.
    pub fn algorithm(&self) -> Option<Algorithm> {
        Json::parse(&self.draft.template().header).and_then(|header| algorithm_of(&header)).ok()
    }

    /// The key that the draft's algorithm uses.
    pub fn active_key(&self) -> Option<Arc<Key>> {
        self.keys.for_algorithm(self.algorithm()?)?.ok()
    }

    pub(super) fn apply_key(&mut self, command: KeyCommand) -> Vec<Effect> {
        match command {
            KeyCommand::SetSecret(text) => {
                let encoding = self.keys.secret().encoding;
                let back = self.keys.change(KeyChange::Secret(SecretInput { text, encoding }));
                self.draft.history.record_secret_typing(back, self.now);
                self.changed()
            }
            KeyCommand::SetSecretEncoding(encoding) => self.set_encoding(encoding),
            KeyCommand::GenerateSecret => {
                let bits = self.algorithm().and_then(Algorithm::minimum_secret_bits);
                vec![Effect::GenerateSecret { bytes: bits.map_or(DEFAULT_SECRET_BYTES, |bits| bits / 8) }]
            }
            KeyCommand::Generate(kind, bits) => self.generate(kind, bits),
            KeyCommand::CancelGeneration => {
                self.pending.generation = None;
                Vec::new()
            }
            KeyCommand::Paste(text) => self.read_key(KeyOrigin::Pasted, text),
            KeyCommand::Open => vec![self.pick(Pick::Key)],
            KeyCommand::Remove(kind) => self.change_key(KeyChange::Choose(kind, None)),
            KeyCommand::Use(id) => self.use_key(id),
            KeyCommand::Rename(id, name) => {
                self.keys.ring_mut().rename(id, &name);
                Vec::new()
            }
            KeyCommand::Forget(id) => self.forget(id),
            KeyCommand::DerivePublic(id) => self.derive_public(id),
            KeyCommand::Export(of, export) => match self.exported(of, export) {
                Ok(_) => vec![self.pick(Pick::ExportKey(of, export))],
                Err(problem) => self.complain(problem),
            },
            KeyCommand::Unlock(passphrase) => self.unlock(passphrase),
            KeyCommand::CancelUnlock => {
                self.pending.locked = None;
                self.question = None;
                Vec::new()
            }
        }
    }

    pub(super) fn on_secret(&mut self, secret: Result<Secret, Problem>) -> Vec<Effect> {
        match secret {
            Ok(bytes) => {
                let encoding = self.keys.secret().encoding;
                // A text secret is drawn as letters, so that it can be pasted anywhere.
                let text = match encoding {
                    SecretEncoding::Utf8 => letters(&bytes),
                    SecretEncoding::Base64 | SecretEncoding::Base64url | SecretEncoding::Hex => encoding.encode(&bytes),
                };
                let effects = self.change_key(KeyChange::Secret(SecretInput { text, encoding }));
                if std::mem::take(&mut self.pending.fixing) {
                    self.draft.history.join_newest();
                }
                effects
            }
            Err(problem) => self.complain(problem),
        }
    }

    pub(super) fn on_key_generated(&mut self, ticket: u64, key: Result<Arc<Key>, Problem>) -> Vec<Effect> {
        let Some(generation) = self.pending.generation.take_if(|generation| generation.ticket == ticket) else {
            return Vec::new();
        };
        match key {
            Ok(key) if generation.for_new_draft => self.take_first_key(key),
            Ok(key) => self.take_key(key, KeyOrigin::Generated, None),
            Err(problem) => self.complain(problem),
        }
    }

    /// A key, written in this form.
    pub(super) fn exported(&self, of: KeyRef, export: KeyExport) -> Result<Secret, Problem> {
        let key = match of {
            KeyRef::InUse => self.active_key(),
            KeyRef::Ring(id) => self.keys.ring().get(id).map(|entry| Arc::clone(&entry.key)),
        };
        let key = key.ok_or_else(|| {
            Problem::new("key-missing", "There is no key to export.").help("Generate or open a key first.")
        })?;
        if export.jwk { key.to_jwk(export.private) } else { key.to_pem(export.private) }
    }

    pub(super) fn copy_key(&mut self, of: KeyRef, export: KeyExport) -> Vec<Effect> {
        match self.exported(of, export) {
            Ok(text) => {
                let what = if export.private { CopyKind::PrivateKey } else { CopyKind::PublicKey };
                vec![self.copy_text(text, what)]
            }
            Err(problem) => self.complain(problem),
        }
    }

    pub(super) fn on_key_written(&mut self, path: &Path, outcome: Result<(), SaveFailure>) {
        match outcome {
            Ok(()) => self.notices.done(format!("Key saved to {}.", visible_path(path)), self.now),
            Err(failure) => self.notices.error(save_problem(path, failure), self.now),
        }
    }

    fn set_encoding(&mut self, encoding: SecretEncoding) -> Vec<Effect> {
        let SecretInput { text, encoding: before } = self.keys.secret().clone();
        if before == encoding {
            return Vec::new();
        }
        self.record_encoding(SecretInput { text, encoding })
    }

    /// A secret in an encoding that the template is to remember.
    pub(super) fn record_encoding(&mut self, secret: SecretInput) -> Vec<Effect> {
        let encoding = secret.encoding;
        let back = self.change_encoding(secret, Some(encoding));
        self.draft.history.record(back);
        self.changed()
    }

    /// Changes the secret and the template's hint; returns the step that takes both back.
    pub(super) fn change_encoding(&mut self, secret: SecretInput, hint: Option<SecretEncoding>) -> Step {
        let hint = std::mem::replace(&mut self.draft.template.key.secret_encoding, hint);
        Step::Encoding(self.keys.change_secret(secret), hint)
    }

    fn generate(&mut self, kind: KeyKind, bits: Option<usize>) -> Vec<Effect> {
        self.generate_key(kind, bits, false)
    }

    /// Has a key generated; one for a new draft belongs to that as if it had been there from the start.
    pub(super) fn generate_key(&mut self, kind: KeyKind, bits: Option<usize>, for_new_draft: bool) -> Vec<Effect> {
        let ticket = self.pending.ticket();
        self.pending.generation = Some(Generation { kind, bits, since: self.now, for_new_draft, ticket });
        vec![Effect::GenerateKey { kind, bits, ticket }]
    }

    pub(super) fn change_key(&mut self, change: KeyChange) -> Vec<Effect> {
        let back = self.keys.change(change);
        self.draft.history.record(Step::Key(back));
        self.changed()
    }
}
