//! The draft that is minted, or why it cannot be.

use eframe::egui::{Label, RichText, Ui};

use crate::jose::text::visible;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{fonts, size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::{button, message};
use crate::workbench::Workbench;
use crate::workbench::bulk::BulkCommand;
use crate::workbench::command::{Command, ViewCommand};
use crate::workbench::page::Page;

/// Draws the card.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let card = Card::new("What is minted").subtitle("the draft as it is in Craft").actions(|ui| {
        if button::normal(ui, "Edit in Craft").clicked() {
            commands.push(Command::View(ViewCommand::Page(Page::Craft)));
        }
    });
    card.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        let t = tokens(ui);
        let title = visible(&workbench.draft().title()).into_owned();
        let name = RichText::new(title).font(fonts::semibold(size::TEXT)).color(t.text.primary);
        ui.add(Label::new(name).truncate());
        if let Some(problem) = workbench.draft_obstacle() {
            message::error(ui, &problem.message, &problem.help);
        } else {
            ui.label(RichText::new(told(workbench)).color(t.text.secondary));
        }
        if workbench.bulk().is_same() {
            let text = "All tokens will have the same claims";
            message::warning(ui, text, "Add {{counter}} or {{uuid}} to one of them.");
            if button::normal(ui, "Add jti with {{uuid}}").clicked() {
                super::push(commands, BulkCommand::AddIdentifier);
            }
        }
    });
}

/// "Signed with HS256. Key: Secret, 344 bits".
fn told(workbench: &Workbench) -> String {
    let algorithm = workbench.facts().algorithm.as_ref().map_or("no algorithm", |algorithm| algorithm.name());
    let key = workbench.active_key().map(|key| format!(". Key: {}", key.describe())).unwrap_or_default();
    format!("Signed with {algorithm}{key}")
}
