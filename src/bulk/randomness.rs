//! Random bytes for many tokens: one call of the system fills a buffer for some hundred of them.

use zeroize::Zeroizing;

use crate::jose::error::Problem;

/// The bytes of the buffer.
const ROOM: usize = 8 * 1024;

/// Random bytes of the system's source, each given out once and wiped where it lay.
pub(super) struct Randomness {
    room: Zeroizing<Vec<u8>>,
    used: usize,
    failure: Option<Problem>,
}

impl Randomness {
    /// An empty buffer; the system is asked when bytes are needed.
    pub(super) fn new() -> Self {
        Self { room: Zeroizing::new(Vec::new()), used: 0, failure: None }
    }

    /// Fills `bytes`. What the system refused to give is told by [`Self::failure`].
    pub(super) fn fill(&mut self, mut bytes: &mut [u8]) {
        while !bytes.is_empty() {
            if self.used == self.room.len() && !self.refill() {
                return;
            }
            let left = self.room.get_mut(self.used..).unwrap_or_default();
            let count = left.len().min(bytes.len());
            let (now, later) = bytes.split_at_mut(count);
            for (to, from) in now.iter_mut().zip(left) {
                *to = std::mem::take(from);
            }
            self.used += count;
            bytes = later;
        }
    }

    /// What went wrong since this was asked last; the bytes given since then are not to be used.
    pub(super) fn failure(&mut self) -> Option<Problem> {
        self.failure.take()
    }

    fn refill(&mut self) -> bool {
        self.room.resize(ROOM, 0);
        self.used = 0;
        let outcome = getrandom::fill(&mut self.room);
        if let Err(error) = outcome {
            self.used = self.room.len();
            let problem = Problem::new("random", format!("The system gives no random bytes: {error}"));
            self.failure = Some(problem.help("Start the program again."));
        }
        self.failure.is_none()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_bytes_come_twice() {
        let mut randomness = Randomness::new();
        let mut seen = HashSet::new();
        for _ in 0..2_000 {
            let mut bytes = [0; 17];
            randomness.fill(&mut bytes);
            assert!(seen.insert(bytes));
        }
        let mut long = vec![0; 3 * ROOM];
        randomness.fill(&mut long);
        assert!(long.chunks(16).all(|piece| piece.iter().any(|byte| *byte != 0)));
        assert_eq!(randomness.failure(), None);
    }
}
