//! Signing and verifying of every variant with their spread, side by side.

use std::sync::Arc;

use eframe::egui::{
    Align2, CornerRadius, Painter, Rangef, Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::figure;
use super::lines::row;
use crate::jose::text::visible;
use crate::measure::histogram::{Summary, format_ns};
use crate::measure::report::{Ratio, Row};
use crate::ui::action::Action;
use crate::ui::chart::switch::{self, Shows};
use crate::ui::chart::{Look, Marker, Scale, Unit};
use crate::ui::help::Topic;
use crate::ui::request::{CommandQueue, Request};
use crate::ui::theme::{fonts, icon, size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::cut::cut;
use crate::ui::widgets::sign::sign;
use crate::ui::widgets::{button, message, segmented};
use crate::workbench::Workbench;
use crate::workbench::bench::{Bench, Figures};
use crate::workbench::compare::variant::Variant;

/// Height of the lane of signing or verifying, in points.
const LANE: f32 = 20.0;
/// Above and below the lanes of a variant, in points.
const AROUND: f32 = 6.0;
/// Height of the axis, in points.
const AXIS: f32 = 26.0;
/// Width of the names, in points.
const NAMES: f32 = 180.0;
/// Width of the figures at the right, in points.
const FIGURES: f32 = 470.0;
/// The same where there is little room.
const FEW_FIGURES: f32 = 176.0;
/// Below this width there is little room, in points.
const WIDE: f32 = 1_000.0;
/// Height of the bar, in points.
const BAR: f32 = 8.0;

/// One lane: an operation of a variant.
struct Lane {
    sign: bool,
    summary: Summary,
    /// The figures beside it.
    words: String,
    few: String,
    /// All of it, on hover and read out.
    told: String,
}

/// A variant with its lanes.
struct Entry {
    name: String,
    current: bool,
    /// How it compares with the baseline, or why there is nothing to see.
    words: String,
    lanes: Vec<Lane>,
}

/// View state of the pane.
pub(super) struct TimesPane {
    made: Option<(u64, Arc<Figures>)>,
    entries: Vec<Entry>,
    /// Whether signing and verifying are shown.
    shown: [bool; 2],
    linear: bool,
}

impl Default for TimesPane {
    fn default() -> Self {
        Self { made: None, entries: Vec::new(), shown: [true, true], linear: false }
    }
}

/// How signing and verifying look: a filled sign and a hollow one besides their colours.
const LOOKS: [Look; 2] = [
    Look { colour: 0, dash: crate::ui::chart::Dash::Solid, marker: Marker::Circle },
    Look { colour: 1, dash: crate::ui::chart::Dash::Dashed, marker: Marker::Diamond },
];

impl TimesPane {
    /// Draws the pane.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        let height = ui.available_height();
        let Some(figures) = workbench.bench().figures(Bench::Variants) else {
            Card::new("Times")
                .explains(&[Topic::Percentiles, Topic::Spread, Topic::Samples, Topic::FasterSlower])
                .height(height)
                .show(ui, |ui| unmeasured(ui, workbench, commands));
            return;
        };
        self.refresh(workbench, figures);
        let whole = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
        let (mut shown, mut linear) = (self.shown, self.linear);
        let card = Card::new("Times")
            .explains(&[Topic::Percentiles, Topic::Spread, Topic::Samples, Topic::FasterSlower])
            .subtitle("line: fastest to p99; bar: median ± MAD")
            .height(height);
        let card = card.flush().actions(|ui| {
            for (place, name) in [(0, "Sign"), (1, "Verify")] {
                let (Some(on), Some(look)) = (shown.get_mut(place), LOOKS.get(place)) else { continue };
                if switch::show(ui, name, *on, Shows::Sign(*look)).clicked() {
                    *on = !*on;
                }
            }
            let scales = [(false, "Log".to_owned()), (true, "Linear".to_owned())];
            linear = segmented::choose(ui, "Scale of the axis", Some(&linear), &scales).unwrap_or(linear);
            if button::normal(ui, "Picture…").on_hover_text("Export this chart as a picture").clicked() {
                commands.push(Request::ExportPicture(whole));
            }
        });
        card.show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            if figures.report.noisy {
                noise(ui);
            }
            self.chart(ui);
        });
        (self.shown, self.linear) = (shown, linear);
    }

    fn refresh(&mut self, workbench: &Workbench, figures: &Arc<Figures>) {
        let revision = workbench.comparison().revision();
        if self.made.as_ref().is_some_and(|(of, made)| *of == revision && Arc::ptr_eq(made, figures)) {
            return;
        }
        let baseline = workbench.comparison().baseline().map(|variant| variant.id);
        let entry = |variant: &Variant| {
            let name = visible(&variant.name).into_owned();
            match row(figures, variant) {
                Some((row, current)) => entry(name, row, current, Some(variant.id) == baseline),
                None => {
                    let words = if variant.facts.is_ok() { "not measured yet" } else { "there is no token to measure" };
                    Entry { name, current: false, words: words.to_owned(), lanes: Vec::new() }
                }
            }
        };
        self.entries = workbench.comparison().variants().iter().map(entry).collect();
        self.made = Some((revision, Arc::clone(figures)));
    }

    fn lanes<'e>(&'e self, entry: &'e Entry) -> impl Iterator<Item = &'e Lane> {
        entry.lanes.iter().filter(|lane| self.shown.get(usize::from(!lane.sign)) == Some(&true))
    }

    fn scale(&self) -> Scale {
        let lanes = || self.entries.iter().flat_map(|entry| self.lanes(entry)).map(|lane| &lane.summary);
        let ends = lanes().flat_map(|summary| [summary.min as f64, summary.p99 as f64]);
        if self.linear { Scale::from_zero(ends) } else { Scale::log(ends, false) }
    }

    fn chart(&self, ui: &mut Ui) {
        let wide = ui.available_width() >= WIDE;
        let figures = if wide { FIGURES } else { FEW_FIGURES };
        let scale = self.scale();
        let span = |room: Rect| Rangef::new(room.left() + NAMES, room.right() - figures - space::M);
        let axis = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), AXIS));
        ui.allocate_rect(axis, Sense::hover());
        let place = span(axis);
        let ticks = scale.ticks(((place.span() / 80.0) as usize).max(2));
        let t = tokens(ui);
        let x = |value: f64| place.min + scale.place(value).clamp(0.0, 1.0) as f32 * place.span();
        for tick in &ticks {
            let label = Unit::Time.tick(*tick);
            let at = pos2(x(*tick), axis.center().y);
            ui.painter().text(at, Align2::CENTER_CENTER, label, fonts::regular(size::TEXT_SMALL), t.text.muted);
        }
        ui.painter().hline(axis.x_range(), axis.bottom() - 0.5, Stroke::new(1.0, t.surface.line));
        let on = self.shown.iter().filter(|on| **on).count();
        let row = (on.max(1) as f32).mul_add(LANE, 2.0 * AROUND).max(40.0);
        let area = ScrollArea::vertical().id_salt("times").auto_shrink(false);
        area.show_rows(ui, row, self.entries.len(), |ui, range| {
            for entry in self.entries.get(range).unwrap_or_default() {
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), row), Sense::hover());
                for tick in &ticks {
                    ui.painter().vline(x(*tick), rect.y_range(), Stroke::new(1.0, t.surface.line.gamma_multiply(0.6)));
                }
                ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.surface.line));
                self.entry(ui, rect, entry, &x, figures);
            }
        });
    }

    fn entry(&self, ui: &Ui, rect: Rect, entry: &Entry, x: &impl Fn(f64) -> f32, figures: f32) {
        let t = tokens(ui);
        let named = rect.with_max_x(rect.left() + NAMES).shrink2(vec2(space::M, AROUND));
        let (title, below) = named.split_top_bottom_at_fraction(0.5);
        cut(ui, title, &entry.name, fonts::semibold(size::TEXT), t.text.primary);
        cut(ui, below, &entry.words, fonts::regular(size::TEXT_SMALL), t.text.secondary);
        let response = ui.interact(named, ui.scope_id().with(("entry", &entry.name)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{}: {}", entry.name, entry.words)));
        response.on_hover_text(&entry.words);
        let mut top = rect.top() + AROUND;
        for lane in self.lanes(entry) {
            let strip = Rect::from_min_max(pos2(rect.left() + NAMES, top), pos2(rect.right(), top + LANE));
            top += LANE;
            self.lane(ui, strip, lane, entry, x, figures);
        }
    }

    fn lane(&self, ui: &Ui, rect: Rect, lane: &Lane, entry: &Entry, x: &impl Fn(f64) -> f32, figures: f32) {
        let t = tokens(ui);
        let look = LOOKS.get(usize::from(!lane.sign)).copied().unwrap_or_default();
        let ink = if entry.current { look.ink(ui) } else { t.text.muted };
        let middle = rect.center().y;
        let Summary { min, p50, p99, mad, .. } = &lane.summary;
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let ends = Rangef::new(x(*min as f64), x(*p99 as f64));
        painter.hline(ends, middle, Stroke::new(1.5, ink));
        for end in [ends.min, ends.max] {
            painter.vline(end, Rangef::new(middle - 3.0, middle + 3.0), Stroke::new(1.5, ink));
        }
        let bar = Rangef::new(x(p50.saturating_sub(*mad) as f64), x(p50.saturating_add(*mad) as f64));
        let bar = Rect::from_center_size(pos2(bar.center(), middle), vec2(bar.span().max(3.0), BAR));
        painter.rect_filled(bar, CornerRadius::same(2), ink.gamma_multiply(0.45));
        mark(&painter, pos2(x(*p50 as f64), middle), lane.sign, ink);
        let words = rect.with_min_x(rect.right() - figures).with_max_x(rect.right() - space::M);
        let text = if figures >= FIGURES { &lane.words } else { &lane.few };
        let tone = if entry.current { t.text.primary } else { t.text.muted };
        cut(ui, words, text, fonts::regular(size::TEXT_SMALL), tone);
        let response = ui.interact(rect, ui.scope_id().with((&entry.name, lane.sign)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{}: {}", entry.name, lane.told)));
        response.on_hover_text(&lane.told);
    }
}

/// The median: a circle for signing, a square on its corner for verifying.
fn mark(painter: &Painter, at: eframe::egui::Pos2, sign: bool, ink: eframe::egui::Color32) {
    if sign {
        painter.circle_filled(at, 5.0, ink);
        return;
    }
    let corners = [vec2(0.0, -5.5), vec2(5.5, 0.0), vec2(0.0, 5.5), vec2(-5.5, 0.0)].map(|corner| at + corner);
    painter.add(eframe::egui::Shape::convex_polygon(corners.to_vec(), ink, Stroke::NONE));
}

fn entry(name: String, row: &Row, current: bool, is_baseline: bool) -> Entry {
    let ratio = |sign: bool| row.against.as_ref().and_then(|against| if sign { against.sign } else { against.verify });
    let times = [(true, &row.times.sign), (false, &row.times.verify)];
    let lanes =
        times.into_iter().filter_map(|(sign, summary)| Some(lane(sign, summary.as_ref()?, ratio(sign)))).collect();
    let mut words = match (&row.against, &row.untimed) {
        (None, None) if is_baseline => "baseline".to_owned(),
        (None, None) => "the baseline was not measured".to_owned(),
        (Some(against), None) => against.words.clone(),
        (_, Some(why)) => why.clone(),
    };
    if !current {
        words = format!("measured before the last change; {words}");
    }
    Entry { name, current, words, lanes }
}

fn lane(sign: bool, summary: &Summary, ratio: Option<Ratio>) -> Lane {
    let what = if sign { "Sign" } else { "Verify" };
    let Summary { count, min, p50, p95, p99, max, mad, .. } = summary;
    let [min, p50, p95, p99, max, mad] = [min, p50, p95, p99, max, mad].map(|ns| format_ns(*ns));
    let against = ratio.map(|ratio| format!("; {}", ratio.words())).unwrap_or_default();
    let samples = figure::grouped(*count);
    Lane {
        sign,
        summary: summary.clone(),
        words: format!("{what} {p50} ± {mad}, p99 {p99}{against}"),
        few: format!("{what} {p50} ± {mad}"),
        told: format!(
            "{what}: median {p50} ± {mad} (MAD), fastest {min}, p95 {p95}, p99 {p99}, slowest {max}, {samples} samples{against}"
        ),
    }
}

fn noise(ui: &mut Ui) {
    let t = tokens(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.set_min_height(size::ROW_DENSE);
        ui.add_space(space::M);
        sign(ui, icon::WARNING, t.status.warning);
        let words = "The machine was busy: the times scatter widely. Measure again when it is quiet.";
        ui.label(RichText::new(words).size(size::TEXT).color(t.status.warning));
    });
}

fn unmeasured(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    if let Some(problem) = workbench.bench().problem() {
        message::error(ui, &problem.message, &problem.help);
    }
    let words = "Nothing was measured yet. Measuring mints and verifies all variants in turn, so that a busy moment meets all of them alike.";
    message::remark(ui, words);
    ui.add_enabled_ui(Action::MeasureVariants.is_enabled(workbench), |ui| {
        if button::normal(ui, "Measure all variants").clicked() {
            commands.push(Action::MeasureVariants);
        }
    });
}
