//! Measures what tokens take: several variants in turn, each with the operations asked for.

use std::rc::Rc;
use std::time::Duration;

use super::rounds::{Rounds, Samples};
use super::timing::Timing;
use super::trace::Trace;
use super::variant::{Operation, Subject, Variant};
use crate::jose::compact::Token;
use crate::jose::error::Problem;
use crate::jose::jwa::Algorithm;

/// Takes samples of variants, in slices as long as the caller likes.
///
/// One sample is the time of a batch over the tokens in it. The variants take turns in an order that changes, and so do
/// the operations of each, so that whatever disturbs the machine disturbs all of them; see [`Rounds`].
pub struct Sampler {
    /// What is asked for.
    operations: Vec<Operation>,
    contenders: Vec<Contender>,
    rounds: Rounds<'static>,
}

/// One variant, and what of the operations asked for its key allows.
struct Contender {
    subject: Rc<Subject>,
    operations: Vec<Operation>,
}

impl Sampler {
    /// Builds signers and verifiers, mints every token a first time, and warms up for some milliseconds each.
    ///
    /// # Errors
    /// As for [`Self::add`].
    pub fn new(variants: Vec<Variant>, operations: &[Operation]) -> Result<Self, Problem> {
        let mut sampler = Self::of(operations);
        variants.into_iter().try_for_each(|variant| sampler.add(variant))?;
        Ok(sampler)
    }

    /// A sampler of these operations, without variants yet.
    pub fn of(operations: &[Operation]) -> Self {
        Self { operations: operations.to_vec(), contenders: Vec::new(), rounds: Rounds::default() }
    }

    /// Makes one more variant ready. To be done before the first slice, for those who want to give way between variants.
    /// Where the key does not allow all operations, as a public one does not, the others are sampled, or none: see
    /// [`Self::untimed`].
    ///
    /// # Errors
    /// When the key is not one for the algorithm, or signing fails.
    pub fn add(&mut self, variant: Variant) -> Result<(), Problem> {
        self.push(Subject::new(variant)?)
    }

    /// The same, but a variant whose key is not one for its algorithm is left untimed for that reason.
    ///
    /// # Errors
    /// When signing fails.
    pub fn add_lenient(&mut self, variant: Variant) -> Result<(), Problem> {
        let subject = Subject::new(variant.clone());
        self.push(subject.unwrap_or_else(|problem| Subject::untimed(variant, problem.message)))
    }

    /// Adds a variant of which nothing is sampled, for the reason `why`: it has a token and sizes all the same.
    ///
    /// # Errors
    /// None: there is nothing to make ready.
    pub fn add_untimed(&mut self, variant: Variant, why: String) -> Result<(), Problem> {
        self.push(Subject::untimed(variant, why))
    }

    fn push(&mut self, subject: Subject) -> Result<(), Problem> {
        let operations: Vec<Operation> =
            self.operations.iter().copied().filter(|operation| subject.can(*operation)).collect();
        let subject = Rc::new(subject);
        self.rounds.add(operations.iter().map(|operation| subject.call(*operation)).collect())?;
        self.contenders.push(Contender { subject, operations });
        Ok(())
    }

    /// Whether there is anything to sample.
    pub fn has_work(&self) -> bool {
        self.contenders.iter().any(|contender| !contender.operations.is_empty())
    }

    /// Takes samples until `budget` has passed; always at least one of each operation of one variant.
    pub fn run_slice(&mut self, budget: Duration) {
        self.rounds.run_slice(budget);
    }

    /// How many samples every variant has of every operation.
    pub fn rounds(&self) -> usize {
        self.rounds.rounds()
    }

    /// The algorithm of a variant.
    pub fn algorithm(&self, variant: usize) -> Option<Algorithm> {
        Some(self.contenders.get(variant)?.subject.algorithm())
    }

    /// The token of a variant.
    pub fn token(&self, variant: usize) -> Option<&Token> {
        Some(self.contenders.get(variant)?.subject.token())
    }

    /// Why not everything is sampled of a variant, in a few words such as `no private key`; `None` when it is.
    pub fn untimed(&self, variant: usize) -> Option<&str> {
        self.contenders.get(variant)?.subject.why_untimed()
    }

    /// The samples of a variant so far, ready to be drawn; one for each operation that is sampled.
    pub fn traces(&self, variant: usize) -> Vec<Trace> {
        let operations = self.contenders.get(variant).into_iter().flat_map(|contender| &contender.operations);
        operations.filter_map(|operation| Some(Trace::of(*operation, self.samples(variant, *operation)?))).collect()
    }

