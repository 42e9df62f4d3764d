//! Adding, naming, ordering and removing variants, and what they follow.

use jwt_workbench::jose::json::Serialization;
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::workbench::command::{
    Answer, Command, CompareCommand, DraftCommand, FileCommand, InspectCommand, KeyCommand, Part,
};
use jwt_workbench::workbench::compare::MOST_VARIANTS;
use jwt_workbench::workbench::compare::variant::VariantOrigin;
use jwt_workbench::workbench::effect::{Effect, Event};
use jwt_workbench::workbench::notice::Offer;
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::question::Question;

use crate::{Bench, SECRET, hs256, minted};

#[test]
fn the_first_visit_adds_the_draft_and_the_next_ones_add_nothing() {
    let mut bench = Bench::new();
    assert!(bench.comparison().variants().is_empty());
    bench.page(Page::Timing).page(Page::Compare).compare(CompareCommand::AddDraft);
    assert_eq!(bench.names(), [bench.workbench.draft().title()]);
    assert_eq!(bench.at(0).origin, VariantOrigin::Draft);
    let token = bench.workbench.minted().unwrap().token.as_str().len();
    assert_eq!(bench.facts(0).sizes.token, token);
    assert!(!bench.comparison().is_unsaved(), "the draft alone is nothing to lose");
}

#[test]
fn the_draft_is_followed_while_somebody_looks_and_caught_up_with_after() {
    let mut bench = Bench::comparing();
    bench.type_claims("{\"a\":1}");
    assert_eq!(bench.at(0).template.claims, "{\"a\":1}");
    assert_eq!(bench.facts(0).claim_count(), 1);
    bench.page(Page::Craft);
    let revision = bench.comparison().revision();
    bench.type_claims("{\"a\":1,\"b\":2}");
    assert_eq!(bench.comparison().revision(), revision, "nobody looks");
    bench.page(Page::Compare);
    assert_eq!(bench.facts(0).claim_count(), 2);
    let revision = bench.comparison().revision();
    bench.page(Page::Timing);
    assert_eq!(bench.comparison().revision(), revision, "nothing has changed");
    bench.apply(Command::File(FileCommand::NewFromExample("minimal-session.jwt.json")));
    bench.apply(Command::File(FileCommand::Answer(Answer::Discard)));
    assert_eq!(bench.names(), [bench.workbench.draft().title()], "the name is followed, too");
    let id = bench.id(0);
    bench.compare(CompareCommand::Rename(id, "Mine".to_owned()));
    bench.apply(Command::File(FileCommand::New));
    assert_eq!(bench.names(), ["Mine"], "a name of one's own stays");
}

#[test]
fn a_broken_draft_is_a_variant_that_says_why() {
    let mut bench = Bench::comparing();
    bench.compare(CompareCommand::AddSnapshot).type_claims("{\"a\":");
    assert!(bench.at(0).facts.is_err());
    assert!(bench.at(1).facts.is_ok(), "and never fatal for the others");
}

#[test]
fn a_snapshot_keeps_what_was() {
    let mut bench = Bench::comparing();
    bench.compare(CompareCommand::AddSnapshot).type_claims("{}");
    assert_eq!(bench.names()[1], format!("{} (copy)", bench.workbench.draft().title()));
    assert_ne!(bench.at(1).template.claims, "{}");
    assert_eq!(bench.at(1).origin, VariantOrigin::Snapshot);
    assert_eq!(bench.selected().id, bench.id(1));
    assert!(bench.comparison().is_unsaved());
    bench.compare(CompareCommand::AddDraft);
    assert_eq!(bench.comparison().variants().len(), 2);
    assert_eq!(bench.selected().id, bench.id(0), "the one that is there is shown");
}

