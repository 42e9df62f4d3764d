//! What stands in the cells of the table.

use eframe::egui::{Align, Align2, Color32, Layout, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::column::Column;
use super::header::PADDING;
use super::lines::{Line, Tone};
use crate::measure::weight::Weight;
use crate::ui::theme::{fonts, icon, size, space, tokens};
use crate::ui::widgets::chip::Chip;
use crate::ui::widgets::cut::cut;
use crate::ui::widgets::stacked_bar;

/// Room for the star of the baseline before every name, so that all names begin at one place, in points.
pub(super) const STAR: f32 = 18.0;
/// A part that is there is drawn at least this wide, in points.
const THINNEST: f32 = 2.0;

/// The name, with the star of the baseline.
pub(super) fn name(ui: &Ui, rect: Rect, line: &Line) {
    let t = tokens(ui);
    let room = rect.with_max_x(rect.right() - space::XS);
    if line.is_baseline {
        let place = room.left_center() + vec2(1.0, 0.0);
        ui.painter().text(place, Align2::LEFT_CENTER, icon::STAR, fonts::regular(size::TEXT), t.accent.main);
    }
    cut(ui, room.with_min_x(room.left() + STAR), &line.name, fonts::semibold(size::TEXT), t.text.primary);
}

/// Why there are no figures.
pub(super) fn problem(ui: &Ui, rect: Rect, words: &str) {
    let t = tokens(ui);
    let place = rect.left_center() + vec2(PADDING, 0.0);
    ui.painter().text(place, Align2::LEFT_CENTER, icon::WARNING_CIRCLE, fonts::regular(size::ICON), t.status.error);
    cut(ui, rect.with_min_x(place.x + size::ICON + space::S), words, fonts::regular(size::TEXT), t.status.error);
}

/// What stands in a column.
pub(super) fn cell(ui: &mut Ui, rect: Rect, line: &Line, column: Column, longest: usize) {
    match column {
        Column::Parts => parts(ui, rect, line, longest),
        Column::Verdict => verdict(ui, rect, line),
        _ => text(ui, rect, line, column),
    }
}

fn text(ui: &Ui, rect: Rect, line: &Line, column: Column) {
    let Some(cell) = line.cell(column) else { return };
    let t = tokens(ui);
    let ink = match cell.tone {
        Tone::Plain => t.text.primary,
        Tone::Less => t.status.ok,
        Tone::More => t.status.warning,
        Tone::Dim => t.text.muted,
    };
    let room = rect.shrink2(vec2(PADDING, 0.0));
    if column.is_number() {
        number(ui, rect.intersect(ui.clip_rect()), room, &cell.text, ink);
    } else {
        cut(ui, room, &cell.text, fonts::regular(size::TEXT), ink);
    }
}

/// A number, or an ellipsis where not all of it is `shown`: a part of a number would read as another one.
fn number(ui: &Ui, shown: Rect, room: Rect, text: &str, ink: Color32) {
    let painter = ui.painter_at(shown);
    let galley = painter.layout_no_wrap(text.to_owned(), fonts::regular(size::TEXT), ink);
    let place = Align2::RIGHT_CENTER.align_size_within_rect(galley.size(), room);
    if place.left() >= shown.left() - 0.5 && place.right() <= shown.right() + 0.5 {
        painter.galley(place.min, galley, ink);
    } else {
        painter.text(shown.center(), Align2::CENTER_CENTER, "…", fonts::regular(size::TEXT), ink);
    }
}

/// Header, payload and signature to the scale of the longest token.
fn parts(ui: &Ui, rect: Rect, line: &Line, longest: usize) {
    let t = tokens(ui);
    let room = rect.shrink2(vec2(PADDING, 0.0));
    let scale = room.width() / longest.max(1) as f32;
    let inks = [t.part.header_fill, t.part.payload_fill, t.part.signature_fill];
    let mut x = room.left();
    let top = room.center().y - size::BAR / 2.0;
    for (bytes, ink) in line.parts.into_iter().zip(inks).filter(|(bytes, _)| *bytes > 0) {
        let width = (bytes as f32 * scale).max(THINNEST);
        let gap = stacked_bar::gap(x - room.left(), width);
        let bar = Rect::from_min_max(pos2(x + gap, top), pos2(x + width, top + size::BAR));
        ui.painter().rect_filled(bar, 1.0, ink);
        x += width;
    }
    let response = ui.interact(rect, ui.scope_id().with("parts"), Sense::hover());
    if let Some(cell) = line.cell(Column::Parts) {
        response.on_hover_text(&cell.text);
    }
}

fn verdict(ui: &mut Ui, rect: Rect, line: &Line) {
    let Some(ruling) = &line.ruling else { return };
    let layout = Layout::left_to_right(Align::Center);
    let room = rect.shrink2(vec2(PADDING, 0.0));
    let mut inside = ui.new_child(UiBuilder::new().id_salt("verdict").max_rect(room).layout(layout));
    let label = ruling.weight.label();
    let chip = match ruling.weight {
        Weight::Light => Chip::ok(label),
        Weight::Fair => Chip::warning(label),
        Weight::Heavy | Weight::TooLarge => Chip::error(label),
    };
    chip.show(&mut inside).on_hover_text(&line.details);
}
