//! What every tab says of its figures: that there are none yet, that they are of earlier variants, what disturbed them,
//! and what they were measured on.

use eframe::egui::{Frame, Label, Margin, RichText, ScrollArea, Ui, UiBuilder, vec2};

use crate::jose::text::grouped;
use crate::measure::report::Report;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::follow_keyboard;
use crate::ui::widgets::{button, empty, message};
use crate::workbench::Workbench;
use crate::workbench::bench::{Bench, Figures};
use crate::workbench::command::{BenchCommand, Command};

/// Right of the cards, room for the scroll bar within the margin of the page.
const SCROLL_BAR: f32 = 10.0;

/// What is higher than the page scrolls, with the bar beside the cards.
pub(super) fn scrolled<R>(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let mut room = ui.available_rect_before_wrap();
    let width = room.width();
    room.max.x += SCROLL_BAR;
    let mut page = ui.new_child(UiBuilder::new().id_salt(name).max_rect(room));
    let scroll = ScrollArea::vertical().id_salt(name).auto_shrink(false);
    let shown = scroll.show(&mut page, |ui| {
        ui.set_max_width(width);
        ui.spacing_mut().item_spacing = vec2(space::M, space::M);
        let added = add(ui);
        follow_keyboard(ui);
        added
    });
    ui.advance_cursor_after_rect(room);
    shown.inner
}

/// What a tab is called.
pub(super) const fn label(bench: Bench) -> &'static str {
    match bench {
        Bench::Variants => "Distribution",
        Bench::Growth => "Growth",
        Bench::Ladder => "Algorithms",
        Bench::Throughput => "Throughput",
        Bench::Login => "Login lab",
    }
}

/// In place of figures: what they will show, and a button that measures them.
pub(super) fn empty(ui: &mut Ui, workbench: &Workbench, bench: Bench, words: &str, commands: &CommandQueue) {
    let running = workbench.bench().running().is_some_and(|running| running.bench == bench);
    let heading = if running { "Measuring" } else { "Not measured yet" };
    let words =
        if running { "Keys are made and the processor is warmed up; the first figures come soon." } else { words };
    empty::page(ui, heading, words, |ui| {
        if !running && button::normal(ui, "Measure now").clicked() {
            commands.push(Command::Bench(BenchCommand::Measure(bench)));
        }
    });
}

/// What went wrong, above the figures.
pub(super) fn problem(ui: &mut Ui, workbench: &Workbench) {
    if let Some(problem) = workbench.bench().problem() {
        message::error(ui, &problem.message, &problem.help);
    }
}

/// What limits the trust in the figures.
pub(super) fn warnings(ui: &mut Ui, figures: &Figures, outdated: bool) {
    if outdated {
        message::warning(ui, "These figures are of what was compared before", "Measure again to have those of now.");
    }
    if figures.report.noisy {
        let rows = &figures.report.variants;
        let noisy = rows.iter().filter(|row| row.times.noisy).count();
        let of = if rows.len() > 1 && noisy > 0 { format!(" for {noisy} of {}", rows.len()) } else { String::new() };
        message::warning(
            ui,
            &format!("The machine is busy: p95 is more than 1.5 times p50{of}"),
            "Close other programs, put the machine on mains power, and measure for longer.",
        );
    }
}

/// What the figures were measured on and with, at the foot.
pub(super) fn conditions(ui: &mut Ui, report: &Report, samples: Option<u64>) {
    let text = RichText::new(conditions_text(report, samples)).size(size::TEXT_SMALL).color(tokens(ui).text.muted);
    Frame::new().inner_margin(Margin::symmetric(2, 0)).show(ui, |ui| ui.add(Label::new(text).wrap()));
}

fn conditions_text(report: &Report, samples: Option<u64>) -> String {
    let machine = &report.machine;
    let processor = machine.processor.as_ref().map(|name| format!("{name}, ")).unwrap_or_default();
    let plural = if machine.cores == 1 { "core" } else { "cores" };
    let build = if report.build == "debug" {
        "debug build: its own code is many times slower than that of a release"
    } else {
        "optimised build"
    };
    let samples = samples.map(|samples| format!(" {} samples of each, taken in turn.", grouped(samples)));
    format!(
        "{processor}{} {plural}, {} {}. JWT Workbench {}, {build}. Measured for {} s.{}",
        machine.cores,
        machine.os,
        machine.architecture,
        report.version,
        report.settings.seconds,
        samples.unwrap_or_default()
    )
}

/// Whether figures are of an earlier state of the comparison.
pub(super) fn is_outdated(workbench: &Workbench, figures: &Figures) -> bool {
    let bench = workbench.bench();
    let is_of = |kind: &Bench| bench.figures(*kind).is_some_and(|newest| std::ptr::eq(newest.as_ref(), figures));
    bench.running().is_none() && Bench::ALL.into_iter().find(is_of).is_some_and(|kind| workbench.is_outdated(kind))
}
