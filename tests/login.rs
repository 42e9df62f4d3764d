//! The login lab in the workbench: what is asked of the edge, and what is made of its answers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use jwt_workbench::jose::error::Problem;
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::measure::login::exchange::Route;
use jwt_workbench::measure::login::network::{Network, Profile};
use jwt_workbench::measure::login::pattern::Pattern;
use jwt_workbench::measure::login::plan::Plan;
use jwt_workbench::measure::login::report::{LoginReport, LoginRow, Spread};
use jwt_workbench::measure::report::{Machine, Report, Settings};
use jwt_workbench::measure::sampler::Sampler;
use jwt_workbench::template::default::default_template;
use jwt_workbench::template::file::TemplateFile;
use jwt_workbench::template::render::{Context, Rendering};
use jwt_workbench::workbench::Workbench;
use jwt_workbench::workbench::bench::{Bench, BenchInputs, Figures};
use jwt_workbench::workbench::command::{
    BenchCommand, Command, CompareCommand, DraftCommand, KeyCommand, LoginCommand, Part,
};
use jwt_workbench::workbench::compare::derive as compare;
use jwt_workbench::workbench::effect::{Effect, Event, ExportForm, Over, Pick};
use jwt_workbench::workbench::facts::{SignerCache, derive};
use jwt_workbench::workbench::login::{Heard, LoginInputs};
use jwt_workbench::workbench::runs_file;
use jwt_workbench::workbench::settings::Settings as Chosen;
use jwt_workbench::workbench::timing::Progress;

const NOW: i64 = 1_795_284_752;
const SECRET: &str = "a secret of more than thirty-two bytes for the tests";

/// A workbench, and what it asked for that was not answered.
struct Desk {
    workbench: Workbench,
    signers: SignerCache,
}

impl Desk {
    fn new(template: TemplateFile) -> Self {
        let (workbench, effects) = Workbench::new(template, Secret::from(SECRET.to_owned()), Chosen::default(), NOW);
        let mut desk = Self { workbench, signers: SignerCache::default() };
        desk.answer(effects);
        desk
    }

    fn of(header: &str, claims: &str) -> Self {
        let mut template = default_template();
        (template.header, template.claims) = (header.to_owned(), claims.to_owned());
        Self::new(template)
    }

    /// Derives what is to be derived; the other effects are left.
    fn answer(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        let mut left = Vec::new();
        for effect in effects {
            let event = match effect {
                Effect::Derive(inputs) => {
                    Event::Derived(Box::new(derive(&inputs, &mut self.signers, &mut |buffer| buffer.fill(7))))
                }
                Effect::DeriveVariant(inputs) => {
                    let facts = compare::derive(&inputs, &mut |buffer| buffer.fill(7)).map(Arc::new);
                    Event::VariantDerived(inputs.id, inputs.revision, facts)
                }
                Effect::Sample { .. } | Effect::StopSampling | Effect::SaveSettings(_) => continue,
                other => {
                    left.push(other);
                    continue;
                }
            };
            let more = self.workbench.on_event(event, NOW);
            left.extend(self.answer(more));
        }
        left
    }

    fn apply(&mut self, command: Command) -> Vec<Effect> {
        let effects = self.workbench.apply(command, NOW);
        self.answer(effects)
    }

    fn login(&mut self, command: LoginCommand) -> Vec<Effect> {
        self.apply(Command::Login(command))
    }

    fn measure(&mut self) -> Vec<Effect> {
        self.apply(Command::Bench(BenchCommand::Measure(Bench::Login)))
    }

    fn hear(&mut self, heard: Heard) {
        assert!(self.workbench.on_event(Event::LoginServer(heard), NOW).is_empty());
    }

    /// Starts the server and lets it listen.
    #[track_caller]
    fn serve(&mut self) -> LoginInputs {
        let (inputs, ticket) = started(&self.login(LoginCommand::Start));
        self.hear(Heard::Started { ticket, address: ([127, 0, 0, 1], 4_711).into() });
        inputs
    }

