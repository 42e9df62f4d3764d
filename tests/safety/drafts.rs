//! The files of drafts: private, whole, one for each window, and left behind by a crash alone.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use jwt_workbench::jobs::Jobs;
use jwt_workbench::jobs::draft_store::{DraftStore, MOST_AGE};
use jwt_workbench::jobs::settings_store::SettingsStore;
use jwt_workbench::template::file::TemplateFile;
use jwt_workbench::workbench::effect::{Effect, Event};
use jwt_workbench::workbench::kept_draft::KeptDraft;
use jwt_workbench::workbench::recovery::{LeftDraft, RecoveryEffect, RecoveryEvent};
use tempfile::TempDir;

use crate::{again, role};

pub(crate) fn draft(claims: &str, at: i64) -> KeptDraft {
    KeptDraft { template: TemplateFile::new("A draft", "{\"alg\":\"HS256\"}", claims), origin: None, at }
}

/// The files of the folder, but for its locks.
fn drafts_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.filter(|path| path.extension().is_none_or(|extension| extension != "lock")).collect()
}

fn found(store: &DraftStore) -> Vec<KeptDraft> {
    store.left_behind().into_iter().map(|(_, left)| left.draft).collect()
}

#[cfg(unix)]
#[test]
fn folder_and_files_are_the_users_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = TempDir::new().unwrap();
    let folder = home.path().join("data/drafts");
    let file = DraftStore::at(&folder).begin().unwrap();
    file.write(&draft("{}", 1)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let modes: Vec<u32> = fs::read_dir(&folder).unwrap().map(|entry| mode(&entry.unwrap().path())).collect();
    assert_eq!(modes, [0o600, 0o600], "the draft and its lock");
}

#[test]
fn a_draft_belongs_to_its_window_until_that_is_gone() {
    let home = TempDir::new().unwrap();
    let store = DraftStore::at(home.path().join("drafts"));
    let file = store.begin().unwrap();
    file.write(&draft("{\"a\":1}", 1)).unwrap();
    file.write(&draft("{\"a\":2}", 2)).unwrap();
    assert!(store.left_behind().is_empty(), "the window lives");
    drop(file);
    let left = store.left_behind();
    assert_eq!(left.iter().map(|(_, left)| left.draft.clone()).collect::<Vec<_>>(), [draft("{\"a\":2}", 2)]);
    assert!(store.left_behind().is_empty(), "one window at a time is offered it");
    drop(left);
    let left = store.left_behind();
    assert_eq!(left.len(), 1, "what was not decided is offered again");
    left[0].0.remove().unwrap();
    drop(left);
    assert_eq!(fs::read_dir(home.path().join("drafts")).unwrap().count(), 0, "nothing is left of it");
}

#[test]
fn the_newest_comes_first_and_the_very_old_are_removed() {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("drafts");
    let store = DraftStore::at(&folder);
    for at in [3, 9, 5] {
        store.begin().unwrap().write(&draft("{}", at)).unwrap();
    }
    assert_eq!(found(&store).iter().map(|draft| draft.at).collect::<Vec<_>>(), [9, 5, 3]);
    let old = fs::File::options().write(true).open(&drafts_in(&folder)[0]).unwrap();
    let now = old.metadata().unwrap().modified().unwrap();
    old.set_modified(now - MOST_AGE - Duration::from_secs(60)).unwrap();
    assert_eq!(found(&store).len(), 2);
    assert_eq!(drafts_in(&folder).len(), 2);
}

#[test]
fn broken_huge_and_foreign_files_are_left_alone_and_never_offered() {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("drafts");
    let store = DraftStore::at(&folder);
    store.begin().unwrap().write(&draft("{}", 1)).unwrap();
    let name = |number: u32| folder.join(format!("00000000-0000-4000-8000-{number:012}.draft.json"));
    fs::write(name(1), "{\"format\":").unwrap();
    fs::write(name(2), [0xff; 100]).unwrap();
    fs::File::create(name(3)).unwrap().set_len(100 << 20).unwrap();
    fs::create_dir(name(4)).unwrap();
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    fs::write(folder.join("x.draft.json"), "mine").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.join("notes.txt"), name(5)).unwrap();
    let before = drafts_in(&folder).len();
    assert_eq!(found(&store).len(), 1);
    assert_eq!(drafts_in(&folder).len(), before);
    assert!(DraftStore::at(folder.join("notes.txt")).left_behind().is_empty(), "nor does a file for a folder");
    assert!(DraftStore::at(folder.join("notes.txt")).begin().is_err());
    assert!(DraftStore::nowhere().left_behind().is_empty());
}

