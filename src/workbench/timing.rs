//! The measurement of the current draft: what is asked for, how far it is, and what came of it.

use std::time::Duration;

use crate::jose::error::Problem;
use crate::measure::timing::Timing;
use crate::measure::variant::Variant;

/// Quiet time after an edit before the short measurement starts.
pub const QUIET: Duration = Duration::from_millis(500);
/// The short measurement that follows an edit.
pub const SHORT: Duration = Duration::from_millis(200);
/// The measurement that the user asks for.
pub const LONG: Duration = Duration::from_secs(3);

/// What is minted over and over: the very bytes of the draft's token.
#[derive(Clone, Debug)]
pub struct SampleInputs {
    /// The revision of the draft.
    pub revision: u64,
    /// Header, payload, algorithm and key.
    pub variant: Variant,
}

/// How far a measurement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Time measured so far.
    pub elapsed: Duration,
    /// Time to measure in all.
    pub total: Duration,
}

impl Progress {
    /// From 0 to 1.
    pub fn share(self) -> f32 {
        (self.elapsed.as_secs_f32() / self.total.as_secs_f32().max(f32::EPSILON)).clamp(0.0, 1.0)
    }
}

/// The figures shown, and the measurement that is running.
#[derive(Debug, Default)]
pub struct TimingState {
    timing: Option<(u64, Box<Timing>)>,
    running: Option<(u64, Progress)>,
    problem: Option<Problem>,
}

impl TimingState {
    /// The newest figures, if there are any.
    pub fn timing(&self) -> Option<&Timing> {
        self.timing.as_ref().map(|(_, timing)| timing.as_ref())
    }

    /// Whether the figures belong to this revision.
    pub fn is_current(&self, revision: u64) -> bool {
        self.timing.as_ref().is_some_and(|(of, _)| *of == revision)
    }

    /// How far the measurement is that the user asked for.
    pub fn progress(&self) -> Option<Progress> {
        self.running.map(|(_, progress)| progress)
    }

    /// Why the last measurement failed.
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    pub(super) fn started(&mut self, revision: u64, total: Duration) {
        self.running = Some((revision, Progress { elapsed: Duration::ZERO, total }));
        self.problem = None;
    }

    pub(super) fn stopped(&mut self) {
        self.running = None;
    }

    pub(super) fn sampled(&mut self, revision: u64, timing: Box<Timing>, progress: Option<Progress>) {
        self.timing = Some((revision, timing));
        self.problem = None;
        if let Some((of, running)) = &mut self.running
            && *of == revision
        {
            match progress {
                Some(progress) => *running = progress,
                None => self.running = None,
            }
        }
    }

    pub(super) fn failed(&mut self, problem: Problem) {
        self.running = None;
        self.problem = Some(problem);
    }
}
