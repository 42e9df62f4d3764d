//! Durations as a distribution: percentiles, bins to draw, and how a duration is written.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::jose::error::Problem;

/// The longest duration told apart, in nanoseconds; anything longer counts as this long.
const LONGEST_NS: u64 = 60_000_000_000;

/// Kept of each duration: three significant digits, a thousandth.
const SIGNIFICANT_DIGITS: u8 = 3;

/// Durations from 1 ns to 60 s, each kept to a thousandth, in constant space.
#[derive(Clone, Debug)]
pub struct Histogram(hdrhistogram::Histogram<u64>);

/// One bar of a drawn histogram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// The shortest duration in it, in nanoseconds.
    pub start_ns: u64,
    /// The shortest duration past it, in nanoseconds.
    pub end_ns: u64,
    /// How many durations fell into it.
    pub count: u64,
}

/// What is shown of a histogram; cheap to clone. Durations are nanoseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// How many durations were recorded.
    #[serde(rename = "samples")]
    pub count: u64,
    /// The shortest.
    #[serde(rename = "min_ns")]
    pub min: u64,
    /// The median.
    #[serde(rename = "p50_ns")]
    pub p50: u64,
    /// 95 of 100 were this short or shorter.
    #[serde(rename = "p95_ns")]
    pub p95: u64,
    /// 99 of 100 were this short or shorter.
    #[serde(rename = "p99_ns")]
    pub p99: u64,
    /// The longest.
    #[serde(rename = "max_ns")]
    pub max: u64,
    /// Half of the durations are no further than this from the median (median absolute deviation).
    #[serde(rename = "mad_ns")]
    pub mad: u64,
    /// The bars to draw; see [`Histogram::bins`]. They are not in the JSON.
    #[serde(skip)]
    pub bins: Arc<[Bin]>,
}

impl Summary {
    /// How many durations are in no bar, being far shorter or longer than most.
    pub fn outside(&self) -> u64 {
        self.count.saturating_sub(self.bins.iter().map(|bin| bin.count).sum())
    }
}

impl Histogram {
    /// An empty histogram.
    ///
    /// # Errors
    /// When this machine cannot address so large a table; never on a 32- or 64-bit system.
    pub fn new() -> Result<Self, Problem> {
        hdrhistogram::Histogram::new_with_bounds(1, LONGEST_NS, SIGNIFICANT_DIGITS).map(Self).map_err(|error| {
            Problem::new("timing-table", format!("There is no room for the table of timings: {error}"))
                .help("Close other programs and measure again.")
        })
    }

    /// Adds a duration in nanoseconds; one outside 1 ns to 60 s counts as the nearest of the two.
    pub fn record(&mut self, ns: u64) {
        self.0.saturating_record(ns.max(1));
    }

    /// How many durations were recorded.
    pub fn count(&self) -> u64 {
        self.0.len()
    }

    /// The duration that `percent` (0 to 100) of all durations do not exceed, in nanoseconds; 0 when empty.
    pub fn percentile(&self, percent: f64) -> u64 {
        self.0.value_at_percentile(percent)
    }

    /// The longest duration in nanoseconds; 0 when empty.
    pub fn max(&self) -> u64 {
        self.0.max()
    }

    /// The median distance of the durations from their median, in nanoseconds; 0 when empty.
    pub fn deviation(&self) -> u64 {
        let median = self.percentile(50.0);
        let mut distances: Vec<(u64, u64)> = self
            .0
            .iter_recorded()
            .map(|step| (step.value_iterated_to().abs_diff(median), step.count_since_last_iteration()))
            .collect();
        distances.sort_unstable();
        let half = self.count().div_ceil(2);
        let mut passed = 0;
        let middle = distances.into_iter().find(|(_, count)| {
            passed += count;
            passed >= half
        });
        middle.map_or(0, |(distance, _)| distance)
    }

    /// The percentile curve: percents from 0 to 100 and the duration that so many do not exceed, in nanoseconds. The
    /// steps get finer towards 100, where the late ones are. Empty when nothing was recorded.
    pub fn curve(&self) -> Vec<(f64, u64)> {
        self.0.iter_quantiles(8).map(|step| (step.quantile() * 100.0, step.value_iterated_to())).collect()
    }

