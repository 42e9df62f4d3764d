//! What the Growth tab draws, made once for each set of figures.

use crate::jose::jwa::Algorithm;
use crate::jose::text::grouped;
use crate::measure::growth::{GrowthPoint, Line, PAYLOADS};
use crate::measure::histogram::{Summary, format_ns};
use crate::measure::report::Growth;
use crate::ui::chart::{Axis, Dash, Look, Mark, Scale, Series, Shape, Unit};
use crate::ui::table::{Cell, Table, columns};

/// So many points draw the fitted line; it is bent on logarithmic axes.
const BENT: usize = 48;
/// With more algorithms than this, where their fixed cost ends is told by the table alone.
const MARKED: usize = 4;

/// Everything the tab draws.
#[derive(Debug)]
pub(super) struct Content {
    /// The series.
    pub(super) series: Vec<Series>,
    /// Where the fixed costs end.
    pub(super) marks: Vec<Mark>,
    /// The axes.
    pub(super) x: Axis,
    pub(super) y: Axis,
    /// The main figures in words.
    pub(super) words: String,
    /// The table.
    pub(super) table: Table,
}

/// The look of an algorithm, the same in every tab and for every choice of them.
pub(super) fn look(algorithm: Algorithm) -> Look {
    Look::nth(Algorithm::ALL.iter().position(|other| *other == algorithm).unwrap_or_default())
}

fn look_of(growth: &Growth) -> Look {
    Algorithm::from_name(&growth.algorithm).map_or_else(|_unknown| Look::default(), look)
}

/// What is drawn of the curves.
pub(super) fn content(curves: &[Growth]) -> Content {
    let series: Vec<Series> = curves.iter().flat_map(series).collect();
    let times = series.iter().flat_map(|series| &series.points).map(|point| point.1);
    let y = Axis::new("time of one token", Unit::Time, Scale::log(times, false));
    let ends = [PAYLOADS.first(), PAYLOADS.last()].into_iter().flatten().map(|bytes| *bytes as f64);
    let x = Axis::new("bytes of the payload", Unit::Bytes, Scale::log(ends, true));
    let marks = if curves.len() <= MARKED { curves.iter().filter_map(mark).collect() } else { Vec::new() };
    let words: Vec<String> = curves.iter().filter_map(words).collect();
    let words = format!("Time against the bytes of the payload. {}", words.join(" "));
    Content { series, marks, x, y, words, table: table(curves) }
}

/// Minting with its spread, the line through it, and the raw primitive.
fn series(growth: &Growth) -> Vec<Series> {
    let look = look_of(growth);
    let points = &growth.curve.points;
    let median = |of: fn(&GrowthPoint) -> &Summary| {
        points.iter().map(|point| (point.payload as f64, of(point).p50 as f64)).collect::<Vec<_>>()
    };
    let spread = |point: &GrowthPoint| (point.payload as f64, point.sign.min as f64, point.sign.p95 as f64);
    let minting = Series {
        shape: Shape::Marked,
        spreads: points.iter().map(spread).collect(),
        ..Series::line(&growth.algorithm, look, median(|point| &point.sign))
    };
    let raw = Series {
        unlabelled: true,
        ..Series::line(
            format!("{}, signature alone", growth.algorithm),
            look.dashed(Dash::Dashed),
            median(|point| &point.raw),
        )
    };
    let fitted = growth.curve.sign.map(|line| Series {
        quiet: true,
        ..Series::line(format!("{}, fitted", growth.algorithm), look.dashed(Dash::Dotted), bent(line))
    });
    [Some(raw), fitted, Some(minting)].into_iter().flatten().collect()
}

fn bent(line: Line) -> Vec<(f64, f64)> {
    let (Some(first), Some(last)) = (PAYLOADS.first(), PAYLOADS.last()) else { return Vec::new() };
    let (first, last) = (*first as f64, *last as f64);
    let at = |step: usize| first * (last / first).powf(step as f64 / BENT as f64);
    (0..=BENT).map(at).map(|bytes| (bytes, line.fixed_ns + line.ns_per_byte * bytes)).collect()
}

fn mark(growth: &Growth) -> Option<Mark> {
    let bytes = growth.crossover_bytes?;
    let text = format!("{}: fixed cost ends at {} B", growth.algorithm, grouped(bytes.round() as u64));
    Some(Mark { x: bytes, text, look: look_of(growth) })
}

fn words(growth: &Growth) -> Option<String> {
    let line = growth.curve.sign?;
    let fixed = format_ns(line.fixed_ns.round() as u64);
    Some(format!("{}: {fixed} for every token and {:.2} ns for every byte.", growth.algorithm, line.ns_per_byte))
}

fn table(curves: &[Growth]) -> Table {
    let columns = columns(&[
        ("Algorithm", false),
        ("Key", false),
        ("Fixed cost", true),
        ("For each byte", true),
        ("Throughput", true),
        ("Fixed cost ends at", true),
        ("Furthest from the line", true),
        ("Signature alone, each byte", true),
    ]);
    let row = |growth: &Growth| {
        let line = growth.curve.sign;
        let per_byte = line.map(|line| line.ns_per_byte);
        let mut name = Cell::text(&growth.algorithm).strong();
        name.look = Some(look_of(growth));
        vec![
            name,
            Cell::text(&growth.key),
            Cell::maybe(line.map(|line| line.fixed_ns), |ns| format_ns(ns.round() as u64)),
            Cell::maybe(per_byte, |ns| format!("{ns:.3} ns")),
            // A byte each nanosecond is 1,000 MB in a second.
            Cell::maybe(per_byte.filter(|ns| *ns > 0.0).map(|ns| 1_000.0 / ns), |rate| {
                format!("{} MB/s", grouped(rate.round() as u64))
            }),
            Cell::maybe(growth.crossover_bytes, |bytes| format!("{} B", grouped(bytes.round() as u64))),
            Cell::maybe(line.map(|line| line.worst), |worst| format!("{:.0} %", worst * 100.0)),
            Cell::maybe(growth.curve.raw.map(|line| line.ns_per_byte), |ns| format!("{ns:.3} ns")),
        ]
    };
    Table::new(columns, curves.iter().map(row).collect())
}
