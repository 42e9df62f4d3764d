//! What the table says of every variant, made once for each change.

use std::cmp::Ordering;
use std::sync::Arc;

use super::column::Column;
use super::figure;
use crate::jose::text::visible;
use crate::measure::budget::Budget;
use crate::measure::histogram::format_ns;
use crate::measure::report::Row;
use crate::measure::weight::Ruling;
use crate::ui::widgets::message::sentence;
use crate::workbench::Workbench;
use crate::workbench::bench::{Bench, Figures};
use crate::workbench::compare::variant::{Variant, VariantFacts, VariantId};

/// Stands where there is no figure yet.
pub(super) const NONE: &str = "\u{2014}";

/// How a figure looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tone {
    /// As text.
    #[default]
    Plain,
    /// Less than the baseline.
    Less,
    /// More than the baseline.
    More,
    /// There is no figure, or one of an earlier text.
    Dim,
}

/// What a cell is sorted by; what has no key comes last either way.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Key {
    #[default]
    None,
    Number(f64),
    Text(String),
}

/// A figure in a column.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) key: Key,
    pub(super) tone: Tone,
}

/// A variant.
pub(super) struct Line {
    pub(super) id: VariantId,
    pub(super) name: String,
    pub(super) is_baseline: bool,
    /// Why there are no figures.
    pub(super) problem: Option<String>,
    /// Header, payload and signature, in bytes as sent.
    pub(super) parts: [usize; 3],
    pub(super) ruling: Option<Ruling>,
    /// What is read out.
    pub(super) spoken: String,
    /// What is said below the table.
    pub(super) details: String,
    cells: Vec<Cell>,
}

impl Line {
    pub(super) fn cell(&self, column: Column) -> Option<&Cell> {
        self.cells.get(column as usize)
    }
}

/// The variants in their own order.
#[derive(Default)]
pub(super) struct Lines {
    made: Option<(u64, Option<Arc<Figures>>, Budget)>,
    list: Vec<Line>,
    /// The longest token, in bytes.
    longest: usize,
    /// Counts how often it was made.
    revision: u64,
}

impl Lines {
    /// Brings the lines up to date.
    pub(super) fn refresh(&mut self, workbench: &Workbench) {
        let comparison = workbench.comparison();
        let figures = workbench.bench().figures(Bench::Variants);
        let budget = workbench.budget();
        if let Some((revision, of, against)) = &self.made
            && *revision == comparison.revision()
            && *against == budget
            && same(of.as_ref(), figures)
        {
            return;
        }
        let baseline = comparison.baseline().map(|variant| (variant.id, token(variant)));
        self.list = comparison.variants().iter().map(|variant| line(variant, baseline, figures, budget)).collect();
        self.longest = comparison.variants().iter().filter_map(token).max().unwrap_or_default();
        self.made = Some((comparison.revision(), figures.cloned(), budget));
        self.revision += 1;
    }

    /// The variants in their own order.
    pub(super) fn list(&self) -> &[Line] {
        &self.list
    }

    /// The longest token, in bytes.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    /// Another number after every change.
    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    /// The places of the lines by what is in a column; without one, in their own order.
    pub(super) fn order(&self, sort: Option<(Column, bool)>) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        if let Some((column, descending)) = sort {
            let key = |index: &usize| self.list.get(*index).and_then(|line| line.cell(column)).map(|cell| &cell.key);
            order.sort_by(|one, other| by_key(key(one), key(other), descending));
        }
        order
    }
}

fn by_key(one: Option<&Key>, other: Option<&Key>, descending: bool) -> Ordering {
    let turned = |ordering: Ordering| if descending { ordering.reverse() } else { ordering };
    match (one.unwrap_or(&Key::None), other.unwrap_or(&Key::None)) {
        (Key::Number(one), Key::Number(other)) => turned(one.total_cmp(other)),
        (Key::Text(one), Key::Text(other)) => turned(one.cmp(other)),
        (Key::None, Key::None) => Ordering::Equal,
        (Key::None, _) => Ordering::Greater,
        (_, Key::None) => Ordering::Less,
        (Key::Number(_), Key::Text(_)) => Ordering::Less,
        (Key::Text(_), Key::Number(_)) => Ordering::Greater,
    }
}

