//! Two reports that were kept, the earlier held against the later.
//!
//! The two were not measured in turn, so what disturbed the one did not disturb the other, and no bootstrap over rounds
//! can tell them apart as [`compare`](super::comparison::compare) does. A change is called one only when both hold: the
//! medians lie further apart than the median absolute deviations of both together, so that the middle halves of the
//! samples do not meet; and by 5 % or more, for where code and data happen to lie in memory and the pace of the processor
//! change from start to start and make less than that.

use std::collections::HashMap;

use super::comparison::Verdict;
use super::histogram::Summary;
use super::report::{Machine, Report, Row};

/// Nearer than this, in percent, two medians of different runs are no change.
pub const LEAST_PERCENT: f64 = 5.0;

/// Fewer samples of either say nothing.
pub const FEWEST_SAMPLES: u64 = 20;

/// The rule in plain words, to stand beside the figures.
pub const RULE: &str = "A change counts when the medians are further apart than both spreads (MAD) together, and by 5 % \
                        or more; the runs were not measured in turn.";

/// What became of the figures from one run to another.
#[derive(Clone, Debug, PartialEq)]
pub struct RunDifference {
    /// Variants that are in both, by name and algorithm, in the order of the later run.
    pub rows: Vec<RowChange>,
    /// Variants of the earlier run alone: `NAME, ALGORITHM`.
    pub only_before: Vec<String>,
    /// Variants of the later run alone.
    pub only_after: Vec<String>,
    /// Why the figures may differ for other reasons than the program, in sentences; empty when there is none.
    pub warnings: Vec<String>,
}

/// What became of one variant.
#[derive(Clone, Debug, PartialEq)]
pub struct RowChange {
    /// Its name.
    pub name: String,
    /// Its algorithm.
    pub algorithm: String,
    /// The bytes of its token, before and after.
    pub token: [usize; 2],
    /// The time of minting; `None` when one of the two runs has none.
    pub sign: Option<TimeChange>,
    /// The time of checking; `None` when one of the two runs has none.
    pub verify: Option<TimeChange>,
}

/// What became of one time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeChange {
    /// The median of the earlier run, in nanoseconds.
    pub before: u64,
    /// The median of the later run, in nanoseconds.
    pub after: u64,
    /// The change in percent of the earlier; negative when it takes less time now.
    pub percent: f64,
    /// Whether it takes more or less time, by the rule of this module.
    pub verdict: Verdict,
}

impl RunDifference {
    /// Holds the later run against the earlier. Of variants with the same name and algorithm the first belongs to the
    /// first, the second to the second.
    pub fn of(before: &Report, after: &Report) -> Self {
        let mut earlier: HashMap<(&str, &str), Vec<&Row>> = HashMap::new();
        for row in before.variants.iter().rev() {
            earlier.entry(identity(row)).or_default().push(row);
        }
        let (mut rows, mut only_after, mut matched) = (Vec::new(), Vec::new(), Vec::new());
        for row in &after.variants {
            match earlier.get_mut(&identity(row)).and_then(Vec::pop) {
                Some(old) => {
                    rows.push(RowChange::of(old, row));
                    matched.push(old);
                }
                None => only_after.push(label(row)),
            }
        }
        let is_alone = |row: &&Row| !matched.iter().any(|old| std::ptr::eq(*old, *row));
        let only_before = before.variants.iter().filter(is_alone).map(label).collect();
        Self { rows, only_before, only_after, warnings: warnings(before, after) }
    }
}

impl RowChange {
    fn of(before: &Row, after: &Row) -> Self {
        let change = |of: fn(&Row) -> Option<&Summary>| Some(TimeChange::of(of(before)?, of(after)?));
        Self {
            name: after.name.clone(),
            algorithm: after.algorithm.clone(),
            token: [before.bytes.token, after.bytes.token],
            sign: change(|row| row.times.sign.as_ref()),
            verify: change(|row| row.times.verify.as_ref()),
        }
    }
}

impl TimeChange {
    /// The change from one distribution to another.
    pub fn of(before: &Summary, after: &Summary) -> Self {
        let difference = after.p50 as f64 - before.p50 as f64;
        let percent = difference * 100.0 / (before.p50 as f64).max(1.0);
        let is_beyond = difference.abs() > (before.mad + after.mad) as f64 && percent.abs() >= LEAST_PERCENT;
        let verdict = match is_beyond {
            _ if before.count.min(after.count) < FEWEST_SAMPLES => Verdict::Unknown,
            false => Verdict::Equal,
            true if difference > 0.0 => Verdict::Slower,
            true => Verdict::Faster,
        };
        Self { before: before.p50, after: after.p50, percent, verdict }
    }

