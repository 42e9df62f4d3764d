//! Every algorithm on the claims of a variant: sizes by counting, times as far as they were measured.

use std::sync::Arc;

use crate::jose::jwa::KeyKind;
use crate::measure::histogram::{Summary, format_ns};
use crate::measure::ladder::Rung;
use crate::ui::figures::{difference, duration, grouped};
use crate::ui::widgets::ladder::Step;
use crate::workbench::bench::Figures;
use crate::workbench::compare::variant::VariantFacts;

/// What is timed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ui) enum Side {
    /// Minting.
    #[default]
    Sign,
    /// Checking.
    Verify,
}

impl Side {
    /// The word for people.
    pub(in crate::ui) const fn word(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Verify => "verify",
        }
    }
}

/// One algorithm.
#[derive(Clone, Debug)]
pub(in crate::ui) struct RungRow {
    pub(in crate::ui) label: String,
    /// Characters of the signature in the token.
    pub(in crate::ui) signature: usize,
    /// Characters of the token.
    pub(in crate::ui) token: usize,
    /// How much longer or shorter than now.
    pub(in crate::ui) difference: String,
    pub(in crate::ui) sign: Option<Summary>,
    pub(in crate::ui) verify: Option<Summary>,
    /// Whether the variant has it now.
    pub(in crate::ui) current: bool,
}

impl RungRow {
    /// Every figure in words.
    fn words(&self) -> String {
        let times = |summary: &Option<Summary>| match summary {
            Some(summary) => format!("p50 {}, p95 {}", format_ns(summary.p50), format_ns(summary.p95)),
            None => duration(None),
        };
        let now = if self.current { ", what it is now" } else { "" };
        format!(
            "{}{now}\nSignature {} bytes in the token\nToken {} bytes, {} to now\nSign {}\nVerify {}",
            self.label,
            grouped(self.signature),
            grouped(self.token),
            self.difference,
            times(&self.sign),
            times(&self.verify),
        )
    }
}

/// All of them for one variant, kept for drawing.
pub(in crate::ui) struct RungRows {
    facts: Arc<VariantFacts>,
    figures: Option<Arc<Figures>>,
    long_rsa: bool,
    pub(in crate::ui) rows: Vec<RungRow>,
    /// The same for the chart, by sign and verify.
    steps: [Vec<Step>; 2],
    /// Whether there are times, but of other claims.
    pub(in crate::ui) other_claims: bool,
}

impl RungRows {
    /// The rows for a variant with these facts, and the newest times; with `long_rsa` also those of RSA keys of 4096 bits,
    /// which are there anyway where the variant has such a key.
    pub(in crate::ui) fn of(facts: &Arc<VariantFacts>, figures: Option<&Arc<Figures>>, long_rsa: bool) -> Self {
        let own = own_rung(facts);
        let mut rungs = Rung::all();
        rungs.retain(|rung| long_rsa || rung.rsa_bits != Some(4_096) || own == Some(*rung));
        if let Some(own) = own.filter(|own| !rungs.contains(own)) {
            let after = rungs.iter().rposition(|rung| rung.algorithm == own.algorithm).map_or(0, |last| last + 1);
            rungs.insert(after, own);
        }
        let header = String::from_utf8_lossy(&facts.header);
        let mut other_claims = false;
        let mut rows = Vec::with_capacity(rungs.len());
        for rung in rungs {
            let sizes = rung.sizes(&header, &facts.payload);
            let measured = figures.and_then(|figures| {
                let place = figures.rungs.iter().position(|other| *other == rung)?;
                figures.report.variants.get(place)
            });
            let current = measured.filter(|row| row.bytes.token == sizes.token);
            other_claims |= measured.is_some() && current.is_none();
            rows.push(RungRow {
                label: rung.label(),
                signature: sizes.signature,
                token: sizes.token,
                difference: difference(facts.sizes.token, sizes.token),
                sign: current.and_then(|row| row.times.sign.clone()),
                verify: current.and_then(|row| row.times.verify.clone()),
                current: own == Some(rung),
            });
        }
        let steps = [Side::Sign, Side::Verify].map(|side| rows.iter().map(|row| step(row, side)).collect());
        Self { facts: Arc::clone(facts), figures: figures.cloned(), long_rsa, rows, steps, other_claims }
    }

    /// Whether they are those of these very facts and times, and as many.
    pub(in crate::ui) fn are_of(
        &self,
        facts: &Arc<VariantFacts>,
        figures: Option<&Arc<Figures>>,
        long_rsa: bool,
    ) -> bool {
        let same = match (&self.figures, figures) {
            (Some(own), Some(other)) => Arc::ptr_eq(own, other),
            (None, None) => true,
            _ => false,
        };
        same && self.long_rsa == long_rsa && Arc::ptr_eq(&self.facts, facts)
    }

    /// The rows for the chart.
    pub(in crate::ui) fn steps(&self, side: Side) -> &[Step] {
        let [sign, verify] = &self.steps;
        match side {
            Side::Sign => sign,
            Side::Verify => verify,
        }
    }
}

fn step(row: &RungRow, side: Side) -> Step {
    let summary = match side {
        Side::Sign => &row.sign,
        Side::Verify => &row.verify,
    };
    Step {
        label: row.label.clone(),
        signature: row.signature,
        token: row.token,
        p50: summary.as_ref().map(|summary| summary.p50),
        current: row.current,
        words: row.words(),
    }
}

/// What the variant has now; of RSA the length follows from the signature.
fn own_rung(facts: &VariantFacts) -> Option<Rung> {
    let algorithm = facts.algorithm?;
    let is_rsa = algorithm.key_kind() == KeyKind::Rsa;
    Some(Rung { algorithm, rsa_bits: is_rsa.then_some(facts.sizes.signature_bytes * 8) })
}
