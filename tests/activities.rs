//! What goes on elsewhere: it is told, it can be stopped, and the error it left goes with the next attempt.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says why")]

#[path = "common/bench.rs"]
mod bench;

use std::path::PathBuf;

use bench::Bench;
use jwt_workbench::jose::error::Problem;
use jwt_workbench::jose::jwa::KeyKind;
use jwt_workbench::workbench::activity::{Activity, ActivityKind};
use jwt_workbench::workbench::bench::Bench as Kind;
use jwt_workbench::workbench::command::{Command, Copied, FileCommand, KeyCommand, TimingCommand};
use jwt_workbench::workbench::effect::{Effect, Event, Over, Pick, SaveFailure};
use jwt_workbench::workbench::file_stamp::FileStamp;
use jwt_workbench::workbench::file_task::FileTask;
use jwt_workbench::workbench::notice::NoticeKind;
use jwt_workbench::workbench::page::Page;

impl Bench {
    fn activity(&self) -> Option<Activity> {
        self.workbench.activities().into_iter().next()
    }

    fn words(&self) -> Option<String> {
        self.activity().map(|activity| activity.words)
    }

    fn errors(&self) -> Vec<&str> {
        let notices = self.workbench.notices().list().iter();
        notices.filter(|notice| notice.kind == NoticeKind::Error).map(|notice| notice.text.as_str()).collect()
    }

    fn save_as(&mut self, path: &str) {
        self.apply(Command::File(FileCommand::SaveAs));
        self.event(Event::Picked(Pick::SaveAs, Some(PathBuf::from(path))));
    }
}

fn stamp() -> FileStamp {
    let file = tempfile::NamedTempFile::new().unwrap();
    jwt_workbench::jobs::files::stamp(file.path()).unwrap()
}

fn full() -> Problem {
    Problem::new("disk-full", "The disk is full")
}

#[test]
fn a_bench_at_rest_does_nothing() {
    assert!(Bench::new().workbench.activities().is_empty());
}

#[test]
fn a_key_is_generated_until_it_is_there_or_stopped() {
    let mut bench = Bench::new();
    bench.apply(Command::Key(KeyCommand::Generate(KeyKind::Rsa, Some(4_096))));
    assert_eq!(bench.words().as_deref(), Some("Generating RSA 4096 key"));
    let stop = bench.activity().and_then(|activity| activity.stop).expect("it can be stopped");
    bench.apply(stop);
    assert_eq!(bench.words(), None);
}

#[test]
fn measuring_the_draft_is_told_with_its_share() {
    let mut bench = Bench::new();
    bench.apply(Command::Timing(TimingCommand::Measure));
    let activity = bench.activity().expect("it measures");
    assert_eq!((activity.kind, activity.share), (ActivityKind::Timing, Some(0.0)));
    bench.apply(activity.stop.expect("it can be stopped"));
    assert!(bench.left.iter().any(|effect| matches!(effect, Effect::StopSampling)));
    assert_eq!(bench.words(), None);
}

#[test]
fn files_are_told_until_they_are_written_or_not() {
    let mut bench = Bench::new();
    bench.save_as("/docs/a\u{202e}.jwt.json");
    let words = bench.words().expect("it is being saved");
    assert!(words.starts_with("Saving a") && !words.contains('\u{202e}'), "{words}");
    bench.event(Event::Saved(PathBuf::from("/docs/a\u{202e}.jwt.json"), Ok(stamp())));
    assert_eq!(bench.words(), None);
    bench.apply(Command::File(FileCommand::OpenPath(PathBuf::from("/docs/b.jwt.json"))));
    assert_eq!(bench.words().as_deref(), Some("Opening b.jwt.json"));
    bench.event(Event::Opened(PathBuf::from("/docs/b.jwt.json"), Err(full())));
    assert_eq!(bench.words(), None);
}

#[test]
fn an_error_stays_until_the_next_attempt() {
    let mut bench = Bench::new();
    bench.save_as("/full/a.jwt.json");
    bench.event(Event::Saved(PathBuf::from("/full/a.jwt.json"), Err(SaveFailure::Problem(full()))));
    assert_eq!(bench.errors(), ["The disk is full"]);
    bench.now += 3_600;
    bench.workbench.tick(bench.now);
    bench.apply(Command::File(FileCommand::OpenPath(PathBuf::from("/docs/b.jwt.json"))));
    assert_eq!(bench.errors(), ["The disk is full"], "opening another file solves nothing");
    bench.save_as("/docs/a.jwt.json");
    assert!(bench.errors().is_empty());
    assert!(bench.left.iter().any(|effect| matches!(effect, Effect::Save { over: Over::Anything, .. })));
}

#[test]
fn an_error_of_the_clipboard_goes_with_the_next_copy() {
    let mut bench = Bench::new();
    bench.apply(Command::Copy(Copied::Token));
    let Some(Effect::Copy { what, .. }) = bench.left.pop() else { panic!("it is copied") };
    bench.event(Event::Copied(what, Err(Problem::new("clipboard", "The clipboard cannot be used"))));
    assert_eq!(bench.errors(), ["The clipboard cannot be used"]);
    bench.apply(Command::Copy(Copied::Token));
    assert!(bench.errors().is_empty());
}

#[test]
fn every_activity_but_a_file_has_a_page_that_shows_it() {
    let benches = Kind::ALL.map(ActivityKind::Bench);
    let others = [ActivityKind::Minting, ActivityKind::Timing, ActivityKind::KeyGeneration, ActivityKind::Diagnosis];
    for kind in benches.into_iter().chain(others) {
        assert!(kind.page().is_some_and(|page| kind.is_shown_on(page)), "{kind:?}");
        assert!(!kind.is_shown_on(Page::Settings), "{kind:?}");
    }
    assert_eq!(ActivityKind::File(FileTask::Save).page(), None);
}
