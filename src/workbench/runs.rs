//! Named runs: measurements that were kept, to be held against later ones. They survive the program; there is nothing
//! secret in them.

use std::sync::Arc;

use super::bench::Bench;
use crate::measure::report::Report;

/// Tells runs apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RunId(pub(super) u64);

/// A measurement that was kept.
#[derive(Clone, Debug)]
pub struct Run {
    /// Which one it is.
    pub id: RunId,
    /// What the user calls it.
    pub name: String,
    /// When it was kept, seconds since 1970 UTC.
    pub at: i64,
    /// What was measured.
    pub bench: Bench,
    /// The figures, with machine, version and settings.
    pub report: Arc<Report>,
}

/// The runs that were kept, the newest first.
#[derive(Debug, Default)]
pub struct Runs {
    pub(super) kept: Vec<Run>,
}

impl Runs {
    /// All of them, the newest first.
    pub fn kept(&self) -> &[Run] {
        &self.kept
    }

    /// The run of this identifier.
    pub fn get(&self, id: RunId) -> Option<&Run> {
        self.kept.iter().find(|run| run.id == id)
    }
}
