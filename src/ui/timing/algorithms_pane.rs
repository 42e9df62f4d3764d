//! Every algorithm on the same claims.

use std::sync::Arc;

use eframe::egui::{Rect, Ui, vec2};

use super::growth_view::look;
use super::states;
use crate::jose::jwa::Algorithm;
use crate::jose::text::grouped;
use crate::measure::histogram::{Summary, format_ns};
use crate::measure::ladder::Rung;
use crate::measure::report::{Row, Times};
use crate::ui::help::Topic;
use crate::ui::request::CommandQueue;
use crate::ui::table::{Cell, Sort, Table, columns};
use crate::ui::theme::space;
use crate::ui::widgets::card::Card;
use crate::ui::widgets::ladder::{self, Step};
use crate::ui::widgets::segmented;
use crate::workbench::Workbench;
use crate::workbench::bench::{Bench, Figures};

/// From this width on table and chart stand side by side, in points.
const SIDE_BY_SIDE: f32 = 1_080.0;
/// The share of the table.
const TABLE_SHARE: f32 = 0.57;

/// See the module.
#[derive(Default)]
pub(super) struct AlgorithmsPane {
    sort: Sort,
    operation: Shown,
    made: Option<Made>,
}

/// What the chart shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    /// Minting.
    #[default]
    Sign,
    /// Checking.
    Verify,
}

/// What is drawn, and the figures it was made from.
struct Made {
    figures: Arc<Figures>,
    table: Table,
    sign: Vec<Step>,
    verify: Vec<Step>,
}

impl AlgorithmsPane {
    /// Draws the pane; returns the place of the chart.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) -> Option<Rect> {
        let Some(figures) = workbench.bench().figures(Bench::Ladder) else {
            let words = "Every algorithm signs the claims of the selected variant with a key of its own, RSA with 2048 \
                         and with 4096 bits: how long the tokens get and how long they take.";
            states::empty(ui, workbench, Bench::Ladder, words, commands);
            return None;
        };
        let current = workbench.comparison().selected().and_then(|variant| variant.facts.as_ref().ok()?.algorithm);
        if !self.made.as_ref().is_some_and(|made| Arc::ptr_eq(&made.figures, figures)) {
            self.made = Some(Made::new(figures, current));
        }
        let Self { sort, operation, made: Some(made) } = self else { return None };
        let whose = workbench.comparison().selected().map(|variant| format!("on the claims of {}", variant.name));
        let whose = whose.unwrap_or_default();
        states::scrolled(ui, "algorithms", |ui| {
            states::warnings(ui, figures, states::is_outdated(workbench, figures));
            let width = ui.available_width();
            let counts = figures.report.variants.iter().filter_map(|row| Some(row.times.sign.as_ref()?.count));
            let mut card = Rect::NOTHING;
            if width >= SIDE_BY_SIDE {
                ui.horizontal_top(|ui| {
                    let left = ((width - space::M) * TABLE_SHARE).round();
                    ui.allocate_ui(vec2(left, 0.0), |ui| made.table(ui, &whose, sort));
                    card = made.chart(ui, operation);
                });
            } else {
                made.table(ui, &whose, sort);
                card = made.chart(ui, operation);
            }
            states::conditions(ui, &figures.report, counts.min());
            Some(card)
        })
    }
}

impl Made {
    fn new(figures: &Arc<Figures>, current: Option<Algorithm>) -> Self {
        let steps = |of: fn(&Times) -> &Option<Summary>| {
            let rows = figures.report.variants.iter().zip(&figures.rungs);
            rows.map(|(row, rung)| step(row, *rung, of(&row.times), current)).collect()
        };
        Self {
            figures: Arc::clone(figures),
            table: table(figures),
            sign: steps(|times| &times.sign),
            verify: steps(|times| &times.verify),
        }
    }

    fn table(&mut self, ui: &mut Ui, whose: &str, sort: &mut Sort) {
        let card = Card::new("All algorithms")
            .explains(&[Topic::Ladder, Topic::SignTime, Topic::VerifyTime, Topic::Percentiles])
            .subtitle(whose)
            .flush();
        card.show(ui, |ui| self.table.show(ui, "All algorithms", Some(sort)));
    }

    /// Draws the chart; returns its place.
    fn chart(&self, ui: &mut Ui, operation: &mut Shown) -> Rect {
        let mut shown = *operation;
        let card = Card::new("Time of one token")
            .explains(&[Topic::Ladder, Topic::Percentiles])
            .subtitle("p50, logarithmic")
            .flush()
            .actions(|ui| {
                let choices = [(Shown::Sign, "Sign".to_owned()), (Shown::Verify, "Verify".to_owned())];
                if let Some(chosen) = segmented::choose(ui, "What is shown", Some(&shown), &choices) {
                    shown = chosen;
                }
            });
        let (words, steps) = match *operation {
            Shown::Sign => ("sign p50", &self.sign),
            Shown::Verify => ("verify p50", &self.verify),
        };
        let name = format!("Algorithms by their time, {words}");
        let rect = card.show(ui, |ui| ladder::show(ui, &name, words, steps)).response.rect;
        *operation = shown;
        rect
    }
}

fn step(row: &Row, rung: Rung, summary: &Option<Summary>, current: Option<Algorithm>) -> Step {
    let p50 = summary.as_ref().map(|summary| summary.p50);
    let time = p50.map_or_else(|| "not timed".to_owned(), |ns| format!("p50 {}", format_ns(ns)));
    let (signature, token) = (row.bytes.signature, row.bytes.token);
    Step {
        label: rung.label(),
        signature,
        token,
        p50,
        current: current == Some(rung.algorithm),
        words: format!("{}: {time}, signature {signature} B, token {} B", rung.label(), grouped(token as u64)),
    }
}

fn table(figures: &Figures) -> Table {
    let columns = columns(&[
        ("Algorithm", false),
        ("Signature", true),
        ("Token", true),
        ("Sign p50", true),
        ("p95", true),
        ("Verify p50", true),
        ("p95", true),
        ("Tokens/s", true),
    ]);
    let rows = figures.report.variants.iter().zip(&figures.rungs).map(|(row, rung)| {
        let bytes = |bytes: usize| Cell::number(bytes as f64, format!("{} B", grouped(bytes as u64)));
        let time = |summary: &Option<Summary>, of: fn(&Summary) -> u64| {
            Cell::maybe(summary.as_ref().map(|summary| of(summary) as f64), |ns| format_ns(ns as u64))
        };
        let mut name = Cell::text(rung.label()).strong();
        name.look = Some(look(rung.algorithm));
        vec![
            name,
            bytes(row.bytes.signature),
            bytes(row.bytes.token),
            time(&row.times.sign, |summary| summary.p50),
            time(&row.times.sign, |summary| summary.p95),
            time(&row.times.verify, |summary| summary.p50),
            time(&row.times.verify, |summary| summary.p95),
            Cell::maybe(row.times.tokens_per_second, |rate| grouped(rate.round() as u64)),
        ]
    });
    Table::new(columns, rows.collect())
}
