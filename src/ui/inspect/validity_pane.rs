//! When the token is valid, painted: its instants, the leeway, and a now that can be moved.

use std::sync::Arc;

use eframe::egui::{
    Align2, Color32, CornerRadius, CursorIcon, EventFilter, FontId, Galley, Key, Pos2, Rect, Response, Role, Sense,
    Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::timeline::{Axis, spread};
use crate::jose::instant::InstantFormat;
use crate::jose::json::Json;
use crate::template::duration;
use crate::ui::help::Topic;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{self, Tokens, fonts, radius, size};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::{focus_ring, message};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, InspectCommand};

/// Height of the chart; from its top to the axis; from there to the labels, in points.
const HEIGHT: f32 = 86.0;
const AXIS: f32 = 36.0;
const LABELS: f32 = 12.0;
/// Height of the bar, in points.
const BAR: f32 = 10.0;
/// Between labels, in points.
const GAP: f32 = 10.0;

/// View state of the chart.
#[derive(Default)]
pub(super) struct ValidityPane {
    /// While now is dragged, the axis must not move under the pointer.
    dragged: Option<Axis>,
}

/// The instants that a token names, in seconds since 1970 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Instants {
    iat: Option<i64>,
    nbf: Option<i64>,
    exp: Option<i64>,
}

impl Instants {
    fn of(claims: &Json) -> Self {
        let instant = |name: &str| {
            let value = claims.root().get(name)?;
            value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64))
        };
        Self { iat: instant("iat"), nbf: instant("nbf"), exp: instant("exp") }
    }

    /// The instants with their names, in order; those of one instant share a label.
    fn labels(self) -> Vec<(i64, String)> {
        let mut named: Vec<(i64, String)> = Vec::new();
        for (name, instant) in [("iat", self.iat), ("nbf", self.nbf), ("exp", self.exp)] {
            let Some(instant) = instant else { continue };
            match named.iter_mut().find(|(at, _)| *at == instant) {
                Some((_, names)) => *names = format!("{names}, {name}"),
                None => named.push((instant, name.to_owned())),
            }
        }
        named.sort_by_key(|(instant, _)| *instant);
        named
    }

    /// From when on it is valid: a token without `nbf` is taken to begin where it was issued.
    fn start(self) -> Option<i64> {
        self.nbf.or(self.iat)
    }

    fn axis(self) -> Option<Axis> {
        let all: Vec<_> = [self.iat, self.nbf, self.exp].into_iter().flatten().collect();
        Axis::of(&all, self.start().is_none(), self.exp.is_none())
    }

    /// What is said beside the title.
    fn words(self, now: i64) -> String {
        match (self.nbf, self.exp) {
            (Some(nbf), Some(exp)) if exp <= nbf => "never valid: it expires before it begins".to_owned(),
            (_, Some(exp)) if exp <= now => format!("expired {}", duration::relative(exp.saturating_sub(now))),
            (Some(nbf), _) if nbf > now => format!("begins {}", duration::relative(nbf.saturating_sub(now))),
            (_, Some(exp)) => format!("expires {}", duration::relative(exp.saturating_sub(now))),
            (_, None) => "never expires".to_owned(),
        }
    }
}

impl ValidityPane {
    /// Draws the card, when there are claims.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, now: i64, commands: &CommandQueue) {
        let inspection = workbench.inspection();
        let Some(claims) = inspection.reading().and_then(|reading| reading.decoded.claims()) else { return };
        let instants = Instants::of(claims);
        let now = inspection.now(now);
        let Some(axis) = self.dragged.or_else(|| instants.axis()) else {
            Card::new("Validity")
                .explains(&[Topic::Lifetime, Topic::Instant, Topic::Leeway])
                .subtitle("without limits")
                .show(ui, |ui| {
                    message::remark(ui, "The token names no instant: neither exp nor nbf nor iat. Nothing ends it.");
                });
            return;
        };
        Card::new("Validity")
            .explains(&[Topic::Lifetime, Topic::Instant, Topic::Leeway])
            .subtitle(&instants.words(now))
            .show(ui, |ui| {
                let held = Held { now, leeway: inspection.against().leeway, clock: workbench.clock() };
                let chart = Chart::new(ui, axis, instants, held);
                chart.paint(ui);
                self.dragged = chart.response.dragged().then_some(axis);
                if let Some(now) = chart.moved(ui) {
                    commands.push(Command::Inspect(InspectCommand::SetNow(Some(now))));
                }
            });
    }
}

