//! The title of a column: a click sorts by it, its right edge makes it wider or narrower.

use eframe::egui::{Align2, CursorIcon, Rect, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::cells::STAR;
use super::column::{Choice, Column};
use crate::measure::budget::Budget;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{fonts, icon, radius, size, space, tokens};
use crate::ui::widgets::button::{Button, Kind};
use crate::ui::widgets::{focus_ring, menu};
use crate::workbench::command::{Command, ViewCommand};

/// From the edge of a cell to what is in it, in points.
pub(super) const PADDING: f32 = space::S;
/// What can be gripped at the edge of a column, in points.
const GRIP: f32 = 7.0;
/// Room for the menu of the budgets, in points.
const CARET: f32 = 20.0;

/// A title and where it stands.
pub(super) struct Header {
    pub(super) column: Column,
    pub(super) rect: Rect,
    pub(super) clip: Rect,
    /// Whether the table is sorted by it, and then whether the greatest comes first.
    pub(super) sorted: Option<bool>,
    pub(super) budget: Budget,
}

impl Header {
    /// Draws the title; returns whether the table is to be sorted by it.
    pub(super) fn ui(&self, ui: &mut Ui, choice: &mut Choice, commands: &CommandQueue) -> bool {
        let mut inside = ui.new_child(UiBuilder::new().id_salt(("title", self.column)).max_rect(self.rect));
        inside.shrink_clip_rect(self.clip);
        let clicked = self.title(&inside);
        if self.column == Column::Budget {
            self.budgets(&mut inside, commands);
        }
        self.grip(&inside, choice);
        clicked
    }

    fn title(&self, ui: &Ui) -> bool {
        let t = tokens(ui);
        let title = self.column.title(self.budget);
        let response = ui.interact(self.rect.shrink2(vec2(2.0, 2.0)), ui.scope_id().with("title"), Sense::click());
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        let order = match self.sorted {
            None => "",
            Some(false) => ", ascending",
            Some(true) => ", descending",
        };
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, format!("{title}{order}")));
        let busy = response.hovered() || response.has_focus() || self.sorted.is_some();
        let ink = if busy { t.text.primary } else { t.text.secondary };
        let font = fonts::semibold(size::TEXT_SMALL);
        let caret = if self.column == Column::Budget { CARET } else { 0.0 };
        let before = if self.column == Column::Name { STAR } else { PADDING };
        let place = self.rect.with_min_x(self.rect.left() + before).with_max_x(self.rect.right() - PADDING);
        let sign = self.sorted.map(|descending| if descending { " \u{2193}" } else { " \u{2191}" }).unwrap_or_default();
        let words = format!("{title}{sign}");
        if self.column.is_number() {
            let place = place.right_center() - vec2(caret, 0.0);
            ui.painter().text(place, Align2::RIGHT_CENTER, words, font, ink);
        } else {
            ui.painter().text(place.left_center(), Align2::LEFT_CENTER, words, font, ink);
        }
        focus_ring(ui, &response, response.rect.shrink(1.0), radius::SMALL);
        let next = match self.sorted {
            None => "Click to sort, the smallest first",
            Some(false) => "Click to sort, the greatest first",
            Some(true) => "Click for the own order",
        };
        response.on_hover_text(format!("{}. {next}.", self.column.tip())).clicked()
    }

    /// Which budget the shares are of.
    fn budgets(&self, ui: &mut Ui, commands: &CommandQueue) {
        let place = Rect::from_center_size(
            pos2(self.rect.right() - CARET / 2.0 - 2.0, self.rect.center().y),
            vec2(CARET, self.rect.height()),
        );
        let mut corner = ui.new_child(UiBuilder::new().id_salt("budgets").max_rect(place.shrink2(vec2(0.0, 2.0))));
        let response = corner.add(Button::new(Kind::Icon, icon::CARET_DOWN).name("Choose the budget"));
        menu::below(&response, "Choose the budget", |ui| {
            for budget in Budget::ALL {
                if menu::entry(ui, budget.label(), "", budget == self.budget)
                    .on_hover_text(budget.explanation())
                    .clicked()
                {
                    commands.push(Command::View(ViewCommand::Budget(budget)));
                }
            }
        });
    }

    fn grip(&self, ui: &Ui, choice: &mut Choice) {
        let edge = Rect::from_center_size(self.rect.right_center(), vec2(GRIP, self.rect.height()));
        // Not a stop of the tab key: every column is shown whole as it is.
        let response = ui.interact(edge, ui.scope_id().with("grip"), Sense::DRAG | Sense::CLICK);
        let t = tokens(ui);
        let busy = response.hovered() || response.dragged();
        let ink = if busy { t.accent.main } else { t.surface.line };
        let range = self.rect.shrink2(vec2(0.0, 7.0)).y_range();
        ui.painter().vline(self.rect.right() - 0.5, range, Stroke::new(if busy { 2.0 } else { 1.0 }, ink));
        if response.double_clicked() {
            choice.resize(self.column, None);
        } else if response.dragged() && response.drag_delta().x != 0.0 {
            choice.resize(self.column, Some(self.rect.width() + response.drag_delta().x));
        }
        response.on_hover_cursor(CursorIcon::ResizeColumn);
    }
}
