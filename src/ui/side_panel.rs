//! A panel at a side of the page: beside it where the window is wide enough for both, over it where it is not.

use eframe::egui::{Area, Frame, Id, Key, Order, Panel, Rect, Stroke, Ui, UiBuilder, pos2};

use super::splitter::Splitter;
use super::theme;

/// The side of the page that a panel stands at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// A panel and its measures, in points.
pub(super) struct SidePanel {
    /// What no other panel is called.
    pub(super) name: &'static str,
    /// Where it stands.
    pub(super) side: Side,
    /// Its width over the page, and the least beside it.
    pub(super) least: f32,
    /// Its width beside the page until somebody drags it.
    pub(super) default: f32,
    /// Its greatest width beside the page.
    pub(super) most: f32,
    /// Where it would leave less to the page it lies over it.
    pub(super) page: f32,
}

impl SidePanel {
    /// Whether there is room for it beside the page.
    pub(super) fn fits(&self, ui: &Ui) -> bool {
        ui.available_width() - self.least >= self.page
    }

    /// Draws the panel, to be called before the page is drawn. Over the page it covers `strip` points, too, which were
    /// taken at its side before.
    pub(super) fn show(&self, ui: &mut Ui, strip: f32, content: impl FnOnce(&mut Ui)) {
        let frame = Frame::new().fill(theme::tokens(ui).surface.panel);
        if self.fits(ui) {
            let most = self.most.min(ui.available_width() - self.page);
            let widths = self.least..=most;
            self.panel(self.name)
                .default_size(self.default.min(most))
                .size_range(widths)
                .frame(frame)
                .show(ui, content);
            let wider = if self.side == Side::Left { Key::ArrowRight } else { Key::ArrowLeft };
            let name = format!("Width of the {}", self.name);
            Splitter { panel: self.name, name: &name, range: self.least..=most, wider }.tell(ui);
        } else {
            let rect = self.place_over(ui.available_rect_before_wrap(), strip);
            Area::new(Id::unique((self.name, "over"))).order(Order::Middle).fixed_pos(rect.min).show(ui.ctx(), |ui| {
                ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
                    let line = Stroke::new(1.0, theme::tokens(ui).surface.line_strong);
                    frame.shadow(ui.visuals().popup_shadow).stroke(line).show(ui, |ui| {
                        ui.set_min_size(rect.size());
                        ui.set_max_size(rect.size());
                        content(ui);
                    });
                });
            });
        }
    }

    /// Draws a strip of this width at the panel's side, which the page does not get.
    pub(super) fn strip(&self, ui: &mut Ui, name: &'static str, width: f32, content: impl FnOnce(&mut Ui)) {
        let frame = Frame::new().fill(theme::tokens(ui).surface.panel);
        self.panel(name).exact_size(width).resizable(false).frame(frame).show(ui, content);
    }

    fn panel(&self, name: &'static str) -> Panel {
        match self.side {
            Side::Left => Panel::left(name),
            Side::Right => Panel::right(name),
        }
    }

    fn place_over(&self, room: Rect, strip: f32) -> Rect {
        let (left, right) = match self.side {
            Side::Left => (room.left() - strip, room.left() - strip + self.least),
            Side::Right => (room.right() + strip - self.least, room.right() + strip),
        };
        Rect::from_min_max(pos2(left, room.top()), pos2(right, room.bottom()))
    }
}
