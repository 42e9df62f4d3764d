//! The page before there is a token: what it is for, and the ways to begin.

use eframe::egui::{Align, Label, Layout, RichText, Ui, vec2};

use crate::ui::action::Action;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{fonts, size, space, tokens};
use crate::ui::widgets::button;
use crate::ui::widgets::card::Card;
use crate::workbench::Workbench;

/// Room for the number of a step, in points.
const NUMBER: f32 = 20.0;

/// Draws the steps.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    Card::new("Why is a token refused?").subtitle("nothing leaves this computer").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::L;
        let words = "With or without Bearer: a whole Authorization header, a cookie or a JSON response will do.";
        step(ui, "1", "Paste the token", words, |ui| {
            choices(ui, |ui| {
                if button::primary(ui, "Paste from the clipboard").clicked() {
                    commands.push(Action::InspectClipboard);
                }
                if button::normal(ui, "Open a file…").clicked() {
                    commands.push(Action::Open);
                }
            });
        });
        let words = "The issuer's public key, its JWK Set or the shared secret. Of a JWK Set the key is found by its ID.";
        step(ui, "2", "Give the key", words, |ui| {
            choices(ui, |ui| {
                if button::normal(ui, "Open a key…").clicked() {
                    commands.push(Action::OpenKey);
                }
                if button::normal(ui, "Paste a key…").clicked() {
                    commands.push(Action::PasteKey);
                }
            });
        });
        let words = "Signature, times, issuer and audience pass or fail one by one, each with its figures. Fill in Expect \
            with what the API asks for, and move Now to see when that changes.";
        step(ui, "3", "Read the checks", words, |_| {});
        ui.add_enabled_ui(Action::InspectDraft.is_enabled(workbench), |ui| {
            step(ui, "", "No token at hand?", "The one on the Craft page shows what the checks look like.", |ui| {
                choices(ui, |ui| {
                    if button::normal(ui, "Inspect the draft's token").clicked() {
                        commands.push(Action::InspectDraft);
                    }
                });
            });
        });
    });
}

/// What can be done about a step.
fn choices(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ui.add_space(space::XS);
    ui.horizontal(add);
}

/// A numbered heading, what it means, and what can be done about it.
fn step(ui: &mut Ui, number: &str, heading: &str, words: &str, controls: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.allocate_ui_with_layout(vec2(NUMBER, size::ROW), Layout::left_to_right(Align::Min), |ui| {
            ui.set_width(NUMBER);
            ui.label(RichText::new(number).font(fonts::semibold(size::TEXT)).color(tokens(ui).accent.main));
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
            ui.label(RichText::new(heading).font(fonts::semibold(size::TEXT)));
            ui.add(Label::new(RichText::new(words).color(tokens(ui).text.secondary)).wrap());
            controls(ui);
        });
    });
}
