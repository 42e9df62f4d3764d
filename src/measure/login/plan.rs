//! How the logins are to be measured.

use serde::{Deserialize, Serialize};

use super::pattern::Pattern;

/// What to send, how fast and for how long. [`Plan::bounded`] keeps every figure in its range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The ways to mint, measured one after the other.
    pub patterns: Vec<Pattern>,
    /// Logins that arrive in a second, 1 to 2,000. They arrive whether or not earlier ones were answered.
    pub logins_per_second: u32,
    /// `GET /ping` requests that arrive in a second, 10 to 20,000: they feel what blocks the loop.
    pub pings_per_second: u32,
    /// How long each pattern is measured, in seconds, 1 to 600.
    pub seconds: u32,
    /// The most connections of each of the two kinds, 1 to 256; a request that finds all in use waits, and that counts.
    pub connections: u32,
    /// Threads of the event loop, 1 to 16; 1 is what one worker of FastAPI has.
    pub loop_threads: u32,
    /// Threads of the pool that mints off the loop, 1 to 64.
    pub workers: u32,
    /// Whether a login verifies the hash of a password first.
    pub password: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            patterns: Pattern::ALL.to_vec(),
            logins_per_second: 40,
            pings_per_second: 200,
            seconds: 3,
            connections: 32,
            loop_threads: 1,
            workers: 4,
            password: false,
        }
    }
}

impl Plan {
    /// The same with every figure in its range, every pattern once, and all patterns when none was chosen.
    #[must_use]
    pub fn bounded(self) -> Self {
        let mut patterns: Vec<Pattern> = Vec::new();
        for pattern in self.patterns {
            if !patterns.contains(&pattern) {
                patterns.push(pattern);
            }
        }
        if patterns.is_empty() {
            patterns = Pattern::ALL.to_vec();
        }
        Self {
            patterns,
            logins_per_second: self.logins_per_second.clamp(1, 2_000),
            pings_per_second: self.pings_per_second.clamp(10, 20_000),
            seconds: self.seconds.clamp(1, 600),
            connections: self.connections.clamp(1, 256),
            loop_threads: self.loop_threads.clamp(1, 16),
            workers: self.workers.clamp(1, 64),
            password: self.password,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_is_brought_into_its_range() {
        let [most, least] = [u32::MAX, 0].map(|figure| {
            let patterns = if figure == 0 { Vec::new() } else { [Pattern::ALL, Pattern::ALL].concat() };
            let (logins_per_second, pings_per_second, seconds) = (figure, figure, figure);
            let (connections, loop_threads, workers) = (figure, figure, figure);
            let password = false;
            Plan {
                patterns,
                logins_per_second,
                pings_per_second,
                seconds,
                connections,
                loop_threads,
                workers,
                password,
            }
            .bounded()
        });
        let figures = |plan: &Plan| {
            [
                plan.logins_per_second,
                plan.pings_per_second,
                plan.seconds,
                plan.connections,
                plan.loop_threads,
                plan.workers,
            ]
        };
        assert_eq!(figures(&most), [2_000, 20_000, 600, 256, 16, 64]);
        assert_eq!(figures(&least), [1, 10, 1, 1, 1, 1]);
        assert_eq!((&most.patterns[..], &least.patterns[..]), (&Pattern::ALL[..], &Pattern::ALL[..]));
        assert_eq!(Plan::default().bounded(), Plan::default());
    }
}