fn same(one: Option<&Arc<Figures>>, other: Option<&Arc<Figures>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (None, None) => true,
        _ => false,
    }
}

fn token(variant: &Variant) -> Option<usize> {
    variant.facts.as_ref().ok().map(|facts| facts.sizes.token)
}

/// The row of a variant among the figures, and whether it is still about the same bytes.
pub(super) fn row<'a>(figures: &'a Figures, variant: &Variant) -> Option<(&'a Row, bool)> {
    let place = figures.ids.iter().position(|id| *id == Some(variant.id))?;
    let row = figures.report.variants.get(place)?;
    let current = variant.facts.as_ref().is_ok_and(|facts| {
        let sizes = &facts.sizes;
        let now = (sizes.header, sizes.payload, sizes.signature, facts.algorithm.map(|algorithm| algorithm.name()));
        now == (row.bytes.header, row.bytes.payload, row.bytes.signature, Some(row.algorithm.as_str()))
    });
    Some((row, current))
}

fn line(
    variant: &Variant,
    baseline: Option<(VariantId, Option<usize>)>,
    figures: Option<&Arc<Figures>>,
    budget: Budget,
) -> Line {
    let name = visible(&variant.name).into_owned();
    let is_baseline = baseline.is_some_and(|(id, _)| id == variant.id);
    let mut line = Line {
        id: variant.id,
        is_baseline,
        problem: None,
        parts: [0; 3],
        ruling: None,
        spoken: format!("Variant {name}"),
        details: String::new(),
        cells: vec![Cell::default(); Column::ALL.len()],
        name,
    };
    line.set(
        Column::Name,
        Cell { text: line.name.clone(), key: Key::Text(line.name.to_lowercase()), tone: Tone::Plain },
    );
    match &variant.facts {
        Ok(facts) => {
            line.sizes(facts, baseline.and_then(|(_, token)| token), budget);
            let row = figures.and_then(|figures| row(figures, variant));
            line.times(row);
            line.judge(facts, row, budget);
        }
        Err(problem) => {
            let said = sentence(&problem.message).into_owned();
            line.details = format!("{said} {}", sentence(&problem.help)).trim_end().to_owned();
            line.spoken.push_str(", ");
            line.spoken.push_str(&said);
            line.problem = Some(said);
        }
    }
    if is_baseline {
        line.spoken.push_str(", baseline");
    }
    line
}

impl Line {
    fn set(&mut self, column: Column, cell: Cell) {
        if let Some(slot) = self.cells.get_mut(column as usize) {
            *slot = cell;
        }
    }

    fn number(&mut self, column: Column, text: String, key: f64, tone: Tone) {
        self.set(column, Cell { text, key: Key::Number(key), tone });
    }

    fn sizes(&mut self, facts: &VariantFacts, baseline: Option<usize>, budget: Budget) {
        let sizes = &facts.sizes;
        let algorithm = visible(&facts.algorithm_name).into_owned();
        self.spoken.push_str(&format!(", {algorithm}, {}", figure::bytes(sizes.token)));
        let key = Key::Text(algorithm.clone());
        self.set(Column::Algorithm, Cell { text: algorithm, key, tone: Tone::Plain });
        self.parts = [sizes.header, sizes.payload, sizes.signature];
        for (column, number) in [
            (Column::Claims, facts.claim_count()),
            (Column::Header, sizes.header),
            (Column::Payload, sizes.payload),
            (Column::Signature, sizes.signature),
            (Column::Token, sizes.token),
        ] {
            self.number(column, figure::grouped(number as u64), number as f64, Tone::Plain);
        }
        let [header, payload, signature] = self.parts.map(figure::bytes);
        let parts = format!("Header {header}, payload {payload}, signature {signature}, and two full stops");
        self.number(Column::Parts, parts, sizes.token as f64, Tone::Plain);
        if let Some(baseline) = baseline {
            let tone = match sizes.token.cmp(&baseline) {
                Ordering::Less => Tone::Less,
                Ordering::Equal => Tone::Dim,
                Ordering::Greater => Tone::More,
            };
            let text = if self.is_baseline { String::new() } else { figure::difference(sizes.token, baseline) };
            self.number(Column::Baseline, text, sizes.token as f64 - baseline as f64, tone);
        }
        let percent = budget.share(sizes.token) * 100.0;
        let tone = if percent > 100.0 { Tone::More } else { Tone::Plain };
        self.number(Column::Budget, figure::share(percent), percent, tone);
    }