    /// Adds all durations of another histogram.
    pub fn merge(&mut self, other: &Self) {
        let added = self.0.add(&other.0);
        debug_assert!(added.is_ok(), "both histograms have the same bounds");
    }

    /// At most `most` adjoining bars of equal width, around the middle half of the durations.
    ///
    /// They reach from the 0.1th to the 99.5th percentile, but not further than six times the width of the middle half
    /// away from it: a few interrupts would press all others into a single bar. A bar is never narrower than
    /// `step_ns`, the finest step of the durations recorded, nor than what the histogram tells apart, so no bar is
    /// empty by rounding alone. Empty when nothing was recorded or `most` is 0.
    pub fn bins(&self, most: usize, step_ns: u64) -> Vec<Bin> {
        if self.0.is_empty() || most == 0 {
            return Vec::new();
        }
        let [lowest, quarter, three_quarters, highest] =
            [0.1, 25.0, 75.0, 99.5].map(|percent| self.percentile(percent));
        let reach = (three_quarters - quarter).max(step_ns).saturating_mul(6);
        let low = self.0.lowest_equivalent(lowest.max(quarter.saturating_sub(reach)));
        let high = self.0.highest_equivalent(highest.min(three_quarters.saturating_add(reach)));
        let width = self.bin_width(low, high, most as u64, step_ns);
        let first = low - low % width;
        let mut bins: Vec<Bin> = (0..=(high - first) / width)
            .map(|index| first + index * width)
            .map(|start_ns| Bin { start_ns, end_ns: start_ns + width, count: 0 })
            .collect();
        for step in self.0.iter_recorded() {
            let index = step.value_iterated_to().checked_sub(first).map(|above| above / width);
            let bin = index.and_then(|index| bins.get_mut(usize::try_from(index).ok()?));
            if let Some(bin) = bin {
                bin.count += step.count_since_last_iteration();
            }
        }
        bins
    }

    /// The narrowest width that needs no more than `most` bins aligned to it and splits no cell of the histogram.
    fn bin_width(&self, low: u64, high: u64, most: u64, step_ns: u64) -> u64 {
        let cell = self.0.equivalent_range(high);
        let mut width = ((high - low) / most).max(step_ns).max(1).next_multiple_of(cell);
        while high / width - low / width >= most {
            width += cell;
        }
        width
    }

    /// What is shown of it; the arguments are those of [`Self::bins`].
    pub fn summary(&self, most_bins: usize, step_ns: u64) -> Summary {
        Summary {
            count: self.count(),
            min: if self.0.is_empty() { 0 } else { self.0.min() },
            p50: self.percentile(50.0),
            p95: self.percentile(95.0),
            p99: self.percentile(99.0),
            max: self.max(),
            mad: self.deviation(),
            bins: self.bins(most_bins, step_ns).into(),
        }
    }
}

/// A duration of that many nanoseconds with three significant digits: "826 ns", "1.24 µs", "1.90 ms", "12.0 s".
pub fn format_ns(ns: u64) -> String {
    if ns < 1_000 {
        return format!("{ns} ns");
    }
    let mut value = ns as f64 / 1_000.0;
    for unit in ["µs", "ms"] {
        // What would round to 1,000 of a unit is 1.00 of the next.
        if value < 999.5 {
            return format!("{} {unit}", with_three_digits(value));
        }
        value /= 1_000.0;
    }
    format!("{} s", with_three_digits(value))
}

