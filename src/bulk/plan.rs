//! What is to be minted, and how it is to be written.

use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::sync::Arc;

use crate::jose::key::Key;
use crate::template::file::TemplateFile;

/// Everything a run needs to know.
#[derive(Clone, Debug)]
pub struct Order {
    /// What every token is made from.
    pub template: TemplateFile,
    /// What every token is signed with.
    pub key: Arc<Key>,
    /// The time of every token, in seconds since 1970-01-01 UTC.
    pub now: i64,
    /// How many, and in what form.
    pub plan: Plan,
}

/// How many tokens, and in what form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What there is a token for.
    pub supply: Supply,
    /// How the tokens are written.
    pub form: Form,
    /// The address that load generators send the tokens to.
    pub url: String,
    /// What becomes of rows that no token can be made from.
    pub faulty: Faulty,
    /// The threads that sign.
    pub threads: NonZeroUsize,
    /// Where to begin: so many tokens, or rows, of the run come before the first.
    pub from: u64,
    /// The piece of the run that is minted.
    pub shard: Shard,
}

/// What there is a token for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Supply {
    /// So many tokens, at least 1.
    Count(u64),
    /// One for each row of this file: CSV with a line of names, or one JSON object a line (NDJSON).
    Rows(PathBuf),
}

/// How the tokens are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// One token a line.
    #[default]
    Lines,
    /// The columns of the rows, or a number, and the token (RFC 4180).
    Csv,
    /// A JSON object a line: the columns of the row and the token.
    Ndjson,
    /// A JSON array of such objects, for the `SharedArray` of k6.
    K6,
    /// A Lua script for wrk that sends one token after the other.
    Wrk,
    /// CSV for the CSV Data Set Config of JMeter.
    Jmeter,
    /// Targets of vegeta in its JSON format, one a line.
    Vegeta,
    /// A folder with one file for each token.
    Folder,
}

impl Form {
    /// Every form, in the order to show them in.
    pub const ALL: [Self; 8] =
        [Self::Lines, Self::Csv, Self::Ndjson, Self::K6, Self::Wrk, Self::Jmeter, Self::Vegeta, Self::Folder];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lines => "lines",
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
            Self::K6 => "k6",
            Self::Wrk => "wrk",
            Self::Jmeter => "jmeter",
            Self::Vegeta => "vegeta",
            Self::Folder => "folder",
        }
    }

    /// Whether an address is written with each token, or once with all of them.
    pub const fn has_url(self) -> bool {
        matches!(self, Self::Wrk | Self::Vegeta)
    }
}

/// What becomes of rows that no token can be made from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Faulty {
    /// The first one ends the run; what was minted before it stays.
    #[default]
    Stop,
    /// They are left out, and written to a file of their own if there is one.
    Skip,
}

/// A piece of a run: of every `of` tokens that follow each other, one.
///
/// The pieces of all indices are disjoint, and together they are the whole run. Counters and rows are those of the whole
/// run, so that a piece is the same wherever and whenever it is minted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which piece, counted from 0, less than `of`.
    pub index: u32,
    /// How many pieces there are.
    pub of: NonZeroU32,
}

impl Shard {
    /// The run in one piece.
    pub const WHOLE: Self = Self { index: 0, of: NonZeroU32::MIN };
}
