//! Measurements that were kept, and two of them side by side.

use eframe::egui::{Align, Key, Label, Layout, RichText, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, vec2};

use super::run_change::RunChange;
use super::states;
use crate::jose::instant::InstantFormat;
use crate::ui::chart::switch::{self, Shows};
use crate::ui::help::Topic;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{fonts, size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::trailing::trailing_in;
use crate::ui::widgets::{button, empty, menu};
use crate::workbench::Workbench;
use crate::workbench::command::{BenchCommand, Command};
use crate::workbench::effect::ExportForm;
use crate::workbench::runs::{Run, RunId};

/// Height of a run in the list.
const ROW: f32 = size::ROW_DOUBLE;

/// See the module.
#[derive(Default)]
pub(super) struct RunsPane {
    /// The runs to be compared, as they were chosen; at most two.
    chosen: Vec<RunId>,
    /// The run that gets another name, and that name so far.
    renaming: Option<(RunId, String)>,
    change: Option<RunChange>,
}

impl RunsPane {
    /// Draws the pane.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        let runs = workbench.runs().kept();
        self.chosen.retain(|id| workbench.runs().get(*id).is_some());
        if runs.is_empty() {
            let words = "Measure on another tab, then choose Keep… and give the figures a name. What is kept survives \
                         the program, and a later run can be held against it.";
            empty::page(ui, "No runs kept yet", words, |_ui| {});
            return;
        }
        states::scrolled(ui, "runs", |ui| {
            let subtitle =
                if runs.len() > 1 { "choose two to compare them" } else { "keep another to compare the two" };
            Card::new("Kept runs").explains(&[Topic::Percentiles, Topic::Samples]).subtitle(subtitle).flush().show(
                ui,
                |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    for (index, run) in runs.iter().enumerate() {
                        self.run(ui, run, workbench.clock(), index > 0, commands);
                    }
                },
            );
            self.change(ui, workbench);
        });
    }

    /// The two chosen runs side by side.
    fn change(&mut self, ui: &mut Ui, workbench: &Workbench) {
        let mut pair: Vec<&Run> = self.chosen.iter().filter_map(|id| workbench.runs().get(*id)).collect();
        // Of two that were kept in the same second the one lower in the list is the earlier.
        let place = |run: &Run| workbench.runs().kept().iter().position(|other| other.id == run.id);
        pair.sort_by_key(|run| std::cmp::Reverse(place(run)));
        let [before, after] = pair.as_slice() else {
            self.change = None;
            return;
        };
        let change = match self.change.take().filter(|change| change.is_of(before, after)) {
            Some(change) => change,
            None => RunChange::new(before, after),
        };
        self.change.insert(change).ui(ui);
    }

    fn run(&mut self, ui: &mut Ui, run: &Run, clock: InstantFormat, line_above: bool, commands: &CommandQueue) {
        let t = tokens(ui);
        let remark = remark(run, clock);
        let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, format!("{}, {remark}", run.name)));
        if !ui.is_rect_visible(row) {
            return;
        }
        if line_above {
            ui.painter().hline(row.x_range(), row.top() - 0.5, Stroke::new(1.0, t.surface.line));
        }
        let inside = row.shrink2(vec2(space::M, 0.0));
        let builder = UiBuilder::new().id_salt(("run", run.id)).max_rect(inside);
        let mut line = ui.new_child(builder.layout(Layout::left_to_right(Align::Center)));
        let on = self.chosen.contains(&run.id);
        let name = format!("Compare {}", run.name);
        if switch::show_named(&mut line, "Compare", &name, on, Shows::Nothing).clicked() {
            self.choose(run.id, !on);
        }
        line.add_space(space::S);
        let room = line.available_rect_before_wrap();
        let id = line.unique_id().with("actions");
        let ((), taken) = trailing_in(&mut line, id, room, |ui| self.actions(ui, run, commands));
        let room = room.with_max_x(taken.left() - space::S);
        line.scope_builder(UiBuilder::new().max_rect(room).layout(Layout::top_down(Align::Min)), |ui| {
            ui.spacing_mut().item_spacing.y = space::XXS;
            ui.add_space(space::XS);
            self.name(ui, run, &remark, commands);
        });
    }

    fn name(&mut self, ui: &mut Ui, run: &Run, remark: &str, commands: &CommandQueue) {
        let t = tokens(ui);
        if let Some((_, name)) = self.renaming.as_mut().filter(|(id, _)| *id == run.id) {
            ui.add_space(space::XS);
            let response = Field::new("New name of the run", name).width(320.0).show(ui);
            response.request_focus();
            let (enter, escape) = ui.input(|input| (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape)));
            if enter && !name.trim().is_empty() {
                commands.push(Command::Bench(BenchCommand::RenameRun(run.id, name.trim().to_owned())));
            }
            if enter || escape {
                self.renaming = None;
            }
            return;
        }
        let text = RichText::new(&run.name).font(fonts::semibold(size::TEXT)).color(t.text.primary);
        ui.add(Label::new(text).truncate());
        let text = RichText::new(remark).size(size::TEXT_SMALL).color(t.text.muted);
        ui.add(Label::new(text).truncate());
    }

    /// Added from right to left.
    fn actions(&mut self, ui: &mut Ui, run: &Run, commands: &CommandQueue) {
        let named = |what: &str| format!("{what} {}", run.name);
        button::menu(ui, "Export", &named("Export"), |ui| {
            for form in [ExportForm::Csv, ExportForm::Json, ExportForm::Markdown] {
                if menu::entry(ui, form.label(), "", false).clicked() {
                    commands.push(Command::Bench(BenchCommand::ExportRun(run.id, form)));
                }
            }
        });
        let rename = button::Button::new(button::Kind::Ghost, "Rename");
        if ui.add(rename.name(&named("Rename"))).clicked() {
            self.renaming = Some((run.id, run.name.clone()));
        }
        let delete = button::Button::new(button::Kind::Ghost, "Delete");
        if ui.add(delete.name(&named("Delete"))).clicked() {
            commands.push(Command::Bench(BenchCommand::ForgetRun(run.id)));
        }
    }

    /// Takes a run in or out; a third one takes the place of the first.
    fn choose(&mut self, id: RunId, on: bool) {
        self.chosen.retain(|chosen| *chosen != id);
        if on {
            self.chosen.push(id);
            if self.chosen.len() > 2 {
                self.chosen.remove(0);
            }
        }
    }
}

/// When, what and where.
fn remark(run: &Run, clock: InstantFormat) -> String {
    let report = &run.report;
    let cores = report.machine.cores;
    let plural = if cores == 1 { "core" } else { "cores" };
    let processor = report.machine.processor.as_deref().unwrap_or(&report.machine.architecture);
    format!(
        "{} · {} · {processor}, {cores} {plural} · {} {}",
        states::label(run.bench),
        clock.full(run.at),
        report.version,
        report.build
    )
}
