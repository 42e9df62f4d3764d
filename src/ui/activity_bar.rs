//! What goes on elsewhere, at the foot of every page that does not show it in full: how far it is, the way to it, its end.

use std::time::Duration;

use eframe::egui::{RichText, Ui};

use super::request::CommandQueue;
use super::theme::{icon, size, space, tokens};
use super::widgets::button::{self, Button, Kind};
use crate::workbench::Workbench;
use crate::workbench::activity::{Activity, ActivityKind};
use crate::workbench::command::{Command, ViewCommand};

/// What is over sooner is not worth a word, in seconds.
const SOON: f64 = 0.3;

/// Since when each activity has been going on, in the seconds of the window.
#[derive(Debug, Default)]
pub struct ActivityBar {
    since: Vec<(ActivityKind, f64)>,
}

impl ActivityBar {
    /// Draws what goes on.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        let activities = workbench.activities();
        self.since.retain(|(kind, _)| activities.iter().any(|activity| activity.kind == *kind));
        let now = ui.input(|input| input.time);
        for activity in &activities {
            let left = self.since(activity.kind, now) + SOON - now;
            if activity.kind.is_shown_on(workbench.settings().page) {
                continue;
            }
            if left > 0.0 {
                ui.ctx().request_repaint_after(Duration::from_secs_f64(left));
            } else {
                show(ui, activity, commands);
            }
        }
    }

    fn since(&mut self, kind: ActivityKind, now: f64) -> f64 {
        if let Some((_, since)) = self.since.iter().find(|(other, _)| *other == kind) {
            return *since;
        }
        self.since.push((kind, now));
        now
    }
}

fn show(ui: &mut Ui, activity: &Activity, commands: &CommandQueue) {
    let share = activity.share.map(|share| format!(" {:>3.0} %", (share * 100.0).floor())).unwrap_or_default();
    let text = format!("{}{share}", activity.words);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        match activity.kind.page() {
            Some(page) => {
                let name = format!("{text}: show");
                let button = Button::new(Kind::Ghost, &text).name(&name).ink(tokens(ui).accent.main);
                if ui.add(button).on_hover_text(format!("Show it on the page {}", page.label())).clicked() {
                    commands.push(Command::View(ViewCommand::Page(page)));
                }
            }
            None => {
                ui.label(RichText::new(&text).size(size::TEXT).color(tokens(ui).accent.main));
            }
        }
        if let Some(stop) = &activity.stop
            && button::icon(ui, icon::X, &format!("Stop: {}", activity.words)).clicked()
        {
            commands.push(stop.clone());
        }
    });
}
