//! What the login lab itself costs: the response time of an empty handler on an idle server, and the highest rate of
//! `/ping` that load and server sustain together on this machine, with the memory it takes.
//!
//! Run with `cargo bench --bench lab`. `LAB_SECONDS=60` measures the highest rate for so long, to see that nothing leaks.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints its table and stops at what cannot be")]

#[expect(dead_code, reason = "nothing is pressed here")]
#[path = "common/driver.rs"]
mod driver;

use std::sync::Arc;
use std::time::Duration;

use driver::Driver;
use jwt_workbench::jose::json::{Json, Serialization};
use jwt_workbench::jose::jwa::Algorithm;
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::text::grouped;
use jwt_workbench::lab::{self, Measured, Measurement};
use jwt_workbench::measure::histogram::format_ns;
use jwt_workbench::measure::login::pattern::Pattern;
use jwt_workbench::measure::login::plan::Plan;
use jwt_workbench::measure::login::report::Spread;
use jwt_workbench::template::render::Rendering;
use jwt_workbench::template::variables::Variables;
use jwt_workbench::ui::request::Request;
use jwt_workbench::workbench::bench::Bench;
use jwt_workbench::workbench::command::{BenchCommand, Command, LoginCommand};
use jwt_workbench::workbench::login::LoginInputs;
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::settings::Settings;

/// At least so many `/ping` a second are answered.
const PINGS: f64 = 5_000.0;
/// A second, from what is easy to what may be too much.
const RATES: [u32; 5] = [1_000, 5_000, 10_000, 15_000, 20_000];
/// Answered so far behind the rate that was asked for, it is not sustained.
const SUSTAINED: f64 = 0.98;
/// A frame of the page takes the processor no longer, while the highest rate is measured.
const FRAME: Duration = Duration::from_millis(8);
/// Nor is it with an answer this late.
const MOST_P99_NS: u64 = 100_000_000;

fn main() {
    let is_short = !std::env::args().any(|argument| argument == "--bench");
    let seconds = std::env::var("LAB_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(10);
    let plan = Plan { patterns: vec![Pattern::default()], logins_per_second: 1, ..Plan::default() };
    let server = lab::start(inputs(), &plan, 0).unwrap();
    let measure = |pings_per_second, seconds| {
        let plan = Plan { pings_per_second, seconds, ..plan.clone() };
        lab::measure(server.handle(), &Measurement { plan, others: Vec::new() }, &mut |_measured, _share| true).unwrap()
    };
    let idle = measure(200, if is_short { 1 } else { 5 }).report.idle.unwrap();
    println!("An empty handler on an idle server: p50 {}, p99 {}", format_ns(idle.p50_ns), format_ns(idle.p99_ns));
    if is_short {
        return;
    }
    println!(
        "{:>10}{:>12}{:>10}{:>12}{:>12}{:>12}{:>14}",
        "asked/s", "answered/s", "errors", "p50", "p99", "longest", "late p99"
    );
    let mut highest = None;
    for rate in RATES {
        let measured = measure(rate, 3);
        if row(rate, &measured) {
            highest = Some(rate);
        }
    }
    let Some(highest) = highest else {
        println!("No rate was sustained.");
        return;
    };
    println!("Highest rate sustained: {}/s; {}", grouped(highest.into()), word(f64::from(highest) >= PINGS));
    let before = memory_kb();
    row(highest, &measure(highest, seconds));
    let between = memory_kb();
    row(highest, &measure(highest, seconds));
    let kb = |memory: Option<u64>| memory.map_or_else(|| "unknown".to_owned(), |kb| format!("{} KB", grouped(kb)));
    println!(
        "Memory before {seconds} s at that rate: {}; after: {}; after as long again: {}",
        kb(before),
        kb(between),
        kb(memory_kb())
    );
    frames(highest, seconds);
}

/// Draws the page sixty times a second while it measures at this rate, and tells what the frames took.
fn frames(rate: u32, seconds: u32) {
    let mut window = Driver::open(Vec::new(), Settings { page: Page::Timing, ..Settings::default() });
    let plan = Plan { patterns: Pattern::ALL[..1].to_vec(), pings_per_second: rate, seconds, ..Plan::default() };
    while window.app.workbench().minted().is_none() {
        window.draw(Vec::new());
    }
    window.app.ask(Request::GoToTab(Page::Timing, "login"));
    window.app.ask(Command::Login(LoginCommand::SetPlan(plan)));
    window.app.ask(Command::Bench(BenchCommand::Measure(Bench::Login)));
    let mut frames = Vec::new();
    loop {
        let frame = window.draw(Vec::new());
        let bench = window.app.workbench().bench();
        if bench.running().is_none() && !frames.is_empty() {
            break;
        }
        if bench.running().is_some() {
            frames.push(frame.layout + frame.triangles);
        }
        std::thread::sleep(Duration::from_millis(16));
    }
    let requests = window.app.workbench().bench().figures(Bench::Login).and_then(|figures| figures.login.clone());
    frames.sort();
    let at = |percent: usize| frames.get((frames.len() * percent / 100).min(frames.len() - 1)).copied().unwrap();
    println!(
        "{} frames of the page meanwhile, {} requests in all: p50 {:.2} ms, p99 {:.2} ms, longest {:.2} ms; {}",
        frames.len(),
        requests.map_or(0, |requests| requests.count),
        at(50).as_secs_f64() * 1e3,
        at(99).as_secs_f64() * 1e3,
        at(100).as_secs_f64() * 1e3,
        word(at(99) < FRAME)
    );
}

/// Prints a row; whether the rate was sustained.
fn row(rate: u32, measured: &Measured) -> bool {
    let row = &measured.report.rows[0];
    let ping: Spread = row.ping.unwrap();
    let [p50, p99, longest] = [ping.p50_ns, ping.p99_ns, ping.max_ns].map(format_ns);
    let late = measured.report.lateness.map_or_else(String::new, |late| format_ns(late.p99_ns));
    println!(
        "{:>10}{:>12.0}{:>10}{p50:>12}{p99:>12}{longest:>12}{late:>14}",
        grouped(rate.into()),
        row.requests_per_second,
        row.errors,
    );
    row.errors == 0 && row.requests_per_second >= SUSTAINED * f64::from(rate) && ping.p99_ns <= MOST_P99_NS
}

fn word(holds: bool) -> &'static str {
    match holds {
        _ if cfg!(debug_assertions) => "(debug)",
        true => "holds",
        false => "MISSED",
    }
}

/// The memory of this process, in KB, where the system tells.
fn memory_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok())
}

fn inputs() -> LoginInputs {
    let compiled = |text: &str| {
        let (json, none) = (Json::parse(text).unwrap(), Json::parse("{}").unwrap());
        Rendering::compile(&json, Serialization::Compact, &Variables::from_json(none.root())).unwrap()
    };
    LoginInputs {
        subject: "Access token".to_owned(),
        algorithm: Algorithm::HS256,
        key: Arc::new(Key::secret("a secret for the login lab, 32 bytes and more".to_owned().into())),
        header: compiled(r#"{"alg":"HS256","typ":"JWT"}"#),
        full: compiled(r#"{"sub":"user-42","iat":"{{now}}","exp":"{{now+30m}}"}"#),
        minimal: compiled(r#"{"sub":"user-42","exp":"{{now+30m}}"}"#),
        now: 1_750_000_000,
    }
}
