//! The line above the figures: what is measured, where the server listens, and what can be done with it.

use eframe::egui::{Align, Label, Layout, RichText, Ui, vec2};

use crate::jose::jwa::KeyKind;
use crate::measure::ladder::Rung;
use crate::measure::login::exchange::Route;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::button::{Button, Kind};
use crate::ui::widgets::field::Field;
use crate::ui::widgets::trailing::trailing;
use crate::ui::widgets::{button, dot, menu};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, LoginCommand};
use crate::workbench::login::Serving;

/// Width of the address.
const ADDRESS: f32 = 178.0;
/// What can be done with a running server takes so much room; without it, the rest.
const SERVER: f32 = ADDRESS + 330.0;
const STOPPED: f32 = 200.0;
/// Room for the button that opens the settings.
const SETTINGS: f32 = 92.0;

/// Draws the line; `open` is whether the settings are on show.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, open: &mut bool, commands: &CommandQueue) {
    let serving = workbench.login().serving();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let taken = if serving.is_some() { SERVER } else { STOPPED };
        let room = (ui.available_width() - taken - SETTINGS).max(80.0);
        let words = summary(workbench);
        let text = RichText::new(&words).color(tokens(ui).text.secondary);
        ui.scope(|ui| {
            ui.set_max_width(room);
            ui.add(Label::new(text).truncate());
        });
        let settings = Button::new(Kind::Normal, "Settings").name("Settings of the login lab");
        if ui.add(settings).on_hover_text("What is sent, how fast, for how long, and to which server").clicked() {
            *open = !*open;
        }
        let rest = vec2(ui.available_width(), size::FIELD);
        ui.allocate_ui_with_layout(rest, Layout::left_to_right(Align::Center), |ui| {
            trailing(ui, |ui| match serving {
                Some(serving) => running(ui, serving, commands),
                None => stopped(ui, workbench, commands),
            });
        });
    });
}

fn running(ui: &mut Ui, serving: &Serving, commands: &CommandQueue) {
    dot::filled(ui, tokens(ui).status.ok);
    let address = format!("http://{}", serving.address);
    Field::new("Address of the login lab", &mut address.as_str()).width(ADDRESS).show(ui);
    button::menu(ui, "Copy curl", "Copy as curl", |ui| {
        for (route, label) in [
            (Route::Login, "Log in: POST /login"),
            (Route::Me, "Who am I: GET /me, with a token"),
            (Route::Ping, "Nothing: GET /ping"),
        ] {
            if menu::entry(ui, label, "", false).clicked() {
                push(commands, LoginCommand::CopyCurl(route));
            }
        }
    });
    let browse = button::normal(ui, "Open").on_hover_text("Open the lab's page in the browser");
    if browse.clicked() {
        push(commands, LoginCommand::OpenInBrowser);
    }
    let stop = Button::new(Kind::Normal, "Stop server").name("Stop the login lab");
    if ui.add(stop).on_hover_text("Stops the server; its port is free at once").clicked() {
        push(commands, LoginCommand::Stop);
    }
}

fn stopped(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let login = workbench.login();
    if login.is_starting() {
        dot::ring(ui, tokens(ui).text.muted);
        ui.label(RichText::new("starting…").color(tokens(ui).text.secondary));
        return;
    }
    dot::ring(ui, tokens(ui).text.muted);
    ui.label(RichText::new(if login.is_stopping() { "stopping…" } else { "not running" }).color(tokens(ui).text.muted));
    let start = Button::new(Kind::Normal, "Start server").name("Start the login lab");
    let words = "Starts the server without measuring, to be tried with curl or a browser";
    if ui.add(start).on_hover_text(words).clicked() {
        push(commands, LoginCommand::Start);
    }
}

fn push(commands: &CommandQueue, command: LoginCommand) {
    commands.push(Command::Login(command));
}

/// The algorithm of what is minted, with the length of an RSA key of the draft.
pub(super) fn algorithm(workbench: &Workbench) -> String {
    if let Some(variant) = workbench.login().subject().and_then(|id| workbench.comparison().get(id)) {
        return variant.facts.as_ref().map_or_else(|_| variant.name.clone(), |facts| facts.algorithm_name.clone());
    }
    let Ok(algorithm) = &workbench.facts().algorithm else { return "no algorithm".to_owned() };
    let rsa_bits = workbench.active_key().filter(|_| algorithm.key_kind() == KeyKind::Rsa).map(|key| key.bits());
    Rung { algorithm: *algorithm, rsa_bits }.label()
}

/// "RS256-4096, one loop thread, 40 logins/s for 10 s each".
fn summary(workbench: &Workbench) -> String {
    let plan = workbench.login().plan();
    let threads = if plan.loop_threads == 1 {
        "one loop thread".to_owned()
    } else {
        format!("{} loop threads", plan.loop_threads)
    };
    let password = if plan.password { ", password verified" } else { "" };
    format!(
        "{}, {threads}, {} logins/s for {} s each{password}",
        algorithm(workbench),
        plan.logins_per_second,
        plan.seconds
    )
}
