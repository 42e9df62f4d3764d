//! The four forms of an expiry, each to be judged.

use eframe::egui::{Align, Label, Layout, RichText, Ui};

use crate::ui::request::CommandQueue;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::button::{Button, Kind};
use crate::ui::widgets::segmented;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, ExerciseCommand};
use crate::workbench::exercises::exercise::{Exercise, Start};
use crate::workbench::exercises::form::{Form, Judgement};

/// Height of a line of text, in points.
const LINE: f32 = 18.0;

/// Draws the forms; what the rules say of each is told once all are judged rightly.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    for form in Form::ALL {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            one(ui, workbench, form, commands);
        });
        ui.add_space(space::XXS);
    }
}

fn one(ui: &mut Ui, workbench: &Workbench, form: Form, commands: &CommandQueue) {
    row(ui, workbench, form, commands);
    if let Some(reason) = workbench.exercises().reason(form) {
        let words = RichText::new(reason).size(size::TEXT_SMALL).color(theme::tokens(ui).text.secondary);
        ui.add(Label::new(words).wrap());
    }
}

fn row(ui: &mut Ui, workbench: &Workbench, form: Form, commands: &CommandQueue) {
    let tokens = theme::tokens(ui);
    let start = Start { exercise: Exercise::Expiry, form: Some(form) };
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = LINE;
        ui.label(RichText::new(form.label()).font(theme::fonts::semibold(size::TEXT)));
        let exp = RichText::new(form.exp()).font(theme::fonts::mono(size::TEXT_SMALL));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let open = Button::new(Kind::Link, "Open").name(open_name(form));
            if workbench.exercise_of_draft() == Some(start) {
                ui.label(RichText::new("open").size(size::TEXT).color(tokens.text.muted));
            } else if ui.add(open).clicked() {
                commands.push(Command::Exercise(ExerciseCommand::Start(start)));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(exp.color(tokens.syntax.string)).truncate());
            });
        });
    });
    let current = workbench.exercises().answer(form);
    let choices = Judgement::ALL.map(|judgement| (judgement, judgement.label().to_owned()));
    if let Some(judgement) = segmented::choose(ui, form.label(), current.as_ref(), &choices) {
        commands.push(Command::Exercise(ExerciseCommand::Answer(form, judgement)));
    }
}

const fn open_name(form: Form) -> &'static str {
    match form {
        Form::A => "Open form A",
        Form::B => "Open form B",
        Form::C => "Open form C",
        Form::D => "Open form D",
    }
}
