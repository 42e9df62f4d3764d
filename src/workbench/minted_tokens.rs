//! The tokens that left the program since it started: in memory only, the last 50.

use super::Workbench;
use super::effect::Effect;

/// The most tokens that are remembered.
pub const MOST: usize = 50;

/// The tokens, the latest first.
#[derive(Debug, Default)]
pub struct MintedTokens {}

/// What the user wants of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MintedCommand {
    /// Forget them all.
    Clear,
}

impl Workbench {
    /// The tokens that left the program since it started.
    pub fn minted_tokens(&self) -> &MintedTokens {
        &self.minted_tokens
    }

    pub(super) fn apply_minted(&mut self, command: MintedCommand) -> Vec<Effect> {
        match command {
            MintedCommand::Clear => self.minted_tokens = MintedTokens::default(),
        }
        Vec::new()
    }
}
