//! Changes that are looked at before they are made.

use std::sync::Arc;
use std::time::Duration;

use jwt_workbench::jose::json::Serialization;
use jwt_workbench::jose::jwa::Algorithm;
use jwt_workbench::workbench::bench::Bench as Kind;
use jwt_workbench::workbench::command::{BenchCommand, Command, CompareCommand, DraftCommand};
use jwt_workbench::workbench::compare::MOST_VARIANTS;
use jwt_workbench::workbench::compare::variant::{Variant, VariantOrigin};
use jwt_workbench::workbench::compare::what_if::Changes;
use jwt_workbench::workbench::effect::{Effect, Event};

use crate::{Bench, figures_of, hs256};

const CLAIMS: &str = "{\n  \"sub\": \"me\",\n  \"groups\": [1.0, \"a\"]\n}";

fn without(names: &[&str]) -> Changes {
    Changes { without: names.iter().map(|name| (*name).to_owned()).collect(), ..Changes::default() }
}

impl Bench {
    fn looking_at(changes: Changes) -> Self {
        let mut bench = Self::comparing();
        bench.type_claims(CLAIMS).look(changes);
        bench
    }

    fn look(&mut self, changes: Changes) -> &mut Self {
        self.compare(CompareCommand::WhatIf(changes))
    }

    #[track_caller]
    fn outcome(&self) -> &Variant {
        &self.comparison().what_if().expect("changes are looked at").outcome
    }

    fn undo(&mut self) -> &mut Self {
        self.apply(Command::Draft(DraftCommand::Undo))
    }
}

#[test]
fn the_outcome_is_derived_and_nothing_else_changes() {
    let mut bench = Bench::looking_at(without(&["groups"]));
    assert_eq!(bench.outcome().facts.as_ref().unwrap().payload, b"{\"sub\":\"me\"}");
    assert_eq!((bench.workbench.draft().template().claims.as_str(), bench.names().len()), (CLAIMS, 1));
    assert_eq!(bench.comparison().what_if().unwrap().of, bench.id(0));
    let revision = bench.comparison().revision();
    bench.look(Changes { algorithm: Some(Algorithm::HS512), ..without(&["sub"]) });
    let facts = bench.outcome().facts.as_ref().unwrap();
    assert_eq!((facts.algorithm, facts.payload.as_slice()), (Some(Algorithm::HS512), &b"{\"groups\":[1.0,\"a\"]}"[..]));
    assert!(bench.comparison().revision() > revision);
    let taken = Changes { renamed: [("sub".to_owned(), "groups".to_owned())].into(), ..Changes::default() };
    bench.look(taken);
    assert!(bench.notice().contains("another claim called groups"), "{}", bench.notice());
    assert_eq!(bench.comparison().what_if().unwrap().changes.algorithm, Some(Algorithm::HS512), "it stays as it was");
    bench.look(Changes::default());
    assert!(bench.comparison().what_if().is_none());
}

#[test]
fn the_outcome_is_measured_beside_the_original_once_it_is_quiet() {
    let mut bench = Bench::looking_at(without(&["groups"]));
    let inputs = bench.asked();
    let ids: Vec<_> = inputs.contenders.iter().map(|contender| contender.id.unwrap()).collect();
    assert_eq!(ids, [bench.id(0), bench.outcome().id]);
    assert_eq!((inputs.bench, inputs.baseline, inputs.delay), (Kind::Variants, 0, Duration::from_millis(300)));
    assert!(inputs.length < Duration::from_secs(1));
    let figures = bench.benched(&inputs);
    assert!(Arc::ptr_eq(bench.workbench.bench().what_if_figures().unwrap(), &figures));
    assert!(bench.workbench.bench().figures(Kind::Variants).is_none(), "the table keeps its own figures");
    assert!(bench.left.is_empty(), "once is enough");
    bench.look(without(&["sub"]));
    assert!(bench.workbench.bench().what_if_figures().is_none(), "figures of another outcome are worth nothing");
    assert_eq!(bench.asked().contenders[1].id, Some(bench.outcome().id));
}

