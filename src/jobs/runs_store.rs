//! The file of the runs that are kept: where it is, and the thread that reads and writes it.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::file_lock::FileLock;
use super::{Outbox, files};
use crate::jose::error::Problem;
use crate::jose::text::visible_path;
use crate::workbench::effect::Event;
use crate::workbench::runs::Run;
use crate::workbench::runs_file::{self, MOST_BYTES};
use crate::workbench::runs_merge::merge;

/// The file of one user.
#[derive(Clone, Debug)]
pub struct RunsStore {
    path: Option<PathBuf>,
}

impl RunsStore {
    /// No file: nothing is read and nothing is written.
    pub const fn nowhere() -> Self {
        Self { path: None }
    }

    /// This file.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: Some(path.into()) }
    }

    /// Where the file is; `None` when nothing is kept.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The runs, the newest first, and what to tell the user when the file was there but could not be read.
    ///
    /// A text that is not understood is moved aside, so that the next save does not overwrite it; when only some of its
    /// runs are not, it is copied.
    pub fn load(&self) -> (Vec<Run>, Option<Problem>) {
        let Some(path) = &self.path else { return (Vec::new(), None) };
        let file = match files::read(path, MOST_BYTES as u64) {
            Ok(file) => file,
            Err(problem) if problem.code == files::MISSING => return (Vec::new(), None),
            Err(problem) if problem.code == files::TOO_LARGE => {
                return (Vec::new(), Some(aside(path, problem, |aside| std::fs::rename(path, aside))));
            }
            // What may not be read may not be written either.
            Err(problem) => return (Vec::new(), Some(problem)),
        };
        let text = String::from_utf8_lossy(file.bytes.bytes());
        match runs_file::from_text(&text) {
            Ok(read) if read.unreadable == 0 => (read.runs, None),
            Ok(read) => {
                let message = format!("{} of the kept runs cannot be read", read.unreadable);
                let problem = Problem::new("runs-unreadable", message);
                (read.runs, Some(aside(path, problem, |aside| std::fs::copy(path, aside).map(|_| ()))))
            }
            Err(problem) => (Vec::new(), Some(aside(path, problem, |aside| std::fs::rename(path, aside)))),
        }
    }

    /// Writes the file whole or not at all, readable by its owner only, and makes its folder when there is none.
    ///
    /// # Errors
    /// The problems of [`files::save_private`].
    pub fn save(&self, runs: &[Run]) -> Result<(), Problem> {
        let Some(path) = &self.path else { return Ok(()) };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| files::cannot_save(path, &error))?;
        }
        files::sweep(path);
        files::save_private(path, runs_file::to_text(runs).as_bytes()).map(|_| ())
    }
}

/// How long another window may take to write its runs.
const PATIENCE: Duration = Duration::from_secs(5);

impl RunsStore {
    /// Writes what `runs` changed since `base`; what another window wrote meanwhile stays.
    ///
    /// # Errors
    /// The problems of [`files::save_private`].
    pub fn save_changes(&self, base: &[Run], runs: &[Run]) -> Result<(), Problem> {
        let Some(path) = &self.path else { return Ok(()) };
        // Without the lock, or when it is never free, saving is still better than not saving.
        let _lock = FileLock::wait(&path.with_extension("lock"), PATIENCE);
        let theirs = files::read(path, MOST_BYTES as u64).ok();
        let theirs = theirs.and_then(|file| Some(runs_file::from_text(file.bytes.as_str()?).ok()?.runs));
        match theirs {
            Some(theirs) => self.save(&merge(base, runs, &theirs)),
            None => self.save(runs),
        }
    }
}

/// Puts a file that is not understood out of the way, and says where it is now.
fn aside(path: &Path, problem: Problem, put: impl FnOnce(&Path) -> std::io::Result<()>) -> Problem {
    let aside = path.with_extension("unreadable.json");
    match put(&aside) {
        Ok(()) => {
            let help = format!("{} The old file is kept in {}.", problem.help, visible_path(&aside));
            problem.help(help.trim_start().to_owned())
        }
        Err(_) => problem,
    }
}

/// Reads the runs once and then writes them, one after the other, so that an older save never overwrites a newer one.
pub struct RunsKeeper {
    saves: Option<Sender<Vec<Run>>>,
    thread: Option<JoinHandle<()>>,
}

impl RunsKeeper {
    /// Starts the thread, which tells what is in the file; nothing when there is none.
    pub fn start(store: RunsStore, outbox: Outbox) -> Self {
        let (saves, inbox) = channel();
        if store.path.is_none() {
            return Self { saves: None, thread: None };
        }
        let thread = thread::Builder::new().name("runs".to_owned()).spawn(move || serve(&store, &inbox, &outbox));
        Self { saves: Some(saves), thread: thread.ok() }
    }

    /// Has the runs written.
    pub fn save(&self, runs: Vec<Run>) -> Result<(), Problem> {
        let Some(saves) = &self.saves else { return Ok(()) };
        saves.send(runs).map_err(|_gone| super::job_failed("runs"))
    }
}

impl Drop for RunsKeeper {
    /// Waits until what is to be saved is saved.
    fn drop(&mut self) {
        self.saves = None;
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

fn serve(store: &RunsStore, inbox: &Receiver<Vec<Run>>, outbox: &Outbox) {
    let (runs, problem) = store.load();
    let mut known = runs.clone();
    outbox.send(Event::RunsLoaded(runs));
    problem.into_iter().for_each(|problem| outbox.send(Event::Failed(problem)));
    while let Ok(runs) = inbox.recv() {
        let newest = inbox.try_iter().last().unwrap_or(runs);
        // What cannot be written counts as changed the next time, too.
        match store.save_changes(&known, &newest) {
            Ok(()) => known = newest,
            Err(problem) => outbox.send(Event::Failed(problem)),
        }
    }
}
