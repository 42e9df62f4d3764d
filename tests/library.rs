//! The library at work on real folders: listing, changes by others, and what is done to the files.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Process;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use jwt_workbench::jobs::Jobs;
use jwt_workbench::jobs::settings_store::SettingsStore;
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::template::default::default_template;
use jwt_workbench::workbench::Workbench;
use jwt_workbench::workbench::command::{Command, DraftCommand, FileCommand, Part};
use jwt_workbench::workbench::effect::{Effect, Event};
use jwt_workbench::workbench::library::LibraryCommand;
use jwt_workbench::workbench::library::entry::Entry;
use jwt_workbench::workbench::notice::{NoticeKind, Offer};
use jwt_workbench::workbench::settings::{LibrarySettings, Settings};

/// How long anything may take to come: longer than the busiest machine needs.
const PATIENCE: Duration = Duration::from_secs(60);
const NOW: i64 = 1_795_284_752;

/// A workbench and its jobs, without a window.
struct Desk {
    workbench: Workbench,
    jobs: Jobs,
    woken: Receiver<()>,
}

impl Desk {
    fn new(folders: &[&Path]) -> Self {
        let folders = folders.iter().map(|folder| folder.to_path_buf()).collect();
        let settings = Settings { library: LibrarySettings { open: true, folders }, ..Settings::default() };
        let secret = Secret::from("0123456789abcdef0123456789abcdef".to_owned());
        let (workbench, effects) = Workbench::new(default_template(), secret, settings, NOW);
        let (wake, woken) = channel();
        let jobs = Jobs::new(SettingsStore::nowhere(), move || wake.send(()).unwrap_or_default());
        let mut desk = Self { workbench, jobs, woken };
        desk.run(effects);
        desk
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Some(event) = self.jobs.run(effect) {
                self.hear(event);
            }
        }
    }

    fn hear(&mut self, event: Event) {
        let effects = self.workbench.on_event(event, NOW);
        self.run(effects);
    }

    fn apply(&mut self, command: Command) {
        let effects = self.workbench.apply(command, NOW);
        self.run(effects);
    }

    fn library(&mut self, command: LibraryCommand) {
        self.apply(Command::Library(command));
    }

    #[track_caller]
    fn until(&mut self, what: &str, condition: impl Fn(&Workbench) -> bool) {
        let started = Instant::now();
        while !condition(&self.workbench) {
            assert!(started.elapsed() < PATIENCE, "waited for {what}: {:?}", self.workbench.library());
            self.woken.recv_timeout(Duration::from_millis(20)).ok();
            while let Some(event) = self.jobs.poll() {
                self.hear(event);
            }
        }
    }

    /// Waits until these files are listed, by their names without the ending, and everything is read.
    #[track_caller]
    fn until_listed(&mut self, stems: &[&str]) {
        self.until(&format!("{stems:?}"), |workbench| {
            let entries = workbench.library().entries();
            let mut listed: Vec<_> = entries.iter().map(|entry| entry.stem().into_owned()).collect();
            listed.sort();
            listed == stems && entries.iter().all(|entry| entry.content.is_some())
        });
    }

    /// Waits for a complaint and returns its text.
    #[track_caller]
    fn complaint(&mut self) -> String {
        let error = |workbench: &Workbench| {
            let notice = workbench.notices().list().iter().find(|notice| notice.kind == NoticeKind::Error)?;
            assert!(!notice.help.is_empty(), "{notice:?}");
            Some(notice.text.clone())
        };
        self.until("a complaint", |workbench| error(workbench).is_some());
        error(&self.workbench).unwrap()
    }

    fn open(&mut self, path: &Path) {
        self.apply(Command::File(FileCommand::OpenPath(path.to_owned())));
        self.until("the draft", |workbench| workbench.draft().path() == Some(path));
    }
}

