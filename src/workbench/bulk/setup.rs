//! What the user chose for minting many.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use crate::bulk::plan::{Faulty, Form, Plan, Shard, Supply};

/// The most tokens of a run by count.
pub const MOST_TOKENS: u64 = 1_000_000_000;

/// What there is a token for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Every number up to the count.
    #[default]
    Count,
    /// Every row of a file.
    Rows,
}

/// The choices. Those of a way that is not taken are kept for when it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// What there is a token for.
    pub by: By,
    /// How many by count, 1 to [`MOST_TOKENS`].
    pub count: u64,
    /// The file of rows.
    pub rows: Option<PathBuf>,
    /// How the tokens are written.
    pub form: Form,
    /// The address that load generators send the tokens to.
    pub url: String,
    /// What becomes of rows that no token can be made from.
    pub faulty: Faulty,
    /// The threads that sign.
    pub threads: NonZeroUsize,
    /// So many tokens, or rows, come before the first one.
    pub from: u64,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            by: By::default(),
            count: 1_000,
            rows: None,
            form: Form::default(),
            url: "http://localhost:8080/".to_owned(),
            faulty: Faulty::default(),
            threads: NonZeroUsize::MIN,
            from: 0,
        }
    }
}

impl Setup {
    /// What there is a token for; `None` while the file of rows is not chosen.
    pub fn supply(&self) -> Option<Supply> {
        match self.by {
            By::Count => Some(Supply::Count(self.count)),
            By::Rows => self.rows.clone().map(Supply::Rows),
        }
    }

    pub(super) fn plan(&self) -> Option<Plan> {
        Some(Plan {
            supply: self.supply()?,
            form: self.form,
            url: self.url.clone(),
            faulty: self.faulty,
            threads: self.threads,
            from: self.from,
            shard: Shard::WHOLE,
        })
    }

    /// With every number in its range.
    pub(super) fn in_range(self, cores: NonZeroUsize) -> Self {
        let count = self.count.clamp(1, MOST_TOKENS);
        let last = if self.by == By::Count { count - 1 } else { MOST_TOKENS };
        Self { count, from: self.from.min(last), threads: self.threads.min(cores), ..self }
    }

    /// Whether both begin with the same rows and tokens.
    pub(super) fn begins_like(&self, other: &Self) -> bool {
        (self.supply(), self.from) == (other.supply(), other.from)
    }
}

/// The file that the faulty ones of `rows` are written to when the tokens go to `output`: beside it, named after it, in
/// the form of the rows.
pub fn reject_file(output: &Path, rows: &Path) -> PathBuf {
    let mut name = output.file_stem().map_or_else(|| OsString::from("tokens"), OsString::from);
    name.push(".rejects");
    if let Some(extension) = rows.extension() {
        name.push(".");
        name.push(extension);
    }
    output.with_file_name(name)
}

/// The file name that is proposed for tokens in this form; for a folder, its own.
pub const fn file_name(form: Form) -> &'static str {
    match form {
        Form::Lines => "tokens.txt",
        Form::Csv | Form::Jmeter => "tokens.csv",
        Form::Ndjson => "tokens.ndjson",
        Form::K6 => "tokens.json",
        Form::Wrk => "tokens.lua",
        Form::Vegeta => "targets.json",
        Form::Folder => "tokens",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_in_their_ranges() {
        let cores = NonZeroUsize::new(4).unwrap();
        let wild = Setup { count: 0, from: 9, threads: NonZeroUsize::MAX, ..Setup::default() };
        let kept = wild.in_range(cores);
        assert_eq!((kept.count, kept.from, kept.threads), (1, 0, cores));
        let rows = Setup { by: By::Rows, count: u64::MAX, from: 9, ..Setup::default() }.in_range(cores);
        assert_eq!((rows.count, rows.from), (MOST_TOKENS, 9), "the rows are not counted here");
    }

    #[test]
    fn faulty_rows_go_beside_the_tokens_in_the_form_of_the_rows() {
        let of = |output: &str, rows: &str| reject_file(Path::new(output), Path::new(rows)).display().to_string();
        assert_eq!(of("/out/tokens.txt", "/data/users.ndjson"), "/out/tokens.rejects.ndjson");
        assert_eq!(of("/out/folder", "users"), "/out/folder.rejects");
    }
}