    /// Measures to the end, on a server that is there.
    #[track_caller]
    fn benched(&mut self) {
        let effects = self.measure();
        let [Effect::Bench(inputs)] = &effects[..] else { panic!("{effects:?}") };
        let event = Event::Benched { ticket: inputs.ticket, figures: Some(figures(inputs)), progress: None };
        assert!(self.workbench.on_event(event, NOW).is_empty());
    }

    #[track_caller]
    fn complains(&self, code: &str) {
        let problem = self.workbench.login().problem().unwrap();
        assert_eq!(problem.code, code, "{problem:?}");
        assert!(!problem.help.is_empty(), "{problem:?}");
    }
}

#[track_caller]
fn started(effects: &[Effect]) -> (LoginInputs, u64) {
    let start = effects.iter().find_map(|effect| match effect {
        Effect::StartLogin { inputs, ticket, .. } => Some((inputs.as_ref().clone(), *ticket)),
        _ => None,
    });
    start.unwrap_or_else(|| panic!("nothing is started: {effects:?}"))
}

fn report() -> LoginReport {
    let spread = |ns| Some(Spread { samples: 9, p50_ns: ns, p95_ns: 2 * ns, p99_ns: 3 * ns, max_ns: 4 * ns });
    let row = |pattern: Pattern| LoginRow {
        name: pattern.label().to_owned(),
        pattern: Some(pattern),
        seconds: 3.0,
        asked: 9,
        answered: 9,
        errors: 0,
        requests_per_second: 3.0,
        processing: spread(12_345),
        cpu: None,
        password: None,
        queue: None,
        stall: None,
        login: spread(70_000),
        ping: spread(50_000),
        body_bytes: Some(123),
        wire_bytes: Some(234),
        token_bytes: Some(99),
        ruling: None,
    };
    LoginReport { subject: "T".to_owned(), rows: Pattern::ALL.map(row).into(), ..LoginReport::default() }
}

fn figures(inputs: &BenchInputs) -> Arc<Figures> {
    let machine = Machine { os: "os".to_owned(), architecture: "arch".to_owned(), processor: None, cores: 1 };
    let settings = Settings::new(inputs.length.as_secs_f64(), inputs.budget);
    let mut all = Report::new(&[], &Sampler::of(&[]), 0, machine, settings);
    all.login = Some(report());
    Arc::new(Figures {
        report: all,
        ids: Vec::new(),
        rungs: Vec::new(),
        traces: Vec::new(),
        login: None,
        revision: inputs.revision,
    })
}

