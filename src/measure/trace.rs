//! The samples of one operation of one variant, ready to be drawn.

use super::histogram::Summary;
use super::rounds::Samples;
use super::series::Point;
use super::variant::Operation;

/// See the module.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// What was timed.
    pub operation: Operation,
    /// Percentiles and the bars of the histogram.
    pub summary: Summary,
    /// Percents from 0 to 100, and the time in nanoseconds that so many samples do not exceed.
    pub curve: Vec<(f64, u64)>,
    /// Samples in the order of time, spread evenly; at most 4,096.
    pub points: Vec<Point>,
}

impl Trace {
    /// What these samples say.
    pub fn of(operation: Operation, samples: &Samples) -> Self {
        Self {
            operation,
            summary: samples.summary(),
            curve: samples.histogram.curve(),
            points: samples.series.points().to_vec(),
        }
    }
}
