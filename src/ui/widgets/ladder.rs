//! Algorithms below each other, each a dot at its time on a logarithmic axis, with its sizes beside it.

use std::ops::Range;

use eframe::egui::{
    Align2, Color32, CornerRadius, FontId, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use crate::measure::histogram::format_ns;
use crate::ui::figures::grouped;
use crate::ui::theme::{fonts, size, space, tokens};

/// Height of a row, in points.
const ROW: f32 = 19.0;
/// Height of the axis, in points.
const AXIS: f32 = 26.0;
/// From the edges to what is drawn.
const PADDING: f32 = space::M;
/// The figures beside a dot tell the size of the token, too, in a chart of at least this width.
const WITH_TOKEN: f32 = 430.0;
/// The least width of the axis, in points.
const TRACK: f32 = 60.0;

/// One algorithm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub label: String,
    /// The characters of its signature in the token.
    pub signature: usize,
    /// The characters of the whole token.
    pub token: usize,
    /// The median of its times, in nanoseconds; `None` until it is measured.
    pub p50: Option<u64>,
    /// Whether it is what the token has now.
    pub current: bool,
    /// Every figure of it, to be shown and read out.
    pub words: String,
}

/// What the axis tells.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Axis {
    /// Nanoseconds on a logarithmic scale: the exponents at both ends, the first a whole one.
    Time(i32, f64),
    /// Bytes of the signature, from 0 to this many.
    Bytes(usize),
}

impl Axis {
    /// Time as soon as one step was measured; until then bytes, which are known at once.
    fn of(steps: &[Step]) -> Self {
        let times = || steps.iter().filter_map(|step| step.p50).map(|ns| ns.max(1) as f64);
        match (times().reduce(f64::min), times().reduce(f64::max)) {
            (Some(least), Some(most)) => {
                let low = least.log10().floor() as i32;
                Self::Time(low, (most.log10() + 0.1).max(f64::from(low) + 1.0))
            }
            _ => Self::Bytes(steps.iter().map(|step| step.signature).max().unwrap_or_default().max(1)),
        }
    }

    /// Where a step stands, 0 to 1.
    fn share(self, step: &Step) -> Option<f32> {
        match self {
            Self::Time(low, high) => {
                let exponent = (step.p50?.max(1) as f64).log10();
                Some(((exponent - f64::from(low)) / (high - f64::from(low))).clamp(0.0, 1.0) as f32)
            }
            Self::Bytes(most) => Some(step.signature as f32 / most as f32),
        }
    }

    /// The marks of the axis: where they stand, 0 to 1, and their words.
    fn marks(self) -> Vec<(f32, String)> {
        match self {
            Self::Time(low, high) => (low..=high.floor() as i32)
                .map(|exponent| {
                    let share = f64::from(exponent - low) / (high - f64::from(low));
                    (share as f32, power_of_ten(exponent))
                })
                .collect(),
            Self::Bytes(most) => {
                let step = (most / 4).next_power_of_two().max(1);
                (0..=most / step)
                    .map(|mark| ((mark * step) as f32 / most as f32, format!("{} B", grouped(mark * step))))
                    .collect()
            }
        }
    }
}

/// `10 µs` for the fourth power of ten of nanoseconds.
fn power_of_ten(exponent: i32) -> String {
    let (unit, least) = match exponent {
        ..3 => ("ns", 0),
        3..6 => ("µs", 3),
        6..9 => ("ms", 6),
        9.. => ("s", 9),
    };
    format!("{} {unit}", 10_u64.pow((exponent - least).max(0).unsigned_abs()))
}

/// Draws the steps over the whole width; `name` says what they are, and `operation` what is timed, such as `sign p50`.
pub fn show(ui: &mut Ui, name: &str, operation: &str, steps: &[Step]) {
    let t = tokens(ui);
    let axis = Axis::of(steps);
    let height = steps.len() as f32 * ROW + AXIS;
    let (rect, chart) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    chart.widget_info(|| WidgetInfo::labeled(Role::Group, ui.is_enabled(), name));
    let labels = steps.iter().map(|step| text_width(ui, &label(step), label_font(step))).fold(0.0, f32::max);
    let told = rect.width() >= WITH_TOKEN;
    let figures = steps.iter().map(|step| text_width(ui, &figures(step, told), figure_font(step))).fold(0.0, f32::max);
    let left = rect.left() + PADDING + labels + space::S;
    let right = (rect.right() - PADDING - figures - space::M).max(left + TRACK);
    let frame = Frame { rect, track: left..right, axis, told };
    frame.axis(ui, operation);
    for (index, step) in steps.iter().enumerate() {
        let top = rect.top() + index as f32 * ROW;
        let row = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), ROW));
        let response = ui.interact(row, chart.id.with(index), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), &step.words));
        if response.hovered() {
            ui.painter().rect_filled(row, CornerRadius::ZERO, t.syntax.current_line);
        }
        if ui.is_rect_visible(row) {
            frame.step(ui, step, row);
        }
        response.on_hover_text(&step.words);
    }
}

struct Frame {
    rect: Rect,
    track: Range<f32>,
    axis: Axis,
    told: bool,
}

