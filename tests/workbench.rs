//! Commands in, state and effects out. Effects that need no thread are run here by hand, with a fixed clock.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on says why")]

#[path = "common/bench.rs"]
mod bench;

use std::path::PathBuf;
use std::sync::Arc;

use bench::{Bench, NOW, SECRET};
use jwt_workbench::jose::instant::InstantFormat;
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::{Secret, SecretEncoding};
use jwt_workbench::template::default::default_template;
use jwt_workbench::template::recognise::Opened;
use jwt_workbench::workbench::command::{
    Answer, Command, Copied, DraftCommand, FileCommand, KeyCommand, Part, TimingCommand,
};
use jwt_workbench::workbench::effect::{Effect, Event, Over, SaveFailure};
use jwt_workbench::workbench::expiry::Expiry;
use jwt_workbench::workbench::facts::{Place, Remedy, SignerCache, derive};
use jwt_workbench::workbench::file_stamp::FileStamp;
use jwt_workbench::workbench::notice::NoticeKind;
use jwt_workbench::workbench::question::Question;
use jwt_workbench::workbench::recovery::RecoveryEffect;

impl Bench {
    fn draft(&mut self, command: DraftCommand) -> &mut Self {
        self.apply(Command::Draft(command))
    }

    fn type_claims(&mut self, text: &str) -> &mut Self {
        self.draft(DraftCommand::Type(Part::Claims, text.to_owned()))
    }

    fn claims(&self) -> &str {
        self.workbench.draft().text(Part::Claims)
    }

    fn payload(&self) -> String {
        self.workbench.minted().expect("a token").claims.text().to_owned()
    }

    fn token(&self) -> String {
        self.workbench.minted().expect("a token").token.as_str().to_owned()
    }

    fn notice(&self) -> String {
        self.workbench.notices().list().last().map(|notice| notice.text.clone()).unwrap_or_default()
    }
}

