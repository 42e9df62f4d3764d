//! Two windows at once: neither loses what the other wrote into the settings and the kept runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jwt_workbench::jobs::runs_store::RunsStore;
use jwt_workbench::jobs::settings_store::SettingsStore;
use jwt_workbench::workbench::runs::Run;
use jwt_workbench::workbench::runs_merge::merge;
use jwt_workbench::workbench::settings::{Settings, Theme};
use tempfile::TempDir;

use crate::{again, role};

#[test]
fn the_later_window_leaves_what_the_earlier_one_changed() {
    let home = TempDir::new().unwrap();
    let store = SettingsStore::at(home.path().join("settings.json"));
    let began = Settings::default();
    store.save(&began).unwrap();
    let first = Settings { theme: Theme::Dark, ..began.clone() };
    store.save_changes(&began, &first).unwrap();
    let second = Settings { scale: 1.5, ..began.clone() };
    store.save_changes(&began, &second).unwrap();
    let (read, _) = store.load();
    assert_eq!(read, Settings { theme: Theme::Dark, scale: 1.5, ..began.clone() });
    store.save_changes(&first, &Settings { theme: Theme::Light, ..first.clone() }).unwrap();
    assert_eq!(store.load().0, Settings { theme: Theme::Light, scale: 1.5, ..began });
}

#[test]
fn a_settings_file_that_is_gone_or_broken_is_written_anew() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("settings.json");
    let store = SettingsStore::at(&path);
    let ours = Settings { theme: Theme::Dark, ..Settings::default() };
    store.save_changes(&ours, &ours).unwrap();
    assert_eq!(store.load().0, ours);
    std::fs::write(&path, "{oops").unwrap();
    store.save_changes(&Settings::default(), &ours).unwrap();
    assert_eq!(store.load().0, ours);
}

/// How often each process saves.
const SAVES: usize = 40;

/// Solves exercises and opens files, one save for each, as a window does.
fn work(home: &Path, name: &str) {
    let store = SettingsStore::at(home.join("settings.json"));
    let mut base = Settings::default();
    for number in 0..SAVES {
        let mut next = base.clone();
        next.library.folders.push(PathBuf::from(format!("/{name}/{number}")));
        store.save_changes(&base, &next).unwrap();
        base = next;
    }
}

#[test]
fn two_processes_at_once_lose_nothing() {
    const NAME: &str = "two_windows::two_processes_at_once_lose_nothing";
    if let Some((name, home)) = role().as_deref().and_then(|role| role.split_once(' ')) {
        return work(Path::new(home), name);
    }
    let home = TempDir::new().unwrap();
    let start = |name: &str| again(NAME, &format!("{name} {}", home.path().display())).spawn().unwrap();
    for mut child in ["left", "right"].map(start) {
        assert!(child.wait().unwrap().success());
    }
    let (settings, problem) = SettingsStore::at(home.path().join("settings.json")).load();
    assert_eq!(problem, None);
    for name in ["left", "right"] {
        let folders: Vec<_> =
            settings.library.folders.iter().filter(|path| path.starts_with(format!("/{name}"))).collect();
        let all: Vec<_> = (0..SAVES).map(|number| PathBuf::from(format!("/{name}/{number}"))).collect();
        assert_eq!(folders, all.iter().collect::<Vec<_>>(), "{name}");
    }
}

fn run(name: &str, at: i64) -> Run {
    use jwt_workbench::jose::jwa::Algorithm;
    use jwt_workbench::jose::key::Key;
    use jwt_workbench::jose::secret::Secret;
    use jwt_workbench::measure::budget::Budget;
    use jwt_workbench::measure::report::{Label, Machine, Report, Settings};
    use jwt_workbench::measure::sampler::Sampler;
    use jwt_workbench::measure::variant::{Operation, Variant};
    use jwt_workbench::workbench::bench::Bench;

    let key = Arc::new(Key::secret(Secret::from("0123456789abcdef0123456789abcdef".to_owned())));
    let variant = Variant::new(Arc::clone(&key), Algorithm::HS256, b"{}".to_vec(), b"{}".to_vec());
    let sampler = Sampler::new(vec![variant], &Operation::ALL).unwrap();
    let machine = Machine { os: "linux".into(), architecture: "x86_64".into(), processor: None, cores: 2 };
    let label = Label { name: "as is".to_owned(), key: key.describe() };
    let report = Report::new(&[label], &sampler, 0, machine, Settings::new(1.0, Budget::default()));
    Run::loaded(name.to_owned(), at, Bench::Variants, Arc::new(report))
}

fn names(runs: &[Run]) -> Vec<&str> {
    runs.iter().map(|run| run.name.as_str()).collect()
}

#[test]
fn kept_runs_are_joined_and_what_was_dropped_stays_dropped() {
    let [a, b, c, d] = [("a", 1), ("b", 2), ("c", 3), ("d", 4)].map(|(name, at)| run(name, at));
    let list = |runs: &[&Run]| runs.iter().map(|run| (*run).clone()).collect::<Vec<_>>();
    let base = list(&[&b, &a]);
    assert_eq!(names(&merge(&base, &list(&[&d, &b, &a]), &list(&[&c, &b, &a]))), ["d", "c", "b", "a"]);
    assert_eq!(names(&merge(&base, &list(&[&b]), &list(&[&c, &b, &a]))), ["c", "b"], "dropped here");
    assert_eq!(names(&merge(&base, &list(&[&d, &b, &a]), &list(&[&b]))), ["d", "b"], "dropped there");
    let renamed = run("mine", 1);
    assert_eq!(names(&merge(&base, &list(&[&b, &renamed]), &list(&[&c, &b, &a]))), ["c", "b", "mine"]);
    assert_eq!(names(&merge(&base, &base, &list(&[&b, &renamed]))), ["b", "mine"], "renamed there");
    assert_eq!(names(&merge(&[], &list(&[&a]), &list(&[&a]))), ["a"], "the same run once");
}

#[test]
fn two_stores_of_runs_keep_both() {
    let home = TempDir::new().unwrap();
    let store = RunsStore::at(home.path().join("runs.json"));
    store.save_changes(&[], &[run("first", 1)]).unwrap();
    store.save_changes(&[], &[run("second", 2)]).unwrap();
    let (read, problem) = store.load();
    assert_eq!((names(&read), problem), (vec!["second", "first"], None));
    store.save_changes(&read, &read[..1]).unwrap();
    assert_eq!(names(&store.load().0), ["second"]);
}
