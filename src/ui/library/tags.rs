//! The tags of the templates: a click shows those that have one.

use eframe::egui::{Align2, CornerRadius, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::jose::text::visible;
use crate::ui::theme::{fonts, radius, size, space, tokens};
use crate::ui::widgets::focus_ring;
use crate::workbench::Workbench;
use crate::workbench::library::search;

/// Tags on show, at most: the most frequent ones.
const MOST: usize = 8;

/// Draws the tags and lets the user choose among them.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, chosen: &mut Vec<String>) {
    // A tag that nothing has any more would find nothing for ever.
    let id = eframe::egui::Id::unique("library-tags");
    let revision = workbench.library().revision();
    let known: Option<(u64, Vec<String>)> = ui.data(|data| data.get_temp(id));
    let tags = match known {
        Some((of, tags)) if of == revision => tags,
        _ => {
            let tags: Vec<String> = search::tags(workbench.library().entries())
                .into_iter()
                .take(MOST)
                .map(|(tag, _)| tag.to_owned())
                .collect();
            ui.data_mut(|data| data.insert_temp(id, (revision, tags.clone())));
            tags
        }
    };
    chosen.retain(|tag| tags.contains(tag));
    if tags.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
        for tag in tags {
            let on = chosen.contains(&tag);
            if chip(ui, &tag, on) {
                if on {
                    chosen.retain(|known| *known != tag);
                } else {
                    chosen.push(tag);
                }
            }
        }
    });
}

fn chip(ui: &mut Ui, tag: &str, on: bool) -> bool {
    let t = tokens(ui);
    let label = format!("#{}", visible(tag));
    let text = ui.painter().layout_no_wrap(label.clone(), fonts::regular(size::TEXT_SMALL), t.text.primary);
    let wanted = vec2((text.size().x + 2.0 * space::S).min(ui.max_rect().width()), size::CHIP);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, &label));
    let (fill, line, ink) = match (on, response.hovered()) {
        (true, _) => (t.accent.background, t.accent.main, t.accent.main),
        (false, true) => (t.surface.hover, t.surface.line_strong, t.text.primary),
        (false, false) => (t.surface.raised, t.surface.line, t.text.secondary),
    };
    let corner = CornerRadius::same(radius::CHIP);
    ui.painter().rect(rect, corner, fill, Stroke::new(1.0, line), StrokeKind::Inside);
    focus_ring(ui, &response, rect, radius::CHIP);
    let place = Align2::CENTER_CENTER.align_size_within_rect(text.size(), rect);
    ui.painter().with_clip_rect(rect).galley_with_override_text_color(place.min, text, ink);
    response.clicked()
}
