//! The folders of the library: listing, watching and changing them.

use super::Outbox;
use crate::workbench::library::LibraryEffect;

/// The folders that are followed.
pub(super) struct LibraryJobs {
    _outbox: Outbox,
}

impl LibraryJobs {
    pub(super) fn new(outbox: Outbox) -> Self {
        Self { _outbox: outbox }
    }

    pub(super) fn run(&self, _effect: LibraryEffect) {}
}
