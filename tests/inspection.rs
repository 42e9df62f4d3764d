//! The Inspect page without a window: texts and keys in, verdicts out; and what it hands over to the draft.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on says why")]

#[path = "common/bench.rs"]
mod bench;

use std::sync::Arc;

use bench::{Bench, NOW, SECRET};
use jwt_workbench::jose::compact;
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::{Secret, SecretEncoding};
use jwt_workbench::jose::verify::{CheckName, Expectations, Outcome, Verdict};
use jwt_workbench::workbench::command::{
    Answer, Command, Copied, DraftCommand, FileCommand, InspectCommand, KeyCommand, Part,
};
use jwt_workbench::workbench::effect::Effect;
use jwt_workbench::workbench::inspection::{Doctor, KeyPick};
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::question::Question;

/// White space, a number and an escape that a careless program would rewrite.
const CLAIMS: &str = "{ \"sub\": \"me\",\r\n \"exp\": 1795286552, \"n\": 1.0, \"u\": \"\\u00e9\", \"t\": \"{{now}}\" }";

impl Bench {
    fn inspect(&mut self, command: InspectCommand) -> &mut Self {
        self.apply(Command::Inspect(command))
    }

    fn paste(&mut self, token: &str) -> &mut Self {
        self.inspect(InspectCommand::SetText(token.to_owned()))
    }

    fn paste_key(&mut self, key: &Secret) -> &mut Self {
        self.apply(Command::Key(KeyCommand::Paste(key.clone())))
    }

    fn verdict(&self) -> Verdict {
        self.workbench.inspection().verification().expect("a verdict").verdict
    }

    fn outcome(&self, name: CheckName) -> Outcome {
        let verification = self.workbench.inspection().verification().expect("a verdict");
        verification.checks.iter().find(|check| check.name == name).expect("every check is told").outcome
    }
}

fn minted(key: &Key, algorithm: Algorithm, header: &str, claims: &str) -> String {
    compact::mint(&key.signer(algorithm).unwrap(), header.as_bytes(), claims.as_bytes()).unwrap().into_string()
}

fn hs256(secret: &[u8]) -> String {
    let key = Key::secret(Secret::from(secret.to_vec()));
    minted(&key, Algorithm::HS256, "{\"typ\":\"JWT\", \"alg\":\"HS256\"}", CLAIMS)
}

#[test]
fn a_token_of_the_draft_is_verified_without_asking() {
    let mut bench = Bench::new();
    bench.paste(&hs256(SECRET.as_bytes()));
    assert_eq!(bench.verdict(), Verdict::Verified);
    let reading = bench.workbench.inspection().reading().unwrap();
    assert_eq!(reading.used.as_ref().unwrap().pick, KeyPick::Craft);
    bench.inspect(InspectCommand::Clear);
    assert!(bench.workbench.inspection().verification().is_none() && bench.workbench.inspection().is_empty());
}

#[test]
fn without_its_key_a_token_is_not_checked() {
    let mut bench = Bench::new();
    bench.paste(&hs256(b"another secret of thirty-two byte"));
    assert_eq!(bench.verdict(), Verdict::NotChecked);
    assert!(matches!(bench.workbench.inspection().doctor(), Doctor::Done(diagnosis) if diagnosis.found.is_none()));
    bench.inspect(InspectCommand::SetSecret(Secret::from("another secret of thirty-two byte".to_owned())));
    assert_eq!(bench.verdict(), Verdict::Verified, "the typed secret is one of the keys at hand");
}

#[test]
fn the_doctor_finds_the_encoding_and_its_finding_can_be_taken() {
    let bytes = [0xf1_u8; 32];
    let text = SecretEncoding::Base64.encode(&Secret::from(bytes.to_vec()));
    let mut bench = Bench::new();
    bench.inspect(InspectCommand::UseKey(KeyPick::Typed));
    bench.inspect(InspectCommand::SetSecret(text)).paste(&hs256(&bytes));
    assert_eq!(bench.verdict(), Verdict::Invalid);
    assert_eq!(bench.outcome(CheckName::Signature), Outcome::Fail);
    let Doctor::Done(diagnosis) = bench.workbench.inspection().doctor() else { panic!("a diagnosis") };
    assert!(diagnosis.found.as_ref().expect("a cause").message.to_lowercase().contains("base64"));
    bench.inspect(InspectCommand::TakeDiagnosis);
    assert_eq!(bench.verdict(), Verdict::Verified);
    assert_eq!(bench.workbench.inspection().against().secret.encoding, SecretEncoding::Base64);
}

