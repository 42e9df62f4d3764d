//! Whether the times rose or sank while they were taken.

use crate::measure::series::Point;

/// Nearer than this to each other, two medians are the same.
const LEAST: f64 = 0.02;
/// Fewer samples in a third say nothing.
const FEWEST: usize = 10;

/// By how much the median of the last third differs from that of the first, as a part of the first: 0.1 is a tenth more.
/// `None` where they differ by no more than the noise, the median absolute deviation `mad_ns`.
pub(super) fn drift(points: &[Point], mad_ns: u64) -> Option<f64> {
    let third = points.len() / 3;
    if third < FEWEST {
        return None;
    }
    let first = median(points.get(..third)?)?;
    let last = median(points.get(points.len() - third..)?)?;
    let difference = last - first;
    (difference.abs() > (mad_ns as f64).max(first * LEAST)).then(|| difference / first.max(f64::MIN_POSITIVE))
}

fn median(points: &[Point]) -> Option<f64> {
    let mut values: Vec<f64> = points.iter().map(|point| point.ns).collect();
    let half = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(half, f64::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn points(of: impl Fn(usize) -> f64) -> Vec<Point> {
        (0..300).map(|index| Point { at: Duration::from_millis(index as u64), ns: of(index) }).collect()
    }

    #[test]
    fn a_rise_beyond_the_noise_is_drift() {
        let rising = points(|index| 1_000.0 + index as f64);
        let drift_of = |mad| drift(&rising, mad).map(|part| (part * 100.0).round());
        assert_eq!(drift_of(50), Some(19.0));
        assert_eq!(drift_of(400), None, "within the noise");
    }

    #[test]
    fn scatter_is_none() {
        assert_eq!(drift(&points(|index| 1_000.0 + (index * 37 % 100) as f64), 25), None);
        assert_eq!(drift(&points(|_| 1_000.0), 0), None);
        assert_eq!(drift(&[], 0), None);
    }
}