    /// In words: "12 % slower", "no change beyond the spread (+2 %)".
    pub fn describe(&self) -> String {
        let percent = self.percent;
        match self.verdict {
            Verdict::Slower => format!("{percent:.0} % slower"),
            Verdict::Faster => format!("{:.0} % faster", -percent),
            Verdict::Equal => format!("no change beyond the spread ({percent:+.0} %)"),
            Verdict::Unknown => "too few samples to tell".to_owned(),
        }
    }
}

fn identity(row: &Row) -> (&str, &str) {
    (&row.name, &row.algorithm)
}

fn label(row: &Row) -> String {
    format!("{}, {}", row.name, row.algorithm)
}

fn warnings(before: &Report, after: &Report) -> Vec<String> {
    let mut warnings = Vec::new();
    if before.machine != after.machine {
        let [one, other] = [before, after].map(|report| describe(&report.machine));
        let which = if one == other { String::new() } else { format!(" ({one}; {other})") };
        warnings.push(format!("The runs are from different machines{which}: their times are not comparable."));
    }
    if before.build != after.build {
        let (one, other) = (&before.build, &after.build);
        warnings.push(format!("The builds differ ({one}; {other}): a debug build is many times as slow."));
    }
    if before.version != after.version {
        let (one, other) = (&before.version, &after.version);
        warnings.push(format!("The versions of the program differ ({one}; {other}): so may what is measured."));
    }
    if before.settings.seconds != after.settings.seconds {
        let (one, other) = (before.settings.seconds, after.settings.seconds);
        warnings.push(format!("The runs took samples for different times ({one} s; {other} s)."));
    }
    if before.settings.budget != after.settings.budget {
        let [one, other] = [before, after].map(|report| report.settings.budget.label());
        warnings.push(format!("The budgets differ ({one}; {other}): times are not affected."));
    }
    match [before.noisy, after.noisy] {
        [true, true] => warnings.push("The machine was busy during both runs.".to_owned()),
        [true, false] => warnings.push("The machine was busy during the earlier run.".to_owned()),
        [false, true] => warnings.push("The machine was busy during the later run.".to_owned()),
        [false, false] => {}
    }
    warnings
}

/// "Ryzen 7, 16 threads, linux x86_64".
fn describe(machine: &Machine) -> String {
    let Machine { os, architecture, processor, cores } = machine;
    let processor = processor.as_ref().map(|name| format!("{name}, ")).unwrap_or_default();
    let plural = if *cores == 1 { "core" } else { "cores" };
    format!("{processor}{cores} {plural}, {os} {architecture}")
}

#[cfg(test)]
mod tests {
    use super::super::budget::Budget;
    use super::super::histogram::Histogram;
    use super::super::report::{Bytes, Difference, Settings, Share, Times};
    use super::super::sampler::Sampler;
    use super::super::weight::Ruling;
    use super::*;

    /// So many times between the two, evenly spread.
    fn summary(low: u64, high: u64, count: u64) -> Summary {
        let mut histogram = Histogram::new().unwrap();
        (0..count).for_each(|index| histogram.record(low + (high - low) * index / count.max(2).saturating_sub(1)));
        histogram.summary(0, 1)
    }

    fn row(name: &str, algorithm: &str, sign: Option<Summary>) -> Row {
        let times = Times {
            verify: sign.clone(),
            sign,
            signature: None,
            assembly: None,
            key_setup: None,
            tokens_per_second: None,
            noisy: false,
        };
        Row {
            name: name.to_owned(),
            algorithm: algorithm.to_owned(),
            key: String::new(),
            claims: 0,
            bytes: Bytes { token: name.len(), header: 0, payload: 0, signature: 0, header_json: 0, payload_json: 0 },
            difference: Difference { bytes: 0, percent: 0.0 },
            budget: Share { percent: 0.0, remaining: 0 },
            times,
            untimed: None,
            ruling: Ruling::of(Budget::Cookie, 0, None),
            against: None,
            costs: None,
        }
    }

