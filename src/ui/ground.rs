//! The ground that cards lie on.
//!
//! The window is cleared in the colour of cards, so that no card has to be filled: only the ground between them is, once it
//! is known where they are. Most of a page is covered by cards, and where the processor draws, filling a page
//! takes it as long as all that is written there.

use std::ops::RangeInclusive;

use eframe::egui::layers::ShapeIdx;
use eframe::egui::{Color32, Id, LayerId, Mesh, Painter, Rect, Shape, Ui, emath::GuiRounding as _};

use super::theme::tokens;

/// The ground of a page, in a frame.
pub(super) struct Ground {
    painter: Painter,
    place: ShapeIdx,
    area: Rect,
}

impl Ground {
    /// Prepares the ground of what is left of the window. What is drawn from now on lies on it.
    pub(super) fn begin(ui: &Ui) -> Self {
        let area = ui.available_rect_before_wrap().round_to_pixels(ui.pixels_per_point());
        ui.data_mut(|data| data.insert_temp(covered(), Vec::<Rect>::new()));
        let painter = ui.painter().clone();
        let place = painter.add(Shape::Noop);
        Self { painter, place, area }
    }

    /// Draws it where nothing covers it.
    pub(super) fn end(self, ui: &Ui) {
        let cards: Option<Vec<Rect>> = ui.data_mut(|data| data.remove_temp(covered()));
        let mesh = between(self.area, &cards.unwrap_or_default(), tokens(ui).surface.window);
        self.painter.set(self.place, Shape::mesh(mesh));
    }
}

/// Leaves the ground out below a rectangle, whose edges are those of pixels. Returns whether it lies on it: if not, as in
/// a dialog, it has to fill itself.
pub(super) fn cover(ui: &Ui, rect: Rect) -> bool {
    let seen = rect.intersect(ui.clip_rect()).round_to_pixels(ui.pixels_per_point());
    let cards = |data: &mut eframe::egui::util::IdTypeMap| {
        let Some(mut cards) = data.get_temp::<Vec<Rect>>(covered()) else { return false };
        cards.extend(Some(seen).filter(Rect::is_positive));
        data.insert_temp(covered(), cards);
        true
    };
    ui.layer_id() == LayerId::background() && ui.data_mut(cards)
}

fn covered() -> Id {
    Id::unique("ground that is covered")
}

/// The rest of an area, in bands from the top, which begin and end where a card does.
fn between(area: Rect, cards: &[Rect], ink: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    let edges = cards.iter().flat_map(|card| [card.top(), card.bottom()]).filter(|y| area.y_range().contains(*y));
    let mut edges: Vec<f32> = edges.chain([area.top(), area.bottom()]).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup();
    for (top, bottom) in edges.iter().zip(edges.iter().skip(1)) {
        let mut inside: Vec<&Rect> = cards.iter().filter(|card| card.top() < *bottom && card.bottom() > *top).collect();
        inside.sort_by(|one, other| one.left().total_cmp(&other.left()));
        let mut left = area.left();
        for card in inside {
            fill(&mut mesh, left..=card.left().min(area.right()), *top..=*bottom, ink);
            left = left.max(card.right());
        }
        fill(&mut mesh, left..=area.right(), *top..=*bottom, ink);
    }
    mesh
}

fn fill(mesh: &mut Mesh, x: RangeInclusive<f32>, y: RangeInclusive<f32>, ink: Color32) {
    if x.start() < x.end() {
        mesh.add_colored_rect(Rect::from_x_y_ranges(x, y), ink);
    }
}

#[cfg(test)]
mod tests {
    use eframe::egui::pos2;

    use super::*;

    fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
        Rect::from_min_max(pos2(left, top), pos2(right, bottom))
    }

    /// How often each unit of the area is filled.
    fn filled(area: Rect, mesh: &Mesh) -> Vec<usize> {
        let rects: Vec<Rect> = mesh.vertices.chunks(4).map(|v| Rect::from_two_pos(v[0].pos, v[3].pos)).collect();
        let middles = (0..area.height() as usize).flat_map(|y| (0..area.width() as usize).map(move |x| (x, y)));
        let at = |(x, y): (usize, usize)| area.min + eframe::egui::vec2(x as f32 + 0.5, y as f32 + 0.5);
        middles.map(at).map(|at| rects.iter().filter(|rect| rect.contains(at)).count()).collect()
    }

    #[test]
    fn the_ground_is_filled_once_where_no_card_is_and_nowhere_else() {
        let area = rect(3.0, 2.0, 23.0, 14.0);
        // Beside each other, over each other, reaching out of the area, and outside of it.
        let cards = [
            rect(5.0, 4.0, 9.0, 9.0),
            rect(9.0, 6.0, 12.0, 20.0),
            rect(7.0, 8.0, 10.0, 10.0),
            rect(18.0, 0.0, 30.0, 5.0),
            rect(0.0, 11.0, 4.0, 12.0),
            rect(40.0, 3.0, 41.0, 7.0),
        ];
        let mesh = between(area, &cards, Color32::WHITE);
        assert!(mesh.vertices.iter().all(|vertex| area.contains(vertex.pos)), "nothing outside of it");
        let mut counts = filled(area, &mesh).into_iter();
        for y in 2..14 {
            for x in 3..23 {
                let at = pos2(x as f32 + 0.5, y as f32 + 0.5);
                let expected = usize::from(!cards.iter().any(|card| card.contains(at)));
                assert_eq!(counts.next(), Some(expected), "{at:?}");
            }
        }
    }
}
