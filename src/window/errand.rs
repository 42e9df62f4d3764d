//! What is done before the picture of the Compare or Timing page is taken: files are added, and everything is measured.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::app::App;
use crate::measure::login::plan::Plan;
use crate::workbench::Workbench;
use crate::workbench::bench::Bench;
use crate::workbench::command::{BenchCommand, Command, CompareCommand, FileCommand, LoginCommand};
use crate::workbench::page::Page;

/// The picture is taken when everything is measured, or after this long without it.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a file may take to become a variant.
const FOR_A_FILE: Duration = Duration::from_secs(2);
/// How long to take samples, in seconds.
const SECONDS: u64 = 1;
/// The same for every algorithm: those with long RSA keys get enough turns only then.
const LADDER_SECONDS: u64 = 3;
/// How long each pattern of the login lab is measured, in seconds.
const LOGIN_SECONDS: u32 = 2;
/// How the name of a saved comparison ends.
const COMPARISON: &str = ".jwt-compare.json";

/// See the module.
pub(super) struct Errand {
    files: VecDeque<PathBuf>,
    benches: VecDeque<Bench>,
    awaited: Option<Awaited>,
    started: Option<Instant>,
}

/// What has to come before the next step.
enum Awaited {
    /// More variants than so many.
    Variants(usize, Instant),
    /// The end of a measurement.
    Figures(Bench),
}

impl Errand {
    /// The errand of a page and the part of it on show, with the files to be compared with the draft; nothing for most
    /// pages. The login lab is run for its own part alone: it opens a port.
    pub(super) fn of(page: Page, tab: Option<&str>, files: Vec<PathBuf>) -> Self {
        let benches: &[Bench] = match page {
            Page::Compare => &[Bench::Variants, Bench::Ladder],
            Page::Timing if tab == Some(Bench::Login.name()) => &[Bench::Login],
            Page::Timing => &[Bench::Variants, Bench::Growth, Bench::Ladder, Bench::Throughput],
            Page::Craft | Page::Inspect | Page::Bulk | Page::Keys | Page::Settings => &[],
        };
        Self { files: files.into(), benches: benches.iter().copied().collect(), awaited: None, started: None }
    }

    /// Does the next step when it is time for it; whether there is nothing left to do. To be called in every frame.
    pub(super) fn go_on(&mut self, app: &App) -> bool {
        let now = Instant::now();
        let started = *self.started.get_or_insert(now);
        let workbench = app.workbench();
        if now - started > PATIENCE {
            return true;
        }
        if self.awaited.as_ref().is_some_and(|awaited| !awaited.is_there(workbench, now)) {
            return false;
        }
        self.awaited = None;
        if let Some(file) = self.files.pop_front() {
            let is_comparison = file.to_string_lossy().ends_with(COMPARISON);
            app.ask(if is_comparison {
                Command::File(FileCommand::OpenPath(file))
            } else {
                Command::Compare(CompareCommand::AddFile(file))
            });
            self.awaited = Some(Awaited::Variants(workbench.comparison().variants().len(), now + FOR_A_FILE));
        } else if let Some(bench) = self.benches.pop_front() {
            let seconds = if bench == Bench::Ladder { LADDER_SECONDS } else { SECONDS };
            // The page looks best at what the others are held against, not at the last that came.
            let baseline = workbench.comparison().baseline().map(|variant| variant.id);
            if let Some(baseline) = baseline {
                app.ask(Command::Compare(CompareCommand::Select(baseline)));
            }
            if bench == Bench::Login {
                let plan = workbench.login().plan().clone();
                app.ask(Command::Login(LoginCommand::SetPlan(Plan { seconds: LOGIN_SECONDS, ..plan })));
            }
            app.ask(Command::Bench(BenchCommand::SetSeconds(seconds)));
            app.ask(Command::Bench(BenchCommand::Measure(bench)));
            self.awaited = Some(Awaited::Figures(bench));
        }
        self.awaited.is_none()
    }
}

impl Awaited {
    fn is_there(&self, workbench: &Workbench, now: Instant) -> bool {
        match self {
            Self::Variants(count, until) => workbench.comparison().variants().len() > *count || now > *until,
            Self::Figures(bench) => {
                let state = workbench.bench();
                state.running().is_none() && (state.figures(*bench).is_some() || state.problem().is_some())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use eframe::App as _;
    use eframe::egui::{Context, RawInput};

    use super::*;
    use crate::jobs::settings_store::SettingsStore;
    use crate::workbench::compare::variant::Variant;
    use crate::workbench::settings::Settings;

    /// Runs an errand to its end on an application without a window.
    fn run(page: Page, files: Vec<PathBuf>) -> App {
        let ctx = Context::default();
        let settings = Settings { page, ..Settings::default() };
        let mut app = App::new(&ctx, Vec::new(), settings, SettingsStore::nowhere(), None);
        let mut frame = eframe::Frame::_new_kittest();
        let mut errand = Errand::of(page, None, files);
        let begun = Instant::now();
        loop {
            assert!(begun.elapsed() < 2 * PATIENCE, "it ends in any case");
            let draw = |ui: &mut eframe::egui::Ui| {
                app.logic(ui.ctx(), &mut frame);
                app.ui(ui, &mut frame);
            };
            ctx.run_ui(RawInput::default(), draw).textures_delta.clear();
            if app.is_settled() && errand.go_on(&app) {
                return app;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn the_files_are_compared_and_measured() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("claims.json");
        std::fs::write(&path, r#"{"sub":"user-42"}"#).unwrap();
        let app = run(Page::Compare, vec![path]);
        let workbench = app.workbench();
        assert_eq!(workbench.comparison().variants().len(), 2);
        let id = |variant: Option<&Variant>| variant.map(|variant| variant.id);
        assert_eq!(id(workbench.comparison().selected()), id(workbench.comparison().baseline()));
        let rows = |bench| workbench.bench().figures(bench).map(|figures| figures.report.variants.len());
        assert_eq!((rows(Bench::Variants), rows(Bench::Growth)), (Some(2), None));
        assert!(rows(Bench::Ladder).is_some_and(|rows| rows > 10));
    }

    #[test]
    fn other_pages_need_nothing() {
        let app = run(Page::Craft, Vec::new());
        assert!(app.workbench().comparison().variants().is_empty());
        assert!(Bench::ALL.iter().all(|bench| app.workbench().bench().figures(*bench).is_none()));
    }
}
