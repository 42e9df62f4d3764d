//! The exercise on show: what is to be done, how far it is, and help.

use eframe::egui::{
    Align, Align2, Frame, Label, Layout, Margin, Rect, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2,
};

use super::forms;
use crate::ui::action::Action;
use crate::ui::request::{CommandQueue, Request};
use crate::ui::theme::{self, icon, radius, size, space};
use crate::ui::widgets::button;
use crate::ui::widgets::chip::Chip;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, ExerciseCommand};
use crate::workbench::exercises::exercise::{Exercise, Start};
use crate::workbench::exercises::progress::Mark;
use crate::workbench::page::Page;

/// Side of the sign before a line of the checklist.
const TICK: f32 = 16.0;
/// Height of a line of text.
const LINE: f32 = 18.0;

/// Draws the exercise.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, exercise: Exercise, commands: &CommandQueue) {
    let line = theme::tokens(ui).surface.line;
    ui.add_space(space::XS);
    let (rule, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(rule.x_range(), rule.center().y, Stroke::new(1.0, line));
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        ui.label(RichText::new(exercise.title()).font(theme::fonts::semibold(size::TEXT)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if workbench.has_mark(exercise, Mark::Solved) {
                Chip::ok("solved").show(ui);
            } else {
                Chip::neutral(&workbench.exercises().outcome().progress()).show(ui);
            }
        });
    });
    paragraph(ui, exercise.task());
    start(ui, workbench, exercise, commands);
    if exercise == Exercise::Expiry {
        forms::ui(ui, workbench, commands);
    }
    checklist(ui, workbench);
    if exercise == Exercise::Mistakes && workbench.exercises().has_secret_put_aside() {
        secret_put_aside(ui, commands);
    }
    help(ui, workbench, exercise, commands);
    foot(ui, workbench, commands);
}

fn paragraph(ui: &mut Ui, text: &str) {
    let words = RichText::new(text).size(size::TEXT).color(theme::tokens(ui).text.secondary);
    ui.add(Label::new(words).wrap());
}

/// The button that takes the draft, and the way to the lab.
fn start(ui: &mut Ui, workbench: &Workbench, exercise: Exercise, commands: &CommandQueue) {
    let begun = workbench.exercise_of_draft() == Some(Start::from(exercise));
    ui.horizontal_wrapped(|ui| {
        let label = if begun { "Start over" } else { "Start" };
        let pressed = if begun { button::normal(ui, label) } else { button::primary(ui, label) };
        if pressed.on_hover_text("Takes the draft of this exercise; yours is asked about first").clicked() {
            commands.push(Command::Exercise(ExerciseCommand::Start(exercise.into())));
        }
        if exercise == Exercise::Blocking && button::normal(ui, "Go to the login lab").clicked() {
            commands.push(Action::Go(Page::Timing));
            commands.push(Request::ShowTab("login"));
        }
        if begun && workbench.settings().page != Page::Craft && button::normal(ui, "Back to Craft").clicked() {
            commands.push(Action::Go(Page::Craft));
        }
    });
}

fn checklist(ui: &mut Ui, workbench: &Workbench) {
    let outcome = workbench.exercises().outcome();
    let tokens = theme::tokens(ui);
    let frame = Frame::new()
        .fill(tokens.surface.field)
        .stroke(Stroke::new(1.0, tokens.surface.line))
        .corner_radius(radius::CONTROL)
        .inner_margin(Margin::symmetric(8, 8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::XS;
        for step in &outcome.steps {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                let (rect, response) = ui.allocate_exact_size(vec2(TICK, LINE), Sense::hover());
                let state = if step.done { "Done" } else { "To do" };
                response.widget_info(|| WidgetInfo::labeled(Role::Image, true, state));
                tick(ui, rect, step.done);
                let ink = if step.done { tokens.text.secondary } else { tokens.text.primary };
                let words = RichText::new(&step.text).size(size::TEXT).color(ink);
                ui.vertical(|ui| ui.add(Label::new(words).wrap()));
            });
        }
    });
}

/// A tick in a circle for what is done, an empty circle for what is not.
pub(super) fn tick(ui: &Ui, rect: Rect, done: bool) {
    let tokens = theme::tokens(ui);
    if done {
        let font = theme::fonts::regular(size::ICON);
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon::CHECK_CIRCLE, font, tokens.status.ok);
    } else {
        ui.painter().circle_stroke(rect.center(), 6.0, Stroke::new(1.2, tokens.text.muted));
    }
}

fn secret_put_aside(ui: &mut Ui, commands: &CommandQueue) {
    paragraph(ui, "Your own secret is kept. It comes back with the next draft, or now:");
    if button::normal(ui, "Put my secret back").clicked() {
        commands.push(Command::Exercise(ExerciseCommand::PutSecretBack));
    }
}

/// Hint and solution, once they were asked for, and the way on.
fn help(ui: &mut Ui, workbench: &Workbench, exercise: Exercise, commands: &CommandQueue) {
    let (hint, solution) = (workbench.has_mark(exercise, Mark::Hint), workbench.has_mark(exercise, Mark::Solution));
    if hint {
        said(ui, "Hint", exercise.hint());
    }
    if solution {
        said(ui, "Solution", exercise.solution());
    }
    let solved = workbench.has_mark(exercise, Mark::Solved);
    ui.horizontal(|ui| {
        if !hint && button::normal(ui, "Hint").clicked() {
            commands.push(Command::Exercise(ExerciseCommand::ShowHint(exercise)));
        }
        if !solution && button::normal(ui, "Solution").clicked() {
            commands.push(Command::Exercise(ExerciseCommand::ShowSolution(exercise)));
        }
        if solution && exercise.can_be_done_for_you() {
            do_it(ui, workbench, exercise, commands);
        }
        let Some(next) = exercise.next() else { return };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let pressed = if solved { button::primary(ui, "Next") } else { button::normal(ui, "Next") };
            if pressed.on_hover_text(next.title()).clicked() {
                commands.push(Command::Exercise(ExerciseCommand::Choose(next)));
            }
        });
    });
}

fn do_it(ui: &mut Ui, workbench: &Workbench, exercise: Exercise, commands: &CommandQueue) {
    let begun = workbench.exercise_of_draft() == Some(Start::from(exercise));
    ui.add_enabled_ui(begun && !workbench.exercises().outcome().is_done(), |ui| {
        let why = if begun { "It is done" } else { "Press Start first: your own draft is left alone" };
        let pressed = button::normal(ui, "Do it for me").on_disabled_hover_text(why);
        if pressed.on_hover_text("Each change can be undone").clicked() {
            commands.push(Command::Exercise(ExerciseCommand::DoIt(exercise)));
        }
    });
}

fn said(ui: &mut Ui, title: &str, text: &str) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = space::XXS;
        ui.label(RichText::new(title).font(theme::fonts::semibold(size::TEXT)));
        paragraph(ui, text);
    });
}

/// Back to the beginning, once there is something to forget.
fn foot(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    if workbench.settings().exercises.is_empty() {
        return;
    }
    ui.add_space(space::S);
    let words = "Forgets which exercises are solved and which hints were read; drafts stay as they are";
    if button::link(ui, "Reset progress").on_hover_text(words).clicked() {
        commands.push(Command::Exercise(ExerciseCommand::ResetProgress));
    }
}
