//! Opens the window: with wgpu on a graphics card, with OpenGL where there is none, or not at all with one clear message.

pub mod drawing;
mod errand;

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use eframe::NativeOptions;
use eframe::egui::{self, ColorImage, Event, IconData, ViewportBuilder};

use self::drawing::Drawing;
use self::errand::Errand;
use crate::app::App;
use crate::jobs::settings_store::SettingsStore;
use crate::jobs::{files, panic_report};
use crate::jose::error::Problem;
use crate::ui::picture::to_png;
use crate::ui::request::Request;
use crate::ui::theme;
use crate::workbench::page::Page;
use crate::workbench::settings::{Settings, Theme};

/// The smallest useful window, in points.
const LEAST_SIZE: [f32; 2] = [720.0, 480.0];
/// A picture is taken when the figures are there, or after this long without them.
const PATIENCE: Duration = Duration::from_secs(4);
/// Frames between the last change and the picture: popups and scroll bars settle.
const CALM_FRAMES: u32 = 4;

/// What the window is started with.
#[derive(Clone, Debug, Default)]
pub struct Launch {
    /// Files to open.
    pub files: Vec<PathBuf>,
    /// The page to show, instead of the remembered one.
    pub page: Option<Page>,
    /// The part of the page to show, one of [`Page::tabs`].
    pub tab: Option<&'static str>,
    /// The theme to show, instead of the remembered one.
    pub theme: Option<Theme>,
    /// The size of the window in points, instead of the remembered one.
    pub size: Option<(f32, f32)>,
    /// Draw the window fully, write a picture of it to this file, and close. Settings are neither read nor written.
    pub screenshot: Option<PathBuf>,
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// `no-window` when neither wgpu nor OpenGL can draw one; the problem of the picture's file.
pub fn run(launch: &Launch) -> Result<(), Problem> {
    for drawing in Drawing::attempts() {
        match open(launch, *drawing) {
            Ok(outcome) => return outcome,
            Err(eframe::Error::WinitEventLoop(error)) if error.to_string().contains("shared librar") => {
                return Err(no_library("a library of X11"));
            }
            Err(eframe::Error::WinitEventLoop(_) | eframe::Error::Winit(_)) => return Err(no_display()),
            // No adapter, no surface or no OpenGL: the next way may do.
            Err(_) => {}
        }
    }
    Err(no_driver())
}

/// Runs one window; the outer error is the renderer's, the inner one that of the picture.
fn open(launch: &Launch, drawing: Drawing) -> Result<Result<(), Problem>, eframe::Error> {
    let store = if launch.screenshot.is_some() { SettingsStore::nowhere() } else { SettingsStore::of_user() };
    let (mut settings, complaint) = store.load();
    settings.page = launch.page.unwrap_or(settings.page);
    settings.theme = launch.theme.unwrap_or(settings.theme);
    settings.window_size = launch.size.unwrap_or(settings.window_size);
    let options = options(&settings, drawing);
    let (report, outcome) = channel();
    let (mut files, picture, tab) = (launch.files.clone(), launch.screenshot.clone(), launch.tab);
    let compares = matches!(settings.page, Page::Compare | Page::Timing);
    let others = if picture.is_some() && compares { files.split_off(1.min(files.len())) } else { Vec::new() };
    let errand = Errand::of(settings.page, tab, others);
    let is_open = Rc::new(Cell::new(false));
    let opened = Rc::clone(&is_open);
    let run = || {
        eframe::run_native(
            "jwt-workbench",
            options,
            Box::new(move |creation| {
                panic_report::install();
                opened.set(true);
                theme::spell_missing(&creation.egui_ctx);
                let app = App::new(&creation.egui_ctx, files, settings, store, complaint)
                    .with_countdown_step(drawing.countdown_step())
                    .with_graphics(drawing::graphics(creation));
                tab.into_iter().for_each(|tab| app.ask(Request::ShowTab(tab)));
                Ok(match picture {
                    Some(path) => Box::new(Photographer::new(app, errand, path, report)),
                    None => Box::new(app),
                })
            }),
        )
    };
    // Where a library is missing winit panics. Until the window is open that is a problem like any other.
    panic::set_hook(Box::new(|_| {}));
    let ended = panic::catch_unwind(AssertUnwindSafe(run));
    panic_report::install();
    match ended {
        Ok(ran) => ran.map(|()| outcome.try_recv().unwrap_or(Ok(()))),
        Err(cause) if is_open.get() => panic::resume_unwind(cause),
        Err(cause) => Ok(Err(no_library(library_in(cause.as_ref()).unwrap_or("a library of the window system")))),
    }
}

/// The file that a panic about a missing library names.
fn library_in(cause: &(dyn Any + Send)) -> Option<&str> {
    let text = cause.downcast_ref::<&str>().copied();
    let text = text.or_else(|| cause.downcast_ref::<String>().map(String::as_str))?;
    text.split_whitespace().find(|word| word.starts_with("lib"))
}

/// The options of the window, for a way to draw it.
pub fn options(settings: &Settings, drawing: Drawing) -> NativeOptions {
    let (width, height) = settings.window_size;
    let viewport = ViewportBuilder::default()
        .with_title("JWT Workbench")
        .with_app_id("jwt-workbench")
        .with_inner_size([width, height])
        .with_min_inner_size(LEAST_SIZE)
        .with_drag_and_drop(true)
        .with_icon(icon());
    NativeOptions { viewport, ..drawing.options() }
}

fn icon() -> IconData {
    // A broken icon is no reason not to open.
    eframe::icon_data::from_png_bytes(include_bytes!("../assets/icon.png")).unwrap_or_default()
}

fn no_display() -> Problem {
    let message = match std::env::var("DISPLAY").or_else(|_| std::env::var("WAYLAND_DISPLAY")) {
        Ok(display) => format!("The display {display} does not answer, so no window can be opened."),
        Err(_) => "There is no display to open a window on.".to_owned(),
    };
    Problem::new("no-window", message)
        .help("Start the program in a desktop session, or use a command such as mint; --help shows them.")
}

fn no_library(name: &str) -> Problem {
    Problem::new("no-window", format!("No window can be opened here: {name} is missing.")).help(
        "On Debian and Ubuntu: sudo apt install libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libegl1",
    )
}

fn no_driver() -> Problem {
    let help = if cfg!(target_os = "linux") {
        "Install the Mesa drivers: sudo apt install mesa-vulkan-drivers libgl1-mesa-dri libegl1 libxkbcommon-x11-0"
    } else {
        "Update the graphics driver, or use a command such as mint; --help shows them."
    };
    Problem::new("no-window", "No window can be drawn here: neither wgpu nor OpenGL finds a graphics driver.")
        .help(help)
}

/// Runs the application until its window is drawn fully, takes the picture, and closes.
struct Photographer {
    app: App,
    errand: Errand,
    path: PathBuf,
    report: std::sync::mpsc::Sender<Result<(), Problem>>,
    started: Instant,
    calm: u32,
    picture: Option<Receiver<std::sync::Arc<ColorImage>>>,
}

impl Photographer {
    fn new(app: App, errand: Errand, path: PathBuf, report: std::sync::mpsc::Sender<Result<(), Problem>>) -> Self {
        Self { app, errand, path, report, started: Instant::now(), calm: 0, picture: None }
    }

