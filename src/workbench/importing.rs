//! Making a draft, variables or a schema of what other programs wrote.

use super::Workbench;
use super::effect::Effect;

/// What the user wants to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportCommand {
    /// Ask for a file.
    Pick,
    /// Make a template of a token or of claims in this text.
    Text(String),
}

impl Workbench {
    pub(super) fn apply_import(&self, _command: ImportCommand) -> Vec<Effect> {
        Vec::new()
    }
}
