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
use crate::workbench::settings::merge::merge;
use crate::workbench::settings::reading::Found;

/// A settings file larger than this was not written by this program.
const LIMIT: u64 = 1 << 20;
/// Damaged settings files that are kept beside the good one.
const MOST_ASIDE: usize = 9;
/// How long another window may take to write its settings.
const PATIENCE: Duration = Duration::from_secs(2);

/// The code of the problem that a later version wrote the file.
pub const LATER: &str = "settings-later";

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

    /// The settings, and what to tell the user when the file was there but not all of it could be read.
    ///
    /// A damaged file is copied aside before the next save overwrites it; one of a later version is read as far as it is
    /// understood, and never written ([`LATER`]). Without a file these are the settings of a newcomer.
    pub fn load(&self) -> (Settings, Option<Problem>) {
        let Some(path) = self.path() else { return (Settings::default(), None) };
        match existing(path) {
            Ok(Some((found, _))) if found.is_later() => (found.settings, Some(later(path))),
            Ok(Some((found, told))) => (found.settings, told),
            Ok(None) => (Settings::of_newcomer(), None),
            Err(problem) => (Settings::default(), Some(problem)),
        }
    }

    /// Writes the file whole or not at all, readable by its owner only, and makes its folder when there is none.
    ///
    /// # Errors
    /// The problems of [`files::save`].
    pub fn save(&self, settings: &Settings) -> Result<(), Problem> {
        self.write(&settings.to_text())
    }

    fn write(&self, text: &str) -> Result<(), Problem> {
        let Some(path) = self.path() else { return Ok(()) };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| files::cannot_save(path, &error))?;
        }
        files::sweep(path);
        files::save_private(path, text.as_bytes()).map(|_| ())
    }

    /// Writes what `settings` changed since `base`; what another window wrote meanwhile stays, and so do the fields that
    /// only another version knows. Tells when what was in the file is damaged and where it is kept.
    ///
    /// # Errors
    /// [`LATER`] when a later version wrote the file; the problems of [`files::save`].
    pub fn save_changes(&self, base: &Settings, settings: &Settings) -> Result<Option<Problem>, Problem> {
        let Some(path) = self.path() else { return Ok(None) };
        // Without the lock, or when it is never free, saving is still better than not saving.
        let _lock = FileLock::wait(&path.with_extension("lock"), PATIENCE);
        let Ok(Some((found, told))) = existing(path) else { return self.save(settings).map(|()| None) };
        if found.is_later() {
            return Err(later(path));
        }
        self.write(&found.text_with(&merge(base, settings, &found.settings)))?;
        Ok(told)
    }
}

/// What is in the file, and what to tell about it; `None` when there is no file. What is damaged or far too large for
/// settings is kept aside first.
fn existing(path: &Path) -> Result<Option<(Found, Option<Problem>)>, Problem> {
    let file = match files::read(path, LIMIT) {
        Ok(file) => file,
        Err(problem) if problem.code == files::MISSING => return Ok(None),
        Err(problem) if problem.code == files::TOO_LARGE => {
            let aside = free_name(path);
            let moved = std::fs::rename(path, &aside).is_ok();
            return Err(if moved { problem.help(kept_in(&aside)) } else { problem });
        }
        Err(problem) => return Err(problem),
    };
    let bytes = file.bytes.bytes();
    let text = String::from_utf8_lossy(bytes);
    let found = Found::read(&text);
    let Some(problem) = found.problem() else { return Ok(Some((found, None))) };
    let place = problem.span.map(|span| format!(" at {}", Position::of(&text, span.start))).unwrap_or_default();
    let help = set_aside(path, bytes).map_or_else(|| problem.help.clone(), |aside| kept_in(&aside));
    let message = format!("{}{place} of {}", problem.message, visible_path(path));
    Ok(Some((found, Some(Problem::new(problem.code, message).help(help)))))
}

/// Copies a damaged text aside; where it is now. One that is there already is not copied again.
fn set_aside(path: &Path, bytes: &[u8]) -> Option<PathBuf> {
    let is_same = |aside: &PathBuf| files::read(aside, LIMIT).is_ok_and(|file| file.bytes.bytes() == bytes);
    if let Some(aside) = asides(path).take_while(|aside| aside.exists()).find(is_same) {
        return Some(aside);
    }
    let aside = free_name(path);
    files::save_private(&aside, bytes).ok().map(|_| aside)
}

