//! Minting many: what the user chose, the preview of it, and the run.

mod commands;

use std::path::PathBuf;

use crate::bulk::plan::{Order, Plan, Supply};
use crate::bulk::preview::Preview;
use crate::bulk::progress::{Outcome, Progress};
use crate::jose::error::Problem;

/// The state of the page.
#[derive(Debug, Default)]
pub struct BulkState {
    preview: Option<Result<Box<Preview>, Problem>>,
}

/// What the user wants of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkCommand {
    /// Change what is to be minted.
    SetPlan(Box<Plan>),
    /// Ask for a file of rows.
    PickRows,
    /// Mint for each row of this file, or by count.
    SetSupply(Supply),
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
}

/// What it wants done elsewhere.
#[derive(Debug)]
pub enum BulkEffect {
    /// Read what the run would begin with. A newer request makes an older one pointless.
    Preview(Box<Order>, u64),
    /// Mint.
    Mint {
        /// What.
        order: Box<Order>,
        /// Where to.
        path: PathBuf,
        /// Whether it goes on behind what is there.
        append: bool,
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

/// What came of it.
#[derive(Debug)]
pub enum BulkEvent {
    /// The preview of this request.
    Previewed(u64, Result<Box<Preview>, Problem>),
    /// The run is so far.
    Minting(Progress),
    /// The run has ended.
    Minted(PathBuf, Box<Outcome>),
}

impl BulkState {
    /// What the run would begin with; `None` while it is being read.
    pub fn preview(&self) -> Option<&Result<Box<Preview>, Problem>> {
        self.preview.as_ref()
    }
}
