//! What is measured, and what becomes of the figures.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jwt_workbench::jose::error::Problem;
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::measure::ladder::Rung;
use jwt_workbench::workbench::bench::{Bench as Kind, BenchInputs, Figures};
use jwt_workbench::workbench::command::{BenchCommand, Command, CompareCommand, DraftCommand, KeyCommand};
use jwt_workbench::workbench::effect::{Effect, Event, ExportForm, Over, Pick, SaveFailure};
use jwt_workbench::workbench::runs::Run;
use jwt_workbench::workbench::timing::Progress;

use crate::{Bench, figures_of, hs256, minted};

impl Bench {
    pub(crate) fn measuring(&mut self, command: BenchCommand) -> &mut Self {
        self.apply(Command::Bench(command))
    }

    /// The measurement that the last command asked for.
    #[track_caller]
    pub(crate) fn asked(&mut self) -> BenchInputs {
        let is_bench = |effect: &Effect| matches!(effect, Effect::Bench(_));
        let at = self.left.iter().position(is_bench).expect("a measurement was asked for");
        let Effect::Bench(inputs) = self.left.remove(at) else { unreachable!() };
        *inputs
    }

    /// Ends a measurement.
    pub(crate) fn benched(&mut self, inputs: &BenchInputs) -> Arc<Figures> {
        let figures = Arc::new(figures_of(inputs));
        let ticket = inputs.ticket;
        self.event(Event::Benched { ticket, figures: Some(Arc::clone(&figures)), progress: None });
        figures
    }

    fn figures(&self, kind: Kind) -> Option<&Arc<Figures>> {
        self.workbench.bench().figures(kind)
    }
}

#[test]
fn variants_are_measured_with_the_key_each_has() {
    let mut bench = Bench::comparing();
    let pair = Key::generate(KeyKind::P256, None).unwrap();
    let stranger = Key::secret(Secret::from("a key that nobody here knows of it".to_owned()));
    let public = minted(&pair, Algorithm::ES256, "{\"alg\":\"ES256\"}", "{}");
    let foreign = minted(&stranger, Algorithm::HS256, "{\"alg\":\"HS256\"}", "{}");
    let unknown = foreign.replace("eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJYWTI1NiJ9");
    bench.apply(Command::Key(KeyCommand::Paste(pair.public().unwrap().to_jwk(false).unwrap())));
    bench.compare(CompareCommand::AddTokens(format!("{public} {foreign} {unknown}")));
    bench.compare(CompareCommand::AddSnapshot).type_claims("[");
    let baseline = bench.id(4);
    bench.compare(CompareCommand::SetBaseline(baseline)).measuring(BenchCommand::Measure(Kind::Variants));
    let inputs = bench.asked();
    let ids: Vec<_> = inputs.contenders.iter().map(|contender| contender.id.unwrap()).collect();
    assert_eq!(ids, [bench.id(1), bench.id(2), bench.id(3), bench.id(4)], "the broken draft is left out");
    assert_eq!((inputs.baseline, inputs.length, inputs.delay), (3, Duration::from_secs(3), Duration::ZERO));
    assert_eq!(inputs.revision, bench.comparison().revision());
    let untimed: Vec<_> = inputs.contenders.iter().map(|contender| contender.untimed.as_deref()).collect();
    assert_eq!(untimed, [None, Some("no key"), Some("XY256 cannot be measured here"), None]);
    let signed: Vec<_> = inputs.contenders.iter().map(|contender| contender.signature.is_some()).collect();
    assert_eq!(signed, [true, true, true, false]);
    assert_eq!(inputs.contenders[0].key.as_ref().unwrap().thumbprint(), pair.thumbprint());
    assert_eq!(inputs.contenders[3].payload, bench.facts(4).payload);
    assert_eq!(bench.workbench.bench().running().unwrap().ticket, inputs.ticket);
}

#[test]
fn a_template_without_a_key_gets_a_new_one_and_a_public_one_signs_nothing() {
    let mut bench = Bench::comparing();
    bench.apply(Command::Draft(DraftCommand::SetAlgorithm(Algorithm::ES256)));
    bench.measuring(BenchCommand::Measure(Kind::Variants));
    let contender = bench.asked().contenders.remove(0);
    assert!(contender.key.is_none() && contender.untimed.is_none());
    assert_eq!(contender.rung, Rung { algorithm: Algorithm::ES256, rsa_bits: None });
    let public = Key::generate(KeyKind::P256, None).unwrap().public().unwrap();
    bench.apply(Command::Key(KeyCommand::Paste(public.to_jwk(false).unwrap())));
    bench.measuring(BenchCommand::Measure(Kind::Throughput));
    assert_eq!(bench.asked().contenders[0].untimed.as_deref(), Some("no private key"));
}

