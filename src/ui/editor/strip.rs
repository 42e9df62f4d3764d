//! The strip below the text that says what is wrong with it.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Color32, CursorIcon, FontId, Galley, Label, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2,
};

use super::places::Places;
use crate::jose::error::Problem;
use crate::jose::text::Position;
use crate::ui::theme::{fonts, radius, size, space, tokens};
use crate::ui::widgets::focus_ring;
use crate::ui::widgets::message::sentence;

/// Above and below the words, in points.
const MARGIN: f32 = 6.0;

/// A strip that was laid out but not yet drawn.
pub(super) struct Strip {
    words: Arc<Galley>,
    /// Height, in points.
    pub(super) height: f32,
}

impl Strip {
    /// Lays the words out for a width; the strip gets at most `most` points high and scrolls when it needs more.
    pub(super) fn new(ui: &Ui, problem: &Problem, position: Option<Position>, width: f32, most: f32) -> Self {
        let palette = tokens(ui);
        let mut job = LayoutJob::default();
        let mut add = |words: &str, font: FontId, ink: Color32| job.append(words, 0.0, TextFormat::simple(font, ink));
        if let Some(position) = position {
            add(&format!("{position}  "), fonts::semibold(size::TEXT), palette.status.error);
        }
        add(&sentence(&problem.message), fonts::regular(size::TEXT), palette.status.error);
        if !problem.help.is_empty() {
            add(&format!("  {}", sentence(&problem.help)), fonts::regular(size::TEXT), palette.text.muted);
        }
        job.wrap.max_width = width;
        let words = ui.painter().layout_job(job);
        let height = (words.size().y + 2.0 * MARGIN).min(most).ceil();
        Self { words, height }
    }

    /// Draws the strip. Returns whether it was clicked.
    pub(super) fn show(self, ui: &mut Ui, area: Rect) -> bool {
        let line = tokens(ui).surface.line;
        ui.painter().hline(area.x_range(), area.top() + 0.5, Stroke::new(1.0, line));
        let inner = Rect::from_min_max(pos2(area.left(), area.top() + 1.0), area.max);
        let mut ui = ui.new_child(UiBuilder::new().id_salt("problem").max_rect(inner));
        ui.set_clip_rect(inner.intersect(ui.clip_rect()));
        ScrollArea::vertical()
            .auto_shrink(false)
            .show(&mut ui, |ui| {
                ui.add_space(MARGIN - 1.0);
                let words = self.words.text().to_owned();
                let response = ui.add(Label::new(self.words).selectable(true).sense(Sense::click()));
                // A click goes to the place.
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
                focus_ring(ui, &response, response.rect.expand(2.0), radius::SMALL);
                response.on_hover_cursor(CursorIcon::PointingHand).clicked()
            })
            .inner
    }
}

/// The place of a problem as people say it.
pub(super) fn position(text: &str, places: &Places, offset: usize) -> Position {
    let (line, column) = places.position(text, offset);
    Position { line, column }
}

/// Room that the text keeps when the strip below it is tall.
pub(super) fn most_height(editor: f32) -> f32 {
    (editor * 0.45).max(size::TEXT + 2.0 * MARGIN + space::XS)
}
