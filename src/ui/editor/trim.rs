//! Takes out of the frame what egui's text field adds to it for rows that cannot be seen.

use std::sync::Arc;

use eframe::egui::epaint::{ClippedShape, TextShape};
use eframe::egui::layers::ShapeIdx;
use eframe::egui::{Galley, Rect, Shape, Ui};

/// Trims all text that was added to the layer of `ui` after the shape `first`: the text field adds the whole text, and
/// egui looks at each of its rows again when it makes triangles.
pub(super) fn rows(ui: &Ui, first: ShapeIdx) {
    ui.ctx().graphics_mut(|layers| {
        let shapes = layers.entry(ui.layer_id());
        for at in first.0 + 1..shapes.next_idx().0 {
            shapes.mutate_shape(ShapeIdx(at), |ClippedShape { clip_rect, shape, .. }| {
                if let Shape::Text(text) = shape {
                    trim(text, *clip_rect);
                }
            });
        }
    });
}

fn trim(text: &mut TextShape, clip: Rect) {
    let whole = &text.galley;
    let first = whole.rows.partition_point(|row| text.pos.y + row.rect().bottom() <= clip.top());
    let end = whole.rows.partition_point(|row| text.pos.y + row.rect().top() < clip.bottom());
    let mut seen = Galley::concat(whole.job.clone(), &[], whole.pixels_per_point);
    seen.rows = whole.rows.get(first..end).unwrap_or_default().to_vec();
    seen.num_vertices = seen.rows.iter().map(|row| row.visuals.mesh.vertices.len()).sum();
    seen.num_indices = seen.rows.iter().map(|row| row.visuals.mesh.indices.len()).sum();
    (seen.rect, seen.mesh_bounds) = (whole.rect, whole.mesh_bounds);
    text.galley = Arc::new(seen);
}
