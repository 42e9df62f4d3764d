//! The panel of the exercises, at the right of every page: it never covers the editor in a wide window, and can be folded
//! in a narrow one.

mod forms;
mod list;
mod task;

use eframe::egui::{Frame, Margin, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::request::CommandQueue;
use super::side_panel::{Side, SidePanel};
use super::theme::{self, icon, size, space};
use super::widgets::button;
use crate::ui::widgets::trailing::trailing;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, ExerciseCommand};

/// One column of the page stays beside the panel, in points.
const PAGE: f32 = 480.0;
const PANEL: SidePanel =
    SidePanel { name: "exercises", side: Side::Right, least: 290.0, default: 330.0, most: 440.0, page: PAGE };
/// Width of the panel while it is folded.
const FOLDED: f32 = 36.0;
/// From the edge of the panel to what is in it.
const MARGIN: i8 = 14;

/// View state of the panel.
#[derive(Default)]
pub(super) struct ExercisePanel {
    folded: bool,
}

impl ExercisePanel {
    /// Draws the panel when it is open. To be called before the page is drawn.
    pub(super) fn show(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        if !workbench.exercises().is_open() {
            self.folded = false;
            return;
        }
        if self.folded || !PANEL.fits(ui) {
            // In a narrow window the strip keeps its place, so that nothing moves when the panel opens over the page.
            PANEL.strip(ui, "exercises-folded", FOLDED, |ui| {
                if self.folded {
                    self.strip(ui, workbench);
                }
            });
        }
        if !self.folded {
            PANEL.show(ui, FOLDED, |ui| self.content(ui, workbench, commands));
        }
    }

    fn content(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        Frame::new().inner_margin(Margin { left: MARGIN, right: 6, top: 6, bottom: 0 }).show(ui, |ui| {
            self.heading(ui, workbench, commands);
        });
        let margin = Margin { left: MARGIN, right: MARGIN, top: 4, bottom: MARGIN };
        ScrollArea::vertical().id_salt("exercises-scroll").auto_shrink(false).show(ui, |ui| {
            Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(space::S, space::S);
                list::ui(ui, workbench, commands);
                if let Some(exercise) = workbench.exercises().chosen() {
                    task::ui(ui, workbench, exercise, commands);
                }
            });
        });
    }

    fn heading(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let title = ui.label(RichText::new("Exercises").font(theme::fonts::semibold(size::TEXT_TITLE)));
            title.widget_info(|| WidgetInfo::labeled(Role::Heading, true, "Exercises"));
            let words = RichText::new(list::progress(workbench)).size(size::TEXT_SMALL);
            ui.label(words.color(theme::tokens(ui).text.muted));
            trailing(ui, |ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                if button::icon(ui, icon::CARET_RIGHT, "Fold exercises").clicked() {
                    self.folded = true;
                }
                if button::icon(ui, icon::X, "Close exercises").clicked() {
                    commands.push(Command::Exercise(ExerciseCommand::Close));
                }
            });
        });
    }

    /// The panel while it is folded: how to unfold it, and how far the exercise is.
    fn strip(&mut self, ui: &mut Ui, workbench: &Workbench) {
        ui.add_space(space::S);
        ui.vertical_centered(|ui| {
            if button::icon(ui, icon::CARET_LEFT, "Unfold exercises").clicked() {
                self.folded = false;
            }
            let outcome = workbench.exercises().outcome();
            for step in &outcome.steps {
                let (rect, response) = ui.allocate_exact_size(vec2(16.0, 18.0), Sense::hover());
                task::tick(ui, rect, step.done);
                response.on_hover_text(&step.text);
            }
        });
    }
}
