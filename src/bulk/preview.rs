//! The first rows of a run and the first tokens, before anything is written.

use super::row::{Fault, Row};
use crate::jose::error::Problem;

/// The rows and tokens that a preview has.
pub const ROWS: usize = 5;

/// What a run would begin with.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// The names of the columns; none for a run by count.
    pub columns: Vec<String>,
    /// The first rows.
    pub rows: Vec<Row>,
    /// The faulty rows that were met on the way.
    pub faults: Vec<Fault>,
    /// How many rows the file has, where that could be counted; the count for a run by count.
    pub total: Option<u64>,
    /// The first tokens, or why there are none; one for each of the rows.
    pub tokens: Vec<Result<String, Problem>>,
    /// The variables of the template that neither it nor a column gives a value.
    pub unfilled: Vec<String>,
}