    fn is_ready(&self) -> bool {
        let workbench = self.app.workbench();
        let complete = workbench.is_settled()
            && workbench.inspection().is_settled()
            && (workbench.minted().is_none() || workbench.timing().is_current(workbench.draft().revision()));
        complete || self.started.elapsed() > PATIENCE
    }

    fn take_or_keep(&mut self, ctx: &egui::Context) {
        if let Some(picture) = &self.picture {
            if let Ok(image) = picture.try_recv() {
                let outcome = to_png(&image).and_then(|bytes| files::save(&self.path, &bytes));
                self.report.send(outcome.map(|_| ())).ok();
                self.app.leave(ctx);
            }
            return;
        }
        if !self.is_ready() || !self.errand.go_on(&self.app) {
            return;
        }
        self.calm += 1;
        if self.calm >= CALM_FRAMES {
            let (sender, receiver) = channel();
            ctx.request_screenshot(move |image| {
                sender.send(image).ok();
            });
            self.picture = Some(receiver);
        }
    }
}

impl eframe::App for Photographer {
    /// The pointer of whoever happens to be there must not leave its traces in the picture: marks and hints under it.
    fn raw_input_hook(&mut self, _ctx: &egui::Context, input: &mut egui::RawInput) {
        without_pointer(&mut input.events);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        self.app.clear_color(visuals)
    }

    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        self.app.logic(ctx, frame);
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        self.app.ui(ui, frame);
        self.take_or_keep(ui.ctx());
        ui.ctx().request_repaint();
    }
}

/// Takes out what the pointer did, and says that it is gone.
fn without_pointer(events: &mut Vec<Event>) {
    events.retain(|event| {
        !matches!(
            event,
            Event::PointerMoved(_)
                | Event::MouseMoved(_)
                | Event::PointerButton { .. }
                | Event::MouseWheel { .. }
                | Event::Zoom(_)
                | Event::Touch { .. }
        )
    });
    events.push(Event::PointerGone);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pointer_is_not_in_the_picture() {
        let mut events = vec![Event::PointerMoved(egui::pos2(640.0, 410.0)), Event::Text("x".to_owned())];
        without_pointer(&mut events);
        assert_eq!(events, [Event::Text("x".to_owned()), Event::PointerGone]);
    }
}