fn rendered(rendering: &Rendering) -> String {
    let mut bytes = Vec::new();
    rendering.render(&mut Context { now: NOW, counter: 0, random: &mut |_| {} }, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn the_server_mints_the_draft_and_its_minimal_payload_byte_for_byte() {
    let mut desk = Desk::of(r#"{"alg":"HS512"}"#, r#"{"a":1.0,"sub":"u","exp":"{{now+30m}}","b":[2]}"#);
    let inputs = desk.serve();
    assert_eq!(rendered(&inputs.header), r#"{"alg":"HS512"}"#);
    assert_eq!(rendered(&inputs.full), format!(r#"{{"a":1.0,"sub":"u","exp":{},"b":[2]}}"#, NOW + 1_800));
    assert_eq!(rendered(&inputs.minimal), format!(r#"{{"sub":"u","exp":{}}}"#, NOW + 1_800));
    assert_eq!((inputs.algorithm, inputs.now), (Algorithm::HS512, NOW));
    let serving = desk.workbench.login().serving().unwrap();
    assert_eq!((serving.address.port(), serving.algorithm), (4_711, Algorithm::HS512));
    assert!(!desk.workbench.login_is_outdated() && !desk.workbench.login().is_starting());
}

#[test]
fn what_cannot_be_minted_is_told_with_a_next_step_and_starts_nothing() {
    for (header, claims, code) in [
        (r#"{"alg":"none"}"#, "{}", "alg-none"),
        (r#"{"alg":"RS256"}"#, "{}", "key-missing"),
        (r#"{"alg":"HS256"}"#, "[1]", "not-an-object"),
        (r#"{"alg":"HS256"}"#, r#"{"a":"{{nobody}}"}"#, "placeholder-unknown"),
    ] {
        for measure in [false, true] {
            let mut desk = Desk::of(header, claims);
            let effects = if measure { desk.measure() } else { desk.login(LoginCommand::Start) };
            assert!(effects.is_empty(), "{header} {claims}: {effects:?}");
            let problem = desk.workbench.login().problem().unwrap_or_else(|| panic!("{header} {claims}"));
            assert!(!problem.help.is_empty(), "{problem:?}");
            if code != "alg-none" && code != "placeholder-unknown" {
                desk.complains(code);
            }
            assert!(!desk.workbench.login().is_starting());
        }
    }
    let mut desk = Desk::of(r#"{"alg":"ES256"}"#, "{}");
    let public = Key::generate(KeyKind::P256, None).unwrap().to_pem(false).unwrap();
    desk.apply(Command::Key(KeyCommand::Paste(public)));
    assert!(desk.login(LoginCommand::Start).is_empty(), "a public key does not sign");
    assert!(!desk.workbench.login().problem().unwrap().help.is_empty());
}

#[test]
fn measuring_starts_the_server_once_and_again_after_a_change() {
    let mut desk = Desk::new(default_template());
    let effects = desk.measure();
    let [Effect::StartLogin { plan, ticket, .. }, Effect::Bench(inputs)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!((inputs.bench, inputs.login.as_ref()), (Bench::Login, Some(plan)));
    assert!(inputs.contenders.is_empty() && inputs.length.as_secs() == 4 * 3 + 1);
    assert!(desk.workbench.login().is_starting());
    desk.hear(Heard::Started { ticket: *ticket, address: ([127, 0, 0, 1], 4_711).into() });
    assert_eq!(desk.workbench.bench().running().unwrap().bench, Bench::Login);
    let again = desk.measure();
    assert!(matches!(again[..], [Effect::Bench(_)]), "it serves already: {again:?}");

    let plan = Plan { loop_threads: 2, ..Plan::default() };
    desk.login(LoginCommand::SetPlan(plan));
    assert!(desk.workbench.login_is_outdated(), "threads are chosen when it starts");
    let again = desk.measure();
    assert!(matches!(again[..], [Effect::StartLogin { .. }, Effect::Bench(_)]), "{again:?}");
}

#[test]
fn answers_of_a_server_before_it_are_dropped() {
    let mut desk = Desk::new(default_template());
    let (_, first) = started(&desk.login(LoginCommand::Start));
    let (_, second) = started(&desk.login(LoginCommand::Start));
    desk.hear(Heard::Started { ticket: first, address: ([127, 0, 0, 1], 1).into() });
    assert!(desk.workbench.login().serving().is_none());
    desk.hear(Heard::Failed { ticket: first, problem: Problem::new("x", "x").help("x") });
    assert!(desk.workbench.login().problem().is_none() && desk.workbench.login().is_starting());
    desk.hear(Heard::Started { ticket: second, address: ([127, 0, 0, 1], 2).into() });
    assert_eq!(desk.workbench.login().serving().unwrap().address.port(), 2);

    assert!(matches!(desk.login(LoginCommand::Stop)[..], [Effect::StopLogin]));
    assert!(desk.workbench.login().serving().is_none() && desk.workbench.login().is_stopping());
    desk.hear(Heard::Started { ticket: second, address: ([127, 0, 0, 1], 2).into() });
    assert!(desk.workbench.login().serving().is_none());
    desk.hear(Heard::Stopped);
    assert!(!desk.workbench.login().is_stopping());
    assert!(desk.login(LoginCommand::Stop).is_empty(), "there is nothing to stop");

    let (_, third) = started(&desk.login(LoginCommand::Start));
    desk.hear(Heard::Failed { ticket: third, problem: Problem::new("port-in-use", "In use").help("Choose 0.") });
    desk.complains("port-in-use");
    assert!(!desk.workbench.login().is_starting());
    started(&desk.login(LoginCommand::Start));
    assert!(desk.workbench.login().problem().is_none(), "a new try");
}

#[test]
fn stopping_the_server_ends_its_measurement_first() {
    let mut desk = Desk::new(default_template());
    desk.serve();
    desk.measure();
    let effects = desk.login(LoginCommand::Stop);
    assert!(matches!(effects[..], [Effect::StopBench, Effect::StopLogin]), "{effects:?}");
}

#[test]
fn figures_are_outdated_when_what_is_minted_changes_and_only_then() {
    let mut desk = Desk::new(default_template());
    assert!(!desk.workbench.is_outdated(Bench::Login), "without figures nothing is");
    desk.serve();
    desk.benched();
    assert!(!desk.workbench.is_outdated(Bench::Login));
    desk.login(LoginCommand::SetProfile(Profile::Lan));
    desk.login(LoginCommand::Stop);
    assert!(!desk.workbench.is_outdated(Bench::Login), "the figures are those of the draft still");

    let claims = desk.workbench.draft().template().claims.clone();
    desk.apply(Command::Draft(DraftCommand::Type(Part::Claims, "{\"sub\":\"x\"}".to_owned())));
    assert!(desk.workbench.is_outdated(Bench::Login));
    desk.apply(Command::Draft(DraftCommand::Type(Part::Claims, claims)));
    assert!(!desk.workbench.is_outdated(Bench::Login), "it is the same again");

    desk.serve();
    desk.benched();
    desk.apply(Command::Key(KeyCommand::SetSecret(Secret::from("another secret, as long as it must be".to_owned()))));
    assert!(desk.workbench.is_outdated(Bench::Login) && desk.workbench.login_is_outdated());

    desk.serve();
    desk.benched();
    desk.apply(Command::Compare(CompareCommand::AddDraft));
    desk.apply(Command::Compare(CompareCommand::Minimise(vec!["sub".to_owned()])));
    let variant = desk.workbench.comparison().variants().last().unwrap().id;
    desk.login(LoginCommand::SetSubject(Some(variant)));
    assert!(desk.workbench.is_outdated(Bench::Login) && desk.workbench.login_is_outdated());
    let inputs = desk.serve();
    assert_eq!((inputs.subject.as_str(), rendered(&inputs.full)), ("Minimal: sub", rendered(&inputs.minimal)));
    desk.benched();
    assert!(!desk.workbench.is_outdated(Bench::Login) && !desk.workbench.login_is_outdated());

    desk.apply(Command::Compare(CompareCommand::Remove(variant)));
    assert!(desk.workbench.is_outdated(Bench::Login));
    assert!(desk.login(LoginCommand::Start).is_empty());
    desk.complains("login-subject");
}

#[test]
fn progress_and_figures_of_logins_come_and_are_kept_and_exported() {
    let mut desk = Desk::new(default_template());
    desk.serve();
    let effects = desk.measure();
    let [Effect::Bench(inputs)] = &effects[..] else { panic!("{effects:?}") };
    let total = inputs.length;
    let progress = Some(Progress { elapsed: total / 2, total });
    let event = Event::Benched { ticket: inputs.ticket, figures: Some(figures(inputs)), progress };
    desk.workbench.on_event(event, NOW);
    assert_eq!(desk.workbench.bench().running().unwrap().progress.elapsed, total / 2);
    assert!(matches!(desk.apply(Command::Bench(BenchCommand::Stop))[..], [Effect::StopBench]));
    desk.workbench.on_event(Event::Benched { ticket: inputs.ticket, figures: None, progress: None }, NOW);
    assert!(desk.workbench.bench().running().is_none());

    let effects = desk.apply(Command::Bench(BenchCommand::Keep(Bench::Login, "before".to_owned())));
    let [Effect::SaveRuns(runs)] = &effects[..] else { panic!("{effects:?}") };
    let read = runs_file::from_text(&runs_file::to_text(runs)).unwrap().runs;
    assert_eq!((read[0].name.as_str(), read[0].bench), ("before", Bench::Login));
    assert_eq!(read[0].report.to_json(), runs[0].report.to_json());
    assert_eq!(read[0].report.login.as_ref().unwrap().rows.len(), 4);

    for (form, words) in [
        (ExportForm::Csv, "processing_p50_ns"),
        (ExportForm::Json, r#""login":{"plan":"#),
        (ExportForm::Markdown, "| Blocking, full payload |"),
    ] {
        let effects = desk.apply(Command::Bench(BenchCommand::Export(Bench::Login, form)));
        let [Effect::Pick(pick @ Pick::Export(_), path)] = &effects[..] else { panic!("{effects:?}") };
        assert!(path.ends_with(format!("jwt-login.{}", form.extension())), "{path:?}");
        let effects = desk.workbench.on_event(Event::Picked(*pick, Some(path.clone())), NOW);
        let [Effect::WriteExport { bytes, over: Over::Anything, .. }] = &effects[..] else { panic!("{effects:?}") };
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains(words), "{text}");
        assert!(form == ExportForm::Json || text.contains("12.3 µs") || text.contains("12345"), "{text}");
    }
}

#[test]
fn commands_and_the_page_are_those_of_the_server_that_listens() {
    let mut desk = Desk::new(default_template());
    for command in [LoginCommand::CopyCurl(Route::Login), LoginCommand::OpenInBrowser] {
        assert!(desk.login(command).is_empty());
    }
    desk.serve();
    let mut copied = |route| {
        let effects = desk.login(LoginCommand::CopyCurl(route));
        let [Effect::Copy { text, .. }] = &effects[..] else { panic!("{effects:?}") };
        text.as_str().unwrap().to_owned()
    };
    assert_eq!(copied(Route::Ping), "curl http://127.0.0.1:4711/ping");
    let login = copied(Route::Login);
    assert!(login.contains(r#"--data '{"username":"demo","password":"demo"}' http://127.0.0.1:4711/login"#), "{login}");
    let me = copied(Route::Me);
    assert!(
        me.contains("--silent") && me.ends_with("\"Authorization: Bearer $TOKEN\" http://127.0.0.1:4711/me"),
        "{me}"
    );
    let effects = desk.login(LoginCommand::OpenInBrowser);
    let [Effect::Browse(address)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(address, "http://127.0.0.1:4711/");
}

#[test]
fn every_setting_is_kept_in_its_range() {
    let mut desk = Desk::new(default_template());
    desk.login(LoginCommand::SetPlan(Plan { patterns: Vec::new(), seconds: 0, workers: 1_000, ..Plan::default() }));
    let plan = desk.workbench.login().plan();
    assert_eq!((plan.patterns.len(), plan.seconds, plan.workers), (4, 1, 64));
    desk.login(LoginCommand::SetLaterRequests(0));
    assert_eq!(desk.workbench.login().later_requests(), 1);
    desk.login(LoginCommand::SetLaterRequests(u32::MAX));
    assert_eq!(desk.workbench.login().later_requests(), 1_000_000);
    desk.login(LoginCommand::SetProfile(Profile::Own));
    let own = Network { round_trip_ms: 1e9, down_mbit: -1.0, up_mbit: 3.0 };
    desk.login(LoginCommand::SetOwnNetwork(own));
    assert_eq!(desk.workbench.login().network(), own.bounded());
    desk.login(LoginCommand::SetOwnNetwork(Network { up_mbit: f64::NAN, ..own }));
    assert_eq!(desk.workbench.login().network(), own.bounded(), "what is no number is not taken");
    desk.login(LoginCommand::SetPort(8_000));
    desk.serve();
    assert_eq!(desk.workbench.login().port(), 8_000);
    desk.login(LoginCommand::SetPort(8_001));
    assert!(desk.workbench.login_is_outdated());
}
