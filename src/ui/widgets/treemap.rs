//! A rectangle cut into cells whose areas are to each other as their sizes.

use eframe::egui::{
    CornerRadius, EventFilter, Id, Rect, Response, Role, Sense, Ui, WidgetInfo,
    epaint::text::{LayoutJob, TextFormat, TextWrapping},
    pos2, vec2,
};

use super::focus_ring;
use crate::ui::figures::grouped;
use crate::ui::theme::{fonts, radius, size, space, tokens};

/// Between neighbouring cells, in points.
const GAP: f32 = 2.0;
/// A name is written into a cell of at least this size, in points.
const LABELLED: [f32; 2] = [24.0, 20.0];
/// A name is cut short only in a cell of at least this width, in points.
const CUT: f32 = 56.0;

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What is written into it where there is room.
    pub label: String,
    /// Everything about it: tooltip and accessible name.
    pub words: String,
    /// Its size; larger than 0.
    pub size: usize,
    /// Whether a click leads into it.
    pub opens: bool,
    /// What is no thing of its own but what the others stand in.
    pub rest: bool,
}

/// What a user does with the cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// The cell to go into.
    pub entered: Option<usize>,
    /// The cell under the keyboard, or else under the pointer.
    pub regarded: Option<usize>,
    /// Back to what the cells are in.
    pub back: bool,
}

/// Draws `cells`, the largest first, over the whole width; `focus` moves the keyboard to the first of them.
pub fn show(ui: &mut Ui, name: &str, cells: &[Cell], height: f32, focus: bool) -> Done {
    let (rect, group) = ui.allocate_exact_size(vec2(ui.available_width(), height.max(1.0)), Sense::hover());
    group.widget_info(|| WidgetInfo::labeled(Role::Group, ui.is_enabled(), name));
    let sizes: Vec<_> = cells.iter().map(|cell| cell.size as f64).collect();
    let mut done = Done::default();
    let mut focused = None;
    for (index, (cell, place)) in cells.iter().zip(squarify(&sizes, rect)).enumerate() {
        let response = cell_ui(ui, cell, place, group.id.with(index));
        if focus && index == 0 {
            response.request_focus();
        }
        if response.clicked() && cell.opens {
            done.entered = Some(index);
        }
        if response.has_focus() {
            let filter = EventFilter { escape: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
            done.back = ui.input(|input| {
                input.key_pressed(eframe::egui::Key::Backspace) || input.key_pressed(eframe::egui::Key::Escape)
            });
            focused = Some(response.clone());
            done.regarded = Some(index);
        } else if response.hovered() && focused.is_none() {
            done.regarded = Some(index);
        }
        response.on_hover_text(&cell.words);
    }
    // Over its neighbours.
    if let Some(response) = focused {
        focus_ring(ui, &response, response.rect, radius::SMALL);
    }
    done
}

fn cell_ui(ui: &Ui, cell: &Cell, place: Rect, id: Id) -> Response {
    let t = tokens(ui);
    let place = place.shrink((GAP / 2.0).min(place.width() / 4.0).min(place.height() / 4.0));
    let sense = if cell.opens { Sense::click() } else { Sense::focusable_noninteractive() | Sense::hover() };
    let response = ui.interact(place, id, sense);
    let role = if cell.opens { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, ui.is_enabled(), &cell.words));
    let busy = response.hovered() || response.has_focus();
    let (fill, ink) = match (cell.rest, cell.opens) {
        (true, _) => (t.surface.raised, t.text.secondary),
        (false, true) => (t.part.payload_cell, t.part.on_cell),
        (false, false) => (t.part.payload_leaf, t.part.on_cell),
    };
    let fill = if busy && !cell.rest { t.part.payload_cell_hover } else { fill };
    ui.painter().rect_filled(place, CornerRadius::same(radius::SMALL), fill);
    if place.width() >= LABELLED[0] && place.height() >= LABELLED[1] {
        let inside = place.shrink2(vec2(space::S.min(place.width() / 8.0), 3.0));
        let lay = |words: &str| {
            let format = TextFormat::simple(fonts::semibold(size::TEXT_SMALL), ink);
            let mut job = LayoutJob::single_section(words.to_owned(), format);
            job.wrap = TextWrapping::truncate_at_width(inside.width());
            ui.painter().layout_job(job)
        };
        let sized = lay(&format!("{}  {} B", cell.label, grouped(cell.size)));
        // Without room for both the name alone, and rather nothing than the first letters of it.
        let galley = if sized.elided { lay(&cell.label) } else { sized };
        if !galley.elided || inside.width() >= CUT {
            ui.painter().with_clip_rect(place.intersect(ui.clip_rect())).galley(inside.min, galley, ink);
        }
    }
    response
}