fn template(name: &str) -> String {
    format!(
        "{{\"format\":\"jwt-workbench.template\",\"version\":1,\"name\":\"{name}\",\n\"header\":{{\"alg\":\"HS256\"}},\"claims\":{{}}}}\n"
    )
}

fn write(folder: &Path, stem: &str, text: &str) -> PathBuf {
    let path = folder.join(format!("{stem}.jwt.json"));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path
}

fn folder_of(stems: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for stem in stems {
        write(folder.path(), stem, &template(stem.rsplit('/').next().unwrap_or(stem)));
    }
    folder
}

#[test]
fn templates_are_listed_with_their_groups_and_broken_ones_with_their_problem() {
    let folder = folder_of(&["b", "team/x", "team/deep/y", ".hidden/z"]);
    write(folder.path(), "a", "{");
    fs::write(folder.path().join("claims.json"), "{}").unwrap();
    let mut desk = Desk::new(&[folder.path()]);
    desk.until_listed(&["a", "b", "x", "y"]);
    let shown: Vec<_> = desk
        .workbench
        .library()
        .entries()
        .iter()
        .map(|entry| (entry.group.to_string(), entry.title().into_owned(), entry.problem().is_some()))
        .collect();
    let expected = [("", "a", true), ("", "b", false), ("team", "x", false), ("team / deep", "y", false)];
    let expected = expected.map(|(group, title, broken)| (group.to_owned(), title.to_owned(), broken));
    assert_eq!(shown, expected);
}

#[test]
fn what_other_programs_do_appears_and_only_what_changed_is_read_again() {
    let folder = folder_of(&["a", "b"]);
    let mut desk = Desk::new(&[folder.path()]);
    desk.until_listed(&["a", "b"]);
    let b = desk.workbench.library().entry(&folder.path().join("b.jwt.json")).unwrap().content.clone().unwrap();
    write(folder.path(), "a", &template("Another name"));
    desk.until("the new name", |workbench| {
        workbench.library().entries().iter().any(|entry| entry.title() == "Another name")
    });
    let entry = desk.workbench.library().entry(&folder.path().join("b.jwt.json")).unwrap();
    assert!(std::sync::Arc::ptr_eq(entry.content.as_ref().unwrap(), &b), "b is not read again");
    write(folder.path(), "new/deep/c", &template("c"));
    desk.until_listed(&["a", "b", "c"]);
    write(folder.path(), "new/deep/d", &template("d"));
    desk.until_listed(&["a", "b", "c", "d"]);
    fs::rename(folder.path().join("new"), folder.path().join("old")).unwrap();
    desk.until("the new group", |workbench| {
        workbench.library().entries().iter().any(|entry| &*entry.group == "old / deep")
    });
    fs::remove_dir_all(folder.path().join("old")).unwrap();
    desk.until_listed(&["a", "b"]);
}

#[test]
fn a_folder_that_vanishes_is_missing_and_comes_back_by_itself() {
    let outer = folder_of(&["inner/a"]);
    let inner = outer.path().join("inner");
    let mut desk = Desk::new(&[&inner]);
    desk.until_listed(&["a"]);
    fs::rename(&inner, outer.path().join("away")).unwrap();
    let missing = |workbench: &Workbench| workbench.library().shelves().iter().any(|shelf| shelf.problem.is_some());
    desk.until("the loss", missing);
    assert!(desk.workbench.library().entries().is_empty());
    fs::rename(outer.path().join("away"), &inner).unwrap();
    desk.until_listed(&["a"]);
    assert!(!missing(&desk.workbench));
    write(&inner, "b", &template("b"));
    desk.until_listed(&["a", "b"]);
}

