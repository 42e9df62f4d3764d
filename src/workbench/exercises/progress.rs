//! What is remembered of the exercises between two starts: names, nothing that was typed.

use serde::{Deserialize as _, Deserializer};

use super::exercise::Exercise;

/// What is remembered about an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// It was solved once.
    Solved,
    /// Its hint was read.
    Hint,
    /// Its solution was read.
    Solution,
}

impl Mark {
    const ALL: [Self; 3] = [Self::Solved, Self::Hint, Self::Solution];

    /// The text of this mark of an exercise in the settings file.
    pub(super) fn text(self, exercise: Exercise) -> String {
        let id = exercise.id();
        match self {
            Self::Solved => id.to_owned(),
            Self::Hint => format!("{id}/hint"),
            Self::Solution => format!("{id}/solution"),
        }
    }
}

/// Keeps the marks that this version knows, each once.
pub fn known(marks: Vec<String>) -> Vec<String> {
    let all = Exercise::ALL.into_iter().flat_map(|exercise| Mark::ALL.map(|mark| mark.text(exercise)));
    all.filter(|mark| marks.contains(mark)).collect()
}

/// Reads the marks out of a settings file. Whatever is not a list of known marks is left out: other settings are worth
/// more than this.
///
/// # Errors
/// None but those of the text around it.
pub fn tolerant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    Ok(known(items.iter().filter_map(|item| item.as_str()).map(str::to_owned).collect()))
}
