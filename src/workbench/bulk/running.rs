//! The one run: where to, pausing, ending, and going on behind what is there.

use std::path::PathBuf;

use super::run::{Phase, Run};
use super::setup::reject_file;
use super::{BulkEffect, Destination};
use crate::bulk::plan::{Faulty, Form, Plan, Supply};
use crate::bulk::progress::{Ended, Outcome, Progress};
use crate::jose::error::Problem;
use crate::jose::text::{grouped, visible_path};
use crate::workbench::Workbench;
use crate::workbench::command::{Answer, FileCommand};
use crate::workbench::effect::{Effect, Over, Pick};
use crate::workbench::page::Page;
use crate::workbench::question::Question;

/// The code of the problem "there is such a file already".
const FILE_EXISTS: &str = "file-exists";

impl Workbench {
    pub(super) fn ask_where_to_mint(&mut self) -> Vec<Effect> {
        if let Err(problem) = self.can_mint_many() {
            return self.complain(problem);
        }
        let Some(order) = self.order() else { return Vec::new() };
        let pick = Pick::BulkOutput(order.plan.form);
        self.bulk.waiting = Some(order);
        vec![self.pick(pick)]
    }

    /// A path for the tokens was chosen, or none.
    pub(in crate::workbench) fn mint_into(&mut self, path: Option<PathBuf>, over: Over) -> Vec<Effect> {
        let (Some(mut order), Some(path)) = (self.bulk.waiting.take(), path) else { return Vec::new() };
        if self.bulk.is_running() {
            return self.complain(busy());
        }
        order.now = self.now;
        let destination = destination(order.plan.form, path.clone(), over);
        let rejects = match (&order.plan.supply, order.plan.faulty) {
            (Supply::Rows(rows), Faulty::Skip) => Some(reject_file(&path, rows)),
            (Supply::Count(_), _) | (_, Faulty::Stop) => None,
        };
        let ticket = self.pending.ticket();
        let total = self.tokens_of(&order.plan);
        self.bulk.run = Some(Run::new(ticket, self.draft.title(), order.clone(), (path, over), rejects.clone(), total));
        vec![Effect::Bulk(BulkEffect::Mint { ticket, order, destination, rejects })]
    }

    /// How many tokens there will be, where that is known.
    fn tokens_of(&self, plan: &Plan) -> Option<u64> {
        let total = match plan.supply {
            Supply::Count(count) => count,
            Supply::Rows(_) => self.bulk.preview.as_ref()?.as_ref().ok()?.total?,
        };
        Some(total.saturating_sub(plan.from))
    }

    pub(super) fn pause_minting(&mut self) -> Vec<Effect> {
        self.turn(Phase::Going, Phase::Paused, BulkEffect::Pause)
    }

    pub(super) fn go_on_minting(&mut self) -> Vec<Effect> {
        self.turn(Phase::Paused, Phase::Going, BulkEffect::GoOn)
    }

    fn turn(&mut self, from: Phase, to: Phase, effect: BulkEffect) -> Vec<Effect> {
        let Some(run) = self.bulk.run.as_mut().filter(|run| run.phase == from) else { return Vec::new() };
        run.phase = to;
        vec![Effect::Bulk(effect)]
    }

    pub(super) fn cancel_minting(&mut self) -> Vec<Effect> {
        let Some(run) = self.bulk.run.as_mut().filter(|run| !run.is_over()) else { return Vec::new() };
        run.phase = Phase::Ending;
        vec![Effect::Bulk(BulkEffect::Cancel)]
    }

    pub(super) fn resume_minting(&mut self) -> Vec<Effect> {
        let ticket = self.pending.ticket();
        let now = self.now;
        let resumed = self.bulk.run.as_mut().and_then(|run| Some((run.go_on(ticket, now)?, run)));
        let Some((order, run)) = resumed else { return Vec::new() };
        let path = run.path.clone();
        let destination = if order.plan.form == Form::Folder || run.progress().minted == 0 {
            destination(order.plan.form, path, run.over)
        } else {
            Destination::Append(path)
        };
        let rejects = run.rejects.clone();
        vec![Effect::Bulk(BulkEffect::Mint { ticket, order, destination, rejects })]
    }

    pub(super) fn on_minting(&mut self, ticket: u64, progress: Progress) {
        if let Some(run) = self.bulk.run.as_mut().filter(|run| run.ticket == ticket && !run.is_over()) {
            run.is_at(progress);
        }
    }

    pub(super) fn on_minted(&mut self, ticket: u64, outcome: Outcome) -> Vec<Effect> {
        let Some(run) = self.bulk.run.as_mut().filter(|run| run.ticket == ticket && !run.is_over()) else {
            return Vec::new();
        };
        run.end(outcome);
        if std::mem::take(&mut self.bulk.quits) {
            return self.apply_file_now(FileCommand::Quit);
        }
        if self.bulk.run.as_ref().is_some_and(is_in_the_way) {
            return self.ask_whether_to_replace();
        }
        if self.settings.page != Page::Bulk {
            self.tell_the_end();
        }
        Vec::new()
    }

    /// There is such a file, and nobody was asked about it.
    fn ask_whether_to_replace(&mut self) -> Vec<Effect> {
        if let Some(run) = self.bulk.run.take() {
            self.bulk.waiting = run.order;
            self.question = Some(Question::ReplaceTokens { path: run.path });
        }
        Vec::new()
    }

    pub(in crate::workbench) fn replace_tokens(&mut self, path: PathBuf, answer: Answer) -> Vec<Effect> {
        let path = (answer == Answer::Save).then_some(path);
        self.mint_into(path, Over::Anything)
    }

    /// Says on another page that the run is over.
    fn tell_the_end(&mut self) {
        let Some(run) = &self.bulk.run else { return };
        let tokens = grouped(run.progress().minted);
        let path = visible_path(run.path());
        match &run.phase {
            Phase::Over(Ended::Done) => self.notices.done(format!("{tokens} tokens minted into {path}."), self.now),
            Phase::Over(Ended::Cancelled) => {
                self.notices.info(format!("Minting was cancelled: {tokens} tokens are in {path}."), "", None, self.now);
            }
            Phase::Over(Ended::Failed(problem)) => self.notices.error(problem.clone(), self.now),
            Phase::Going | Phase::Paused | Phase::Ending => {}
        }
    }

    /// The run is ended, and then the window closed.
    pub(in crate::workbench) fn end_run_and_quit(&mut self) -> Vec<Effect> {
        if !self.bulk.is_running() {
            return self.apply_file_now(FileCommand::Quit);
        }
        self.bulk.quits = true;
        self.cancel_minting()
    }
}

/// A file or a folder, as the form needs it.
fn destination(form: Form, path: PathBuf, over: Over) -> Destination {
    if form == Form::Folder { Destination::Folder(path) } else { Destination::File(path, over) }
}

pub(super) fn busy() -> Problem {
    Problem::new("bulk-busy", "Tokens are being minted already").help("Wait until that is done, or cancel it.")
}

/// Whether a file that nobody was asked about kept the run from beginning.
fn is_in_the_way(run: &Run) -> bool {
    let exists = |problem: &Problem| problem.code == FILE_EXISTS;
    run.progress().minted == 0 && matches!(&run.phase, Phase::Over(Ended::Failed(problem)) if exists(problem))
}
