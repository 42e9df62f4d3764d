//! The settings file: where it is, how it is read and how it is written.

use std::path::{Path, PathBuf};
use std::time::Duration;

use directories::ProjectDirs;

use super::draft_store::DraftStore;
use super::file_lock::FileLock;
use super::files;
use super::runs_store::RunsStore;
use crate::jose::error::Problem;
use crate::jose::text::{Position, visible_path};
use crate::workbench::settings::Settings;
use crate::workbench::settings_merge::merge;

/// A settings file larger than this was not written by this program.
const LIMIT: u64 = 1 << 20;

/// The settings file of one user.
#[derive(Clone, Debug)]
pub struct SettingsStore {
    path: Option<PathBuf>,
    /// The runs of the same user.
    runs: RunsStore,
    /// The drafts of the same user that were not saved.
    drafts: DraftStore,
    /// The settings that the window began with.
    known: Box<Settings>,
}

impl SettingsStore {
    /// The file in the folder the platform has for it, `~/.config/jwt-workbench/settings.json` on Linux.
    pub fn of_user() -> Self {
        let folders = ProjectDirs::from("", "", "jwt-workbench");
        let runs = folders.as_ref().map(|folders| RunsStore::at(folders.data_dir().join("runs.json")));
        let drafts = folders.as_ref().map(|folders| DraftStore::at(folders.data_dir().join("drafts")));
        Self {
            drafts: drafts.unwrap_or(DraftStore::nowhere()),
            path: folders.map(|folders| folders.config_dir().join("settings.json")),
            runs: runs.unwrap_or_else(RunsStore::nowhere),
            known: Box::default(),
        }
    }

    /// No file: the defaults are read and nothing is written.
    pub fn nowhere() -> Self {
        Self { path: None, runs: RunsStore::nowhere(), drafts: DraftStore::nowhere(), known: Box::default() }
    }

    /// A file somewhere else; the runs are kept in `runs.json` beside it, the drafts in `drafts`.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let runs = RunsStore::at(path.with_file_name("runs.json"));
        let drafts = DraftStore::at(path.with_file_name("drafts"));
        Self { runs, drafts, path: Some(path), known: Box::default() }
    }

    /// The same file, for a window that begins with these settings.
    #[must_use]
    pub fn knowing(self, settings: &Settings) -> Self {
        Self { known: Box::new(settings.clone()), ..self }
    }

    /// The settings that the window began with.
    pub(super) const fn known(&self) -> &Settings {
        &self.known
    }

    /// Where the runs of the same user are kept: on Linux `~/.local/share/jwt-workbench/runs.json`.
    pub const fn runs(&self) -> &RunsStore {
        &self.runs
    }

    /// Where the drafts of the same user are kept: on Linux `~/.local/share/jwt-workbench/drafts`.
    pub const fn drafts(&self) -> &DraftStore {
        &self.drafts
    }

    /// Where the file is; `None` when the user has no home folder.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The settings, and what to tell the user when the file was there but could not be read.
    ///
    /// A text that is not understood is moved aside, so that the next save does not overwrite it.
    pub fn load(&self) -> (Settings, Option<Problem>) {
        let Some(path) = self.path() else { return (Settings::default(), None) };
        match files::read(path, LIMIT) {
            Ok(file) => {
                let text = String::from_utf8_lossy(file.bytes.bytes());
                match Settings::from_text(&text) {
                    Ok(settings) => (settings, None),
                    Err(problem) => (Settings::default(), Some(set_aside(path, &text, &problem))),
                }
            }
            Err(problem) if problem.code == files::MISSING => (Settings::default(), None),
            Err(problem) => (Settings::default(), Some(problem)),
        }
    }

    /// Writes the file whole or not at all, readable by its owner only, and makes its folder when there is none.
    ///
    /// # Errors
    /// The problems of [`files::save`].
    pub fn save(&self, settings: &Settings) -> Result<(), Problem> {
        let Some(path) = self.path() else { return Ok(()) };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| files::cannot_save(path, &error))?;
        }
        files::sweep(path);
        files::save_private(path, settings.to_text().as_bytes()).map(|_| ())
    }
}

/// How long another window may take to write its settings.
const PATIENCE: Duration = Duration::from_secs(2);

impl SettingsStore {
    /// Writes what `settings` changed since `base`; what another window wrote meanwhile stays.
    ///
    /// # Errors
    /// The problems of [`files::save`].
    pub fn save_changes(&self, base: &Settings, settings: &Settings) -> Result<(), Problem> {
        let Some(path) = self.path() else { return Ok(()) };
        // Without the lock, or when it is never free, saving is still better than not saving.
        let _lock = FileLock::wait(&path.with_extension("lock"), PATIENCE);
        let theirs = files::read(path, LIMIT).ok();
        let theirs = theirs.and_then(|file| Settings::from_text(file.bytes.as_str()?).ok());
        self.save(&theirs.map_or_else(|| settings.clone(), |theirs| merge(base, settings, &theirs)))
    }
}

/// Moves a text that is not understood out of the way, and says where it is now.
fn set_aside(path: &Path, text: &str, problem: &Problem) -> Problem {
    let place = problem.span.map(|span| format!(" at {}", Position::of(text, span.start))).unwrap_or_default();
    let aside = path.with_extension("unreadable.json");
    let help = match std::fs::rename(path, &aside) {
        Ok(()) => format!("The default settings are used; the old text is kept in {}.", visible_path(&aside)),
        Err(_) => problem.help.clone(),
    };
    Problem::new(problem.code, format!("{} is not a settings file{place}", visible_path(path))).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbench::settings::Theme;

    fn store() -> (tempfile::TempDir, SettingsStore) {
        let folder = tempfile::tempdir().unwrap();
        let store = SettingsStore::at(folder.path().join("deep/settings.json"));
        (folder, store)
    }

    #[test]
    fn what_is_saved_is_loaded() {
        let (_folder, store) = store();
        assert_eq!(store.load(), (Settings::default(), None));
        let settings = Settings { theme: Theme::Dark, ..Settings::default() };
        store.save(&settings).unwrap();
        assert_eq!(store.load(), (settings, None));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let (_folder, store) = store();
        store.save(&Settings::default()).unwrap();
        let mode = std::fs::metadata(store.path().unwrap()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_broken_file_gives_the_defaults_a_notice_and_is_kept() {
        let (folder, store) = store();
        store.save(&Settings::default()).unwrap();
        std::fs::write(store.path().unwrap(), "{\"scale\": 1.5,\n oops").unwrap();
        let (settings, problem) = store.load();
        assert_eq!(settings, Settings::default());
        let problem = problem.unwrap();
        assert!(problem.message.contains("settings.json is not a settings file at 2:"), "{}", problem.message);
        let aside = folder.path().join("deep/settings.unreadable.json");
        assert!(problem.help.contains(aside.to_str().unwrap()), "{}", problem.help);
        assert_eq!(std::fs::read_to_string(aside).unwrap(), "{\"scale\": 1.5,\n oops");
    }

    #[test]
    fn a_folder_in_the_place_of_the_file_is_told() {
        let (_folder, store) = store();
        std::fs::create_dir_all(store.path().unwrap()).unwrap();
        let (settings, problem) = store.load();
        assert_eq!(settings, Settings::default());
        assert!(problem.is_some());
        assert!(store.save(&settings).is_err());
    }
}
