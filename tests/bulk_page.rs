//! Minting many in the workbench: commands in, state and effects out.
#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

#[path = "common/bench.rs"]
mod bench;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jwt_workbench::bulk::plan::{Faulty, Form, Order, Supply};
use jwt_workbench::bulk::preview::Preview;
use jwt_workbench::bulk::progress::{Ended, Outcome, Progress};
use jwt_workbench::jose::error::Problem;
use jwt_workbench::workbench::bulk::run::Phase;
use jwt_workbench::workbench::bulk::setup::{By, Setup};
use jwt_workbench::workbench::bulk::{BulkCommand, BulkEffect, BulkEvent, BulkState, Destination};
use jwt_workbench::workbench::command::{Answer, Command, DraftCommand, FileCommand, Part, ViewCommand};
use jwt_workbench::workbench::effect::{Effect, Event, Over, Pick};
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::question::Question;

use bench::{Bench, NOW};

trait Many {
    fn many(&mut self, command: BulkCommand) -> &mut Self;
    fn set(&mut self, change: impl FnOnce(&mut Setup)) -> &mut Self;
    fn bulk(&self) -> &BulkState;
    fn claims(&mut self, text: &str) -> &mut Self;
    fn go(&mut self, page: Page) -> &mut Self;
    fn preview(&self) -> Option<(&Order, u64)>;
    fn previewed(&mut self, preview: Result<Preview, Problem>) -> &mut Self;
    fn tell(&mut self, event: BulkEvent) -> &mut Self;
    fn picked(&mut self, path: &str) -> &mut Self;
    fn minting(&self) -> (u64, &Order, &Destination, Option<&Path>);
    fn ended(&mut self, minted: u64, ended: Ended, resume: Option<u64>) -> &mut Self;
    fn phase(&self) -> Option<&Phase>;
}

impl Many for Bench {
    fn many(&mut self, command: BulkCommand) -> &mut Self {
        self.apply(Command::Bulk(command))
    }

    fn set(&mut self, change: impl FnOnce(&mut Setup)) -> &mut Self {
        let mut setup = self.bulk().setup().clone();
        change(&mut setup);
        self.many(BulkCommand::SetUp(Box::new(setup)))
    }

    fn bulk(&self) -> &BulkState {
        self.workbench.bulk()
    }

    fn claims(&mut self, text: &str) -> &mut Self {
        self.apply(Command::Draft(DraftCommand::Type(Part::Claims, text.to_owned())))
    }

    fn go(&mut self, page: Page) -> &mut Self {
        self.apply(Command::View(ViewCommand::Page(page)))
    }

    /// The preview that the last command asked for.
    fn preview(&self) -> Option<(&Order, u64)> {
        self.left.iter().find_map(|effect| match effect {
            Effect::Bulk(BulkEffect::Preview(order, ticket)) => Some((order.as_ref(), *ticket)),
            _ => None,
        })
    }

    fn previewed(&mut self, preview: Result<Preview, Problem>) -> &mut Self {
        let (_, ticket) = self.preview().expect("a preview is asked for");
        self.tell(BulkEvent::Previewed(ticket, preview.map(Box::new)))
    }

    fn tell(&mut self, event: BulkEvent) -> &mut Self {
        self.left.clear();
        self.event(Event::Bulk(event));
        self
    }

    /// A path is asked for, and this one chosen in a dialog.
    #[track_caller]
    fn picked(&mut self, path: &str) -> &mut Self {
        let pick = self.left.iter().find_map(|effect| match effect {
            Effect::Pick(pick, _) => Some(*pick),
            _ => None,
        });
        self.left.clear();
        self.event(Event::Picked(pick.expect("a path is asked for"), Some(PathBuf::from(path))));
        self
    }

    #[track_caller]
    fn minting(&self) -> (u64, &Order, &Destination, Option<&Path>) {
        let minting = self.left.iter().find_map(|effect| match effect {
            Effect::Bulk(BulkEffect::Mint { ticket, order, destination, rejects }) => {
                Some((*ticket, order.as_ref(), destination, rejects.as_deref()))
            }
            _ => None,
        });
        minting.unwrap_or_else(|| panic!("nothing is minted: {:?}", self.left))
    }

