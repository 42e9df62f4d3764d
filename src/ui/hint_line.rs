//! A hint of the first start: one quiet line with a cross that closes it for good.

use eframe::egui::{Align, Label, Layout, RichText, Ui, vec2};

use super::action::Action;
use super::request::CommandQueue;
use super::theme::{fonts, icon, size, space, tokens};
use super::widgets::button;
use crate::workbench::Workbench;
use crate::workbench::command::Command;
use crate::workbench::settings::SettingsCommand;
use crate::workbench::settings::hint::Hint;

/// Height of a hint, in points.
pub(super) const HEIGHT: f32 = size::BUTTON;

/// Whether the hint is to be shown.
pub(super) fn is_due(workbench: &Workbench, hint: Hint) -> bool {
    workbench.settings().hints.contains(&hint)
}

/// Draws the hint in a line of its own, if it is to be shown.
pub(super) fn show(ui: &mut Ui, workbench: &Workbench, hint: Hint, commands: &CommandQueue) {
    if !is_due(workbench, hint) {
        return;
    }
    let room = vec2(ui.available_width(), HEIGHT);
    ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let words = said(ui, hint);
        let text = RichText::new(&words).size(size::TEXT_SMALL).color(tokens(ui).text.muted);
        let wide = (ui.available_width() - size::BUTTON - space::XS).max(0.0);
        ui.scope(|ui| {
            ui.set_max_width(wide);
            ui.add(Label::new(text).truncate());
        });
        cross(ui, &words, hint, commands);
    });
}

/// Draws the hint in a bar that is filled from the right, if it is to be shown and there is room for it.
pub(super) fn show_in_bar(ui: &mut Ui, workbench: &Workbench, hint: Hint, commands: &CommandQueue) {
    if !is_due(workbench, hint) {
        return;
    }
    let words = said(ui, hint);
    let ink = tokens(ui).text.muted;
    let text = ui.painter().layout_no_wrap(words.clone(), fonts::regular(size::TEXT_SMALL), ink);
    if ui.available_width() < text.size().x + size::BUTTON + 2.0 * space::L {
        return;
    }
    ui.spacing_mut().item_spacing.x = space::XS;
    cross(ui, &words, hint, commands);
    ui.label(text);
}

fn cross(ui: &mut Ui, words: &str, hint: Hint, commands: &CommandQueue) {
    if button::icon(ui, icon::X, &format!("Close the hint: {words}")).clicked() {
        commands.push(Command::Settings(SettingsCommand::CloseHint(hint)));
    }
}

/// What is said, with the keys that it is about.
fn said(ui: &Ui, hint: Hint) -> String {
    match hint {
        Hint::Typing => "Type in the claims: the token follows.".to_owned(),
        Hint::Copying => "Copy takes the token; “as” has curl and code.".to_owned(),
        Hint::Palette => {
            let keys = Action::Palette.shortcut().map(|keys| ui.ctx().format_shortcut(&keys)).unwrap_or_default();
            format!("{keys} finds every action")
        }
    }
}
