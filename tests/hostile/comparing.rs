//! What can be asked of the comparison and its measurements, for the random sequences, and what holds after each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use jwt_workbench::jose::json::Serialization;
use jwt_workbench::jose::jwa::Algorithm;
use jwt_workbench::measure::report::{Machine, Report, Settings};
use jwt_workbench::measure::sampler::Sampler;
use jwt_workbench::workbench::Workbench;
use jwt_workbench::workbench::bench::{Bench, BenchInputs, Figures};
use jwt_workbench::workbench::command::{BenchCommand, Command, CompareCommand};
use jwt_workbench::workbench::compare::MOST_VARIANTS;
use jwt_workbench::workbench::compare::variant::VariantId;
use jwt_workbench::workbench::compare::what_if::Changes;
use jwt_workbench::workbench::effect::{Event, ExportForm};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// A command about a variant or a run that is chosen when its turn comes.
#[derive(Clone, Debug)]
pub(crate) enum Comparing {
    Plain(CompareCommand),
    Bench(BenchCommand),
    Duplicate(Index),
    Remove(Index),
    Rename(Index, &'static str),
    Move(Index, usize),
    SetBaseline(Index),
    Select(Index),
    OpenInCraft(Index),
    RenameRun(Index, &'static str),
    ForgetRun(Index),
    ExportRun(Index, ExportForm),
}

impl Comparing {
    /// The command, if there is what it is about.
    pub(crate) fn command(&self, workbench: &Workbench) -> Option<Command> {
        let variants = workbench.comparison().variants();
        let id = |index: &Index| -> Option<VariantId> { (!variants.is_empty()).then(|| index.get(variants).id) };
        let runs = workbench.runs().kept();
        let run = |index: &Index| (!runs.is_empty()).then(|| index.get(runs).id);
        Some(match self {
            Self::Plain(command) => Command::Compare(command.clone()),
            Self::Bench(command) => Command::Bench(command.clone()),
            Self::Duplicate(index) => Command::Compare(CompareCommand::Duplicate(id(index)?)),
            Self::Remove(index) => Command::Compare(CompareCommand::Remove(id(index)?)),
            Self::Rename(index, name) => Command::Compare(CompareCommand::Rename(id(index)?, (*name).to_owned())),
            Self::Move(index, to) => Command::Compare(CompareCommand::Move(id(index)?, *to)),
            Self::SetBaseline(index) => Command::Compare(CompareCommand::SetBaseline(id(index)?)),
            Self::Select(index) => Command::Compare(CompareCommand::Select(id(index)?)),
            Self::OpenInCraft(index) => Command::Compare(CompareCommand::OpenInCraft(id(index)?)),
            Self::RenameRun(index, name) => Command::Bench(BenchCommand::RenameRun(run(index)?, (*name).to_owned())),
            Self::ForgetRun(index) => Command::Bench(BenchCommand::ForgetRun(run(index)?)),
            Self::ExportRun(index, form) => Command::Bench(BenchCommand::ExportRun(run(index)?, *form)),
        })
    }
}

/// Names a user types, and some that nobody should.
const NAMES: [&str; 6] = ["A", " A ", "", "A 2", "a\u{202e}b\u{7}", "長い名前"];

pub(crate) fn comparing() -> impl Strategy<Value = Comparing> {
    let index = || any::<Index>();
    let name = || select(NAMES.to_vec());
    let form = || select(vec![ExportForm::Csv, ExportForm::Json, ExportForm::Markdown, ExportForm::Png]);
    prop_oneof![
        12 => plain().prop_map(Comparing::Plain),
        6 => measuring().prop_map(Comparing::Bench),
        2 => index().prop_map(Comparing::Duplicate),
        3 => index().prop_map(Comparing::Remove),
        2 => (index(), name()).prop_map(|(index, name)| Comparing::Rename(index, name)),
        2 => (index(), 0..9usize).prop_map(|(index, to)| Comparing::Move(index, to)),
        2 => index().prop_map(Comparing::SetBaseline),
        3 => index().prop_map(Comparing::Select),
        1 => index().prop_map(Comparing::OpenInCraft),
        1 => (index(), name()).prop_map(|(index, name)| Comparing::RenameRun(index, name)),
        1 => index().prop_map(Comparing::ForgetRun),
        1 => (index(), form()).prop_map(|(index, form)| Comparing::ExportRun(index, form)),
    ]
}

fn plain() -> impl Strategy<Value = CompareCommand> {
    let tokens = select(vec![
        "eyJhbGciOiJIUzI1NiJ9.e30.XmNK3GpH3Ys_7wsYBfq4C3M6goz71I7dTgUkuIa5lyQ",
        "eyJhbGciOiJYWTI1NiJ9.eyJhIjoxfQ.AAAA eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
        "eyJhbGciOiJIUzI1NiJ9.!!!.AAAA",
        "hello",
        "",
    ]);
    let claims = select(vec![vec![], vec!["a"], vec!["sub", "exp"]]);
    prop_oneof![
        1 => Just(CompareCommand::AddDraft),
        3 => Just(CompareCommand::AddSnapshot),
        1 => Just(CompareCommand::AddFiles),
        1 => Just(CompareCommand::AddFile(PathBuf::from("/fake/1.jwt.json"))),
        2 => tokens.prop_map(|text| CompareCommand::AddTokens(text.to_owned())),
        1 => Just(CompareCommand::AddInspected),
        2 => Just(CompareCommand::RestoreRemoved),
        2 => claims.prop_map(|names| CompareCommand::Minimise(names.into_iter().map(str::to_owned).collect())),
        6 => changes().prop_map(CompareCommand::WhatIf),
        2 => Just(CompareCommand::ApplyWhatIf),
        2 => Just(CompareCommand::KeepWhatIf),
        1 => Just(CompareCommand::Clear),
        2 => Just(CompareCommand::Save),
        1 => Just(CompareCommand::SaveAs),
        1 => Just(CompareCommand::Open),
        1 => Just(CompareCommand::Export(ExportForm::Csv)),
    ]
}

fn changes() -> impl Strategy<Value = Changes> {
    let without = select(vec![vec![], vec!["a"], vec!["sub", "b"]]);
    let renamed = select(vec![None, Some(("a", "b")), Some(("sub", "")), Some(("exp", "sub"))]);
    let algorithm = select(vec![None, Some(Algorithm::ES256), Some(Algorithm::HS512), Some(Algorithm::PS256)]);
    let serialization = select(vec![None, Some(Serialization::AsTyped)]);
    (without, renamed, algorithm, serialization).prop_map(|(without, renamed, algorithm, serialization)| Changes {
        without: without.into_iter().map(str::to_owned).collect(),
        renamed: renamed.into_iter().map(|(old, new)| (old.to_owned(), new.to_owned())).collect::<BTreeMap<_, _>>(),
        algorithm,
        serialization,
    })
}

fn measuring() -> impl Strategy<Value = BenchCommand> {
    let bench = || select(Bench::ALL.to_vec());
    prop_oneof![
        4 => bench().prop_map(BenchCommand::Measure),
        1 => Just(BenchCommand::Stop),
        1 => any::<u64>().prop_map(BenchCommand::SetSeconds),
        1 => select(vec![vec![], vec![Algorithm::ES256]]).prop_map(BenchCommand::SetGrowth),
        2 => (bench(), select(NAMES.to_vec())).prop_map(|(bench, name)| BenchCommand::Keep(bench, name.to_owned())),
        1 => (bench(), Just(ExportForm::Json)).prop_map(|(bench, form)| BenchCommand::Export(bench, form)),
        1 => Just(BenchCommand::ExportPicture(vec![1])),
    ]
}

/// The end of a measurement, which says who was measured and nothing else.
pub(crate) fn benched(inputs: &BenchInputs) -> Event {
    if inputs.bench != Bench::Login {
        assert!(!inputs.contenders.is_empty() && inputs.baseline < inputs.contenders.len());
    }
    assert_eq!(inputs.login.is_some(), inputs.bench == Bench::Login);
    let machine = Machine { os: "os".to_owned(), architecture: "arch".to_owned(), processor: None, cores: 1 };
    let settings = Settings::new(inputs.length.as_secs_f64(), inputs.budget);
    let figures = Figures {
        report: Report::new(&[], &Sampler::of(&[]), 0, machine, settings),
        ids: inputs.contenders.iter().map(|contender| contender.id).collect(),
        rungs: inputs.contenders.iter().map(|contender| contender.rung).collect(),
        traces: Vec::new(),
        login: None,
        revision: inputs.revision,
    };
    Event::Benched { ticket: inputs.ticket, figures: Some(Arc::new(figures)), progress: None }
}

/// What always holds.
pub(crate) fn check_comparison(workbench: &Workbench) {
    let comparison = workbench.comparison();
    let variants = comparison.variants();
    assert!(variants.len() <= MOST_VARIANTS);
    let names: BTreeSet<&str> = variants.iter().map(|variant| variant.name.as_str()).collect();
    let ids: BTreeSet<VariantId> = variants.iter().map(|variant| variant.id).collect();
    assert_eq!((names.len(), ids.len()), (variants.len(), variants.len()), "names and identifiers are unique");
    assert!(names.iter().all(|name| !name.trim().is_empty()));
    assert_eq!((comparison.baseline().is_some(), comparison.selected().is_some()), (!ids.is_empty(), !ids.is_empty()));
    if let Some(what_if) = comparison.what_if() {
        assert_eq!(comparison.selected().map(|variant| variant.id), Some(what_if.of));
        assert!(!what_if.changes.is_empty() && !ids.contains(&what_if.outcome.id));
    }
}

/// What holds once every answer is there.
pub(crate) fn check_settled(workbench: &Workbench) {
    check_comparison(workbench);
    let comparison = workbench.comparison();
    assert!(comparison.is_settled(), "every variant was worked out");
    assert!(workbench.bench().running().is_none() && workbench.bench().waiting().is_none(), "nobody waits for ever");
    for variant in comparison.variants() {
        match &variant.facts {
            Ok(facts) => {
                let sizes = facts.sizes;
                assert_eq!(sizes.token, sizes.header + sizes.payload + sizes.signature + 2);
                if let Some(token) = &variant.token {
                    assert_eq!(token.len(), sizes.token);
                }
            }
            Err(problem) => assert_ne!(problem.code, "pending"),
        }
    }
}
