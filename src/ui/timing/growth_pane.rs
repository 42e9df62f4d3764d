//! Time against the size of the payload.

use std::sync::Arc;

use eframe::egui::{Rect, RichText, Ui, vec2};

use super::growth_view::{self as view, Content};
use super::states;
use crate::jose::jwa::Algorithm;
use crate::ui::chart::Plot;
use crate::ui::chart::switch::{self, Shows};
use crate::ui::help::Topic;
use crate::ui::request::CommandQueue;
use crate::ui::table::Sort;
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::message;
use crate::workbench::Workbench;
use crate::workbench::bench::{Bench, Figures};
use crate::workbench::command::{BenchCommand, Command};

/// Least and greatest height of the chart.
const LEAST: f32 = 220.0;
const MOST: f32 = 480.0;

/// See the module.
#[derive(Default)]
pub(super) struct GrowthPane {
    sort: Sort,
    made: Option<(Arc<Figures>, Content)>,
}

impl GrowthPane {
    /// Draws the pane; returns the place of the chart.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) -> Option<Rect> {
        let Some(figures) = workbench.bench().figures(Bench::Growth) else {
            switches(ui, workbench, commands);
            let words = "How the time to mint grows from a payload of 64 bytes to 1 MiB: what every token costs, what \
                         every byte, and from where on the bytes cost more.";
            states::empty(ui, workbench, Bench::Growth, words, commands);
            return None;
        };
        if !self.made.as_ref().is_some_and(|(made, _)| Arc::ptr_eq(made, figures)) {
            self.made = Some((Arc::clone(figures), view::content(&figures.report.growth)));
        }
        let Self { sort, made: Some((_, content)) } = self else { return None };
        let room = ui.available_height();
        states::scrolled(ui, "growth", |ui| {
            if workbench.bench().running().is_none() && is_other_choice(workbench, figures) {
                let text = "These figures are of another choice of algorithms";
                message::warning(ui, text, "Measure again to have those that are switched on.");
            }
            let card = Card::new("Time against the payload").explains(&[Topic::Growth, Topic::SignTime]).subtitle("both axes logarithmic").show(ui, |ui| {
                switches(ui, workbench, commands);
                let Content { words, x, y, series, marks, .. } = &*content;
                Plot::new(words, x, y, series).marks(marks).height((room * 0.56).clamp(LEAST, MOST)).show(ui);
                let key = "Signs: the median of minting; strokes: from the shortest to p95. Dotted: the fitted line. \
                           Dashed: the signature alone.";
                ui.label(RichText::new(key).size(size::TEXT_SMALL).color(tokens(ui).text.muted));
            });
            Card::new("Fitted lines")
                .explains(&[Topic::Growth])
                .subtitle("fixed cost and a cost for each byte")
                .flush()
                .show(ui, |ui| {
                    content.table.show(ui, "Growth of the algorithms", Some(sort));
                });
            let counts = figures.report.growth.iter().flat_map(|growth| &growth.curve.points);
            states::conditions(ui, &figures.report, counts.map(|point| point.sign.count).min());
            Some(card.response.rect)
        })
    }
}

/// Whether other algorithms are switched on than those that were measured.
fn is_other_choice(workbench: &Workbench, figures: &Figures) -> bool {
    let chosen = workbench.bench().growth();
    let measured = &figures.report.growth;
    !chosen.is_empty()
        && (chosen.len() != measured.len()
            || measured.iter().any(|growth| !chosen.iter().any(|algorithm| algorithm.name() == growth.algorithm)))
}

/// A switch for every algorithm; the last one that is on stays on.
fn switches(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let chosen = workbench.bench().growth();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::S);
        let mut family = None;
        for algorithm in Algorithm::ALL {
            if family.is_some_and(|family| family != algorithm.family()) {
                ui.add_space(space::S);
            }
            family = Some(algorithm.family());
            let on = chosen.contains(&algorithm);
            let shows = Shows::Sign(view::look(algorithm));
            if switch::show(ui, algorithm.name(), on, shows).clicked() {
                let is_on = |other: &Algorithm| if *other == algorithm { !on } else { chosen.contains(other) };
                let wanted: Vec<Algorithm> = Algorithm::ALL.into_iter().filter(is_on).collect();
                if !wanted.is_empty() {
                    commands.push(Command::Bench(BenchCommand::SetGrowth(wanted)));
                }
            }
        }
    });
}
