//! The run: how far it is, and how it ended.

use eframe::egui::{
    Align, CornerRadius, Label, Layout, Rect, RichText, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::words::{bytes, file_name, left, rate, took};
use super::{faults, push};
use crate::bulk::progress::{Ended, LISTED_FAULTS, Progress};
use crate::jose::text::{grouped, visible_path};
use crate::ui::help::Topic;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{fonts, icon, radius, size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::{button, message};
use crate::workbench::Workbench;
use crate::workbench::bulk::BulkCommand;
use crate::workbench::bulk::run::{Phase, Run};
use crate::workbench::command::{Command, Copied};

/// Height of a figure with its caption.
const FIGURE: f32 = 36.0;
/// Height of the bar.
const BAR: f32 = 8.0;
/// The faulty rows take so much height before they scroll.
const FAULTS: f32 = 92.0;

/// Draws the card, if there is a run.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let Some(run) = workbench.bulk().run() else { return };
    let path = visible_path(run.path());
    let card = Card::new(title(run)).explains(&[Topic::Run]).subtitle(&path).actions(|ui| actions(ui, run, commands));
    card.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        let Phase::Over(ended) = run.phase() else {
            bar(ui, run);
            going(ui, run);
            return;
        };
        explain(ui, run, ended);
        over(ui, run);
        listed(ui, run);
    });
}

fn title(run: &Run) -> &'static str {
    match run.phase() {
        Phase::Going => "Minting",
        Phase::Paused => "Paused",
        Phase::Ending => "Ending",
        Phase::Over(Ended::Done) => "Minted",
        Phase::Over(Ended::Cancelled) => "Cancelled",
        Phase::Over(Ended::Failed(_)) => "Failed",
    }
}

fn actions(ui: &mut Ui, run: &Run, commands: &CommandQueue) {
    match run.phase() {
        Phase::Going | Phase::Paused => {
            let paused = *run.phase() == Phase::Paused;
            let (words, command) = if paused { ("Go on", BulkCommand::GoOn) } else { ("Pause", BulkCommand::Pause) };
            if button::normal(ui, words).clicked() {
                push(commands, command);
            }
            if button::normal(ui, "Cancel").on_hover_text("Ends the run; the tokens so far stay").clicked() {
                push(commands, BulkCommand::Cancel);
            }
        }
        Phase::Ending => {}
        Phase::Over(_) => {
            if run.resume().is_some() {
                let tip = "Mints the rest, behind what is there";
                if button::primary(ui, "Resume").on_hover_text(tip).clicked() {
                    push(commands, BulkCommand::Resume);
                }
            }
            if button::normal(ui, "Copy path").clicked() {
                commands.push(Command::Copy(Copied::Path(run.path().display().to_string())));
            }
            if button::icon(ui, icon::X, "Close the run").clicked() {
                push(commands, BulkCommand::Forget);
            }
        }
    }
}

/// The bar: filled as far as the run is, or empty while nobody knows.
fn bar(ui: &mut Ui, run: &Run) {
    let t = tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), BAR), Sense::hover());
    let share = run.share();
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, "Progress of the run");
        info.value = share.map(f64::from);
        info
    });
    let corner = CornerRadius::same(radius::SMALL);
    ui.painter().rect_filled(rect, corner, t.surface.raised);
    let filled = Rect::from_min_size(rect.min, vec2(rect.width() * share.unwrap_or(0.0), BAR));
    let ink = if *run.phase() == Phase::Paused { t.text.muted } else { t.accent.main };
    ui.painter().rect_filled(filled, corner, ink);
}

fn going(ui: &mut Ui, run: &Run) {
    let progress = run.progress();
    let done = match progress.total {
        Some(total) => format!("{} of {}", grouped(progress.minted), grouped(total)),
        None => grouped(progress.minted),
    };
    figures(
        ui,
        &[
            ("Tokens", done),
            ("Rate", rate(progress.rate())),
            ("Time left", if *run.phase() == Phase::Paused { "paused".to_owned() } else { left(run.left()) }),
            ("Written", bytes(progress.bytes)),
            ("Rows left out", grouped(progress.skipped)),
        ],
    );
}

fn over(ui: &mut Ui, run: &Run) {
    let Progress { minted, skipped, bytes: written, elapsed, .. } = run.progress();
    figures(
        ui,
        &[
            ("Tokens", grouped(minted)),
            ("Rate", rate(run.progress().rate())),
            ("Time", took(elapsed)),
            ("Written", bytes(written)),
            ("Rows left out", grouped(skipped)),
        ],
    );
}

/// Figures below their captions, in columns of one width, so that nothing moves when a figure changes.
fn figures(ui: &mut Ui, figures: &[(&str, String)]) {
    let t = tokens(ui);
    let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), FIGURE), Sense::hover());
    let width = room.width() / figures.len().max(1) as f32;
    for (index, (caption, figure)) in figures.iter().enumerate() {
        let place = Rect::from_min_size(pos2(room.left() + index as f32 * width, room.top()), vec2(width, FIGURE));
        let layout = Layout::top_down(Align::Min);
        let builder = UiBuilder::new().id_salt(("figure", index)).max_rect(place).layout(layout);
        ui.scope_builder(builder, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.label(RichText::new(*caption).size(size::TEXT_SMALL).color(t.text.muted));
            let figure = RichText::new(figure).font(fonts::medium(size::TEXT)).color(t.text.primary);
            ui.add(Label::new(figure).truncate());
        });
    }
    ui.advance_cursor_after_rect(room);
}

/// What the end means, and what can be done.
fn explain(ui: &mut Ui, run: &Run, ended: &Ended) {
    let whole = "What is there is complete.";
    let rest = match run.resume() {
        Some(from) => format!("{whole} {} of the run are done; Resume mints the rest behind them.", grouped(from)),
        None => whole.to_owned(),
    };
    match ended {
        Ended::Done => {}
        Ended::Cancelled => {
            ui.add(Label::new(RichText::new(rest).color(tokens(ui).text.secondary)).wrap());
        }
        Ended::Failed(problem) => {
            message::error(ui, &problem.message, &problem.help);
            if run.resume().is_some() {
                ui.add(Label::new(RichText::new(rest).color(tokens(ui).text.secondary)).wrap());
            }
        }
    }
}

/// The faulty rows, and where they were written.
fn listed(ui: &mut Ui, run: &Run) {
    if run.faults().is_empty() {
        return;
    }
    let first = if run.faults().len() == LISTED_FAULTS {
        format!("The first {LISTED_FAULTS} faulty rows")
    } else {
        "Faulty rows".to_owned()
    };
    let words = match run.rejects() {
        Some(path) => format!("{first}; all of them are in {}", file_name(path)),
        None => first,
    };
    let heading = RichText::new(words).font(fonts::semibold(size::TEXT_SMALL)).color(tokens(ui).text.secondary);
    ui.add(Label::new(heading).truncate());
    faults::ui(ui, "run faults", run.faults(), FAULTS);
}
