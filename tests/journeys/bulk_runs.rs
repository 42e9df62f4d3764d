//! Whole runs, from the first click to the file: the window, and the threads that mint for it.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use jwt_workbench::bulk::progress::Ended;
use jwt_workbench::jobs::Jobs;
use jwt_workbench::jobs::settings_store::SettingsStore;
use jwt_workbench::jose::base64url;
use jwt_workbench::jose::compact;
use jwt_workbench::jose::jwa::Algorithm;
use jwt_workbench::workbench::bulk::BulkCommand;
use jwt_workbench::workbench::bulk::run::Phase;
use jwt_workbench::workbench::command::{Command, DraftCommand, Part, ViewCommand};
use jwt_workbench::workbench::effect::{Effect, Event, Pick};
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::settings::Theme;

use super::bench::Bench;
use super::jobless::{JoblessWindow, has, open, press_button, type_into};

/// The window over a draft of some claims, with the jobs of minting many.
struct Mint {
    window: JoblessWindow,
    jobs: Jobs,
}

impl Mint {
    fn new(claims: &str) -> Self {
        let mut bench = Bench::new();
        bench.workbench.set_cores(2);
        bench.apply(Command::Draft(DraftCommand::Type(Part::Claims, claims.to_owned())));
        bench.apply(Command::View(ViewCommand::Page(Page::Bulk)));
        let window = open(bench, None, [1280.0, 820.0], Theme::Dark);
        Self { window, jobs: Jobs::new(SettingsStore::nowhere(), || {}) }
    }

    /// Runs what was asked of the jobs, and takes in what came of it.
    fn work(&mut self) {
        for effect in std::mem::take(&mut self.window.state_mut().asked) {
            if matches!(effect, Effect::Bulk(_)) {
                self.jobs.run(effect);
            }
        }
        while let Some(event) = self.jobs.poll() {
            if matches!(event, Event::Bulk(_)) {
                self.window.state_mut().event(event);
            }
        }
        self.window.step();
    }

    #[track_caller]
    fn until(&mut self, what: &str, condition: impl Fn(&JoblessWindow) -> bool) {
        let started = Instant::now();
        while !condition(&self.window) {
            assert!(started.elapsed() < Duration::from_secs(60), "waited for {what}: {:?}", self.phase());
            std::thread::sleep(Duration::from_millis(2));
            self.work();
        }
    }

    fn phase(&self) -> Option<&Phase> {
        self.window.state().bench.workbench.bulk().run().map(|run| run.phase())
    }

    /// Mints into this file, as if a dialog had asked for it.
    fn start(&mut self, path: &Path) {
        self.until("the preview", |window| window.state().bench.workbench.can_mint_many().is_ok());
        press_button(&mut self.window, "Mint…");
        let picks = self.window.state().asked.iter();
        let pick = picks.into_iter().find_map(|effect| match effect {
            Effect::Pick(pick @ Pick::BulkOutput(_), _) => Some(*pick),
            _ => None,
        });
        let picked = Event::Picked(pick.expect("a path is asked for"), Some(path.to_owned()));
        self.window.state_mut().event(picked);
        self.work();
    }

    fn end(&mut self) -> Ended {
        self.until("the end", |window| !window.state().bench.workbench.bulk().is_running());
        match self.phase() {
            Some(Phase::Over(ended)) => ended.clone(),
            other => panic!("{other:?}"),
        }
    }
}

/// The payloads of the tokens in a file, a line each, whose signatures are those of the draft's key.
fn payloads(path: &Path, mint: &Mint) -> Vec<String> {
    let workbench = &mint.window.state().bench.workbench;
    let signer = workbench.active_key().expect("a key").signer(Algorithm::HS256).unwrap();
    let check = |token: &str| {
        let mut parts = token.split('.').map(|part| base64url::decode(part).unwrap());
        let (header, payload) = (parts.next().unwrap(), parts.next().unwrap());
        assert_eq!(compact::mint(&signer, &header, &payload).unwrap().as_str(), token);
        String::from_utf8(payload).unwrap()
    };
    fs::read_to_string(path).unwrap().lines().map(check).collect()
}

/// The file holds the tokens of the numbers from 1 to `count`, in order.
#[track_caller]
fn check_numbers(path: &Path, mint: &Mint, count: u64) {
    let payloads = payloads(path, mint);
    let stray = (1..).zip(&payloads).find(|(number, payload)| **payload != format!("{{\"n\":{number}}}"));
    assert_eq!(stray, None);
    assert_eq!(payloads.len() as u64, count);
}

