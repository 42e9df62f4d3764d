//! Samples in the order they were taken, in bounded space.

use std::time::Duration;

/// The most samples kept; past that every other one is let go.
const MOST: usize = 4_096;

/// One sample and when it was taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Time since the measurement began.
    pub at: Duration,
    /// The time of one call, in nanoseconds.
    pub ns: f64,
}

/// Samples spread evenly over a measurement: all of them, or every second, fourth, … of a long one.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    points: Vec<Point>,
    /// Every so many-th sample is kept; a power of two.
    stride: u64,
    seen: u64,
}

impl Default for Series {
    fn default() -> Self {
        Self { points: Vec::new(), stride: 1, seen: 0 }
    }
}

impl Series {
    /// The samples that are kept.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Adds the next sample.
    pub fn push(&mut self, point: Point) {
        if self.seen.is_multiple_of(self.stride) {
            if self.points.len() == MOST {
                self.halve();
            }
            // The first of an even number of kept samples stays, so this one is still in step.
            self.points.push(point);
        }
        self.seen += 1;
    }

    fn halve(&mut self) {
        let mut keep = false;
        self.points.retain(|_| {
            keep = !keep;
            keep
        });
        self.stride *= 2;
    }

    /// The times of both, in nanoseconds and in step: the pairs were taken in the same rounds. At most `most` pairs.
    pub(super) fn pairs(&self, other: &Self, most: usize) -> Vec<(f64, f64)> {
        let rounds = (self.points.len() as u64 * self.stride).min(other.points.len() as u64 * other.stride);
        let mut stride = self.stride.max(other.stride);
        while rounds / stride > most as u64 {
            stride *= 2;
        }
        let every = |series: &Self| usize::try_from(stride / series.stride).unwrap_or(1);
        let ns = |point: &Point| point.ns;
        let own = self.points.iter().step_by(every(self)).map(ns);
        own.zip(other.points.iter().step_by(every(other)).map(ns)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(samples: u32) -> Series {
        let mut series = Series::default();
        for index in 0..samples {
            series.push(Point { at: Duration::from_nanos(index.into()), ns: index.into() });
        }
        series
    }

    #[test]
    fn a_long_series_keeps_samples_at_even_distances() {
        for samples in [0, 1, 4_095, 4_096, 4_097, 8_192, 8_193, 20_000] {
            let series = series(samples);
            assert!(series.points().len() <= MOST);
            let at: Vec<u128> = series.points().iter().map(|point| point.at.as_nanos()).collect();
            assert!(at.windows(2).all(|pair| pair[1] - pair[0] == u128::from(series.stride)), "{samples}");
            assert!(at.last().is_none_or(|last| u128::from(samples) - last <= u128::from(series.stride)), "{samples}");
        }
    }

    #[test]
    fn pairs_stay_in_step() {
        for (one, other) in [(0, 9), (100, 100), (4_097, 4_096), (8_193, 8_192), (20_000, 5)] {
            let pairs = series(one).pairs(&series(other), 1_000);
            assert!(pairs.len() <= 1_001 && pairs.iter().all(|(one, other)| one == other), "{one} {other}");
            assert_eq!(pairs.is_empty(), one == 0, "{one} {other}");
        }
    }
}
