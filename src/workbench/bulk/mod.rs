//! Minting many: what the user chose, the preview of it, and the run.

mod commands;
mod estimate;
mod previewing;
pub mod run;
mod running;
pub mod setup;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use self::run::Run;
use self::setup::Setup;
use super::effect::Over;
use crate::bulk::plan::Order;
use crate::bulk::preview::Preview;
use crate::bulk::progress::{Outcome, Progress};
use crate::jose::error::Problem;

/// The state of the page.
#[derive(Debug)]
pub struct BulkState {
    setup: Setup,
    cores: NonZeroUsize,
    preview: Option<Result<Arc<Preview>, Problem>>,
    /// The columns that no placeholder uses.
    unused: Vec<String>,
    /// Whether all tokens would have the same claims.
    same: bool,
    /// The preview that was asked for last, and whether it has come.
    asked: u64,
    is_previewing: bool,
    /// What is minted once a path for it is chosen.
    waiting: Option<Box<Order>>,
    run: Option<Run>,
    quits: bool,
}

impl Default for BulkState {
    fn default() -> Self {
        Self {
            setup: Setup::default(),
            cores: NonZeroUsize::MIN,
            preview: None,
            unused: Vec::new(),
            same: false,
            asked: 0,
            is_previewing: false,
            waiting: None,
            run: None,
            quits: false,
        }
    }
}

/// What the user wants of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkCommand {
    /// Change what is to be minted, and how.
    SetUp(Box<Setup>),
    /// Ask for a file of rows.
    PickRows,
    /// Mint one token for each row of this file.
    UseRows(PathBuf),
    /// Read the rows again.
    ReadAgain,
    /// Give every token an identifier of its own: the claim `jti`.
    AddIdentifier,
    /// Ask for a file, or a folder, and mint into it.
    Mint,
    /// Let the run wait.
    Pause,
    /// Let it go on.
    GoOn,
    /// End it; what is complete stays.
    Cancel,
    /// Mint the rest of the run that was ended, behind what it has written.
    Resume,
    /// Forget the run that is over; its files stay.
    Forget,
}

/// What it wants done elsewhere.
#[derive(Debug)]
pub enum BulkEffect {
    /// Read what the run would begin with. A newer request makes an older one pointless.
    Preview(Box<Order>, u64),
    /// Mint.
    Mint {
        /// Tells this run, or part of a run, from one before it.
        ticket: u64,
        /// What.
        order: Box<Order>,
        /// Where to.
        destination: Destination,
        /// Where the faulty rows go.
        rejects: Option<PathBuf>,
    },
    /// Let the run wait.
    Pause,
    /// Let it go on.
    GoOn,
    /// End it.
    Cancel,
}

/// Where tokens are written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A file, in place of what is there as far as that is agreed to.
    File(PathBuf, Over),
    /// A file of the same run, behind what is in it.
    Append(PathBuf),
    /// A folder of files.
    Folder(PathBuf),
}

/// What came of it.
#[derive(Debug)]
pub enum BulkEvent {
    /// The preview of this request.
    Previewed(u64, Result<Box<Preview>, Problem>),
    /// The run of this ticket is so far.
    Minting(u64, Progress),
    /// The run of this ticket has ended.
    Minted(u64, Box<Outcome>),
}

impl BulkState {
    /// What the user chose.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// How many threads this machine runs at once.
    pub fn cores(&self) -> NonZeroUsize {
        self.cores
    }

    /// What the run would begin with; `None` when nothing can be minted, or while the first preview is made.
    pub fn preview(&self) -> Option<&Result<Arc<Preview>, Problem>> {
        self.preview.as_ref()
    }

    /// Whether a newer preview is being made.
    pub fn is_previewing(&self) -> bool {
        self.is_previewing
    }

    /// The columns that no placeholder uses.
    pub fn unused_columns(&self) -> &[String] {
        &self.unused
    }

    /// Whether the claims of all tokens would be the same.
    pub fn is_same(&self) -> bool {
        self.same
    }

    /// The run that goes on, or ended last.
    pub fn run(&self) -> Option<&Run> {
        self.run.as_ref()
    }

    /// No path was chosen for what waits for one.
    pub(in crate::workbench) fn forget_waiting(&mut self) {
        self.waiting = None;
    }

    /// Whether tokens are being minted.
    pub fn is_running(&self) -> bool {
        self.run.as_ref().is_some_and(|run| !run.is_over())
    }
}
