//! How many rows of a corpus come out as they must.

use std::path::PathBuf;

use serde_json::Value;

/// The score of one row of the table.
pub(crate) struct Score {
    what: &'static str,
    right: usize,
    misses: Vec<String>,
    /// The share in percent that must be right.
    least: f64,
}

/// How many misses are named.
const SHOWN_MISSES: usize = 20;

impl Score {
    pub(crate) fn new(what: &'static str) -> Self {
        Self { what, right: 0, misses: Vec::new(), least: 100.0 }
    }

    /// The same, with misses up to a share.
    pub(crate) fn at_least(self, least: f64) -> Self {
        Self { least, ..self }
    }

    /// Counts a case; `Err` says what came out instead.
    pub(crate) fn count(&mut self, id: &str, outcome: Result<(), String>) {
        match outcome {
            Ok(()) => self.right += 1,
            Err(miss) => self.misses.push(format!("{id}: {miss}")),
        }
    }

    /// One line of the table, and what missed if that is too much.
    pub(crate) fn line(&self) -> String {
        let shown = if self.is_enough() { 0 } else { SHOWN_MISSES };
        let misses: String = self.misses.iter().take(shown).map(|miss| format!("\n    {miss}")).collect();
        let Self { what, right, .. } = self;
        format!("{what:<54} {right:>6} of {:>6}  {:>5.1} %{misses}", self.total(), self.share())
    }

    pub(crate) fn is_enough(&self) -> bool {
        self.total() > 0 && self.share() >= self.least
    }

    fn total(&self) -> usize {
        self.right + self.misses.len()
    }

    fn share(&self) -> f64 {
        100.0 * self.right as f64 / self.total().max(1) as f64
    }
}

/// The corpora of others, where they are.
pub(crate) struct Corpora(PathBuf);

impl Corpora {
    /// `None`, said aloud, where they are not.
    pub(crate) fn find() -> Option<Self> {
        let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/dev");
        let folder = std::env::var_os("JWT_WORKBENCH_CORPORA").map_or(beside, PathBuf::from);
        if folder.is_dir() {
            return Some(Self(folder));
        }
        println!("skipped: corpora not found");
        None
    }

    pub(crate) fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The rows of a file that has one JSON object a line.
    pub(crate) fn rows(&self, name: &str) -> Vec<Value> {
        self.text(name).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// A member that is a string.
#[track_caller]
pub(crate) fn text<'v>(row: &'v Value, name: &str) -> &'v str {
    row[name].as_str().unwrap_or_else(|| panic!("no text {name} in {row}"))
}

/// `Err` with what is said unless `holds`.
pub(crate) fn expect(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise()) }
}
