//! What is measured for the Compare and Timing pages: what runs, how far it is, and the newest figures of each kind.

use std::sync::Arc;
use std::time::Duration;

use super::compare::variant::VariantId;
use super::effect::ExportForm;
use super::login::MadeOf;
use super::timing::Progress;
use crate::jose::error::Problem;
use crate::jose::jwa::Algorithm;
use crate::jose::key::Key;
use crate::measure::budget::Budget;
use crate::measure::ladder::Rung;
use crate::measure::login::plan::Plan;
use crate::measure::login::report::LoginTrace;
use crate::measure::report::Report;
use crate::measure::trace::Trace;

/// The kinds of measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bench {
    /// Every variant of the comparison, and what "what if" would give, in turn.
    Variants,
    /// Every algorithm on the claims of the selected variant.
    Ladder,
    /// Time against the size of the payload, for some algorithms.
    Growth,
    /// Tokens in a second: one thread, all cores, and the raw primitive.
    Throughput,
    /// Logins under load, on the server of the login lab.
    Login,
}

impl Bench {
    /// All of them, in the order of the Timing page.
    pub const ALL: [Self; 5] = [Self::Variants, Self::Growth, Self::Ladder, Self::Throughput, Self::Login];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Variants => "variants",
            Self::Ladder => "ladder",
            Self::Growth => "growth",
            Self::Throughput => "throughput",
            Self::Login => "login",
        }
    }

    /// The kind of that [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bench| bench.name() == name)
    }
}

/// One contender: what the thread needs to mint or verify it.
#[derive(Clone, Debug)]
pub struct Contender {
    /// The variant that it is; `None` for a rung of the ladder.
    pub id: Option<VariantId>,
    /// What it is called.
    pub name: String,
    /// The key; `None` for a new one, made in the thread and kept for the next time.
    pub key: Option<Arc<Key>>,
    /// The algorithm, and the length of a new RSA key.
    pub rung: Rung,
    /// The header as signed.
    pub header: Vec<u8>,
    /// The payload as signed.
    pub payload: Vec<u8>,
    /// The signature as pasted: it is verified only, unless the key is private.
    pub signature: Option<Vec<u8>>,
    /// Why it cannot be timed; its sizes are in the report all the same.
    pub untimed: Option<String>,
}

/// What a thread is to measure.
#[derive(Clone, Debug)]
pub struct BenchInputs {
    /// Tells this measurement from one before it.
    pub ticket: u64,
    /// The revision of the comparison it is begun with.
    pub revision: u64,
    /// Its kind.
    pub bench: Bench,
    /// What is measured; for [`Bench::Growth`] their algorithms and keys alone matter.
    pub contenders: Vec<Contender>,
    /// Which of them the others are held against.
    pub baseline: usize,
    /// Quiet time to wait for first.
    pub delay: Duration,
    /// How long to take samples in all.
    pub length: Duration,
    /// What sizes are held against.
    pub budget: Budget,
    /// How logins are measured; for [`Bench::Login`] alone, which has no contenders.
    pub login: Option<Plan>,
}

/// What was measured so far.
#[derive(Clone, Debug)]
pub struct Figures {
    /// The figures, one row for each contender, in their order.
    pub report: Report,
    /// The variant of each row.
    pub ids: Vec<Option<VariantId>>,
    /// The algorithm of each row.
    pub rungs: Vec<Rung>,
    /// The samples of each row, to be drawn.
    pub traces: Vec<Vec<Trace>>,
    /// What is drawn beside the figures of logins.
    pub login: Option<Arc<LoginTrace>>,
    /// The revision of the comparison they belong to.
    pub revision: u64,
}

/// A measurement that runs.
#[derive(Clone, Debug)]
pub struct Running {
    /// Its ticket.
    pub ticket: u64,
    /// Its kind.
    pub bench: Bench,
    /// How far it is.
    pub progress: Progress,
    /// The revision of the comparison it was begun with.
    pub revision: u64,
    /// What is measured.
    pub(super) subject: BenchSubject,
    /// What it is for.
    pub(super) purpose: Purpose,
}

/// What a measurement is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The user asked for it.
    Asked,
    /// It is the short one that follows a "what if".
    WhatIf,
    /// The sizes of all variants are to be exported in this form; nothing is timed.
    Sizes(ExportForm),
}

/// What figures were made of: when it changes, they are outdated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct BenchSubject {
    /// The variants, each with the question its facts were the answer to.
    pub(super) variants: Vec<(VariantId, u64)>,
    /// What the others are held against.
    pub(super) baseline: Option<VariantId>,
    /// The algorithms.
    pub(super) algorithms: Vec<Algorithm>,
    /// What logins mint.
    pub(super) login: Option<MadeOf>,
}

impl BenchSubject {
    /// Whether figures made of this say all there is to say about `now`. Variants that are gone since do no harm.
    pub(super) fn covers(&self, now: &Self) -> bool {
        self.baseline == now.baseline
            && self.algorithms == now.algorithms
            && self.login == now.login
            && now.variants.iter().all(|variant| self.variants.contains(variant))
    }
}

/// See the module.
#[derive(Debug)]
pub struct BenchState {
    pub(super) running: Option<Running>,
    pub(super) figures: [Option<Arc<Figures>>; Bench::ALL.len()],
    /// What those figures were made of.
    pub(super) subjects: [BenchSubject; Bench::ALL.len()],
    /// The short measurement of a "what if": the variant it is asked of, and the outcome.
    pub(super) what_if: Option<Arc<Figures>>,
    /// What the short measurement was last begun with.
    pub(super) looked_at: BenchSubject,
    /// What to measure once all variants are worked out.
    pub(super) waiting: Option<Bench>,
    pub(super) problem: Option<Problem>,
    /// How long a measurement takes samples.
    pub(super) length: Duration,
    /// The algorithms whose growth is measured; empty for that of the selected variant.
    pub(super) growth: Vec<Algorithm>,
}

impl Default for BenchState {
    fn default() -> Self {
        Self {
            running: None,
            figures: Default::default(),
            subjects: Default::default(),
            what_if: None,
            looked_at: BenchSubject::default(),
            waiting: None,
            problem: None,
            length: Duration::from_secs(3),
            growth: vec![Algorithm::HS256, Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA],
        }
    }
}

impl BenchState {
    /// What is running.
    pub fn running(&self) -> Option<&Running> {
        self.running.as_ref()
    }

    /// The newest figures of a kind, those of a running measurement included.
    pub fn figures(&self, bench: Bench) -> Option<&Arc<Figures>> {
        self.figures.get(place(bench))?.as_ref()
    }

    /// The figures of the short measurement that follows a "what if": the variant that is asked about in row 0, and the
    /// outcome in row 1. [`Workbench::row_of`](super::Workbench::row_of) finds the newest row of either.
    pub fn what_if_figures(&self) -> Option<&Arc<Figures>> {
        self.what_if.as_ref()
    }

    /// The kind that is measured as soon as the facts of all variants are there.
    pub fn waiting(&self) -> Option<Bench> {
        self.waiting
    }

    /// Why the last measurement failed.
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// How long a measurement takes samples in all.
    pub fn length(&self) -> Duration {
        self.length
    }

    /// The algorithms whose growth is measured.
    pub fn growth(&self) -> &[Algorithm] {
        &self.growth
    }
}

/// The place of a kind among the figures.
pub(super) fn place(bench: Bench) -> usize {
    Bench::ALL.iter().position(|other| *other == bench).unwrap_or_default()
}
