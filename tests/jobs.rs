//! The edge at work: real threads that measure, derive and write.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use jwt_workbench::jobs::Jobs;
use jwt_workbench::jobs::settings_store::SettingsStore;
use jwt_workbench::jose::jwa::Algorithm;
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::measure::budget::Budget;
use jwt_workbench::measure::growth::PAYLOADS;
use jwt_workbench::measure::ladder::Rung;
use jwt_workbench::measure::login::pattern::{Minting, Pattern, Payload};
use jwt_workbench::measure::login::plan::Plan;
use jwt_workbench::measure::variant::{Operation, Variant};
use jwt_workbench::template::default::default_template;
use jwt_workbench::workbench::bench::{Bench, BenchInputs, Contender, Figures};
use jwt_workbench::workbench::effect::{Effect, Event, Over, SaveFailure};
use jwt_workbench::workbench::login::{Heard, LoginInputs};
use jwt_workbench::workbench::runs::Run;
use jwt_workbench::workbench::runs_file;
use jwt_workbench::workbench::timing::{Progress, SampleInputs};

/// How long anything may take to come: longer than the busiest machine needs.
const PATIENCE: Duration = Duration::from_secs(120);
/// Longer than any test waits.
const ENDLESS: Duration = Duration::from_secs(3_600);

/// The jobs, and what comes back from them.
struct Edge {
    jobs: Jobs,
    woken: Receiver<()>,
}

impl Edge {
    fn new() -> Self {
        let (wake, woken) = channel();
        let jobs = Jobs::new(SettingsStore::nowhere(), move || wake.send(()).unwrap_or_default());
        Self { jobs, woken }
    }

    #[track_caller]
    fn run(&mut self, effect: Effect) {
        assert!(self.jobs.run(effect).is_none(), "it is answered later");
    }

    #[track_caller]
    fn next(&mut self) -> Event {
        loop {
            if let Some(event) = self.jobs.poll() {
                return event;
            }
            self.woken.recv_timeout(PATIENCE).unwrap();
        }
    }

    /// What the bench of that ticket says next.
    #[track_caller]
    fn benched(&mut self, wanted: u64) -> (Option<Arc<Figures>>, Option<Progress>) {
        loop {
            match self.next() {
                Event::Benched { ticket, figures, progress } if ticket == wanted => return (figures, progress),
                Event::BenchFailed { problem, .. } => panic!("{problem:?}"),
                _ => {}
            }
        }
    }

    /// The figures that the bench of that ticket ends with.
    #[track_caller]
    fn ended(&mut self, ticket: u64) -> Option<Arc<Figures>> {
        loop {
            if let (figures, None) = self.benched(ticket) {
                return figures;
            }
        }
    }
}

fn contender(algorithm: Algorithm) -> Contender {
    Contender {
        id: None,
        name: format!("with {}", algorithm.name()),
        key: None,
        rung: Rung { algorithm, rsa_bits: None },
        header: format!(r#"{{"alg":"{}"}}"#, algorithm.name()).into_bytes(),
        payload: br#"{"sub":"user-42","admin":true}"#.to_vec(),
        signature: None,
        untimed: None,
    }
}

fn inputs(ticket: u64, bench: Bench, length: Duration, contenders: Vec<Contender>) -> Box<BenchInputs> {
    let (delay, budget) = (Duration::ZERO, Budget::default());
    Box::new(BenchInputs { ticket, revision: 7, bench, contenders, baseline: 0, delay, length, budget, login: None })
}

fn draft(revision: u64) -> Effect {
    let key = Arc::new(Key::secret(Secret::from(vec![7; 32])));
    let variant = Variant::new(key, Algorithm::HS256, b"{}".to_vec(), b"{}".to_vec());
    let inputs = SampleInputs { revision, variant };
    Effect::Sample { inputs, delay: Duration::ZERO, length: Duration::from_millis(20) }
}

#[test]
fn variants_are_measured_with_progress_and_figures_until_the_end() {
    let mut edge = Edge::new();
    let contenders = vec![contender(Algorithm::HS256), contender(Algorithm::ES256)];
    edge.run(Effect::Bench(inputs(3, Bench::Variants, Duration::from_millis(900), contenders)));
    let (mut elapsed, mut before_the_end) = (Duration::ZERO, 0);
    let figures = loop {
        match edge.benched(3) {
            (figures, Some(progress)) => {
                assert!(progress.elapsed >= elapsed && progress.elapsed <= progress.total, "{progress:?}");
                elapsed = progress.elapsed;
                before_the_end += usize::from(figures.is_some());
            }
            (figures, None) => break figures.unwrap(),
        }
    };
    assert!(elapsed > Duration::ZERO && before_the_end > 0);
    assert_eq!(figures.revision, 7);
    let rows = &figures.report.variants;
    assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["with HS256", "with ES256"]);
    assert!(rows.iter().all(|row| row.times.sign.as_ref().unwrap().count > 0));
    assert_eq!((figures.ids.len(), figures.rungs[1].algorithm), (2, Algorithm::ES256));
    for traces in &figures.traces {
        assert_eq!(traces.iter().map(|trace| trace.operation).collect::<Vec<_>>(), Operation::ALL);
        assert!(traces.iter().all(|trace| !trace.points.is_empty()));
    }
}