#[test]
fn pasted_tokens_are_kept_byte_for_byte_and_know_their_key() {
    let mut bench = Bench::comparing();
    let claims = "{ \"n\": 1.0,\r\n \"t\": \"{{now}}\" }";
    let (first, second) = (hs256(claims), hs256("{}"));
    let stranger = Key::generate(KeyKind::P256, None).unwrap();
    let foreign = minted(&stranger, Algorithm::ES256, "{\"alg\":\"ES256\"}", "{\"sub\":\"me\"}");
    bench.compare(CompareCommand::AddTokens(format!("one: {first}\ntwo: \"{second}\" {foreign}")));
    assert_eq!(bench.names()[1..], ["Pasted token", "Pasted token 2", "Pasted token 3"]);
    assert_eq!(bench.at(1).token.as_deref(), Some(first.as_str()));
    assert_eq!(bench.facts(1).payload, claims.as_bytes());
    assert_eq!(bench.facts(1).sizes.token, first.len());
    assert_eq!(bench.at(1).template.serialization, Serialization::AsTyped);
    assert_eq!(bench.at(1).key.as_ref().unwrap().secret_bytes(), SECRET.as_bytes());
    assert!(bench.at(3).key.is_none());
    assert_eq!(bench.facts(3).sizes.token, foreign.len());
    assert_eq!(bench.selected().id, bench.id(1));
    bench.paste_key(&stranger).compare(CompareCommand::AddTokens(foreign));
    assert_eq!(bench.at(4).key.as_ref().unwrap().thumbprint(), stranger.thumbprint());
}

#[test]
fn what_is_no_signed_token_is_refused() {
    let mut bench = Bench::comparing();
    let jwe = format!("eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..{}.AAAA.{}", "A".repeat(16), "A".repeat(22));
    for (text, expected) in [
        ("", "There is no token"),
        ("hello", "There is no token"),
        (jwe.as_str(), "This token is encrypted"),
        ("eyJhbGciOiJIUzI1NiJ9.!!!.AAAA", ""),
    ] {
        bench.compare(CompareCommand::AddTokens(text.to_owned()));
        assert_eq!(bench.comparison().variants().len(), 1, "{text}");
        assert!(bench.notice().contains(expected) && !bench.notice().is_empty(), "{text}: {}", bench.notice());
    }
    bench.compare(CompareCommand::AddTokens(format!("{jwe} {}", hs256("{}"))));
    assert_eq!(bench.comparison().variants().len(), 2);
    assert!(bench.notice().starts_with("1 of 2 tokens were left out"), "{}", bench.notice());
    bench.compare(CompareCommand::AddInspected);
    assert!(bench.notice().contains("no token on the Inspect page"), "{}", bench.notice());
}

#[test]
fn the_inspected_token_comes_with_the_key_that_verified_it() {
    let mut bench = Bench::comparing();
    let secret = "another secret of thirty-two byte";
    let key = Key::secret(Secret::from(secret.to_owned()));
    let token = minted(&key, Algorithm::HS256, "{\"alg\":\"HS256\"}", "{}");
    bench.apply(Command::Inspect(InspectCommand::SetText(token.clone())));
    bench.apply(Command::Inspect(InspectCommand::SetSecret(Secret::from(secret.to_owned()))));
    bench.compare(CompareCommand::AddInspected);
    assert_eq!(bench.at(1).token.as_deref(), Some(token.as_str()));
    assert_eq!(bench.at(1).key.as_ref().unwrap().secret_bytes(), secret.as_bytes());
    bench.apply(Command::Inspect(InspectCommand::SetSecret(Secret::from("wrong".to_owned()))));
    bench.compare(CompareCommand::AddInspected);
    assert!(bench.at(2).key.is_none(), "a key that does not match is none");
}

#[test]
fn names_are_unique_and_never_empty() {
    let mut bench = Bench::comparing();
    let draft = bench.id(0);
    bench.compare(CompareCommand::Rename(draft, " A ".to_owned())).compare(CompareCommand::Duplicate(draft));
    bench.compare(CompareCommand::Duplicate(draft));
    assert_eq!(bench.names(), ["A", "A 3", "A 2"], "a copy stands below what it is of");
    assert_eq!(bench.at(1).origin, VariantOrigin::Snapshot);
    let last = bench.id(2);
    bench.compare(CompareCommand::Rename(last, "A".to_owned()));
    assert_eq!(bench.names(), ["A", "A 3", "A 2"]);
    bench.compare(CompareCommand::Rename(last, " \t".to_owned()));
    assert_eq!(bench.names()[2], "A 2");
    assert!(bench.notice().contains("needs a name"));
}

