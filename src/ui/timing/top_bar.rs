//! The line above every tab: the tabs, how long to measure, the button that does, and what can be done with the figures.

use std::time::Duration;

use eframe::egui::{Align, Layout, ProgressBar, Rect, RichText, Role, Ui, WidgetInfo, vec2};

use super::Tab;
use super::states;
use crate::ui::request::{CommandQueue, Request};
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::field::Field;
use crate::ui::widgets::trailing::trailing;
use crate::ui::widgets::{button, menu, segmented, select};
use crate::workbench::Workbench;
use crate::workbench::bench::{Bench, Figures};
use crate::workbench::command::{BenchCommand, Command};
use crate::workbench::effect::ExportForm;
use crate::workbench::timing::Progress;

/// How long can be measured, in seconds.
const SECONDS: [(u64, &str); 5] = [(1, "1 s"), (3, "3 s"), (10, "10 s"), (30, "30 s"), (60, "60 s")];
/// The controls at the right need so much room beside the tabs; else they go below.
const CONTROLS: f32 = 372.0;
/// The same for the login lab, whose length is not chosen here.
const LAB_CONTROLS: f32 = 300.0;
const SELECT: f32 = 74.0;
const BAR: f32 = 84.0;

/// The name of a run that is about to be kept.
#[derive(Debug, Default)]
pub(super) struct Keeping(Option<(Bench, String)>);

/// Draws the line; returns the tab that the user takes. `picture` is the place of the chart on show.
pub(super) fn ui(
    ui: &mut Ui,
    workbench: &Workbench,
    tab: Tab,
    picture: Option<Rect>,
    keeping: &mut Keeping,
    commands: &CommandQueue,
) -> Option<Tab> {
    let tabs = Tab::ALL.map(|tab| (tab, tab.label().to_owned()));
    let other_runs = workbench.bench().running().is_some_and(|running| tab.bench() != Some(running.bench));
    let controls_width = if tab == Tab::Login && !other_runs { LAB_CONTROLS } else { CONTROLS };
    let fits = ui.available_width() >= segmented::width(ui, &tabs) + controls_width;
    let mut taken = None;
    ui.horizontal(|ui| {
        taken = segmented::choose(ui, "What is timed", Some(&tab), &tabs);
        if fits {
            at_right(ui, |ui| controls(ui, workbench, tab, picture, keeping, commands));
        }
    });
    if !fits && (tab.bench().is_some() || workbench.bench().running().is_some()) {
        ui.horizontal(|ui| at_right(ui, |ui| controls(ui, workbench, tab, picture, keeping, commands)));
    }
    keeping.ui(ui, tab, commands);
    taken
}

fn at_right(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let line = vec2(ui.available_width(), size::FIELD);
    ui.allocate_ui_with_layout(line, Layout::left_to_right(Align::Center), |ui| trailing(ui, add));
}

fn controls(
    ui: &mut Ui,
    workbench: &Workbench,
    tab: Tab,
    picture: Option<Rect>,
    keeping: &mut Keeping,
    commands: &CommandQueue,
) {
    let state = workbench.bench();
    let busy = state.running().is_some();
    if let Some(bench) = tab.bench() {
        if let Some(figures) = state.figures(bench) {
            if !busy && keep(ui) {
                keeping.0 = Some((bench, proposed_name(bench, figures)));
            }
            export(ui, bench, picture, commands);
        }
        // How long logins are measured is among the settings of the lab.
        if !busy && bench != Bench::Login {
            length(ui, state.length().as_secs(), commands);
        }
    }
    if let Some(running) = state.running() {
        let other = Some(running.bench).filter(|bench| tab.bench() != Some(*bench)).map(states::label);
        progress(ui, running.progress, other);
        if button::normal(ui, "Stop").clicked() {
            commands.push(Command::Bench(BenchCommand::Stop));
        }
    } else if let Some(bench) = tab.bench()
        && button::primary(ui, measure_label(workbench, bench)).clicked()
    {
        commands.push(Command::Bench(BenchCommand::Measure(bench)));
    }
}

fn keep(ui: &mut Ui) -> bool {
    button::normal(ui, "Keep…").on_hover_text("Keep these figures as a run, to hold later ones against").clicked()
}

fn export(ui: &mut Ui, bench: Bench, picture: Option<Rect>, commands: &CommandQueue) {
    button::menu(ui, "Export", "Export the figures", |ui| {
        for form in [ExportForm::Csv, ExportForm::Json, ExportForm::Markdown] {
            if menu::entry(ui, form.label(), "", false).clicked() {
                commands.push(Command::Bench(BenchCommand::Export(bench, form)));
            }
        }
        if let Some(rect) = picture {
            menu::line(ui);
            if menu::entry(ui, "Picture of the chart", "", false).clicked() {
                commands.push(Request::ExportPicture(rect));
            }
        }
    });
}