#[test]
fn what_was_measured_when_it_was_stopped_is_told() {
    let mut edge = Edge::new();
    edge.run(Effect::Bench(inputs(1, Bench::Ladder, ENDLESS, vec![contender(Algorithm::EdDSA)])));
    while edge.benched(1).0.is_none() {}
    edge.run(Effect::StopBench);
    assert!(edge.ended(1).unwrap().report.variants[0].times.sign.as_ref().unwrap().count > 0);
    // The thread is there for the next one.
    edge.run(Effect::Bench(inputs(2, Bench::Variants, Duration::ZERO, vec![contender(Algorithm::HS512)])));
    assert_eq!(edge.ended(2).unwrap().report.variants.len(), 1);
}

#[test]
fn a_newer_bench_takes_the_place_of_an_older_one_and_every_one_ends() {
    let mut edge = Edge::new();
    for ticket in 1..=3 {
        edge.run(Effect::Bench(inputs(ticket, Bench::Variants, ENDLESS, vec![contender(Algorithm::HS256)])));
    }
    let mut ended = Vec::new();
    while ended.len() < 2 {
        if let Event::Benched { ticket, progress: None, .. } = edge.next() {
            ended.push(ticket);
        }
    }
    ended.sort_unstable();
    assert_eq!(ended, [1, 2]);
    edge.run(Effect::StopBench);
    edge.ended(3);
}

#[test]
fn the_draft_waits_for_the_bench_and_only_its_newest_is_measured() {
    let mut edge = Edge::new();
    edge.run(Effect::Bench(inputs(1, Bench::Variants, ENDLESS, vec![contender(Algorithm::HS256)])));
    edge.run(draft(1));
    edge.run(draft(2));
    while edge.benched(1).0.is_none() {}
    edge.run(Effect::StopBench);
    edge.ended(1);
    let Event::Sampled { revision, .. } = edge.next() else { panic!("the draft is measured next") };
    assert_eq!(revision, 2);
}

#[test]
fn growth_shares_the_time_between_all_curves() {
    let mut edge = Edge::new();
    let contenders = vec![contender(Algorithm::HS256), contender(Algorithm::ES256)];
    edge.run(Effect::Bench(inputs(1, Bench::Growth, Duration::from_millis(100), contenders)));
    let figures = edge.ended(1).unwrap();
    let algorithms: Vec<&str> = figures.report.growth.iter().map(|growth| growth.algorithm.as_str()).collect();
    assert_eq!(algorithms, ["HS256", "ES256"]);
    for growth in &figures.report.growth {
        assert_eq!(growth.curve.points.len(), PAYLOADS.len());
        assert!(growth.curve.sign.is_some() && growth.curve.raw.is_some());
    }
}

#[test]
fn throughput_has_a_rate_for_one_thread_and_for_all_cores() {
    let mut edge = Edge::new();
    let contenders = vec![contender(Algorithm::HS256), contender(Algorithm::EdDSA)];
    edge.run(Effect::Bench(inputs(1, Bench::Throughput, Duration::from_millis(500), contenders)));
    let figures = edge.ended(1).unwrap();
    assert_eq!(figures.report.throughput.len(), 2);
    for (rates, row) in figures.report.throughput.iter().zip(&figures.report.variants) {
        assert_eq!(rates.name, row.name);
        assert!(rates.one_thread > 0.0 && rates.all_cores > 0.0, "{rates:?}");
        assert!(rates.raw_one_thread > 0.0 && rates.raw_all_cores > 0.0, "{rates:?}");
    }
    edge.run(Effect::Bench(inputs(2, Bench::Throughput, ENDLESS, vec![contender(Algorithm::HS256)])));
    edge.benched(2);
    edge.run(Effect::StopBench);
    assert!(edge.ended(2).is_none(), "no rate was complete");
}

