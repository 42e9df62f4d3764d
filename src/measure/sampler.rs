//! Measures minting and verifying of one header and payload under one key.
//!
//! The clock is read here, and only here below `jobs`: measuring is this module's task.

use std::hint::black_box;
use std::time::{Duration, Instant};

use super::histogram::Histogram;
use super::timing::Timing;
use crate::jose::base64url;
use crate::jose::compact::{Token, mint};
use crate::jose::error::Problem;
use crate::jose::jwa::Algorithm;
use crate::jose::jws::{Signer, Verifier};
use crate::jose::key::Key;

/// A batch lasts at least that many steps of the clock, so that reading it changes a sample by a hundredth at most.
const CLOCK_STEPS: u32 = 100;

/// A batch lasts at least this long, however fine the clock.
const SHORTEST_BATCH: Duration = Duration::from_micros(5);

/// How long caches, branch predictors and the source of randomness are warmed up before the first sample.
const WARM_UP: Duration = Duration::from_millis(2);

/// Takes samples of minting and verifying, in slices as long as the caller likes.
///
/// One sample is the time of a batch over the tokens in it; sign and verify batches alternate, so that whatever
/// disturbs the machine disturbs both. Reading the key and building signer and verifier is in no sample.
pub struct Sampler {
    subject: Subject,
    key_setup: Duration,
    clock_step: Duration,
    batch: u32,
    sign: Histogram,
    verify: Histogram,
}

impl Sampler {
    /// Builds signer and verifier, mints and verifies the token a first time, and warms up for some milliseconds.
    ///
    /// # Errors
    /// When the key cannot sign with `algorithm`, or does not verify what it signed.
    pub fn new(key: &Key, algorithm: Algorithm, header: Vec<u8>, payload: Vec<u8>) -> Result<Self, Problem> {
        let setup = || Ok((key.signer(algorithm)?, key.verifier(algorithm)?));
        // The first time, the library makes itself ready; that is not the key's doing.
        setup()?;
        let start = Instant::now();
        let (signer, verifier) = setup()?;
        let key_setup = start.elapsed();
        let token = mint(&signer, &header, &payload)?;
        let subject = Subject { header, payload, signer, verifier, token };
        let clock_step = clock_step();
        let batch = batch_size(clock_step, subject.warm_up()?);
        Ok(Self { subject, key_setup, clock_step, batch, sign: Histogram::new()?, verify: Histogram::new()? })
    }

    /// Takes samples until `budget` has passed; always at least one of each kind.
    pub fn run_slice(&mut self, budget: Duration) {
        let start = Instant::now();
        loop {
            record(&mut self.sign, self.batch, || self.subject.mint());
            record(&mut self.verify, self.batch, || self.subject.check());
            if start.elapsed() >= budget {
                break;
            }
        }
    }

    /// What all slices so far say.
    pub fn timing(&self) -> Timing {
        let step_ns = nanoseconds(self.clock_step / self.batch);
        Timing::new([&self.sign, &self.verify], step_ns, self.batch, self.key_setup)
    }
}

/// What is measured: everything a server has at hand before the next token.
struct Subject {
    header: Vec<u8>,
    payload: Vec<u8>,
    signer: Signer,
    verifier: Verifier,
    token: Token,
}

impl Subject {
    fn mint(&self) -> Result<(), Problem> {
        mint(black_box(&self.signer), black_box(&self.header), black_box(&self.payload)).map(|token| {
            black_box(token);
        })
    }

    fn check(&self) -> Result<(), Problem> {
        let token = black_box(&self.token);
        black_box(base64url::decode(token.header())?);
        black_box(base64url::decode(token.payload())?);
        let signature = base64url::decode(token.signature())?;
        self.verifier.verify(token.signing_input().as_bytes(), &signature)
    }

    /// The quickest single call while warming up; at least one of each kind is made.
    fn warm_up(&self) -> Result<Duration, Problem> {
        let start = Instant::now();
        let mut quickest = Duration::MAX;
        loop {
            quickest = quickest.min(timed(|| self.mint())?).min(timed(|| self.check())?);
            if start.elapsed() >= WARM_UP {
                return Ok(quickest);
            }
        }
    }
}