#[cfg(unix)]
#[test]
fn circles_of_links_end_and_unreadable_files_are_listed() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = folder_of(&["a", "sub/b"]);
    symlink(folder.path(), folder.path().join("sub/circle")).unwrap();
    symlink("nowhere", folder.path().join("dangling.jwt.json")).unwrap();
    let locked = write(folder.path(), "locked", &template("locked"));
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let mut desk = Desk::new(&[folder.path()]);
    desk.until_listed(&["a", "b", "dangling", "locked"]);
    let problem = |stem: &str| {
        let entry = desk.workbench.library().entries().iter().find(|entry| entry.stem() == stem);
        entry.and_then(Entry::problem).map(|problem| problem.code)
    };
    assert_eq!(problem("dangling"), Some("file-missing"));
    // Root may read everything.
    assert!(fs::read(&locked).is_ok() || problem("locked") == Some("file-permission"));
}

#[test]
fn a_template_is_made_copied_and_renamed_without_touching_another() {
    let folder = folder_of(&["new-template", "taken"]);
    let mut desk = Desk::new(&[folder.path()]);
    desk.until_listed(&["new-template", "taken"]);
    desk.library(LibraryCommand::New(folder.path().to_owned()));
    desk.until_listed(&["new-template", "new-template-2", "taken"]);
    let made = folder.path().join("new-template-2.jwt.json");
    assert_eq!(desk.workbench.library().fresh().unwrap().1, made);
    desk.library(LibraryCommand::Duplicate(made.clone()));
    desk.until_listed(&["new-template", "new-template-2", "new-template-2-copy", "taken"]);
    let copy = folder.path().join("new-template-2-copy.jwt.json");
    assert_eq!(fs::read(&copy).unwrap(), fs::read(&made).unwrap());
    desk.library(LibraryCommand::Rename(copy.clone(), "taken".into()));
    assert!(desk.complaint().contains("there is such a file already"));
    assert_eq!(fs::read_to_string(folder.path().join("taken.jwt.json")).unwrap(), template("taken"));
    assert!(copy.exists());
}

#[test]
fn the_draft_follows_its_file_and_keeps_what_was_typed() {
    let folder = folder_of(&[]);
    let before = write(folder.path(), "access-token", &template("Access token"));
    let mut desk = Desk::new(&[folder.path()]);
    desk.until_listed(&["access-token"]);
    desk.open(&before);
    desk.apply(Command::Draft(DraftCommand::Type(Part::Claims, "{\"mine\":1}".into())));
    desk.library(LibraryCommand::Rename(before.clone(), "ID token".into()));
    desk.until_listed(&["id-token"]);
    let after = folder.path().join("id-token.jwt.json");
    desk.until("the draft", |workbench| workbench.draft().path() == Some(after.as_path()));
    let draft = desk.workbench.draft();
    assert_eq!((draft.template().name.as_str(), draft.is_unsaved()), ("ID token", true));
    assert_eq!(desk.workbench.settings().recent_files, std::slice::from_ref(&after));
    assert_eq!(fs::read_to_string(&after).unwrap(), template("ID token"), "only the name changed");
    desk.apply(Command::File(FileCommand::Save));
    desk.until("the save", |workbench| !workbench.draft().is_unsaved());
    assert_eq!(fs::read_to_string(&after).unwrap(), template("ID token").replace("{}", "{\"mine\":1}"));
    assert!(desk.workbench.question().is_none());
}

#[test]
fn the_draft_is_saved_into_the_library_under_a_free_name() {
    let folder = folder_of(&["first-token"]);
    let mut desk = Desk::new(&[folder.path()]);
    desk.until_listed(&["first-token"]);
    let name = desk.workbench.draft().template().name.clone();
    assert_eq!(name, "First token");
    desk.library(LibraryCommand::SaveDraft(folder.path().to_owned()));
    let path = folder.path().join("first-token-2.jwt.json");
    desk.until("the save", |workbench| workbench.draft().path() == Some(path.as_path()));
    desk.until_listed(&["first-token", "first-token-2"]);
}

