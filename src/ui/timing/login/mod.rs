//! The login lab on the Timing page: a real server on this machine, real logins, and what they cost everybody else.

mod bar;
mod columns;
mod detail;
mod filter;
mod lines;
mod pings;
mod requests;
mod settings;
mod steps;
mod table;
mod words;

use std::sync::Arc;

use eframe::egui::{Label, Rect, RichText, Ui, UiBuilder, pos2, vec2};

use self::pings::Pings;
use self::requests::Requests;
use self::settings::Settings;
use self::steps::StepsPane;
use self::table::Table;
use super::states;
use crate::measure::login::report::{LoginReport, LoginTrace};
use crate::ui::figures::ms;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::{button, empty, message};
use crate::workbench::Workbench;
use crate::workbench::bench::Bench;
use crate::workbench::command::{BenchCommand, Command, LoginCommand};

/// With less room than this the steps and the requests stand below each other.
const WIDE: f32 = 1_000.0;
/// Height of the cards with the steps and the requests.
const CARDS: f32 = 262.0;

/// View state of the login lab.
#[derive(Default)]
pub(super) struct LoginPane {
    settings: Settings,
    table: Table,
    pings: Pings,
    steps: StepsPane,
    requests: Requests,
}

impl LoginPane {
    /// Draws the lab; the rectangle of its chart, to be exported as a picture.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) -> Option<Rect> {
        bar::ui(ui, workbench, &mut self.settings.open, commands);
        problem(ui, workbench, commands);
        let figures = workbench.bench().figures(Bench::Login);
        let report = figures.and_then(|figures| figures.report.login.as_ref());
        states::scrolled(ui, "login", |ui| {
            if self.settings.open {
                self.settings.ui(ui, workbench, commands);
            }
            let (Some(figures), Some(report)) = (figures, report) else {
                empty(ui, workbench, commands);
                return None;
            };
            let running = workbench.bench().running().is_some_and(|running| running.bench == Bench::Login);
            if !running && workbench.is_outdated(Bench::Login) {
                let text = "These figures are of an earlier draft, variant or setting";
                message::warning(ui, text, "Run again to have those of now.");
            }
            if report.is_noisy() {
                let text = "The machine was busy: what others feel here may be other programs' doing";
                message::warning(ui, text, "Close them and run again.");
            }
            self.table.ui(ui, figures, report, running);
            let chart = self.pings.ui(ui, figures, report);
            let nothing = Arc::default();
            let trace = figures.login.as_ref().unwrap_or(&nothing);
            self.cards(ui, workbench, report, trace, commands);
            overhead(ui, report);
            states::conditions(ui, &figures.report, None);
            Some(chart)
        })
    }

    /// The steps, or the chosen request in their place, beside the requests.
    fn cards(
        &mut self,
        ui: &mut Ui,
        workbench: &Workbench,
        report: &LoginReport,
        trace: &Arc<LoginTrace>,
        commands: &CommandQueue,
    ) {
        let Self { steps, requests, .. } = self;
        let mut left = |ui: &mut Ui, requests: &mut Requests| match requests.chosen().cloned() {
            Some(chosen) => {
                if detail::ui(ui, &chosen, CARDS, commands) {
                    requests.close();
                }
            }
            None => steps.ui(ui, workbench, report, CARDS, commands),
        };
        if ui.available_width() < WIDE {
            left(ui, requests);
            requests.ui(ui, report, trace, CARDS);
            return;
        }
        let room = ui.available_rect_before_wrap();
        let half = (room.width() - space::M) / 2.0;
        let mut bottom = room.top();
        let column = |ui: &mut Ui, name: &str, x: f32| {
            let rect = Rect::from_min_max(pos2(x, room.top()), pos2(x + half, room.bottom().max(room.top() + CARDS)));
            let mut inside = ui.new_child(UiBuilder::new().id_salt(name).max_rect(rect));
            inside.spacing_mut().item_spacing = vec2(space::M, space::M);
            inside
        };
        let mut one = column(ui, "steps", room.left());
        left(&mut one, requests);
        bottom = bottom.max(one.min_rect().bottom());
        let mut other = column(ui, "requests", room.left() + half + space::M);
        requests.ui(&mut other, report, trace, (bottom - room.top()).max(CARDS));
        bottom = bottom.max(other.min_rect().bottom());
        ui.advance_cursor_after_rect(Rect::from_min_max(room.min, pos2(room.right(), bottom)));
    }
}

/// Why the server does not run or mints something else, and what can be done about it.
fn problem(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let Some(problem) = workbench.login().problem() else {
        let serving = workbench.login().serving().filter(|_| workbench.login_is_outdated());
        if let Some(serving) = serving {
            ui.horizontal(|ui| {
                let text = format!("The server mints {} as it was when it was started", serving.subject);
                message::warning(ui, &text, "");
                if button::link(ui, "Start it again").clicked() {
                    commands.push(Command::Login(LoginCommand::Start));
                }
            });
        }
        return;
    };
    message::error(ui, &problem.message, &problem.help);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        if workbench.login().port() != 0 && button::normal(ui, "Use a free port").clicked() {
            commands.push(Command::Login(LoginCommand::SetPort(0)));
            commands.push(Command::Login(LoginCommand::Start));
        }
        if button::normal(ui, "Try again").clicked() {
            commands.push(Command::Login(LoginCommand::Start));
        }
    });
}

fn empty(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let running = workbench.bench().running().is_some_and(|running| running.bench == Bench::Login);
    let (heading, words) = if running {
        ("Measuring", "The server is started and felt out; the first figures come soon.")
    } else {
        (
            "What does a login cost the others?",
            "A real server on this machine mints your token in four ways: on the event loop or off it, with all claims or \
             a few. Meanwhile other requests ask for nothing, and their waiting is measured: it shows which way blocks \
             them, beside the figures that lessons quote.",
        )
    };
    empty::page(ui, heading, words, |ui| {
        if !running && button::normal(ui, "Run the lab").clicked() {
            commands.push(Command::Bench(BenchCommand::Measure(Bench::Login)));
        }
    });
}

/// What the lab itself costs, so that the other figures can be judged.
fn overhead(ui: &mut Ui, report: &LoginReport) {
    let idle = report.idle.map(|idle| {
        format!(
            "The lab's own share: an empty handler on the idle server answers in {} (p50), {} (p99).",
            ms(idle.p50_ns),
            ms(idle.p99_ns)
        )
    });
    let late = report.lateness.map(|late| format!("The load came up to {} (p99) after it was due.", ms(late.p99_ns)));
    let words: Vec<String> = idle.into_iter().chain(late).collect();
    if !words.is_empty() {
        let text = RichText::new(words.join(" ")).size(size::TEXT_SMALL).color(tokens(ui).text.muted);
        ui.add(Label::new(text).wrap());
    }
}