#[test]
fn a_killed_window_leaves_a_whole_draft_behind() {
    const NAME: &str = "drafts::a_killed_window_leaves_a_whole_draft_behind";
    if let Some(folder) = role() {
        let file = DraftStore::at(folder).begin().unwrap();
        for number in 0.. {
            file.write(&draft(&format!("{{\"n\":{number}}}"), number)).unwrap();
            writeln!(std::io::stdout(), "kept {number}").unwrap();
        }
    }
    let home = TempDir::new().unwrap();
    let folder = home.path().join("drafts");
    let store = DraftStore::at(&folder);
    for round in 0..10_usize {
        let mut child = again(NAME, folder.to_str().unwrap()).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut kept = lines.filter_map(|line| line.strip_prefix("kept ")?.parse::<i64>().ok());
        let last = kept.by_ref().take(3 + 7 * round).last().unwrap();
        assert!(store.left_behind().is_empty(), "it lives");
        child.kill().unwrap();
        child.wait().unwrap();
        let left = store.left_behind();
        assert_eq!(left.len(), 1);
        let (file, left) = &left[0];
        assert!(left.draft.at >= last, "{} was kept before {last}", left.draft.at);
        assert_eq!(left.draft, draft(&format!("{{\"n\":{}}}", left.draft.at), left.draft.at), "whole, of one moment");
        file.remove().unwrap();
        assert_eq!(drafts_in(&folder), Vec::<PathBuf>::new(), "no traces of a write that was cut off");
    }
}

/// Jobs over a folder, and what they found there.
struct Window {
    jobs: Jobs,
    woken: Receiver<()>,
}

impl Window {
    fn open(home: &Path) -> Self {
        let (wake, woken) = channel();
        let store = SettingsStore::at(home.join("settings.json"));
        let jobs = Jobs::new(store, move || wake.send(()).unwrap_or_default());
        Self { jobs, woken }
    }

    /// The drafts that are offered to it.
    #[track_caller]
    fn found(&mut self) -> Vec<LeftDraft> {
        loop {
            if let Event::Recovery(RecoveryEvent::Found(found)) = self.next() {
                return found;
            }
        }
    }

    /// Long enough for whatever there is to be offered.
    #[track_caller]
    fn check_finds_nothing(&mut self) {
        std::thread::sleep(Duration::from_millis(500));
        while let Some(event) = self.jobs.poll() {
            assert!(!matches!(event, Event::Recovery(_)), "{event:?}");
        }
    }

    #[track_caller]
    fn next(&mut self) -> Event {
        loop {
            if let Some(event) = self.jobs.poll() {
                return event;
            }
            self.woken.recv_timeout(Duration::from_secs(60)).unwrap();
        }
    }

    fn run(&mut self, effect: RecoveryEffect) {
        assert!(self.jobs.run(Effect::Recovery(effect)).is_none());
    }

    fn keep(&mut self, claims: &str) {
        self.run(RecoveryEffect::Keep(Box::new(draft(claims, 7))));
    }
}

#[track_caller]
fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(60), "waited for {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_draft_is_kept_about_a_second_after_typing_stops_and_the_newest_wins() {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("drafts");
    let mut window = Window::open(home.path());
    let started = Instant::now();
    for number in 0..8 {
        window.keep(&format!("{{\"n\":{number}}}"));
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(drafts_in(&folder).is_empty() || started.elapsed() > Duration::from_secs(1), "not while it is typed");
    let is_whole = |path: &PathBuf| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    wait_until("the draft", || drafts_in(&folder).iter().any(is_whole));
    let written = fs::read_to_string(&drafts_in(&folder)[0]).unwrap();
    assert_eq!(KeptDraft::from_text(&written), Ok(draft("{\"n\":7}", 7)));
    window.run(RecoveryEffect::Drop);
    wait_until("its removal", || drafts_in(&folder).is_empty());
    window.keep("{\"n\":8}");
    window.run(RecoveryEffect::Drop);
    drop(window);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "and a clean exit leaves nothing");
}

#[test]
fn what_ends_the_program_without_a_decision_keeps_the_draft_for_the_next_window() {
    let home = TempDir::new().unwrap();
    let mut first = Window::open(home.path());
    first.check_finds_nothing();
    first.keep("{\"n\":1}");
    drop(first);
    let mut second = Window::open(home.path());
    let found = second.found();
    let [LeftDraft { id, draft: left }] = &found[..] else { panic!("{found:?}") };
    assert_eq!(*left, draft("{\"n\":1}", 7));
    // It is the second window's.
    Window::open(home.path()).check_finds_nothing();
    second.run(RecoveryEffect::Adopt(*id));
    second.keep("{\"n\":2}");
    drop(second);
    let mut fourth = Window::open(home.path());
    assert_eq!(fourth.found(), [LeftDraft { id: *id, draft: draft("{\"n\":2}", 7) }], "the file went over whole");
    fourth.run(RecoveryEffect::Discard(*id));
    drop(fourth);
    assert_eq!(fs::read_dir(home.path().join("drafts")).unwrap().count(), 0);
}

#[test]
fn a_folder_that_cannot_be_written_is_told_once() {
    let home = TempDir::new().unwrap();
    let mut window = Window::open(home.path());
    fs::write(home.path().join("drafts"), "in the way").unwrap();
    window.keep("{}");
    let problem = loop {
        if let Event::Failed(problem) = window.next() {
            break problem;
        }
    };
    assert_eq!(problem.code, "draft-folder");
    window.keep("{ }");
    drop(window);
    assert_eq!(fs::read_to_string(home.path().join("drafts")).unwrap(), "in the way");
}