#[test]
fn moving_and_pinning_keep_the_baseline_and_the_selection() {
    let mut bench = Bench::comparing();
    let ids: Vec<_> = (0..3)
        .map(|index| {
            if index > 0 {
                bench.compare(CompareCommand::AddSnapshot);
            }
            bench.id(index)
        })
        .collect();
    assert_eq!(bench.baseline().id, ids[0]);
    bench.compare(CompareCommand::Move(ids[0], 99));
    assert_eq!([bench.id(0), bench.id(1), bench.id(2)], [ids[1], ids[2], ids[0]]);
    assert_eq!((bench.baseline().id, bench.selected().id), (ids[0], ids[2]));
    bench.compare(CompareCommand::SetBaseline(ids[1]));
    assert_eq!((bench.baseline().id, bench.selected().id), (ids[1], ids[2]));
    bench.compare(CompareCommand::Remove(ids[1]));
    assert_eq!(bench.baseline().id, ids[2], "the first of the others is the baseline");
    bench.compare(CompareCommand::RestoreRemoved);
    assert_eq!(bench.baseline().id, ids[1]);
}

#[test]
fn what_was_removed_can_be_put_back() {
    let mut bench = Bench::comparing();
    bench.compare(CompareCommand::AddSnapshot).compare(CompareCommand::AddTokens(hs256("{}")));
    let (names, ids) = (bench.names().join("|"), [bench.id(0), bench.id(1), bench.id(2)]);
    bench.compare(CompareCommand::Remove(ids[1]));
    let offer = bench.workbench.notices().list().last().unwrap();
    assert_eq!((offer.offer, offer.text.contains("was removed")), (Some(Offer::RestoreVariants), true));
    bench.compare(CompareCommand::Remove(ids[2])).compare(CompareCommand::Remove(ids[0]));
    assert_eq!(bench.comparison().variants().len(), 1, "the draft stays when it is alone");
    bench.compare(CompareCommand::RestoreRemoved).compare(CompareCommand::RestoreRemoved);
    assert_eq!(bench.names().join("|"), names);
    assert_eq!([bench.id(0), bench.id(1), bench.id(2)], ids);
    bench.compare(CompareCommand::Clear);
    assert_eq!(bench.comparison().variants().len(), 1);
    assert_eq!(bench.baseline().origin, VariantOrigin::Draft);
    bench.compare(CompareCommand::RestoreRemoved);
    assert_eq!(bench.names().join("|"), names);
    bench.compare(CompareCommand::RestoreRemoved);
    assert_eq!(bench.names().join("|"), names, "there is nothing more to put back");
    bench.compare(CompareCommand::Remove(ids[0])).compare(CompareCommand::Remove(ids[1]));
    bench.compare(CompareCommand::Remove(ids[2]));
    assert_eq!(bench.at(0).origin, VariantOrigin::Draft, "a comparison is never empty");
}

#[test]
fn an_older_answer_never_takes_the_place_of_a_newer_one() {
    let mut bench = Bench::comparing();
    let (id, facts) = (bench.id(0), bench.at(0).facts.clone());
    bench.type_claims("{}");
    let revision = bench.comparison().revision();
    bench.event(Event::VariantDerived(id, 1, facts));
    assert_eq!(bench.comparison().revision(), revision);
    assert_eq!(bench.facts(0).claim_count(), 0);
}