    fn times(&mut self, row: Option<(&Row, bool)>) {
        let columns = [Column::SignP50, Column::SignP95, Column::VerifyP50, Column::VerifyP95, Column::Rate];
        let Some((row, current)) = row else {
            for column in columns {
                self.set(column, Cell { text: NONE.to_owned(), key: Key::None, tone: Tone::Dim });
            }
            return;
        };
        let tone = if current { Tone::Plain } else { Tone::Dim };
        let (sign, verify) = (row.times.sign.as_ref(), row.times.verify.as_ref());
        for (column, time) in [
            (Column::SignP50, sign.map(|times| times.p50)),
            (Column::SignP95, sign.map(|times| times.p95)),
            (Column::VerifyP50, verify.map(|times| times.p50)),
            (Column::VerifyP95, verify.map(|times| times.p95)),
        ] {
            match time {
                Some(ns) => self.number(column, format_ns(ns), ns as f64, tone),
                None => self.set(column, untimed(column, row)),
            }
        }
        match row.times.tokens_per_second {
            Some(rate) => self.number(Column::Rate, figure::grouped(rate.round() as u64), rate, tone),
            None => self.set(Column::Rate, Cell { text: NONE.to_owned(), key: Key::None, tone: Tone::Dim }),
        }
    }

    fn judge(&mut self, facts: &VariantFacts, row: Option<(&Row, bool)>, budget: Budget) {
        let p50 =
            row.filter(|(_, current)| *current).and_then(|(row, _)| row.times.sign.as_ref()).map(|times| times.p50);
        let ruling = Ruling::of(budget, facts.sizes.token, p50);
        let weight = Key::Number(f64::from(ruling.weight as u8));
        self.set(Column::Verdict, Cell { text: ruling.weight.label().to_owned(), key: weight, tone: Tone::Plain });
        self.spoken.push_str(", ");
        self.spoken.push_str(ruling.weight.label());
        let mut said = vec![sentence(&ruling.reason).into_owned()];
        match row {
            None => said.push("Press Measure for its times.".to_owned()),
            Some((_, false)) => said.push("Its times were measured before the last change.".to_owned()),
            Some((row, true)) => {
                said.extend(row.untimed.as_ref().map(|why| format!("Not everything was timed: {why}.")));
                said.extend(row.against.as_ref().map(|against| format!("Beside the baseline: {}.", against.words)));
            }
        }
        said.retain(|words| !words.is_empty());
        self.details = said.join(" ");
        self.ruling = Some(ruling);
    }
}

/// What stands in place of a time that was not taken: why, once in a row for signing and verifying each.
fn untimed(column: Column, row: &Row) -> Cell {
    let first = matches!(column, Column::SignP50 | Column::VerifyP50);
    let why = row.untimed.as_deref().filter(|_| first).unwrap_or(NONE);
    Cell { text: why.to_owned(), key: Key::None, tone: Tone::Dim }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_figure_comes_last_either_way() {
        let (small, large) = (Key::Number(1.0), Key::Number(2.0));
        assert_eq!(by_key(Some(&small), Some(&large), false), Ordering::Less);
        assert_eq!(by_key(Some(&small), Some(&large), true), Ordering::Greater);
        for descending in [false, true] {
            assert_eq!(by_key(Some(&Key::None), Some(&large), descending), Ordering::Greater);
            assert_eq!(by_key(Some(&large), None, descending), Ordering::Less);
        }
    }
}
