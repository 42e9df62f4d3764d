//! A run: tasks are given out, and what comes back is written in order.

use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use super::control::Control;
use super::crew::{Crew, News};
pub use super::feeder::FileRows;
use super::minter::Filler;
use super::plan::{Order, Plan, Supply as Planned};
use super::progress::{Outcome, Progress};
use super::recipe::Recipe;
use super::shape::Shape;
use super::supply::{Supply, tokens_of_task};
use super::task::{Task, Way};
use super::writer::{Output, Writer};
use crate::jose::error::Problem;
use crate::template::cells::Cells;

/// How often news are told.
const NEWS: Duration = Duration::from_millis(100);

/// How long to wait before looking at the reins again.
const LOOK: Duration = Duration::from_millis(20);

/// How many tasks there are for each thread at the same time: given, at work, or waiting to be written.
const AHEAD: usize = 4;

/// A run that is ready to begin.
pub struct Run {
    recipe: Recipe,
    shape: Shape,
    plan: Plan,
    rows: Option<FileRows>,
    total: Option<u64>,
}

impl Run {
    /// Compiles what is ordered, and looks whether the first and the last token of a run by count can be filled in.
    /// `rows` is the open file of a run over rows.
    ///
    /// # Errors
    /// Whatever would keep the run from minting all of it, as far as that can be known.
    pub fn prepare(order: &Order, rows: Option<FileRows>) -> Result<Self, Problem> {
        let layout = rows.as_ref().map(FileRows::layout);
        let columns = rows.as_ref().map(|rows| rows.columns().clone()).unwrap_or_default();
        let recipe = Recipe::new(order, &columns, layout)?;
        let shape = Shape::new(&order.plan, &columns, layout)?;
        let run = Self { recipe, shape, plan: order.plan.clone(), rows, total: None };
        Ok(match run.plan.supply {
            Planned::Count(count) => {
                run.check(count)?;
                run.with_total(count)
            }
            Planned::Rows(_) => run,
        })
    }

    /// The same with so many tokens and rows in the whole run.
    #[must_use]
    pub fn with_total(self, count: u64) -> Self {
        let Plan { from, shard, .. } = self.plan;
        Self { total: Some(shard.share(from, count)), ..self }
    }

    /// How the tokens are written.
    pub const fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The line of names of the rows as it stands in their file; empty where there is none.
    pub fn names(&self) -> &[u8] {
        self.rows.as_ref().map(FileRows::names).unwrap_or_default()
    }

    /// Mints on the threads of the plan and writes on this one, until it is done or ended. `news` is called some ten
    /// times a second.
    pub fn go(mut self, output: Output<'_>, control: &Control, news: &mut dyn FnMut(Progress)) -> Outcome {
        let rows = self.rows.take();
        let way = Way::new(&self.recipe, self.shape.clone(), self.plan.faulty, rows.as_ref());
        let mut writer = Writer::new(output, &way.shape, self.plan.from, self.total);
        let failure = match writer.begin() {
            Ok(()) => thread::scope(|scope| {
                let mut crew = Crew::new(self.threads(), &way, scope)?;
                let supply = self.supply(rows, &crew)?;
                let room = AHEAD * self.threads();
                let mut shift = Shift { crew: &mut crew, supply, writer: &mut writer, way: &way, room, order: 0 };
                shift.work(control, news);
                let failure = shift.supply.failure();
                crew.dismiss();
                Ok(failure)
            }),
            Err(()) => Ok(None),
        };
        writer.finish(failure.unwrap_or_else(Some))
    }

    fn check(&self, count: u64) -> Result<(), Problem> {
        let Plan { from, shard, .. } = self.plan;
        let share = shard.share(from, count);
        let Some(first) = shard.first(from).filter(|_| share > 0) else { return Ok(()) };
        let last = first.saturating_add((share - 1).saturating_mul(shard.step()));
        let mut filler = Filler::new(&self.recipe);
        let mut check = |index| filler.fill(index, &Cells::default()).map_err(|no| no.problem);
        check(first)?;
        check(last)
    }

    fn supply(&self, rows: Option<FileRows>, crew: &Crew<'_, '_>) -> Result<Supply, Problem> {
        match (rows, &self.plan.supply) {
            (Some(rows), _) => Supply::rows(rows, &self.plan, &self.recipe, AHEAD * self.threads() + 2, crew.outbox()),
            (None, Planned::Count(count)) => Ok(Supply::count(&self.plan, *count, &self.recipe, self.threads())),
            (None, Planned::Rows(_)) => Ok(Supply::count(&self.plan, 0, &self.recipe, 1)),
        }
    }

    /// No more threads than there is something to do for.
    fn threads(&self) -> usize {
        let wanted = self.plan.threads.get();
        let Planned::Count(_) = self.plan.supply else { return wanted };
        // A quarter of a task is worth the start of a thread.
        let tasks = self.total.unwrap_or_default().saturating_mul(4).div_ceil(tokens_of_task(&self.recipe));
        wanted.min(usize::try_from(tasks).unwrap_or(usize::MAX)).max(1)
    }
}

/// The run while it goes on.
struct Shift<'a, 's, 'r, 'o, 'w> {
    crew: &'a mut Crew<'s, 'r>,
    supply: Supply,
    writer: &'a mut Writer<'o, 'w>,
    way: &'r Way<'r>,
    room: usize,
    order: u64,
}

impl<'s, 'r: 's> Shift<'_, 's, 'r, '_, '_> {
    fn work(&mut self, control: &Control, news: &mut dyn FnMut(Progress)) {
        let mut told = Instant::now();
        loop {
            let is_halted = control.is_cancelled() || self.writer.has_ended();
            if is_halted {
                self.way.halt.store(true, Ordering::Relaxed);
            }
            let is_paused = control.is_paused();
            self.writer.set_running(!is_paused);
            if !is_halted && !is_paused {
                self.give();
            }
            if self.crew.in_flight() == 0 && (is_halted || self.supply.is_empty()) {
                if !self.supply.is_empty() {
                    self.writer.cancel();
                }
                return;
            }
            match self.crew.news(LOOK) {
                Some(News::Done(_, done)) => {
                    for batch in self.writer.take(*done) {
                        self.supply.recycle(batch);
                    }
                }
                Some(News::Fed(fed)) => self.supply.take(fed),
                Some(News::Failed(problem)) => {
                    self.writer.fail(problem);
                    self.way.halt.store(true, Ordering::Relaxed);
                    return;
                }
                None => {}
            }
            if told.elapsed() >= NEWS {
                told = Instant::now();
                news(self.writer.progress());
            }
        }
    }

    fn give(&mut self) {
        while self.crew.has_room() && self.writer.behind(self.order) < self.room as u64 {
            let Some(work) = self.supply.next() else { return };
            self.crew.give(Task { order: self.order, work, text: self.writer.spare() });
            self.order += 1;
        }
    }
}
