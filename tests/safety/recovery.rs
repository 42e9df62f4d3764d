//! Commands in, state and effects out: what is kept, when it goes, and what becomes of a draft that is offered.

use std::path::PathBuf;

use jwt_workbench::jose::secret::Secret;
use jwt_workbench::template::default::default_template;
use jwt_workbench::workbench::command::{Answer, Command, DraftCommand, FileCommand, KeyCommand, Part};
use jwt_workbench::workbench::effect::{Effect, Event, Origin, Over, Pick};
use jwt_workbench::workbench::file_stamp::FileStamp;
use jwt_workbench::workbench::kept_draft::KeptDraft;
use jwt_workbench::workbench::question::Question;
use jwt_workbench::workbench::recovery::{DraftId, LeftDraft, RecoveryCommand, RecoveryEffect, RecoveryEvent};
use jwt_workbench::workbench::settings::{SafetySettings, SettingsCommand};
use uuid::Uuid;

use crate::bench::{Bench, SECRET};
use crate::drafts::draft;

const STAMP: FileStamp = FileStamp { modified: 1, len: 2, inode: 3 };
const ID: DraftId = DraftId(Uuid::from_u128(1));

fn type_claims(bench: &mut Bench, text: &str) {
    bench.apply(Command::Draft(DraftCommand::Type(Part::Claims, text.to_owned())));
}

/// What the last command wants of the kept drafts, in words.
fn wanted(bench: &Bench) -> Vec<String> {
    let words = |effect: &RecoveryEffect| match effect {
        RecoveryEffect::Keep(draft) => format!("keep {}", draft.template.claims),
        RecoveryEffect::Drop => "drop".to_owned(),
        RecoveryEffect::Adopt(id) => format!("adopt {}", id.0.as_u128()),
        RecoveryEffect::Discard(id) => format!("discard {}", id.0.as_u128()),
    };
    let recovery = bench.left.iter().filter_map(|effect| match effect {
        Effect::Recovery(effect) => Some(words(effect)),
        _ => None,
    });
    recovery.collect()
}

fn offer(bench: &mut Bench, draft: KeptDraft) {
    bench.event(Event::Recovery(RecoveryEvent::Found(vec![LeftDraft { id: ID, draft }])));
}

fn open(bench: &mut Bench) {
    bench.apply(Command::Recovery(RecoveryCommand::Open(ID)));
}

#[test]
fn what_is_typed_is_kept_until_it_is_as_it_was() {
    let mut bench = Bench::new();
    assert!(wanted(&bench).is_empty());
    type_claims(&mut bench, "{\"a\":");
    assert_eq!(wanted(&bench), ["keep {\"a\":"], "broken text, too");
    bench.apply(Command::File(FileCommand::Open));
    assert!(wanted(&bench).is_empty(), "nothing has changed");
    bench.apply(Command::Draft(DraftCommand::Undo));
    assert_eq!(wanted(&bench), ["drop"]);
    bench.apply(Command::Draft(DraftCommand::Redo));
    assert_eq!(wanted(&bench), ["keep {\"a\":"]);
}

#[test]
fn a_saved_draft_is_kept_no_more() {
    let mut bench = Bench::new();
    type_claims(&mut bench, "{}");
    bench.left.clear();
    bench.event(Event::Picked(Pick::SaveAs, Some(PathBuf::from("/tmp/a.jwt.json"))));
    assert!(wanted(&bench).is_empty(), "not before it is on the disk");
    bench.event(Event::Saved(PathBuf::from("/tmp/a.jwt.json"), Ok(STAMP)));
    assert_eq!(wanted(&bench), ["drop"]);
    type_claims(&mut bench, "{\"b\":1}");
    let Some(Effect::Recovery(RecoveryEffect::Keep(kept))) = bench.left.pop() else { panic!() };
    assert_eq!(kept.origin, Some(Origin { path: "/tmp/a.jwt.json".into(), stamp: Some(STAMP) }));
}

#[test]
fn closing_without_saving_drops_it_before_the_window_goes() {
    let mut bench = Bench::new();
    type_claims(&mut bench, "{}");
    bench.apply(Command::File(FileCommand::Quit));
    assert!(wanted(&bench).is_empty(), "the question is open");
    bench.apply(Command::File(FileCommand::Answer(Answer::Discard)));
    assert!(
        matches!(bench.left[..], [Effect::Recovery(RecoveryEffect::Drop), Effect::Quit]),
        "first the draft, then the window: {:?}",
        bench.left
    );
    type_claims(&mut bench, "{\"late\":1}");
    assert!(wanted(&bench).is_empty());
}

#[test]
fn the_switch_drops_what_is_kept_and_keeps_again() {
    let mut bench = Bench::new();
    type_claims(&mut bench, "{}");
    let safety = |keep_drafts| {
        Command::Settings(SettingsCommand::Safety(SafetySettings { keep_drafts, ..SafetySettings::default() }))
    };
    bench.apply(safety(false));
    assert_eq!(wanted(&bench), ["drop"]);
    assert!(!bench.workbench.settings().safety.keep_drafts);
    type_claims(&mut bench, "{\"a\":1}");
    assert!(wanted(&bench).is_empty());
    bench.apply(safety(true));
    assert_eq!(wanted(&bench), ["keep {\"a\":1}"]);
}

