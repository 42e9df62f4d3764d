//! The values under the pointer.

use eframe::egui::{Grid, RichText, Stroke, Ui};

use super::axis::Axis;
use super::ink;
use super::plot::Place;
use super::series::{Series, Shape};
use super::switch;
use crate::ui::theme::{fonts, size, space, tokens};

/// More series than this are not listed.
const MOST: usize = 12;

/// A line through the pointer, and a sign on each series beside it.
pub(super) fn crosshair(ui: &Ui, place: &Place<'_>, series: &[Series], x: f64, at: f32) {
    let stroke = Stroke::new(1.0, tokens(ui).text.muted);
    ui.painter().vline(at, place.inner.y_range(), stroke);
    for series in series.iter().filter(|series| !series.quiet && series.shape != Shape::Steps) {
        if let Some(point) = series.at(x) {
            let clipped = ui.painter().with_clip_rect(place.inner.expand(3.0));
            ink::marker(&clipped, place.point(point), series.look.marker, series.look.ink(ui));
        }
    }
}

/// The value of every series at `x`.
pub(super) fn values(ui: &mut Ui, x_axis: &Axis, y_axis: &Axis, series: &[Series], x: f64) {
    let t = tokens(ui);
    let shown: Vec<(&Series, (f64, f64))> = series
        .iter()
        .filter(|series| !series.quiet)
        .filter_map(|series| Some((series, series.at(x)?)))
        .take(MOST)
        .collect();
    if shown.is_empty() {
        // Between two histograms there is nothing but the place itself.
        ui.label(RichText::new(x_axis.unit.read(x)).font(fonts::semibold(size::TEXT_SMALL)));
        return;
    }
    let at = shown.first().filter(|_| shown.len() == 1).map_or(x, |(_, point)| point.0);
    let heading = format!("{}: {}", x_axis.title, x_axis.unit.read(at));
    ui.label(RichText::new(heading).font(fonts::semibold(size::TEXT_SMALL)));
    Grid::new("values").num_columns(3).spacing([space::S, 2.0]).show(ui, |ui| {
        for (series, (at, value)) in shown {
            switch::sample(ui, series.look, series.shape != Shape::Marked);
            ui.label(RichText::new(&series.name).size(size::TEXT_SMALL).color(t.text.secondary));
            let mut text = y_axis.unit.read(value);
            if let Some((_, low, high)) = series.spreads.iter().find(|(x, ..)| *x == at) {
                text.push_str(&format!(" ({} to {})", y_axis.unit.read(*low), y_axis.unit.read(*high)));
            }
            ui.label(RichText::new(text).font(fonts::semibold(size::TEXT_SMALL)));
            ui.end_row();
        }
    });
}