    /// The run that the last command began ends so.
    fn ended(&mut self, minted: u64, ended: Ended, resume: Option<u64>) -> &mut Self {
        let (ticket, order, ..) = self.minting();
        let total = match order.plan.supply {
            Supply::Count(count) => Some(count - order.plan.from),
            Supply::Rows(_) => None,
        };
        let elapsed = Duration::from_secs(1);
        let progress = Progress { minted, skipped: 0, total, bytes: 100 * minted, elapsed };
        self.tell(BulkEvent::Minted(ticket, Box::new(Outcome { progress, ended, resume, faults: Vec::new() })))
    }

    fn phase(&self) -> Option<&Phase> {
        self.bulk().run().map(|run| run.phase())
    }
}

const ROWS: &str = r#"{"sub":"{{name}}"}"#;

fn page() -> Bench {
    let mut bench = Bench::new();
    bench.workbench.set_cores(4);
    bench.go(Page::Bulk);
    bench
}

fn preview() -> Preview {
    Preview { total: Some(1_000), tokens: vec![Ok("x".repeat(99))], ..Preview::default() }
}

fn columns(columns: &[&str]) -> Preview {
    Preview { columns: columns.iter().map(|name| (*name).to_owned()).collect(), ..preview() }
}

fn full() -> Ended {
    Ended::Failed(Problem::new("disk-full", "The disk is full").help("Make room."))
}

/// A run into `/out/tokens.txt` has begun.
fn running() -> Bench {
    let mut bench = page();
    bench.many(BulkCommand::Mint).picked("/out/tokens.txt");
    bench
}

