//! How long minting and verifying this very draft take: histograms and percentiles.

use eframe::egui::{Color32, Label, ProgressBar, RichText, Sense, Stroke, Ui, Vec2b, vec2};
use egui_plot::{Bar, BarChart, LineStyle, Plot, VLine};

use crate::jose::text::grouped;
use crate::measure::histogram::{Bin, Summary, format_ns};
use crate::measure::timing::Timing;
use crate::ui::action::Action;
use crate::ui::help::Topic;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::{button, message};
use crate::workbench::Workbench;

const PLOT_HEIGHT: f32 = 84.0;
/// Below this width the middle percentile makes room, in points.
const ALL_PERCENTILES: f32 = 270.0;
const TWO_PERCENTILES: f32 = 200.0;

/// Draws the card.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let state = workbench.timing();
    let current = state.is_current(workbench.draft().revision());
    let subtitle = match state.timing() {
        Some(timing) if current => format!("this draft, {} samples", grouped(timing.samples)),
        Some(_) if workbench.minted().is_some() => "an earlier text; measuring again".to_owned(),
        Some(_) => "an earlier text".to_owned(),
        None => "after typing pauses".to_owned(),
    };
    Card::new("Timing")
        .explains(&[
            Topic::SignTime,
            Topic::VerifyTime,
            Topic::Percentiles,
            Topic::Samples,
            Topic::KeySetUp,
            Topic::Noise,
        ])
        .subtitle(&subtitle)
        .actions(|ui| actions(ui, workbench, commands))
        .show(ui, |ui| {
            if let Some(problem) = state.problem() {
                message::error(ui, &problem.message, &problem.help);
            }
            match state.timing() {
                Some(timing) => charts(ui, timing, current),
                None => {
                    ui.allocate_ui(vec2(ui.available_width(), PLOT_HEIGHT), |ui| {
                        let words = if workbench.minted().is_some() {
                            "Measuring…"
                        } else {
                            "There is nothing to measure until the draft can be signed."
                        };
                        message::remark(ui, words);
                    });
                }
            }
        });
}

fn actions(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    match workbench.timing().progress() {
        Some(progress) => {
            ui.add(ProgressBar::new(progress.share()).desired_width(110.0).desired_height(size::PROGRESS));
            if button::normal(ui, "Stop").clicked() {
                commands.push(Action::StopMeasuring);
            }
        }
        None => {
            ui.add_enabled_ui(workbench.minted().is_some(), |ui| {
                if button::normal(ui, "Measure").on_hover_text("Measure for three seconds").clicked() {
                    commands.push(Action::Measure);
                }
            });
        }
    }
}

fn charts(ui: &mut Ui, timing: &Timing, current: bool) {
    if !current {
        ui.set_opacity(0.6);
    }
    let tokens = theme::tokens(ui);
    let width = ((ui.available_width() - space::M) / 2.0).max(0.0);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        chart(ui, Topic::SignTime, &timing.sign, tokens.accent.main, width);
        chart(ui, Topic::VerifyTime, &timing.verify, tokens.part.signature_fill, width);
    });
    let words = if timing.noisy {
        "The machine was busy: the times scatter widely. Measure again when it is quiet.".to_owned()
    } else {
        let set_up = u64::try_from(timing.key_setup.as_nanos()).unwrap_or(u64::MAX);
        format!("Base64url and signature of the ready draft; key set-up, {}, not counted.", format_ns(set_up))
    };
    let colour = if timing.noisy { tokens.status.warning } else { tokens.text.muted };
    ui.add(Label::new(RichText::new(words).size(size::TEXT_SMALL).color(colour)).truncate());
}

fn chart(ui: &mut Ui, topic: Topic, summary: &Summary, colour: Color32, width: f32) {
    let tokens = theme::tokens(ui);
    let title = topic.name();
    ui.vertical(|ui| {
        ui.set_width(width);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let name = RichText::new(title).font(theme::fonts::semibold(size::TEXT));
            ui.label(name).on_hover_text(topic.explanation());
            // Of three there is room for all, for the first and the last, or for the first alone.
            let percentiles = [("p50", summary.p50), ("p95", summary.p95), ("p99", summary.p99)];
            let [all, two] = [width >= ALL_PERCENTILES, width >= TWO_PERCENTILES];
            let fits = |name: &str| all || name == "p50" || (two && name == "p99");
            for (name, value) in percentiles.into_iter().filter(|(name, _)| fits(name)) {
                ui.label(
                    RichText::new(format!("{name} {}", format_ns(value)))
                        .size(size::TEXT_SMALL)
                        .color(tokens.text.secondary),
                )
                .on_hover_text(Topic::Percentiles.explanation());
            }
        });
        plot(ui, title, summary, colour);
    });
}

fn plot(ui: &mut Ui, title: &str, summary: &Summary, colour: Color32) {
    let tokens = theme::tokens(ui);
    let bars: Vec<_> = summary.bins.iter().map(|bin| bar(bin, colour)).collect();
    let mark = |name: &str, value: u64, colour: Color32| {
        VLine::new(name, value as f64).stroke(Stroke::new(1.0, colour)).style(LineStyle::dashed_dense())
    };
    Plot::new(("timing", title))
        .height(PLOT_HEIGHT)
        .show_axes(Vec2b::FALSE)
        .show_grid(Vec2b::FALSE)
        .show_background(false)
        .show_crosshair(false)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .include_y(0.0)
        .label_formatter(|_| None)
        .sense(Sense::hover())
        .show(ui, |plot| {
            plot.bar_chart(BarChart::new(title, bars));
            for (name, value, colour) in
                [("p50", summary.p50, tokens.text.primary), ("p99", summary.p99, tokens.text.muted)]
            {
                if in_bars(summary, value) {
                    plot.vline(mark(name, value, colour));
                }
            }
        });
}

/// Whether a mark at this duration has a place among the bars; the bars leave out what is far from most.
fn in_bars(summary: &Summary, value: u64) -> bool {
    summary.bins.last().is_some_and(|last| value <= last.end_ns)
}

fn bar(bin: &Bin, colour: Color32) -> Bar {
    let width = (bin.end_ns - bin.start_ns) as f64;
    let middle = bin.start_ns as f64 + width / 2.0;
    let name = format!("{} to {}: {}", format_ns(bin.start_ns), format_ns(bin.end_ns), grouped(bin.count));
    Bar::new(middle, bin.count as f64).width(width * 0.8).name(name).fill(colour).stroke(Stroke::NONE)
}
