//! How the logins are measured: what is minted, what is sent and how fast, and what the server has.

use eframe::egui::{Label, RichText, Ui, vec2};

use super::bar;
use super::words::look;
use crate::measure::login::pattern::Pattern;
use crate::measure::login::plan::Plan;
use crate::ui::chart::switch::{self, Shows};
use crate::ui::help::Topic;
use crate::ui::number::{Notation, Number, Numbers};
use crate::ui::request::CommandQueue;
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::{button, select};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, LoginCommand, ViewCommand};
use crate::workbench::compare::variant::VariantId;
use crate::workbench::page::Page;

/// Width of the choice of what is minted.
const SUBJECT: f32 = 240.0;
/// Width of the captions at the left.
const CAPTION: f32 = 108.0;

/// View state of the settings.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// Whether they are on show.
    pub(super) open: bool,
    numbers: Numbers,
}

impl Settings {
    /// Draws them.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        let subtitle = "logins arrive whether or not earlier ones were answered; nothing leaves this machine";
        let mut close = false;
        let card = Card::new("How it is measured")
            .explains(&[Topic::Requests, Topic::Heartbeat])
            .subtitle(subtitle)
            .actions(|ui| {
                if button::ghost(ui, "Defaults").on_hover_text("The settings of a new window").clicked() {
                    push(commands, LoginCommand::SetPlan(Plan::default()));
                    push(commands, LoginCommand::SetPort(0));
                }
                close = button::normal(ui, "Done").clicked();
            });
        card.show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::M, space::S);
            subject(ui, workbench, commands);
            patterns(ui, workbench.login().plan(), commands);
            self.figures(ui, workbench, commands);
        });
        self.open &= !close;
    }

    fn figures(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        let plan = workbench.login().plan();
        ui.horizontal_wrapped(|ui| {
            for (field, number) in numbers(plan) {
                if let Some(value) = self.numbers.captioned(ui, number) {
                    let mut changed = plan.clone();
                    *field(&mut changed) = value as u32;
                    push(commands, LoginCommand::SetPlan(changed));
                }
            }
            let port = Number {
                name: "Port",
                tip: "Where the server listens on this machine; 0 for one that is free",
                range: (0.0, f64::from(u16::MAX)),
                unit: "0 for a free one",
                value: f64::from(workbench.login().port()),
                notation: Notation::Name,
            };
            if let Some(port) = self.numbers.captioned(ui, port) {
                push(commands, LoginCommand::SetPort(port as u16));
            }
        });
    }
}

/// Where a number of the plan is kept.
type Place = fn(&mut Plan) -> &mut u32;

fn numbers(plan: &Plan) -> [(Place, Number); 6] {
    let number = |name, tip, range: (u32, u32), unit, value: u32| Number {
        name,
        tip,
        range: (f64::from(range.0), f64::from(range.1)),
        unit,
        value: f64::from(value),
        notation: Notation::Count,
    };
    [
        (
            |plan| &mut plan.logins_per_second,
            number(
                "Logins",
                "POST /login requests that arrive in a second",
                (1, 2_000),
                "a second",
                plan.logins_per_second,
            ),
        ),
        (
            |plan| &mut plan.pings_per_second,
            number(
                "Pings",
                "GET /ping requests that arrive in a second: they feel what blocks the loop",
                (10, 20_000),
                "a second",
                plan.pings_per_second,
            ),
        ),
        (
            |plan| &mut plan.seconds,
            number("Each pattern for", "How long each pattern is measured", (1, 600), "seconds", plan.seconds),
        ),
        (
            |plan| &mut plan.connections,
            number(
                "Connections",
                "The most of each kind; a request that finds all in use waits, and that counts",
                (1, 256),
                "at most",
                plan.connections,
            ),
        ),
        (
            |plan| &mut plan.loop_threads,
            number(
                "Event loop",
                "Threads of the event loop; 1 is what one worker of FastAPI has",
                (1, 16),
                if plan.loop_threads == 1 { "thread" } else { "threads" },
                plan.loop_threads,
            ),
        ),
        (
            |plan| &mut plan.workers,
            number(
                "Worker pool",
                "Threads of the pool that mints off the loop",
                (1, 64),
                if plan.workers == 1 { "thread" } else { "threads" },
                plan.workers,
            ),
        ),
    ]
}