#[test]
fn the_first_draft_is_a_working_token_of_thirty_minutes() {
    let bench = Bench::new();
    assert_eq!(bench.payload(), format!(r#"{{"sub":"user-42","iat":{NOW},"exp":{}}}"#, NOW + 1_800));
    let minted = bench.workbench.minted().unwrap();
    let verifier = Key::secret(Secret::from(SECRET.to_owned())).verifier(Algorithm::HS256).unwrap();
    let signature = jwt_workbench::jose::base64url::decode(minted.token.signature()).unwrap();
    verifier.verify(minted.token.signing_input().as_bytes(), &signature).unwrap();
    assert!(!bench.workbench.draft().is_unsaved());
}

#[test]
fn what_is_typed_is_what_is_signed() {
    let mut bench = Bench::new();
    bench.type_claims("{ \"b\": 1.0, \"a\": 1e5,\n \"n\": 100002348117421473, \"a\": \"\\u00e9/\\/\" }");
    assert_eq!(bench.payload(), r#"{"b":1.0,"a":1e5,"n":100002348117421473,"a":"\u00e9/\/"}"#);
    bench.draft(DraftCommand::SetSerialization(jwt_workbench::jose::json::Serialization::AsTyped));
    assert_eq!(bench.payload(), bench.claims());
    bench.draft(DraftCommand::SetSerialization(jwt_workbench::jose::json::Serialization::Sorted));
    assert_eq!(bench.payload(), r#"{"a":1e5,"a":"\u00e9/\/","b":1.0,"n":100002348117421473}"#);
}

#[test]
fn a_broken_text_keeps_the_last_good_token_and_says_where() {
    let mut bench = Bench::new();
    let token = bench.token();
    bench.type_claims("{\"sub\": }");
    assert!(bench.workbench.minted().is_none());
    let (last, current) = bench.workbench.last_good().unwrap();
    assert_eq!((last.token.as_str(), current), (token.as_str(), false));
    let blocked = bench.workbench.facts().outcome.as_ref().unwrap_err();
    assert_eq!(blocked.place, Place::Text(Part::Claims));
    assert_eq!(blocked.problem.span.unwrap().start, 8);
    assert!(!blocked.problem.help.is_empty());
    assert_eq!(blocked.remedies, [Remedy::JumpTo(Part::Claims, 8)]);
    bench.apply(Command::Copy(Copied::Token));
    assert!(bench.left.is_empty(), "a stale token is not copied");
}

#[test]
fn undo_and_redo_reach_every_kind_of_edit() {
    let mut bench = Bench::new();
    let start = (bench.claims().to_owned(), bench.workbench.draft().text(Part::Header).to_owned());
    let commands = [
        DraftCommand::Type(Part::Claims, r#"{"sub":"x","exp":1}"#.to_owned()),
        DraftCommand::AddClaim,
        DraftCommand::RenameClaim(2, "role".to_owned()),
        DraftCommand::SetClaim(2, "[1]".to_owned()),
        DraftCommand::MoveClaim(2, 0),
        DraftCommand::RemoveClaim(1),
        DraftCommand::SetExpiry(Expiry::Relative(300)),
        DraftCommand::SetAlgorithm(Algorithm::HS512),
        DraftCommand::SetHeaderText("kid", "dev-1".to_owned()),
        DraftCommand::SetSerialization(jwt_workbench::jose::json::Serialization::Sorted),
        DraftCommand::SetVariable { name: "tenant".to_owned(), text: "acme".to_owned(), json: false },
        DraftCommand::Format(Part::Claims),
        DraftCommand::Minify(Part::Header),
    ];
    let mut states = vec![state(&bench)];
    for command in commands {
        bench.draft(command);
        states.push(state(&bench));
    }
    bench.apply(Command::Key(KeyCommand::SetSecretEncoding(SecretEncoding::Hex)));
    states.push(state(&bench));
    bench.apply(Command::Key(KeyCommand::GenerateSecret));
    states.push(state(&bench));
    for expected in states.iter().rev().skip(1) {
        bench.draft(DraftCommand::Undo);
        assert_eq!(&state(&bench), expected);
    }
    assert_eq!(start, (bench.claims().to_owned(), bench.workbench.draft().text(Part::Header).to_owned()));
    assert!(!bench.workbench.draft().history().can_undo());
    for expected in states.iter().skip(1) {
        bench.draft(DraftCommand::Redo);
        assert_eq!(&state(&bench), expected);
    }
}

/// Everything that undo must bring back.
fn state(bench: &Bench) -> (String, String, String, String) {
    let template = bench.workbench.draft().template();
    let secret = bench.workbench.keys().secret();
    (
        template.claims.clone(),
        template.header.clone(),
        format!("{:?} {:?}", template.serialization, template.variables),
        format!("{:?} {}", secret.encoding, secret.text.as_str().unwrap()),
    )
}

#[test]
fn the_lenses_leave_all_other_bytes_alone() {
    let mut bench = Bench::new();
    bench.type_claims("{\"a\" :1.0 , \"exp\": 5,\n\t\"b\":\"\\u00e9\"}");
    bench.draft(DraftCommand::SetExpiry(Expiry::Relative(1_800)));
    assert_eq!(bench.claims(), "{\"a\" :1.0 , \"exp\": \"{{now+30m}}\",\n\t\"b\":\"\\u00e9\"}");
    bench.draft(DraftCommand::SetExpiry(Expiry::Never));
    assert_eq!(bench.claims(), "{\"a\" :1.0 ,\n\t\"b\":\"\\u00e9\"}");
    bench.draft(DraftCommand::SetHeaderText("kid", "k".to_owned()));
    assert_eq!(bench.workbench.draft().text(Part::Header), r#"{ "alg": "HS256", "typ": "JWT", "kid": "k" }"#);
    bench.draft(DraftCommand::SetHeaderText("kid", String::new()));
    assert_eq!(bench.workbench.draft().text(Part::Header), r#"{ "alg": "HS256", "typ": "JWT" }"#);
}

#[test]
fn another_algorithm_never_loses_a_key() {
    let mut bench = Bench::new();
    let p256 = Arc::new(Key::generate(KeyKind::P256, None).unwrap());
    bench.apply(Command::Key(KeyCommand::Generate(KeyKind::P256, None)));
    let Some(Effect::GenerateKey { ticket, .. }) = bench.left.pop() else { panic!("a generation") };
    bench.event(Event::KeyGenerated { ticket, key: Ok(Arc::clone(&p256)) });
    assert!(bench.workbench.minted().is_some(), "HS256 goes on with its secret");
    assert!(bench.notice().contains("P-256"), "{}", bench.notice());

    bench.draft(DraftCommand::SetAlgorithm(Algorithm::EdDSA));
    let blocked = bench.workbench.facts().outcome.as_ref().unwrap_err();
    assert_eq!(blocked.place, Place::Key);
    assert_eq!(blocked.remedies[0], Remedy::GenerateKey(KeyKind::Ed25519));
    assert!(Arc::ptr_eq(bench.workbench.keys().pair(KeyKind::P256).unwrap(), &p256));

    bench.draft(DraftCommand::SetAlgorithm(Algorithm::ES256));
    assert_eq!(bench.workbench.minted().unwrap().algorithm, Algorithm::ES256);
    bench.draft(DraftCommand::SetAlgorithm(Algorithm::HS256));
    assert!(bench.workbench.minted().is_some());
}

#[test]
fn a_cancelled_generation_leaves_no_key() {
    let mut bench = Bench::new();
    bench.apply(Command::Key(KeyCommand::Generate(KeyKind::P256, None)));
    let Some(Effect::GenerateKey { ticket, .. }) = bench.left.pop() else { panic!("a generation") };
    bench.apply(Command::Key(KeyCommand::CancelGeneration));
    bench.event(Event::KeyGenerated { ticket, key: Key::generate(KeyKind::P256, None).map(Arc::new) });
    assert!(bench.workbench.keys().ring().keys().is_empty());
}

#[test]
fn an_unsaved_draft_is_asked_about() {
    let mut bench = Bench::new();
    bench.type_claims("{\"sub\":\"changed\"}");
    assert!(bench.workbench.draft().is_unsaved());
    bench.apply(Command::File(FileCommand::New));
    assert!(matches!(bench.workbench.question(), Some(Question::Unsaved { then: FileCommand::New })));
    bench.apply(Command::File(FileCommand::Answer(Answer::Cancel)));
    assert_eq!(bench.claims(), "{\"sub\":\"changed\"}");
    bench.apply(Command::File(FileCommand::Quit)).apply(Command::File(FileCommand::Answer(Answer::Discard)));
    assert!(matches!(bench.left[..], [Effect::Recovery(RecoveryEffect::Drop), Effect::Quit]));
    bench.draft(DraftCommand::Undo);
    assert!(!bench.workbench.draft().is_unsaved(), "undo brings the saved text back");
}

#[test]
fn saving_before_closing_goes_on_only_when_it_worked() {
    let mut bench = Bench::new();
    bench.type_claims("{\"sub\":\"changed\"}");
    bench.apply(Command::File(FileCommand::Quit)).apply(Command::File(FileCommand::Answer(Answer::Save)));
    let Some(Effect::Pick(pick, _)) = bench.left.pop() else { panic!("a path is asked for") };
    let path = PathBuf::from("/tmp/a.jwt.json");
    bench.event(Event::Picked(pick, Some(path.clone())));
    let Some(Effect::Save { text, over, .. }) = bench.left.pop() else { panic!("a save") };
    assert!(text.contains(r#""claims": {"sub":"changed"}"#) && over == Over::Anything);
    bench.event(Event::Saved(
        path.clone(),
        Err(SaveFailure::Problem(jwt_workbench::jose::error::Problem::new("disk", "The disk is full"))),
    ));
    assert!(!bench.left.iter().any(|effect| matches!(effect, Effect::Quit)));
    assert!(bench.workbench.draft().is_unsaved());

    bench.apply(Command::File(FileCommand::Quit)).apply(Command::File(FileCommand::Answer(Answer::Save)));
    bench.left.clear();
    bench.event(Event::Picked(pick, Some(path.clone())));
    bench.event(Event::Saved(path, Ok(stamp(1))));
    assert!(bench.left.iter().any(|effect| matches!(effect, Effect::Quit)));
    assert!(!bench.workbench.draft().is_unsaved());
}

fn stamp(len: u64) -> FileStamp {
    FileStamp { modified: 0, len, inode: 0 }
}

#[test]
fn a_file_changed_by_another_program_is_not_overwritten_silently() {
    let mut bench = Bench::new();
    let path = PathBuf::from("/tmp/a.jwt.json");
    let opened = Opened::Template(default_template());
    bench.event(Event::Opened(path.clone(), Ok((Box::new(opened), stamp(1)))));
    bench.type_claims("{\"sub\":\"mine\"}");
    bench.apply(Command::File(FileCommand::Save));
    assert!(matches!(&bench.left[..], [Effect::Save { over: Over::Known(known), .. }] if *known == stamp(1)));
    bench.event(Event::Saved(path.clone(), Err(SaveFailure::Changed)));
    assert!(matches!(bench.workbench.question(), Some(Question::Changed { .. })));
    assert_eq!(bench.claims(), "{\"sub\":\"mine\"}");
    bench.apply(Command::File(FileCommand::Answer(Answer::Save)));
    assert!(matches!(&bench.left[..], [Effect::Save { over: Over::Anything, .. }]));
}

#[test]
fn a_token_opens_as_a_draft_of_its_very_bytes() {
    let mut bench = Bench::new();
    bench.type_claims("{\"text\":\"{{{{now\"}");
    let token = bench.token();
    assert_eq!(bench.payload(), "{\"text\":\"{{now\"}");
    bench.event(Event::Opened(PathBuf::from("t"), Ok((Box::new(Opened::Token(token.clone())), stamp(1)))));
    assert_eq!(bench.token(), token, "the same key signs the same bytes again");
}

#[test]
fn a_key_file_asks_nothing_and_a_template_asks_about_unsaved_changes() {
    let mut bench = Bench::new();
    bench.type_claims("{\"sub\":\"mine\"}");
    let key = Key::generate(KeyKind::P256, None).unwrap().to_pem(true).unwrap();
    bench.event(Event::Opened(PathBuf::from("k.pem"), Ok((Box::new(Opened::Key(key)), stamp(1)))));
    assert!(bench.workbench.question().is_none());
    assert!(bench.workbench.keys().pair(KeyKind::P256).is_some());

    let opened = || Ok((Box::new(Opened::Claims("{\"sub\":\"other\"}".to_owned())), stamp(1)));
    bench.event(Event::Opened(PathBuf::from("c.json"), opened()));
    bench.apply(Command::File(FileCommand::Answer(Answer::Cancel)));
    assert_eq!(bench.claims(), "{\"sub\":\"mine\"}");
    bench.event(Event::Opened(PathBuf::from("c.json"), opened()));
    bench.apply(Command::File(FileCommand::Answer(Answer::Discard)));
    assert_eq!(bench.claims(), "{\"sub\":\"other\"}");
}

#[test]
fn notes_stand_beside_instants_and_placeholders() {
    let mut bench = Bench::new();
    bench.draft(DraftCommand::SetVariable { name: "tenant".to_owned(), text: "acme".to_owned(), json: false });
    bench.type_claims(r#"{"exp":"{{now+30m}}","nbf":1795284000,"jti":"{{uuid}}","t":"{{tenant}}","x":"a {{uuid}}"}"#);
    let notes: Vec<_> =
        bench.workbench.facts().marks.iter().map(|mark| mark.note.words(NOW, InstantFormat::UTC)).collect();
    assert_eq!(notes, ["18:42:32 UTC, in 30:00", "18:00:00 UTC, 12 min 32 s ago", "a new UUID for each token", "acme"]);
}

#[test]
fn an_unknown_placeholder_blocks_and_can_be_declared() {
    let mut bench = Bench::new();
    bench.type_claims("{\"tenant\":\"{{tenant}}\"}");
    let blocked = bench.workbench.facts().outcome.as_ref().unwrap_err();
    assert!(blocked.remedies.contains(&Remedy::DeclareVariable("tenant".to_owned())), "{blocked:?}");
    bench.draft(DraftCommand::SetVariable { name: "tenant".to_owned(), text: "acme".to_owned(), json: false });
    assert_eq!(bench.payload(), "{\"tenant\":\"acme\"}");
}

#[test]
fn a_secret_that_is_not_its_encoding_is_said_at_the_key() {
    let mut bench = Bench::new();
    bench.apply(Command::Key(KeyCommand::SetSecretEncoding(SecretEncoding::Hex)));
    bench.apply(Command::Key(KeyCommand::SetSecret(Secret::from("not hex".to_owned()))));
    let blocked = bench.workbench.facts().outcome.as_ref().unwrap_err();
    assert_eq!((blocked.place, &blocked.remedies[0]), (Place::Key, &Remedy::GenerateSecret));
    bench.apply(Command::Key(KeyCommand::GenerateSecret));
    assert!(bench.workbench.minted().is_some());
    assert_eq!(bench.workbench.active_key().unwrap().bits(), 256);
}

#[test]
fn minting_again_takes_a_new_now() {
    let mut bench = Bench::new();
    bench.now += 60;
    bench.draft(DraftCommand::MintAgain);
    assert_eq!(bench.workbench.minted().unwrap().expires(), Some(NOW + 60 + 1_800));
    assert!(!bench.workbench.draft().is_unsaved());
}

#[test]
fn stale_facts_are_dropped() {
    let mut bench = Bench::new();
    let old = derive(&bench.workbench.inputs(), &mut SignerCache::default(), &mut |buffer| buffer.fill(0));
    bench.type_claims("{\"sub\":\"new\"}");
    let token = bench.token();
    bench.event(Event::Derived(Box::new(old)));
    assert_eq!(bench.token(), token);
}

#[test]
fn measuring_is_cancelled_by_an_edit() {
    let mut bench = Bench::new();
    bench.apply(Command::Timing(TimingCommand::Measure));
    assert!(matches!(&bench.left[..], [Effect::Sample { .. }]));
    assert!(bench.workbench.timing().progress().is_some());
    bench.type_claims("{}");
    assert!(bench.left.iter().any(|effect| matches!(effect, Effect::StopSampling)));
    assert!(bench.workbench.timing().progress().is_none());
}

#[test]
fn a_lens_on_a_broken_text_says_so_and_changes_nothing() {
    let mut bench = Bench::new();
    bench.type_claims("{\"sub\" \"x\"}");
    bench.draft(DraftCommand::SetExpiry(Expiry::Relative(300)));
    assert_eq!(bench.claims(), "{\"sub\" \"x\"}");
    let notice = bench.workbench.notices().list().last().unwrap();
    assert_eq!(notice.kind, NoticeKind::Error);
    assert!(notice.text.contains("1:8"), "{}", notice.text);
    bench.type_claims("{\"sub\": \"x\"}");
    assert!(bench.workbench.notices().list().is_empty(), "it goes when the text is another one");
}
