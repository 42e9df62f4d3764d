//! Named runs: measurements that were kept, to be held against later ones. They survive the program; there is nothing
//! secret in them.

use std::sync::Arc;

use super::bench::Bench;
use super::naming::free_name;
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

impl Run {
    /// A run that was read from a file; the workbench numbers it.
    pub fn loaded(name: String, at: i64, bench: Bench, report: Arc<Report>) -> Self {
        Self { id: RunId(0), name, at, bench, report }
    }
}

/// The most runs that are kept.
pub const MOST_RUNS: usize = 100;

/// The runs that were kept, the newest first.
#[derive(Debug, Default)]
pub struct Runs {
    pub(super) kept: Vec<Run>,
    last: u64,
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

    /// Keeps a run under a name that none has: this one, or with a number behind it.
    pub(super) fn keep(&mut self, name: &str, at: i64, bench: Bench, report: Arc<Report>) {
        let id = self.next_id();
        let name = self.free_name(name, None);
        self.kept.insert(0, Run { id, name, at, bench, report });
    }

    /// Takes in runs that were kept before; those kept since the program started stay in front.
    pub(super) fn load(&mut self, runs: Vec<Run>) {
        let free = MOST_RUNS.saturating_sub(self.kept.len());
        for run in runs.into_iter().take(free) {
            let id = self.next_id();
            self.kept.push(Run { id, ..run });
        }
    }

    /// Returns whether there is such a run, and the name is another one.
    pub(super) fn rename(&mut self, id: RunId, name: &str) -> bool {
        let name = self.free_name(name, Some(id));
        match self.kept.iter_mut().find(|run| run.id == id && run.name != name) {
            Some(run) => run.name = name,
            None => return false,
        }
        true
    }

    /// Returns whether there was such a run.
    pub(super) fn forget(&mut self, id: RunId) -> Option<Run> {
        let at = self.kept.iter().position(|run| run.id == id)?;
        Some(self.kept.remove(at))
    }

    fn next_id(&mut self) -> RunId {
        self.last += 1;
        RunId(self.last)
    }

    fn free_name(&self, name: &str, own: Option<RunId>) -> String {
        free_name(name, |name| self.kept.iter().any(|run| run.name == name && Some(run.id) != own))
    }
}