/// `value` with as many decimals as three digits leave; from 1,000 on none.
pub(super) fn with_three_digits(value: f64) -> String {
    let decimals = match value {
        v if v < 9.995 => 2,
        v if v < 99.95 => 1,
        _ => 0,
    };
    format!("{value:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop, prop_assert, prop_assert_eq, proptest};

    fn histogram(values: impl IntoIterator<Item = u64>) -> Histogram {
        let mut histogram = Histogram::new().unwrap();
        values.into_iter().for_each(|ns| histogram.record(ns));
        histogram
    }

    #[test]
    fn percentiles_are_those_of_the_durations() {
        let histogram = histogram(1..=1_000);
        assert_eq!(histogram.count(), 1_000);
        assert_eq!([50.0, 95.0, 99.0].map(|percent| histogram.percentile(percent)), [500, 950, 990]);
        assert_eq!(histogram.max(), 1_000);
    }

    #[test]
    fn durations_out_of_range_count_as_the_nearest_in_range() {
        let histogram = histogram([0, u64::MAX]);
        assert_eq!((histogram.count(), histogram.percentile(0.0)), (2, 1));
        assert!(histogram.max().abs_diff(LONGEST_NS) < LONGEST_NS / 1_000, "{}", histogram.max());
    }

    #[test]
    fn an_empty_histogram_has_nothing_to_draw() {
        let summary = histogram([]).summary(40, 1);
        assert_eq!((summary.count, summary.min, summary.p50, summary.max), (0, 0, 0, 0));
        assert!(summary.bins.is_empty());
    }

    #[test]
    fn the_deviation_is_the_median_distance_from_the_median() {
        #[track_caller]
        fn check(values: &[u64], expected: u64) {
            assert_eq!(histogram(values.iter().copied()).deviation(), expected, "{values:?}");
        }
        check(&[], 0);
        check(&[5], 0);
        check(&[10, 12, 14, 20, 900], 4);
        check(&[100; 9], 0);
    }

    #[test]
    fn the_curve_rises_to_the_longest() {
        let curve = histogram(1..=1_000).curve();
        assert!(curve.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 <= pair[1].1), "{curve:?}");
        assert_eq!(curve.last(), Some(&(100.0, 1_000)));
        assert!(curve.iter().any(|(percent, ns)| (percent - 50.0).abs() < 0.1 && ns.abs_diff(500) <= 1), "{curve:?}");
        assert!(histogram([]).curve().is_empty());
    }

    #[test]
    fn merging_counts_both() {
        let mut both = histogram([10, 10]);
        both.merge(&histogram([30]));
        assert_eq!((both.count(), both.max(), both.percentile(50.0)), (3, 30, 10));
    }

    #[test]
    fn interrupts_do_not_press_the_bars_together() {
        let usual = (0..1_000).map(|i| 1_000 + i % 100);
        let interrupted = (0..50).map(|i| 10_000 + i * 1_000_000);
        let summary = histogram(usual.chain(interrupted)).summary(40, 1);
        assert!(summary.bins.iter().filter(|bin| bin.count > 0).count() >= 10, "{:?}", summary.bins);
        assert!(summary.bins.last().unwrap().end_ns < 1_500, "{:?}", summary.bins);
        assert_eq!(summary.outside(), 50);
    }

    proptest! {
        #[test]
        fn bars_adjoin_are_equally_wide_and_count_each_duration_once(
            values in prop::collection::vec(1u64..5_000_000, 1..300),
            most in 1usize..60,
            step in 0u64..100_000,
        ) {
            let histogram = histogram(values.iter().copied());
            let bins = histogram.bins(most, step);
            prop_assert!(!bins.is_empty() && bins.len() <= most, "{} bins of {most}", bins.len());
            let width = bins[0].end_ns - bins[0].start_ns;
            prop_assert!(width >= step);
            prop_assert!(bins.iter().all(|bin| bin.end_ns - bin.start_ns == width));
            prop_assert!(bins.windows(2).all(|pair| pair[0].end_ns == pair[1].start_ns));
            for bin in &bins {
                let inside = |value: &&u64| (bin.start_ns..bin.end_ns).contains(*value);
                prop_assert_eq!(bin.count, values.iter().filter(inside).count() as u64);
            }
            prop_assert!(bins[0].start_ns <= histogram.percentile(25.0));
            prop_assert!(histogram.percentile(75.0) < bins[bins.len() - 1].end_ns);
            prop_assert!(histogram.summary(most, step).outside() <= values.len() as u64 / 2);
        }
    }

    #[test]
    fn a_duration_has_three_significant_digits_and_its_unit() {
        #[track_caller]
        fn check(ns: u64, expected: &str) {
            assert_eq!(format_ns(ns), expected);
        }
        check(0, "0 ns");
        check(826, "826 ns");
        check(999, "999 ns");
        check(1_000, "1.00 µs");
        check(1_236, "1.24 µs");
        check(9_994, "9.99 µs");
        check(9_996, "10.0 µs");
        check(99_960, "100 µs");
        check(826_400, "826 µs");
        check(999_499, "999 µs");
        check(999_500, "1.00 ms");
        check(1_901_000, "1.90 ms");
        check(999_600_000, "1.00 s");
        check(12_000_000_000, "12.0 s");
        check(2_500_000_000_000, "2500 s");
    }
}
