//! What a measurement says: how long minting and verifying take, over how many samples, and how far to trust it.

use std::time::Duration;

use super::histogram::Summary;
use super::rounds::Samples;

/// A measurement is noisy when the 95th percentile is more than this many times the median.
///
/// On an idle machine the two lie within a tenth of each other; other programs, a busy second thread of the same core
/// or a sinking clock rate pull them apart.
const NOISY_SPREAD: f64 = 1.5;

/// Below this many samples the spread says nothing yet.
const JUDGED_FROM: u64 = 20;

/// The times of one header and payload under one key; cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timing {
    /// Minting one token: base64url of header and payload, and the signature.
    pub sign: Summary,
    /// Checking one token: base64url decoding of its three parts, and the check of the signature.
    pub verify: Summary,
    /// How many samples each of the two has.
    pub samples: u64,
    /// How many tokens one sample of signing is the average of; 1 unless a single token is too quick for the clock.
    pub batch: u32,
    /// Building signer and verifier from the key, done once and part of no sample.
    pub key_setup: Duration,
    /// Whether other work on the machine disturbed the samples: p95 of either is more than 1.5 times its p50.
    pub noisy: bool,
}

impl Timing {
    pub(super) fn new([sign, verify]: [&Samples; 2], key_setup: Duration) -> Self {
        let batch = sign.batch;
        let (sign, verify) = (sign.summary(), verify.summary());
        Self {
            samples: sign.count.min(verify.count),
            noisy: is_noisy(&sign) || is_noisy(&verify),
            sign,
            verify,
            batch,
            key_setup,
        }
    }
}

/// Whether other work on the machine disturbed these samples.
pub fn is_noisy(summary: &Summary) -> bool {
    summary.count >= JUDGED_FROM && summary.p95 as f64 > NOISY_SPREAD * summary.p50 as f64
}

#[cfg(test)]
mod tests {
    use super::super::histogram::Histogram;
    use super::super::series::Series;
    use super::*;

    #[track_caller]
    fn check(usual: u64, slow: u64, slow_ns: u64, noisy: bool) {
        let mut histogram = Histogram::new().unwrap();
        (0..usual).for_each(|_| histogram.record(1_000));
        (0..slow).for_each(|_| histogram.record(slow_ns));
        let quiet = histogram.clone();
        let samples = |histogram| Samples { histogram, series: Series::default(), batch: 1, step_ns: 1 };
        let timing = Timing::new([&samples(histogram), &samples(quiet)], Duration::ZERO);
        assert_eq!((timing.noisy, timing.samples), (noisy, usual + slow));
    }

    #[test]
    fn a_long_tail_is_noisy_a_few_interrupts_are_not() {
        check(98, 2, 90_000, false);
        check(90, 10, 1_400, false);
        check(90, 10, 1_700, true);
    }

    #[test]
    fn a_handful_of_samples_is_not_judged() {
        check(9, 10, 90_000, false);
    }
}
