//! What the Distribution tab draws, made from the samples once for each set of figures and choice of series.

use crate::jose::text::grouped;
use crate::measure::histogram::{Summary, format_ns};
use crate::measure::report::{Ratio, Row};
use crate::measure::trace::Trace;
use crate::measure::variant::Operation;
use crate::ui::chart::decimate::{self, decimate};
use crate::ui::chart::{Axis, Dash, Look, Mark, Scale, Series, Shape, Unit};
use crate::workbench::bench::Figures;

use super::drift::drift;
use crate::ui::table::{Cell, Table, columns};

/// The ways to look at samples.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum View {
    /// How many samples took how long.
    #[default]
    Histogram,
    /// How long all but the slowest take.
    Percentiles,
    /// The samples as they were taken.
    OverTime,
}

/// With more series than this, only their medians are marked, and with many more nothing is.
const MARKED: usize = 2;
const MOST_MARKED: usize = 10;
/// Times that differ by more than this factor are drawn on a logarithmic axis, unless the user chooses.
const FAR_APART: f64 = 5.0;

/// One series that is switched on.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    /// Its variant.
    pub(super) row: &'a Row,
    /// Its samples.
    pub(super) trace: &'a Trace,
    /// What tells it from the others.
    pub(super) look: Look,
    /// Whether the others are held against its variant.
    pub(super) is_baseline: bool,
}

impl Shown<'_> {
    /// Variant and operation.
    pub(super) fn name(&self) -> String {
        format!("{}, {}", self.row.name, short(self.trace.operation))
    }
}

/// What an operation is called where there is little room.
pub(super) const fn short(operation: Operation) -> &'static str {
    match operation {
        Operation::Sign => "sign",
        Operation::Verify => "verify",
        Operation::Signature => "signature alone",
        Operation::Assembly => "all but the signature",
        Operation::KeySetup => "key setup",
    }
}

/// Everything the tab draws.
#[derive(Debug)]
pub(super) struct Content {
    /// The series.
    pub(super) series: Vec<Series>,
    /// The percentiles marked.
    pub(super) marks: Vec<Mark>,
    /// The axes.
    pub(super) x: Axis,
    pub(super) y: Axis,
    /// The main figures in words.
    pub(super) words: String,
    /// That the times rose or sank while they were taken.
    pub(super) drift: Option<String>,
    /// That samples are not in the chart.
    pub(super) outside: Option<String>,
    /// The table.
    pub(super) table: Table,
}

/// What a series looks like: variants differ by colour and sign, operations by their line; those of an only variant by
/// all three.
pub(super) fn look(variants: usize, index: usize, operation: Operation) -> Look {
    let place = Operation::ALL.iter().position(|other| *other == operation).unwrap_or_default();
    Look::nth(if variants == 1 { place } else { index }).dashed(Dash::ALL.get(place).copied().unwrap_or_default())
}

/// The series of the figures for which `is_on` says so, in the order of the variants.
pub(super) fn shown(figures: &Figures, is_on: impl Fn(usize, Operation) -> bool) -> Vec<Shown<'_>> {
    let count = figures.report.variants.len();
    let rows = figures.report.variants.iter().zip(&figures.traces).enumerate();
    let series = rows.flat_map(|(index, (row, traces))| {
        let is_baseline = index == figures.report.baseline;
        let of = move |trace| (index, Shown { row, trace, look: look(count, index, trace.operation), is_baseline });
        traces.iter().map(of)
    });
    series
        .filter(|(index, shown)| shown.trace.summary.count > 0 && is_on(*index, shown.trace.operation))
        .map(|(_, shown)| shown)
        .collect()
}