#[test]
fn a_folder_is_made_only_where_that_was_asked_for() {
    let outer = folder_of(&[]);
    let mut desk = Desk::new(&[]);
    let folder = outer.path().join("deep/templates");
    desk.library(LibraryCommand::UseFolder(folder.clone()));
    desk.until("the folder", |workbench| workbench.settings().library.folders == [folder.clone()]);
    assert!(folder.is_dir());
    desk.until("its listing", |workbench| workbench.library().shelves().len() == 1);
    desk.library(LibraryCommand::ForgetFolder(folder.clone()));
    desk.until("its end", |workbench| workbench.library().shelves().is_empty());
    assert!(folder.is_dir(), "the files stay");
}

#[test]
fn a_panel_that_is_shown_for_a_picture_is_not_remembered() {
    let secret = Secret::from("0123456789abcdef0123456789abcdef".to_owned());
    let (mut workbench, effects) = Workbench::new(default_template(), secret, Settings::default(), NOW);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Library(_))), "a closed library costs nothing");
    let effects = workbench.apply(Command::Library(LibraryCommand::Show), NOW);
    assert!(matches!(effects.as_slice(), [Effect::Library(_)]), "{effects:?}");
    assert!(workbench.library().is_open() && !workbench.settings().library.open);
    let effects = workbench.apply(Command::Library(LibraryCommand::Toggle), NOW);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::SaveSettings(_))), "{effects:?}");
    assert!(!workbench.library().is_open());
}

/// The trash is that of the user: another process has another one.
#[test]
fn what_was_deleted_is_in_the_trash_and_comes_back() {
    let folder = folder_of(&[]);
    let test = ["--exact", "in_a_process_of_its_own", "--include-ignored"];
    let status = Process::new(std::env::current_exe().unwrap())
        .args(test)
        .env("XDG_DATA_HOME", folder.path().join("data"))
        .env("LIBRARY_TEST_FOLDER", folder.path().join("templates"))
        .status();
    assert!(status.unwrap().success());
}

#[test]
#[ignore = "run by what_was_deleted_is_in_the_trash_and_comes_back"]
fn in_a_process_of_its_own() {
    let Some(folder) = std::env::var_os("LIBRARY_TEST_FOLDER").map(PathBuf::from) else { return };
    let (a, b) = (write(&folder, "a", &template("a")), write(&folder, "b", &template("b")));
    let mut desk = Desk::new(&[&folder]);
    desk.until_listed(&["a", "b"]);
    desk.open(&a);
    desk.library(LibraryCommand::Delete(a.clone()));
    desk.until_listed(&["b"]);
    desk.until("the draft alone", |workbench| workbench.draft().path().is_none());
    assert!(desk.workbench.draft().is_unsaved(), "it is all there is");
    let (ticket, path) = desk.workbench.library().last_deleted().unwrap();
    assert_eq!(path, a);
    let offers = |workbench: &Workbench, ticket| {
        workbench.notices().list().iter().any(|notice| notice.offer == Some(Offer::RestoreTemplate(ticket)))
    };
    assert!(offers(&desk.workbench, ticket));
    desk.library(LibraryCommand::Restore(ticket));
    desk.until_listed(&["a", "b"]);
    desk.until("the draft's file", |workbench| workbench.draft().path() == Some(a.as_path()));
    assert!(!desk.workbench.draft().is_unsaved());
    assert_eq!(fs::read_to_string(&a).unwrap(), template("a"));

    // Never over another file.
    desk.library(LibraryCommand::Delete(b.clone()));
    desk.until("the deletion", |workbench| workbench.library().last_deleted().is_some());
    desk.until_listed(&["a"]);
    let (ticket, _) = desk.workbench.library().last_deleted().unwrap();
    fs::write(&b, "mine").unwrap();
    desk.library(LibraryCommand::Restore(ticket));
    assert!(desk.complaint().contains("there is such a file already"));
    assert_eq!(fs::read_to_string(&b).unwrap(), "mine");
    assert!(desk.workbench.library().last_deleted().is_some(), "it can be put back later");
}
