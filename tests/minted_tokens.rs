//! The tokens that left the program: which are remembered, and what can be done with them.
#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

#[path = "common/bench.rs"]
mod bench;

use std::sync::Arc;

use bench::{Bench, NOW};
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::jose::verify::Verdict;
use jwt_workbench::workbench::command::{Answer, Command, Copied, DraftCommand, FileCommand, KeyCommand, Part};
use jwt_workbench::workbench::compare::variant::VariantOrigin;
use jwt_workbench::workbench::effect::Effect;
use jwt_workbench::workbench::inspection::KeyPick;
use jwt_workbench::workbench::minted_tokens::{MintedCommand, MintedId, MintedToken, Standing, Way};
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::question::Question;

impl Bench {
    fn type_claims(&mut self, text: &str) -> &mut Self {
        self.apply(Command::Draft(DraftCommand::Type(Part::Claims, text.to_owned())))
    }

    fn copy(&mut self) -> &mut Self {
        self.apply(Command::Copy(Copied::Token))
    }

    fn minted(&mut self, command: MintedCommand) -> &mut Self {
        self.apply(Command::Minted(command))
    }

    fn list(&self) -> &[MintedToken] {
        self.workbench.minted_tokens().list()
    }

    fn subjects(&self) -> Vec<&str> {
        self.list().iter().map(|minted| minted.subject.as_deref().unwrap_or("none")).collect()
    }

    fn token(&self) -> String {
        self.workbench.minted().expect("a token").token.as_str().to_owned()
    }

    fn id(&self, place: usize) -> MintedId {
        self.list()[place].id
    }
}