/// For how long to measure.
fn length(ui: &mut Ui, seconds: u64, commands: &CommandQueue) {
    let own = format!("{seconds} s");
    let mut lengths: Vec<(u64, &str, &str)> = SECONDS.iter().map(|(length, text)| (*length, *text, "")).collect();
    if !SECONDS.iter().any(|(length, _)| *length == seconds) {
        lengths.push((seconds, &own, ""));
    }
    if let Some(chosen) = select::choose(ui, "Measure for", seconds, &lengths, SELECT) {
        commands.push(Command::Bench(BenchCommand::SetSeconds(chosen)));
    }
}

/// The lab starts a server and sends requests: that is run rather than measured.
fn measure_label(workbench: &Workbench, bench: Bench) -> &'static str {
    match (bench, workbench.bench().figures(bench)) {
        (Bench::Login, Some(_)) => "Run again",
        (Bench::Login, None) => "Run",
        _ => "Measure",
    }
}

fn progress(ui: &mut Ui, progress: Progress, other: Option<&str>) {
    let left = time_left(progress);
    let bar = ui.add(ProgressBar::new(progress.share()).desired_width(BAR).desired_height(size::PROGRESS));
    bar.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, format!("Measuring, {left}"));
        info.value = Some(f64::from(progress.share()));
        info
    });
    let words = other.map_or_else(|| left.clone(), |other| format!("{other}: {left}"));
    ui.label(RichText::new(words).color(tokens(ui).text.secondary));
}

/// "2 s left", in whole seconds, rounded up.
fn time_left(progress: Progress) -> String {
    let left = progress.total.saturating_sub(progress.elapsed);
    let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
    if left == Duration::ZERO { "finishing".to_owned() } else { format!("{seconds} s left") }
}

/// What a run of these figures could be called: what was measured, and how many.
fn proposed_name(bench: Bench, figures: &Figures) -> String {
    let report = &figures.report;
    let names: Vec<&str> = match bench {
        Bench::Growth => report.growth.iter().map(|growth| growth.algorithm.as_str()).collect(),
        Bench::Ladder => return "All algorithms".to_owned(),
        Bench::Throughput => report.throughput.iter().map(|rates| rates.name.as_str()).collect(),
        Bench::Login => report.login.iter().map(|login| login.subject.as_str()).collect(),
        Bench::Variants => report.variants.iter().map(|row| row.name.as_str()).collect(),
    };
    let what = match names.as_slice() {
        [] => return states::label(bench).to_owned(),
        [one] => (*one).to_owned(),
        [one, other] => format!("{one} and {other}"),
        [one, rest @ ..] => format!("{one} and {} more", rest.len()),
    };
    if bench == Bench::Variants { what } else { format!("{}, {what}", states::label(bench)) }
}

impl Keeping {
    /// The line in which a run gets its name.
    fn ui(&mut self, ui: &mut Ui, tab: Tab, commands: &CommandQueue) {
        let Some((bench, name)) = &mut self.0 else { return };
        if tab.bench() != Some(*bench) {
            self.0 = None;
            return;
        }
        let mut done = None;
        ui.horizontal(|ui| {
            ui.label(RichText::new("Keep as").color(tokens(ui).text.secondary));
            ui.spacing_mut().item_spacing.x = space::S;
            let response = Field::new("Name of the run", name).width(280.0).show(ui);
            let opened = ui.scope_id().with("keeping");
            let fresh: bool = ui.data(|data| data.get_temp(opened)).unwrap_or(true);
            if fresh {
                response.request_focus();
                ui.data_mut(|data| data.insert_temp(opened, false));
            }
            let entered = response.lost_focus() && ui.input(|input| input.key_pressed(eframe::egui::Key::Enter));
            let named = !name.trim().is_empty();
            ui.add_enabled_ui(named, |ui| {
                if button::primary(ui, "Keep").clicked() || (entered && named) {
                    done = Some(true);
                }
            });
            let escaped = ui.input(|input| input.key_pressed(eframe::egui::Key::Escape));
            if button::ghost(ui, "Cancel").clicked() || escaped {
                done = Some(false);
            }
            if done.is_some() {
                ui.data_mut(|data| data.remove::<bool>(opened));
            }
        });
        if done == Some(true) {
            commands.push(Command::Bench(BenchCommand::Keep(*bench, name.trim().to_owned())));
        }
        if done.is_some() {
            self.0 = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_rounded_up() {
        let left =
            |elapsed| time_left(Progress { elapsed: Duration::from_millis(elapsed), total: Duration::from_secs(3) });
        assert_eq!(
            [0, 1_001, 2_999, 3_000, 9_000].map(left),
            ["3 s left", "2 s left", "1 s left", "finishing", "finishing"]
        );
    }
}
