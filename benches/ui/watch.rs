//! The application in its window, with a typist before it and a stopwatch behind it.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use eframe::egui::{Context, RawInput, Ui, Visuals};
use jwt_workbench::app::App;
use jwt_workbench::ui::request::Request;
use jwt_workbench::workbench::command::{Command, FileCommand, Part};

use crate::passes::{Pass, Stopwatch};
use crate::report::{Key, Row};
use crate::script::Step;
use crate::typist::{Sign, Typist};

/// The application as it is, watched.
pub(crate) struct Watched {
    app: App,
    typist: Typist,
    stopwatch: Stopwatch,
    case: Case,
    stage: Stage,
    /// Keys that wait for their frame.
    pressed: VecDeque<Instant>,
    /// Keys that are on show and wait until all that follows from them is, too.
    shown: Vec<Key>,
    /// The longest frame since the file was asked for.
    longest: Duration,
    /// That of the draft in the frame before.
    revision: u64,
    row: Row,
    total: Row,
}

/// What is typed into.
pub(crate) struct Case {
    pub(crate) label: &'static str,
    pub(crate) file: PathBuf,
    /// The length of the claims.
    pub(crate) bytes: usize,
    pub(crate) steps: VecDeque<Step>,
    /// What 99 of 100 keys may take to their frame.
    pub(crate) promise: Option<Duration>,
}

enum Stage {
    /// Frames of the window without the file.
    Empty(usize),
    /// Since when the file is being opened.
    Opening(Instant),
    Typing(Step),
    Done,
}

/// How often it is looked whether the file is open; a quiet window makes no frames.
const LOOK_AGAIN: Duration = Duration::from_millis(20);
/// Frames before the file is asked for.
const FIRST: usize = 3;

impl Watched {
    pub(crate) fn new(app: App, typist: Typist, case: Case) -> Self {
        Self {
            app,
            typist,
            stopwatch: Stopwatch::new(),
            case,
            stage: Stage::Empty(0),
            pressed: VecDeque::new(),
            shown: Vec::new(),
            longest: Duration::ZERO,
            revision: 0,
            row: Row::default(),
            total: Row::default(),
        }
    }

    /// A frame was drawn.
    fn take(&mut self, ctx: &Context, pass: Pass) {
        self.longest = self.longest.max(pass.swapped - pass.began);
        match &self.stage {
            Stage::Empty(frames) if *frames < FIRST => self.stage = Stage::Empty(frames + 1),
            Stage::Empty(_) => {
                self.app.ask(Command::File(FileCommand::OpenPath(self.case.file.clone())));
                self.longest = Duration::ZERO;
                self.stage = Stage::Opening(Instant::now());
                ctx.request_repaint();
            }
            Stage::Opening(since) => {
                if pass.settled && self.app.workbench().draft().text(Part::Claims).len() == self.case.bytes {
                    println!(
                        "{:<15}opened in {:.0} ms, the longest frame took {:.0} ms",
                        self.case.label,
                        (pass.swapped - *since).as_secs_f64() * 1e3,
                        self.longest.as_secs_f64() * 1e3
                    );
                    self.next(ctx);
                }
            }
            Stage::Typing(_) => self.take_keys(ctx, pass),
            Stage::Done => {}
        }
    }

    fn take_keys(&mut self, ctx: &Context, pass: Pass) {
        let mut done = false;
        while let Some(sign) = self.typist.sign() {
            match sign {
                Sign::Pressed(at) => self.pressed.push_back(at),
                Sign::Done => done = true,
            }
        }
        if pass.settled {
            self.shown.drain(..).for_each(|key| self.row.add(key, pass.swapped));
        }
        let keys = self.pressed.drain(..pass.presses.min(self.pressed.len()));
        let revision = std::mem::replace(&mut self.revision, pass.revision);
        for key in keys.map(|at| Key { at, pass }) {
            // What follows from the key may be in its own frame; else it comes with another one.
            if pass.settled && pass.revision != revision {
                self.row.add(key, pass.swapped);
            } else {
                self.shown.push(key);
            }
        }
        if done {
            self.next(ctx);
        }
    }

    /// Tells what became of a step, and begins the next one.
    fn next(&mut self, ctx: &Context) {
        if let Stage::Typing(step) = &self.stage {
            println!("{}", self.row.line(self.case.label, &step.name));
            if !self.pressed.is_empty() || !self.shown.is_empty() {
                println!("    {} keys came to no frame, {} to no token", self.pressed.len(), self.shown.len());
            }
            let mut row = std::mem::take(&mut self.row);
            if step.promised {
                self.total.append(&mut row);
            }
            self.pressed.clear();
            self.shown.clear();
        }
        let promised_before = matches!(&self.stage, Stage::Typing(step) if step.promised);
        let next = self.case.steps.pop_front();
        if promised_before && next.as_ref().is_none_or(|step| !step.promised) {
            self.tell_total();
        }
        self.stage = match next {
            Some(mut step) => {
                if step.place.is_some() {
                    self.app.ask(Request::Focus(Part::Claims, step.place));
                }
                self.typist.press(std::mem::take(&mut step.plan));
                Stage::Typing(step)
            }
            None => {
                self.app.leave(ctx);
                Stage::Done
            }
        };
        ctx.request_repaint();
    }

    fn tell_total(&self) {
        println!("{}", self.total.line(self.case.label, "all of these"));
        if let Some(promise) = self.case.promise {
            let holds = self.total.count() > 0 && self.total.p99() <= promise;
            let verdict = if holds { "holds" } else { "MISSED" };
            println!(
                "{:<15}99 of 100 keys in {:.1} ms at most, promised: {} ms: {verdict}",
                self.case.label,
                self.total.p99().as_secs_f64() * 1e3,
                promise.as_millis()
            );
        }
    }
}

impl eframe::App for Watched {
    fn raw_input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        if let Some(pass) = self.stopwatch.begin(&input.events) {
            self.take(ctx, pass);
        }
    }

    fn clear_color(&self, visuals: &Visuals) -> [f32; 4] {
        self.app.clear_color(visuals)
    }

    fn logic(&mut self, ctx: &Context, frame: &mut eframe::Frame) {
        self.app.logic(ctx, frame);
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        self.app.ui(ui, frame);
        self.stopwatch.drew(ui, self.app.is_settled(), self.app.workbench().draft().revision());
        if matches!(self.stage, Stage::Empty(_) | Stage::Opening(_)) {
            ui.ctx().request_repaint_after(LOOK_AGAIN);
        }
    }

    fn auto_save_interval(&self) -> Duration {
        self.stopwatch.swapped();
        Duration::MAX
    }
}
