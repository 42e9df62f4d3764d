//! What the user asks of the measurements for the Compare and Timing pages.

use std::sync::Arc;
use std::time::Duration;

use super::Workbench;
use super::bench::{Bench, BenchInputs, BenchSubject, Contender, Figures, Purpose, Running, place};
use super::command::BenchCommand;
use super::compare::variant::VariantId;
use super::effect::Effect;
use super::runs::{MOST_RUNS, RunId};
use super::timing::Progress;
use crate::jose::error::Problem;
use crate::jose::jwa::Algorithm;
use crate::jose::text::shown;
use crate::measure::report::Row;

/// The longest time to take samples, in seconds.
const MOST_SECONDS: u64 = 600;

impl Workbench {
    pub(super) fn apply_bench(&mut self, command: BenchCommand) -> Vec<Effect> {
        match command {
            BenchCommand::Measure(bench) => self.measure(bench),
            BenchCommand::Stop => self.stop_bench(),
            BenchCommand::SetSeconds(seconds) => {
                self.bench.length = Duration::from_secs(seconds.clamp(1, MOST_SECONDS));
                Vec::new()
            }
            BenchCommand::SetGrowth(algorithms) => {
                self.bench.growth = Algorithm::ALL.into_iter().filter(|one| algorithms.contains(one)).collect();
                Vec::new()
            }
            BenchCommand::Keep(bench, name) => self.keep_run(bench, &name),
            BenchCommand::RenameRun(id, name) => self.rename_run(id, &name),
            BenchCommand::ForgetRun(id) => match self.runs.forget(id) {
                Some(run) => {
                    self.notices.done(format!("{} is forgotten.", shown(&run.name)), self.now);
                    vec![self.save_runs()]
                }
                None => Vec::new(),
            },
            BenchCommand::Export(bench, form) => self.export_figures(bench, form),
            BenchCommand::ExportRun(id, form) => self.export_run(id, form),
            BenchCommand::ExportPicture(bytes) => self.export_picture(bytes),
        }
    }

    fn measure(&mut self, bench: Bench) -> Vec<Effect> {
        if bench == Bench::Login {
            return self.measure_logins();
        }
        let effects = self.refresh_draft_variant();
        if !effects.is_empty() || !self.comparison.is_settled() {
            self.bench.waiting = Some(bench);
            return effects;
        }
        self.bench.waiting = None;
        match self.contenders(bench) {
            Ok((contenders, _)) if contenders.is_empty() => {
                let problem =
                    Problem::new("nothing-to-measure", "No variant can be minted, so there is nothing to measure.");
                self.complain(problem.help("The table says what is wrong with each."))
            }
            Ok((contenders, baseline)) => {
                let subject = self.bench_subject(bench);
                let length = self.bench.length;
                let pace = Pace { delay: Duration::ZERO, length, purpose: Purpose::Asked };
                let effects = self.begin_bench(bench, contenders, baseline, subject, pace);
                if bench == Bench::Variants {
                    self.what_if_is_measured();
                }
                effects
            }
            Err(problem) => self.complain(problem),
        }
    }

    pub(super) fn begin_bench(
        &mut self,
        bench: Bench,
        contenders: Vec<Contender>,
        baseline: usize,
        subject: BenchSubject,
        pace: Pace,
    ) -> Vec<Effect> {
        let Pace { delay, length, purpose } = pace;
        let (ticket, revision) = (self.pending.ticket(), self.comparison.revision());
        let progress = Progress { elapsed: Duration::ZERO, total: length };
        if self.bench.running.take().is_some_and(|running| running.purpose == Purpose::WhatIf)
            && purpose != Purpose::WhatIf
        {
            // It is cut short, and made up for afterwards.
            self.bench.looked_at = BenchSubject::default();
        }
        self.bench.problem = None;
        self.bench.running = Some(Running { ticket, bench, progress, revision, subject, purpose });
        let budget = self.budget();
        vec![Effect::Bench(Box::new(BenchInputs {
            ticket,
            bench,
            contenders,
            baseline,
            delay,
            length,
            budget,
            revision,
            login: (bench == Bench::Login).then(|| self.login.plan.clone()),
        }))]
    }