#[test]
fn no_key_is_ever_in_what_is_kept() {
    let mut bench = Bench::new();
    bench.apply(Command::Key(KeyCommand::SetSecret(Secret::from("tweet-canary-tweet-canary-tweet-canary".to_owned()))));
    type_claims(&mut bench, "{}");
    let Some(Effect::Recovery(RecoveryEffect::Keep(kept))) = bench.left.pop() else { panic!() };
    let text = kept.to_text();
    assert!(!text.contains("tweet") && !text.contains(SECRET), "{text}");
}

#[test]
fn a_draft_with_a_private_key_in_it_is_dropped_and_that_is_said_once() {
    let mut bench = Bench::new();
    let notices = |bench: &Bench| bench.workbench.notices().list().len();
    type_claims(&mut bench, "{\"a\":1}");
    type_claims(&mut bench, "{\"pem\":\"-----BEGIN PRIVATE KEY-----\\nMI\"}");
    assert_eq!((wanted(&bench), notices(&bench)), (vec!["drop".to_owned()], 1));
    let id = bench.workbench.notices().list()[0].id;
    bench.apply(Command::View(jwt_workbench::workbench::command::ViewCommand::DismissNotice(id)));
    type_claims(&mut bench, "{\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}}");
    assert_eq!((wanted(&bench), notices(&bench)), (Vec::new(), 0));
    type_claims(&mut bench, "{}");
    assert_eq!(wanted(&bench), ["keep {}"]);
}

#[test]
fn an_offered_draft_opens_unsaved_and_is_this_windows_from_then_on() {
    let mut bench = Bench::new();
    offer(&mut bench, draft("{\"left\": 1}", 7));
    assert_eq!(bench.workbench.recovery().offers().len(), 1);
    assert_eq!(bench.workbench.draft().template(), &default_template(), "nothing happens by itself");
    open(&mut bench);
    assert_eq!(wanted(&bench), ["adopt 1", "keep {\"left\": 1}"]);
    assert_eq!(bench.workbench.draft().text(Part::Claims), "{\"left\": 1}");
    assert!(bench.workbench.draft().is_unsaved() && bench.workbench.recovery().offers().is_empty());
    open(&mut bench);
    assert!(bench.left.is_empty(), "there is no such draft any more");
    type_claims(&mut bench, "{}");
    bench.apply(Command::Draft(DraftCommand::Undo));
    assert!(bench.workbench.draft().is_unsaved(), "it never was on the disk");
}

#[test]
fn an_offered_draft_is_tied_to_its_file_as_that_was() {
    let origin = Origin { path: "/tmp/a.jwt.json".into(), stamp: Some(STAMP) };
    let mut bench = Bench::new();
    offer(&mut bench, KeptDraft { origin: Some(origin.clone()), ..draft("{}", 7) });
    open(&mut bench);
    let watched = bench.left.iter().any(|effect| matches!(effect, Effect::Watch(Some(watched)) if *watched == origin));
    assert!(watched, "the watcher tells when it is another one by now");
    bench.apply(Command::File(FileCommand::Save));
    assert!(
        matches!(&bench.left[..], [Effect::Save { over: Over::Known(STAMP), .. }]),
        "and saving asks: {:?}",
        bench.left
    );
    bench.event(Event::Saved(origin.path, Ok(FileStamp { modified: 9, ..STAMP })));
    assert!(!bench.workbench.draft().is_unsaved());
    assert_eq!(wanted(&bench), ["drop"]);
}

#[test]
fn unsaved_work_is_asked_about_before_an_offered_draft_takes_its_place() {
    let mut bench = Bench::new();
    offer(&mut bench, draft("{\"left\":1}", 7));
    type_claims(&mut bench, "{\"mine\":1}");
    open(&mut bench);
    assert!(matches!(bench.workbench.question(), Some(Question::Unsaved { .. })));
    bench.apply(Command::File(FileCommand::Answer(Answer::Cancel)));
    assert_eq!(bench.workbench.draft().text(Part::Claims), "{\"mine\":1}");
    assert_eq!(bench.workbench.recovery().offers().len(), 1, "it is offered still");
    open(&mut bench);
    bench.apply(Command::File(FileCommand::Answer(Answer::Discard)));
    assert_eq!(wanted(&bench), ["adopt 1", "keep {\"left\":1}"]);
}

#[test]
fn a_discarded_draft_is_gone() {
    let mut bench = Bench::new();
    offer(&mut bench, draft("{}", 7));
    bench.apply(Command::Recovery(RecoveryCommand::Discard(ID)));
    assert_eq!(wanted(&bench), ["discard 1"]);
    assert!(bench.workbench.recovery().offers().is_empty() && !bench.workbench.draft().is_unsaved());
    bench.apply(Command::Recovery(RecoveryCommand::Discard(ID)));
    assert!(wanted(&bench).is_empty());
}