/// A bench with the tokens of "two" and "one", the latest first; the draft is that of "two".
fn with_two() -> Bench {
    let mut bench = Bench::new();
    bench.type_claims(r#"{"sub":"one"}"#).copy();
    bench.now += 60;
    bench.type_claims(r#"{"sub":"two"}"#).copy();
    bench
}

#[test]
fn what_leaves_the_program_is_remembered_and_what_is_typed_is_not() {
    let mut bench = Bench::new();
    bench.type_claims(r#"{"sub":"a","jti":"j-1","exp":"{{now+30m}}"}"#).type_claims(r#"{"sub":"b"}"#);
    bench.apply(Command::Copy(Copied::Secret)).apply(Command::Copy(Copied::Value("x".to_owned())));
    assert!(bench.list().is_empty());
    bench.apply(Command::Draft(DraftCommand::Undo));
    for copied in [Copied::Token, Copied::Bearer, Copied::Curl] {
        bench.apply(Command::Copy(copied));
    }
    let [minted] = bench.list() else { panic!("one token, however it was copied") };
    assert_eq!(minted.token.as_str(), Some(bench.token().as_str()));
    assert_eq!((minted.subject.as_deref(), minted.identifier.as_deref()), (Some("a"), Some("j-1")));
    assert_eq!((minted.algorithm, minted.at, minted.way), (Algorithm::HS256, NOW, Way::Copied));
    assert_eq!(minted.standing(NOW + 1), Standing::Expires(1_799));
    assert!(!minted.name.is_empty());
}

#[test]
fn minting_anew_is_remembered_once_the_token_is_there() {
    let mut bench = Bench::new();
    bench.now += 5;
    bench.apply(Command::Draft(DraftCommand::MintAgain));
    let [minted] = bench.list() else { panic!("the new token") };
    assert_eq!((minted.way, minted.token.as_str()), (Way::MintedAnew, Some(bench.token().as_str())));
    bench.type_claims("{").apply(Command::Draft(DraftCommand::MintAgain)).type_claims("{}");
    assert_eq!(bench.list().len(), 1, "nothing was minted, and nothing that is typed later is taken for it");
}

#[test]
fn a_token_that_was_asked_for_before_it_was_ready_is_remembered_when_it_is_copied() {
    let mut bench = Bench::new();
    let effects = bench
        .workbench
        .apply(Command::Draft(DraftCommand::Type(Part::Claims, r#"{"sub":"late"}"#.to_owned())), bench.now);
    assert!(bench.workbench.apply(Command::Copy(Copied::Token), bench.now).is_empty());
    assert!(bench.list().is_empty());
    bench.run(effects);
    assert_eq!(bench.subjects(), ["late"]);
}

#[test]
fn a_token_is_inspected_with_the_key_that_signed_it() {
    let mut bench = Bench::new();
    let key = Key::generate(KeyKind::Ed25519, None).unwrap().to_pem(true).unwrap();
    bench.apply(Command::Draft(DraftCommand::SetAlgorithm(Algorithm::EdDSA)));
    bench.apply(Command::Key(KeyCommand::Paste(key))).copy();
    let (token, ring_key) = (bench.token(), bench.workbench.keys().ring().keys()[0].id);
    bench.minted(MintedCommand::Inspect(bench.id(0)));
    let inspection = bench.workbench.inspection();
    assert_eq!((bench.workbench.settings().page, inspection.text()), (Page::Inspect, token.as_str()));
    assert_eq!(inspection.against().key, KeyPick::Ring(ring_key));
    assert_eq!(inspection.verification().unwrap().verdict, Verdict::Verified);

    let id = bench.id(0);
    bench.apply(Command::Key(KeyCommand::Forget(ring_key))).minted(MintedCommand::Inspect(id));
    let inspection = bench.workbench.inspection();
    assert_eq!(inspection.against().key, KeyPick::Automatic, "the key is gone");
    assert_ne!(inspection.verification().unwrap().verdict, Verdict::Verified);
}

#[test]
fn a_token_is_compared_beside_the_draft() {
    let mut bench = with_two();
    let token: Arc<str> = bench.list()[1].token.as_str().unwrap().into();
    bench.minted(MintedCommand::Compare(bench.id(1)));
    assert_eq!(bench.workbench.settings().page, Page::Compare);
    let variants = bench.workbench.comparison().variants();
    assert_eq!(variants.len(), 2);
    assert_eq!(variants[0].origin, VariantOrigin::Draft);
    assert_eq!((&variants[1].token, variants[1].key.is_some()), (&Some(token), true));
}

#[test]
fn copying_again_copies_the_same_bytes_and_moves_it_up() {
    let mut bench = with_two();
    let (id, token) = (bench.id(1), bench.list()[1].token.clone());
    bench.now += 7;
    bench.minted(MintedCommand::Copy(id));
    assert!(matches!(&bench.left[..], [Effect::Copy { text, .. }] if *text == token));
    assert_eq!((bench.id(0), bench.subjects(), bench.list()[0].at), (id, vec!["one", "two"], bench.now));
}

#[test]
fn a_draft_comes_back_as_it_was_and_unsaved_changes_are_asked_about() {
    let mut bench = Bench::new();
    bench.apply(Command::Draft(DraftCommand::SetVariable {
        name: "tenant".to_owned(),
        text: "acme".to_owned(),
        json: false,
    }));
    bench.type_claims(r#"{ "t": "{{tenant}}", "exp": "{{now+5m}}" }"#).copy();
    let template = bench.workbench.draft().template().clone();
    let id = bench.id(0);
    bench.type_claims(r#"{"sub":"other"}"#).minted(MintedCommand::Restore(id));
    assert!(matches!(bench.workbench.question(), Some(Question::Unsaved { then: FileCommand::TakeMinted(_) })));
    assert_eq!(bench.workbench.draft().text(Part::Claims), r#"{"sub":"other"}"#, "nothing is lost before the answer");
    bench.apply(Command::File(FileCommand::Answer(Answer::Cancel)));
    assert_eq!(bench.workbench.draft().text(Part::Claims), r#"{"sub":"other"}"#);
    bench.minted(MintedCommand::Restore(bench.id(0))).apply(Command::File(FileCommand::Answer(Answer::Discard)));
    assert_eq!(bench.workbench.draft().template(), &template);
    assert!(bench.workbench.draft().path().is_none(), "no file is overwritten with it");
    assert_eq!(bench.workbench.settings().page, Page::Craft);

    bench.type_claims(r#"{"a":1}"#).apply(Command::Draft(DraftCommand::Undo));
    bench.minted(MintedCommand::Restore(bench.id(0)));
    assert!(bench.workbench.question().is_none(), "the draft is that already");
}

#[test]
fn what_is_forgotten_is_gone_and_commands_about_it_do_nothing() {
    let mut bench = with_two();
    let id = bench.id(0);
    bench.minted(MintedCommand::Forget(id));
    assert_eq!(bench.subjects(), ["one"]);
    let draft = bench.workbench.draft().template().clone();
    for command in [
        MintedCommand::Inspect(id),
        MintedCommand::Compare(id),
        MintedCommand::Copy(id),
        MintedCommand::Restore(id),
        MintedCommand::Forget(id),
    ] {
        bench.minted(command);
        assert!(bench.left.is_empty(), "{command:?}");
    }
    assert_eq!((bench.workbench.draft().template(), bench.workbench.settings().page), (&draft, Page::Craft));
    bench.minted(MintedCommand::Clear);
    assert!(bench.list().is_empty());
}

#[test]
fn a_remembered_token_is_told_by_nothing() {
    let mut bench = with_two();
    bench.apply(Command::Key(KeyCommand::SetSecret(Secret::from("another secret, 32 bytes or longer".to_owned()))));
    let signature = bench.list()[0].token.as_str().unwrap().rsplit('.').next().unwrap().to_owned();
    let told = format!("{:?}", bench.workbench.minted_tokens());
    assert!(told.contains("[redacted]") && !told.contains(&signature));
}
