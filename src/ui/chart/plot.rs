//! A chart with two axes.

use eframe::egui::{Align2, Color32, Painter, Pos2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::axis::Axis;
use super::ink;
use super::look::Dash;
use super::series::{Mark, Series, Shape};
use super::tip;
use crate::ui::theme::{fonts, size, space, tokens};

/// Height of the line with the ticks of the x axis, and of the line with its title.
const TICK_LINE: f32 = 17.0;
/// Between two ticks of the x axis, and of the y axis, at least.
const TICK_WIDTH: f32 = 78.0;
const TICK_HEIGHT: f32 = 38.0;
/// From one label of a series to the next.
const LABEL_LINE: f32 = 14.0;
/// Steps of more series than this are not filled: below each other no area could be told.
const MOST_FILLED: usize = 10;
/// Labels at the right take at most this share of the chart.
const LABELS_MOST: f32 = 0.28;

/// A chart, as wide as the room it is given.
#[must_use = "show it in a Ui"]
pub struct Plot<'a> {
    name: &'a str,
    x: &'a Axis,
    y: &'a Axis,
    series: &'a [Series],
    marks: &'a [Mark],
    height: f32,
    labels: bool,
}

impl<'a> Plot<'a> {
    /// A chart of `series`; `name` is read out and tells the main figures in words.
    pub const fn new(name: &'a str, x: &'a Axis, y: &'a Axis, series: &'a [Series]) -> Self {
        Self { name, x, y, series, marks: &[], height: 260.0, labels: true }
    }

    /// Upright lines with a few words.
    pub const fn marks(self, marks: &'a [Mark]) -> Self {
        Self { marks, ..self }
    }

    /// Its height in points, axes included.
    pub const fn height(self, height: f32) -> Self {
        Self { height, ..self }
    }

    /// Without the names of the series at their right ends.
    pub const fn unlabelled(self) -> Self {
        Self { labels: false, ..self }
    }