#[test]
fn a_preview_is_made_only_while_the_page_is_on_show_and_follows_the_draft() {
    let mut bench = Bench::new();
    assert!(bench.claims(r#"{"n":"{{counter}}"}"#).preview().is_none(), "nobody sees it");
    let (order, first) = bench.go(Page::Bulk).preview().expect("it is seen now");
    assert_eq!(order.template.claims, r#"{"n":"{{counter}}"}"#);
    assert_eq!((order.now, &order.plan.supply), (NOW, &Supply::Count(1_000)));
    let (_, second) = bench.claims("{}").preview().expect("the draft changed");
    bench.tell(BulkEvent::Previewed(first, Ok(Box::new(columns(&["old"])))));
    assert!(bench.bulk().preview().is_none() && bench.bulk().is_previewing(), "that was of an earlier draft");
    bench.tell(BulkEvent::Previewed(second, Ok(Box::new(preview()))));
    assert!(bench.bulk().preview().is_some() && !bench.bulk().is_previewing());
    assert!(bench.go(Page::Craft).claims(r#"{"a":1}"#).preview().is_none());
    assert!(bench.go(Page::Bulk).preview().is_some());
}

#[test]
fn choices_that_change_no_token_need_no_new_preview() {
    let mut bench = page();
    assert!(bench.set(|setup| setup.form = Form::Wrk).preview().is_none());
    assert!(bench.set(|setup| setup.url = "http://localhost/".to_owned()).preview().is_none());
    assert!(bench.set(|setup| setup.count = 7).preview().is_some());
    assert!(bench.set(|setup| setup.from = 3).preview().is_some());
    bench.set(|setup| (setup.count, setup.from) = (0, 5));
    assert_eq!((bench.bulk().setup().count, bench.bulk().setup().from), (1, 0), "kept in their ranges");
}

#[test]
fn what_cannot_be_minted_says_why() {
    let mut bench = page();
    assert!(bench.workbench.can_mint_many().is_ok());
    bench.claims("{");
    assert!(bench.preview().is_none() && bench.bulk().preview().is_none());
    let why = bench.workbench.can_mint_many().unwrap_err();
    assert_eq!(Some(&why), bench.workbench.draft_obstacle());
    bench.many(BulkCommand::Mint);
    assert!(bench.left.is_empty(), "no path is asked for");
    assert_eq!(bench.workbench.notices().list().last().unwrap().text, why.message);
    bench.claims(r#"{"a":1}"#).previewed(Err(Problem::new("x", "The file is gone").help("Choose another.")));
    assert_eq!(bench.workbench.can_mint_many().unwrap_err().message, "The file is gone");
}

#[test]
fn a_variable_that_the_draft_does_not_know_may_be_a_column() {
    let mut bench = page();
    bench.claims(ROWS);
    assert!(bench.workbench.draft_obstacle().is_some(), "by count nothing fills it in");
    bench.set(|setup| setup.by = By::Rows);
    assert!(bench.workbench.draft_obstacle().is_none());
    assert_eq!(bench.workbench.can_mint_many().unwrap_err().code, "bulk-no-rows");
    bench.many(BulkCommand::PickRows).picked("/data/users.csv");
    assert_eq!(bench.preview().unwrap().0.plan.supply, Supply::Rows(PathBuf::from("/data/users.csv")));
    bench.previewed(Ok(columns(&["name", "note"])));
    assert_eq!(bench.bulk().unused_columns(), ["note"]);
    assert!(bench.workbench.can_mint_many().is_ok());
    bench.many(BulkCommand::ReadAgain);
    bench.previewed(Ok(Preview { unfilled: vec!["name".to_owned()], ..columns(&["note"]) }));
    assert_eq!(bench.workbench.can_mint_many().unwrap_err().code, "bulk-unfilled");
    bench.many(BulkCommand::ReadAgain).previewed(Ok(Preview { total: Some(0), ..columns(&["name"]) }));
    assert_eq!(bench.workbench.can_mint_many().unwrap_err().code, "bulk-empty");
}

#[test]
fn tokens_that_would_all_be_the_same_are_told_and_get_an_identifier_by_a_minimal_edit() {
    let mut bench = page();
    bench.claims("{ \"sub\": \"a\" }");
    assert!(bench.bulk().is_same());
    bench.many(BulkCommand::AddIdentifier);
    assert_eq!(bench.workbench.draft().text(Part::Claims), "{ \"sub\": \"a\", \"jti\": \"{{uuid}}\" }");
    assert!(!bench.bulk().is_same() && bench.preview().is_some());
    bench.apply(Command::Draft(DraftCommand::Undo));
    assert!(bench.bulk().is_same(), "undo takes it back");
    bench.claims(r#"{"n":"{{counter:5}}"}"#);
    assert!(!bench.bulk().is_same());
}

#[test]
fn the_size_is_estimated_from_the_first_token() {
    let mut bench = page();
    assert_eq!(bench.workbench.estimate(), None, "there is no token yet");
    bench.set(|setup| setup.count = 10_000).previewed(Ok(preview()));
    let estimate = bench.workbench.estimate().unwrap();
    assert_eq!((estimate.tokens, estimate.bytes), (10_000, 1_000_000));
    bench.set(|setup| setup.from = 5_000).previewed(Ok(preview()));
    assert_eq!(bench.workbench.estimate().unwrap().tokens, 5_000);
}

#[test]
fn a_run_goes_from_its_path_to_its_end() {
    let mut bench = page();
    bench.set(|setup| setup.count = 500).many(BulkCommand::Mint);
    assert!(matches!(&bench.left[..], [Effect::Pick(Pick::BulkOutput(Form::Lines), start)]
        if start.ends_with("tokens.txt")));
    bench.now += 60;
    bench.picked("/out/tokens.txt");
    let (ticket, order, destination, rejects) = bench.minting();
    assert_eq!(*destination, Destination::File(PathBuf::from("/out/tokens.txt"), Over::Anything));
    assert_eq!((order.now, rejects), (NOW + 60, None), "the time is that of the run");
    assert_eq!(order.plan.threads.get(), 4, "all cores");
    assert_eq!(bench.phase(), Some(&Phase::Going));
    assert_eq!(bench.workbench.can_mint_many().unwrap_err().code, "bulk-busy");
    let progress = Progress { minted: 100, total: Some(500), ..Progress::default() };
    bench.tell(BulkEvent::Minting(ticket, progress));
    assert_eq!(bench.bulk().run().unwrap().share(), Some(0.2));
    bench.tell(BulkEvent::Minting(ticket + 1, Progress::default()));
    assert_eq!(bench.bulk().run().unwrap().progress().minted, 100, "that was of another run");
    let progress = Progress { minted: 500, ..progress };
    let outcome = Outcome { progress, ended: Ended::Done, resume: None, faults: Vec::new() };
    bench.tell(BulkEvent::Minted(ticket, Box::new(outcome)));
    assert_eq!(bench.phase(), Some(&Phase::Over(Ended::Done)));
    assert!(bench.workbench.notices().list().is_empty(), "the page says it");
    assert!(bench.workbench.can_mint_many().is_ok());
    assert!(bench.many(BulkCommand::Forget).bulk().run().is_none());
}

#[test]
fn no_path_means_no_run() {
    let mut bench = page();
    bench.many(BulkCommand::Mint).event(Event::Picked(Pick::BulkOutput(Form::Lines), None));
    bench.event(Event::Picked(Pick::BulkOutput(Form::Lines), Some(PathBuf::from("/out/late"))));
    assert!(bench.bulk().run().is_none());
}

#[test]
fn a_folder_is_asked_for_where_each_token_is_a_file() {
    let mut bench = page();
    bench.set(|setup| setup.form = Form::Folder).many(BulkCommand::Mint).picked("/out/many");
    assert_eq!(*bench.minting().2, Destination::Folder(PathBuf::from("/out/many")));
}

#[test]
fn faulty_rows_go_beside_the_tokens_when_they_are_left_out() {
    let mut bench = page();
    bench.claims(ROWS).many(BulkCommand::UseRows(PathBuf::from("/data/users.csv"))).previewed(Ok(columns(&["name"])));
    bench.set(|setup| setup.faulty = Faulty::Skip).many(BulkCommand::Mint).picked("/out/tokens.txt");
    assert_eq!(bench.minting().3, Some(Path::new("/out/tokens.rejects.csv")));
}

#[test]
fn a_run_waits_goes_on_and_is_cancelled() {
    let mut bench = running();
    let ticket = bench.minting().0;
    assert!(matches!(bench.many(BulkCommand::GoOn).left[..], []), "it does not wait");
    assert!(matches!(bench.many(BulkCommand::Pause).left[..], [Effect::Bulk(BulkEffect::Pause)]));
    assert_eq!(bench.phase(), Some(&Phase::Paused));
    assert!(matches!(bench.many(BulkCommand::GoOn).left[..], [Effect::Bulk(BulkEffect::GoOn)]));
    assert!(matches!(bench.many(BulkCommand::Cancel).left[..], [Effect::Bulk(BulkEffect::Cancel)]));
    assert_eq!(bench.phase(), Some(&Phase::Ending));
    assert!(matches!(bench.many(BulkCommand::Pause).left[..], []), "what ends does not wait");
    let outcome =
        Outcome { progress: Progress::default(), ended: Ended::Cancelled, resume: Some(7), faults: Vec::new() };
    bench.tell(BulkEvent::Minted(ticket, Box::new(outcome)));
    assert_eq!(bench.bulk().run().unwrap().resume(), Some(7));
}

#[test]
fn a_run_that_failed_goes_on_behind_what_is_there() {
    let mut bench = running();
    let first = bench.minting().0;
    bench.ended(420, full(), Some(420));
    bench.now += 3_600;
    bench.claims(r#"{"other":true}"#).many(BulkCommand::Resume);
    let (ticket, order, destination, _) = bench.minting();
    assert_ne!(ticket, first);
    assert_eq!(*destination, Destination::Append(PathBuf::from("/out/tokens.txt")));
    assert_eq!((order.plan.from, order.now), (420, NOW + 3_600));
    assert_ne!(order.template.claims, r#"{"other":true}"#, "it is the same run, whatever became of the draft");
    bench.tell(BulkEvent::Minting(first, Progress::default()));
    let run = bench.bulk().run().unwrap();
    assert_eq!((run.progress().minted, run.progress().total), (420, Some(1_000)), "both parts together");
    bench.many(BulkCommand::Pause).many(BulkCommand::GoOn).many(BulkCommand::Resume);
    assert!(bench.left.is_empty(), "it is resumed already");
}

#[test]
fn both_parts_of_a_resumed_run_are_told_together() {
    let mut bench = running();
    bench.ended(420, full(), Some(420)).many(BulkCommand::Resume).ended(580, Ended::Done, None);
    let progress = bench.bulk().run().unwrap().progress();
    assert_eq!((progress.minted, progress.total, progress.bytes), (1_000, Some(1_000), 100_000));
    assert_eq!(progress.elapsed, Duration::from_secs(2));
    assert!(bench.many(BulkCommand::Resume).left.is_empty(), "there is no rest");
}

#[test]
fn a_run_that_wrote_nothing_begins_anew_and_a_rest_that_cannot_be_begun_is_still_there() {
    let mut bench = running();
    bench.ended(0, Ended::Cancelled, Some(0)).many(BulkCommand::Resume);
    assert_eq!(*bench.minting().2, Destination::File(PathBuf::from("/out/tokens.txt"), Over::Anything));
    bench.ended(420, full(), Some(420)).many(BulkCommand::Resume).ended(0, full(), None);
    let run = bench.bulk().run().unwrap();
    assert_eq!((run.resume(), run.progress().minted), (Some(420), 420));
}

#[test]
fn the_end_is_told_on_another_page() {
    let mut bench = running();
    let minting = std::mem::take(&mut bench.left);
    bench.go(Page::Craft).left = minting;
    bench.ended(1_000, Ended::Done, None);
    assert_eq!(bench.workbench.notices().list().last().unwrap().text, "1,000 tokens minted into /out/tokens.txt.");
}

#[test]
fn a_typed_path_of_a_file_that_is_there_is_asked_about() {
    let mut bench = page();
    bench.many(BulkCommand::Mint);
    bench.event(Event::PickUnavailable(Pick::BulkOutput(Form::Lines), PathBuf::from("/out")));
    bench.apply(Command::File(FileCommand::AnswerPath(PathBuf::from("/out/tokens.txt"))));
    assert_eq!(*bench.minting().2, Destination::File(PathBuf::from("/out/tokens.txt"), Over::Nothing));
    let exists = Problem::new("file-exists", "There is such a file already").help("Choose another name.");
    bench.ended(0, Ended::Failed(exists), None);
    assert!(matches!(bench.workbench.question(), Some(Question::ReplaceTokens { .. })));
    bench.apply(Command::File(FileCommand::Answer(Answer::Save)));
    assert_eq!(*bench.minting().2, Destination::File(PathBuf::from("/out/tokens.txt"), Over::Anything));
}

#[test]
fn quitting_asks_while_tokens_are_minted_and_waits_for_the_end() {
    let mut bench = running();
    let minting = std::mem::take(&mut bench.left);
    bench.apply(Command::File(FileCommand::Quit));
    assert_eq!(bench.workbench.question(), Some(&Question::StillMinting));
    bench.apply(Command::File(FileCommand::Answer(Answer::Cancel)));
    assert!(bench.left.is_empty() && bench.bulk().is_running());
    bench.apply(Command::File(FileCommand::Quit)).apply(Command::File(FileCommand::Answer(Answer::Discard)));
    assert!(matches!(bench.left[..], [Effect::Bulk(BulkEffect::Cancel)]), "the file is finished first");
    bench.left = minting;
    bench.ended(10, Ended::Cancelled, Some(10));
    assert!(matches!(bench.left[..], [Effect::Quit]));
}
