//! Whether one contender is faster than another, said only when the samples say so.

use serde::{Deserialize, Serialize};

use super::histogram::with_three_digits;
use super::random::Random;
use super::series::Series;

/// Fewer pairs of samples say nothing.
const FEWEST_PAIRS: usize = 20;

/// More pairs than this are thinned out before they are drawn from.
const MOST_PAIRS: usize = 1_024;

/// How often the samples are drawn anew.
const DRAWS: usize = 300;

/// Of the draws, the interval leaves out one in a hundred on each side: together it holds 98 of 100.
const OUTSIDE: usize = DRAWS / 100;

/// Nearer than this to 1, a ratio is no difference: where code and data happen to lie makes as much.
const DIFFERENT: f64 = 1.03;

/// Two are equal when the ratio is surely nearer to 1 than this.
const EQUAL: f64 = 1.05;

/// The drawing is the same in every run.
const SEED: u64 = 0x7261_7469_6f73;

/// What the samples say of the second contender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It takes less time: the whole interval is below 1/1.03.
    Faster,
    /// It takes more time: the whole interval is above 1.03.
    Slower,
    /// It takes the same time: the whole interval is between 1/1.05 and 1.05.
    Equal,
    /// The samples are too few or too noisy to say.
    Unknown,
}

impl Verdict {
    /// The word for machines.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Faster => "faster",
            Self::Slower => "slower",
            Self::Equal => "equal",
            Self::Unknown => "unknown",
        }
    }
}

/// A second contender held against a first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// What may be said.
    pub verdict: Verdict,
    /// The time of the second over that of the first, in the median round; 1 when there are no samples.
    pub ratio: f64,
    /// The interval that holds the ratio in 98 of 100 draws: its ends.
    pub interval: (f64, f64),
}

impl Comparison {
    /// In words, as they stand after the name of what is done: "1.21 times as fast", "as fast".
    pub fn describe(&self) -> String {
        match self.verdict {
            Verdict::Faster => format!("{} times as fast", with_three_digits(1.0 / self.ratio)),
            Verdict::Slower => format!("{} times as slow", with_three_digits(self.ratio)),
            Verdict::Equal => "as fast".to_owned(),
            Verdict::Unknown => "too few or too noisy samples to tell".to_owned(),
        }
    }
}