/// Records one sample: the time of `batch` calls over their number. A call that fails is no sample.
fn record(histogram: &mut Histogram, batch: u32, mut call: impl FnMut() -> Result<(), Problem>) {
    if let Ok(elapsed) = timed(|| (0..batch).try_for_each(|_| call())) {
        histogram.record((nanoseconds(elapsed) + u64::from(batch) / 2) / u64::from(batch));
    }
}

fn timed(call: impl FnOnce() -> Result<(), Problem>) -> Result<Duration, Problem> {
    let start = Instant::now();
    call()?;
    Ok(start.elapsed())
}

/// The shortest time the clock tells apart, reading it included.
fn clock_step() -> Duration {
    let step = |()| {
        let start = Instant::now();
        loop {
            let elapsed = start.elapsed();
            if !elapsed.is_zero() {
                return elapsed;
            }
        }
    };
    std::iter::repeat_n((), 100).map(step).min().unwrap_or(Duration::from_micros(1))
}

/// How many calls of the length `one` make a batch long enough for a clock with that step.
fn batch_size(clock_step: Duration, one: Duration) -> u32 {
    let shortest = (clock_step * CLOCK_STEPS).max(SHORTEST_BATCH);
    u32::try_from(shortest.as_nanos().div_ceil(one.as_nanos().max(1))).unwrap_or(u32::MAX)
}

fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::secret::Secret;

    #[test]
    fn a_batch_outlasts_the_clock_and_a_slow_call_stands_alone() {
        #[track_caller]
        fn check(clock_ns: u64, one_ns: u64, expected: u32) {
            assert_eq!(batch_size(Duration::from_nanos(clock_ns), Duration::from_nanos(one_ns)), expected);
        }
        check(25, 1_200, 5);
        check(25, 5_000, 1);
        check(100, 1_200, 9);
        check(25, 2_000_000, 1);
        check(25, 0, 5_000);
    }

    fn sampler(payload: usize) -> Sampler {
        let key = Key::secret(Secret::from(vec![7; 32]));
        Sampler::new(&key, Algorithm::HS256, br#"{"alg":"HS256"}"#.to_vec(), vec![b' '; payload]).unwrap()
    }

    #[test]
    fn slices_add_up_and_each_takes_a_sample_of_both() {
        let mut sampler = sampler(100);
        assert_eq!(sampler.timing().samples, 0);
        sampler.run_slice(Duration::ZERO);
        sampler.run_slice(Duration::ZERO);
        let timing = sampler.timing();
        assert_eq!((timing.samples, timing.sign.count, timing.verify.count), (2, 2, 2));
        assert!(timing.sign.p50 > 0 && timing.verify.p50 > 0 && timing.key_setup > Duration::ZERO);
    }

    #[test]
    fn a_sample_is_the_time_of_one_token_not_of_the_batch() {
        let mut sampler = sampler(100);
        sampler.batch = 64;
        let start = Instant::now();
        sampler.run_slice(Duration::from_millis(5));
        let elapsed = nanoseconds(start.elapsed());
        let Timing { sign, verify, samples, .. } = sampler.timing();
        assert!((sign.min + verify.min) * 64 * samples <= elapsed, "{samples} samples of {} ns", sign.min);
    }

    #[test]
    fn a_slice_keeps_to_its_budget() {
        let mut sampler = sampler(1_000);
        let start = Instant::now();
        sampler.run_slice(Duration::from_millis(20));
        let elapsed = start.elapsed();
        assert!(elapsed >= Duration::from_millis(20), "{elapsed:?}");
        assert!(sampler.timing().samples > 0);
    }

    #[test]
    fn a_key_that_does_not_fit_is_refused() {
        let key = Key::secret(Secret::from(vec![7; 32]));
        assert!(Sampler::new(&key, Algorithm::RS256, Vec::new(), Vec::new()).is_err());
    }
}
