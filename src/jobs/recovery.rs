//! The files of drafts that were not saved: one for each window, in a folder that only the user can read.

use super::Outbox;
use crate::workbench::recovery::RecoveryEffect;

/// The file of this window, and those that others left behind.
pub(super) struct RecoveryJobs {
    _outbox: Outbox,
}

impl RecoveryJobs {
    pub(super) fn new(outbox: Outbox) -> Self {
        Self { _outbox: outbox }
    }

    pub(super) fn run(&self, _effect: RecoveryEffect) {}
}
