//! Tokens in a second: one thread, all cores, and the raw primitive.

use std::sync::Arc;

use eframe::egui::{Label, Rect, RichText, Ui};

use super::states;
use crate::jose::text::grouped;
use crate::measure::report::{Rates, Report};
use crate::ui::chart::Look;
use crate::ui::chart::bars::{self, Bar, Fill, Group};
use crate::ui::help::Topic;
use crate::ui::request::CommandQueue;
use crate::ui::table::{Cell, Sort, Table, columns};
use crate::ui::theme::{size, tokens};
use crate::ui::widgets::card::Card;
use crate::workbench::Workbench;
use crate::workbench::bench::{Bench, Figures};

/// See the module.
#[derive(Default)]
pub(super) struct ThroughputPane {
    sort: Sort,
    made: Option<Made>,
}

struct Made {
    figures: Arc<Figures>,
    groups: Vec<Group>,
    words: String,
    limit: String,
    table: Table,
}

impl ThroughputPane {
    /// Draws the pane; returns the place of the chart.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) -> Option<Rect> {
        let Some(figures) = workbench.bench().figures(Bench::Throughput) else {
            let words = "How many tokens one thread and all cores mint in a second, and how many signatures the \
                         machine could make at most.";
            states::empty(ui, workbench, Bench::Throughput, words, commands);
            return None;
        };
        if !self.made.as_ref().is_some_and(|made| Arc::ptr_eq(&made.figures, figures)) {
            self.made = Some(Made::new(figures));
        }
        let Self { sort, made: Some(made) } = self else { return None };
        states::scrolled(ui, "throughput", |ui| {
            states::warnings(ui, figures, states::is_outdated(workbench, figures));
            let card = Card::new("In a second")
                .explains(&[Topic::TokensPerSecond])
                .subtitle("full: whole tokens; hatched: signatures alone")
                .show(ui, |ui| {
                    bars::show(ui, &made.words, &made.groups);
                    let limit = RichText::new(&made.limit).size(size::TEXT_SMALL).color(tokens(ui).text.secondary);
                    ui.add(Label::new(limit).wrap());
                });
            Card::new("Figures").explains(&[Topic::TokensPerSecond]).subtitle("in a second").flush().show(ui, |ui| {
                made.table.show(ui, "Throughput of the variants", Some(sort));
            });
            states::conditions(ui, &figures.report, None);
            Some(card.response.rect)
        })
    }
}

impl Made {
    fn new(figures: &Arc<Figures>) -> Self {
        let report = &figures.report;
        let words: Vec<String> = report.throughput.iter().map(words).collect();
        Self {
            figures: Arc::clone(figures),
            groups: report.throughput.iter().enumerate().map(|(index, rates)| group(index, rates, report)).collect(),
            words: format!("Tokens in a second. {}", words.join(" ")),
            limit: limit(report),
            table: table(report),
        }
    }
}

fn rate(value: f64) -> String {
    grouped(value.max(0.0).round() as u64)
}

fn words(rates: &Rates) -> String {
    format!("{}: {} on one thread, {} on all cores.", rates.name, rate(rates.one_thread), rate(rates.all_cores))
}

/// "1.9 times of one thread on 2 cores".
fn scaling(rates: &Rates, cores: usize) -> Option<String> {
    let plural = if cores == 1 { "core" } else { "cores" };
    (rates.one_thread > 0.0)
        .then(|| format!("{:.1} times of one thread on {cores} {plural}", rates.all_cores / rates.one_thread))
}

fn group(index: usize, rates: &Rates, report: &Report) -> Group {
    let bar = |name: &str, value: f64, fill| Bar { name: name.to_owned(), value, text: rate(value), fill };
    Group {
        name: format!("{}, {}", rates.name, rates.algorithm),
        remark: scaling(rates, report.machine.cores).unwrap_or_default(),
        look: Look::nth(index),
        bars: vec![
            bar("Tokens, one thread", rates.one_thread, Fill::Plain),
            bar("Tokens, all cores", rates.all_cores, Fill::Plain),
            bar("Signatures alone, one thread", rates.raw_one_thread, Fill::Hatched),
            bar("Signatures alone, all cores", rates.raw_all_cores, Fill::Hatched),
        ],
    }
}

fn limit(report: &Report) -> String {
    let share = |rates: &Rates| (rates.raw_all_cores > 0.0).then(|| rates.all_cores * 100.0 / rates.raw_all_cores);
    let example = report.throughput.iter().find_map(|rates| Some((rates, share(rates)?)));
    let limit = "The limit of the machine is what all cores sign when they do nothing else: no base64url, no text.";
    example.map_or_else(
        || limit.to_owned(),
        |(rates, share)| format!("{limit} {} reaches {:.0} % of it.", rates.name, share.min(100.0)),
    )
}

fn table(report: &Report) -> Table {
    let columns = columns(&[
        ("Variant", false),
        ("Algorithm", false),
        ("One thread", true),
        ("All cores", true),
        ("Scaling", true),
        ("Signature alone", true),
        ("on all cores", true),
    ]);
    let row = |(index, rates): (usize, &Rates)| {
        let number = |value: f64| Cell::number(value, rate(value));
        let mut name = Cell::text(&rates.name).strong();
        name.look = Some(Look::nth(index));
        let scaling = (rates.one_thread > 0.0).then(|| rates.all_cores / rates.one_thread);
        vec![
            name,
            Cell::text(&rates.algorithm),
            number(rates.one_thread),
            number(rates.all_cores),
            Cell::maybe(scaling, |factor| format!("{factor:.1} ×")),
            number(rates.raw_one_thread),
            number(rates.raw_all_cores),
        ]
    };
    Table::new(columns, report.throughput.iter().enumerate().map(row).collect())
}