#[test]
fn what_the_user_asked_for_is_measured_first() {
    let mut bench = Bench::comparing();
    bench.type_claims(CLAIMS).measuring(BenchCommand::Measure(Kind::Growth));
    let growth = bench.asked();
    bench.look(without(&["groups"]));
    assert!(bench.left.is_empty(), "a measurement that was asked for is not disturbed");
    bench.benched(&growth);
    let short = bench.asked();
    assert_eq!(short.contenders.len(), 2);
    bench.measuring(BenchCommand::Measure(Kind::Growth));
    let growth = bench.asked();
    bench.event(Event::Benched { ticket: short.ticket, figures: None, progress: None });
    assert!(bench.left.is_empty());
    bench.benched(&growth);
    assert_eq!(bench.asked().contenders.len(), 2, "what was cut short is made up for");
    bench.measuring(BenchCommand::Measure(Kind::Variants));
    let all = bench.asked();
    assert_eq!(all.contenders.last().unwrap().id, Some(bench.outcome().id), "the outcome comes last");
    bench.event(Event::Benched { ticket: all.ticket, figures: Some(Arc::new(figures_of(&all))), progress: None });
    assert!(bench.left.is_empty(), "it was measured with the others");
}

#[test]
fn applied_to_the_draft_it_is_one_step_of_undo() {
    let changes = Changes {
        algorithm: Some(Algorithm::HS384),
        serialization: Some(Serialization::AsTyped),
        renamed: [("sub".to_owned(), "s".to_owned())].into(),
        ..without(&["groups"])
    };
    let mut bench = Bench::looking_at(changes);
    let before = bench.workbench.draft().template().clone();
    bench.compare(CompareCommand::ApplyWhatIf);
    let after = bench.workbench.draft().template().clone();
    assert_eq!((after.claims.as_str(), after.serialization), ("{\n  \"s\": \"me\"\n}", Serialization::AsTyped));
    assert!(after.header.contains("HS384"));
    assert_eq!(bench.facts(0).payload, after.claims.as_bytes(), "the variant follows");
    assert!(bench.comparison().what_if().is_none());
    bench.undo();
    assert_eq!(*bench.workbench.draft().template(), before);
    assert_eq!(*bench.at(0).template, before);
    bench.apply(Command::Draft(DraftCommand::Redo));
    assert_eq!(*bench.workbench.draft().template(), after);
}

#[test]
fn applied_to_another_variant_only_that_one_changes() {
    let mut bench = Bench::comparing();
    bench.compare(CompareCommand::AddTokens(hs256(CLAIMS))).look(without(&["groups"]));
    let id = bench.id(1);
    bench.compare(CompareCommand::ApplyWhatIf);
    assert_eq!(bench.at(1).id, id);
    assert_eq!((bench.at(1).token.as_deref(), &bench.at(1).origin), (None, &VariantOrigin::Snapshot));
    assert_eq!(bench.facts(1).payload, b"{\n  \"sub\": \"me\"\n}");
    assert!(bench.at(1).key.is_some(), "it is signed with the key that verified the token");
    assert!(!bench.workbench.draft().is_unsaved());
}

#[test]
fn the_outcome_can_be_kept_as_a_variant() {
    let mut bench = Bench::looking_at(without(&["groups"]));
    bench.compare(CompareCommand::AddSnapshot).compare(CompareCommand::KeepWhatIf);
    assert_eq!(bench.names().len(), 2, "choosing another variant lets go of the changes");
    let draft = bench.id(0);
    bench.compare(CompareCommand::Select(draft)).look(without(&["groups"]));
    let id = bench.outcome().id;
    bench.compare(CompareCommand::KeepWhatIf);
    assert_eq!((bench.names()[1], bench.id(1)), ("Without groups", id));
    assert_eq!(bench.facts(1).payload, b"{\"sub\":\"me\"}");
    assert_eq!(bench.selected().id, id);
    bench.compare(CompareCommand::AddTokens(vec![hs256("{}"); MOST_VARIANTS].join(" ")));
    bench.look(without(&["x"])).compare(CompareCommand::KeepWhatIf);
    assert_eq!(bench.names().len(), MOST_VARIANTS);
    assert!(bench.comparison().what_if().is_some(), "it is not lost");
}

#[test]
fn a_change_of_the_draft_reaches_what_is_looked_at() {
    let mut bench = Bench::looking_at(without(&["groups"]));
    bench.type_claims("{\"sub\":\"you\",\"groups\":[]}");
    assert_eq!(bench.outcome().facts.as_ref().unwrap().payload, b"{\"sub\":\"you\"}");
    bench.type_claims("[");
    assert!(bench.comparison().what_if().is_none());
    bench.type_claims(CLAIMS).look(without(&["groups"]));
    let id = bench.id(0);
    bench.compare(CompareCommand::AddSnapshot).compare(CompareCommand::Select(id)).look(without(&["sub"]));
    bench.compare(CompareCommand::Remove(id));
    assert!(bench.comparison().what_if().is_none());
    assert!(!bench.left.iter().any(|effect| matches!(effect, Effect::DeriveVariant(_))));
}
