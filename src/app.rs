//! The window: events in, commands out, draw. Nothing else happens here.

use std::path::PathBuf;

use eframe::egui::{self, ViewportCommand};

use crate::jobs::settings_store::{self, SettingsStore};
use crate::jobs::{Jobs, clock, system, throughput};
use crate::jose::error::Problem;
use crate::jose::secret::{Secret, letters};
use crate::ui::Ui;
use crate::ui::picture::PictureExport;
use crate::ui::request::{CommandQueue, Request};
use crate::ui::theme;
use crate::workbench::Workbench;
use crate::workbench::command::{BenchCommand, Command, FileCommand, ViewCommand};
use crate::workbench::effect::{Effect, Event};
use crate::workbench::settings::Settings;

/// The application: the workbench, the view, the jobs, and the wishes between them.
pub struct App {
    workbench: Workbench,
    ui: Ui,
    jobs: Jobs,
    commands: CommandQueue,
    picture: Option<PictureExport>,
    waiting: Vec<Effect>,
    countdown_step: i64,
    quitting: bool,
    warmed_up: bool,
}

impl App {
    /// The application with its first draft, and then `files`. `complaint` is what was wrong with the settings file.
    pub fn new(
        ctx: &egui::Context,
        files: Vec<PathBuf>,
        settings: Settings,
        store: SettingsStore,
        complaint: Option<Problem>,
    ) -> Self {
        theme::install(ctx);
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let places = system::places(&store);
        let waker = ctx.clone();
        let settings_file = store.path().map(PathBuf::from);
        let jobs = Jobs::new(store.knowing(&settings), move || waker.request_repaint());
        let mut secret = vec![0; settings.first_secret_bytes()];
        let secret = match crate::jobs::fill_random(&mut secret) {
            Ok(()) => letters(&Secret::from(secret)),
            Err(_) => Secret::from(String::new()),
        };
        let first = settings.new_drafts.template();
        let (mut workbench, mut waiting) = Workbench::new(first, secret, settings, clock::now());
        workbench.set_local_offset(clock::local_offset);
        workbench.set_settings_file(settings_file);
        workbench.set_cores(throughput::cores());
        // The newest file wins the draft; keys among the files go to the key ring.
        waiting.extend(files.into_iter().map(Effect::Open));
        let mut app = Self {
            workbench,
            ui: Ui::default(),
            jobs,
            commands: CommandQueue::default(),
            picture: None,
            waiting,
            countdown_step: 1,
            quitting: false,
            warmed_up: false,
        };
        if let Some(problem) = complaint {
            let is_kept = problem.code != settings_store::LATER;
            let event = if is_kept { Event::Failed(problem) } else { Event::SettingsSaved(Err(problem)) };
            app.workbench.on_event(event, clock::now());
        }
        app.ui.surroundings_mut().places = places;
        // The first frame shows the finished token, not an empty place for it.
        app.settle(ctx);
        app
    }

    /// The same application, whose countdown moves every so many seconds; at first it is every second.
    #[must_use]
    pub fn with_countdown_step(mut self, seconds: i64) -> Self {
        self.countdown_step = seconds.max(1);
        self
    }

    /// The same application, which can say what draws its window.
    #[must_use]
    pub fn with_graphics(mut self, graphics: String) -> Self {
        self.ui.surroundings_mut().graphics = graphics;
        self
    }

    /// Asks for something, as a pane does; it is done before the next frame.
    pub fn ask(&self, request: impl Into<Request>) {
        self.commands.push(request);
    }

    /// Closes the window without asking about an unsaved draft: for those who only came for a picture.
    pub fn leave(&mut self, ctx: &egui::Context) {
        self.quitting = true;
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }

    /// What the program knows.
    pub fn workbench(&self) -> &Workbench {
        &self.workbench
    }

    /// Whether every derived fact is that of the text as it is now.
    pub fn is_settled(&self) -> bool {
        self.workbench.is_settled()
    }

    /// Takes in events and does commands until both are done.
    fn settle(&mut self, ctx: &egui::Context) {
        let now = clock::now();
        self.workbench.tick(now);
        loop {
            self.run_waiting(ctx, now);
            let Some(event) = self.jobs.poll() else { break };
            let effects = self.workbench.on_event(event, now);
            self.waiting.extend(effects);
        }
        self.take_picture(ctx);
        for request in self.commands.drain() {
            if let Some(command) = self.ui.resolve(request, &self.workbench) {
                let effects = self.workbench.apply(command, now);
                self.waiting.extend(effects);
            }
            self.run_waiting(ctx, now);
        }
        if self.ui.wants_picture() {
            // Of the next frame, when the menu that it was chosen from is gone.
            ctx.request_repaint();
        }
        self.show_settings(ctx);
    }

