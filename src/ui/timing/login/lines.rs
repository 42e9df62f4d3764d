//! What the table of patterns says, made once for each set of figures.

use super::columns::Column;
use super::words::{bytes, look, minting};
use crate::jose::text::grouped;
use crate::measure::login::pattern::Pattern;
use crate::measure::login::quoted::quoted;
use crate::measure::login::report::{LoginReport, LoginRow, Spread};
use crate::measure::login::rule::{Ruling, Verdict};
use crate::ui::chart::Look;
use crate::ui::figures::ms;

/// A row.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// What it is called.
    pub(super) name: String,
    /// What tells it from the others in the charts.
    pub(super) look: Look,
    /// The cells, in the order of [`Column::ALL`].
    cells: Vec<String>,
    /// The verdict and its rule; `None` while it is being measured.
    pub(super) ruling: Option<Ruling>,
    /// What is told where there is no verdict yet.
    pub(super) state: &'static str,
    /// All figures in words.
    pub(super) spoken: String,
    /// What its quoted figures say besides.
    pub(super) quoted: String,
}

impl Line {
    /// What stands in a column.
    pub(super) fn cell(&self, column: Column) -> &str {
        let place = Column::ALL.iter().position(|other| *other == column);
        place.and_then(|place| self.cells.get(place)).map_or("–", String::as_str)
    }

    /// The verdict.
    pub(super) fn verdict(&self) -> Option<Verdict> {
        self.ruling.as_ref().map(|ruling| ruling.verdict)
    }
}

/// The rows of a report; while it is `running`, the patterns that are still to come have one, too.
pub(super) fn lines(report: &LoginReport, running: bool) -> Vec<Line> {
    let mut lines: Vec<Line> = report.rows.iter().enumerate().map(|(place, row)| line(place, row)).collect();
    if running {
        let is_there = |pattern: &Pattern| report.rows.iter().any(|row| row.pattern == Some(*pattern));
        let waiting = report.plan.patterns.iter().filter(|pattern| !is_there(pattern));
        lines.extend(waiting.map(|pattern| self::waiting(*pattern)));
    }
    lines
}

fn line(place: usize, row: &LoginRow) -> Line {
    let cells: Vec<String> = Column::ALL.iter().map(|column| cell(row, *column)).collect();
    let told = Column::ALL
        .iter()
        .zip(&cells)
        .skip(1)
        .filter(|(column, text)| **column != Column::Verdict && !text.is_empty() && *text != "–");
    let told: Vec<String> = told.map(|(column, text)| format!("{} {text}", column.title())).collect();
    let verdict = row.ruling.as_ref().map_or("being measured", |ruling| ruling.verdict.label());
    Line {
        name: row.name.clone(),
        look: look(row.pattern, place),
        spoken: format!("{}: {verdict}. {}", row.name, told.join(", ")),
        cells,
        ruling: row.ruling.clone(),
        state: "measuring",
        quoted: row.pattern.and_then(quoted).map_or_else(String::new, |quoted| {
            format!(
                "Quoted, not measured: blocking time {}, payload {}, CPU {}, verdict {}",
                quoted.time, quoted.bytes, quoted.cpu, quoted.verdict
            )
        }),
    }
}

fn waiting(pattern: Pattern) -> Line {
    let cells = Column::ALL.map(|column| match column {
        Column::Pattern => pattern.label().to_owned(),
        Column::Minting => minting(Some(pattern)).to_owned(),
        _ => "–".to_owned(),
    });
    Line {
        name: pattern.label().to_owned(),
        look: look(Some(pattern), 0),
        cells: cells.to_vec(),
        ruling: None,
        state: "waiting",
        spoken: format!("{}: still to come", pattern.label()),
        quoted: String::new(),
    }
}

fn cell(row: &LoginRow, column: Column) -> String {
    let time = |spread: Option<Spread>, of: fn(&Spread) -> u64| {
        spread.filter(|spread| spread.samples > 0).map_or_else(|| "–".to_owned(), |spread| ms(of(&spread)))
    };
    let p50 = |spread: Option<Spread>| time(spread, |spread| spread.p50_ns);
    let p99 = |spread: Option<Spread>| time(spread, |spread| spread.p99_ns);
    let size = |count: Option<usize>| count.map_or_else(|| "–".to_owned(), bytes);
    match column {
        Column::Pattern => row.name.clone(),
        Column::Minting => minting(row.pattern).to_owned(),
        Column::Body => size(row.body_bytes),
        Column::Wire => size(row.wire_bytes),
        Column::Processing => p50(row.processing),
        Column::Cpu => p50(row.cpu),
        Column::Password => p50(row.password),
        Column::Stall => time(row.stall, |spread| spread.max_ns),
        Column::StallP99 => p99(row.stall),
        Column::LoginP50 => p50(row.login),
        Column::LoginP95 => time(row.login, |spread| spread.p95_ns),
        Column::LoginP99 => p99(row.login),
        Column::Ping => p99(row.ping),
        Column::Rate => grouped(row.requests_per_second.max(0.0).round() as u64),
        Column::Errors => grouped(row.errors),
        Column::Verdict => row.ruling.as_ref().map_or("", |ruling| ruling.verdict.label()).to_owned(),
        Column::Quoted => {
            row.pattern.and_then(quoted).map_or_else(String::new, |quoted| format!("{}, {}", quoted.time, quoted.bytes))
        }
    }
}
