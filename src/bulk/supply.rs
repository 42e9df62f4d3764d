//! What is still to be minted, cut into tasks.

use std::collections::VecDeque;
use std::sync::mpsc::Sender;

use super::crew::News;
use super::feeder::{self, Fed, FileRows, Wanted};
use super::plan::{Plan, Shard};
use super::recipe::Recipe;
use super::records::Batch;
use super::task::Work;
use crate::jose::error::Problem;
use crate::jose::jwa::Family;

/// The bytes of the tokens of one task, about.
const TASK_BYTES: usize = 512 * 1024;

/// The tokens of one task, so that none takes long: some ten milliseconds.
pub(super) fn tokens_of_task(recipe: &Recipe) -> u64 {
    let quick = match recipe.algorithm().family() {
        Family::Hmac => 1_024,
        Family::Ecdsa | Family::EdDsa => 64,
        Family::RsaPkcs1 | Family::RsaPss => 8,
    };
    let fitting = TASK_BYTES / recipe.token_len().max(1);
    fitting.clamp(1, quick) as u64
}

/// What is left of a run.
pub(super) enum Supply {
    /// The indices from `next` to before `end`, so many a task.
    Count { next: Option<u64>, end: u64, shard: Shard, most: u64 },
    /// Rows that were read, and the reader to give memory back to, until it has read all.
    Rows { ready: VecDeque<Batch>, free: Option<Sender<Batch>>, failure: Option<Problem> },
}

impl Supply {
    /// So many tokens, for `threads` threads.
    pub(super) fn count(plan: &Plan, end: u64, recipe: &Recipe, threads: usize) -> Self {
        let Plan { from, shard, .. } = *plan;
        // Short runs too are to keep all threads busy.
        let share = shard.share(from, end).div_ceil(4 * threads as u64).max(1);
        let most = if threads == 1 { tokens_of_task(recipe) } else { tokens_of_task(recipe).min(share) };
        Self::Count { next: shard.first(from), end, shard, most }
    }

    /// The rows of a file, in `batches` pieces at the same time.
    ///
    /// # Errors
    /// When the system has no thread to spare.
    pub(super) fn rows(
        rows: FileRows,
        plan: &Plan,
        recipe: &Recipe,
        batches: usize,
        news: Sender<News>,
    ) -> Result<Self, Problem> {
        let most = usize::try_from(tokens_of_task(recipe)).unwrap_or(1);
        let free = feeder::start(rows, Wanted { from: plan.from, shard: plan.shard, most }, news)?;
        for _ in 0..batches {
            free.send(Batch::default()).ok();
        }
        Ok(Self::Rows { ready: VecDeque::new(), free: Some(free), failure: None })
    }

    /// The work of the next task, if there is any at hand.
    pub(super) fn next(&mut self) -> Option<Work> {
        match self {
            Self::Count { next, end, shard, most } => {
                let first = next.filter(|first| *first < *end)?;
                let len = shard.share(first, *end).min(*most);
                *next = first.checked_add(len.saturating_mul(shard.step()));
                Some(Work::Count { first, step: shard.step(), len })
            }
            Self::Rows { ready, .. } => ready.pop_front().map(Work::Rows),
        }
    }

    /// Takes what was read.
    pub(super) fn take(&mut self, fed: Fed) {
        let Self::Rows { ready, free, failure } = self else { return };
        match fed {
            Fed::Rows(batch) => ready.push_back(batch),
            Fed::End => *free = None,
            Fed::Failed(problem) => {
                *free = None;
                *failure = Some(problem);
            }
        }
    }

    /// Takes memory back.
    pub(super) fn recycle(&self, batch: Batch) {
        if let Self::Rows { free: Some(free), .. } = self {
            free.send(batch).ok();
        }
    }

    /// Whether nothing is left.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Count { next, end, .. } => next.is_none_or(|next| next >= *end),
            Self::Rows { ready, free, .. } => ready.is_empty() && free.is_none(),
        }
    }

    /// Why there may be more that could not be read.
    pub(super) fn failure(self) -> Option<Problem> {
        match self {
            Self::Count { .. } => None,
            Self::Rows { failure, .. } => failure,
        }
    }
}
