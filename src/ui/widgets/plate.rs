//! What a card lies on: a rectangle with round corners and a line around it.

use std::f32::consts::FRAC_PI_2;

use eframe::egui::{Color32, Mesh, Pos2, Rect, Shape, Stroke, Vec2, emath::GuiRounding as _, epaint::PathShape};

/// Parts of a quarter of a circle. With radii of cards more of them look the same.
const PARTS: usize = 6;

/// What a plate consists of.
#[derive(Clone, Copy)]
pub(super) struct Look {
    /// Of the corners, in points.
    pub(super) radius: u8,
    /// The colour of the plate.
    pub(super) fill: Color32,
    /// What is outside of the corners, when all of the rectangle has the colour of the plate already.
    pub(super) ground: Option<Color32>,
    /// Around it, inside of the edge.
    pub(super) line: Stroke,
}

/// A plate over a rectangle whose edges are those of pixels.
///
/// egui fills a shape with round corners by triangles that all reach from one corner to the others. A graphics card does
/// not mind, but where the processor draws, their long edges take time. Here only the corners are made of them; all
/// that is between is upright rectangles.
pub(super) fn plate(rect: Rect, look: Look, pixels_per_point: f32) -> Shape {
    let Look { radius, fill, ground, line } = look;
    let radius = f32::from(radius).min(rect.width() / 2.0).min(rect.height() / 2.0).round_to_pixels(pixels_per_point);
    let line = Stroke::new(line.width.round_to_pixels(pixels_per_point), line.color);
    let inner = rect.shrink(radius);
    let corners = [
        Corner { centre: inner.right_bottom(), tip: rect.right_bottom(), from: 0.0 },
        Corner { centre: inner.left_bottom(), tip: rect.left_bottom(), from: FRAC_PI_2 },
        Corner { centre: inner.left_top(), tip: rect.left_top(), from: 2.0 * FRAC_PI_2 },
        Corner { centre: inner.right_top(), tip: rect.right_top(), from: 3.0 * FRAC_PI_2 },
    ];
    let mut body = Mesh::default();
    match ground {
        Some(ground) => corners.iter().for_each(|corner| body.add_colored_rect(corner.square(), ground)),
        None => cross(rect, inner).into_iter().for_each(|part| body.add_colored_rect(part, fill)),
    }
    let mut edges = Mesh::default();
    borders(rect, inner, line.width).into_iter().for_each(|edge| edges.add_colored_rect(edge, line.color));
    let way = radius - line.width / 2.0;
    let fills = corners.iter().map(|corner| corner.filled(way, fill));
    let lines = corners.iter().map(|corner| PathShape::line(corner.arc(way).collect(), line).into());
    Shape::Vec([Shape::mesh(body)].into_iter().chain(fills).chain([Shape::mesh(edges)]).chain(lines).collect())
}

/// One of the corners.
struct Corner {
    /// Of its circle.
    centre: Pos2,
    /// Where the rectangle ends.
    tip: Pos2,
    /// The angle at which its quarter of the circle begins; it goes clockwise.
    from: f32,
}

impl Corner {
    fn square(&self) -> Rect {
        Rect::from_two_pos(self.centre, self.tip)
    }

    fn arc(&self, radius: f32) -> impl Iterator<Item = Pos2> {
        let angle = |part: usize| self.from + FRAC_PI_2 * part as f32 / PARTS as f32;
        (0..=PARTS).map(move |part| self.centre + radius * Vec2::angled(angle(part)))
    }

    /// It reaches a little into the body, where its edges fade out unseen.
    fn filled(&self, radius: f32, fill: Color32) -> Shape {
        let inwards = -(self.tip - self.centre).normalized() * std::f32::consts::SQRT_2;
        let beside = |angle: f32| {
            let outwards = Vec2::angled(angle);
            self.centre + radius * outwards + inwards - outwards * inwards.dot(outwards)
        };
        let points = [beside(self.from)].into_iter().chain(self.arc(radius));
        let points = points.chain([beside(self.from + FRAC_PI_2), self.centre + inwards]);
        PathShape::convex_polygon(points.collect(), fill, Stroke::NONE).into()
    }
}

/// What is left of a rectangle without its corners.
fn cross(rect: Rect, inner: Rect) -> [Rect; 3] {
    let tall = Rect::from_x_y_ranges(inner.x_range(), rect.y_range());
    let left = Rect::from_x_y_ranges(rect.left()..=inner.left(), inner.y_range());
    let right = Rect::from_x_y_ranges(inner.right()..=rect.right(), inner.y_range());
    [tall, left, right]
}

/// The edges of a rectangle from corner to corner.
fn borders(rect: Rect, inner: Rect, width: f32) -> [Rect; 4] {
    let (x, y) = (inner.x_range(), inner.y_range());
    [
        Rect::from_x_y_ranges(x, rect.top()..=rect.top() + width),
        Rect::from_x_y_ranges(x, rect.bottom() - width..=rect.bottom()),
        Rect::from_x_y_ranges(rect.left()..=rect.left() + width, y),
        Rect::from_x_y_ranges(rect.right() - width..=rect.right(), y),
    ]
}
