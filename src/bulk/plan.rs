//! What is to be minted, and how it is to be written.

use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::sync::Arc;

use crate::jose::error::Problem;
use crate::jose::key::Key;
use crate::jose::text::shown;
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

    /// The form of that name.
    ///
    /// # Errors
    /// When there is none.
    pub fn from_name(name: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|form| form.name() == name).ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            Problem::new("usage", format!("There is no form '{}'", shown(name))).help(format!("Write one of {names}."))
        })
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

    /// Reads `I/N`, such as 0/4 for the first of four pieces.
    ///
    /// # Errors
    /// When it is not written so, or there is no such piece.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let numbers = text.split_once('/').and_then(|(index, of)| Some((index.parse().ok()?, of.parse().ok()?)));
        numbers.map(|(index, of)| Self { index, of }).filter(|shard| shard.index < shard.of.get()).ok_or_else(|| {
            Problem::new("usage", format!("There is no piece '{}'", shown(text)))
                .help("Write the number of the piece, from 0, and how many there are, such as 0/4 to 3/4.")
        })
    }

    /// Whether the token with this index in the whole run belongs to the piece.
    pub const fn takes(self, index: u64) -> bool {
        index % self.step() == self.index as u64
    }

    /// The first index of the piece that is not before `from`; `None` when there is none.
    pub const fn first(self, from: u64) -> Option<u64> {
        let (wanted, step) = (self.index as u64, self.step());
        from.checked_add((wanted + step - from % step) % step)
    }

    /// How many of the indices from `from` to before `to` belong to the piece.
    pub const fn share(self, from: u64, to: u64) -> u64 {
        match self.first(from) {
            Some(first) if first < to => (to - first).div_ceil(self.step()),
            _ => 0,
        }
    }

    /// How far the indices of the piece are apart.
    pub const fn step(self) -> u64 {
        self.of.get() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_disjoint_and_together_the_whole() {
        let pieces = (0..3).map(|index| Shard::parse(&format!("{index}/3")).unwrap());
        let mut all: Vec<u64> = Vec::new();
        for piece in pieces {
            let own: Vec<u64> = (5..20).filter(|index| piece.takes(*index)).collect();
            assert_eq!(piece.first(5), own.first().copied());
            assert_eq!(piece.share(5, 20), own.len() as u64);
            assert!(own.windows(2).all(|pair| pair[1] - pair[0] == piece.step()));
            all.extend(own);
        }
        all.sort_unstable();
        assert_eq!(all, (5..20).collect::<Vec<_>>());
        assert_eq!(Shard::WHOLE.first(u64::MAX), Some(u64::MAX));
        assert_eq!(Shard::parse("0/2").unwrap().first(u64::MAX), None);
        assert_eq!((Shard::WHOLE.share(7, 7), Shard::WHOLE.share(8, 7)), (0, 0));
    }

    #[test]
    fn what_is_no_piece_is_refused() {
        for text in ["", "1", "2/2", "0/0", "-1/2", "1/2/3", "a/b", "0/99999999999"] {
            assert!(Shard::parse(text).unwrap_err().help.contains("0/4"), "{text}");
        }
    }

    #[test]
    fn every_form_is_found_by_its_name() {
        assert!(Form::ALL.into_iter().all(|form| Form::from_name(form.name()) == Ok(form)));
        assert!(Form::from_name("xml").unwrap_err().help.contains("vegeta"));
    }
}