fn caption(ui: &mut Ui, text: &str) {
    let layout = eframe::egui::Layout::left_to_right(eframe::egui::Align::Center);
    ui.allocate_ui_with_layout(vec2(CAPTION, size::FIELD), layout, |ui| {
        ui.set_min_width(CAPTION);
        ui.label(RichText::new(text).color(tokens(ui).text.secondary));
    });
}

/// What is minted, and what that means for the figures.
fn subject(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let current = workbench.login().subject();
    let variants = workbench.comparison().variants();
    let of = |variant: &crate::workbench::compare::variant::Variant| {
        variant.facts.as_ref().map_or_else(|problem| problem.message.clone(), |facts| facts.algorithm_name.clone())
    };
    let told: Vec<(VariantId, String)> = variants.iter().map(|variant| (variant.id, of(variant))).collect();
    let mut entries: Vec<(Option<VariantId>, &str, &str)> = vec![(None, "The draft", "as it is in Craft")];
    entries.extend(
        variants.iter().zip(&told).map(|(variant, (id, told))| (Some(*id), variant.name.as_str(), told.as_str())),
    );
    ui.horizontal(|ui| {
        caption(ui, "Token of");
        if let Some(chosen) = select::choose_told(ui, "Token of", current, &entries, SUBJECT) {
            push(commands, LoginCommand::SetSubject(chosen));
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let words = format!(
            "It is signed with {}. The algorithm decides the story: HS256 signs in microseconds and blocks nobody, \
             RS256 with 4096 bits takes milliseconds and blocks everybody on the same loop.",
            bar::algorithm(workbench)
        );
        let text = RichText::new(words).size(size::TEXT_SMALL).color(tokens(ui).text.muted);
        ui.add(Label::new(text).wrap());
        if button::link(ui, "Change it in Craft").clicked() {
            commands.push(Command::View(ViewCommand::Page(Page::Craft)));
        }
    });
}

/// Which patterns are measured; the last one that is on stays on.
fn patterns(ui: &mut Ui, plan: &Plan, commands: &CommandQueue) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::S);
        caption(ui, "Patterns");
        for pattern in Pattern::ALL {
            let on = plan.patterns.contains(&pattern);
            let name = format!("Measure {}", pattern.label());
            let shown = switch::show_named(ui, pattern.label(), &name, on, Shows::Both(look(Some(pattern), 0)));
            if shown.clicked() {
                let is_on = |other: &Pattern| if *other == pattern { !on } else { plan.patterns.contains(other) };
                let patterns: Vec<Pattern> = Pattern::ALL.into_iter().filter(is_on).collect();
                if !patterns.is_empty() {
                    push(commands, LoginCommand::SetPlan(Plan { patterns, ..plan.clone() }));
                }
            }
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::S);
        caption(ui, "Password");
        let shown = switch::show(ui, "Verify a password hash first", plan.password, Shows::Nothing);
        let tip =
            "argon2id, with the parameters that OWASP recommends. It dwarfs the token, so its cost is shown apart.";
        if shown.on_hover_text(tip).clicked() {
            push(commands, LoginCommand::SetPlan(Plan { password: !plan.password, ..plan.clone() }));
        }
        let words = "argon2id takes tens of milliseconds; its cost is shown apart from the token's";
        ui.label(RichText::new(words).size(size::TEXT_SMALL).color(tokens(ui).text.muted));
    });
}

fn push(commands: &CommandQueue, command: LoginCommand) {
    commands.push(Command::Login(command));
}
