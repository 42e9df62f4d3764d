//! Histogram, percentile curve and time series of the variants.

use std::sync::Arc;

use eframe::egui::{Rect, RichText, ScrollArea, Ui};

use super::distribution_view::{self as view, Content, View};
use super::states;
use crate::measure::variant::Operation;
use crate::ui::chart::switch::{self, Shows};
use crate::ui::chart::{Look, Plot};
use crate::ui::help::Topic;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::{message, segmented};
use crate::workbench::Workbench;
use crate::workbench::bench::{Bench, Figures};
use crate::workbench::compare::variant::VariantId;

/// So many variants are switched on until the user chooses.
const FIRST_ON: usize = 4;
/// The rows of switches scroll from this height on.
const SWITCHES: f32 = 84.0;
/// Least and greatest height of the chart.
const LEAST: f32 = 200.0;
const MOST: f32 = 460.0;
/// What is drawn is made anew when the width has changed by so much.
const WIDTH_STEP: f32 = 24.0;

/// A variant among the switches: its identifier, or its place where it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Variant(VariantId),
    Place(usize),
}

/// See the module.
#[derive(Default)]
pub(super) struct DistributionPane {
    view: View,
    /// What the user chose; `None` for what fits.
    log: Option<bool>,
    /// What the user switched, and to what.
    variants: Vec<(Whose, bool)>,
    operations: Vec<(Operation, bool)>,
    made: Option<Made>,
}

/// What is drawn, and what it was made from.
struct Made {
    figures: Arc<Figures>,
    on: Vec<(usize, Operation)>,
    view: View,
    log: Option<bool>,
    width: f32,
    content: Content,
}

