//! The login lab: what its page shows of a server and of figures, and what it asks for. The figures are made up here, so
//! that every state can be looked at; the window of the other journeys measures real ones.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jwt_workbench::jose::error::Problem;
use jwt_workbench::measure::budget::Budget;
use jwt_workbench::measure::login::exchange::{Answer, Exchange, Route};
use jwt_workbench::measure::login::network::Profile;
use jwt_workbench::measure::login::pattern::{Minting, Pattern, Payload};
use jwt_workbench::measure::login::report::{LoginReport, LoginRow, LoginTrace, PingPoint, Spread};
use jwt_workbench::measure::login::rule::{Ruling, Verdict};
use jwt_workbench::measure::report::{Machine, Report, Settings};
use jwt_workbench::measure::sampler::Sampler;
use jwt_workbench::ui::request::Request;
use jwt_workbench::workbench::bench::{BenchInputs, Figures};
use jwt_workbench::workbench::command::{Command, DraftCommand, Part, ViewCommand};
use jwt_workbench::workbench::effect::{Effect, Event};
use jwt_workbench::workbench::login::Heard;
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::settings::Theme;
use jwt_workbench::workbench::timing::Progress;

use super::bench::Bench;
use super::jobless::{self, JoblessWindow, has, pictures, press_button, shoot, type_into};

const PORT: u16 = 41_873;

type LabWindow = JoblessWindow;

fn spread(p50_ms: f64, p99_ms: f64, samples: u64) -> Option<Spread> {
    let ns = |ms: f64| (ms * 1e6) as u64;
    Some(Spread {
        samples,
        p50_ns: ns(p50_ms),
        p95_ns: ns(p50_ms + (p99_ms - p50_ms) * 0.7),
        p99_ns: ns(p99_ms),
        max_ns: ns(p99_ms * 1.06),
    })
}

fn row(pattern: Pattern, done: bool) -> LoginRow {
    let (blocking, full) = (pattern.minting == Minting::OnLoop, pattern.payload == Payload::Full);
    let processing = if full { 5.31 } else { 5.12 };
    let verdict = if blocking { Verdict::Blocks } else { Verdict::Ok };
    let reason = if blocking {
        "/ping needs 201.9 ms (p99) while others log in, more than 100 ms, which a person notices."
    } else {
        "/ping needs 1.60 ms (p99) while others log in, less than 10 ms."
    };
    LoginRow {
        name: pattern.label().to_owned(),
        pattern: Some(pattern),
        seconds: 10.0,
        asked: 400,
        answered: 400,
        errors: 0,
        requests_per_second: 239.6,
        processing: spread(processing, processing * 1.3, 400),
        cpu: spread(processing * 0.98, processing * 1.2, 400),
        password: None,
        queue: if blocking { spread(120.0, 240.0, 400) } else { spread(0.2, 24.0, 400) },
        stall: if blocking { spread(4.9, 201.9, 9_000) } else { spread(0.06, 1.04, 9_000) },
        login: if blocking { spread(126.0, 268.4, 400) } else { spread(5.9, 31.2, 400) },
        ping: if blocking { spread(38.0, 201.9, 2_000) } else { spread(0.4, 1.6, 2_000) },
        body_bytes: Some(if full { 1_824 } else { 214 }),
        wire_bytes: Some(if full { 1_963 } else { 352 }),
        token_bytes: Some(if full { 1_754 } else { 144 }),
        ruling: done.then(|| Ruling { verdict, reason: reason.to_owned() }),
    }
}

