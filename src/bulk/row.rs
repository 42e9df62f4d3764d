//! One row of a file: the values of the variables for one token.

use crate::jose::error::Problem;

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The line of the file it begins in, counted from 1.
    pub line: u64,
    /// Its values, in the order of the columns.
    pub values: Vec<String>,
}

/// A row that no token can be made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line of the file it begins in, counted from 1.
    pub line: u64,
    /// The row as it stands in the file.
    pub text: String,
    /// What is wrong with it.
    pub problem: Problem,
}
