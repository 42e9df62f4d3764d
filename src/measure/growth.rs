//! Time against the size of the payload, and the line through it: what every token costs, and what every byte.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::histogram::Summary;
use super::rounds::Rounds;
use super::variant::{Operation, Subject, Variant};
use crate::jose::error::Problem;
use crate::jose::jwa::Algorithm;
use crate::jose::key::Key;

/// The payloads measured, in bytes: 64 B to 1 MiB.
pub const PAYLOADS: [usize; 8] = [64, 256, 1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20];

/// Minting, and the raw primitive beside it.
const OPERATIONS: [Operation; 2] = [Operation::Sign, Operation::Signature];

/// Takes samples of payloads of every size in turn.
pub struct Growth {
    key: Arc<Key>,
    algorithm: Algorithm,
    tokens: Vec<usize>,
    rounds: Rounds<'static>,
}

impl Growth {
    /// Makes a payload of every size ready.
    ///
    /// # Errors
    /// When the key cannot sign with `algorithm`.
    pub fn new(key: &Arc<Key>, algorithm: Algorithm) -> Result<Self, Problem> {
        let mut growth = Self::of(key, algorithm);
        while growth.prepare_next()? {}
        Ok(growth)
    }

    /// The same without any payload ready, for those who want to give way in between; see [`Growth::prepare_next`].
    pub fn of(key: &Arc<Key>, algorithm: Algorithm) -> Self {
        Self { key: Arc::clone(key), algorithm, tokens: Vec::new(), rounds: Rounds::default() }
    }

    /// Makes the next payload ready; whether there are more. To be done before the first slice.
    ///
    /// # Errors
    /// When the key cannot sign with the algorithm.
    pub fn prepare_next(&mut self) -> Result<bool, Problem> {
        let Some(bytes) = PAYLOADS.get(self.tokens.len()) else { return Ok(false) };
        let algorithm = self.algorithm;
        let header = format!(r#"{{"alg":"{}"}}"#, algorithm.name()).into_bytes();
        let variant = Variant::new(Arc::clone(&self.key), algorithm, header, payload(*bytes));
        let subject = Rc::new(Subject::new(variant)?);
        self.rounds.add(OPERATIONS.iter().map(|operation| subject.call(*operation)).collect())?;
        self.tokens.push(subject.token().len());
        Ok(self.tokens.len() < PAYLOADS.len())
    }

    /// Takes samples until `budget` has passed; always at least one of one size.
    pub fn run_slice(&mut self, budget: Duration) {
        self.rounds.run_slice(budget);
    }

    /// How many samples every size has.
    pub fn rounds(&self) -> usize {
        self.rounds.rounds()
    }

    /// What all slices so far say.
    pub fn curve(&self) -> Curve {
        let point = |(index, payload): (usize, usize)| {
            let [sign, raw] = [0, 1].map(|place| self.rounds.samples(index, place).map(|samples| samples.summary()));
            Some(GrowthPoint { payload, token: *self.tokens.get(index)?, sign: sign?, raw: raw? })
        };
        let points: Vec<GrowthPoint> =
            PAYLOADS.into_iter().enumerate().filter_map(point).filter(|point| point.sign.count > 0).collect();
        let line = |of: fn(&GrowthPoint) -> &Summary| {
            Line::fit(points.iter().map(|point| (point.payload as f64, of(point).p50 as f64)))
        };
        Curve { sign: line(|point| &point.sign), raw: line(|point| &point.raw), points }
    }
}

/// A JSON object of exactly so many bytes, 11 or more.
fn payload(bytes: usize) -> Vec<u8> {
    let frame = r#"{"data":""}"#.len();
    format!(r#"{{"data":"{}"}}"#, "a".repeat(bytes.saturating_sub(frame))).into_bytes()
}

/// Time against size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// The sizes measured so far, in ascending order.
    pub points: Vec<GrowthPoint>,
    /// The line through the medians of minting; `None` with fewer than two sizes.
    pub sign: Option<Line>,
    /// The line through the medians of the raw primitive.
    pub raw: Option<Line>,
}

/// One size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrowthPoint {
    /// The bytes of the payload.
    pub payload: usize,
    /// The bytes of the token.
    pub token: usize,
    /// Minting it.
    pub sign: Summary,
    /// The signature alone.
    pub raw: Summary,
}

/// What every token costs, and what every byte of its payload.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// For an empty payload, in nanoseconds; never negative.
    pub fixed_ns: f64,
    /// For each byte of the payload, in nanoseconds; never negative.
    pub ns_per_byte: f64,
    /// The largest distance of a measured time from the line, as a part of the time: 0.1 is a tenth.
    pub worst: f64,
}