/// The rectangles of cells with these sizes, in their order: as near to squares as can be when the largest come first
/// (squarified treemaps). They fill `rect` and do not overlap; a size that is not above 0 gets no area.
#[must_use]
pub fn squarify(sizes: &[f64], rect: Rect) -> Vec<Rect> {
    let mut places = vec![Rect::from_min_size(rect.min, vec2(0.0, 0.0)); sizes.len()];
    let total: f64 = sizes.iter().filter(|size| **size > 0.0).sum();
    let area = f64::from(rect.width()) * f64::from(rect.height());
    if total <= 0.0 || area <= 0.0 || !area.is_finite() {
        return places;
    }
    let areas: Vec<(usize, f64)> = sizes
        .iter()
        .enumerate()
        .filter(|(_, size)| **size > 0.0)
        .map(|(index, size)| (index, size * area / total))
        .collect();
    let mut room = Room {
        left: rect.left().into(),
        top: rect.top().into(),
        right: rect.right().into(),
        bottom: rect.bottom().into(),
    };
    let mut rest = areas.as_slice();
    while !rest.is_empty() {
        let (row, others) = rest.split_at(row_length(rest, room.short_side()));
        for (index, place) in room.take_row(row, others.is_empty()) {
            if let Some(slot) = places.get_mut(index) {
                *slot = place;
            }
        }
        rest = others;
    }
    places
}

/// How many of `areas` stand in one row along a side of this length: as long as their shapes get no worse.
fn row_length(areas: &[(usize, f64)], side: f64) -> usize {
    let mut sum = 0.0;
    let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
    let mut worst = f64::INFINITY;
    for (count, (_, area)) in areas.iter().enumerate() {
        sum += area;
        least = least.min(*area);
        most = most.max(*area);
        let (side, sum) = (side * side, sum * sum);
        let now = (side * most / sum).max(sum / (side * least));
        if now > worst {
            return count.max(1);
        }
        worst = now;
    }
    areas.len()
}

/// What is still free.
#[derive(Clone, Copy)]
struct Room {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Room {
    fn short_side(self) -> f64 {
        (self.right - self.left).min(self.bottom - self.top).max(f64::MIN_POSITIVE)
    }

    /// Cuts a row off along the short side; the last one takes all that is left, so that no rounding shows.
    fn take_row(&mut self, row: &[(usize, f64)], is_last: bool) -> Vec<(usize, Rect)> {
        let sum: f64 = row.iter().map(|(_, area)| area).sum();
        let (width, height) = (self.right - self.left, self.bottom - self.top);
        let stands = width >= height;
        let (along, across) = if stands { (height, width) } else { (width, height) };
        let thick = if is_last { across } else { (sum / along.max(f64::MIN_POSITIVE)).min(across) };
        let mut done = 0.0;
        let mut places = Vec::with_capacity(row.len());
        for (index, area) in row {
            let (from, to) = (along * done / sum, along * (done + area) / sum);
            done += area;
            let (min, max) = if stands {
                ((self.left, self.top + from), (self.left + thick, self.top + to))
            } else {
                ((self.left + from, self.top), (self.left + to, self.top + thick))
            };
            let point = |(x, y): (f64, f64)| pos2(x as f32, y as f32);
            places.push((*index, Rect::from_min_max(point(min), point(max))));
        }
        *(if stands { &mut self.left } else { &mut self.top }) += thick;
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop, prop_assert, proptest};

    proptest! {
        #[test]
        fn areas_are_as_the_sizes_and_fill_the_rectangle_without_overlap(
            mut sizes in prop::collection::vec(1_u32..5_000, 1..60),
            (width, height) in (40.0_f32..1_200.0, 40.0_f32..600.0),
        ) {
            sizes.sort_by_key(|size| std::cmp::Reverse(*size));
            let sizes: Vec<f64> = sizes.into_iter().map(f64::from).collect();
            let rect = Rect::from_min_size(pos2(13.0, 7.0), vec2(width, height));
            let places = squarify(&sizes, rect);
            let total: f64 = sizes.iter().sum();
            let area = f64::from(rect.area());
            for (index, (place, size)) in places.iter().zip(&sizes).enumerate() {
                let wanted = size / total * area;
                prop_assert!(rect.expand(0.01).contains_rect(*place), "{place:?} sticks out of {rect:?}");
                let off = (f64::from(place.area()) - wanted).abs();
                prop_assert!(off < 0.5 + wanted * 0.01, "cell {index}: {} in place of {wanted}", place.area());
                for other in &places[index + 1..] {
                    let common = place.intersect(*other);
                    let overlap = common.width().max(0.0) * common.height().max(0.0);
                    prop_assert!(common.is_negative() || overlap < 0.2, "{place:?} lies over {other:?}");
                }
            }
            let filled: f64 = places.iter().map(|place| f64::from(place.area())).sum();
            prop_assert!((filled - area).abs() < 1.0 + area * 0.001, "{filled} of {area} is filled");
        }

        #[test]
        fn cells_of_one_size_are_not_slivers(count in 2_usize..60) {
            let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(600.0, 200.0));
            for place in squarify(&vec![1.0; count], rect) {
                let ratio = place.width().max(place.height()) / place.width().min(place.height());
                prop_assert!(ratio < 3.6, "{count} cells: {place:?}");
            }
        }
    }

    #[test]
    fn nothing_has_no_area() {
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(100.0, 50.0));
        assert!(squarify(&[], rect).is_empty());
        let places = squarify(&[3.0, 0.0], rect);
        assert!((places[0].area() - 5_000.0).abs() < 0.1 && places[1].area() == 0.0, "{places:?}");
        assert_eq!(squarify(&[1.0], Rect::from_min_size(rect.min, vec2(0.0, 0.0)))[0].area(), 0.0);
    }
}