/// What the token is held against, and how instants are told.
#[derive(Clone, Copy)]
struct Held {
    now: i64,
    leeway: u64,
    clock: InstantFormat,
}

struct Chart {
    area: Rect,
    response: Response,
    axis: Axis,
    instants: Instants,
    now: i64,
    leeway: u64,
    clock: InstantFormat,
}

impl Chart {
    fn new(ui: &mut Ui, axis: Axis, instants: Instants, Held { now, leeway, clock }: Held) -> Self {
        let (area, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click_and_drag());
        response.widget_info(|| {
            let labels = instants.labels();
            let told: Vec<_> = labels.iter().map(|(at, name)| format!("{name} {}", clock.full(*at))).collect();
            let mut info =
                WidgetInfo::labeled(Role::Slider, true, format!("Now on the time line: {}", told.join(", ")));
            info.value = Some(now as f64);
            info
        });
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_value(clock.full(now));
            node.set_min_numeric_value(axis.instant(0.0) as f64);
            node.set_max_numeric_value(axis.instant(1.0) as f64);
            node.set_numeric_value_step(axis.step() as f64);
        });
        Self { area, response, axis, instants, now, leeway, clock }
    }

    fn x(&self, instant: i64) -> f32 {
        self.area.left() + self.area.width() * self.axis.place(instant)
    }

    /// Where now was moved to: by the pointer, or by the arrow keys.
    fn moved(&self, ui: &Ui) -> Option<i64> {
        if self.response.hovered() || self.response.dragged() {
            ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
        }
        if let Some(pointer) = self.response.interact_pointer_pos() {
            self.response.request_focus();
            return Some(self.axis.instant((pointer.x - self.area.left()) / self.area.width()));
        }
        if !self.response.has_focus() {
            return None;
        }
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(self.response.id, filter));
        let (steps, shift) = ui.input(|input| {
            let pressed = |key| input.num_presses(key) as i64;
            (pressed(Key::ArrowRight) - pressed(Key::ArrowLeft), input.modifiers.shift)
        });
        let step = if shift { self.axis.step().saturating_mul(10) } else { self.axis.step() };
        (steps != 0).then(|| self.now.saturating_add(steps.saturating_mul(step)))
    }

    fn paint(&self, ui: &Ui) {
        let tokens = theme::tokens(ui);
        focus_ring(ui, &self.response, self.area.expand2(vec2(4.0, 0.0)), radius::CONTROL);
        let y = self.area.top() + AXIS;
        self.paint_axis(ui, y, tokens);
        self.paint_bar(ui, y, tokens);
        self.paint_labels(ui, y, tokens);
        self.paint_now(ui, y, tokens);
    }

    /// The line, dashed where time is pressed together.
    fn paint_axis(&self, ui: &Ui, y: f32, tokens: &Tokens) {
        let stroke = Stroke::new(1.5, tokens.surface.line_strong);
        let (from, to) = Axis::linear();
        let at = |share: f32| pos2(self.area.left() + self.area.width() * share, y);
        let painter = ui.painter();
        painter.line_segment([at(from), at(to)], stroke);
        for outer in [[at(from), at(0.0)], [at(to), at(1.0)]] {
            painter.extend(Shape::dashed_line(&outer, stroke, 4.0, 4.0));
        }
    }

    /// When the token is valid, and how much longer with the leeway.
    fn paint_bar(&self, ui: &Ui, y: f32, tokens: &Tokens) {
        let Instants { nbf, exp, .. } = self.instants;
        let painter = ui.painter();
        let start = self.instants.start().map_or(self.area.left(), |start| self.x(start));
        let end = exp.map_or(self.area.right(), |exp| self.x(exp));
        let bar = |from: f32, to: f32, colour: Color32| {
            let rect = Rect::from_x_y_ranges(from..=to, y - BAR / 2.0..=y + BAR / 2.0);
            let edge = Stroke::new(1.0, tokens.status.ok);
            painter.rect(rect, CornerRadius::same(radius::SMALL), colour, edge, StrokeKind::Inside);
        };
        let leeway = i64::try_from(self.leeway).unwrap_or(i64::MAX);
        let later = exp.map_or(end, |exp| self.x(exp.saturating_add(leeway)));
        let earlier = nbf.map_or(start, |nbf| self.x(nbf.saturating_sub(leeway)));
        if leeway > 0 && later >= earlier {
            bar(earlier.min(start), later.max(end), tokens.status.ok_background);
        }
        if end > start {
            bar(start, end, tokens.status.ok);
        }
    }

    /// The names of the instants below the axis, and what time they are.
    fn paint_labels(&self, ui: &Ui, y: f32, tokens: &Tokens) {
        let labels = self.instants.labels();
        let one_day = labels.iter().all(|(at, _)| self.clock.day(*at) == self.clock.day(self.now));
        let small = || fonts::regular(size::TEXT_SMALL);
        let lines: Vec<[Arc<Galley>; 2]> = labels
            .iter()
            .map(|(at, name)| {
                let time = self.clock.plain(*at, !one_day);
                [lay(ui, name, fonts::semibold(size::TEXT_SMALL)), lay(ui, &time, small())]
            })
            .collect();
        let places: Vec<_> = labels
            .iter()
            .zip(&lines)
            .map(|((at, _), lines)| {
                let width = lines.iter().map(|line| line.size().x).fold(0.0, f32::max);
                (self.x(*at) - self.area.left(), width)
            })
            .collect();
        let lefts = spread(&places, GAP, self.area.width());
        let painter = ui.painter();
        for (((at, _), lines), (left, (_, width))) in labels.iter().zip(lines).zip(lefts.iter().zip(&places)) {
            let x = self.x(*at);
            let centre = self.area.left() + left + width / 2.0;
            let tick = Stroke::new(1.0, tokens.text.muted);
            painter.vline(x, y - BAR / 2.0 - 2.0..=y + BAR / 2.0 + 2.0, tick);
            if (centre - x).abs() > 3.0 {
                painter.line_segment([pos2(x, y + BAR / 2.0 + 2.0), pos2(centre, y + LABELS + 2.0)], tick);
            }
            let mut top = y + LABELS;
            for (line, ink) in lines.into_iter().zip([tokens.text.secondary, tokens.text.muted]) {
                let height = line.size().y;
                let place = pos2(centre - line.size().x / 2.0, top);
                painter.galley_with_override_text_color(place, line, ink);
                top += height + 1.0;
            }
        }
    }

    /// The movable line, its label above the axis and out of the way of all others.
    fn paint_now(&self, ui: &Ui, y: f32, tokens: &Tokens) {
        let valid = self.instants.start().is_none_or(|start| start <= self.now)
            && self.instants.exp.is_none_or(|exp| self.now < exp);
        let ink = if valid { tokens.text.primary } else { tokens.status.error };
        let x = self.x(self.now);
        let painter = ui.painter();
        painter.vline(x, self.area.top() + 15.0..=y + BAR, Stroke::new(2.0, ink));
        painter.circle_filled(pos2(x, y), 4.0, ink);
        let one_day = self.instants.labels().iter().all(|(at, _)| self.clock.day(*at) == self.clock.day(self.now));
        let words = format!("now {}", self.clock.plain(self.now, !one_day));
        let label = lay(ui, &words, fonts::semibold(size::TEXT_SMALL));
        let left = (x - label.size().x / 2.0).clamp(self.area.left(), self.area.right() - label.size().x);
        let place: Pos2 = Align2::LEFT_TOP.anchor_size(pos2(left, self.area.top()), label.size()).min;
        painter.galley_with_override_text_color(place, label, ink);
    }
}

