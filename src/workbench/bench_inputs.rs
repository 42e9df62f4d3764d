//! What a measurement for the Compare and Timing pages is made of.

use std::sync::Arc;

use super::Workbench;
use super::bench::{Bench, BenchSubject, Contender};
use super::compare::variant::{Variant, VariantFacts, VariantId};
use crate::jose::error::Problem;
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::jose::key::Key;
use crate::measure::budget::Budget;
use crate::measure::ladder::Rung;

/// The RSA modulus that growth is measured with, in bits.
const GROWTH_RSA_BITS: usize = 2_048;

impl Workbench {
    /// What sizes are held against.
    pub fn budget(&self) -> Budget {
        Budget::from_id(&self.settings.budget).unwrap_or(Budget::Cookie)
    }

    /// Who is measured, and which of them the others are held against.
    pub(super) fn contenders(&self, bench: Bench) -> Result<(Vec<Contender>, usize), Problem> {
        match bench {
            Bench::Variants => Ok(self.variants_and_outcome()),
            Bench::Throughput => Ok((self.comparison.variants().iter().filter_map(contender).collect(), 0)),
            Bench::Ladder => self.rungs(),
            Bench::Growth => Ok((self.growing().into_iter().map(growing).collect(), 0)),
            Bench::Login => Ok((Vec::new(), 0)),
        }
    }

    fn variants_and_outcome(&self) -> (Vec<Contender>, usize) {
        let outcome = self.comparison.what_if().map(|what_if| &what_if.outcome).filter(|outcome| outcome.is_settled());
        let variants = self.comparison.variants().iter().chain(outcome);
        let contenders: Vec<Contender> = variants.filter_map(contender).collect();
        let baseline = self.comparison.baseline().map(|variant| variant.id);
        let at = contenders.iter().position(|contender| contender.id == baseline && baseline.is_some());
        (contenders, at.unwrap_or_default())
    }

    fn rungs(&self) -> Result<(Vec<Contender>, usize), Problem> {
        let Some(variant) = self.comparison.selected() else { return Ok((Vec::new(), 0)) };
        let facts = variant.facts.as_ref().map_err(Problem::clone)?;
        let header = String::from_utf8_lossy(&facts.header).into_owned();
        let own = variant.key.as_ref().filter(|key| key.is_private());
        let is_own = |rung: Rung| facts.algorithm == Some(rung.algorithm);
        let fits = |rung: Rung, key: &&Arc<Key>| {
            is_own(rung)
                && key.fits(rung.algorithm).is_ok()
                && rung.rsa_bits.is_none_or(|bits| key.kind() == KeyKind::Rsa && key.bits() == bits)
        };
        let rungs = Rung::all();
        let baseline = rungs.iter().position(|rung| own.is_some_and(|key| fits(*rung, &key)));
        let baseline = baseline.or_else(|| rungs.iter().position(|rung| is_own(*rung))).unwrap_or_default();
        let contender = |rung: Rung| Contender {
            id: None,
            name: rung.label(),
            key: own.filter(|key| fits(rung, key)).cloned(),
            rung,
            header: rung.header(&header).into_bytes(),
            payload: facts.payload.clone(),
            signature: None,
            untimed: None,
        };
        Ok((rungs.into_iter().map(contender).collect(), baseline))
    }

    /// The algorithms whose growth is measured.
    fn growing(&self) -> Vec<Algorithm> {
        let chosen = self.bench.growth().to_vec();
        let facts = self.comparison.selected().and_then(|variant| variant.facts.as_ref().ok());
        let own = facts.and_then(|facts| facts.algorithm).unwrap_or(Algorithm::HS256);
        if chosen.is_empty() { vec![own] } else { chosen }
    }