/// Compares contenders that were sampled in the same rounds.
///
/// The ratio is the median of the ratios of the rounds: what disturbs a round meets both and cancels out, and where times
/// fall into two heaps, as they do on a processor that changes its pace, the median of each contender would jump from one
/// to the other, while equal contenders still have equal times in half of the rounds. The interval comes from a bootstrap
/// over blocks of rounds: neighbours stay together, so that one long disturbance is not taken for many short ones
/// (Künsch 1989).
pub fn compare(first: &Series, second: &Series) -> Comparison {
    let pairs = first.pairs(second, MOST_PAIRS);
    let rounds: Vec<f64> = pairs.into_iter().map(|(first, second)| second / first.max(f64::MIN_POSITIVE)).collect();
    let Some(ratio) = median(&mut rounds.clone()).filter(|_| rounds.len() >= FEWEST_PAIRS) else {
        return Comparison { verdict: Verdict::Unknown, ratio: 1.0, interval: (0.0, f64::INFINITY) };
    };
    let mut random = Random::new(SEED);
    let block = (rounds.len() as f64).sqrt().ceil() as usize;
    // A block that runs past the last round goes on with the first.
    let circle: Vec<f64> = rounds.iter().chain(rounds.iter().take(block)).copied().collect();
    let mut drawn = Vec::with_capacity(rounds.len() + block);
    let mut ratios: Vec<f64> = (0..DRAWS)
        .filter_map(|_| {
            drawn.clear();
            while drawn.len() < rounds.len() {
                let start = random.below(rounds.len());
                drawn.extend_from_slice(circle.get(start..start + block).unwrap_or(&rounds));
            }
            median(&mut drawn)
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    let low = ratios.get(OUTSIDE).copied().unwrap_or(0.0);
    let high = ratios.len().checked_sub(OUTSIDE + 1).and_then(|index| ratios.get(index)).copied();
    let interval = (low, high.unwrap_or(f64::INFINITY));
    Comparison { verdict: verdict(interval), ratio, interval }
}

fn verdict((low, high): (f64, f64)) -> Verdict {
    if high < 1.0 / DIFFERENT {
        Verdict::Faster
    } else if low > DIFFERENT {
        Verdict::Slower
    } else if low > 1.0 / EQUAL && high < EQUAL {
        Verdict::Equal
    } else {
        Verdict::Unknown
    }
}

fn median(values: &mut [f64]) -> Option<f64> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f64::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::series::Point;
    use super::*;

    /// Samples of two contenders on a machine that drifts, is interrupted, has two paces, and is busy now and then.
    ///
    /// `factor` is how much longer the second really takes; `noise` the spread of a single sample.
    fn samples(seed: u64, rounds: usize, factor: f64, noise: f64) -> (Series, Series) {
        let mut random = Random::new(seed);
        let mut unit = move || random.below(1 << 30) as f64 / f64::from(1 << 30);
        let (mut first, mut second) = (Series::default(), Series::default());
        let mut busy = 0;
        for round in 0..rounds {
            busy = if busy == 0 && unit() < 0.01 { 20 } else { usize::saturating_sub(busy, 1) };
            let drift = 1.0 + 0.15 * (round as f64 / rounds as f64) + if busy > 0 { 0.6 } else { 0.0 };
            let mut one = |usual: f64| {
                let spread = noise * (unit() + unit() + unit()) + if unit() < 0.5 { 0.1 } else { 0.0 };
                let interrupt = if unit() < 0.02 { 10.0 * unit() } else { 0.0 };
                usual * drift * (1.0 + spread + interrupt)
            };
            let at = Duration::from_micros(round as u64);
            first.push(Point { at, ns: one(1_000.0) });
            second.push(Point { at, ns: one(1_000.0 * factor) });
        }
        (first, second)
    }

    /// The verdicts of so many runs.
    fn verdicts(runs: u64, rounds: usize, factor: f64, noise: f64) -> Vec<Verdict> {
        let verdict = |seed| {
            let (first, second) = samples(seed, rounds, factor, noise);
            compare(&first, &second).verdict
        };
        (0..runs).map(verdict).collect()
    }

    fn count(verdicts: &[Verdict], wanted: Verdict) -> usize {
        verdicts.iter().filter(|verdict| **verdict == wanted).count()
    }

    #[test]
    fn the_same_work_is_found_equal() {
        let verdicts = verdicts(100, 300, 1.0, 0.1);
        assert!(count(&verdicts, Verdict::Equal) >= 95, "{verdicts:?}");
    }

    #[test]
    fn the_same_work_is_never_told_apart_however_noisy() {
        let verdicts = verdicts(40, 100, 1.0, 0.5);
        assert_eq!(count(&verdicts, Verdict::Slower) + count(&verdicts, Verdict::Faster), 0, "{verdicts:?}");
    }

    #[test]
    fn a_fifth_more_work_is_found_slower_and_less_faster() {
        for (factor, wanted) in [(1.2, Verdict::Slower), (1.0 / 1.2, Verdict::Faster)] {
            let verdicts = verdicts(40, 300, factor, 0.1);
            let (found, unknown) = (count(&verdicts, wanted), count(&verdicts, Verdict::Unknown));
            assert!(found >= 38 && found + unknown == 40, "{verdicts:?}");
        }
    }

    #[test]
    fn without_enough_samples_nothing_is_said() {
        for rounds in [0, 1, FEWEST_PAIRS - 1] {
            let (first, second) = samples(1, rounds, 2.0, 0.01);
            assert_eq!(compare(&first, &second).verdict, Verdict::Unknown, "{rounds}");
        }
        let noisy = verdicts(20, 30, 1.0, 1.0);
        assert!(count(&noisy, Verdict::Unknown) >= 18, "{noisy:?}");
    }

    #[test]
    fn the_interval_holds_the_ratio_and_is_the_same_every_time() {
        let (first, second) = samples(3, 600, 1.5, 0.1);
        let compared = compare(&first, &second);
        let (low, high) = compared.interval;
        assert!(low < compared.ratio && compared.ratio < high && low > 1.4 && high < 1.6, "{compared:?}");
        assert_eq!(compare(&first, &second), compared);
        assert_eq!(compared.describe(), format!("{:.2} times as slow", compared.ratio));
    }
}
