//! Drafts that were not saved: kept while they are typed, and offered after a crash. Never a key, never a secret.

use super::Workbench;
use super::effect::Effect;

/// What is known about drafts of earlier windows.
#[derive(Debug, Default)]
pub struct Recovery {}

/// What the user wants of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecoveryCommand {
    /// Forget the drafts that are offered.
    Discard,
}

/// What it wants done elsewhere.
#[derive(Debug)]
pub enum RecoveryEffect {
    /// Keep this text of a template about a second from now, in place of what was kept before.
    Keep(String),
    /// There is nothing to keep any more.
    Drop,
}

/// What came of it.
#[derive(Debug)]
pub enum RecoveryEvent {
    /// These drafts were left behind by windows that did not close.
    Found(Vec<String>),
}

impl Workbench {
    /// Drafts that can be recovered.
    pub fn recovery(&self) -> &Recovery {
        &self.recovery
    }

    pub(super) fn apply_recovery(&self, _command: RecoveryCommand) -> Vec<Effect> {
        Vec::new()
    }

    pub(super) fn on_recovery(&self, _event: RecoveryEvent) -> Vec<Effect> {
        Vec::new()
    }
}