#[test]
fn the_instant_and_the_leeway_decide_anew_without_reading_again() {
    let mut bench = Bench::new();
    bench.paste(&hs256(SECRET.as_bytes()));
    let reading = Arc::clone(bench.workbench.inspection().reading().unwrap());
    bench.inspect(InspectCommand::SetNow(Some(1_795_286_553)));
    assert_eq!((bench.verdict(), bench.outcome(CheckName::Expiry)), (Verdict::Invalid, Outcome::Fail));
    bench.inspect(InspectCommand::SetLeeway(60));
    assert_eq!(bench.verdict(), Verdict::Verified);
    bench.inspect(InspectCommand::SetNow(Some(i64::MAX)));
    assert_eq!(bench.verdict(), Verdict::Invalid);
    bench.inspect(InspectCommand::SetLeeway(u64::MAX));
    assert_eq!(bench.verdict(), Verdict::Invalid, "leeway has an end");
    assert!(Arc::ptr_eq(&reading, bench.workbench.inspection().reading().unwrap()));
}

#[test]
fn a_verdict_follows_the_clock() {
    let mut bench = Bench::new();
    bench.paste(&hs256(SECRET.as_bytes()));
    bench.workbench.tick(1_795_286_551);
    assert_eq!(bench.verdict(), Verdict::Verified);
    bench.workbench.tick(1_795_286_552);
    assert_eq!(bench.verdict(), Verdict::Invalid);
    bench.inspect(InspectCommand::SetNow(Some(NOW)));
    bench.workbench.tick(1_795_286_553);
    assert_eq!(bench.verdict(), Verdict::Verified, "a chosen instant stays");
}

#[test]
fn what_the_receiver_expects_is_held_against_the_claims() {
    let mut bench = Bench::new();
    bench.paste(&hs256(SECRET.as_bytes()));
    let expect = |sub: &str, aud: &str| {
        let expected = Expectations { sub: sub.to_owned(), aud: aud.to_owned(), ..Expectations::default() };
        InspectCommand::Expect(expected)
    };
    bench.inspect(expect("me", ""));
    assert_eq!((bench.verdict(), bench.outcome(CheckName::Subject)), (Verdict::Verified, Outcome::Pass));
    bench.inspect(expect("you", "orders-api"));
    assert_eq!(bench.outcome(CheckName::Subject), Outcome::Fail);
    assert_eq!(bench.outcome(CheckName::Audience), Outcome::Fail, "every check is made, not only the first");
    bench.apply(Command::Copy(Copied::Report));
    let Some(Effect::Copy { text, .. }) = bench.left.pop() else { panic!("a report") };
    let report = text.as_str().unwrap();
    assert!(report.starts_with("invalid: ") && report.contains("fail     aud"), "{report}");
    assert!(!report.contains("eyJ"), "a report holds no token");
}

#[test]
fn a_token_edited_in_craft_is_the_same_token() {
    let token = hs256(SECRET.as_bytes());
    let mut bench = Bench::new();
    bench.paste(&token).inspect(InspectCommand::EditInCraft);
    assert_eq!(bench.workbench.settings().page, Page::Craft);
    assert_eq!(bench.workbench.minted().expect("a token").token.as_str(), token);
    assert_eq!(bench.workbench.inspection().text(), token, "the inspected token stays");

    let typed = hs256(b"a secret typed on the other page!");
    bench.inspect(InspectCommand::SetSecret(Secret::from("a secret typed on the other page!".to_owned())));
    bench.inspect(InspectCommand::UseKey(KeyPick::Typed)).paste(&typed).inspect(InspectCommand::EditInCraft);
    assert_eq!(bench.workbench.minted().expect("a token").token.as_str(), typed);
}

#[test]
fn an_unsaved_draft_is_asked_about_before_a_token_takes_its_place() {
    let mut bench = Bench::new();
    bench.apply(Command::Draft(DraftCommand::Type(Part::Claims, "{\"mine\":1}".to_owned())));
    bench.paste(&hs256(SECRET.as_bytes())).inspect(InspectCommand::EditInCraft);
    assert!(matches!(bench.workbench.question(), Some(Question::Unsaved { .. })));
    bench.apply(Command::File(FileCommand::Answer(Answer::Cancel)));
    assert_eq!(bench.workbench.draft().text(Part::Claims), "{\"mine\":1}");
    bench.inspect(InspectCommand::EditInCraft).apply(Command::File(FileCommand::Answer(Answer::Discard)));
    assert!(bench.workbench.draft().text(Part::Claims).contains("\"sub\": \"me\""));
}