    /// The samples of an operation of a variant; `None` when there is no such variant or the operation is not measured.
    pub fn samples(&self, variant: usize, operation: Operation) -> Option<&Samples> {
        let place = self.contenders.get(variant)?.operations.iter().position(|measured| *measured == operation)?;
        self.rounds.samples(variant, place)
    }

    /// What all slices so far say of signing and verifying a variant; `None` when one of the two is not measured.
    pub fn timing(&self, variant: usize) -> Option<Timing> {
        let [sign, verify] = Operation::TOKEN.map(|operation| self.samples(variant, operation));
        Some(Timing::new([sign?, verify?], self.contenders.get(variant)?.subject.key_setup()))
    }
}

#[cfg(test)]
mod tests {
    use std::hint::black_box;
    use std::sync::Arc;
    use std::time::Instant;

    use aws_lc_rs::hmac;
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256, RsaKeyPair};

    use super::super::comparison::{Verdict, compare};
    use super::super::rounds::Call;
    use super::*;
    use crate::jose::key::Key;
    use crate::jose::secret::Secret;

    fn variant(payload: usize) -> Variant {
        let key = Arc::new(Key::secret(Secret::from(vec![7; 32])));
        Variant::new(key, Algorithm::HS256, br#"{"alg":"HS256"}"#.to_vec(), vec![b' '; payload])
    }

    #[test]
    fn slices_add_up_and_each_takes_a_sample_of_both() {
        let mut sampler = Sampler::new(vec![variant(100)], &Operation::TOKEN).unwrap();
        assert_eq!(sampler.timing(0).unwrap().samples, 0);
        sampler.run_slice(Duration::ZERO);
        sampler.run_slice(Duration::ZERO);
        let timing = sampler.timing(0).unwrap();
        assert_eq!((timing.samples, timing.sign.count, timing.verify.count), (2, 2, 2));
        assert!(timing.sign.p50 > 0 && timing.verify.p50 > 0 && timing.key_setup > Duration::ZERO);
        assert!(sampler.timing(1).is_none() && sampler.samples(0, Operation::Assembly).is_none());
    }

    #[test]
    fn a_key_that_does_not_fit_is_refused() {
        let unfit = Variant { algorithm: Algorithm::RS256, ..variant(1) };
        assert!(Sampler::new(vec![unfit.clone()], &Operation::TOKEN).is_err());
        let mut sampler = Sampler::of(&Operation::TOKEN);
        sampler.add_lenient(unfit).unwrap();
        sampler.add_lenient(variant(1)).unwrap();
        sampler.add_untimed(variant(1), "not wanted".to_owned()).unwrap();
        sampler.run_slice(Duration::ZERO);
        assert!(sampler.untimed(0).unwrap().contains("RS256") && sampler.traces(0).is_empty());
        assert_eq!((sampler.untimed(1), sampler.traces(1).len()), (None, 2));
        assert_eq!((sampler.untimed(2), sampler.traces(2).len()), (Some("not wanted"), 0));
    }

    #[test]
    fn variants_without_a_key_take_no_turn() {
        let bare = Variant { key: None, ..variant(10) };
        let pasted = Variant { signature: Some(vec![0; 32]), ..variant(10) };
        let mut sampler = Sampler::new(vec![bare.clone(), variant(10), pasted], &Operation::TOKEN).unwrap();
        for _ in 0..6 {
            sampler.run_slice(Duration::ZERO);
        }
        assert_eq!(sampler.rounds(), 3, "two of three take turns");
        let counts = |variant| {
            Operation::TOKEN
                .map(|operation| sampler.samples(variant, operation).map(|samples| samples.histogram.count()))
        };
        assert_eq!([counts(0), counts(1), counts(2)], [[None; 2], [Some(3); 2], [Some(3), None]]);
        assert_eq!(
            [0, 1, 2].map(|index| sampler.untimed(index)),
            [Some("no key"), None, Some("the key does not verify it")]
        );
        assert_eq!([0, 1, 2].map(|index| sampler.token(index).unwrap().len()), [79; 3]);
        let mut idle = Sampler::new(vec![bare], &Operation::TOKEN).unwrap();
        assert!(!idle.has_work() && sampler.has_work());
        idle.run_slice(Duration::from_secs(60));
        assert!(idle.rounds() > 0, "nobody waits for a round without turns");
    }

    /// Tries again what a busy machine can spoil. One try finds the truth at least 95 times in 100, so three that all
    /// miss it are a mistake of the sampler but for one case in 8,000.
    #[track_caller]
    fn in_three_tries(what: &str, holds: impl Fn() -> bool) {
        assert!((0..3).any(|_| holds()), "{what}");
    }

    #[test]
    fn real_variants_that_are_the_same_are_found_equal() {
        in_three_tries("the same bytes under the same key are as fast", || {
            let mut sampler = Sampler::new(vec![variant(400), variant(400)], &Operation::TOKEN).unwrap();
            sampler.run_slice(Duration::from_millis(150));
            let [first, second] = [0, 1].map(|index| &sampler.samples(index, Operation::Sign).unwrap().series);
            compare(first, second).verdict == Verdict::Equal
        });
    }

    /// A call of the raw primitive alone, built without this program's signers.
    type Raw = Box<dyn FnMut(&[u8])>;

    fn pkcs8(key: &Key) -> Vec<u8> {
        pem_rfc7468::decode_vec(key.to_pem(true).unwrap().bytes()).unwrap().1
    }

    /// A key of the kind, and the primitive with the same key.
    fn with_primitive(algorithm: Algorithm) -> (Key, Raw) {
        let key = Key::generate(algorithm.key_kind(), None).unwrap();
        let raw: Raw = match algorithm {
            Algorithm::RS256 => {
                let pair = RsaKeyPair::from_pkcs8(&pkcs8(&key)).unwrap();
                Box::new(move |data| {
                    let mut signature = vec![0; pair.public_modulus_len()];
                    pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), data, &mut signature).unwrap();
                    black_box(signature);
                })
            }
            Algorithm::ES256 => {
                let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &pkcs8(&key)).unwrap();
                Box::new(move |data| {
                    black_box(pair.sign(&SystemRandom::new(), data).unwrap());
                })
            }
            _ => {
                let secret = hmac::Key::new(hmac::HMAC_SHA256, key.secret_bytes());
                Box::new(move |data| {
                    black_box(hmac::sign(&secret, data).as_ref().to_vec());
                })
            }
        };
        (key, raw)
    }

    /// The medians, in nanoseconds, of the signature alone as the sampler finds it, and of a bare loop over the primitive.
    /// The two take turns, so that a machine that is busy or slows down is so for both.
    fn sampled_and_bare(algorithm: Algorithm) -> (f64, f64) {
        let (key, mut raw) = with_primitive(algorithm);
        let variant = Variant { key: Some(Arc::new(key)), algorithm, ..variant(400) };
        let mut sampler = Sampler::new(vec![variant], &[Operation::Signature]).unwrap();
        let input = sampler.token(0).unwrap().signing_input().as_bytes().to_vec();
        // An interruption that meets one of many calls shifts the time of all of them, so slow ones are timed singly.
        let calls = if algorithm == Algorithm::HS256 { 20 } else { 1 };
        let mut bare = Vec::new();
        for _ in 0..40 {
            sampler.run_slice(Duration::from_millis(5));
            let start = Instant::now();
            while start.elapsed() < Duration::from_millis(5) {
                let start = Instant::now();
                (0..calls).for_each(|_| raw(black_box(&input)));
                bare.push(start.elapsed().as_nanos() as f64 / f64::from(calls));
            }
        }
        bare.sort_by(f64::total_cmp);
        (sampler.samples(0, Operation::Signature).unwrap().summary().p50 as f64, bare[bare.len() / 2])
    }

    #[test]
    fn the_sampler_agrees_with_a_bare_loop_over_the_primitive() {
        for (algorithm, part, ns) in
            [(Algorithm::RS256, 0.05, 0.0), (Algorithm::ES256, 0.05, 0.0), (Algorithm::HS256, 0.1, 200.0)]
        {
            in_three_tries(algorithm.name(), || {
                let (sampled, bare) = sampled_and_bare(algorithm);
                (sampled - bare).abs() <= (part * bare).max(ns)
            });
        }
    }

    /// `times` HMACs over a kilobyte.
    fn hmacs(times: usize) -> Call<'static> {
        let (key, data) = (hmac::Key::new(hmac::HMAC_SHA256, &[7; 32]), vec![0x5a; 1_024]);
        Box::new(move || {
            for _ in 0..times {
                black_box(hmac::sign(&key, black_box(&data)));
            }
            Ok(())
        })
    }

    #[test]
    fn a_fifth_more_real_work_is_found_slower() {
        in_three_tries("6 HMACs take longer than 5", || {
            let mut rounds = Rounds::new(vec![vec![hmacs(5)], vec![hmacs(6)]]).unwrap();
            rounds.run_slice(Duration::from_millis(150));
            let [five, six] = [0, 1].map(|group| &rounds.samples(group, 0).unwrap().series);
            compare(five, six).verdict == Verdict::Slower && compare(six, five).verdict == Verdict::Faster
        });
    }
}