#[test]
fn the_ladder_has_every_algorithm_on_the_claims_of_the_selected_variant() {
    let mut bench = Bench::comparing();
    bench.compare(CompareCommand::AddTokens(hs256("{\"n\": 1.0}"))).measuring(BenchCommand::Measure(Kind::Ladder));
    let inputs = bench.asked();
    assert_eq!(inputs.contenders.iter().map(|contender| contender.rung).collect::<Vec<_>>(), Rung::all());
    assert!(inputs.contenders.iter().all(|contender| contender.payload == b"{\"n\": 1.0}"));
    for (index, contender) in inputs.contenders.iter().enumerate() {
        let header = String::from_utf8(contender.header.clone()).unwrap();
        assert!(header.starts_with("{\"typ\":\"JWT\"") && header.contains(contender.rung.algorithm.name()), "{header}");
        assert_eq!(contender.key.is_some(), contender.rung.algorithm == Algorithm::HS256);
        assert_eq!(index == inputs.baseline, contender.rung.algorithm == Algorithm::HS256);
        assert!(contender.untimed.is_none() && contender.signature.is_none() && contender.id.is_none());
    }
    bench.compare(CompareCommand::AddSnapshot);
    bench.benched(&inputs);
    assert!(bench.workbench.is_outdated(Kind::Ladder), "another variant is selected");
}

#[test]
fn growth_is_measured_for_the_chosen_algorithms_or_that_of_the_selected() {
    let mut bench = Bench::comparing();
    let algorithms = |bench: &mut Bench| {
        bench.measuring(BenchCommand::Measure(Kind::Growth));
        bench.asked().contenders.iter().map(|contender| contender.rung.label()).collect::<Vec<_>>()
    };
    let chosen = vec![Algorithm::ES256, Algorithm::RS256, Algorithm::ES256];
    bench.measuring(BenchCommand::SetGrowth(chosen));
    assert_eq!(algorithms(&mut bench), ["RS256 2048", "ES256"]);
    bench.measuring(BenchCommand::SetGrowth(Vec::new()));
    assert_eq!(algorithms(&mut bench), ["HS256"]);
}

#[test]
fn figures_come_and_an_older_ticket_is_dropped() {
    let mut bench = Bench::comparing();
    bench.measuring(BenchCommand::SetSeconds(0)).measuring(BenchCommand::Measure(Kind::Variants));
    let first = bench.asked();
    assert_eq!(first.length, Duration::from_secs(1));
    bench.measuring(BenchCommand::SetSeconds(9_999)).measuring(BenchCommand::Measure(Kind::Variants));
    let second = bench.asked();
    assert_eq!(second.length, Duration::from_secs(600));
    bench.benched(&first);
    assert!(bench.figures(Kind::Variants).is_none());
    let progress = Progress { elapsed: Duration::from_secs(1), total: second.length };
    let figures = Arc::new(figures_of(&second));
    let ticket = second.ticket;
    bench.event(Event::Benched { ticket, figures: Some(Arc::clone(&figures)), progress: Some(progress) });
    assert_eq!(bench.workbench.bench().running().unwrap().progress, progress);
    assert!(Arc::ptr_eq(bench.figures(Kind::Variants).unwrap(), &figures));
    bench.measuring(BenchCommand::Stop);
    assert!(matches!(bench.left.as_slice(), [Effect::StopBench]));
    bench.event(Event::Benched { ticket, figures: None, progress: None });
    assert!(bench.workbench.bench().running().is_none());
    assert!(bench.figures(Kind::Variants).is_some(), "what it has stays");
    bench.measuring(BenchCommand::Measure(Kind::Variants));
    let ticket = bench.asked().ticket;
    bench.event(Event::BenchFailed { ticket, problem: Problem::new("x", "It went badly.") });
    assert!(bench.workbench.bench().running().is_none() && bench.workbench.bench().problem().is_some());
}

#[test]
fn figures_are_outdated_once_a_variant_is_another_one() {
    let mut bench = Bench::comparing();
    bench.compare(CompareCommand::AddSnapshot).measuring(BenchCommand::Measure(Kind::Variants));
    assert!(!bench.workbench.is_outdated(Kind::Variants), "without figures nothing is outdated");
    let inputs = bench.asked();
    bench.benched(&inputs);
    let (draft, copy) = (bench.id(0), bench.id(1));
    bench.compare(CompareCommand::Select(draft)).compare(CompareCommand::Move(copy, 0));
    assert!(!bench.workbench.is_outdated(Kind::Variants), "order and selection change no figure");
    bench.compare(CompareCommand::SetBaseline(copy));
    assert!(bench.workbench.is_outdated(Kind::Variants));
    bench.compare(CompareCommand::SetBaseline(draft));
    assert!(!bench.workbench.is_outdated(Kind::Variants));
    bench.compare(CompareCommand::Remove(copy));
    assert!(!bench.workbench.is_outdated(Kind::Variants), "the others were measured");
    bench.type_claims("{}");
    assert!(bench.workbench.is_outdated(Kind::Variants));
}