#[test]
fn the_key_of_the_same_key_id_is_taken_and_can_be_forgotten() {
    let keys: Vec<_> =
        ["one", "two"].map(|kid| Key::generate(KeyKind::P256, None).unwrap().with_kid(Some(kid.to_owned()))).into();
    let jwks: Vec<_> = keys.iter().map(|key| key.to_jwk(false).unwrap().as_str().unwrap().to_owned()).collect();
    let mut bench = Bench::new();
    bench.paste_key(&Secret::from(format!("{{\"keys\":[{}]}}", jwks.join(","))));
    assert_eq!(bench.workbench.keys().ring().keys().len(), 2);

    let header = "{\"alg\":\"ES256\",\"kid\":\"two\"}";
    bench.paste(&minted(&keys[1], Algorithm::ES256, header, CLAIMS));
    assert_eq!(bench.verdict(), Verdict::Verified);
    let used = bench.workbench.inspection().reading().unwrap().used.clone().unwrap();
    assert_eq!(used.name, "two");
    // The key of that name did not make it: this is worth more than "no key".
    bench.paste(&minted(&keys[0], Algorithm::ES256, header, CLAIMS));
    assert_eq!(bench.verdict(), Verdict::Verified, "another key of the ring made it");
    let stranger = Key::generate(KeyKind::P256, None).unwrap();
    bench.paste(&minted(&stranger, Algorithm::ES256, header, CLAIMS));
    assert_eq!(bench.verdict(), Verdict::Invalid);

    let KeyPick::Ring(id) = used.pick else { panic!("a key of the ring") };
    bench.apply(Command::Key(KeyCommand::Forget(id)));
    assert_eq!(bench.workbench.keys().ring().keys().len(), 1);
    assert_eq!(bench.verdict(), Verdict::NotChecked);
}

#[test]
fn a_late_reading_of_an_older_text_changes_nothing() {
    let mut bench = Bench::new();
    let effects = bench.workbench.apply(Command::Inspect(InspectCommand::SetText("a.b.c".to_owned())), NOW);
    bench.paste(&hs256(SECRET.as_bytes()));
    bench.run(effects);
    assert_eq!(bench.verdict(), Verdict::Verified);
}

#[test]
fn what_is_no_token_is_offered_its_place() {
    let mut bench = Bench::new();
    let pem = Key::generate(KeyKind::Ed25519, None).unwrap().to_pem(false).unwrap();
    bench.paste(pem.as_str().unwrap()).inspect(InspectCommand::OpenInstead);
    assert_eq!(bench.workbench.keys().ring().keys().len(), 1);
    assert!(bench.workbench.inspection().is_empty(), "a key does not stay in the text");
    bench.paste("{\"sub\":\"someone\"}").inspect(InspectCommand::OpenInstead);
    assert_eq!(bench.workbench.settings().page, Page::Craft);
    assert_eq!(bench.workbench.draft().text(Part::Claims), "{\"sub\":\"someone\"}");
}

/// A private key, encrypted by OpenSSL; `None` where there is none.
fn encrypted(key: &Key, passphrase: &str) -> Option<Secret> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("key.pem"), key.to_pem(true).unwrap().bytes()).unwrap();
    let output = std::process::Command::new("openssl")
        .args(["pkcs8", "-topk8", "-in", "key.pem", "-passout", &format!("pass:{passphrase}")])
        .current_dir(folder.path())
        .output()
        .ok()?;
    output.status.success().then(|| Secret::from(output.stdout))
}

#[test]
fn a_passphrase_is_asked_for_until_it_is_right() {
    let key = Key::generate(KeyKind::P256, None).unwrap();
    let Some(file) = encrypted(&key, "correct horse") else { return };
    let mut bench = Bench::new();
    bench.paste_key(&file);
    let asked = |bench: &Bench| match bench.workbench.question() {
        Some(Question::Passphrase { problem, .. }) => Some(problem.is_some()),
        _ => None,
    };
    assert_eq!(asked(&bench), Some(false));
    bench.apply(Command::Key(KeyCommand::Unlock(Secret::from("wrong".to_owned()))));
    assert_eq!(asked(&bench), Some(true), "the question stays and says what was wrong");
    bench.apply(Command::Key(KeyCommand::Unlock(Secret::from("correct horse".to_owned()))));
    assert_eq!(asked(&bench), None);
    assert_eq!(bench.workbench.keys().ring().keys()[0].key.thumbprint(), key.thumbprint());

    bench.paste_key(&file).apply(Command::Key(KeyCommand::CancelUnlock));
    assert_eq!(asked(&bench), None);
}