impl DistributionPane {
    /// Draws the pane; returns the place of the chart.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) -> Option<Rect> {
        let Some(figures) = workbench.bench().figures(Bench::Variants) else {
            let words = "Every variant of the Compare page is signed and verified in turn, so that whatever disturbs \
                         the machine disturbs all of them alike.";
            states::empty(ui, workbench, Bench::Variants, words, commands);
            return None;
        };
        let room = ui.available_height();
        states::scrolled(ui, "distribution", |ui| {
            states::warnings(ui, figures, states::is_outdated(workbench, figures));
            let card = self.chart(ui, figures, room);
            if let Some(made) = &mut self.made {
                Card::new("Figures")
                    .explains(&[Topic::Percentiles, Topic::Samples, Topic::Spread, Topic::FasterSlower, Topic::Drift])
                    .subtitle("of one token")
                    .flush()
                    .show(ui, |ui| {
                        made.content.table.show(ui, "Figures of the series", None);
                    });
            }
            if let Some(untimed) = untimed(figures) {
                ui.label(RichText::new(untimed).size(size::TEXT_SMALL).color(tokens(ui).text.secondary));
            }
            let traces = figures.traces.iter().flatten();
            let samples = traces.map(|trace| trace.summary.count).filter(|count| *count > 0).min();
            states::conditions(ui, &figures.report, samples);
            card
        })
    }

    fn chart(&mut self, ui: &mut Ui, figures: &Arc<Figures>, room: f32) -> Option<Rect> {
        let mut chosen = (self.view, self.log);
        let far_apart = self.made.as_ref().is_some_and(|made| made.content.x.is_log() || made.content.y.is_log());
        let card = Card::new("Times of one token")
            .explains(&[
                Topic::SignTime,
                Topic::VerifyTime,
                Topic::KeySetUp,
                Topic::Percentiles,
                Topic::Samples,
                Topic::Noise,
            ])
            .actions(|ui| {
                let views = [
                    (View::Histogram, "Histogram".to_owned()),
                    (View::Percentiles, "Percentiles".to_owned()),
                    (View::OverTime, "Over time".to_owned()),
                ];
                if let Some(view) = segmented::choose(ui, "Chart", Some(&chosen.0), &views) {
                    chosen.0 = view;
                }
                let scales = [(false, "Linear".to_owned()), (true, "Log".to_owned())];
                if let Some(log) = segmented::choose(ui, "Time axis", Some(&chosen.1.unwrap_or(far_apart)), &scales) {
                    chosen.1 = Some(log);
                }
            });
        let card = card.show(ui, |ui| {
            self.switches(ui, figures);
            self.make(ui, figures);
            let Some(made) = &self.made else { return };
            if made.content.series.is_empty() {
                message::remark(ui, "No series is switched on.");
                return;
            }
            let height = (room * 0.5).clamp(LEAST, MOST);
            let Content { x, y, series, marks, words, drift, outside, .. } = &made.content;
            let plot = Plot::new(words, x, y, series).marks(marks).height(height);
            if made.view == View::Histogram {
                plot.unlabelled().show(ui)
            } else {
                plot.show(ui)
            };
            if let Some(drift) = drift {
                message::warning(ui, drift, "");
            }
            if let Some(outside) = outside {
                ui.label(RichText::new(outside).size(size::TEXT_SMALL).color(tokens(ui).text.muted));
            }
        });
        (self.view, self.log) = chosen;
        Some(card.response.rect)
    }

    fn switches(&mut self, ui: &mut Ui, figures: &Figures) {
        ui.spacing_mut().item_spacing.y = space::XS;
        ScrollArea::vertical().id_salt("switches").max_height(SWITCHES).auto_shrink([false, true]).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = eframe::egui::vec2(space::S, space::S);
                if figures.report.variants.len() > 1 {
                    for (index, row) in figures.report.variants.iter().enumerate() {
                        let on = self.is_variant_on(figures, index);
                        if switch::show(ui, &row.name, on, Shows::Sign(Look::nth(index))).clicked() {
                            set(&mut self.variants, whose(figures, index), !on);
                        }
                    }
                    ui.end_row();
                }
                for operation in Operation::ALL {
                    let on = self.is_operation_on(operation);
                    let variants = figures.report.variants.len();
                    let look = view::look(variants, 0, operation);
                    let shows = if variants == 1 { Shows::Both(look) } else { Shows::Line(look) };
                    if switch::show(ui, operation.label(), on, shows).clicked() {
                        set(&mut self.operations, operation, !on);
                    }
                }
            });
        });
    }

    fn is_variant_on(&self, figures: &Figures, index: usize) -> bool {
        let whose = whose(figures, index);
        figures.report.variants.len() == 1 || get(&self.variants, &whose).unwrap_or(index < FIRST_ON)
    }

    fn is_operation_on(&self, operation: Operation) -> bool {
        get(&self.operations, &operation).unwrap_or(operation == Operation::Sign)
    }

    /// Makes what is drawn, unless it is there already.
    fn make(&mut self, ui: &Ui, figures: &Arc<Figures>) {
        let variants = (0..figures.report.variants.len()).filter(|index| self.is_variant_on(figures, *index));
        let operations = || Operation::ALL.into_iter().filter(|operation| self.is_operation_on(*operation));
        let on: Vec<(usize, Operation)> =
            variants.flat_map(|index| operations().map(move |operation| (index, operation))).collect();
        let width = ui.available_width();
        let is_made = self.made.as_ref().is_some_and(|made| {
            Arc::ptr_eq(&made.figures, figures)
                && made.on == on
                && made.view == self.view
                && made.log == self.log
                && (made.width - width).abs() < WIDTH_STEP
        });
        if !is_made {
            let shown = view::shown(figures, |index, operation| on.contains(&(index, operation)));
            let content = view::content(&shown, self.view, self.log, width);
            let figures = Arc::clone(figures);
            self.made = Some(Made { figures, on, view: self.view, log: self.log, width, content });
        }
    }
}

/// Which variants were not wholly timed, and why.
fn untimed(figures: &Figures) -> Option<String> {
    let rows = figures.report.variants.iter();
    let told: Vec<String> = rows.filter_map(|row| Some(format!("{} ({})", row.name, row.untimed.as_ref()?))).collect();
    (!told.is_empty()).then(|| format!("Not wholly timed: {}.", told.join(", ")))
}

fn whose(figures: &Figures, index: usize) -> Whose {
    figures.ids.get(index).copied().flatten().map_or(Whose::Place(index), Whose::Variant)
}

fn get<T: PartialEq>(switched: &[(T, bool)], what: &T) -> Option<bool> {
    switched.iter().find(|(known, _)| known == what).map(|(_, on)| *on)
}

fn set<T: PartialEq>(switched: &mut Vec<(T, bool)>, what: T, on: bool) {
    switched.retain(|(known, _)| *known != what);
    switched.push((what, on));
}
