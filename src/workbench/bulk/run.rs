//! A run: what is minted, where to, how far it is, and how it ended.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::bulk::plan::{Faulty, Form, Order};
use crate::bulk::progress::{Ended, LISTED_FAULTS, Outcome, Progress};
use crate::bulk::row::Fault;
use crate::workbench::effect::Over;

/// Where a run is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It mints.
    Going,
    /// It waits until it is let on.
    Paused,
    /// It was cancelled and writes what it has.
    Ending,
    /// It is over.
    Over(Ended),
}

/// A run, with the parts it was made in when it was resumed.
#[derive(Debug)]
pub struct Run {
    pub(super) ticket: u64,
    /// `None` once everything is minted: then nothing holds the key any more.
    pub(super) order: Option<Box<Order>>,
    pub(super) path: PathBuf,
    /// What the file may take the place of.
    pub(super) over: Over,
    pub(super) rejects: Option<PathBuf>,
    pub(super) phase: Phase,
    title: String,
    form: Form,
    /// What the parts before the present one have done.
    earlier: Progress,
    progress: Progress,
    faults: Vec<Fault>,
    resume: Option<u64>,
}

impl Run {
    pub(super) fn new(
        ticket: u64,
        title: String,
        order: Box<Order>,
        (path, over): (PathBuf, Over),
        rejects: Option<PathBuf>,
        total: Option<u64>,
    ) -> Self {
        Self {
            ticket,
            form: order.plan.form,
            order: Some(order),
            path,
            over,
            rejects,
            phase: Phase::Going,
            title,
            earlier: Progress::default(),
            progress: Progress { total, ..Progress::default() },
            faults: Vec::new(),
            resume: None,
        }
    }

    /// The draft it is of.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The file, or folder, that the tokens are written to.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file of the rows that were left out.
    pub fn rejects(&self) -> Option<&Path> {
        self.rejects.as_deref()
    }

    /// How the tokens are written.
    pub fn form(&self) -> Form {
        self.form
    }

    /// Where it is.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// Whether it is over.
    pub fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Over(_))
    }

    /// How far it is, all its parts together.
    pub fn progress(&self) -> Progress {
        joined(self.earlier, self.progress)
    }

    /// The share that is done, 0 to 1; `None` when the whole is not known.
    pub fn share(&self) -> Option<f32> {
        let Progress { minted, skipped, total, .. } = self.progress();
        let total = total.filter(|total| *total > 0)?;
        Some(((minted + skipped) as f64 / total as f64).min(1.0) as f32)
    }

    /// The time that is left at the pace of the present part.
    pub fn left(&self) -> Option<Duration> {
        self.progress.left()
    }

    /// The first faulty rows.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// So many tokens, or rows, of the run come before the rest; `None` when there is none.
    pub fn resume(&self) -> Option<u64> {
        self.resume.filter(|_| self.is_over())
    }

    pub(super) fn is_at(&mut self, progress: Progress) {
        self.progress = Progress { total: progress.total.or(self.progress.total), ..progress };
    }

    pub(super) fn end(&mut self, outcome: Outcome) {
        self.is_at(outcome.progress);
        // A rest that could not be begun is still the rest.
        let again = self.order.as_ref().map(|order| order.plan.from).filter(|_| self.earlier.minted > 0);
        self.resume = outcome.resume.or(again).filter(|_| outcome.ended != Ended::Done);
        self.faults.extend(outcome.faults);
        self.faults.truncate(LISTED_FAULTS);
        if outcome.ended == Ended::Done {
            self.order = None;
        }
        self.phase = Phase::Over(outcome.ended);
    }

    /// Begins the next part, of the rest of the run; its order, or `None` when there is no rest.
    pub(super) fn go_on(&mut self, ticket: u64, now: i64) -> Option<Box<Order>> {
        let from = self.resume()?;
        let order = self.order.as_mut()?;
        (order.plan.from, order.now) = (from, now);
        // A row that ended the run is tried again.
        if order.plan.faulty == Faulty::Stop {
            self.faults.clear();
        }
        let order = order.clone();
        self.earlier = Progress { total: None, ..self.progress() };
        let done = self.progress.minted + self.progress.skipped;
        let total = self.progress.total.map(|total| total.saturating_sub(done));
        self.progress = Progress { total, ..Progress::default() };
        self.resume = None;
        self.ticket = ticket;
        self.phase = Phase::Going;
        Some(order)
    }
}

fn joined(earlier: Progress, now: Progress) -> Progress {
    Progress {
        minted: earlier.minted + now.minted,
        skipped: earlier.skipped + now.skipped,
        total: now.total.map(|total| total + earlier.minted + earlier.skipped),
        bytes: earlier.bytes + now.bytes,
        elapsed: earlier.elapsed + now.elapsed,
    }
}
