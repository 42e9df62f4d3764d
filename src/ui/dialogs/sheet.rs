//! What every dialog stands on: a sheet over a dimmed window, with buttons at its foot.

use eframe::egui::{Align, Frame, Id, Layout, Modal, ModalResponse, RichText, Role, Ui, UiBuilder, vec2};

use crate::ui::theme::{self, radius, size, space};
use crate::ui::widgets::trailing::trailing;

/// From the edge of a dialog to what is in it, in points.
const MARGIN: f32 = 20.0;

/// A dialog over a dimmed window, `width` wide where the window has the room.
pub(in crate::ui) fn sheet<R>(
    ui: &Ui,
    id: &str,
    width: f32,
    title: &str,
    content: impl FnOnce(&mut Ui) -> R,
) -> ModalResponse<R> {
    let frame = Frame::popup(ui.style()).inner_margin(MARGIN).corner_radius(radius::DIALOG);
    Modal::new(Id::unique(id)).frame(frame).show(ui.ctx(), |ui| {
        spoken(ui, title, |ui| {
            ui.set_width(width.min(ui.ctx().content_rect().width() - 2.0 * (MARGIN + space::L)));
            ui.spacing_mut().item_spacing.y = space::M;
            ui.label(RichText::new(title).font(theme::fonts::semibold(size::TEXT_TITLE)));
            content(ui)
        })
    })
}

/// Tells a screen reader that what `content` adds is a dialog of this name, and that nothing else can be reached.
pub(in crate::ui) fn spoken<R>(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    let dialog = UiBuilder::new().accessibility_role(Role::Dialog).accessibility_label(name);
    let tell = |ui: &mut Ui| {
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| node.set_modal());
        content(ui)
    };
    ui.scope_builder(dialog, tell).inner
}

/// The buttons at the foot of a dialog, in reading order: what it is for comes last.
pub(in crate::ui) fn buttons<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(space::XS);
    let foot = vec2(ui.available_width(), size::BUTTON);
    ui.allocate_ui_with_layout(foot, Layout::left_to_right(Align::Center), |ui| trailing(ui, content)).inner
}