    /// Draws the chart.
    pub fn show(self, ui: &mut Ui) -> Response {
        let wanted = vec2(ui.available_width().max(160.0), self.height.max(120.0));
        let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, ui.is_enabled(), self.name));
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let place = self.place(ui, rect);
        self.axes(ui, rect, &place);
        let clipped = ui.painter().with_clip_rect(place.inner.expand(1.5).intersect(ui.clip_rect()));
        let filled = self.series.len() <= MOST_FILLED;
        for series in self.series {
            place.series(&clipped, series, (series.look.ink(ui), tokens(ui).surface.panel), filled);
        }
        self.draw_marks(ui, &place);
        if self.labels {
            self.draw_labels(ui, rect, &place);
        }
        match response.hover_pos().filter(|at| place.inner.contains(*at)) {
            Some(at) => {
                let x = place.x_at(at.x);
                tip::crosshair(ui, &place, self.series, x, at.x);
                response.on_hover_ui_at_pointer(|ui| tip::values(ui, self.x, self.y, self.series, x))
            }
            None => response,
        }
    }

    fn text_width(ui: &Ui, text: &str) -> f32 {
        let font = fonts::regular(size::TEXT_SMALL);
        ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x
    }

    fn place(&self, ui: &Ui, rect: Rect) -> Place<'a> {
        let most = (rect.height() / TICK_HEIGHT) as usize;
        let ticks = self.y.scale.ticks(most);
        let widest = ticks.iter().map(|tick| Self::text_width(ui, &self.y.unit.tick(*tick))).fold(24.0, f32::max);
        let named = self.series.iter().filter(|series| series.is_labelled() && self.labels);
        let labels = named.map(|series| Self::text_width(ui, &series.name) + space::M).fold(space::M, f32::max);
        let inner = Rect::from_min_max(
            pos2(rect.left() + widest + space::S, rect.top() + TICK_LINE + 2.0),
            pos2(rect.right() - labels.min(rect.width() * LABELS_MOST), rect.bottom() - 2.0 * TICK_LINE),
        );
        Place { inner, x: self.x, y: self.y }
    }

    fn axes(&self, ui: &Ui, rect: Rect, place: &Place<'_>) {
        let t = tokens(ui);
        let (painter, font) = (ui.painter(), fonts::regular(size::TEXT_SMALL));
        let inner = place.inner;
        let grid = Stroke::new(1.0, t.surface.line);
        for tick in self.y.scale.ticks((rect.height() / TICK_HEIGHT) as usize) {
            let y = place.y_of(tick);
            painter.hline(inner.x_range(), y, grid);
            let text = self.y.unit.tick(tick);
            painter.text(pos2(inner.left() - 6.0, y), Align2::RIGHT_CENTER, text, font.clone(), t.text.muted);
        }
        let mut free = rect.left();
        for tick in self.x.scale.ticks((inner.width() / TICK_WIDTH) as usize) {
            let x = place.x_of(tick);
            painter.vline(x, inner.y_range(), grid);
            let text = painter.layout_no_wrap(self.x.unit.tick(tick), font.clone(), t.text.muted);
            let left = x - text.size().x / 2.0;
            if left >= free && left + text.size().x <= rect.right() {
                free = left + text.size().x + 6.0;
                painter.galley(pos2(left, inner.bottom() + 3.0), text, t.text.muted);
            }
        }
        painter.hline(inner.x_range(), inner.bottom(), Stroke::new(1.0, t.surface.line_strong));
        painter.text(rect.left_top(), Align2::LEFT_TOP, self.y.title, font.clone(), t.text.secondary);
        let end = pos2(inner.right(), rect.bottom());
        painter.text(end, Align2::RIGHT_BOTTOM, self.x.title, font, t.text.secondary);
    }

    fn draw_marks(&self, ui: &Ui, place: &Place<'_>) {
        let font = fonts::semibold(size::TEXT_SMALL);
        let inner = place.inner;
        // The words of a mark go to the first line where they meet no others.
        let mut taken: Vec<Rect> = Vec::new();
        for mark in self.marks {
            let x = place.x_of(mark.x);
            if x < inner.left() - 1.0 {
                continue;
            }
            let ink = mark.look.ink(ui);
            let is_beyond = x > inner.right() + 1.0;
            let text = if is_beyond { format!("{} →", mark.text) } else { mark.text.clone() };
            let text = ui.painter().layout_no_wrap(text, font.clone(), ink);
            let left = if is_beyond {
                inner.right() - text.size().x
            } else if x + 4.0 + text.size().x > inner.right() {
                x - 4.0 - text.size().x
            } else {
                x + 4.0
            };
            if !is_beyond {
                let points = vec![pos2(x, inner.bottom()), pos2(x, inner.top())];
                ink::line(ui.painter(), points, Stroke::new(1.0, ink), Dash::Dashed);
            }
            let lines = ((inner.height() * 0.5 / LABEL_LINE) as usize).max(1);
            let at = |line: usize| Rect::from_min_size(pos2(left, inner.top() + line as f32 * LABEL_LINE), text.size());
            let Some(room) = (0..lines).map(at).find(|room| !taken.iter().any(|other| other.intersects(*room))) else {
                continue;
            };
            taken.push(room.expand2(vec2(3.0, -1.0)));
            ui.painter().rect_filled(room.expand2(vec2(2.0, 0.0)), 2.0, tokens(ui).surface.panel.gamma_multiply(0.8));
            ui.painter().galley(room.min, text, ink);
        }
    }

    /// The names at the right ends, moved apart.
    fn draw_labels(&self, ui: &Ui, rect: Rect, place: &Place<'_>) {
        let steps = |series: &Series| series.shape == Shape::Steps;
        let mut labels: Vec<(f32, &Series)> = self
            .series
            .iter()
            .filter(|series| series.is_labelled() && !steps(series))
            .filter_map(|series| Some((place.y_of(series.points.last()?.1), series)))
            .collect();
        labels.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut free = place.inner.top() - LABEL_LINE / 2.0;
        let mut bottom = place.inner.bottom();
        // Names that have no room are told by the switches and under the pointer.
        labels.truncate((place.inner.height() / LABEL_LINE) as usize + 1);
        for (y, _) in &mut labels {
            *y = y.max(free);
            free = *y + LABEL_LINE;
        }
        for (y, _) in labels.iter_mut().rev() {
            *y = y.min(bottom);
            bottom = *y - LABEL_LINE;
        }
        let clipped = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        for (y, series) in labels {
            let at = pos2(place.inner.right() + 6.0, y);
            let font = fonts::semibold(size::TEXT_SMALL);
            clipped.text(at, Align2::LEFT_CENTER, &series.name, font, series.look.ink(ui));
        }
    }
}

