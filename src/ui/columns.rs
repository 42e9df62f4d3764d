//! Two columns of cards that share the width of a page.

use std::ops::RangeInclusive;

use eframe::egui::{
    CentralPanel, Frame, Id, Key, Margin, Panel, PanelState, Rect, ScrollArea, Ui, UiBuilder,
    scroll_area::ScrollBarVisibility, vec2,
};

use super::splitter::Splitter;
use super::theme::space;
use super::widgets::follow_keyboard;

/// The two columns never get narrower than these, in points.
const LEFT_LEAST: f32 = 400.0;
const RIGHT_LEAST: f32 = 340.0;
/// Below this width, in points, the right column stands below the left one.
pub(super) const SIDE_BY_SIDE: f32 = LEFT_LEAST + RIGHT_LEAST;
/// Room for the scroll bar at the right of a column, in points.
const SCROLL_BAR: f32 = 10.0;

/// How two columns share the width. The share stays when the window is resized or zoomed.
pub(super) struct Columns {
    /// What no other page calls its left column.
    name: &'static str,
    share: f32,
    width: f32,
}

impl Columns {
    /// Columns of about the same width.
    pub(super) const fn new(name: &'static str) -> Self {
        Self { name, share: 0.505, width: 0.0 }
    }

    /// Draws both; the tab key walks through the left one first. Where they do not fit side by side they stand below
    /// each other and scroll together.
    pub(super) fn show(&mut self, ui: &mut Ui, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
        // The column itself keeps the rest of the right padding free, for its scroll bar.
        let padding = Frame::new().inner_margin(Margin { left: 12, right: 2, top: 12, bottom: 12 });
        if ui.available_width() < SIDE_BY_SIDE {
            scrolling(self.name, ui, |ui| {
                padding.show(ui, |ui| {
                    fit_beside_scroll_bar(ui);
                    left(ui);
                    right(ui);
                });
            });
            return;
        }
        self.follow(ui);
        let panel = Panel::left(self.name).default_size(self.wanted()).size_range(self.range()).frame(padding);
        let shown = panel.show(ui, left);
        self.learn(shown.response.rect.width());
        let range = self.range();
        Splitter { panel: self.name, name: "Width of the left column", range, wider: Key::ArrowRight }.tell(ui);
        CentralPanel::default().frame(padding).show(ui, right);
    }

    /// The least and the greatest width of the left column, in points.
    fn range(&self) -> RangeInclusive<f32> {
        LEFT_LEAST..=(self.width - RIGHT_LEAST).max(LEFT_LEAST)
    }

    /// The width of the left column, in points.
    fn wanted(&self) -> f32 {
        let range = self.range();
        (self.width * self.share).clamp(*range.start(), *range.end())
    }

    /// Gives the column its share of a new width: egui would keep its old width.
    fn follow(&mut self, ui: &Ui) {
        let width = ui.available_width();
        if width == self.width {
            return;
        }
        self.width = width;
        let id = ui.scope_id().with(self.name);
        if let Some(mut column) = PanelState::load(ui.ctx(), id) {
            column.outer_rect.set_width(self.wanted());
            ui.data_mut(|data| data.insert_persisted(id, column));
        }
    }

    /// Takes over the width that the user has dragged the column to.
    fn learn(&mut self, left: f32) {
        if (left - self.wanted()).abs() > 1.0 && self.width > 0.0 {
            self.share = left / self.width;
        }
    }
}

/// The three places of a column.
#[derive(Clone, Copy)]
pub(super) enum Slot {
    /// Cards as high as what is in them.
    Above,
    /// The card that takes the height that the others leave.
    Filling,
    /// More cards as high as what is in them.
    Below,
}

/// Draws cards below each other; the one in [`Slot::Filling`] takes the height that the others leave, and the column
/// scrolls when that is less than `least`. In what scrolls already it takes `least`.
pub(super) fn column(ui: &mut Ui, name: &str, least: f32, mut draw: impl FnMut(&mut Ui, f32, Slot)) {
    let id = Id::unique(("column", name));
    let room = ui.available_height();
    if room.is_infinite() {
        cards(ui, least, &mut draw);
        return;
    }
    let others: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(room / 2.0);
    scrolling(name, ui, |ui| {
        fit_beside_scroll_bar(ui);
        let taken = cards(ui, (room - others).max(least), &mut draw);
        if (taken - others).abs() > 0.5 {
            ui.data_mut(|data| data.insert_temp(id, taken));
            ui.ctx().request_discard("the other cards of the column have another height");
        }
    });
}

/// Draws a page of one column: at most `width` points wide, in the middle of a wider window, and scrolling.
pub(super) fn page(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let room = ui.available_width() - 2.0 * space::XL;
        let side = space::XL + ((room - width) / 2.0).max(0.0).floor();
        let top = ui.cursor().top() + space::L;
        let place = ui.available_rect_before_wrap().shrink2(vec2(side, 0.0)).with_min_y(top);
        let shown = ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
            ui.spacing_mut().item_spacing.y = space::M;
            content(ui);
        });
        ui.advance_cursor_after_rect(shown.response.rect);
        ui.add_space(space::L);
    });
}

/// Draws a page that needs this height, in points; it scrolls where there is less.
pub(super) fn at_least(ui: &mut Ui, height: f32, content: impl FnOnce(&mut Ui)) {
    if ui.available_height() >= height {
        content(ui);
        return;
    }
    scrolling("page", ui, |ui| {
        let room = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
        ui.scope_builder(UiBuilder::new().max_rect(room), content);
    });
}

fn scrolling(name: &str, ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let area = ScrollArea::vertical().id_salt(name).auto_shrink(false);
    area.scroll_bar_visibility(ScrollBarVisibility::VisibleWhenNeeded).show(ui, |ui| {
        content(ui);
        follow_keyboard(ui);
    });
}

fn fit_beside_scroll_bar(ui: &mut Ui) {
    ui.set_max_width((ui.available_width() - SCROLL_BAR).max(0.0));
    ui.spacing_mut().item_spacing = vec2(space::S, space::M);
}

/// Draws the cards of a column, and returns the height that all but the filling one take.
fn cards(ui: &mut Ui, filling: f32, draw: &mut impl FnMut(&mut Ui, f32, Slot)) -> f32 {
    let top = ui.cursor().top();
    draw(ui, 0.0, Slot::Above);
    let filling_top = ui.cursor().top();
    draw(ui, filling, Slot::Filling);
    let filling_bottom = ui.cursor().top();
    draw(ui, 0.0, Slot::Below);
    let bottom = ui.min_rect().bottom();
    // The gap below the filling card is not part of it.
    (filling_top - top) + (bottom - filling_bottom) + space::M
}