    /// What the figures of a kind are about as things are now.
    pub(super) fn bench_subject(&self, bench: Bench) -> BenchSubject {
        let measured = |variant: &Variant| variant.facts.is_ok().then_some((variant.id, variant.asked));
        let variants = || self.comparison.variants().iter().filter_map(measured).collect();
        match bench {
            Bench::Variants => BenchSubject {
                variants: variants(),
                baseline: self.comparison.baseline().map(|variant| variant.id),
                ..BenchSubject::default()
            },
            Bench::Throughput => BenchSubject { variants: variants(), ..BenchSubject::default() },
            Bench::Ladder => BenchSubject {
                variants: self.comparison.selected().and_then(measured).into_iter().collect(),
                ..BenchSubject::default()
            },
            Bench::Growth => BenchSubject { algorithms: self.growing(), ..BenchSubject::default() },
            // Compared in place: its texts may be long.
            Bench::Login => BenchSubject::default(),
        }
    }

    /// Whether the newest figures of this variant are those of its texts and key as they are now.
    pub(super) fn was_measured_as_it_is(&self, id: VariantId) -> bool {
        let subject = self.bench.subjects.get(super::bench::place(Bench::Variants));
        let variant = self.comparison.get(id).map(|variant| (id, variant.asked));
        variant.is_some_and(|variant| subject.is_some_and(|subject| subject.variants.contains(&variant)))
    }

    /// Whether the figures of a kind are no longer those of the comparison as it is now. Without figures nothing is
    /// outdated.
    pub fn is_outdated(&self, bench: Bench) -> bool {
        let made_of = self.bench.subjects.get(super::bench::place(bench));
        if bench == Bench::Login {
            return self.bench.figures(bench).is_some()
                && made_of.is_some_and(|made_of| self.login_figures_are_outdated(made_of));
        }
        self.bench.figures(bench).is_some()
            && made_of.is_some_and(|made_of| !made_of.covers(&self.bench_subject(bench)))
    }
}

/// A variant as it is measured; `None` as long as nothing is known about it, or it cannot be minted.
pub(super) fn contender(variant: &Variant) -> Option<Contender> {
    let facts = variant.facts.as_ref().ok()?;
    let key = variant.key.as_deref();
    // An algorithm that is unknown here is never timed; which rung stands for it does not matter.
    let algorithm = facts.algorithm.unwrap_or(Algorithm::HS256);
    let bits = key.filter(|key| key.kind() == KeyKind::Rsa).map(Key::bits);
    let rsa_bits = (algorithm.key_kind() == KeyKind::Rsa).then(|| bits.unwrap_or_else(|| rsa_bits(facts)));
    Some(Contender {
        id: Some(variant.id),
        name: variant.name.clone(),
        key: variant.key.clone(),
        rung: Rung { algorithm, rsa_bits },
        header: facts.header.clone(),
        payload: facts.payload.clone(),
        signature: facts.signature.clone(),
        untimed: why_untimed(variant, facts),
    })
}

/// The modulus that a signature is from, in bits.
fn rsa_bits(facts: &VariantFacts) -> usize {
    facts.signature.as_ref().map_or(super::compare::derive::STAND_IN_RSA_BITS, |signature| signature.len() * 8)
}

fn why_untimed(variant: &Variant, facts: &VariantFacts) -> Option<String> {
    let Some(algorithm) = facts.algorithm else {
        return Some(format!("{} cannot be measured here", crate::jose::text::shown(&facts.algorithm_name)));
    };
    match (&variant.key, &facts.signature) {
        (Some(key), _) if key.fits(algorithm).is_err() => key.fits(algorithm).err().map(|problem| problem.message),
        (Some(key), None) if !key.is_private() => Some("no private key".to_owned()),
        (None, Some(_)) => Some("no key".to_owned()),
        (Some(_), _) | (None, None) => None,
    }
}

fn growing(algorithm: Algorithm) -> Contender {
    let rsa_bits = (algorithm.key_kind() == KeyKind::Rsa).then_some(GROWTH_RSA_BITS);
    Contender {
        id: None,
        name: algorithm.name().to_owned(),
        key: None,
        rung: Rung { algorithm, rsa_bits },
        header: format!("{{\"alg\":\"{}\"}}", algorithm.name()).into_bytes(),
        payload: b"{}".to_vec(),
        signature: None,
        untimed: None,
    }
}