/// From values to places on the screen.
pub(super) struct Place<'a> {
    /// Within the axes.
    pub(super) inner: Rect,
    x: &'a Axis,
    y: &'a Axis,
}

impl Place<'_> {
    fn x_of(&self, value: f64) -> f32 {
        self.inner.left() + self.inner.width() * self.x.scale.place(value).clamp(-8.0, 9.0) as f32
    }

    fn y_of(&self, value: f64) -> f32 {
        self.inner.bottom() - self.inner.height() * self.y.scale.place(value).clamp(-8.0, 9.0) as f32
    }

    fn x_at(&self, at: f32) -> f64 {
        self.x.scale.value(f64::from((at - self.inner.left()) / self.inner.width().max(1.0)))
    }

    /// Where a point is drawn.
    pub(super) fn point(&self, (x, y): (f64, f64)) -> Pos2 {
        pos2(self.x_of(x), self.y_of(y))
    }

    fn series(&self, painter: &Painter, series: &Series, (ink, panel): (Color32, Color32), filled: bool) {
        let stroke = Stroke::new(if series.quiet { 1.0 } else { 1.8 }, ink);
        let faint = Stroke::new(1.0, ink.lerp_to_gamma(panel, 0.55));
        for (x, low, high) in &series.spreads {
            let x = self.x_of(*x);
            painter.line_segment([pos2(x, self.y_of(*low)), pos2(x, self.y_of(*high))], faint);
        }
        if series.shape == Shape::Steps {
            return self.steps(painter, series, stroke, filled);
        }
        let points: Vec<Pos2> = series.points.iter().map(|point| self.point(*point)).collect();
        if series.shape == Shape::Marked {
            for (x, low, high) in &series.spreads {
                let x = self.x_of(*x);
                for y in [*low, *high] {
                    painter.hline(x - 3.5..=x + 3.5, self.y_of(y), faint);
                }
            }
            for point in &points {
                ink::marker(painter, *point, series.look.marker, ink);
            }
        } else if !series.quiet {
            // A few signs along a line tell it from others of its dash.
            let every = (points.len() / 6).max(1);
            for point in points.iter().skip(every / 2).step_by(every) {
                ink::marker(painter, *point, series.look.marker, ink);
            }
        }
        ink::line(painter, points, stroke, series.look.dash);
    }

    fn steps(&self, painter: &Painter, series: &Series, stroke: Stroke, filled: bool) {
        let bottom = self.inner.bottom();
        let mut outline = Vec::with_capacity(series.points.len() * 2 + 2);
        for pair in series.points.windows(2) {
            let [left, right] = pair else { continue };
            let (from, to) = (self.point(*left), self.x_of(right.0));
            let bar = Rect::from_min_max(from, pos2(to, bottom));
            if filled {
                painter.rect_filled(bar, 0.0, stroke.color.gamma_multiply(0.14));
            }
            outline.extend([from, pos2(to, from.y)]);
        }
        if let (Some(first), Some(last)) = (outline.first().copied(), outline.last().copied()) {
            outline.insert(0, pos2(first.x, bottom));
            outline.push(pos2(last.x, bottom));
        }
        let highest = outline.iter().copied().min_by(|one, other| one.y.total_cmp(&other.y));
        ink::line(painter, outline, stroke, series.look.dash);
        if let Some(highest) = highest {
            ink::marker(painter, highest, series.look.marker, stroke.color);
        }
    }
}
