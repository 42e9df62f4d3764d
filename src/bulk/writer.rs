//! Writes what comes back from the threads, in order.

use std::collections::BTreeMap;

use super::progress::{Ended, LISTED_FAULTS, Outcome, Progress};
use super::records::Batch;
use super::row::Fault;
use super::shape::Shape;
use super::sink::{Lost, Sink};
use super::stopwatch::Stopwatch;
use super::task::{Cut, Done};
use crate::jose::error::Problem;

/// Where a run writes, and what is there already.
pub struct Output<'s> {
    /// Takes it.
    pub sink: &'s mut dyn Sink,
    /// What an earlier piece of the same run left.
    pub before: Before,
}

/// What stands before the first token of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// Nothing.
    Nothing,
    /// What belongs before all tokens, and no token.
    Head,
    /// Tokens.
    Tokens,
}

/// Writes pieces in order, and knows how far the run is.
pub(super) struct Writer<'o, 'w> {
    output: Output<'o>,
    shape: &'w Shape,
    /// Which task is to be written next.
    next: u64,
    waiting: BTreeMap<u64, Done>,
    spare: Vec<Vec<u8>>,
    progress: Progress,
    watch: Stopwatch,
    faults: Vec<Fault>,
    resume: u64,
    ended: Option<Ended>,
    is_closed: bool,
    /// How it was before the last piece.
    undo: Option<(Progress, u64, Before)>,
}

impl<'o, 'w> Writer<'o, 'w> {
    /// For a run that begins at the index `from`.
    pub(super) fn new(output: Output<'o>, shape: &'w Shape, from: u64, total: Option<u64>) -> Self {
        Self {
            output,
            shape,
            next: 0,
            waiting: BTreeMap::new(),
            spare: Vec::new(),
            progress: Progress { total, ..Progress::default() },
            watch: Stopwatch::start(),
            faults: Vec::new(),
            resume: from,
            ended: None,
            is_closed: false,
            undo: None,
        }
    }

    /// Writes what stands before all tokens.
    ///
    /// # Errors
    /// Nothing more can be written; why is in the outcome.
    pub(super) fn begin(&mut self) -> Result<(), ()> {
        if self.output.before == Before::Nothing {
            self.output.before = Before::Head;
            let head = self.shape.head();
            self.put(head, &[])
        } else {
            Ok(())
        }
    }

    /// Takes what was done, and writes what is next; gives memory back.
    pub(super) fn take(&mut self, done: Done) -> Vec<Batch> {
        self.waiting.insert(done.order, done);
        let mut free = Vec::new();
        while let Some(mut done) = self.waiting.remove(&self.next) {
            self.next += 1;
            free.extend(done.batch.take());
            if self.ended.is_none() {
                self.write(&mut done);
            }
            self.spare.push(done.text);
        }
        free
    }

    /// How many tasks up to that one are not written yet.
    pub(super) const fn behind(&self, order: u64) -> u64 {
        order.saturating_sub(self.next)
    }

    /// Memory to use again.
    pub(super) fn spare(&mut self) -> Vec<u8> {
        self.spare.pop().unwrap_or_default()
    }

    /// Whether nothing more is to come.
    pub(super) const fn has_ended(&self) -> bool {
        self.ended.is_some()
    }

    /// Notes that the run was ended before it was done.
    pub(super) fn cancel(&mut self) {
        self.ended.get_or_insert(Ended::Cancelled);
    }

    /// Notes that the run cannot go on.
    pub(super) fn fail(&mut self, problem: Problem) {
        self.ended.get_or_insert(Ended::Failed(problem));
    }

    /// Lets the time run or stand.
    pub(super) fn set_running(&mut self, runs: bool) {
        self.watch.set_running(runs);
    }

    /// How far the run is.
    pub(super) fn progress(&self) -> Progress {
        Progress { elapsed: self.watch.elapsed(), ..self.progress }
    }

    /// Writes what stands behind all tokens; `failure` is why there may be more that could not be had.
    pub(super) fn finish(mut self, failure: Option<Problem>) -> Outcome {
        if let Some(problem) = failure {
            self.fail(problem);
        }
        if !self.is_closed && self.output.before != Before::Nothing {
            self.end();
        }
        let progress = self.progress();
        let ended = self.ended.unwrap_or(Ended::Done);
        let resume = (ended != Ended::Done).then_some(self.resume);
        Outcome { progress, ended, resume, faults: self.faults }
    }

    /// Writes the tail. On a full disk the last piece gives way to it.
    fn end(&mut self) {
        let tail = self.shape.tail();
        if self.put(tail, &[]).is_ok() || self.is_closed {
            return;
        }
        if let Some((progress, resume, before)) = self.undo.take()
            && self.output.sink.take_back()
        {
            (self.progress, self.resume, self.output.before) = (progress, resume, before);
            // Why not is in the outcome.
            self.put(tail, &[]).ok();
        }
    }

    fn write(&mut self, done: &mut Done) {
        let undo = (self.progress, self.resume, self.output.before);
        let begins = if self.output.before == Before::Tokens { 0 } else { self.shape.separator_len() };
        if done.minted > 0 {
            let text = done.text.get(begins..).unwrap_or_default();
            if self.put(text, &done.tokens).is_err() {
                return;
            }
            self.output.before = Before::Tokens;
            self.undo = Some(undo);
        }
        self.progress.minted += done.minted;
        for (fault, row) in std::mem::take(&mut done.rejected) {
            if let Err(problem) = self.output.sink.reject(&row) {
                return self.fail(problem);
            }
            self.note(fault);
            self.progress.skipped += 1;
        }
        self.resume = done.next;
        match done.cut.take() {
            None => {}
            Some(Cut::Halted) => self.cancel(),
            Some(Cut::Failed(problem)) => self.fail(problem),
            Some(Cut::Row(fault)) => {
                let Problem { message, help, .. } = fault.problem.clone();
                self.fail(Problem::new("row", format!("Line {}: {message}", fault.line)).help(help));
                self.note(fault);
            }
        }
    }

    fn note(&mut self, fault: Fault) {
        if self.faults.len() < LISTED_FAULTS {
            self.faults.push(fault);
        }
    }

    fn put(&mut self, text: &[u8], tokens: &[super::sink::Placed]) -> Result<(), ()> {
        if text.is_empty() {
            return Ok(());
        }
        match self.output.sink.write(text, tokens) {
            Ok(()) => {
                self.progress.bytes += text.len() as u64;
                Ok(())
            }
            Err(Lost::Closed) => {
                self.is_closed = true;
                self.cancel();
                Err(())
            }
            Err(Lost::Failed(problem)) => {
                self.fail(problem);
                Err(())
            }
        }
    }
}