#[test]
fn minimising_keeps_the_chosen_claims_and_all_other_bytes() {
    let mut bench = Bench::comparing();
    bench.type_claims("{\n  \"sub\": \"me\",\n  \"a\": 1,\n  \"exp\": 1.50,\n  \"b\": 2\n}");
    let names = |names: &[&str]| CompareCommand::Minimise(names.iter().map(|name| (*name).to_owned()).collect());
    bench.compare(names(&["exp", "sub", "nbf"]));
    assert_eq!(bench.names()[1], "Minimal: sub, exp");
    assert_eq!(bench.at(1).template.claims, "{\n  \"sub\": \"me\",\n  \"exp\": 1.50\n}");
    assert_eq!(bench.selected().id, bench.id(1));
    bench.compare(names(&["nbf"]));
    assert_eq!((bench.names()[2], bench.facts(2).claim_count()), ("Minimal: no claims", 0));
    let token = bench.facts(1).sizes.token;
    assert!(token < bench.facts(0).sizes.token && token > bench.facts(2).sizes.token);
    bench.compare(CompareCommand::AddTokens(hs256("{\"sub\":\"{{x}}\",\"a\":1}"))).compare(names(&["sub"]));
    assert_eq!((bench.facts(4).payload.as_slice(), &bench.at(4).token), (&b"{\"sub\":\"{{x}}\"}"[..], &None));
    let draft = bench.id(0);
    bench.type_claims("[]").compare(CompareCommand::Select(draft)).compare(names(&["sub"]));
    assert_eq!(bench.comparison().variants().len(), 5);
    assert!(bench.notice().contains("no JSON object"), "{}", bench.notice());
}

#[test]
fn there_is_room_for_fifty() {
    let mut bench = Bench::comparing();
    let token = hs256("{}");
    bench.compare(CompareCommand::AddTokens(vec![token; MOST_VARIANTS].join("\n")));
    assert_eq!(bench.comparison().variants().len(), MOST_VARIANTS);
    assert!(bench.notice().contains("one was left out"), "{}", bench.notice());
    let id = bench.id(0);
    bench.compare(CompareCommand::AddSnapshot).compare(CompareCommand::Duplicate(id));
    assert_eq!(bench.comparison().variants().len(), MOST_VARIANTS);
    bench.compare(CompareCommand::Remove(id)).compare(CompareCommand::AddSnapshot);
    bench.compare(CompareCommand::RestoreRemoved);
    assert_eq!(bench.comparison().variants().len(), MOST_VARIANTS, "there is no room for what was removed");
}

#[test]
fn a_variant_becomes_the_draft_with_its_key() {
    let mut bench = Bench::comparing();
    let secret = "another secret of thirty-two byte";
    let key = Key::secret(Secret::from(secret.to_owned()));
    bench.apply(Command::Key(KeyCommand::Paste(key.to_jwk(true).unwrap())));
    let before = bench.workbench.draft().template().claims.clone();
    bench.apply(Command::Key(KeyCommand::SetSecret(Secret::from(SECRET.to_owned()))));
    let token = minted(&key, Algorithm::HS256, "{\"alg\":\"HS256\"}", "{ \"n\": 1.0 }");
    bench.compare(CompareCommand::AddTokens(token.clone()));
    let (draft, id) = (bench.id(0), bench.id(1));
    bench.type_claims("{\"unsaved\":1}").compare(CompareCommand::OpenInCraft(id));
    assert!(matches!(bench.workbench.question(), Some(Question::Unsaved { .. })));
    bench.apply(Command::File(FileCommand::Answer(Answer::Cancel)));
    assert_eq!(bench.workbench.draft().template().claims, "{\"unsaved\":1}");
    bench.compare(CompareCommand::OpenInCraft(draft));
    assert!(bench.workbench.question().is_none(), "the draft's own variant drops nothing");
    assert_eq!(bench.workbench.settings().page, Page::Craft);
    bench.compare(CompareCommand::OpenInCraft(id)).apply(Command::File(FileCommand::Answer(Answer::Discard)));
    assert_ne!(before, bench.workbench.draft().template().claims);
    assert_eq!(bench.workbench.draft().text(Part::Claims), "{ \"n\": 1.0 }");
    assert_eq!(bench.workbench.minted().unwrap().token.as_str(), token, "the same key makes the same token");
}