/// What is drawn of `shown` in a chart so many points wide; `log` is what the user chose, if anything.
pub(super) fn content(shown: &[Shown<'_>], view: View, log: Option<bool>, width: f32) -> Content {
    let log = log.unwrap_or_else(|| are_far_apart(shown, view));
    let (series, x, y) = match view {
        View::Histogram => histogram(shown, log),
        View::Percentiles => percentiles(shown, log),
        View::OverTime => over_time(shown, log, width),
    };
    let marks = if view == View::Histogram { marks(shown) } else { Vec::new() };
    let (drift, outside) = (drift_words(shown), outside(shown, view));
    Content { series, marks, x, y, words: words(shown, view), drift, outside, table: table(shown) }
}

/// Whether the times are too far apart for a linear axis: the medians, and for percentiles the longest of all.
fn are_far_apart(shown: &[Shown<'_>], view: View) -> bool {
    let summaries = || shown.iter().map(|shown| &shown.trace.summary);
    let least = summaries().map(|summary| summary.p50).min().unwrap_or_default();
    let most = summaries().map(|summary| if view == View::Percentiles { summary.max } else { summary.p50 }).max();
    most.unwrap_or_default() as f64 > FAR_APART * least as f64
}

fn time_axis(title: &'static str, values: impl Iterator<Item = f64>, log: bool) -> Axis {
    Axis::new(title, Unit::Time, if log { Scale::log(values, false) } else { Scale::around(values) })
}

fn histogram(shown: &[Shown<'_>], log: bool) -> (Vec<Series>, Axis, Axis) {
    let of = |shown: &Shown<'_>| {
        let Summary { bins, count, .. } = &shown.trace.summary;
        let share = |count_in_bin: u64| count_in_bin as f64 * 100.0 / (*count).max(1) as f64;
        let mut points: Vec<(f64, f64)> = bins.iter().map(|bin| (bin.start_ns as f64, share(bin.count))).collect();
        points.extend(bins.last().map(|last| (last.end_ns as f64, 0.0)));
        Series { shape: Shape::Steps, ..Series::line(shown.name(), shown.look, points) }
    };
    let series: Vec<Series> = shown.iter().map(of).collect();
    let points = || series.iter().flat_map(|series| &series.points);
    let x = time_axis("time of one token", points().map(|point| point.0), log);
    let y = Axis::new("share of the samples", Unit::Percent, Scale::from_zero(points().map(|point| point.1)));
    (series, x, y)
}

fn percentiles(shown: &[Shown<'_>], log: bool) -> (Vec<Series>, Axis, Axis) {
    let of = |shown: &Shown<'_>| {
        let points = shown.trace.curve.iter().map(|(percent, ns)| (*percent, *ns as f64)).collect();
        Series::line(shown.name(), shown.look, points)
    };
    let series: Vec<Series> = shown.iter().map(of).collect();
    let samples = shown.iter().map(|shown| shown.trace.summary.count).max().unwrap_or_default();
    let x = Axis::new("percent of the tokens that take no longer", Unit::Percent, Scale::nines(samples));
    let y = time_axis("time of one token", series.iter().flat_map(|series| &series.points).map(|point| point.1), log);
    (series, x, y)
}

fn over_time(shown: &[Shown<'_>], log: bool, width: f32) -> (Vec<Series>, Axis, Axis) {
    let at = |shown: &Shown<'_>| shown.trace.points.last().map_or(0.0, |point| point.at.as_secs_f64());
    let end = shown.iter().map(at).fold(0.0, f64::max);
    let most = decimate::columns(width, shown.len());
    let of = |shown: &Shown<'_>| {
        let points = shown.trace.points.iter().map(|point| (point.at.as_secs_f64(), point.ns));
        let columns = decimate(points, (0.0, end), most);
        let line = columns.iter().map(|column| (column.x, column.middle)).collect();
        let spreads = columns.iter().map(|column| (column.x, column.low, column.high)).collect();
        Series { spreads, ..Series::line(shown.name(), shown.look, line) }
    };
    let series: Vec<Series> = shown.iter().map(of).collect();
    let x = Axis::new("since the measurement began", Unit::Seconds, Scale::Linear { from: 0.0, to: end.max(1e-6) });
    // A few interrupts would press all others against the bottom; they are cut off and counted in the notes.
    let highest = shown.iter().map(|shown| ceiling(&shown.trace.summary));
    let lowest = shown.iter().map(|shown| shown.trace.summary.min as f64);
    let y = time_axis("time of one token", lowest.chain(highest), log);
    (series, x, y)
}

/// The longest time that the chart over time has room for.
fn ceiling(summary: &Summary) -> f64 {
    (summary.p99 as f64 * 1.25).min(summary.max as f64).max(summary.p95 as f64)
}

fn marks(shown: &[Shown<'_>]) -> Vec<Mark> {
    let of = |shown: &Shown<'_>| {
        let Summary { p50, p95, p99, .. } = shown.trace.summary;
        let all = [("p50", p50), ("p95", p95), ("p99", p99)];
        let (name, look) = (shown.name(), shown.look);
        let mark = move |(percentile, ns): (&str, u64)| {
            let whose = if percentile == "p50" { format!("{name} ") } else { String::new() };
            Mark { x: ns as f64, text: format!("{whose}{percentile} {}", format_ns(ns)), look }
        };
        all.into_iter().map(mark).collect::<Vec<_>>()
    };
    let most = if shown.len() <= MARKED { 3 } else { usize::from(shown.len() <= MOST_MARKED) };
    shown.iter().flat_map(|shown| of(shown).into_iter().take(most)).collect()
}

fn words(shown: &[Shown<'_>], view: View) -> String {
    let what = match view {
        View::Histogram => "Histogram",
        View::Percentiles => "Percentile curves",
        View::OverTime => "Samples over time",
    };
    let of = |shown: &Shown<'_>| {
        let Summary { p50, p95, p99, .. } = shown.trace.summary;
        let [p50, p95, p99] = [p50, p95, p99].map(format_ns);
        format!("{}: p50 {p50}, p95 {p95}, p99 {p99}", shown.name())
    };
    let series: Vec<String> = shown.iter().map(of).collect();
    format!("{what}. {}.", series.join(". "))
}

fn drift_words(shown: &[Shown<'_>]) -> Option<String> {
    let drifts = shown.iter().filter_map(|shown| {
        let part = drift(&shown.trace.points, shown.trace.summary.mad)?;
        let how = if part > 0.0 { "longer" } else { "shorter" };
        Some(format!("{} took {:.0} % {how} in the last third than in the first", shown.name(), part.abs() * 100.0))
    });
    let drifts: Vec<String> = drifts.collect();
    let first = drifts.first()?;
    let more = if drifts.len() > 1 { format!(", and {} more drifted", drifts.len() - 1) } else { String::new() };
    Some(format!("The times drift: {first}{more}."))
}

fn outside(shown: &[Shown<'_>], view: View) -> Option<String> {
    let count: u64 = match view {
        View::Histogram => shown.iter().map(|shown| shown.trace.summary.outside()).sum(),
        View::OverTime => {
            let above = |shown: &Shown<'_>| {
                let ceiling = ceiling(&shown.trace.summary);
                shown.trace.points.iter().filter(|point| point.ns > ceiling).count() as u64
            };
            shown.iter().map(above).sum()
        }
        View::Percentiles => 0,
    };
    let what = if count == 1 { "sample lies" } else { "samples lie" };
    (count > 0).then(|| format!("{} {what} beyond the chart.", grouped(count)))
}

fn table(shown: &[Shown<'_>]) -> Table {
    let columns = columns(&[
        ("Series", false),
        ("Samples", true),
        ("p50", true),
        ("p95", true),
        ("p99", true),
        ("max", true),
        ("MAD", true),
        ("Beside the baseline", false),
    ]);
    let row = |shown: &Shown<'_>| {
        let summary = &shown.trace.summary;
        let mut name = Cell::text(shown.name()).strong();
        name.look = Some(shown.look);
        let mut cells = vec![name, Cell::number(summary.count as f64, grouped(summary.count))];
        let times = [summary.p50, summary.p95, summary.p99, summary.max, summary.mad];
        cells.extend(times.map(|ns| Cell::number(ns as f64, format_ns(ns))));
        cells.push(Cell::text(beside(shown)));
        cells
    };
    Table::new(columns, shown.iter().map(row).collect())
}

/// A series beside that of the baseline, in words.
fn beside(shown: &Shown<'_>) -> String {
    if shown.is_baseline {
        return "the baseline".to_owned();
    }
    let Some(against) = &shown.row.against else { return "–".to_owned() };
    let ratio = match shown.trace.operation {
        Operation::Sign => against.sign.as_ref(),
        Operation::Verify => against.verify.as_ref(),
        Operation::Signature | Operation::Assembly | Operation::KeySetup => None,
    };
    ratio.map_or_else(|| "–".to_owned(), Ratio::words)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::jose::jwa::Algorithm;
    use crate::jose::key::Key;
    use crate::jose::secret::Secret;
    use crate::measure::budget::Budget;
    use crate::measure::report::{Label, Machine, Report, Settings};
    use crate::measure::sampler::Sampler;
    use crate::measure::series::Point;
    use crate::measure::variant::Variant;

    fn figures(variants: usize) -> Figures {
        let key = Arc::new(Key::secret(Secret::from(vec![7; 32])));
        let payload = b"{\"sub\":\"a\"}".to_vec();
        let variant =
            |_| Variant::new(Arc::clone(&key), Algorithm::HS256, b"{\"alg\":\"HS256\"}".to_vec(), payload.clone());
        let mut sampler = Sampler::new((0..variants).map(variant).collect(), &Operation::ALL).unwrap();
        (0..40 * variants).for_each(|_| sampler.run_slice(Duration::ZERO));
        let labels: Vec<Label> =
            (0..variants).map(|index| Label { name: format!("v{index}"), key: String::new() }).collect();
        let machine = Machine { os: "os".to_owned(), architecture: "arch".to_owned(), processor: None, cores: 1 };
        let report = Report::new(&labels, &sampler, 0, machine, Settings::new(1.0, Budget::Cookie));
        let trace = |index| {
            let of = |operation| Some(Trace::of(operation, sampler.samples(index, operation)?));
            Operation::ALL.into_iter().filter_map(of).collect()
        };
        let traces = (0..variants).map(trace).collect();
        Figures { report, ids: vec![None; variants], rungs: Vec::new(), traces, login: None, revision: 0 }
    }

    #[test]
    fn words_and_table_tell_the_figures_of_the_series_that_are_on() {
        let figures = figures(2);
        let on = shown(&figures, |index, operation| index == 1 || operation == Operation::Sign);
        assert_eq!(on.len(), 1 + Operation::ALL.len());
        let p50 = format_ns(figures.traces[0][0].summary.p50);
        for view in [View::Histogram, View::Percentiles, View::OverTime] {
            let content = content(&on, view, None, 900.0);
            assert_eq!(content.series.len(), on.len());
            assert!(content.words.contains(&format!("v0, sign: p50 {p50}")), "{}", content.words);
        }
        assert!(beside(&on[0]) == "the baseline" && beside(&on[1]) != "the baseline");
        assert!(on.iter().all(|one| on.iter().filter(|other| other.look == one.look).count() == 1), "looks differ");
    }

    #[test]
    fn the_series_of_an_only_variant_differ_in_colour_and_line() {
        let looks = Operation::ALL.map(|operation| look(1, 0, operation));
        for (place, one) in looks.iter().enumerate() {
            let others = looks.iter().skip(place + 1);
            assert!(others.clone().all(|other| other.colour != one.colour && other.dash != one.dash));
        }
    }

    #[test]
    fn fifty_variants_are_thinned_out() {
        let mut figures = figures(1);
        let point = |index: u32| Point { at: Duration::from_millis(index.into()), ns: 1_000.0 + f64::from(index % 97) };
        figures.traces[0][0].points = (0..4_096).map(point).collect();
        let one = shown(&figures, |_, operation| operation == Operation::Sign);
        let many: Vec<Shown<'_>> = one.iter().copied().cycle().take(50).collect();
        let content = content(&many, View::OverTime, None, 2_000.0);
        let points: usize = content.series.iter().map(|series| series.points.len() + 2 * series.spreads.len()).sum();
        assert!(points > 10_000 && points <= decimate::MOST_POINTS, "{points}");
        assert!(marks(&many).is_empty() && marks(&many[..1]).len() == 3);
    }
}
