//! A workbench with a fixed clock, whose effects are run here by hand as far as they need no thread.

use std::sync::Arc;

use jwt_workbench::jose::doctor::diagnose;
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::template::default::default_template;
use jwt_workbench::template::file::TemplateFile;
use jwt_workbench::workbench::Workbench;
use jwt_workbench::workbench::command::Command;
use jwt_workbench::workbench::compare::derive as compare;
use jwt_workbench::workbench::effect::{Effect, Event};
use jwt_workbench::workbench::facts::{SignerCache, derive};
use jwt_workbench::workbench::reading::Reading;
use jwt_workbench::workbench::settings::Settings;

pub(crate) const NOW: i64 = 1_795_284_752;
pub(crate) const SECRET: &str = "0123456789abcdef0123456789abcdef0123456789A";

pub(crate) struct Bench {
    pub(crate) workbench: Workbench,
    pub(crate) signers: SignerCache,
    pub(crate) now: i64,
    /// The effects of the last command that need more than this bench.
    pub(crate) left: Vec<Effect>,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self::with(default_template())
    }

    pub(crate) fn with(template: TemplateFile) -> Self {
        let secret = Secret::from(SECRET.to_owned());
        let (workbench, effects) = Workbench::new(template, secret, Settings::default(), NOW);
        let mut bench = Self { workbench, signers: SignerCache::default(), now: NOW, left: Vec::new() };
        bench.run(effects);
        bench
    }

    /// Runs what can be run here, the key doctor included; the rest is kept in `left`.
    pub(crate) fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let event = match effect {
                Effect::Derive(inputs) => {
                    Event::Derived(Box::new(derive(&inputs, &mut self.signers, &mut |buffer| buffer.fill(7))))
                }
                Effect::DeriveVariant(inputs) => {
                    let facts = compare::derive(&inputs, &mut |buffer| buffer.fill(7)).map(Arc::new);
                    Event::VariantDerived(inputs.id, inputs.revision, facts)
                }
                Effect::GenerateSecret { bytes } => Event::SecretGenerated(Ok(Secret::from(vec![9; bytes]))),
                Effect::Read(inputs) => Event::Read(inputs.revision, Reading::of(*inputs).map(Box::new)),
                Effect::Diagnose { ticket, token, suspects } => {
                    let diagnosis = diagnose(&token.text, &token.decode(), &suspects, &mut |_| true);
                    Event::Diagnosed { ticket, diagnosis: Box::new(diagnosis) }
                }
                Effect::DecryptKey { key, passphrase, ticket } => {
                    let key = Key::decrypt(key.bytes(), &passphrase).map(Arc::new);
                    Event::KeyDecrypted { ticket, key }
                }
                other => {
                    self.left.push(other);
                    continue;
                }
            };
            self.event(event);
        }
    }

    pub(crate) fn event(&mut self, event: Event) {
        let effects = self.workbench.on_event(event, self.now);
        self.run(effects);
    }

    #[track_caller]
    pub(crate) fn apply(&mut self, command: Command) -> &mut Self {
        self.left.clear();
        let effects = self.workbench.apply(command, self.now);
        self.run(effects);
        self
    }
}
