//! The token in its three colours, its sizes against a budget, and the ways to copy it.

use eframe::egui::{Align, Layout, RichText, Ui};

use crate::measure::sizes::Sizes;
use crate::ui::action::Action;
use crate::ui::figures::{bytes, grouped};
use crate::ui::findings_at;
use crate::ui::help::Topic;
use crate::ui::hint_line;
use crate::ui::request::CommandQueue;
use crate::ui::request::Request;
use crate::ui::theme::{self, icon, size, space};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::chip::Chip;
use crate::ui::widgets::{budget, button, message, stacked_bar, token_view};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, KeyCommand, ViewCommand};
use crate::workbench::facts::{Blocked, Minted, Remedy};
use crate::workbench::settings::hint::Hint;

/// Tallest the token itself may grow before it scrolls, in points.
const TOKEN_HEIGHT: f32 = 118.0;

/// Below this width the legend of the sizes and the budget take a line each, in points.
const ONE_LINE: f32 = 430.0;

/// Draws the card.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let last = workbench.last_good();
    let subtitle = last.map(|(minted, _)| bytes(minted.sizes.token)).unwrap_or_default();
    Card::new("Token")
        .explains(&[Topic::TokenBytes, Topic::Parts, Topic::Budget])
        .subtitle(&subtitle)
        .actions(|ui| actions(ui, workbench, commands))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::S;
            if last.is_some_and(|(_, current)| current) {
                hint_line::show(ui, workbench, Hint::Copying, commands);
            }
            if let Err(blocked) = &workbench.facts().outcome {
                explain(ui, workbench, blocked, commands);
            }
            if let Some((minted, current)) = last {
                token(ui, minted, !current);
                sizes(ui, workbench, &minted.sizes, commands);
            }
        });
}

fn actions(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let can_copy = workbench.minted().is_some();
    findings_at::badge(ui, &workbench.findings().findings, "size", &["Z"], commands);
    match workbench.last_good() {
        Some((_, true)) if workbench.is_settled() => Chip::ok("signed").show(ui),
        Some((_, true)) => Chip::neutral("signing").show(ui),
        Some((_, false)) => {
            Chip::warning("stale").show(ui).on_hover_text("The last token there was; the draft has changed since")
        }
        None => Chip::error("no token").show(ui),
    };
    ui.add_enabled_ui(can_copy, |ui| {
        if button::icon(ui, icon::ARROWS_CLOCKWISE, "Mint again with a new now").clicked() {
            commands.push(Action::MintAgain);
        }
        if button::primary(ui, "Copy")
            .on_hover_text("Copy the token")
            .on_disabled_hover_text("There is no current token to copy")
            .clicked()
        {
            commands.push(Action::CopyToken);
        }
        button::menu(ui, "as", "Copy as", |ui| {
            ui.set_min_width(220.0);
            for action in [Action::CopyToken, Action::CopyBearer, Action::CopyCurl, Action::CopyAsCode] {
                if ui.button(action.label()).clicked() {
                    commands.push(action);
                }
            }
        });
    });
}

/// Why there is no token, and what to do about it.
fn explain(ui: &mut Ui, workbench: &Workbench, blocked: &Blocked, commands: &CommandQueue) {
    let stale = if workbench.last_good().is_some() { " Below is the last token there was." } else { "" };
    message::error(ui, &blocked.problem.message, &format!("{}{stale}", blocked.problem.help));
    if blocked.remedies.is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        for remedy in &blocked.remedies {
            if button::link(ui, &remedy_label(remedy)).clicked() {
                commands.push(remedy_request(remedy));
            }
        }
    });
}

fn remedy_label(remedy: &Remedy) -> String {
    match remedy {
        Remedy::GenerateSecret => "Generate a secret".to_owned(),
        Remedy::GenerateKey(kind) => format!("Generate {}", kind.phrase()),
        Remedy::OpenKey => "Open a key".to_owned(),
        Remedy::UseAlgorithm(algorithm) => format!("Use {}", algorithm.name()),
        Remedy::DeclareVariable(name) => format!("Declare the variable {name}"),
        Remedy::JumpTo(..) => "Show the place".to_owned(),
    }
}

fn remedy_request(remedy: &Remedy) -> Request {
    match remedy {
        Remedy::GenerateSecret => Request::Act(Action::GenerateSecret),
        Remedy::GenerateKey(kind) => {
            let bits = (*kind == crate::jose::jwa::KeyKind::Rsa).then_some(2_048);
            Request::Do(Command::Key(KeyCommand::Generate(*kind, bits)))
        }
        Remedy::OpenKey => Request::Act(Action::OpenKey),
        Remedy::UseAlgorithm(algorithm) => Request::Act(Action::UseAlgorithm(*algorithm)),
        Remedy::DeclareVariable(name) => {
            Request::Do(Command::Draft(crate::workbench::command::DraftCommand::SetVariable {
                name: name.clone(),
                text: String::new(),
                json: false,
            }))
        }
        Remedy::JumpTo(part, offset) => Request::Focus(*part, Some(*offset)),
    }
}

fn token(ui: &mut Ui, minted: &Minted, stale: bool) {
    let token = &minted.token;
    token_view::show(ui, "token", token.as_str(), token.header().len(), token.payload().len(), stale, TOKEN_HEIGHT);
}

fn sizes(ui: &mut Ui, workbench: &Workbench, sizes: &Sizes, commands: &CommandQueue) {
    let part = &theme::tokens(ui).part;
    let parts = [
        (
            sizes.header,
            part.header_fill,
            format!("Header: {} bytes, {} before base64url", sizes.header, sizes.header_bytes),
        ),
        (
            sizes.payload,
            part.payload_fill,
            format!("Payload: {} bytes, {} before base64url", sizes.payload, sizes.payload_bytes),
        ),
        (
            sizes.signature,
            part.signature_fill,
            format!("Signature: {} bytes, {} before base64url", sizes.signature, sizes.signature_bytes),
        ),
    ];
    stacked_bar::show(ui, "Sizes of the three parts", &parts);
    let legend = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let parts = [("header", sizes.header, part.header), ("payload", sizes.payload, part.payload)];
        for (word, bytes, colour) in parts.into_iter().chain([("signature", sizes.signature, part.signature)]) {
            let words = format!("{word} {}", grouped(bytes));
            let words = RichText::new(words).size(size::TEXT_SMALL).color(colour);
            ui.label(words).on_hover_text(Topic::Parts.explanation());
        }
    };
    if ui.available_width() < ONE_LINE {
        ui.horizontal(legend);
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| share(ui, workbench, sizes, commands));
        });
    } else {
        ui.horizontal(|ui| {
            legend(ui);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| share(ui, workbench, sizes, commands));
        });
    }
}

/// The share of the chosen budget; the choice itself hangs on it.
fn share(ui: &mut Ui, workbench: &Workbench, sizes: &Sizes, commands: &CommandQueue) {
    let tokens = theme::tokens(ui);
    let chosen = workbench.budget();
    let share = chosen.share(sizes.token);
    let colour = match share {
        share if share > 1.0 => tokens.status.error,
        share if share > 0.85 => tokens.status.warning,
        _ => tokens.text.secondary,
    };
    if let Some(budget) = budget::choose_quiet(ui, "Budget", chosen) {
        commands.push(Command::View(ViewCommand::Budget(budget)));
    }
    let percent = format!("{:.0} % of", share * 100.0);
    ui.label(RichText::new(percent).size(size::TEXT_SMALL).color(colour)).on_hover_text(chosen.describe(sizes.token));
}