#[test]
fn so_many_tokens_are_minted_into_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tokens.txt");
    let mut mint = Mint::new(r#"{"n":"{{counter}}"}"#);
    type_into(&mut mint.window, "Tokens", "2,500");
    mint.start(&path);
    assert_eq!(mint.end(), Ended::Done);
    check_numbers(&path, &mint, 2_500);
    mint.window.run_steps(2);
    assert!(has(&mint.window, "2,500") && has(&mint.window, "Minted"));
}

#[test]
fn the_estimate_is_near_the_size_that_comes_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tokens.txt");
    let mut mint = Mint::new(r#"{"id":"{{uuid}}"}"#);
    mint.until("the preview", |window| window.state().bench.workbench.estimate().is_some());
    let estimate = mint.window.state().bench.workbench.estimate().unwrap();
    mint.start(&path);
    assert_eq!(mint.end(), Ended::Done);
    assert_eq!((estimate.tokens, estimate.bytes), (1_000, fs::metadata(&path).unwrap().len()));
}

#[test]
fn rows_become_tokens_and_faulty_ones_are_kept_aside() {
    let folder = tempfile::tempdir().unwrap();
    let rows = folder.path().join("users.csv");
    fs::write(&rows, "name,tenant\nann,acme\nbob\nZoë,\"a,b\"\n").unwrap();
    let path = folder.path().join("tokens.txt");
    let mut mint = Mint::new(r#"{"sub":"{{name}}","tenant":"{{tenant}}"}"#);
    mint.window.state_mut().apply(Command::Bulk(BulkCommand::UseRows(rows)));
    mint.until("the rows", |window| has(window, "3 rows"));
    assert!(has(&mint.window, "line 3"), "the faulty row is listed before anything is minted");
    mint.start(&path);
    assert!(matches!(mint.end(), Ended::Failed(_)), "it ends the run");
    assert_eq!(payloads(&path, &mint), [r#"{"sub":"ann","tenant":"acme"}"#], "what came before stays");
    mint.window.get_by_role_and_label(Role::RadioButton, "Leave out").click();
    mint.window.run_steps(3);
    mint.start(&path);
    assert_eq!(mint.end(), Ended::Done);
    let whole = [r#"{"sub":"ann","tenant":"acme"}"#, r#"{"sub":"Zoë","tenant":"a,b"}"#];
    assert_eq!(payloads(&path, &mint), whole);
    let rejects = fs::read_to_string(folder.path().join("tokens.rejects.csv")).unwrap();
    assert_eq!(rejects, "name,tenant\nbob\n");
    mint.window.run_steps(2);
    assert!(has(&mint.window, "tokens.rejects.csv"));
}

#[test]
fn a_cancelled_run_leaves_what_it_has_and_is_resumed_without_a_gap() {
    const COUNT: u64 = 60_000;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tokens.txt");
    let mut mint = Mint::new(r#"{"n":"{{counter}}"}"#);
    type_into(&mut mint.window, "Tokens", &COUNT.to_string());
    mint.start(&path);
    let minted = |window: &JoblessWindow| window.state().bench.workbench.bulk().run().map(|run| run.progress().minted);
    mint.until("the first tokens", |window| minted(window) > Some(0));
    for name in ["Pause", "Go on", "Cancel"] {
        // In an optimised build it may be done before anybody can say so.
        if matches!(mint.phase(), Some(Phase::Going | Phase::Paused)) {
            press_button(&mut mint.window, name);
            mint.work();
        }
    }
    if mint.end() == Ended::Cancelled {
        let resume = mint.window.state().bench.workbench.bulk().run().and_then(|run| run.resume()).unwrap();
        check_numbers(&path, &mint, resume);
        mint.window.run_steps(2);
        press_button(&mut mint.window, "Resume");
        assert_eq!(mint.end(), Ended::Done);
    }
    check_numbers(&path, &mint, COUNT);
    assert_eq!(minted(&mint.window), Some(COUNT));
}

#[test]
fn a_folder_that_is_gone_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut mint = Mint::new("{}");
    mint.start(&folder.path().join("gone/tokens.txt"));
    assert!(matches!(mint.end(), Ended::Failed(problem) if !problem.help.is_empty()));
    mint.window.run_steps(2);
    assert!(has(&mint.window, "Failed") && has(&mint.window, "tokens.txt"));
}