impl Frame {
    fn x(&self, share: f32) -> f32 {
        self.track.start + share * (self.track.end - self.track.start)
    }

    fn axis(&self, ui: &Ui, operation: &str) {
        let t = tokens(ui);
        let bottom = self.rect.bottom() - AXIS;
        let stroke = Stroke::new(1.0, t.surface.line);
        let mut free = f32::NEG_INFINITY;
        for (share, words) in self.axis.marks() {
            let x = self.x(share).round() + 0.5;
            ui.painter().extend(Shape::dotted_line(
                &[pos2(x, self.rect.top()), pos2(x, bottom)],
                t.surface.line_strong,
                6.0,
                0.7,
            ));
            let half = text_width(ui, &words, fonts::regular(size::TEXT_SMALL)) / 2.0;
            if x - half > free {
                free = x + half + space::S;
                text(ui, pos2(x, bottom + AXIS / 2.0), Align2::CENTER_CENTER, &words, t.text.muted);
            }
        }
        ui.painter().hline(self.track.start..=self.track.end, bottom, stroke);
        let unit = match self.axis {
            Axis::Time(..) => operation,
            Axis::Bytes(_) => "signature",
        };
        if free + text_width(ui, unit, fonts::regular(size::TEXT_SMALL)) < self.rect.right() - PADDING {
            let place = pos2(self.rect.right() - PADDING, bottom + AXIS / 2.0);
            text(ui, place, Align2::RIGHT_CENTER, unit, t.text.muted);
        }
    }

    fn step(&self, ui: &Ui, step: &Step, row: Rect) {
        let t = tokens(ui);
        let middle = row.center().y;
        let ink = if step.current { t.text.primary } else { t.text.secondary };
        let end = pos2(self.track.start - space::S, middle);
        ui.painter().text(end, Align2::RIGHT_CENTER, label(step), label_font(step), ink);
        let mut x = self.track.start;
        if let Some(share) = self.axis.share(step) {
            x = self.x(share);
            ui.painter().hline(self.track.start..=x, middle, Stroke::new(1.0, t.surface.line_strong));
            dot(ui, pos2(x, middle), step.current);
            x += space::M;
        }
        let figures = figures(step, self.told);
        ui.painter().text(pos2(x, middle), Align2::LEFT_CENTER, figures, figure_font(step), ink);
    }
}

/// What the token has now is a ring around a dot.
fn dot(ui: &Ui, at: Pos2, current: bool) {
    let t = tokens(ui);
    ui.painter().circle_filled(at, 4.0, t.accent.main);
    if current {
        ui.painter().circle_stroke(at, 7.0, Stroke::new(1.5, t.accent.main));
    }
}

fn label(step: &Step) -> String {
    if step.current { format!("now: {}", step.label) } else { step.label.clone() }
}

fn label_font(step: &Step) -> FontId {
    if step.current { fonts::semibold(size::TEXT_SMALL) } else { fonts::regular(size::TEXT_SMALL) }
}

fn figure_font(step: &Step) -> FontId {
    label_font(step)
}

fn figures(step: &Step, told: bool) -> String {
    let time = step.p50.map(|ns| format!("{}   ", format_ns(ns))).unwrap_or_default();
    let token = if told { format!("   token {}", grouped(step.token)) } else { String::new() };
    format!("{time}{} B{token}", grouped(step.signature))
}

fn text(ui: &Ui, at: Pos2, align: Align2, words: &str, ink: Color32) {
    ui.painter().text(at, align, words, fonts::regular(size::TEXT_SMALL), ink);
}

fn text_width(ui: &Ui, words: &str, font: FontId) -> f32 {
    ui.painter().layout_no_wrap(words.to_owned(), font, Color32::PLACEHOLDER).size().x
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(signature: usize, p50: Option<u64>) -> Step {
        Step { label: String::new(), signature, token: 0, p50, current: false, words: String::new() }
    }

    #[test]
    fn marks_are_powers_of_ten_around_all_times() {
        let axis = Axis::of(&[step(43, Some(1_200)), step(342, Some(5_100_000)), step(1, None)]);
        let words: Vec<_> = axis.marks().into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, ["1 µs", "10 µs", "100 µs", "1 ms"]);
        let share = axis.share(&step(0, Some(10_000))).unwrap();
        assert!((share - axis.marks()[1].0).abs() < 1e-6, "{share}: 10 µs stands at its mark");
        assert_eq!(axis.share(&step(1, None)), None, "what was not measured has no place");
    }

    #[test]
    fn one_time_has_an_axis_of_its_own() {
        for ns in [1, 999, 1_000, 1_000_000, 59_000_000_000] {
            let axis = Axis::of(&[step(43, Some(ns))]);
            let share = axis.share(&step(43, Some(ns))).unwrap();
            assert!((0.0..=1.0).contains(&share) && axis.marks().len() >= 2, "{ns}: {axis:?}");
        }
    }

    #[test]
    fn bytes_stand_in_until_times_are_measured() {
        let axis = Axis::of(&[step(43, None), step(683, None)]);
        assert_eq!(axis, Axis::Bytes(683));
        let words: Vec<_> = axis.marks().into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, ["0 B", "256 B", "512 B"]);
    }
}
