//! One login, step by step: waiting, working and answering as measured, and the way through a network as modelled.

use eframe::egui::{
    Align2, Color32, CornerRadius, Label, Rect, RichText, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::words::{bytes, volume};
use crate::measure::login::network::{Network, Profile};
use crate::measure::login::report::{LoginReport, LoginRow};
use crate::measure::login::waterfall::Steps;
use crate::ui::chart::hatched;
use crate::ui::figures::ms;
use crate::ui::help::Topic;
use crate::ui::number::{Notation, Number, Numbers};
use crate::ui::request::CommandQueue;
use crate::ui::theme::{fonts, size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::select;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, LoginCommand};

/// From one bar to the next, and the height of a bar.
const LINE: f32 = size::ROW;
const BAR: f32 = 15.0;
/// Room for the names at the left and for the times at the right.
const NAME: f32 = 176.0;
const TIME: f32 = 74.0;
/// Width of the choice of a network, and of a field of the own one.
const CHOICE: f32 = 96.0;
const OWN: f32 = 118.0;
/// Strokes of what is modelled.
const HATCH: f32 = 5.0;

/// Where a figure of a network is kept.
type Place = fn(&mut Network) -> &mut f64;

/// View state of the card.
#[derive(Debug, Default)]
pub(super) struct StepsPane {
    numbers: Numbers,
}

impl StepsPane {
    /// Draws the card, at least `height` high.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        workbench: &Workbench,
        report: &LoginReport,
        height: f32,
        commands: &CommandQueue,
    ) {
        let login = workbench.login();
        let network = login.network();
        let subtitle = format!("transfer is modelled: {}", assumptions(login.profile(), network));
        let card = Card::new("One login, step by step")
            .explains(&[Topic::Minting, Topic::Network])
            .subtitle(&subtitle)
            .actions(|ui| {
                let entries = Profile::ALL.map(|profile| (profile, profile.label(), meaning(profile)));
                if let Some(chosen) = select::choose(ui, "Network", login.profile(), &entries, CHOICE) {
                    push(commands, LoginCommand::SetProfile(chosen));
                }
            });
        card.show(ui, |ui| {
            ui.set_min_height(height - size::CARD_HEADER - 20.0);
            ui.spacing_mut().item_spacing = vec2(space::S, space::S);
            if login.profile() == Profile::Own {
                self.own(ui, network, commands);
            }
            let rows: Vec<(&LoginRow, Steps)> =
                report.rows.iter().filter_map(|row| Some((row, Steps::of(row, &network)?))).collect();
            if rows.is_empty() {
                ui.label(RichText::new("The steps come with the first logins.").color(tokens(ui).text.secondary));
                return;
            }
            let longest = rows.iter().map(|(_, steps)| steps.total_ns()).max().unwrap_or(1);
            for (row, steps) in &rows {
                bar(ui, &row.name, steps, longest);
            }
            legend(ui);
            self.upload(ui, workbench, report, &network, commands);
        });
    }

    /// The figures of the user's own network.
    fn own(&mut self, ui: &mut Ui, network: Network, commands: &CommandQueue) {
        let number =
            |name, tip, range, unit, value| Number { name, tip, range, unit, value, notation: Notation::Measure };
        let fields: [(Place, Number); 3] = [
            (
                |own| &mut own.round_trip_ms,
                number("Round trip", "", (0.0, Network::MOST_ROUND_TRIP_MS), "ms", network.round_trip_ms),
            ),
            (|own| &mut own.down_mbit, number("Download", "", Network::RATES_MBIT, "Mbit/s", network.down_mbit)),
            (|own| &mut own.up_mbit, number("Upload", "", Network::RATES_MBIT, "Mbit/s", network.up_mbit)),
        ];
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
            for (field, number) in fields {
                ui.label(RichText::new(number.name).size(size::TEXT_SMALL).color(tokens(ui).text.secondary));
                if let Some(value) = self.numbers.bare(ui, number, OWN) {
                    let mut changed = network;
                    *field(&mut changed) = value;
                    push(commands, LoginCommand::SetOwnNetwork(changed));
                }
            }
        });
    }

    /// What the token costs on the requests that follow.
    fn upload(
        &mut self,
        ui: &mut Ui,
        workbench: &Workbench,
        report: &LoginReport,
        network: &Network,
        commands: &CommandQueue,
    ) {
        let later = workbench.login().later_requests();
        let mut sizes: Vec<usize> = report.rows.iter().filter_map(|row| row.token_bytes).collect();
        sizes.sort_unstable();
        sizes.dedup();
        let (Some(least), Some(most)) = (sizes.first().copied(), sizes.last().copied()) else { return };
        let number = Number {
            name: "Later requests",
            tip: "Requests that carry the token",
            range: (1.0, 1_000_000.0),
            unit: "",
            value: f64::from(later),
            notation: Notation::Count,
        };
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, space::XXS);
            say(ui, "This token on");
            if let Some(value) = self.numbers.bare(ui, number, 78.0) {
                push(commands, LoginCommand::SetLaterRequests(value as u32));
            }
            say(ui, "later requests costs");
            let cost = |token: usize| {
                let all = token as u64 * u64::from(later);
                let time = network.upload_ns(usize::try_from(all).unwrap_or(usize::MAX));
                format!("{} of upload, {}", volume(all), ms(time))
            };
            let words = if least == most {
                format!("{} (modelled).", cost(most))
            } else {
                let (most_text, least_text) = (bytes(most), bytes(least));
                format!("{} with {most_text}, {} with {least_text} (modelled).", cost(most), cost(least))
            };
            let text = RichText::new(words).font(fonts::medium(size::TEXT)).color(tokens(ui).text.primary);
            ui.add(Label::new(text).wrap());
        });
    }
}

