//! What is drawn behind and below the text: the line of the cursor, what a search found, brackets that belong together,
//! placeholders and the place of a problem.

use eframe::egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use super::Placeholder;
use super::highlight::placeholder_colours;
use super::view::View;
use crate::jose::json::matching_bracket;
use crate::jose::text::{Span, is_hidden};
use crate::ui::theme::{Tokens, radius};

/// The line of the cursor, over the whole width of `field`.
pub(super) fn current_line(view: &View<'_>, field: Rect, cursor: usize, palette: &Tokens) -> Shape {
    let area = Rect::from_x_y_ranges(field.x_range(), view.cursor(cursor).y_range());
    Shape::rect_filled(area, radius::SMALL, palette.syntax.current_line)
}

/// Spans in ascending order that do not overlap, of which those that can be seen are drawn.
pub(super) fn placeholders(shapes: &mut Vec<Shape>, view: &View<'_>, all: &[Placeholder], palette: &Tokens) {
    for placeholder in in_view(all, view, |placeholder| placeholder.span) {
        let (_, behind) = placeholder_colours(placeholder.kind, palette);
        for area in view.areas(placeholder.span.range()) {
            let area = area.shrink2(vec2(0.0, 1.0)).expand2(vec2(1.0, 0.0));
            shapes.push(Shape::rect_filled(area, radius::SMALL, behind));
        }
    }
}

/// All that a search found; `current` has a frame.
pub(super) fn matches(
    shapes: &mut Vec<Shape>,
    view: &View<'_>,
    found: &[Span],
    current: Option<Span>,
    palette: &Tokens,
) {
    for span in in_view(found, view, |span| *span) {
        for area in view.areas(span.range()) {
            let area = area.shrink2(vec2(0.0, 1.0));
            shapes.push(Shape::rect_filled(area, radius::SMALL, palette.syntax.match_background));
            if current == Some(*span) {
                let frame = Stroke::new(1.0, palette.status.warning);
                shapes.push(Shape::rect_stroke(area, radius::SMALL, frame, StrokeKind::Outside));
            }
        }
    }
}

/// Where the two brackets are of which one is at the cursor.
pub(super) fn find_brackets(text: &str, cursor: usize) -> Option<[usize; 2]> {
    let is_bracket = |at: usize| matches!(text.as_bytes().get(at), Some(b'{' | b'}' | b'[' | b']'));
    if !is_bracket(cursor) && !cursor.checked_sub(1).is_some_and(is_bracket) {
        return None;
    }
    matching_bracket(text, cursor).map(|(open, close)| [open.start, close.start])
}

/// The brackets that belong together.
pub(super) fn brackets(shapes: &mut Vec<Shape>, view: &View<'_>, pair: [usize; 2], palette: &Tokens) {
    for area in pair.into_iter().flat_map(|bracket| view.areas(bracket..bracket + 1)) {
        shapes.push(Shape::rect_filled(area.shrink2(vec2(0.0, 1.0)), radius::SMALL, palette.syntax.bracket));
    }
}

/// A wave under a stretch of text; one letter wide where nothing stands. Returns whether the pointer is over it.
pub(super) fn wavy(painter: &Painter, view: &View<'_>, span: Span, ink: Color32, pointer: Option<Pos2>) -> bool {
    let stroke = Stroke::new(1.2, ink);
    let letter = view.letter(span.start);
    let mut areas: Vec<Rect> = view.areas(span.range()).filter(|area| area.width() > 0.5).collect();
    if areas.is_empty() {
        areas.push(letter);
    }
    let mut over = false;
    for area in areas {
        let area = area.intersect(Rect::everything_right_of(view.clip.left() - letter.width()));
        let area = area.intersect(Rect::everything_left_of(view.clip.right() + letter.width()));
        over |= pointer.is_some_and(|pointer| area.contains(pointer));
        painter.add(Shape::line(wave(area), stroke));
    }
    over
}

/// A post where a character stands that is not seen, or that turns the writing around: the findings tell which.
pub(super) fn hidden(painter: &Painter, view: &View<'_>, palette: &Tokens) {
    let stroke = Stroke::new(1.5, palette.status.warning);
    for seen in view.bytes() {
        let text = view.text.get(seen.clone()).unwrap_or_default();
        if text.is_ascii() {
            continue;
        }
        for (at, _) in text.char_indices().filter(|(_, char)| !char.is_ascii() && is_hidden(*char)) {
            let place = view.cursor(seen.start + at);
            let (x, ends) = (place.left(), place.y_range().shrink(1.0));
            painter.vline(x, ends, stroke);
            let head = [vec2(-3.0, 0.0), vec2(3.0, 0.0), vec2(0.0, 4.0)].map(|corner| pos2(x, ends.min) + corner);
            painter.add(Shape::convex_polygon(head.to_vec(), stroke.color, Stroke::NONE));
        }
    }
}

/// Points of a wave along the lower edge of an area.
pub(super) fn wave(area: Rect) -> Vec<Pos2> {
    const STEP: f32 = 2.0;
    let steps = (area.width() / STEP).ceil().max(2.0) as usize;
    let bottom = area.bottom() - 2.0;
    let point =
        |step: usize| pos2(area.left() + step as f32 * STEP, bottom - if step.is_multiple_of(2) { 0.0 } else { STEP });
    (0..=steps).map(point).collect()
}

/// Those of the things whose spans, which are in ascending order and lie within a line each, that can be seen.
pub(super) fn in_view<'s, T>(
    things: &'s [T],
    view: &View<'_>,
    span: impl Fn(&T) -> Span + Copy,
) -> impl Iterator<Item = &'s T> {
    view.bytes().flat_map(move |seen| {
        let first = things.partition_point(|thing| span(thing).end < seen.start);
        let end = things.partition_point(|thing| span(thing).start <= seen.end);
        things.get(first..end).unwrap_or_default()
    })
}