#[test]
fn a_contender_that_cannot_be_measured_says_why_beside_the_others() {
    let mut edge = Edge::new();
    let key = Some(Arc::new(Key::secret(Secret::from(vec![7; 32]))));
    let unfit = Contender { key, ..contender(Algorithm::RS256) };
    let unwanted = Contender { untimed: Some("no key".to_owned()), ..contender(Algorithm::ES256) };
    let alone = vec![unfit.clone(), unwanted.clone()];
    for bench in [Bench::Variants, Bench::Growth, Bench::Throughput] {
        edge.run(Effect::Bench(inputs(1, bench, ENDLESS, alone.clone())));
        assert!(edge.ended(1).is_some(), "with nothing to time it ends at once");
    }
    let contenders = vec![unfit, contender(Algorithm::HS256), unwanted];
    let length = Duration::from_millis(100);
    edge.run(Effect::Bench(Box::new(BenchInputs { baseline: 1, ..*inputs(2, Bench::Variants, length, contenders) })));
    let figures = edge.ended(2).unwrap();
    let [unfit, timed, unwanted] = &figures.report.variants[..] else { panic!("three rows") };
    assert!(unfit.untimed.as_ref().unwrap().contains("RS256") && unfit.times.sign.is_none(), "{unfit:?}");
    assert_eq!((timed.untimed.as_ref(), unwanted.untimed.as_deref()), (None, Some("no key")));
    assert!(timed.times.sign.is_some() && timed.against.is_none() && unwanted.bytes.token > 0);
    assert_eq!(figures.traces.iter().map(Vec::len).collect::<Vec<_>>(), [0, 5, 0]);
}

fn login_plan() -> Plan {
    let patterns = vec![Pattern { payload: Payload::Minimal, minting: Minting::OffLoop }];
    Plan { patterns, logins_per_second: 20, pings_per_second: 50, seconds: 1, ..Plan::default() }
}

fn start_login(ticket: u64, port: u16) -> Effect {
    let key = Arc::new(Key::secret(Secret::from(vec![7; 32])));
    let keep = ["sub".to_owned()];
    let inputs = LoginInputs::of("T".to_owned(), &default_template(), key, &keep, 1_795_284_752).unwrap();
    Effect::StartLogin { inputs: Box::new(inputs), plan: login_plan(), port, ticket }
}

