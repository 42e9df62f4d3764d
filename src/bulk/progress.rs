//! How far a run is, and how it ended.

use std::time::Duration;

use super::row::Fault;
use crate::jose::error::Problem;

/// The most faulty rows that an outcome lists; all of them are counted, and written to the reject file.
pub const LISTED_FAULTS: usize = 100;

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Tokens written.
    pub minted: u64,
    /// Rows left out.
    pub skipped: u64,
    /// Tokens and rows left out there will be, where that is known.
    pub total: Option<u64>,
    /// Bytes written.
    pub bytes: u64,
    /// Time since the start, without pauses.
    pub elapsed: Duration,
}

impl Progress {
    /// Tokens a second, so far; `None` in the first moment.
    pub fn rate(&self) -> Option<f64> {
        let seconds = self.elapsed.as_secs_f64();
        (seconds > 0.0).then(|| self.minted as f64 / seconds)
    }

    /// The time that is left if it goes on like this.
    pub fn left(&self) -> Option<Duration> {
        let done = self.minted + self.skipped;
        let rest = self.total?.saturating_sub(done);
        let pace = (done > 0).then(|| self.elapsed.as_secs_f64() / done as f64)?;
        Duration::try_from_secs_f64(pace * rest as f64).ok()
    }
}

/// How a run ended.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What was done; what was written is complete and valid.
    pub progress: Progress,
    /// Why it ended.
    pub ended: Ended,
    /// Where to go on: the value of [`Plan::from`](super::plan::Plan::from) for the rest; `None` when there is none.
    pub resume: Option<u64>,
    /// The first [`LISTED_FAULTS`] rows that were left out, or the one that ended the run.
    pub faults: Vec<Fault>,
}

/// Why a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Everything is minted.
    Done,
    /// It was ended before.
    Cancelled,
    /// It could not go on.
    Failed(Problem),
}
