//! The library: templates in folders of the user's choice.

mod commands;

use std::path::PathBuf;

use crate::jose::error::Problem;

/// The state of the library.
#[derive(Debug, Default)]
pub struct Library {
    entries: Vec<Entry>,
}

/// A template in a folder, as much of it as is shown without opening it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its file.
    pub path: PathBuf,
}

/// What the user wants of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LibraryCommand {
    /// Show the panel, or hide it.
    Toggle,
}

/// What it wants done elsewhere.
#[derive(Debug)]
pub enum LibraryEffect {
    /// Read these folders, and watch them from now on.
    Follow(Vec<PathBuf>),
}

/// What came of it.
#[derive(Debug)]
pub enum LibraryEvent {
    /// What is in the folders now.
    Listed(Vec<Entry>),
    /// Something could not be done.
    Failed(Problem),
}

impl Library {
    /// Every template, in the order to show them in.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}
