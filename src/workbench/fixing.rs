//! What the findings of the draft offer, done to the draft: one minimal edit, one step of undo.

use super::Workbench;
use super::command::{KeyCommand, Part};
use super::effect::Effect;
use super::keys::SecretInput;
use super::muted::Shown;
use crate::findings::{Change, Finding};
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::jose::secret::Secret;
use crate::jose::text::Edit;

impl Workbench {
    /// Does what a finding offers. An offer for an older text is void: its places are no longer right.
    pub(super) fn fix_draft(&mut self, finding: Finding) -> Vec<Effect> {
        let Some(fix) = finding.fix.filter(|_| self.is_settled()) else { return Vec::new() };
        match fix.change {
            Change::Header(edit) => self.edit_text(Part::Header, &edit),
            Change::Claims(edit) => self.edit_text(Part::Claims, &edit),
            Change::Token(_) => Vec::new(),
            Change::Sign(algorithm) => self.sign_with(algorithm),
            Change::GenerateSecret => self.apply_key(KeyCommand::GenerateSecret),
            Change::ReadSecretAs(encoding) => self.apply_key(KeyCommand::SetSecretEncoding(encoding)),
            Change::TrimSecret => {
                let SecretInput { text, encoding } = self.keys.secret().clone();
                let trimmed = trimmed(&text);
                self.record_encoding(SecretInput { text: trimmed, encoding })
            }
            Change::DeclareVariable(name) => self.set_variable(&name, String::new(), false),
            Change::RemoveVariable(name) => self.remove_variable(&name),
            Change::GenerateKey(kind) => self.apply_key(KeyCommand::Generate(kind, None)),
            Change::ExtractPublic => {
                let chosen = self.algorithm().and_then(|algorithm| self.keys.chosen(algorithm.key_kind()));
                chosen.map(|entry| entry.id).map(|id| self.derive_public(id)).unwrap_or_default()
            }
        }
    }

    fn edit_text(&mut self, part: Part, edit: &Edit) -> Vec<Effect> {
        let edited = edit.apply(self.draft.text(part));
        self.replace_text(part, &edited)
    }

    /// Sets `alg`, and draws a secret in the same step of undo when the one at hand is too short.
    fn sign_with(&mut self, algorithm: Algorithm) -> Vec<Effect> {
        let mut effects = self.set_algorithm(algorithm);
        let wanted = algorithm.minimum_secret_bits().unwrap_or_default();
        let fits = self.keys.decoded_secret().is_ok_and(|key| key.bits() >= wanted);
        if algorithm.key_kind() == KeyKind::Secret && !fits {
            self.pending.fixing = true;
            effects.extend(self.apply_key(KeyCommand::GenerateSecret));
        }
        effects
    }

    /// Finds again what depends on the instant, and leaves out what is muted.
    pub(super) fn refresh_findings(&mut self) {
        let mut all = self.facts.findings.clone();
        all.extend(self.facts.findings_at(self.now, self.clock()));
        self.findings = Shown::of(all, &self.draft.muted);
    }
}

/// A typed secret without white space at its ends.
pub(super) fn trimmed(secret: &Secret) -> Secret {
    Secret::from(secret.as_str().unwrap_or_default().trim().to_owned())
}
