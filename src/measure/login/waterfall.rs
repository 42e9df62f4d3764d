//! One login step by step: waiting, working, answering (measured), and the way through the network (modelled).

use super::network::Network;
use super::report::LoginRow;

/// The steps of a login, in nanoseconds, medians.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// Waiting until somebody works on it; measured.
    pub queue_ns: u64,
    /// Password and minting; measured.
    pub processing_ns: u64,
    /// The rest of the response time; measured.
    pub response_ns: u64,
    /// The way through the network; modelled.
    pub transfer_ns: u64,
}

impl Steps {
    /// The steps of a row on this network; `None` before its logins were answered.
    pub fn of(_row: &LoginRow, _network: &Network) -> Option<Self> {
        None
    }

    /// All together.
    pub const fn total_ns(&self) -> u64 {
        self.queue_ns + self.processing_ns + self.response_ns + self.transfer_ns
    }
}
