//! The hints of the first start: one quiet line each, gone for good once it was acted on or closed.

use serde::{Deserialize, Deserializer, Serialize};

use crate::workbench::command::{Command, Copied, DraftCommand};

/// A hint of the first start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hint {
    /// The token follows what is typed.
    Typing,
    /// The token is there to be copied.
    Copying,
    /// Every action is in the palette.
    Palette,
}

impl Hint {
    /// Every hint, in the order in which they are read.
    pub const ALL: [Self; 3] = [Self::Typing, Self::Copying, Self::Palette];

    /// The hint that `command` makes needless: the user does what it tells of.
    pub(in crate::workbench) fn acted_on(command: &Command) -> Option<Self> {
        match command {
            Command::Draft(DraftCommand::Type(..)) => Some(Self::Typing),
            Command::Copy(Copied::Token | Copied::Bearer | Copied::Curl | Copied::Code(_)) => Some(Self::Copying),
            _ => None,
        }
    }
}

/// Reads the hints that are still to be shown. Whatever is not a list of known hints is left out.
///
/// # Errors
/// None but those of the text around it.
pub(super) fn tolerant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Hint>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let known: Vec<Hint> = items.iter().filter_map(|item| Hint::deserialize(item).ok()).collect();
    Ok(Hint::ALL.into_iter().filter(|hint| known.contains(hint)).collect())
}
