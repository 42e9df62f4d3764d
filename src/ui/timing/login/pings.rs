//! What others feel: the response time of `/ping` over time, one line for each pattern.

use std::sync::Arc;

use eframe::egui::{Rect, RichText, Ui, vec2};

use super::words::look;
use crate::measure::login::report::{LoginReport, LoginTrace};
use crate::ui::chart::switch::{self, Shows};
use crate::ui::chart::{Axis, Plot, Scale, Series, Unit};
use crate::ui::figures::ms;
use crate::ui::help::Topic;
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::message;
use crate::workbench::bench::Figures;

/// With less room than this the switches stand below the title.
const WIDE: f32 = 1_000.0;
/// Height of the chart.
const HEIGHT: f32 = 158.0;

/// View state of the chart.
#[derive(Default)]
pub(super) struct Pings {
    /// The rows that are switched off.
    off: Vec<usize>,
    made: Option<Made>,
}

struct Made {
    figures: Arc<Figures>,
    off: Vec<usize>,
    series: Vec<Series>,
    x: Axis,
    y: Axis,
    words: String,
}

impl Pings {
    /// Draws the chart; returns its place.
    pub(super) fn ui(&mut self, ui: &mut Ui, figures: &Arc<Figures>, report: &LoginReport) -> Rect {
        let wide = ui.available_width() >= WIDE;
        let mut toggled = None;
        let off = &self.off;
        let card = Card::new("What others feel: latency of /ping").explains(&[Topic::Ping]).actions(|ui| {
            if wide {
                for (row, name) in report.rows.iter().map(|row| &row.name).enumerate() {
                    toggled = toggled.or(toggle(ui, report, row, name, off));
                }
            }
            ui.label(RichText::new("logarithmic").size(size::TEXT).color(tokens(ui).text.muted));
        });
        let made = &mut self.made;
        let shown = card.show(ui, |ui| {
            let mut below = None;
            if !wide {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = vec2(space::S, space::S);
                    for (row, name) in report.rows.iter().map(|row| &row.name).enumerate() {
                        below = below.or(toggle(ui, report, row, name, off));
                    }
                });
            }
            if !made.as_ref().is_some_and(|made| Arc::ptr_eq(&made.figures, figures) && made.off == *off) {
                *made = figures.login.as_ref().map(|trace| Made::new(figures, report, trace, off));
            }
            match made {
                Some(made) if made.series.iter().any(|series| !series.points.is_empty()) => {
                    let plot = Plot::new(&made.words, &made.x, &made.y, &made.series).unlabelled();
                    plot.height(HEIGHT).show(ui);
                }
                _ => {
                    let words = if report.rows.iter().all(|row| row.ping.is_none()) {
                        "The first pings are on their way."
                    } else {
                        "No line is switched on."
                    };
                    ui.allocate_ui(vec2(ui.available_width(), HEIGHT), |ui| {
                        ui.set_min_height(HEIGHT);
                        message::remark(ui, words);
                    });
                }
            }
            below
        });
        if let Some(row) = toggled.or(shown.inner) {
            match self.off.iter().position(|off| *off == row) {
                Some(place) => {
                    self.off.remove(place);
                }
                None => self.off.push(row),
            }
        }
        shown.response.rect
    }
}

fn toggle(ui: &mut Ui, report: &LoginReport, row: usize, name: &str, off: &[usize]) -> Option<usize> {
    let look = look(report.rows.get(row).and_then(|row| row.pattern), row);
    let spoken = format!("Show the pings of {name}");
    switch::show_named(ui, name, &spoken, !off.contains(&row), Shows::Both(look)).clicked().then_some(row)
}

impl Made {
    fn new(figures: &Arc<Figures>, report: &LoginReport, trace: &LoginTrace, off: &[usize]) -> Self {
        let on = || trace.pings.iter().zip(&report.rows).enumerate().filter(|(row, _)| !off.contains(row));
        let series: Vec<Series> = on()
            .map(|(place, (points, row))| {
                let points = points.iter().map(|point| (point.at, (point.longest_ns as f64).max(1.0))).collect();
                Series::line(&row.name, look(row.pattern, place), points)
            })
            .collect();
        let points = || series.iter().flat_map(|series| &series.points);
        let end = points().map(|point| point.0).fold(f64::from(report.plan.seconds), f64::max);
        let x = Axis::new("since the pattern began", Unit::Seconds, Scale::Linear { from: 0.0, to: end });
        let y = Axis::new("response time", Unit::Time, Scale::log(points().map(|point| point.1), false));
        let told = on().filter_map(|(_, (_, row))| Some(format!("{}: p99 {}.", row.name, ms(row.ping?.p99_ns))));
        let told: Vec<String> = told.collect();
        let words = format!("Response time of /ping while others log in. {}", told.join(" "));
        Self { figures: Arc::clone(figures), off: off.to_vec(), series, x, y, words }
    }
}
