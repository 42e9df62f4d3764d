//! What the user asks of the measurements for the Compare and Timing pages.

use std::sync::Arc;

use super::Workbench;
use super::bench::Figures;
use super::command::BenchCommand;
use super::effect::Effect;
use super::timing::Progress;
use crate::jose::error::Problem;

impl Workbench {
    pub(super) fn apply_bench(&mut self, command: BenchCommand) -> Vec<Effect> {
        let _ = command;
        Vec::new()
    }

    pub(super) fn on_benched(&mut self, ticket: u64, figures: Option<Arc<Figures>>, progress: Option<Progress>) {
        let Some(running) = self.bench.running.as_mut().filter(|running| running.ticket == ticket) else { return };
        if let Some(figures) = figures {
            let place = super::bench::place(running.bench);
            if let Some(slot) = self.bench.figures.get_mut(place) {
                *slot = Some(figures);
            }
        }
        match progress {
            Some(progress) => running.progress = progress,
            None => self.bench.running = None,
        }
    }

    pub(super) fn on_bench_failed(&mut self, ticket: u64, problem: Problem) {
        if self.bench.running.as_ref().is_some_and(|running| running.ticket == ticket) {
            self.bench.running = None;
            self.bench.problem = Some(problem);
        }
    }
}