#[test]
fn a_private_key_is_carried_along_too() {
    let mut bench = Bench::comparing();
    let keys = [Key::generate(KeyKind::P256, None).unwrap(), Key::generate(KeyKind::P256, None).unwrap()];
    bench.paste_key(&keys[0]).apply(Command::Draft(DraftCommand::SetAlgorithm(Algorithm::ES256)));
    bench.compare(CompareCommand::AddSnapshot).paste_key(&keys[1]);
    let thumbprint = |index: usize| keys[index].thumbprint();
    assert_eq!(bench.at(0).key.as_ref().unwrap().thumbprint(), thumbprint(1), "the draft's variant takes the new key");
    assert_eq!(bench.at(1).key.as_ref().unwrap().thumbprint(), thumbprint(0), "and the copy keeps its own");
    let id = bench.id(1);
    bench.compare(CompareCommand::OpenInCraft(id)).apply(Command::File(FileCommand::Answer(Answer::Discard)));
    assert_eq!(bench.workbench.active_key().unwrap().thumbprint(), thumbprint(0));
}

#[test]
fn a_forgotten_key_is_gone_from_every_variant() {
    let mut bench = Bench::comparing();
    bench.paste_key(&Key::generate(KeyKind::P256, None).unwrap());
    bench.apply(Command::Draft(DraftCommand::SetAlgorithm(Algorithm::ES256)));
    bench.compare(CompareCommand::AddSnapshot).compare(CompareCommand::AddSnapshot);
    let removed = bench.id(2);
    bench.compare(CompareCommand::Remove(removed));
    let id = bench.workbench.keys().ring().keys()[0].id;
    let key = std::sync::Arc::downgrade(&bench.workbench.keys().ring().keys()[0].key);
    assert!(bench.at(1).key.is_some());
    bench.apply(Command::Key(KeyCommand::Forget(id)));
    assert!(bench.comparison().variants().iter().all(|variant| variant.key.is_none()));
    assert_eq!(bench.facts(1).key, "a new key");
    bench.compare(CompareCommand::RestoreRemoved);
    assert!(bench.at(2).key.is_none());
    bench.left.retain(|effect| !matches!(effect, Effect::Sample { .. }));
    bench.signers = jwt_workbench::workbench::facts::SignerCache::default();
    assert_eq!(key.strong_count(), 0, "nobody holds it any more");
}

#[test]
fn what_is_added_from_elsewhere_stands_beside_the_draft_on_the_compare_page() {
    for (command, page, expected) in [
        (CompareCommand::AddSnapshot, Page::Craft, Page::Compare),
        (CompareCommand::AddTokens(hs256("{}")), Page::Inspect, Page::Compare),
        (CompareCommand::AddDraft, Page::Craft, Page::Compare),
        (CompareCommand::AddTokens(hs256("{}")), Page::Timing, Page::Timing),
        (CompareCommand::AddTokens("nothing".to_owned()), Page::Craft, Page::Craft),
    ] {
        let mut bench = Bench::new();
        bench.page(page).compare(command.clone());
        assert_eq!(bench.workbench.settings().page, expected, "{command:?}");
        if expected == Page::Compare {
            assert_eq!(bench.at(0).origin, VariantOrigin::Draft);
        }
    }
}

#[test]
fn the_draft_is_called_after_its_template_and_told_from_others() {
    let mut bench = Bench::comparing();
    let name = bench.workbench.draft().template().name.clone();
    assert_eq!(bench.names(), [name.as_str()]);
    let id = bench.id(0);
    bench.compare(CompareCommand::AddSnapshot).compare(CompareCommand::Remove(id));
    let copy = bench.id(0);
    bench.compare(CompareCommand::Rename(copy, name.clone())).compare(CompareCommand::AddDraft);
    assert_eq!(bench.names(), [name.clone(), format!("{name} (draft)")]);
    bench.compare(CompareCommand::Remove(copy)).page(Page::Craft).page(Page::Compare);
    assert_eq!(bench.names(), [name]);
}

#[test]
fn a_copy_made_later_differs_in_nothing() {
    let mut bench = Bench::comparing();
    bench.now += 7;
    bench.compare(CompareCommand::AddSnapshot);
    assert!(bench.facts(0).claims.as_ref().unwrap().text().contains("exp"));
    assert_eq!(bench.facts(0).payload, bench.facts(1).payload);
}
