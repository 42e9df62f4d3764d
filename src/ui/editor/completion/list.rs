//! The list of completions as it is drawn.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{
    Area, Color32, Frame, Galley, Id, LayerId, Margin, Order, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo,
    accesskit, pos2, vec2,
};

use super::Choice;
use crate::ui::theme::{fonts, radius, size, space, tokens};

/// Height of a row, in points.
const ROW: f32 = 22.0;
/// Rows on show at once.
const ROWS: usize = 8;
/// Between a choice and what it means, in points.
const GAP: f32 = 20.0;
/// Widths that the two columns take at most, in points.
const MOST: [f32; 2] = [260.0, 240.0];

/// Draws the list below the cursor, or above it where there is no room. Returns the choice that was clicked.
pub(super) fn show(ui: &Ui, id: Id, cursor: Rect, choices: &[Choice], chosen: Option<usize>) -> Option<usize> {
    let first = chosen.map_or(0, |chosen| (chosen + 1).saturating_sub(ROWS));
    let shown: Vec<(usize, &Choice)> = choices.iter().enumerate().skip(first).take(ROWS).collect();
    let frame = Frame::popup(ui.style()).inner_margin(Margin::same(4));
    let height = shown.len() as f32 * ROW + 8.0;
    let window = ui.ctx().content_rect();
    let below = cursor.bottom() + space::XS;
    let top = if below + height <= window.bottom() { below } else { cursor.top() - space::XS - height };
    let area = Area::new(id).order(Order::Foreground).fixed_pos(pos2(cursor.left(), top)).constrain_to(window);
    let mut clicked = None;
    area.show(ui.ctx(), |ui| {
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            let columns = columns(ui, &shown);
            let list = ui.scope(|ui| {
                for (index, choice) in &shown {
                    if row(ui, choice, chosen == Some(*index), columns).clicked() {
                        clicked = Some(*index);
                    }
                }
            });
            ui.ctx().accesskit_node_builder(list.response.id, |node| {
                node.set_role(accesskit::Role::ListBox);
                node.set_label("Suggestions");
            });
        });
    });
    clicked
}

/// Whether the list lies over this point of the window.
pub(super) fn covers(ui: &Ui, id: Id, pointer: Pos2) -> bool {
    ui.ctx().layer_id_at(pointer) == Some(LayerId::new(Order::Foreground, id))
}

/// The widths of the two columns.
fn columns(ui: &Ui, shown: &[(usize, &Choice)]) -> [f32; 2] {
    let texts = shown.iter().map(|(_, choice)| text(ui, choice).size().x).fold(0.0, f32::max);
    let meanings = shown.iter().map(|(_, choice)| meaning(ui, choice).size().x).fold(0.0, f32::max);
    [texts, meanings].map(f32::ceil)
}

fn text(ui: &Ui, choice: &Choice) -> Arc<Galley> {
    one_line(ui, &choice.text, TextFormat::simple(fonts::mono(size::MONO), Color32::PLACEHOLDER), MOST[0])
}

fn meaning(ui: &Ui, choice: &Choice) -> Arc<Galley> {
    one_line(ui, &choice.meaning, TextFormat::simple(fonts::regular(size::TEXT_SMALL), Color32::PLACEHOLDER), MOST[1])
}

fn one_line(ui: &Ui, text: &str, format: TextFormat, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::single_section(text.replace('\n', " "), format);
    job.wrap = TextWrapping::truncate_at_width(width);
    ui.painter().layout_job(job)
}

fn row(ui: &mut Ui, choice: &Choice, chosen: bool, [first, second]: [f32; 2]) -> Response {
    let t = tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(first + GAP + second + 2.0 * space::S, ROW), Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::selected(Role::ListBoxOption, true, chosen, &choice.text);
        info.hint_text = (!choice.meaning.is_empty()).then(|| choice.meaning.clone());
        info
    });
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(chosen));
    let fill = match (chosen, response.hovered()) {
        (true, _) => t.accent.background,
        (false, true) => t.surface.hover,
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, radius::SMALL, fill);
    let at = |galley: Arc<Galley>, x: f32, ink: Color32| {
        let place = pos2(x, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley_with_override_text_color(place, galley, ink);
    };
    let left = rect.left() + space::S;
    at(text(ui, choice), left, if chosen { t.accent.main } else { t.text.primary });
    at(meaning(ui, choice), left + first + GAP, t.text.secondary);
    response
}
