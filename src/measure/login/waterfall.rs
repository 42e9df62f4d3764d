//! One login step by step: waiting, working, answering (measured), and the way through the network (modelled).

use super::network::Network;
use super::report::{LoginRow, Spread};

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
    pub fn of(row: &LoginRow, network: &Network) -> Option<Self> {
        let login = row.login.filter(|login| login.samples > 0)?.p50_ns;
        let p50 = |spread: Option<Spread>| spread.map_or(0, |spread| spread.p50_ns);
        // Medians of parts need not add up to the median of the whole: none of them is longer than what is left of it.
        let queue_ns = p50(row.queue).min(login);
        let processing_ns = p50(row.password).saturating_add(p50(row.processing)).min(login - queue_ns);
        Some(Self {
            queue_ns,
            processing_ns,
            response_ns: login - queue_ns - processing_ns,
            transfer_ns: network.download_ns(row.wire_bytes.unwrap_or_default()),
        })
    }

    /// All together.
    pub const fn total_ns(&self) -> u64 {
        self.queue_ns
            .saturating_add(self.processing_ns)
            .saturating_add(self.response_ns)
            .saturating_add(self.transfer_ns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::login::pattern::Pattern;
    use crate::measure::login::sample::{row, spread};

    const NETWORK: Network = Network { round_trip_ms: 1.0, down_mbit: 8.0, up_mbit: 8.0 };

    #[test]
    fn the_measured_steps_add_up_to_the_response_time() {
        let row = LoginRow { password: Some(spread(20_000)), ..row(Pattern::default()) };
        let steps = Steps::of(&row, &NETWORK).unwrap();
        let login = row.login.unwrap().p50_ns;
        assert_eq!(steps.queue_ns, row.queue.unwrap().p50_ns);
        assert_eq!(steps.processing_ns, row.processing.unwrap().p50_ns + 20_000);
        assert_eq!(steps.queue_ns + steps.processing_ns + steps.response_ns, login);
        assert_eq!(steps.transfer_ns, 1_000_000 + row.wire_bytes.unwrap() as u64 * 1_000);
        assert_eq!(steps.total_ns(), login + steps.transfer_ns);
    }

    #[test]
    fn another_server_tells_nothing_but_its_response_time() {
        let row = LoginRow { pattern: None, processing: None, queue: None, ..row(Pattern::default()) };
        let steps = Steps::of(&row, &NETWORK).unwrap();
        assert_eq!((steps.queue_ns, steps.processing_ns, steps.response_ns), (0, 0, row.login.unwrap().p50_ns));
    }

    #[test]
    fn parts_longer_than_the_whole_are_cut_and_nothing_answered_has_no_steps() {
        let long = LoginRow {
            queue: Some(spread(u64::MAX)),
            processing: Some(spread(u64::MAX)),
            password: Some(spread(u64::MAX)),
            ..row(Pattern::default())
        };
        let steps = Steps::of(&long, &NETWORK).unwrap();
        assert_eq!((steps.queue_ns, steps.processing_ns, steps.response_ns), (long.login.unwrap().p50_ns, 0, 0));
        assert_eq!(Steps { transfer_ns: u64::MAX, ..steps }.total_ns(), u64::MAX);
        assert_eq!(Steps::of(&LoginRow { login: None, ..row(Pattern::default()) }, &NETWORK), None);
    }
}