fn lay(ui: &Ui, text: &str, font: FontId) -> Arc<Galley> {
    ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(claims: &str, now: i64, words: &str, labels: &[(i64, &str)]) {
        let instants = Instants::of(&Json::parse(claims).unwrap());
        assert_eq!(instants.words(now), words);
        let found = instants.labels();
        let found: Vec<_> = found.iter().map(|(at, name)| (*at, name.as_str())).collect();
        assert_eq!(found, labels);
    }

    #[test]
    fn the_validity_is_told_in_words() {
        check(r#"{"iat":100,"nbf":100,"exp":1900}"#, 200, "expires in 28:20", &[(100, "iat, nbf"), (1900, "exp")]);
        check(r#"{"exp":100}"#, 160, "expired 1 min ago", &[(100, "exp")]);
        check(r#"{"exp":100}"#, 100, "expired now", &[(100, "exp")]);
        check(r#"{"nbf":100}"#, 40, "begins in 1:00", &[(100, "nbf")]);
        check(r#"{"nbf":100,"exp":50}"#, 40, "never valid: it expires before it begins", &[(50, "exp"), (100, "nbf")]);
        check(r#"{"iat":100.5}"#, 40, "never expires", &[(100, "iat")]);
        check(r#"{"exp":"soon"}"#, 40, "never expires", &[]);
    }
}
