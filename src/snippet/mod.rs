//! The draft as code that runs: for every language the libraries that people use, with the key read from the outside.
//!
//! [`Draft::read`] reads the template once; one file per language writes it. Relative times become arithmetic on the
//! clock, placeholders what the language has for them, variables named constants. The key is never part of the code.

mod csharp;
mod curl;
mod fastapi;
mod go;
mod java;
mod jose;
mod jsonwebtoken;
mod language;
mod layout;
pub mod model;
mod node;
mod python;
mod read;
mod rust;
mod shared;
mod words;

pub use language::Language;
pub use model::Draft;
pub use read::{KEY_FILE_VARIABLE, Misread, SECRET_VARIABLE};

use crate::jose::error::Problem;

/// Code, and what to know before running it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The code, ending with a line break.
    pub code: String,
    /// What to install, one command a line; empty when nothing is needed.
    pub install: Vec<String>,
    /// How to run it.
    pub run: String,
    /// What differs from the draft, and what the code leaves to its user, in sentences.
    pub notes: Vec<String>,
}

impl Draft {
    /// The draft as code.
    ///
    /// # Errors
    /// What the library cannot do: the algorithm, a number beyond the range of the language, a header it refuses. The
    /// next step names a library that can.
    pub fn snippet(&self, language: Language) -> Result<Snippet, Problem> {
        language.write(self)
    }
}

/// The problem of a library that cannot do it.
fn unsupported(why: impl Into<String>, instead: impl Into<String>) -> Problem {
    Problem::new("snippet-unsupported", why).help(instead)
}
