//! The notices at the lower right.

use eframe::egui::accesskit::Live;
use eframe::egui::{
    Align, Align2, Area, Color32, Frame, Id, Label, Layout, Margin, Order, RichText, Role, Stroke, Ui, UiBuilder, vec2,
};

use super::request::CommandQueue;
use super::status_bar;
use super::theme::{self, icon, radius, size, space};
use super::widgets::sign::sign;
use super::widgets::{button, message};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, CompareCommand, FileCommand, ViewCommand};
use crate::workbench::library::LibraryCommand;
use crate::workbench::notice::{Notice, NoticeKind, Offer};

const WIDTH: f32 = 380.0;
/// Width of the sign.
const SIGN: f32 = 16.0;
/// Side of the cross that closes a notice.
const CROSS: f32 = 24.0;
/// Above the first line and below the last: the lines stand in the middle of the cross.
const TOP: f32 = 4.0;

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
        .fill(tokens.surface.panel)
        .stroke(Stroke::new(1.0, tokens.surface.line_strong))
        .corner_radius(radius::CARD)
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(Margin::symmetric(12, 8));
    let role = if notice.kind == NoticeKind::Error { Role::Alert } else { Role::Status };
    let spoken = UiBuilder::new().accessibility_role(role).accessibility_label(&notice.text);
    ui.scope_builder(spoken, |ui| {
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| node.set_live(Live::Polite));
        frame.show(ui, |ui| content(ui, notice, icon, colour, commands));
    });
}

fn content(ui: &mut Ui, notice: &Notice, icon: &str, colour: Color32, commands: &CommandQueue) {
    let tokens = theme::tokens(ui);
    ui.spacing_mut().item_spacing.x = space::S;
    ui.horizontal_top(|ui| {
        // The sign and the cross stand beside the first line, whatever follows it.
        beside_first_line(ui, SIGN, |ui| sign(ui, icon, colour));
        ui.vertical(|ui| {
            ui.set_width(ui.available_width() - CROSS - space::S);
            ui.spacing_mut().item_spacing.y = space::XXS;
            ui.add_space(TOP);
            ui.add(Label::new(message::sentence(&notice.text)).wrap());
            if !notice.help.is_empty() {
                let help = RichText::new(message::sentence(&notice.help)).size(size::TEXT);
                ui.add(Label::new(help.color(tokens.text.secondary)).wrap());
            }
            if let Some(offer) = notice.offer {
                let (label, command) = match offer {
                    Offer::Reload => ("Reload", Command::File(FileCommand::Reload)),
                    Offer::RestoreVariants => ("Undo", Command::Compare(CompareCommand::RestoreRemoved)),
                    Offer::RestoreTemplate(ticket) => ("Undo", Command::Library(LibraryCommand::Restore(ticket))),
                };
                ui.add_space(space::XS);
                if button::normal(ui, label).clicked() {
                    commands.push(command);
                }
            }
            ui.add_space(TOP);
        });
        if button::icon(ui, icon::X, "Close notice").clicked() {
            commands.push(Command::View(ViewCommand::DismissNotice(notice.id)));
        }
    });
}

fn beside_first_line<R>(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui) -> R) {
    ui.allocate_ui_with_layout(vec2(width, CROSS), Layout::left_to_right(Align::Center), content);
}