#[test]
fn a_measurement_waits_for_the_facts() {
    let mut bench = Bench::comparing();
    let claims = format!("{{\"a\":\"{}\"}}", "x".repeat(40));
    // The facts are held back, as those of long texts are.
    let effects = bench.workbench.apply(Command::Compare(CompareCommand::AddTokens(hs256(&claims))), bench.now);
    bench.measuring(BenchCommand::Measure(Kind::Variants));
    assert!(bench.left.is_empty());
    assert_eq!(bench.workbench.bench().waiting(), Some(Kind::Variants));
    bench.run(effects);
    assert_eq!(bench.asked().contenders.len(), 2);
    assert_eq!(bench.workbench.bench().waiting(), None);
}

#[test]
fn with_nothing_to_measure_that_is_said() {
    let mut bench = Bench::comparing();
    bench.type_claims("[1,").measuring(BenchCommand::Measure(Kind::Variants));
    assert!(bench.left.is_empty());
    assert!(bench.notice().contains("nothing to measure"), "{}", bench.notice());
    bench.measuring(BenchCommand::Measure(Kind::Ladder));
    assert!(bench.left.is_empty() && bench.workbench.bench().running().is_none());
}

#[test]
fn a_forgotten_key_is_not_measured_on() {
    let mut bench = Bench::comparing();
    bench.paste_key(&Key::generate(KeyKind::P256, None).unwrap());
    bench.apply(Command::Draft(DraftCommand::SetAlgorithm(Algorithm::ES256)));
    bench.measuring(BenchCommand::Measure(Kind::Variants));
    let id = bench.workbench.keys().ring().keys()[0].id;
    bench.apply(Command::Key(KeyCommand::Forget(id)));
    assert!(bench.left.iter().any(|effect| matches!(effect, Effect::StopBench)));
}

#[test]
fn runs_are_kept_named_and_forgotten() {
    let mut bench = Bench::comparing();
    let keep = |name: &str| BenchCommand::Keep(Kind::Variants, name.to_owned());
    bench.measuring(keep("x"));
    assert!(bench.notice().contains("Nothing of this kind") && bench.workbench.runs().kept().is_empty());
    bench.measuring(BenchCommand::Measure(Kind::Variants));
    let inputs = bench.asked();
    let figures = bench.benched(&inputs);
    bench.measuring(keep(" before ")).measuring(keep("before")).measuring(keep(""));
    let names =
        |bench: &Bench| bench.workbench.runs().kept().iter().map(|run| run.name.clone()).collect::<Vec<_>>().join("|");
    assert_eq!(names(&bench), "Run 1|before 2|before");
    assert!(matches!(bench.left.as_slice(), [Effect::SaveRuns(runs)] if runs.len() == 3));
    let run = bench.workbench.runs().kept()[1].clone();
    assert_eq!((run.at, run.bench), (bench.now, Kind::Variants));
    assert_eq!(run.report.to_json(), figures.report.to_json());
    bench.measuring(BenchCommand::RenameRun(run.id, " before ".to_owned()));
    assert_eq!(names(&bench), "Run 1|before 2|before", "that name is taken");
    bench.measuring(BenchCommand::RenameRun(run.id, "after".to_owned()));
    bench.measuring(BenchCommand::RenameRun(run.id, " ".to_owned()));
    assert_eq!(names(&bench), "Run 1|after|before");
    bench.measuring(BenchCommand::ForgetRun(run.id)).measuring(BenchCommand::ForgetRun(run.id));
    assert_eq!(names(&bench), "Run 1|before");
    let old = Run::loaded("old".to_owned(), 1, Kind::Ladder, run.report);
    bench.event(Event::RunsLoaded(vec![old.clone(), old]));
    assert_eq!(names(&bench), "Run 1|before|old|old", "what was kept since stays in front");
    let kept = bench.workbench.runs().kept();
    assert!(kept.iter().enumerate().all(|(at, run)| kept[at + 1..].iter().all(|other| other.id != run.id)));
}

