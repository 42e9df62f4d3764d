//! What was asked for elsewhere and has not come back yet.

use super::command::Copied;
use super::key_commands::Generation;
use super::ring_commands::Locked;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// The key that is being generated.
    pub(super) generation: Option<Generation>,
    /// The encrypted key whose passphrase is asked for.
    pub(super) locked: Option<Locked>,
    /// Whether the secret that is being drawn ends a fix.
    pub(super) fixing: bool,
    /// What to copy once the token of the newest text is there.
    pub(super) copy_next: Option<Copied>,
    /// The revision whose token is to be remembered once it is there.
    pub(super) remember_next: Option<u64>,
    /// The export that a path is asked for.
    pub(super) export: Option<Vec<u8>>,
    tickets: u64,
}

impl Pending {
    /// A number that tells a request from every one before it.
    pub(super) fn ticket(&mut self) -> u64 {
        self.tickets += 1;
        self.tickets
    }
}
