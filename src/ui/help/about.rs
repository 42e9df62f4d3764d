//! What the program is: its version, what it runs on, where its files are, its licences.

use std::path::PathBuf;

use eframe::egui::{Grid, Label, RichText, Ui};

use super::diagnostics::diagnostics;
use super::{build, manual};
use crate::jobs::system;
use crate::jose::text::visible_path;
use crate::ui::dialogs::{buttons, sheet};
use crate::ui::request::{CommandQueue, Request};
use crate::ui::theme::{self, fonts, size, space};
use crate::ui::widgets::button;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, Copied};

/// Width of the dialog, in points.
const WIDTH: f32 = 600.0;

/// What only the edge of the program knows.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// How the window is drawn, in words.
    pub graphics: String,
    /// Where the program keeps its files, each with what it is.
    pub places: Vec<(&'static str, PathBuf)>,
}

/// View state of the dialog: what it tells, found out when it was opened.
pub struct About {
    lines: Vec<(&'static str, String)>,
    graphics: String,
    copied: bool,
}

impl About {
    /// What is so now.
    pub fn new(surroundings: &Surroundings) -> Self {
        let mut lines = vec![
            ("Built with", build::libraries()),
            ("System", system::system()),
            ("Drawn by", surroundings.graphics.clone()),
        ];
        lines.extend(surroundings.places.iter().map(|(what, path)| (*what, visible_path(path))));
        lines.retain(|(_, text)| !text.is_empty());
        Self { lines, graphics: surroundings.graphics.clone(), copied: false }
    }

    /// Draws the dialog; `false` when it is to be closed.
    pub(in crate::ui) fn ui(&mut self, ui: &Ui, workbench: &Workbench, commands: &CommandQueue) -> bool {
        let shown = sheet(ui, "information", WIDTH, "JWT Workbench", |ui| {
            self.words(ui);
            buttons(ui, |ui| {
                let manual = button::normal(ui, "Manual").clicked();
                if manual {
                    manual::ask(ui.ctx(), "first-token");
                }
                if button::normal(ui, "Licences").clicked() {
                    commands.push(Request::Licences);
                }
                let words = if self.copied { "Diagnostics copied" } else { "Copy diagnostics" };
                let copy = button::normal(ui, words).on_hover_text("Versions, system and settings; nothing of yours");
                if copy.clicked() {
                    let text = diagnostics(ui.ctx(), workbench, &self.graphics);
                    commands.push(Command::Copy(Copied::Value(text)));
                    self.copied = true;
                }
                let close = button::normal(ui, "Close");
                if ui.memory(|memory| memory.focused().is_none()) {
                    close.request_focus();
                }
                close.clicked() || manual
            })
        });
        !(shown.inner || shown.should_close())
    }

    fn words(&self, ui: &mut Ui) {
        let tokens = theme::tokens(ui);
        ui.label(RichText::new(format!("Version {}", build::version())).color(tokens.text.secondary));
        ui.label(
            "Shows a JSON Web Token while you craft it: claims, expiry, algorithm and key, and what each costs. \
            It works offline: tokens, claims and keys never leave this computer, \
            and keys are never written to disk unless you export them.",
        );
        Grid::new("about").num_columns(2).spacing([space::L, space::XS]).show(ui, |ui| {
            for (what, text) in &self.lines {
                ui.label(RichText::new(*what).color(tokens.text.secondary));
                let font = fonts::regular(size::TEXT);
                ui.add(Label::new(RichText::new(text).font(font).color(tokens.text.primary)).wrap());
                ui.end_row();
            }
        });
        let licences = "Licence: MIT or Apache-2.0, as you like. Fonts: Inter and JetBrains Mono, SIL Open Font License \
            1.1. Icons: Lucide, ISC. Licences tells those of all parts.";
        ui.add(Label::new(RichText::new(licences).color(tokens.text.muted)).wrap());
    }
}
