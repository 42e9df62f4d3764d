//! The thread that mints many for the window.

use super::Outbox;
use crate::workbench::bulk::BulkEffect;

/// Runs previews, and one run at a time.
pub(super) struct BulkThread {
    _outbox: Outbox,
}

impl BulkThread {
    pub(super) fn new(outbox: Outbox) -> Self {
        Self { _outbox: outbox }
    }

    pub(super) fn run(&self, _effect: BulkEffect) {}
}