fn say(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).size(size::TEXT).color(tokens(ui).text.secondary));
}

fn push(commands: &CommandQueue, command: LoginCommand) {
    commands.push(Command::Login(command));
}

/// "4G, 40 ms, 9 Mbit/s".
fn assumptions(profile: Profile, network: Network) -> String {
    let Network { round_trip_ms, down_mbit, up_mbit } = network;
    let rate = if down_mbit == up_mbit {
        format!("{down_mbit} Mbit/s")
    } else {
        format!("{down_mbit} Mbit/s down, {up_mbit} up")
    };
    format!("{}, {round_trip_ms} ms, {rate}", profile.label())
}

const fn meaning(profile: Profile) -> &'static str {
    match profile {
        Profile::Lan => "1 ms, 1,000 Mbit/s",
        Profile::Cable => "28 ms, 5 Mbit/s down, 1 up",
        Profile::Lte => "40 ms, 9 Mbit/s",
        Profile::Slow3g => "400 ms, 0.4 Mbit/s",
        Profile::Own => "what you type",
    }
}

/// The steps with their names, colours, and whether they are modelled.
fn parts(ui: &Ui, steps: &Steps) -> [(&'static str, u64, Color32, bool); 4] {
    let t = tokens(ui);
    [
        ("queue", steps.queue_ns, t.surface.line_field, false),
        ("processing", steps.processing_ns, t.series.one, false),
        ("response", steps.response_ns, t.series.three, false),
        ("transfer, modelled", steps.transfer_ns, t.series.four, true),
    ]
}

fn bar(ui: &mut Ui, name: &str, steps: &Steps, longest: u64) {
    let t = tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
    let parts = parts(ui, steps);
    let told: Vec<String> = parts.iter().map(|(name, ns, ..)| format!("{name} {}", ms(*ns))).collect();
    let words = format!("{name}: {} in all; {}", ms(steps.total_ns()), told.join("; "));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    let font = fonts::regular(size::TEXT);
    let named = rect.with_max_x(rect.left() + NAME.min(rect.width() * 0.36));
    super::table::write(ui, named, name, font.clone(), t.text.primary, true);
    let room = (rect.right() - TIME - named.right()).max(20.0);
    let scale = room / longest.max(1) as f32;
    let mut x = named.right();
    for (_, ns, ink, modelled) in parts.iter().filter(|(_, ns, ..)| *ns > 0) {
        // What is there is seen, however short it is.
        let width = (*ns as f32 * scale).max(1.5);
        segment(ui, Rect::from_min_size(pos2(x, rect.center().y - BAR / 2.0), vec2(width, BAR)), *ink, *modelled);
        x += width;
    }
    let place = pos2(x + space::S, rect.center().y);
    ui.painter().text(place, Align2::LEFT_CENTER, ms(steps.total_ns()), font, t.text.secondary);
    response.on_hover_ui_at_pointer(|ui| {
        ui.label(RichText::new(name).font(fonts::semibold(size::TEXT_SMALL)));
        for (part, ns, ink, modelled) in parts {
            ui.horizontal(|ui| {
                swatch(ui, ink, modelled);
                ui.label(RichText::new(format!("{part}  {}", ms(ns))).size(size::TEXT_SMALL));
            });
        }
    });
}

/// A step: full where it was measured, hatched where it is modelled.
pub(super) fn segment(ui: &Ui, rect: Rect, ink: Color32, modelled: bool) {
    if modelled {
        let faint = ink.gamma_multiply(0.22);
        ui.painter().rect(rect, CornerRadius::ZERO, faint, Stroke::new(1.0, ink), StrokeKind::Inside);
        hatched(ui.painter(), rect, Stroke::new(1.0, ink), HATCH);
    } else {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, ink);
    }
}

fn swatch(ui: &mut Ui, ink: Color32, modelled: bool) {
    let (rect, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
    segment(ui, rect, ink, modelled);
}

fn legend(ui: &mut Ui) {
    let entries = parts(ui, &Steps::default());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XS, space::XXS);
        for (name, _, ink, modelled) in entries {
            swatch(ui, ink, modelled);
            ui.label(RichText::new(name).size(size::TEXT_SMALL).color(tokens(ui).text.secondary));
            ui.add_space(space::S);
        }
    });
}