#[track_caller]
fn listens(edge: &mut Edge) -> (u64, SocketAddr) {
    match edge.next() {
        Event::LoginServer(Heard::Started { ticket, address }) => (ticket, address),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_login_server_listens_until_it_is_stopped_and_its_port_is_free_then() {
    let mut edge = Edge::new();
    edge.run(start_login(5, 0));
    let (ticket, address) = listens(&mut edge);
    assert!(ticket == 5 && address.ip().is_loopback());
    assert!(TcpStream::connect(address).is_ok());
    assert!(TcpListener::bind(address).is_err());
    edge.run(Effect::StopLogin);
    assert!(matches!(edge.next(), Event::LoginServer(Heard::Stopped)));
    drop(TcpListener::bind(address).unwrap());

    // Again at the same port, and another one in its place.
    edge.run(start_login(6, address.port()));
    edge.run(start_login(7, address.port()));
    assert_eq!(listens(&mut edge), (6, address));
    assert_eq!(listens(&mut edge), (7, address));

    let mut second = Edge::new();
    second.run(start_login(8, address.port()));
    let Event::LoginServer(Heard::Failed { ticket: 8, problem }) = second.next() else { panic!("the port is in use") };
    assert!(problem.message.contains(&address.port().to_string()) && !problem.help.is_empty(), "{problem:?}");
    drop(edge);
    assert!(TcpListener::bind(address).is_ok(), "it ends with the program");
}

#[test]
fn logins_are_measured_with_progress_and_figures() {
    let mut edge = Edge::new();
    let login = Some(login_plan());
    edge.run(start_login(1, 0));
    let length = Duration::from_secs(2);
    edge.run(Effect::Bench(Box::new(BenchInputs { login, ..*inputs(9, Bench::Login, length, Vec::new()) })));
    let (mut elapsed, mut reports) = (Duration::ZERO, 0);
    let figures = loop {
        match edge.benched(9) {
            (_, Some(progress)) => {
                assert!(progress.elapsed >= elapsed && progress.elapsed <= progress.total, "{progress:?}");
                elapsed = progress.elapsed;
                reports += 1;
            }
            (figures, None) => break figures.unwrap(),
        }
    };
    assert!(elapsed > Duration::ZERO && reports > 1);
    assert_eq!((figures.revision, figures.report.variants.len()), (7, 0));
    let login = figures.report.login.as_ref().unwrap();
    assert_eq!((login.subject.as_str(), login.algorithm.as_str(), login.rows.len()), ("T", "HS256", 1));
    assert!(login.rows[0].answered > 0 && login.rows[0].errors == 0, "{:?}", login.rows[0]);
    assert!(login.rows[0].ruling.is_some());
    assert!(figures.login.as_ref().unwrap().count > 0);
    assert!(figures.report.to_text().contains("Off the loop, minimal"));
}

#[test]
fn a_measurement_of_logins_ends_before_its_server_does() {
    let mut edge = Edge::new();
    let login = Some(Plan { seconds: 600, ..login_plan() });
    edge.run(start_login(1, 0));
    edge.run(Effect::Bench(Box::new(BenchInputs { login, ..*inputs(9, Bench::Login, ENDLESS, Vec::new()) })));
    let has_answers = |figures: Option<Arc<Figures>>| {
        figures.is_some_and(|figures| figures.report.login.as_ref().unwrap().rows[0].answered > 0)
    };
    while !has_answers(edge.benched(9).0) {}
    edge.run(Effect::StopBench);
    edge.run(Effect::StopLogin);
    let (mut figures, mut is_stopped) = (None, false);
    while figures.is_none() || !is_stopped {
        match edge.next() {
            Event::Benched { ticket: 9, figures: last, progress: None } => figures = last,
            Event::LoginServer(Heard::Stopped) => is_stopped = true,
            Event::BenchFailed { problem, .. } => panic!("{problem:?}"),
            _ => {}
        }
    }
    assert_eq!(figures.unwrap().report.login.as_ref().unwrap().rows[0].errors, 0, "it was not cut off");
}

#[test]
fn without_a_server_there_is_nothing_to_measure() {
    let mut edge = Edge::new();
    let login = Some(login_plan());
    edge.run(Effect::Bench(Box::new(BenchInputs { login, ..*inputs(9, Bench::Login, ENDLESS, Vec::new()) })));
    let Event::BenchFailed { ticket: 9, problem } = edge.next() else { panic!("there is no server") };
    assert_eq!(problem.code, "login-stopped");
}

#[test]
fn no_page_but_one_of_this_machine_is_opened() {
    let mut edge = Edge::new();
    edge.run(Effect::Browse("http://example.com/".to_owned()));
    let Event::Failed(problem) = edge.next() else { panic!("it is refused") };
    assert_eq!(problem.code, "browser");
}

/// The event that an effect ends with.
#[track_caller]
fn outcome(edge: &mut Edge, effect: Effect) -> Event {
    edge.run(effect);
    edge.next()
}

#[test]
fn a_file_becomes_a_variant_or_says_why_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("claims.json");
    std::fs::write(&path, r#"{"sub":"user-42"}"#).unwrap();
    let mut edge = Edge::new();
    let Event::VariantOpened(of, opened) = outcome(&mut edge, Effect::OpenVariant(path.clone())) else { panic!() };
    assert_eq!((of, opened.is_ok()), (path, true));
    let missing = folder.path().join("none.json");
    let Event::VariantOpened(_, opened) = outcome(&mut edge, Effect::OpenVariant(missing)) else { panic!() };
    assert_eq!(opened.unwrap_err().code, "file-missing");
}

#[test]
fn an_export_is_written_whole_and_replaces_only_what_it_may() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.csv");
    let mut edge = Edge::new();
    let mut write = |bytes: &[u8], over| {
        let effect = Effect::WriteExport { path: path.clone(), bytes: bytes.to_vec(), private: false, over };
        let Event::Exported(_, outcome) = outcome(&mut edge, effect) else { panic!() };
        outcome
    };
    assert_eq!(write(b"a,b\n", Over::Nothing), Ok(()));
    assert_eq!(write(b"c,d\n", Over::Nothing), Err(SaveFailure::Exists));
    assert_eq!(std::fs::read(&path).unwrap(), b"a,b\n");
    assert_eq!(write(b"c,d\n", Over::Anything), Ok(()));
    assert_eq!(std::fs::read(&path).unwrap(), b"c,d\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let plain = folder.path().join("plain");
        std::fs::write(&plain, "").unwrap();
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&path), mode(&plain), "an export is an ordinary file");
    }
}

