//! The notices at the lower right.

use eframe::egui::{self, Align2, Area, Frame, Id, Label, Order, RichText, Stroke, Ui, vec2};

use super::request::CommandQueue;
use super::status_bar;
use super::theme::{self, icon, radius, size, space};
use super::widgets::button;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, FileCommand, ViewCommand};
use crate::workbench::question::{Notice, NoticeKind, Offer};

const WIDTH: f32 = 360.0;

/// Draws the notices, the newest at the bottom.
pub fn ui(ui: &Ui, workbench: &Workbench, commands: &CommandQueue) {
    if workbench.notices().list().is_empty() {
        return;
    }
    let offset = vec2(-space::M, -(status_bar::HEIGHT + space::M));
    Area::new(Id::unique("notices")).order(Order::Foreground).anchor(Align2::RIGHT_BOTTOM, offset).show(
        ui.ctx(),
        |ui| {
            ui.set_width(WIDTH);
            for notice in workbench.notices().list() {
                show(ui, notice, commands);
                ui.add_space(space::S);
            }
        },
    );
}

fn show(ui: &mut Ui, notice: &Notice, commands: &CommandQueue) {
    let tokens = theme::tokens(ui);
    let (icon, colour) = match notice.kind {
        NoticeKind::Done => (icon::CHECK_CIRCLE, tokens.status.ok),
        NoticeKind::Info => (icon::INFO, tokens.accent.main),
        NoticeKind::Error => (icon::WARNING_CIRCLE, tokens.status.error),
    };
    let frame = Frame::new()
        .fill(tokens.surface.raised)
        .stroke(Stroke::new(1.0, tokens.surface.line_strong))
        .corner_radius(radius::CARD)
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(egui::Margin::symmetric(12, 10));
    frame.show(ui, |ui| {
        ui.horizontal_top(|ui| {
            ui.label(RichText::new(icon).size(size::ICON + 2.0).color(colour));
            ui.vertical(|ui| {
                ui.set_width(WIDTH - 84.0);
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.add(Label::new(&notice.text).wrap());
                if !notice.help.is_empty() {
                    ui.add(
                        Label::new(RichText::new(&notice.help).size(size::TEXT_SMALL).color(tokens.text.secondary))
                            .wrap(),
                    );
                }
                if notice.offer == Some(Offer::Reload) {
                    ui.add_space(space::XS);
                    if button::normal(ui, "Reload").clicked() {
                        commands.push(Command::File(FileCommand::Reload));
                    }
                }
            });
            if button::icon(ui, icon::X, "Close notice").clicked() {
                commands.push(Command::View(ViewCommand::DismissNotice(notice.id)));
            }
        });
    });
}