#[test]
fn figures_are_exported_to_a_file_that_is_asked_for() {
    let mut bench = Bench::comparing();
    bench.measuring(BenchCommand::Export(Kind::Variants, ExportForm::Csv));
    assert!(bench.left.is_empty() && bench.notice().contains("Nothing of this kind"), "{}", bench.notice());
    bench.measuring(BenchCommand::Measure(Kind::Variants));
    let inputs = bench.asked();
    let figures = bench.benched(&inputs);
    for (form, name, text) in [
        (ExportForm::Csv, "jwt-variants.csv", figures.report.to_csv()),
        (ExportForm::Json, "jwt-variants.json", figures.report.to_json() + "\n"),
        (ExportForm::Markdown, "jwt-variants.md", figures.report.to_markdown()),
    ] {
        bench.measuring(BenchCommand::Export(Kind::Variants, form));
        let [Effect::Pick(Pick::Export(picked), start)] = bench.left.as_slice() else { panic!("no path is asked for") };
        assert_eq!((*picked, start.to_str().unwrap()), (form, name));
        bench.left.clear();
        bench.event(Event::Picked(Pick::Export(form), Some(PathBuf::from("out"))));
        let [Effect::WriteExport { path, bytes, over, .. }] = bench.left.as_slice() else {
            panic!("nothing is written")
        };
        assert_eq!((path.to_str(), *over), (Some("out"), Over::Anything));
        assert_eq!(String::from_utf8_lossy(bytes), text);
    }
    bench.measuring(BenchCommand::ExportPicture(vec![1, 2, 3]));
    bench.left.clear();
    bench.event(Event::Picked(Pick::Export(ExportForm::Png), Some(PathBuf::from("p.png"))));
    assert!(matches!(bench.left.as_slice(), [Effect::WriteExport { bytes, .. }] if *bytes == [1, 2, 3]));
    bench.event(Event::Exported(PathBuf::from("p.png"), Ok(())));
    assert_eq!(bench.notice(), "p.png saved.");
    bench.event(Event::Exported(PathBuf::from("p.png"), Err(SaveFailure::Exists)));
    assert!(bench.notice().contains("there is such a file already"));
    bench.left.clear();
    bench.event(Event::Picked(Pick::Export(ExportForm::Png), Some(PathBuf::from("p.png"))));
    assert!(bench.left.is_empty(), "a picture is written once");
}

#[test]
fn the_table_is_exported_with_sizes_alone_until_it_is_measured() {
    let mut bench = Bench::comparing();
    bench.compare(CompareCommand::AddSnapshot).compare(CompareCommand::Export(ExportForm::Csv));
    let inputs = bench.asked();
    assert_eq!((inputs.bench, inputs.length, inputs.contenders.len()), (Kind::Variants, Duration::ZERO, 2));
    for (index, contender) in inputs.contenders.iter().enumerate() {
        assert_eq!(contender.untimed.as_deref(), Some("not measured"));
        let sizes = bench.facts(index).sizes;
        assert_eq!(contender.signature.as_ref().map(Vec::len), Some(sizes.signature_bytes));
        assert_eq!(contender.payload.len(), sizes.payload_bytes);
    }
    bench.benched(&inputs);
    assert!(matches!(bench.left.as_slice(), [Effect::Pick(Pick::Export(ExportForm::Csv), _)]), "{:?}", bench.left);
    assert!(bench.figures(Kind::Variants).is_none(), "sizes are no measurement");
    bench.left.clear();
    bench.measuring(BenchCommand::Measure(Kind::Variants));
    let inputs = bench.asked();
    bench.compare(CompareCommand::Export(ExportForm::Markdown));
    assert!(bench.left.is_empty() && bench.notice().contains("A measurement is running"), "{}", bench.notice());
    bench.benched(&inputs);
    bench.compare(CompareCommand::Export(ExportForm::Markdown));
    assert!(matches!(bench.left.as_slice(), [Effect::Pick(..)]), "what was measured is exported as it is");
    bench.compare(CompareCommand::AddSnapshot).compare(CompareCommand::Export(ExportForm::Json));
    assert_eq!(bench.asked().contenders.len(), 3, "what came since has its sizes");
}

#[test]
fn a_measurement_does_not_wait_for_a_variant_that_is_gone() {
    let mut bench = Bench::comparing();
    let effects = bench.workbench.apply(Command::Compare(CompareCommand::AddTokens(hs256("{}"))), bench.now);
    bench.measuring(BenchCommand::Measure(Kind::Variants));
    let pending = bench.id(1);
    bench.compare(CompareCommand::Remove(pending)).run(effects);
    assert_eq!(bench.asked().contenders.len(), 1);
}
