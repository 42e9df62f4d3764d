//! The one question that may be open.

use std::path::PathBuf;

use super::command::FileCommand;
use super::effect::Pick;
use super::importing::preview::Preview;
use crate::jose::error::Problem;

/// A question that must be answered before anything else happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// The draft has unsaved changes, and this would drop them.
    Unsaved {
        /// What the user wanted.
        then: FileCommand,
    },
    /// The comparison has unsaved changes, and this would drop them.
    UnsavedComparison {
        /// What the user wanted.
        then: FileCommand,
    },
    /// There is a file where the comparison is to be saved.
    ReplaceComparison {
        /// The file.
        path: PathBuf,
        /// Whether it is the comparison's own, which another program has changed.
        changed: bool,
    },
    /// The file on disk is not the one that was read.
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// There is a file at the path that was typed.
    Replace {
        /// The file.
        path: PathBuf,
    },
    /// There is a file where the tokens of a run are to be written.
    ReplaceTokens {
        /// The file.
        path: PathBuf,
    },
    /// All settings go back to their defaults.
    ResetSettings,
    /// Tokens are being minted, and closing the window would end that.
    StillMinting,
    /// An import waits to be agreed to.
    Import(Box<Preview>),
    /// A private key is encrypted: its passphrase is typed.
    Passphrase {
        /// What the user knows the key as.
        name: String,
        /// What was wrong with the last passphrase.
        problem: Option<Problem>,
        /// Whether a passphrase is being tried.
        busy: bool,
    },
    /// No file dialog on this system: a path is typed.
    Path {
        /// What the path is for.
        pick: Pick,
        /// Where to start.
        suggestion: PathBuf,
    },
}
