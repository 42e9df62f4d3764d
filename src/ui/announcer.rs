//! What a screen reader tells by itself when it happens: another verdict, a draft that can no longer be signed, a job that
//! ended. Each is said once, however often the countdown moves on.

use eframe::egui::accesskit::Live;
use eframe::egui::{Id, Rect, Role, Sense, Ui, Vec2, WidgetInfo};

use super::status_bar::verdict_words;
use crate::bulk::progress::Ended;
use crate::workbench::Workbench;
use crate::workbench::bulk::run::Phase;
use crate::workbench::inspection::Doctor;
use crate::workbench::page::Page;

/// The last thing that was said, and what was so then.
#[derive(Debug, Default)]
pub(super) struct Announcer {
    known: Option<Known>,
    said: String,
}

/// What changes are told of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Known {
    /// The verdict in words, where a token is being inspected.
    verdict: Option<String>,
    /// Why the draft is not signed, where it is on show; empty when it is signed.
    unsigned: Option<String>,
    measuring: bool,
    generating: bool,
    diagnosing: bool,
    minting: Minting,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Minting {
    #[default]
    Not,
    Going,
    Over(&'static str),
}

impl Announcer {
    /// Says what changed since the last frame, in a part of the tree that screen readers listen to.
    pub(super) fn ui(&mut self, ui: &Ui, workbench: &Workbench) {
        let now = Known::of(workbench, self.known.as_ref());
        if let Some(before) = self.known.as_ref().filter(|before| **before != now)
            && let Some(words) = now.news(before)
        {
            self.said = words;
        }
        self.known = Some(now);
        let nowhere = Rect::from_min_size(ui.max_rect().left_bottom(), Vec2::ZERO);
        let response = ui.interact(nowhere, Id::unique("announcements"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &self.said));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
    }
}

impl Known {
    fn of(workbench: &Workbench, before: Option<&Self>) -> Self {
        let on_inspect = workbench.settings().page == Page::Inspect;
        let inspection = workbench.inspection();
        let verdict = inspection.verification().filter(|_| inspection.instead().is_none()).map(verdict_words);
        let unsigned = match &workbench.facts().outcome {
            // What is being read says nothing yet.
            _ if !workbench.is_settled() => before.and_then(|before| before.unsigned.clone()),
            Ok(_) => Some(String::new()),
            Err(blocked) => Some(blocked.problem.message.clone()),
        };
        let minting = match workbench.bulk().run().map(|run| run.phase()) {
            None => Minting::Not,
            Some(Phase::Going | Phase::Paused | Phase::Ending) => Minting::Going,
            Some(Phase::Over(Ended::Done)) => Minting::Over("The tokens are minted"),
            Some(Phase::Over(Ended::Cancelled)) => Minting::Over("Minting was cancelled"),
            Some(Phase::Over(Ended::Failed(_))) => Minting::Over("Minting failed"),
        };
        Self {
            verdict: verdict.filter(|_| on_inspect),
            unsigned: unsigned.filter(|_| workbench.settings().page == Page::Craft),
            measuring: workbench.bench().running().is_some(),
            generating: workbench.generation().is_some(),
            diagnosing: matches!(inspection.doctor(), Doctor::Busy { .. }),
            minting,
        }
    }

    /// What is worth saying, if anything. What only began is not, but it ends what was said before, so that the same can
    /// be said again.
    fn news(&self, before: &Self) -> Option<String> {
        if let Some(verdict) = self.verdict.as_ref().filter(|_| self.verdict != before.verdict) {
            return Some(format!("Verdict: {verdict}"));
        }
        match (&before.unsigned, &self.unsigned) {
            (Some(before), Some(now)) if before.is_empty() && !now.is_empty() => {
                return Some(format!("Not signed: {now}"));
            }
            (Some(before), Some(now)) if !before.is_empty() && now.is_empty() => return Some("Signed".to_owned()),
            _ => {}
        }
        if let Minting::Over(words) = self.minting
            && before.minting == Minting::Going
        {
            return Some(words.to_owned());
        }
        let jobs = [
            (before.measuring, self.measuring, "Measuring has ended"),
            (before.generating, self.generating, "Generating a key has ended"),
            (before.diagnosing, self.diagnosing, "The key doctor is done"),
        ];
        let ended = jobs.iter().find(|(before, now, _)| *before && !now).map(|(.., words)| (*words).to_owned());
        let began = jobs.iter().any(|(before, now, _)| *now && !before) || self.minting == Minting::Going;
        ended.or_else(|| began.then(String::new))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &Known, now: &Known, expected: Option<&str>) {
        assert_eq!(now.news(before).as_deref(), expected);
    }

    #[test]
    fn a_change_is_said_once_and_in_words() {
        let calm = Known { unsigned: Some(String::new()), ..Known::default() };
        let broken = Known { unsigned: Some("An object ends here".to_owned()), ..Known::default() };
        check(&calm, &broken, Some("Not signed: An object ends here"));
        check(&broken, &calm, Some("Signed"));
        check(&calm, &calm, None);
        let other = Known { unsigned: Some("A comma is missing".to_owned()), ..Known::default() };
        check(&broken, &other, None);
        let rejected = Known { verdict: Some("rejected: exp".to_owned()), ..Known::default() };
        check(&calm, &rejected, Some("Verdict: rejected: exp"));
        check(&rejected, &calm, None);
    }

    #[test]
    fn the_end_of_a_job_is_said_and_its_beginning_clears_what_was_said() {
        let idle = Known::default();
        let busy = Known { measuring: true, ..Known::default() };
        check(&idle, &busy, Some(""));
        check(&busy, &idle, Some("Measuring has ended"));
        let minting = Known { minting: Minting::Going, ..Known::default() };
        let over = Known { minting: Minting::Over("The tokens are minted"), ..Known::default() };
        check(&minting, &over, Some("The tokens are minted"));
        check(&idle, &over, None);
    }
}
