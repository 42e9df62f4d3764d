//! The figures as lines of a table.

use std::time::{Duration, Instant};

use crate::passes::Pass;

/// The columns, with what is told of each: percents of the keys that take no longer.
const COLUMNS: [(&str, &[usize]); 8] = [
    ("key to frame", &[50, 95, 99]),
    ("waiting", &[50, 99]),
    ("our code", &[50, 99]),
    ("its cpu", &[50, 99]),
    ("triangles", &[50, 99]),
    ("drawing", &[50, 99]),
    ("its cpu", &[50, 99]),
    ("key to token", &[50, 99]),
];
const CELL: usize = 7;

/// A key that was pressed, and the frame that shows what it did.
#[derive(Clone, Copy)]
pub(crate) struct Key {
    pub(crate) at: Instant,
    pub(crate) pass: Pass,
}

/// What is told of many keys.
#[derive(Default)]
pub(crate) struct Row(Vec<[Duration; COLUMNS.len()]>);

impl Row {
    /// Adds a key; all of what follows from it was on show at `settled`.
    pub(crate) fn add(&mut self, key: Key, settled: Instant) {
        let Key { at, pass } = key;
        let waiting = pass.began.saturating_duration_since(at);
        let Pass { ours, ours_cpu, triangles, drawing, drawing_cpu, swapped, .. } = pass;
        self.0.push([swapped - at, waiting, ours, ours_cpu, triangles, drawing, drawing_cpu, settled - at]);
    }

    /// Takes over all keys of another row.
    pub(crate) fn append(&mut self, other: &mut Self) {
        self.0.append(&mut other.0);
    }

    /// How many keys there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The time from the key to its frame that 99 % do not exceed.
    pub(crate) fn p99(&self) -> Duration {
        self.percentile(0, 99)
    }

    /// A line of the table, see [`heading`].
    pub(crate) fn line(&self, claims: &str, keys: &str) -> String {
        let cells = COLUMNS.iter().enumerate().map(|(column, (_, percents))| {
            let cell = |percent: &usize| format!("{:>CELL$.1}", self.percentile(column, *percent).as_secs_f64() * 1e3);
            format!(" |{}", percents.iter().map(cell).collect::<String>())
        });
        format!("{claims:<15}{keys:<32}{:>5}{}", self.count(), cells.collect::<String>())
    }

    /// The least time of a column that so many percent of the keys do not exceed.
    fn percentile(&self, column: usize, percent: usize) -> Duration {
        let mut times: Vec<Duration> = self.0.iter().filter_map(|key| key.get(column).copied()).collect();
        times.sort();
        let rank = (times.len() * percent).div_ceil(100).saturating_sub(1);
        times.get(rank).copied().unwrap_or_default()
    }
}

/// The two lines above the table.
pub(crate) fn heading() -> String {
    let names = COLUMNS.iter().map(|(name, percents)| format!(" |{name:>width$}", width = CELL * percents.len()));
    let percents = COLUMNS.iter().map(|(_, percents)| {
        let cell = |percent: &usize| format!("{:>CELL$}", format!("p{percent}"));
        format!(" |{}", percents.iter().map(cell).collect::<String>())
    });
    let (names, percents) = (names.collect::<String>(), percents.collect::<String>());
    format!("{:<52}{names}\n{:<15}{:<32}{:>5}{percents}", "", "claims", "keys", "count")
}
