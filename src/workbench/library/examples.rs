//! The examples that come with the program, as the library shows them.

use std::sync::LazyLock;

use super::summary::Summary;
use crate::template::gallery::{Category, EXAMPLES, Example};

/// An example and what is told of it.
#[derive(Debug)]
pub struct ExampleEntry {
    /// The example.
    pub example: &'static Example,
    /// What is in it.
    pub summary: Summary,
}

static ENTRIES: LazyLock<Vec<ExampleEntry>> = LazyLock::new(|| {
    let read = |example: &'static Example| {
        let summary = Summary::of(&example.template().ok()?);
        Some(ExampleEntry { example, summary })
    };
    EXAMPLES.iter().filter_map(read).collect()
});

/// All examples, by category.
pub fn examples() -> &'static [ExampleEntry] {
    &ENTRIES
}

impl ExampleEntry {
    /// What it is about.
    pub fn category(&self) -> Category {
        self.example.category
    }
}