    fn report(variants: Vec<Row>) -> Report {
        let words = |text: &str| text.to_owned();
        let machine = Machine { os: words("linux"), architecture: words("x86_64"), processor: None, cores: 2 };
        let settings = Settings::new(3.0, Budget::Cookie);
        Report { variants, ..Report::new(&[], &Sampler::of(&[]), 0, machine, settings) }
    }

    #[track_caller]
    fn check(before: Summary, after: Summary, verdict: Verdict, words: &str) {
        let change = TimeChange::of(&before, &after);
        assert_eq!((change.verdict, change.describe().as_str()), (verdict, words), "{before:?} {after:?}");
    }

    #[test]
    fn a_change_is_one_when_it_is_beyond_both_spreads_and_not_tiny() {
        let steady = |ns| summary(ns, ns, 100);
        check(steady(1_000), steady(1_200), Verdict::Slower, "20 % slower");
        check(steady(1_000), steady(800), Verdict::Faster, "20 % faster");
        check(steady(1_000), steady(1_040), Verdict::Equal, "no change beyond the spread (+4 %)");
        check(steady(1_000), steady(1_050), Verdict::Slower, "5 % slower");
        // The middle halves reach 200 ns to each side, so they meet up to a distance of 400 ns.
        let wide = |ns: u64| summary(ns - 400, ns + 400, 101);
        check(wide(1_000), wide(1_390), Verdict::Equal, "no change beyond the spread (+39 %)");
        check(wide(1_000), wide(1_420), Verdict::Slower, "42 % slower");
        check(wide(1_000), steady(1_220), Verdict::Slower, "22 % slower");
        check(summary(1_000, 1_000, 19), steady(9_000), Verdict::Unknown, "too few samples to tell");
        check(steady(1_000), summary(1, 1, 0), Verdict::Unknown, "too few samples to tell");
    }

    #[test]
    fn variants_are_matched_by_name_and_algorithm() {
        let at = |ns| Some(summary(ns, ns, 50));
        let before = report(vec![
            row("a", "HS256", at(100)),
            row("gone", "HS256", at(100)),
            row("twice", "HS256", at(100)),
            row("twice", "HS256", at(300)),
            row("a", "RS256", at(500)),
        ]);
        let after = report(vec![
            row("a", "RS256", at(250)),
            row("twice", "HS256", at(100)),
            row("twice", "HS256", at(600)),
            row("a", "ES256", at(100)),
            row("a", "HS256", None),
        ]);
        let difference = RunDifference::of(&before, &after);
        let found: Vec<_> = difference
            .rows
            .iter()
            .map(|row| (row.name.as_str(), row.algorithm.as_str(), row.sign.map(|sign| (sign.percent, sign.verdict))))
            .collect();
        assert_eq!(
            found,
            [
                ("a", "RS256", Some((-50.0, Verdict::Faster))),
                ("twice", "HS256", Some((0.0, Verdict::Equal))),
                ("twice", "HS256", Some((100.0, Verdict::Slower))),
                ("a", "HS256", None),
            ]
        );
        assert_eq!(difference.only_before, ["gone, HS256"]);
        assert_eq!(difference.only_after, ["a, ES256"]);
        assert_eq!((difference.rows[1].token, difference.rows[0].verify), ([5, 5], difference.rows[0].sign));
    }

    #[test]
    fn other_reasons_for_a_difference_are_told() {
        let before = report(Vec::new());
        assert_eq!(RunDifference::of(&before, &before).warnings, Vec::<String>::new());
        #[track_caller]
        fn check(before: &Report, change: impl Fn(&mut Report), expected: &str) {
            let mut after = before.clone();
            change(&mut after);
            let warnings = RunDifference::of(before, &after).warnings;
            assert!(
                warnings.len() == 1 && warnings[0].contains(expected) && warnings[0].ends_with('.'),
                "{warnings:?}"
            );
        }
        check(&before, |after| after.machine.cores = 1, "machines (2 cores, linux x86_64; 1 core, linux x86_64)");
        check(&before, |after| after.build = "other".to_owned(), "; other)");
        check(&before, |after| after.version = "9.9.9".to_owned(), "; 9.9.9)");
        check(&before, |after| after.settings.seconds = 0.5, "(3 s; 0.5 s)");
        check(&before, |after| after.settings.budget = Budget::Nginx, "8 KiB nginx header line");
        check(&before, |after| after.noisy = true, "busy during the later run");
    }
}
