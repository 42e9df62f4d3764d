//! The window without jobs: what they would answer is said by the tests, so that every state can be looked at.

use std::path::{Path, PathBuf};

use eframe::egui::{self, Key, Modifiers, accesskit::Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jwt_workbench::ui::Ui;
use jwt_workbench::ui::request::{CommandQueue, Request};
use jwt_workbench::ui::theme;
use jwt_workbench::workbench::command::Command;
use jwt_workbench::workbench::effect::{Effect, Event};
use jwt_workbench::workbench::settings::Theme;

use super::bench::Bench;

pub(crate) struct Jobless {
    pub(crate) bench: Bench,
    ui: Ui,
    commands: CommandQueue,
    /// What was asked of the jobs.
    pub(crate) asked: Vec<Effect>,
}

pub(crate) type JoblessWindow = Harness<'static, Jobless>;

impl Jobless {
    fn settle(&mut self) {
        for request in self.commands.drain() {
            if let Some(command) = self.ui.resolve(request, &self.bench.workbench) {
                self.apply(command);
            }
        }
    }

    pub(crate) fn apply(&mut self, command: Command) {
        self.bench.apply(command);
        self.asked.append(&mut self.bench.left);
    }

    pub(crate) fn event(&mut self, event: Event) {
        self.bench.event(event);
        self.asked.append(&mut self.bench.left);
    }
}

/// A window of this size over `bench`; `first` is asked for before the first frame.
pub(crate) fn open(mut bench: Bench, first: Option<Request>, size: [f32; 2], theme: Theme) -> JoblessWindow {
    let mut ui = Ui::default();
    if let Some(request) = first {
        ui.resolve(request, &bench.workbench);
    }
    let asked = std::mem::take(&mut bench.left);
    let jobless = Jobless { bench, ui, commands: CommandQueue::default(), asked };
    let draw = |ui: &mut egui::Ui, jobless: &mut Jobless| {
        jobless.settle();
        // As the window is cleared.
        ui.painter().rect_filled(ui.max_rect(), 0.0, theme::tokens(ui).surface.panel);
        let Jobless { bench, ui: page, commands, .. } = jobless;
        page.show(ui, &bench.workbench, bench.now, commands);
    };
    let egui_theme = if theme == Theme::Light { egui::Theme::Light } else { egui::Theme::Dark };
    let builder = Harness::builder().with_size(size).with_theme(egui_theme).with_max_steps(20).wgpu();
    let mut window = builder.with_context_setup(theme::install).build_ui_state(draw, jobless);
    window.run_steps(3);
    window
}

pub(crate) fn press_button(window: &mut JoblessWindow, name: &str) {
    window.get_by_role_and_label(Role::Button, name).click();
    window.run_steps(3);
}

pub(crate) fn has(window: &JoblessWindow, words: &str) -> bool {
    window.query_all_by_label_contains(words).count() > 0
}

pub(crate) fn type_into(window: &mut JoblessWindow, field: &str, text: &str) {
    window.get_by_role_and_label(Role::TextInput, field).focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    window.get_by_role_and_label(Role::TextInput, field).type_text(text);
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::NONE, Key::Enter);
    window.run_steps(3);
}

/// The folder for pictures that somebody wants to look at, when this variable names one.
pub(crate) fn pictures(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from)
}

pub(crate) fn shoot(window: &mut JoblessWindow, folder: &Path, name: &str) {
    window.run_steps(2);
    window.render().expect("a picture").save(folder.join(format!("{name}.png"))).expect("a file");
}