impl Line {
    /// The line through `(bytes, nanoseconds)` with the smallest sum of squared relative distances, so that a quick small
    /// payload counts as much as a slow large one. `None` with fewer than two sizes.
    pub fn fit(points: impl Iterator<Item = (f64, f64)>) -> Option<Self> {
        let points: Vec<(f64, f64)> = points.filter(|(_, ns)| *ns > 0.0).collect();
        let sum = |of: &dyn Fn(f64, f64) -> f64| points.iter().map(|(bytes, ns)| of(*bytes, *ns) / (ns * ns)).sum();
        let (weight, x, y): (f64, f64, f64) = (sum(&|_, _| 1.0), sum(&|x, _| x), sum(&|_, y| y));
        let (xx, xy): (f64, f64) = (sum(&|x, _| x * x), sum(&|x, y| x * y));
        let spread = weight * xx - x * x;
        if points.len() < 2 || spread <= 0.0 {
            return None;
        }
        let slope = (weight * xy - x * y) / spread;
        let (fixed_ns, ns_per_byte) = match (y - slope * x) / weight {
            // No part of a time is negative: the best line without one goes through the origin, or is level.
            fixed if fixed < 0.0 => (0.0, xy / xx),
            _ if slope < 0.0 => (y / weight, 0.0),
            fixed => (fixed, slope),
        };
        let distance = |(bytes, ns): &(f64, f64)| ((fixed_ns + ns_per_byte * bytes) / ns - 1.0).abs();
        Some(Self { fixed_ns, ns_per_byte, worst: points.iter().map(distance).fold(0.0, f64::max) })
    }

    /// The payload in bytes from which on the bytes cost more than what every token costs; `None` when they never do.
    pub fn crossover(&self) -> Option<f64> {
        (self.ns_per_byte > 0.0).then(|| self.fixed_ns / self.ns_per_byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::secret::Secret;

    #[track_caller]
    fn check(points: &[(f64, f64)], fixed_ns: f64, ns_per_byte: f64, crossover: Option<f64>) {
        let line = Line::fit(points.iter().copied()).unwrap();
        let near = |one: f64, other: f64| (one - other).abs() <= 1e-6 * other.abs().max(1.0);
        assert!(near(line.fixed_ns, fixed_ns) && near(line.ns_per_byte, ns_per_byte), "{line:?}");
        assert_eq!(line.crossover().map(f64::round), crossover, "{line:?}");
    }

    #[test]
    fn a_line_is_found_again() {
        let exact = PAYLOADS.map(|bytes| (bytes as f64, 800.0 + 1.25 * bytes as f64));
        check(&exact, 800.0, 1.25, Some(640.0));
        assert!(Line::fit(exact.into_iter()).unwrap().worst < 1e-9);
        check(&[(64.0, 500.0), (1_024.0, 500.0)], 500.0, 0.0, None);
        check(&[(100.0, 100.0), (1_000.0, 1_000.0)], 0.0, 1.0, Some(0.0));
        assert_eq!(Line::fit([(64.0, 500.0)].into_iter()), None);
        assert_eq!(Line::fit([(64.0, 500.0), (64.0, 600.0)].into_iter()), None);
    }

    #[test]
    fn no_part_of_a_time_is_negative() {
        let steep = Line::fit([(64.0, 10.0), (1_024.0, 4_000.0)].into_iter()).unwrap();
        assert!(steep.fixed_ns == 0.0 && steep.ns_per_byte > 0.0, "{steep:?}");
        let falling = Line::fit([(64.0, 4_000.0), (1_024.0, 10.0)].into_iter()).unwrap();
        assert!(falling.fixed_ns > 0.0 && falling.ns_per_byte == 0.0, "{falling:?}");
    }

    #[test]
    fn noise_moves_the_line_little_at_both_ends() {
        let noisy = PAYLOADS.map(|bytes| (bytes as f64, 2_000.0 + 0.9 * bytes as f64));
        let noisy = noisy.into_iter().enumerate().map(|(index, (x, y))| (x, if index % 2 == 0 { y * 1.05 } else { y }));
        let line = Line::fit(noisy).unwrap();
        assert!(
            (line.fixed_ns / 2_000.0 - 1.0).abs() < 0.06 && (line.ns_per_byte / 0.9 - 1.0).abs() < 0.06,
            "{line:?}"
        );
        assert!(line.worst < 0.06);
    }

    #[test]
    fn every_size_is_measured_and_larger_takes_longer() {
        let key = Arc::new(Key::secret(Secret::from(vec![7; 32])));
        let mut growth = Growth::new(&key, Algorithm::HS256).unwrap();
        while growth.rounds() < 3 {
            growth.run_slice(Duration::ZERO);
        }
        let curve = growth.curve();
        assert_eq!(curve.points.iter().map(|point| point.payload).collect::<Vec<_>>(), PAYLOADS);
        let [smallest, largest] = [&curve.points[0], &curve.points[7]];
        assert!(largest.sign.p50 > smallest.sign.p50 && largest.raw.p50 > smallest.raw.p50);
        assert_eq!(largest.token, 20 + 1 + (1_usize << 20).div_ceil(3) * 4 - 2 + 1 + 43);
        assert!(curve.sign.unwrap().ns_per_byte > 0.0 && curve.raw.is_some());
        assert_eq!(payload(64).len(), 64);
    }
}