#[test]
fn a_comparison_is_not_written_over_a_file_that_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jwt-compare.json");
    let mut edge = Edge::new();
    let mut save = |text: &str, over| {
        let effect = Effect::SaveComparison { path: path.clone(), text: text.to_owned(), over };
        let Event::ComparisonSaved(_, outcome) = outcome(&mut edge, effect) else { panic!() };
        outcome
    };
    let stamp = save("one", Over::Nothing).unwrap();
    let stamp = save("two", Over::Known(stamp)).unwrap();
    std::fs::write(&path, "somebody else's").unwrap();
    assert_eq!(save("three", Over::Known(stamp)), Err(SaveFailure::Changed));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "somebody else's");
}

/// Jobs whose settings are in a folder, and the runs they found there.
#[track_caller]
fn with_runs(folder: &std::path::Path) -> (Edge, Vec<Run>) {
    let (wake, woken) = channel();
    let store = SettingsStore::at(folder.join("settings.json"));
    let jobs = Jobs::new(store, move || wake.send(()).unwrap_or_default());
    let mut edge = Edge { jobs, woken };
    let Event::RunsLoaded(runs) = edge.next() else { panic!("the runs come first") };
    (edge, runs)
}

#[test]
fn runs_survive_the_program_and_are_written_before_it_ends() {
    let folder = tempfile::tempdir().unwrap();
    let (mut edge, runs) = with_runs(folder.path());
    assert!(runs.is_empty());
    edge.run(Effect::Bench(inputs(1, Bench::Variants, Duration::ZERO, vec![contender(Algorithm::HS256)])));
    let report = edge.ended(1).unwrap().report.to_json();
    let run = |name: &str, at| format!(r#"{{"name":"{name}","at":{at},"bench":"variants","report":{report}}}"#);
    let text = format!(r#"{{"version":1,"runs":[{},{}]}}"#, run("new", 7), run("old", 6));
    let runs = runs_file::from_text(&text).unwrap().runs;
    for _ in 0..20 {
        edge.run(Effect::SaveRuns(runs.clone()));
    }
    edge.run(Effect::SaveRuns(runs[..1].to_vec()));
    drop(edge);
    let (_edge, kept) = with_runs(folder.path());
    assert_eq!(kept.iter().map(|run| (run.name.as_str(), run.at)).collect::<Vec<_>>(), [("new", 7)]);
    assert_eq!(kept[0].report.to_json(), report);
}

#[test]
fn a_file_of_runs_that_is_not_understood_is_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("runs.json"), "{oops").unwrap();
    let (mut edge, runs) = with_runs(folder.path());
    assert!(runs.is_empty());
    let Event::Failed(problem) = edge.next() else { panic!("the user is told") };
    assert!(problem.help.contains("runs.unreadable.json"), "{problem:?}");
    edge.run(Effect::SaveRuns(Vec::new()));
    drop(edge);
    assert_eq!(std::fs::read_to_string(folder.path().join("runs.unreadable.json")).unwrap(), "{oops");
    assert!(std::fs::read_to_string(folder.path().join("runs.json")).unwrap().contains("version"));
}

#[test]
fn what_is_measured_ends_with_the_program() {
    for bench in Bench::ALL {
        let mut edge = Edge::new();
        edge.run(Effect::Bench(inputs(1, bench, ENDLESS, vec![contender(Algorithm::HS256)])));
        edge.run(draft(1));
        if !matches!(bench, Bench::Variants | Bench::Login) {
            edge.benched(1);
        }
        // This waits for the thread, and the test for this.
        drop(edge);
    }
}
