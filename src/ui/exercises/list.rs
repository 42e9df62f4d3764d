//! The five exercises: which are solved, and which is on show.

use eframe::egui::{Align2, CursorIcon, Role, Sense, Ui, WidgetInfo, vec2};

use super::task;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{self, radius, size, space};
use crate::ui::widgets::focus_ring;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, ExerciseCommand};
use crate::workbench::exercises::exercise::Exercise;
use crate::workbench::exercises::progress::Mark;

const ROW: f32 = size::ROW;
/// Side of the mark before a name.
const MARK: f32 = 16.0;

/// How many are solved.
pub(super) fn progress(workbench: &Workbench) -> String {
    let solved = Exercise::ALL.into_iter().filter(|exercise| workbench.has_mark(*exercise, Mark::Solved)).count();
    format!("{solved} of {} solved", Exercise::ALL.len())
}

/// Draws one row for each.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = space::XXS;
        for exercise in Exercise::ALL {
            row(ui, workbench, exercise, commands);
        }
    });
}

fn row(ui: &mut Ui, workbench: &Workbench, exercise: Exercise, commands: &CommandQueue) {
    let tokens = theme::tokens(ui);
    let chosen = workbench.exercises().chosen() == Some(exercise);
    let solved = workbench.has_mark(exercise, Mark::Solved);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let name = format!("{}. {}", exercise.number(), exercise.title());
    let state = if solved { "solved" } else { "not solved yet" };
    response.widget_info(|| {
        let spoken = format!("{name}, {}, {state}", exercise.difficulty().to_lowercase());
        WidgetInfo::selected(Role::Button, true, chosen, spoken)
    });
    if chosen {
        ui.painter().rect_filled(rect, radius::CONTROL, tokens.accent.background);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, radius::CONTROL, tokens.surface.hover);
    }
    focus_ring(ui, &response, rect, radius::CONTROL);
    let inside = rect.shrink2(vec2(space::S, 0.0));
    let mark = Align2::LEFT_CENTER.align_size_within_rect(vec2(MARK, MARK), inside);
    task::tick(ui, mark, solved);
    let (font, ink) = if chosen {
        (theme::fonts::semibold(size::TEXT), tokens.text.primary)
    } else {
        (theme::fonts::regular(size::TEXT), tokens.text.secondary)
    };
    let text = inside.left_center() + vec2(MARK + space::S, 0.0);
    ui.painter().text(text, Align2::LEFT_CENTER, &name, font, ink);
    let small = theme::fonts::regular(size::TEXT_SMALL);
    // On the accent the quiet grey would be too quiet.
    let quiet = if chosen { tokens.text.secondary } else { tokens.text.muted };
    ui.painter().text(inside.right_center(), Align2::RIGHT_CENTER, exercise.difficulty(), small, quiet);
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() && !chosen {
        commands.push(Command::Exercise(ExerciseCommand::Choose(exercise)));
    }
}