/// `settings.unreadable.json`, `settings.unreadable-2.json` and so on; the last one is used again and again.
fn asides(path: &Path) -> impl Iterator<Item = PathBuf> {
    let path = path.to_path_buf();
    (1..=MOST_ASIDE).map(move |number| {
        let ending = if number == 1 { "unreadable.json".to_owned() } else { format!("unreadable-{number}.json") };
        path.with_extension(ending)
    })
}

fn free_name(path: &Path) -> PathBuf {
    let free = asides(path).find(|aside| !aside.exists()).or_else(|| asides(path).last());
    free.unwrap_or_else(|| path.with_extension("unreadable.json"))
}

fn kept_in(aside: &Path) -> String {
    format!("All other settings were read; the old text is kept in {}.", visible_path(aside))
}

/// The problem of a file that this version must not write.
fn later(path: &Path) -> Problem {
    let message = format!("A later version of the program wrote {}, so it is not changed", visible_path(path));
    Problem::new(LATER, message).help("What you choose here holds until the window closes.")
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
        assert_eq!(store.load(), (Settings::of_newcomer(), None));
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
    fn a_damaged_file_loses_what_is_damaged_and_is_kept_aside() {
        let (folder, store) = store();
        let broken = "{\"scale\": 1.5,\n oops";
        store.save(&Settings::default()).unwrap();
        std::fs::write(store.path().unwrap(), broken).unwrap();
        for _start in 0..2 {
            let (settings, problem) = store.load();
            assert_eq!(settings, Settings { scale: 1.5, ..Settings::default() });
            let problem = problem.unwrap();
            assert!(problem.message.contains("damaged at 2:"), "{}", problem.message);
            let aside = folder.path().join("deep/settings.unreadable.json");
            assert!(problem.help.contains(aside.to_str().unwrap()), "{}", problem.help);
            assert_eq!(std::fs::read_to_string(aside).unwrap(), broken);
        }
        assert_eq!(std::fs::read_dir(folder.path().join("deep")).unwrap().count(), 2, "one copy is enough");
        store.save_changes(&Settings::default(), &store.load().0).unwrap();
        assert_eq!(store.load().1, None, "a save mends it");
        std::fs::write(store.path().unwrap(), "{\"scale\": \"big\"}").unwrap();
        let told = store.save_changes(&Settings::default(), &Settings::default()).unwrap();
        assert!(told.is_some_and(|told| told.help.contains("settings.unreadable-2.json")), "damaged while we ran");
    }

    #[test]
    fn a_file_that_is_far_too_large_is_moved_aside() {
        let (folder, store) = store();
        store.save(&Settings::default()).unwrap();
        std::fs::write(store.path().unwrap(), vec![b' '; 2 << 20]).unwrap();
        assert!(store.load().1.is_some());
        store.save(&Settings::default()).unwrap();
        let aside = std::fs::metadata(folder.path().join("deep/settings.unreadable.json")).unwrap();
        assert_eq!(aside.len(), 2 << 20);
    }

    #[test]
    fn a_later_version_is_read_and_never_written() {
        let (_folder, store) = store();
        let text = "{\"version\": 2, \"theme\": \"dark\", \"colour\": \"mauve\"}";
        store.save(&Settings::default()).unwrap();
        std::fs::write(store.path().unwrap(), text).unwrap();
        let (settings, problem) = store.load();
        assert_eq!((settings.theme, problem.map(|problem| problem.code)), (Theme::Dark, Some(LATER)));
        let chosen = Settings { theme: Theme::Light, ..settings.clone() };
        assert_eq!(store.save_changes(&settings, &chosen).map_err(|problem| problem.code), Err(LATER));
        assert_eq!(std::fs::read_to_string(store.path().unwrap()).unwrap(), text);
    }

    #[test]
    fn fields_of_another_version_survive_a_save() {
        let (_folder, store) = store();
        store.save(&Settings::default()).unwrap();
        std::fs::write(store.path().unwrap(), "{\"theme\": \"dark\", \"colour\": \"mauve\"}").unwrap();
        let (settings, problem) = store.load();
        assert_eq!(problem, None);
        store.save_changes(&settings, &Settings { scale: 2.0, ..settings.clone() }).unwrap();
        let text = std::fs::read_to_string(store.path().unwrap()).unwrap();
        assert!(text.contains("\"colour\": \"mauve\""), "{text}");
        assert_eq!(store.load().0, Settings { scale: 2.0, ..settings });
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
