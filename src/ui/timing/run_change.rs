//! Two kept runs side by side: what changed from the earlier to the later, and whether it is more than the spread.

use std::sync::Arc;

use eframe::egui::{Label, RichText, Ui};

use crate::jose::text::grouped;
use crate::measure::comparison::Verdict;
use crate::measure::histogram::format_ns;
use crate::measure::report::{Growth, Rates, Report};
use crate::measure::run_difference::{RULE, RunDifference, TimeChange};
use crate::ui::help::Topic;
use crate::ui::table::{Cell, Sort, Table, columns};
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::message;
use crate::workbench::runs::Run;

/// Two runs held against each other, made once for each pair.
pub(super) struct RunChange {
    reports: [Arc<Report>; 2],
    names: [String; 2],
    difference: RunDifference,
    table: Table,
    is_empty: bool,
    sort: Sort,
}

impl RunChange {
    /// The later run beside the earlier.
    pub(super) fn new(before: &Run, after: &Run) -> Self {
        let difference = RunDifference::of(&before.report, &after.report);
        let rows = rows(&difference, &before.report, &after.report);
        let titles = [
            ("Name", false),
            ("What", false),
            ("Before", true),
            ("After", true),
            ("Change", true),
            ("In words", false),
        ];
        Self {
            reports: [Arc::clone(&before.report), Arc::clone(&after.report)],
            names: [before.name.clone(), after.name.clone()],
            difference,
            is_empty: rows.is_empty(),
            table: Table::new(columns(&titles), rows),
            sort: Sort::default(),
        }
    }

    /// Whether it is that of these runs.
    pub(super) fn is_of(&self, before: &Run, after: &Run) -> bool {
        let [earlier, later] = &self.reports;
        Arc::ptr_eq(earlier, &before.report)
            && Arc::ptr_eq(later, &after.report)
            && self.names == [before.name.as_str(), after.name.as_str()]
    }

    /// Draws what changed.
    pub(super) fn ui(&mut self, ui: &mut Ui) {
        let t = tokens(ui);
        let [before, after] = &self.names;
        let subtitle = format!("from {before} to {after}");
        for warning in &self.difference.warnings {
            message::warning(ui, warning, "");
        }
        Card::new("Changes").explains(&[Topic::FasterSlower, Topic::Difference]).subtitle(&subtitle).flush().show(
            ui,
            |ui| {
                if self.is_empty {
                    ui.horizontal(|ui| {
                        ui.add_space(space::M);
                        ui.label(
                            RichText::new("The two runs have nothing in common to compare.").color(t.text.secondary),
                        );
                    });
                } else {
                    self.table.show(ui, "Changes from one run to the other", Some(&mut self.sort));
                }
            },
        );
        let alone = [("Only before", &self.difference.only_before), ("Only after", &self.difference.only_after)];
        let alone = alone.into_iter().filter(|(_, names)| !names.is_empty());
        let mut words: Vec<String> = alone.map(|(when, names)| format!("{when}: {}.", names.join("; "))).collect();
        words.push(RULE.to_owned());
        let text = RichText::new(words.join(" ")).size(size::TEXT_SMALL).color(t.text.muted);
        ui.add(Label::new(text).wrap());
    }
}

fn rows(difference: &RunDifference, before: &Report, after: &Report) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for change in &difference.rows {
        let name = format!("{}, {}", change.name, change.algorithm);
        let times = [("Sign p50", change.sign), ("Verify p50", change.verify)];
        rows.extend(times.into_iter().filter_map(|(what, change)| Some(time_row(&name, what, &change?))));
        let [earlier, later] = change.token.map(|bytes| bytes as f64);
        if earlier != later {
            let bytes = |bytes: f64| format!("{} B", grouped(bytes as u64));
            rows.push(counted_row(&name, "Token", [earlier, later], bytes, "counted"));
        }
    }
    for growth in &after.growth {
        let is_same = |other: &&Growth| other.algorithm == growth.algorithm && other.key == growth.key;
        if let Some(earlier) = before.growth.iter().find(is_same) {
            rows.extend(growth_rows(earlier, growth));
        }
    }
    for rates in &after.throughput {
        let is_same = |other: &&Rates| other.name == rates.name && other.algorithm == rates.algorithm;
        if let Some(earlier) = before.throughput.iter().find(is_same) {
            let name = format!("{}, {}", rates.name, rates.algorithm);
            let rate = |rate: f64| format!("{}/s", grouped(rate.max(0.0).round() as u64));
            let pairs = [
                ("Tokens, one thread", [earlier.one_thread, rates.one_thread]),
                ("Tokens, all cores", [earlier.all_cores, rates.all_cores]),
            ];
            let row = |(what, pair)| counted_row(&name, what, pair, rate, "the spread of a rate is not known");
            rows.extend(pairs.map(row));
        }
    }
    rows
}

/// A row for each payload that both runs have.
fn growth_rows(before: &Growth, after: &Growth) -> Vec<Vec<Cell>> {
    let pairs = after.curve.points.iter().filter_map(|point| {
        let earlier = before.curve.points.iter().find(|other| other.payload == point.payload)?;
        Some((point.payload, TimeChange::of(&earlier.sign, &point.sign)))
    });
    let row = |(payload, change): (usize, TimeChange)| {
        time_row(&after.algorithm, &format!("Sign p50, {} B", grouped(payload as u64)), &change)
    };
    pairs.map(row).collect()
}

fn time_row(name: &str, what: &str, change: &TimeChange) -> Vec<Cell> {
    let time = |ns: u64| Cell::number(ns as f64, format_ns(ns));
    let words = Cell::text(change.describe());
    let is_change = matches!(change.verdict, Verdict::Faster | Verdict::Slower);
    vec![
        Cell::text(name).strong(),
        Cell::text(what),
        time(change.before),
        time(change.after),
        Cell::number(change.percent, percent(change.percent)),
        if is_change { words.strong() } else { words },
    ]
}

fn counted_row(
    name: &str,
    what: &str,
    [before, after]: [f64; 2],
    write: impl Fn(f64) -> String,
    words: &str,
) -> Vec<Cell> {
    let change = if before > 0.0 { Some((after - before) * 100.0 / before) } else { None };
    vec![
        Cell::text(name).strong(),
        Cell::text(what),
        Cell::number(before, write(before)),
        Cell::number(after, write(after)),
        Cell::maybe(change, percent),
        Cell::text(words),
    ]
}

/// "+12.0 %", with a real minus sign.
fn percent(value: f64) -> String {
    let text = format!("{value:+.1} %");
    text.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_in_percent_with_its_sign() {
        assert_eq!([12.04, -3.0, 0.0].map(percent), ["+12.0 %", "−3.0 %", "+0.0 %"]);
        let row = counted_row("a", "Token", [200.0, 150.0], |bytes| format!("{bytes} B"), "counted");
        let texts: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(texts, ["a", "Token", "200 B", "150 B", "−25.0 %", "counted"]);
        let row = counted_row("a", "Rate", [0.0, 5.0], |rate| format!("{rate}"), "");
        assert_eq!(row.get(4).map(|cell| cell.text.as_str()), Some("–"), "nothing is no base for percents");
    }

    #[test]
    fn a_change_within_the_spread_is_not_set_off() {
        let change = |verdict| TimeChange { before: 1_000, after: 1_100, percent: 10.0, verdict };
        let is_strong = |verdict| time_row("a", "Sign p50", &change(verdict)).last().is_some_and(|cell| cell.strong);
        assert!(is_strong(Verdict::Slower) && !is_strong(Verdict::Equal) && !is_strong(Verdict::Unknown));
    }
}