    /// The picture that a pane asked for: asks for it, and hands it on when it is there.
    fn take_picture(&mut self, ctx: &egui::Context) {
        if let Some(part) = self.ui.take_picture() {
            self.picture = Some(PictureExport::begin(ctx, part));
        }
        let Some(outcome) = self.picture.as_ref().and_then(PictureExport::poll) else { return };
        self.picture = None;
        match outcome {
            Ok(png) => self.commands.push(Command::Bench(BenchCommand::ExportPicture(png))),
            Err(problem) => {
                self.workbench.on_event(Event::Failed(problem), clock::now());
            }
        }
    }

    fn run_waiting(&mut self, ctx: &egui::Context, now: i64) {
        while !self.waiting.is_empty() {
            for effect in std::mem::take(&mut self.waiting) {
                if matches!(effect, Effect::Quit) {
                    self.quitting = true;
                    ctx.send_viewport_cmd(ViewportCommand::Close);
                }
                if let Some(event) = self.jobs.run(effect) {
                    let effects = self.workbench.on_event(event, now);
                    self.waiting.extend(effects);
                }
            }
        }
    }

    /// The settings that egui itself keeps: theme and scale.
    fn show_settings(&self, ctx: &egui::Context) {
        let settings = self.workbench.settings();
        theme::apply(ctx, settings.theme);
        theme::set_motion(ctx, !self.workbench.reduces_motion());
        ctx.set_zoom_factor(settings.scale);
    }

    /// The window is being closed: ask first when something would be lost.
    fn on_close_requested(&self, ctx: &egui::Context) {
        let is_unsaved = self.workbench.draft().is_unsaved() || self.workbench.comparison().is_unsaved();
        if !self.quitting && (is_unsaved || self.workbench.bulk().is_running()) {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.commands.push(Command::File(FileCommand::Quit));
        }
    }

    /// The window title, and the size to remember.
    fn keep_window(&mut self, ctx: &egui::Context) {
        let draft = self.workbench.draft();
        let mark = if draft.is_unsaved() { "*" } else { "" };
        let title = format!("{}{mark} - JWT Workbench", draft.title());
        let (size, closing) = ctx
            .input(|input| (input.viewport().inner_rect.map(|rect| rect.size()), input.viewport().close_requested()));
        self.ui.set_window_title(ctx, title);
        if closing {
            if let Some(size) = size {
                let size = size * ctx.zoom_factor();
                let command = Command::View(ViewCommand::WindowSize(size.x, size.y));
                let effects = self.workbench.apply(command, clock::now());
                self.waiting.extend(effects);
            }
            self.on_close_requested(ctx);
        }
    }

    /// Asks for the next frame when time alone will change the picture, and only then.
    fn schedule(&self, ctx: &egui::Context) {
        let visible = ctx
            .input(|input| !input.viewport().minimized.unwrap_or(false) && !input.viewport().occluded.unwrap_or(false));
        if visible && self.ui.shows_time(&self.workbench) {
            ctx.request_repaint_after(clock::until_multiple_of(self.countdown_step));
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.settle(ctx);
        self.keep_window(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        if frame.winit_window().is_none() {
            // Pictures without a window are not cleared in any colour.
            ui.painter().rect_filled(ui.max_rect(), 0.0, theme::tokens(ui).surface.panel);
        }
        self.ui.show(ui, &self.workbench, clock::now(), &self.commands);
        if !self.warmed_up {
            self.warmed_up = true;
            self.jobs.warm_up();
            self.jobs.ask_for_motion();
        }
        if self.commands.is_typing() && ui.ctx().current_pass_index() == 0 {
            // What follows from a letter is shown in the same frame: another one would cost as much again to draw.
            ui.ctx().request_discard("typed");
        } else if !self.commands.is_empty() {
            ui.ctx().request_repaint();
        }
        self.schedule(ui.ctx());
    }

    /// The colour of cards and bars: cleared with the window, they need not be filled.
    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        theme::tokens_of(visuals).surface.panel.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.jobs.end(self.workbench.settings());
    }
}
