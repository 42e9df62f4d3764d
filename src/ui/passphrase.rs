//! The question for the passphrase of an encrypted key. What is typed is wiped as soon as it was handed over.

use eframe::egui::{Key, RichText, Ui};
use zeroize::Zeroize as _;

use super::dialogs::{buttons, sheet};
use super::request::CommandQueue;
use super::theme;
use super::widgets::{button, message, secret_field};
use crate::jose::error::Problem;
use crate::jose::secret::Secret;
use crate::jose::text::visible;
use crate::ui::widgets::busy;
use crate::workbench::command::{Command, KeyCommand};

/// View state of the question.
#[derive(Default)]
pub(super) struct Passphrase {
    text: String,
    revealed: bool,
    /// Whether the question was on show in the last frame.
    open: bool,
}

impl Drop for Passphrase {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

impl Passphrase {
    /// To be called while there is no such question.
    pub(super) fn close(&mut self) {
        if std::mem::take(&mut self.open) {
            self.text.zeroize();
            self.revealed = false;
        }
    }

    /// Draws the question for the key of this name; `problem` is what was wrong with the last answer.
    pub(super) fn ui(&mut self, ui: &Ui, name: &str, problem: Option<&Problem>, busy: bool, commands: &CommandQueue) {
        let opened = !std::mem::replace(&mut self.open, true);
        let title = format!("{} is encrypted", visible(name));
        let shown = sheet(ui, "passphrase", 440.0, &title, |ui| {
            let words = "Its passphrase is used once, to read the key into memory. Neither is stored.";
            ui.label(RichText::new(words).color(theme::tokens(ui).text.secondary));
            let entered = ui.add_enabled_ui(!busy, |ui| self.field(ui, opened)).inner;
            if let Some(problem) = problem.filter(|_| !busy) {
                message::error(ui, &problem.message, &problem.help);
            }
            let (unlock, cancel) = buttons(ui, |ui| {
                if busy {
                    busy::busy(ui, "Trying the passphrase");
                    ui.label(RichText::new("Trying it").color(theme::tokens(ui).text.secondary));
                }
                let cancel = button::normal(ui, "Cancel").clicked();
                let ready = !busy && !self.text.is_empty();
                let unlock = ui.add_enabled_ui(ready, |ui| button::primary(ui, "Unlock").clicked()).inner;
                (unlock, cancel)
            });
            (unlock || (entered && !busy && !self.text.is_empty()), cancel)
        });
        let (unlock, cancel) = shown.inner;
        if unlock {
            commands.push(Command::Key(KeyCommand::Unlock(Secret::from(std::mem::take(&mut self.text)))));
        } else if cancel || shown.should_close() {
            commands.push(Command::Key(KeyCommand::CancelUnlock));
        }
    }

    /// Returns whether it was left with Enter.
    fn field(&mut self, ui: &mut Ui, opened: bool) -> bool {
        let width = ui.available_width();
        let response = secret_field::show(ui, "Passphrase", &mut self.text, &mut self.revealed, width);
        if opened || ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
        response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
    }
}
