//! Making a variant the draft.

use std::sync::Arc;

use super::variant::{Variant, VariantId, VariantOrigin};
use crate::jose::jwa::KeyKind;
use crate::jose::key::Key;
use crate::jose::secret::{Secret, SecretEncoding};
use crate::workbench::Workbench;
use crate::workbench::effect::Effect;
use crate::workbench::keys::{KeyChange, SecretInput};
use crate::workbench::page::Page;

impl Workbench {
    /// Whether a variant is anything but the draft itself, which nothing has to take the place of.
    pub(in crate::workbench) fn is_other_than_draft(&self, id: VariantId) -> bool {
        self.comparison.get(id).is_some_and(|variant| variant.origin != VariantOrigin::Draft)
    }

    /// Makes a variant the draft, and signs with its key where that can sign.
    pub(in crate::workbench) fn take_variant(&mut self, id: VariantId) -> Vec<Effect> {
        let Some(Variant { name, origin, template, key, .. }) = self.comparison.get(id).cloned() else {
            return Vec::new();
        };
        self.settings.page = Page::Craft;
        if origin == VariantOrigin::Draft {
            return Vec::new();
        }
        let mut template = Arc::unwrap_or_clone(template);
        template.name = name;
        let mut effects = self.begin(template, None);
        effects.extend(key.map(|key| self.carry(&key)).into_iter().flatten());
        effects
    }

    fn carry(&mut self, key: &Arc<Key>) -> Vec<Effect> {
        if key.kind() == KeyKind::Secret {
            return self.sign_with_secret(key);
        }
        let held = self.keys.ring().keys().iter().find(|entry| Arc::ptr_eq(&entry.key, key)).map(|entry| entry.id);
        held.filter(|_| key.is_private()).map(|id| self.use_key(id)).unwrap_or_default()
    }

    /// Types the secret, in the encoding that is chosen if it can be written so.
    fn sign_with_secret(&mut self, key: &Key) -> Vec<Effect> {
        if self.keys.decoded_secret().is_ok_and(|typed| typed.secret_bytes() == key.secret_bytes()) {
            return Vec::new();
        }
        let secret = Secret::from(key.secret_bytes().to_vec());
        let encodings = [self.keys.secret().encoding, SecretEncoding::Base64url];
        let written = encodings.into_iter().map(|encoding| (encoding.encode(&secret), encoding));
        let written = written.into_iter().find(|(text, _)| text.as_str().is_some());
        match written {
            Some((text, encoding)) => self.change_key(KeyChange::Secret(SecretInput { text, encoding })),
            None => Vec::new(),
        }
    }
}
