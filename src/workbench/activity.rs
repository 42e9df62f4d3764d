//! What takes a while and goes on whatever page is open: said at the foot of the window, and stopped from there.

use super::Workbench;
use super::bench::{Bench, Purpose};
use super::bulk::BulkCommand;
use super::bulk::run::Phase;
use super::command::{BenchCommand, Command, InspectCommand, KeyCommand, TimingCommand};
use super::file_task::FileTask;
use super::inspection::Doctor;
use super::page::Page;
use crate::jose::text::visible;

/// Something that goes on.
#[derive(Clone, Debug)]
pub struct Activity {
    /// Tells it from the others.
    pub kind: ActivityKind,
    /// What it is: `Generating an RSA 4096 key`.
    pub words: String,
    /// How much of it is done, 0 to 1, where that is known.
    pub share: Option<f32>,
    /// What ends it, where it can be ended.
    pub stop: Option<Command>,
}

/// The kinds of activities; of each there is one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivityKind {
    /// Minting many tokens.
    Minting,
    /// A measurement for the Compare and Timing pages.
    Bench(Bench),
    /// The long measurement of the draft.
    Timing,
    /// Generating a key.
    KeyGeneration,
    /// The visit of the key doctor.
    Diagnosis,
    /// A file that is read or written.
    File(FileTask),
}

impl ActivityKind {
    /// Whether a page shows it in full, so that it need not be said again.
    pub fn is_shown_on(self, page: Page) -> bool {
        match self {
            Self::Bench(Bench::Variants | Bench::Ladder) => matches!(page, Page::Compare | Page::Timing),
            Self::KeyGeneration => matches!(page, Page::Craft | Page::Keys),
            Self::Minting | Self::Bench(_) | Self::Timing | Self::Diagnosis => self.page() == Some(page),
            Self::File(_) => false,
        }
    }

    /// The page that shows it in full.
    pub const fn page(self) -> Option<Page> {
        match self {
            Self::Minting => Some(Page::Bulk),
            Self::Bench(_) => Some(Page::Timing),
            Self::Timing => Some(Page::Craft),
            Self::KeyGeneration => Some(Page::Keys),
            Self::Diagnosis => Some(Page::Inspect),
            Self::File(_) => None,
        }
    }
}

impl Workbench {
    /// What goes on now, in a fixed order.
    pub fn activities(&self) -> Vec<Activity> {
        let mut all: Vec<Activity> =
            [self.minting_many(), self.measuring(), self.timing_the_draft(), self.generating(), self.diagnosing()]
                .into_iter()
                .flatten()
                .collect();
        all.extend(self.filing.tasks.under_way().map(|(task, path)| {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            let words = format!("{} {}", task.label(), visible(&name));
            Activity { kind: ActivityKind::File(task), words, share: None, stop: None }
        }));
        all
    }

    fn minting_many(&self) -> Option<Activity> {
        let run = self.bulk.run().filter(|run| !run.is_over())?;
        let words = match run.phase() {
            Phase::Paused => "Minting, paused",
            Phase::Ending => "Minting, ending",
            Phase::Going | Phase::Over(_) => "Minting",
        };
        let stop = Some(Command::Bulk(BulkCommand::Cancel)).filter(|_| *run.phase() != Phase::Ending);
        Some(Activity { kind: ActivityKind::Minting, words: words.to_owned(), share: run.share(), stop })
    }

    fn measuring(&self) -> Option<Activity> {
        let running = self.bench.running().filter(|running| running.purpose == Purpose::Asked)?;
        let words = match running.bench {
            Bench::Variants => "Measuring variants",
            Bench::Ladder => "Measuring algorithms",
            Bench::Growth => "Measuring growth",
            Bench::Throughput => "Measuring throughput",
            Bench::Login => "Measuring logins",
        };
        Some(Activity {
            kind: ActivityKind::Bench(running.bench),
            words: words.to_owned(),
            share: Some(running.progress.share()),
            stop: Some(Command::Bench(BenchCommand::Stop)),
        })
    }

    fn timing_the_draft(&self) -> Option<Activity> {
        let progress = self.timing.progress()?;
        Some(Activity {
            kind: ActivityKind::Timing,
            words: "Measuring the draft".to_owned(),
            share: Some(progress.share()),
            stop: Some(Command::Timing(TimingCommand::Cancel)),
        })
    }

    fn generating(&self) -> Option<Activity> {
        let generation = self.generation()?;
        let bits = generation.bits.map(|bits| format!(" {bits}")).unwrap_or_default();
        Some(Activity {
            kind: ActivityKind::KeyGeneration,
            words: format!("Generating {}{bits} key", generation.kind.label()),
            share: None,
            stop: Some(Command::Key(KeyCommand::CancelGeneration)),
        })
    }

    fn diagnosing(&self) -> Option<Activity> {
        let Doctor::Busy { .. } = self.inspection.doctor() else { return None };
        Some(Activity {
            kind: ActivityKind::Diagnosis,
            words: "Looking for the key".to_owned(),
            share: None,
            stop: Some(Command::Inspect(InspectCommand::StopDiagnosis)),
        })
    }
}
