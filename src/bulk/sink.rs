//! Where the tokens go.

use crate::jose::error::Problem;

/// A token in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its number in the whole run, counted from 1.
    pub number: u64,
    /// The byte of the text behind it.
    pub end: usize,
}

/// Takes what a run writes, in order.
pub trait Sink {
    /// Takes a piece of the output: all of it, or as far as that can be had nothing. `tokens` says where each token
    /// ends, for the form that has a file for each; for all others it is empty.
    ///
    /// # Errors
    /// When it cannot be written, or nobody reads it any more.
    fn write(&mut self, text: &[u8], tokens: &[Placed]) -> Result<(), Lost>;

    /// Takes the last piece back, so that there is room for the end; whether that could be done.
    fn take_back(&mut self) -> bool {
        false
    }

    /// Takes a row that no token can be made from, as it stands in its file, without the line end.
    ///
    /// # Errors
    /// When it cannot be written.
    fn reject(&mut self, row: &[u8]) -> Result<(), Problem>;
}

/// Why something was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Whoever read the output has seen enough.
    Closed,
    /// It could not be written.
    Failed(Problem),
}

impl From<Problem> for Lost {
    fn from(problem: Problem) -> Self {
        Self::Failed(problem)
    }
}