/// Figures of so many patterns; the last one is still being measured unless all are there.
fn report(rows: usize) -> LoginReport {
    let disagreements = [
        "Quoted: 50-100 ms of blocking for a full payload on the loop. Measured: minting takes 5.31 ms at the median with \
         RS256, 9.4 times less.",
        "Quoted: 30-50 B for a minimal payload. Measured: a token of 144 B in a body of 214 B.",
        "Quoted: high processor load for the first, low for the last. Measured: the same for both.",
    ];
    let all = rows == Pattern::ALL.len();
    let place = |pattern: &Pattern| Pattern::ALL.iter().position(|other| other == pattern).unwrap();
    LoginReport {
        subject: "First token".to_owned(),
        algorithm: "RS256".to_owned(),
        key: "RSA, 4096 bits".to_owned(),
        idle: spread(0.08, 0.21, 1_000),
        lateness: spread(0.06, 0.4, 9_000),
        rows: Pattern::ALL.iter().take(rows).map(|one| row(*one, all || place(one) + 1 < rows)).collect(),
        disagreements: if all { disagreements.map(str::to_owned).to_vec() } else { Vec::new() },
        ..LoginReport::default()
    }
}

fn exchange(number: u64, row: usize) -> Exchange {
    let pattern = Pattern::ALL[row];
    let route = if number.is_multiple_of(3) { Route::Login } else { Route::Ping };
    let failed = number == 7;
    let wait = if pattern.minting == Minting::OnLoop { 1_000_000 + number * 7_919_000 % 190_000_000 } else { 60_000 };
    let work = if route == Route::Login { 5_310_000 } else { 4_000 };
    let full = pattern.payload == Payload::Full;
    let token =
        "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.".to_owned() + &"eyJzdWIiOiJ1c2VyLTQyIn0".repeat(20) + ".c2lnbmF0dXJl";
    let body = if route == Route::Ping {
        "ok".to_owned()
    } else {
        format!(r#"{{"access_token":"{token}","token_type":"bearer","expires_in":1800}}"#)
    };
    let head =
        "HTTP/1.1 200 OK\ncontent-type: application/json\ncache-control: no-store\ncontent-length: 560".to_owned();
    Exchange {
        number,
        route,
        row,
        pattern,
        at_ns: number * 5_000_000,
        total_ns: wait + work + 120_000,
        queued_ns: wait,
        processing_ns: work,
        status: (!failed).then_some(200),
        failure: failed.then(|| "The connection was closed before the answer came".into()),
        body_bytes: if route == Route::Ping { 2 } else { if full { 1_824 } else { 214 } },
        wire_bytes: if route == Route::Ping { 118 } else { if full { 1_963 } else { 352 } },
        answer: (!failed).then(|| Arc::new(Answer { head, body })),
    }
}

fn trace(rows: usize) -> LoginTrace {
    let points = |row: usize| -> Vec<PingPoint> {
        let blocking = Pattern::ALL[row].minting == Minting::OnLoop;
        let swing = |step: usize| ((step * 37 + row * 11) % 23) as f64 / 23.0;
        let longest = |step: usize| match blocking {
            true if step > 12 => 12e6 * 10f64.powf(swing(step) * 1.25),
            _ => 0.4e6 * (1.0 + swing(step)),
        };
        (0..150).map(|step| PingPoint { at: step as f64 * 0.02, longest_ns: longest(step) as u64 }).collect()
    };
    let exchanges = (0..rows).flat_map(|row| (1..=200).map(move |number| exchange(number, row))).collect();
    LoginTrace { pings: (0..rows).map(points).collect(), exchanges, count: 200 * rows as u64 }
}

fn figures(inputs: &BenchInputs, rows: usize) -> Arc<Figures> {
    let machine = Machine { os: "linux".to_owned(), architecture: "x86_64".to_owned(), processor: None, cores: 2 };
    let settings = Settings::new(12.0, Budget::Cookie);
    let report = Report { login: Some(report(rows)), ..Report::new(&[], &Sampler::of(&[]), 0, machine, settings) };
    let (ids, rungs, traces) = (Vec::new(), Vec::new(), Vec::new());
    Arc::new(Figures { login: Some(Arc::new(trace(rows))), report, ids, rungs, traces, revision: inputs.revision })
}

/// The page of the lab in a window of this size.
fn open_lab(size: [f32; 2], theme: Theme) -> LabWindow {
    let mut bench = Bench::new();
    bench.apply(Command::View(ViewCommand::Page(Page::Timing)));
    jobless::open(bench, Some(Request::ShowTab("login")), size, theme)
}

fn lab() -> LabWindow {
    open_lab([1280.0, 820.0], Theme::Dark)
}

/// The page starts its server; the answer of the one that runs.
fn serve(window: &mut LabWindow) {
    let starts = window.state().asked.iter().rev();
    let ticket = starts.into_iter().find_map(|effect| match effect {
        Effect::StartLogin { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, PORT));
    let started = Heard::Started { ticket: ticket.expect("a server is asked for"), address };
    window.state_mut().event(Event::LoginServer(started));
    window.run_steps(3);
}

fn inputs(window: &LabWindow) -> BenchInputs {
    let asked = window.state().asked.iter().rev().find_map(|effect| match effect {
        Effect::Bench(inputs) => Some((**inputs).clone()),
        _ => None,
    });
    asked.expect("a measurement is asked for")
}

/// Figures of so many patterns come; it goes on unless all are there.
fn hear(window: &mut LabWindow, rows: usize) {
    let inputs = inputs(window);
    let goes_on = (rows < 4).then(|| {
        let total = std::time::Duration::from_secs(12);
        Progress { elapsed: total * rows as u32 / 4, total }
    });
    let event = Event::Benched { ticket: inputs.ticket, figures: Some(figures(&inputs, rows)), progress: goes_on };
    window.state_mut().event(event);
    window.run_steps(3);
}

/// Everything is measured.
pub(crate) fn measured() -> LabWindow {
    let mut window = lab();
    press_button(&mut window, "Run the lab");
    hear(&mut window, 4);
    window
}

fn rows(window: &LabWindow, of: &str) -> Vec<String> {
    let labels = window.query_all_by_role(Role::Row).filter_map(|row| row.accesskit_node().label());
    labels.filter(|label| label.starts_with(of)).collect()
}

/// Pictures of every state, to be looked at: `LOGIN_PICTURES=folder cargo test --test journeys login_pictures`.
#[test]
fn login_pictures() {
    let Some(folder) = pictures("LOGIN_PICTURES") else { return };
    let shoot = |window: &mut LabWindow, name: &str| shoot(window, &folder, name);
    for (name, size, theme) in [
        ("dark", [1280.0, 820.0], Theme::Dark),
        ("light", [1280.0, 820.0], Theme::Light),
        ("small", [900.0, 600.0], Theme::Dark),
    ] {
        let mut window = open_lab(size, theme);
        shoot(&mut window, &format!("{name}-empty"));
        press_button(&mut window, "Run the lab");
        shoot(&mut window, &format!("{name}-starting"));
        hear(&mut window, 2);
        shoot(&mut window, &format!("{name}-running"));
        hear(&mut window, 4);
        shoot(&mut window, &format!("{name}-done"));
        press_button(&mut window, "Settings of the login lab");
        shoot(&mut window, &format!("{name}-settings"));
        press_button(&mut window, "Done");
        window.get_by_role_and_label(Role::Button, "Filter").scroll_to_me();
        window.run_steps(12);
        let row = rows(&window, "Request 1,").first().cloned().expect("a request");
        window.get_by_role_and_label(Role::Row, &row).click();
        shoot(&mut window, &format!("{name}-chosen"));
    }
}

#[test]
fn the_server_is_started_tells_its_address_and_is_stopped() {
    let mut window = lab();
    assert!(has(&window, "not running"));
    press_button(&mut window, "Start the login lab");
    assert!(has(&window, "starting"));
    serve(&mut window);
    assert!(has(&window, "lab running on 127.0.0.1:41873"), "in the bar at the foot");
    let address = window.get_by_role_and_label(Role::TextInput, "Address of the login lab").value();
    assert_eq!(address.as_deref(), Some("http://127.0.0.1:41873"));
    press_button(&mut window, "Open");
    let browsed = window
        .state()
        .asked
        .iter()
        .any(|effect| matches!(effect, Effect::Browse(address) if address.contains("41873")));
    assert!(browsed);
    press_button(&mut window, "Copy as curl");
    window.get_by_label("Log in: POST /login").click();
    window.run_steps(3);
    assert!(window.state().asked.iter().any(|effect| matches!(effect, Effect::Copy { .. })));
    press_button(&mut window, "Stop the login lab");
    assert!(window.state().asked.iter().any(|effect| matches!(effect, Effect::StopLogin)));
    assert!(!has(&window, "lab running on"));
}

#[test]
fn figures_come_while_they_are_measured_and_tell_verdict_and_rule() {
    let mut window = lab();
    press_button(&mut window, "Run the lab");
    serve(&mut window);
    assert!(has(&window, "the first figures come soon"));
    hear(&mut window, 2);
    assert!(window.query_by_role_and_label(Role::Button, "Stop").is_some(), "it can be stopped at any time");
    assert_eq!(rows(&window, "Blocking, minimal: being measured").len(), 1);
    assert_eq!(rows(&window, "Off the loop, minimal: still to come").len(), 1);
    hear(&mut window, 4);
    let row = rows(&window, "Blocking, full payload: blocks others").pop().expect("a verdict");
    for figure in [
        "Body 1,824 B",
        "On the wire 1,963 B",
        "Processing p50 5.31 ms",
        "Longest stall 214.0 ms",
        "/ping p99 201.9 ms",
        "Requests/s 240",
        "Errors 0",
        "Quoted 50-100 ms, 100+ B",
    ] {
        assert!(row.contains(figure), "{figure} in {row}");
    }
    assert!(has(&window, "more than 100 ms, which a person notices"), "the rule");
    assert!(has(&window, "9.4 times less"), "where it disagrees");
    press_button_like(&mut window, Role::Link, "Show all 3 disagreements");
    assert!(has(&window, "a token of 144 B"));
    assert!(has(&window, "Response time of /ping while others log in. Blocking, full payload: p99 201.9 ms."));
    assert!(has(&window, "empty handler p50 0.08 ms"), "the lab's own share");
    assert!(window.query_by_role_and_label(Role::Button, "Run again").is_some());
}

fn press_button_like(window: &mut LabWindow, role: Role, name: &str) {
    window.get_by_role_and_label(role, name).click();
    window.run_steps(3);
}

#[test]
fn the_rule_of_another_pattern_is_told_by_keyboard() {
    let mut window = measured();
    let first = rows(&window, "Blocking, full payload").pop().expect("a row");
    window.get_by_role_and_label(Role::Row, &first).focus();
    window.run_steps(2);
    for _ in 0..2 {
        window.key_press_modifiers(Modifiers::NONE, Key::ArrowDown);
        window.run_steps(3);
    }
    assert!(has(&window, "Off the loop, full payload, ok: "));
}

#[test]
fn settings_are_kept_in_their_range_and_one_pattern_stays() {
    let mut window = lab();
    press_button(&mut window, "Settings of the login lab");
    type_into(&mut window, "Logins", "9000");
    type_into(&mut window, "Each pattern for", "10");
    type_into(&mut window, "Port", "8123");
    type_into(&mut window, "Pings", "many");
    for pattern in &Pattern::ALL[1..] {
        press_button_like(&mut window, Role::CheckBox, &format!("Measure {}", pattern.label()));
    }
    press_button_like(&mut window, Role::CheckBox, "Measure Blocking, full payload");
    press_button_like(&mut window, Role::CheckBox, "Verify a password hash first");
    let login = window.state().bench.workbench.login();
    let plan = login.plan();
    assert_eq!((plan.logins_per_second, plan.seconds, login.port()), (2_000, 10, 8_123));
    assert_eq!(plan.pings_per_second, 200, "what is no number changes nothing");
    assert_eq!(plan.patterns, [Pattern::ALL[0]]);
    assert!(plan.password);
    assert!(has(&window, "one loop thread, 2000 logins/s for 10 s each, password verified"));
}

#[test]
fn requests_are_filtered_and_one_is_read() {
    let mut window = measured();
    press_button(&mut window, "Filter");
    type_into(&mut window, "Filter requests", "/login");
    assert!(has(&window, "800, 0 errors; 264 listed"));
    press_button_like(&mut window, Role::CheckBox, "Errors only");
    assert!(has(&window, "No request is like that."));
    press_button_like(&mut window, Role::CheckBox, "Errors only");
    let shown = rows(&window, "Request ");
    assert!((2..40).contains(&shown.len()), "only what can be seen is drawn: {}", shown.len());
    let row = shown.iter().find(|row| row.starts_with("Request 3,")).expect("the first login").clone();
    window.get_by_role_and_label(Role::Row, &row).focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::NONE, Key::ArrowDown);
    window.run_steps(4);
    assert!(has(&window, "cache-control: no-store") && has(&window, "\"token_type\": \"bearer\""), "the next one");
    press_button(&mut window, "Copy");
    assert!(window.state().asked.iter().any(|effect| matches!(effect, Effect::Copy { .. })));
    press_button(&mut window, "Close the request");
    assert!(has(&window, "One login, step by step"));
}

#[test]
fn the_transfer_is_modelled_for_a_chosen_network() {
    let mut window = measured();
    assert!(has(&window, "transfer is modelled: 4G, 40 ms, 9 Mbit/s"));
    let steps = |window: &LabWindow| {
        let bars = window
            .query_all_by_label_contains("Blocking, full payload: ")
            .filter_map(|node| node.accesskit_node().label());
        bars.filter(|label| label.contains("transfer, modelled")).collect::<Vec<_>>()
    };
    let before = steps(&window);
    assert_eq!(before.len(), 1);
    window.get_by_role_and_label(Role::ComboBox, "Network").click();
    window.run_steps(3);
    window.get_all_by_label_contains("Slow 3G").last().expect("a list of networks").click();
    window.run_steps(3);
    assert_eq!(window.state().bench.workbench.login().profile(), Profile::Slow3g);
    assert!(has(&window, "Slow 3G, 400 ms, 0.4 Mbit/s"), "the assumptions stand beside it");
    assert_ne!(steps(&window), before);
    type_into(&mut window, "Later requests", "1000");
    assert!(has(&window, "1754.0 KB of upload"), "1,754 B a thousand times");
}

#[test]
fn a_problem_is_told_with_its_next_step() {
    let mut window = lab();
    press_button(&mut window, "Settings of the login lab");
    type_into(&mut window, "Port", "8123");
    press_button(&mut window, "Start the login lab");
    let ticket = window.state().asked.iter().rev().find_map(|effect| match effect {
        Effect::StartLogin { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let problem = Problem::new("lab-port-in-use", "Port 8123 is in use").help("Choose port 0, which takes a free one.");
    let failed = Heard::Failed { ticket: ticket.expect("a server is asked for"), problem };
    window.state_mut().event(Event::LoginServer(failed));
    window.run_steps(3);
    assert!(has(&window, "Port 8123 is in use.") && has(&window, "which takes a free one."));
    press_button(&mut window, "Use a free port");
    assert_eq!(window.state().bench.workbench.login().port(), 0);
    serve(&mut window);
    assert!(window.query_by_role_and_label(Role::Button, "Try again").is_none(), "the page has nothing to complain of");
}

#[test]
fn figures_of_an_earlier_draft_are_marked() {
    let mut window = measured();
    assert!(!has(&window, "earlier draft"));
    window.state_mut().bench.apply(Command::Draft(DraftCommand::Type(Part::Claims, r#"{"sub":"other"}"#.to_owned())));
    window.run_steps(3);
    assert!(has(&window, "These figures are of an earlier draft") && has(&window, "Run again to have those of now."));
}