    /// Ends what runs; its last figures are still to come.
    pub(super) fn stop_bench(&mut self) -> Vec<Effect> {
        self.bench.waiting = None;
        if self.bench.running.is_some() { vec![Effect::StopBench] } else { Vec::new() }
    }

    /// To be called when facts of a variant came: what waits for the last of them is begun.
    pub(super) fn measure_what_waits(&mut self) -> Vec<Effect> {
        match self.bench.waiting {
            Some(bench) if self.comparison.is_settled() => self.measure(bench),
            _ => Vec::new(),
        }
    }

    pub(super) fn on_benched(
        &mut self,
        ticket: u64,
        figures: Option<Arc<Figures>>,
        progress: Option<Progress>,
    ) -> Vec<Effect> {
        let Some(running) = self.bench.running.as_mut().filter(|running| running.ticket == ticket) else {
            return Vec::new();
        };
        let at = place(running.bench);
        let mut sizes = None;
        match figures {
            Some(figures) if running.purpose == Purpose::WhatIf => self.bench.what_if = Some(figures),
            Some(figures) if matches!(running.purpose, Purpose::Sizes(_)) => sizes = Some((figures, running.purpose)),
            Some(figures) => {
                let slots = self.bench.figures.get_mut(at).zip(self.bench.subjects.get_mut(at));
                if let Some((slot, subject)) = slots {
                    *slot = Some(figures);
                    subject.clone_from(&running.subject);
                    if running.bench == Bench::Variants {
                        self.bench.what_if = None;
                    }
                }
            }
            None => {}
        }
        match progress {
            Some(progress) => running.progress = progress,
            None => {
                self.bench.running = None;
                // A "what if" that was looked at meanwhile had to wait.
                let mut effects = self.measure_what_if();
                if let Some((figures, Purpose::Sizes(form))) = sizes {
                    effects.extend(self.export_sizes(&figures, form));
                }
                return effects;
            }
        }
        Vec::new()
    }

    pub(super) fn on_bench_failed(&mut self, ticket: u64, problem: Problem) {
        if self.bench.running.as_ref().is_some_and(|running| running.ticket == ticket) {
            self.bench.running = None;
            self.bench.problem = Some(problem);
        }
    }

    /// The newest figures of a variant, or of the outcome of "what if".
    pub fn row_of(&self, id: VariantId) -> Option<&Row> {
        let row = |figures: &'_ Arc<Figures>| figures.ids.iter().position(|of| *of == Some(id));
        let of_what_if = self.bench.what_if_figures();
        let figures = of_what_if.into_iter().chain(self.bench.figures(Bench::Variants));
        figures.into_iter().find_map(|figures| figures.report.variants.get(row(figures)?))
    }

    fn keep_run(&mut self, bench: Bench, name: &str) -> Vec<Effect> {
        let Some(figures) = self.bench.figures(bench).cloned() else {
            return self.complain(not_measured());
        };
        if self.runs.kept().len() >= MOST_RUNS {
            let problem = Problem::new("runs-full", format!("Up to {MOST_RUNS} runs are kept."));
            return self.complain(problem.help("Forget one first."));
        }
        let name = name.trim();
        let name = if name.is_empty() { "Run 1" } else { name };
        self.runs.keep(name, self.now, bench, Arc::new(figures.report.clone()));
        let name = self.runs.kept().first().map_or(name, |run| run.name.as_str());
        self.notices.done(format!("Kept as {}.", shown(name)), self.now);
        vec![self.save_runs()]
    }

    fn rename_run(&mut self, id: RunId, name: &str) -> Vec<Effect> {
        let name = name.trim();
        if name.is_empty() {
            let problem = Problem::new("run-name", "A run needs a name.");
            return self.complain(problem.help("Type one, or leave it as it is."));
        }
        if self.runs.rename(id, name) { vec![self.save_runs()] } else { Vec::new() }
    }

    fn save_runs(&self) -> Effect {
        Effect::SaveRuns(self.runs.kept().to_vec())
    }
}

/// How long to wait, how long to measure then, and what for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    pub(super) delay: Duration,
    pub(super) length: Duration,
    pub(super) purpose: Purpose,
}

/// Nothing was measured yet that could be kept or exported.
pub(super) fn not_measured() -> Problem {
    Problem::new("not-measured", "Nothing of this kind was measured yet.").help("Measure first.")
}
