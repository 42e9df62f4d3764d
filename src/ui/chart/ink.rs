//! Lines and signs on the screen.

use eframe::egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2, pos2, vec2};

use super::look::{Dash, Marker};

/// Half the size of a sign, in points.
pub(super) const SIGN: f32 = 3.6;

/// A line through the points.
pub(super) fn line(painter: &Painter, points: Vec<Pos2>, stroke: Stroke, dash: Dash) {
    let (dashes, gaps) = dash.pattern();
    if points.len() < 2 {
        return;
    }
    if dashes.is_empty() {
        painter.add(Shape::line(points, stroke));
    } else {
        painter.extend(Shape::dashed_line_with_offset(&points, stroke, dashes, gaps, 0.0));
    }
}

/// The sign of a series at a place.
pub(super) fn marker(painter: &Painter, at: Pos2, marker: Marker, colour: Color32) {
    let stroke = Stroke::new(1.7, colour);
    let polygon = |corners: &[Vec2]| {
        Shape::convex_polygon(corners.iter().map(|corner| at + *corner * SIGN).collect(), colour, Stroke::NONE)
    };
    let cross = |one: Vec2, other: Vec2| {
        painter.line_segment([at - one * SIGN, at + one * SIGN], stroke);
        painter.line_segment([at - other * SIGN, at + other * SIGN], stroke);
    };
    match marker {
        Marker::Circle => {
            painter.circle_filled(at, SIGN, colour);
        }
        Marker::Ring => {
            painter.circle_stroke(at, SIGN - 0.5, stroke);
        }
        Marker::Square => {
            painter.rect_filled(Rect::from_center_size(at, Vec2::splat(SIGN * 1.8)), 0.0, colour);
        }
        Marker::Triangle => {
            painter.add(polygon(&[vec2(0.0, -1.2), vec2(1.15, 0.9), vec2(-1.15, 0.9)]));
        }
        Marker::Down => {
            painter.add(polygon(&[vec2(0.0, 1.2), vec2(-1.15, -0.9), vec2(1.15, -0.9)]));
        }
        Marker::Diamond => {
            painter.add(polygon(&[vec2(0.0, -1.35), vec2(1.35, 0.0), vec2(0.0, 1.35), vec2(-1.35, 0.0)]));
        }
        Marker::Cross => cross(vec2(1.0, 1.0), vec2(1.0, -1.0)),
        Marker::Plus => cross(vec2(1.2, 0.0), vec2(0.0, 1.2)),
    }
}

/// A rectangle filled with slanted strokes, which is told apart from a plain one without colour.
pub fn hatched(painter: &Painter, rect: Rect, stroke: Stroke, step: f32) {
    let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        painter.line_segment([pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())], stroke);
        x += step;
    }
}
