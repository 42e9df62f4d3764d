//! Every algorithm on the same claims.

use std::sync::Arc;

use eframe::egui::{Rect, ScrollArea, Ui};

use super::growth_view::look;
use super::states;
use super::table::{Cell, Sort, Table, columns};
use crate::measure::histogram::{Summary, format_ns};
use crate::ui::chart::unit::grouped;
use crate::ui::request::CommandQueue;
use crate::ui::theme::space;
use crate::ui::widgets::card::Card;
use crate::workbench::Workbench;
use crate::workbench::bench::{Bench, Figures};

/// See the module.
#[derive(Default)]
pub(super) struct AlgorithmsPane {
    sort: Sort,
    made: Option<(Arc<Figures>, Table)>,
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
        if !self.made.as_ref().is_some_and(|(made, _)| Arc::ptr_eq(made, figures)) {
            self.made = Some((Arc::clone(figures), table(figures)));
        }
        let Self { sort, made: Some((_, table)) } = self else { return None };
        let whose = workbench.comparison().selected().map(|variant| format!("on the claims of {}", variant.name));
        ScrollArea::vertical()
            .id_salt("algorithms")
            .auto_shrink(false)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::M;
                states::warnings(ui, figures, states::is_outdated(workbench, figures));
                let card = Card::new("All algorithms").subtitle(whose.as_deref().unwrap_or_default()).flush();
                let card = card.show(ui, |ui| table.show(ui, "All algorithms", Some(sort)));
                let counts = figures.report.variants.iter().filter_map(|row| Some(row.times.sign.as_ref()?.count));
                states::conditions(ui, &figures.report, counts.min());
                Some(card.response.rect)
            })
            .inner
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
