//! The Craft page: what goes into the token on the left, what comes out on the right.

mod claims_pane;
mod claims_table;
mod decoded_pane;
mod decoded_rows;
mod expiry_pane;
mod header_pane;
mod json_view;
mod key_pane;
mod timing_pane;
mod token_pane;
mod variables_pane;

use std::ops::RangeInclusive;

use eframe::egui::{
    CentralPanel, Frame, Id, Margin, Panel, PanelState, ScrollArea, Ui, scroll_area::ScrollBarVisibility, vec2,
};

use self::claims_pane::ClaimsPane;
use self::decoded_pane::DecodedPane;
use self::expiry_pane::ExpiryPane;
use self::header_pane::HeaderPane;
use self::key_pane::KeyPane;
use super::request::{ClaimsView, CommandQueue};
use super::theme::space;
use crate::workbench::Workbench;
use crate::workbench::command::Part;

/// The claims never get less height than this, in points; the column scrolls instead.
const CLAIMS_LEAST: f32 = 190.0;
/// Nor does the decoded card.
const DECODED_LEAST: f32 = 150.0;

/// The two columns never get narrower than these, in points.
const DRAFT_LEAST: f32 = 400.0;
const RESULT_LEAST: f32 = 340.0;

/// Room for the scroll bar at the right of a column, in points.
const SCROLL_BAR: f32 = 10.0;

/// View state of the page.
#[derive(Default)]
pub struct CraftPage {
    split: Split,
    claims: ClaimsPane,
    expiry: ExpiryPane,
    key: KeyPane,
    header: HeaderPane,
    decoded: DecodedPane,
}

impl CraftPage {
    /// Shows the claims as text or table.
    pub fn show_claims_as(&mut self, view: ClaimsView) {
        self.claims.show_as(view);
    }

    /// Opens the find bar of the claims.
    pub fn find(&mut self) {
        self.claims.find();
    }

    /// Puts the keyboard into one of the two texts.
    pub fn focus(&mut self, part: Part, offset: Option<usize>) {
        match part {
            Part::Claims => self.claims.focus(offset),
            Part::Header => self.header.focus(offset),
        }
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, now: i64, commands: &CommandQueue) {
        // The column itself keeps the rest of the right padding free, for its scroll bar.
        let padding = Frame::new().inner_margin(Margin { left: 12, right: 2, top: 12, bottom: 12 });
        self.split.follow(ui);
        // The draft first: the tab key walks in the order of drawing.
        let draft = Panel::left(Split::DRAFT)
            .default_size(self.split.wanted())
            .size_range(self.split.range())
            .frame(padding)
            .show(ui, |ui| {
                column(ui, "draft-column", CLAIMS_LEAST, |ui, height, part| match part {
                    Slot::Above => {}
                    Slot::Filling => self.claims.ui(ui, workbench, now, height, commands),
                    Slot::Below => {
                        variables_pane::ui(ui, workbench, commands);
                        self.expiry.ui(ui, workbench, now, commands);
                        self.key.ui(ui, workbench, now, commands);
                        self.header.ui(ui, workbench, commands);
                    }
                });
            });
        self.split.learn(draft.response.rect.width());
        CentralPanel::default().frame(padding).show(ui, |ui| {
            column(ui, "result-column", DECODED_LEAST, |ui, height, part| match part {
                Slot::Above => token_pane::ui(ui, workbench, commands),
                Slot::Filling => self.decoded.ui(ui, workbench, now, height, commands),
                Slot::Below => timing_pane::ui(ui, workbench, commands),
            });
        });
    }
}

/// How the two columns share the width. The share stays when the window is resized or zoomed.
struct Split {
    share: f32,
    width: f32,
}

impl Default for Split {
    fn default() -> Self {
        Self { share: 0.505, width: 0.0 }
    }
}

impl Split {
    const DRAFT: &str = "draft";

    /// The least and the greatest width of the draft's column, in points.
    fn range(&self) -> RangeInclusive<f32> {
        DRAFT_LEAST..=(self.width - RESULT_LEAST).max(DRAFT_LEAST)
    }

    /// The width of the draft's column, in points.
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
        let id = ui.scope_id().with(Self::DRAFT);
        if let Some(mut column) = PanelState::load(ui.ctx(), id) {
            column.outer_rect.set_width(self.wanted());
            ui.data_mut(|data| data.insert_persisted(id, column));
        }
    }

    /// Takes over the width that the user has dragged the column to.
    fn learn(&mut self, draft: f32) {
        if (draft - self.wanted()).abs() > 1.0 && self.width > 0.0 {
            self.share = draft / self.width;
        }
    }
}

/// The three places of a column.
#[derive(Clone, Copy)]
enum Slot {
    Above,
    Filling,
    Below,
}

/// Draws cards below each other; the one in `Slot::Filling` takes the height that the others leave, and the column
/// scrolls when that is less than `least`.
fn column(ui: &mut Ui, name: &str, least: f32, mut draw: impl FnMut(&mut Ui, f32, Slot)) {
    let id = Id::unique(("column", name));
    let room = ui.available_height();
    let others: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(room / 2.0);
    ScrollArea::vertical()
        .id_salt(name)
        .auto_shrink(false)
        .scroll_bar_visibility(ScrollBarVisibility::VisibleWhenNeeded)
        .show(ui, |ui| {
            ui.set_max_width((ui.available_width() - SCROLL_BAR).max(0.0));
            ui.spacing_mut().item_spacing = vec2(space::S, space::M);
            let top = ui.cursor().top();
            draw(ui, 0.0, Slot::Above);
            let filling_top = ui.cursor().top();
            draw(ui, (room - others).max(least), Slot::Filling);
            let filling_bottom = ui.cursor().top();
            draw(ui, 0.0, Slot::Below);
            let bottom = ui.min_rect().bottom();
            // The gap below the filling card is not part of it.
            let taken = (filling_top - top) + (bottom - filling_bottom) + space::M;
            if (taken - others).abs() > 0.5 {
                ui.data_mut(|data| data.insert_temp(id, taken));
                ui.ctx().request_discard("the other cards of the column have another height");
            }
        });
}
