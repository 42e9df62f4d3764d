//! `jwt-workbench lab`: what logins do to the other users of a server, measured on a real one on loopback.

use std::io::{self, IsTerminal as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use serde::Serialize;

use super::failure::Stop;
use super::input::Input;
use super::key_arguments::KeyArguments;
use super::measure::Keys;
use super::output::Output;
use super::source::{Changes, Texts};
use crate::jobs::machine;
use crate::jose::error::Problem;
use crate::jose::json::Value;
use crate::jose::jwa::Algorithm;
use crate::lab::{self, Measured, Measurement, OtherServer};
use crate::measure::budget::Budget;
use crate::measure::login::exchange::Route;
use crate::measure::login::pattern::{Minting, Pattern, Payload};
use crate::measure::login::plan::Plan;
use crate::measure::login::report::LoginReport;
use crate::measure::report::{Machine, Report, Settings};
use crate::measure::sampler::Sampler;
use crate::workbench::login::{LoginInputs, MINIMAL_CLAIMS, curl};

/// What to serve and how to measure it.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP, after_long_help = LONG_HELP)]
pub struct Lab {
    /// Templates, or claims as JSON objects, one measured after the other; - reads standard input. Without any: HS256,
    /// three claims
    #[arg(value_name = "TEMPLATE")]
    templates: Vec<PathBuf>,
    /// The algorithm, written into every header
    #[arg(long)]
    alg: Option<String>,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    key: KeyArguments,
    #[command(flatten)]
    load: Load,
    /// The port to listen at; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// The claims of the minimal payload
    #[arg(long, value_name = "NAME,NAME", value_delimiter = ',')]
    keep: Vec<String>,
    /// Measure another server on this machine under the same load: it has POST /login and GET /ping; may be repeated
    #[arg(long, value_name = "NAME=http://127.0.0.1:PORT", value_parser = other_server)]
    beside: Vec<OtherServer>,
    /// Serve, and measure nothing, until standard input ends or the command is interrupted
    #[arg(long, conflicts_with_all = ["json", "csv", "markdown", "beside"])]
    serve: bool,
    #[command(flatten)]
    form: Form,
}

/// What to send, how fast and for how long.
#[derive(Debug, clap::Args)]
struct Load {
    /// Logins that arrive in a second, answered or not
    #[arg(long, value_name = "N", default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=2_000))]
    logins_per_second: u32,
    /// GET /ping requests that arrive in a second: they feel what blocks the loop
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(10..=20_000))]
    pings_per_second: u32,
    /// How long each pattern is measured
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=600))]
    seconds: u32,
    /// The most connections of either kind; a request that finds all in use waits
    #[arg(long, value_name = "N", default_value_t = 32, value_parser = clap::value_parser!(u32).range(1..=256))]
    connections: u32,
    /// Threads of the event loop
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=16))]
    loop_threads: u32,
    /// Threads of the pool that mints off the loop
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=64))]
    workers: u32,
    /// Verify the hash of a password in every login
    #[arg(long)]
    password: bool,
    /// A way to mint; may be repeated; all four unless given
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(PATTERNS.map(|(name, _)| name)).map(|name| pattern(&name)))]
    pattern: Vec<Pattern>,
}

/// How to write the figures.
#[derive(Clone, Copy, Debug, clap::Args)]
#[group(multiple = false)]
struct Form {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Print comma-separated values, one line for each pattern; times are nanoseconds
    #[arg(long)]
    csv: bool,
    /// Print tables of Markdown
    #[arg(long)]
    markdown: bool,
}

/// The names of the patterns.
const PATTERNS: [(&str, Pattern); 4] = [
    ("full-on-loop", Pattern { payload: Payload::Full, minting: Minting::OnLoop }),
    ("minimal-on-loop", Pattern { payload: Payload::Minimal, minting: Minting::OnLoop }),
    ("full-off-loop", Pattern { payload: Payload::Full, minting: Minting::OffLoop }),
    ("minimal-off-loop", Pattern { payload: Payload::Minimal, minting: Minting::OffLoop }),
];

const AFTER_HELP: &str = "\
Everything stays on 127.0.0.1. Without a key, and for algorithms it does not fit, a new key is made.
Exit codes: 0 measured, 2 bad usage or input. --help describes the JSON.";

const LONG_HELP: &str = "\
Everything stays on 127.0.0.1. Without a key, and for algorithms it does not fit, a new key is made.
A pattern blocks others when the p99 of /ping is 10 ms or more and at least 5 times that of the idle server, or the p99 of
the loop's standing still is 20 ms or more; it slows them from 2 ms more than on the idle server, or 5 ms of standing still.
With errors, or fewer than 95 % of the logins answered, the server is overloaded.
Exit codes: 0 measured, 2 bad usage or input.

The JSON, all times in nanoseconds and all sizes in bytes:
  version, build            of the program; a debug build is slow
  machine                   os, architecture, processor (null if unknown), cores
  reports[]                 one for each template
    plan                    what was asked for
    subject, algorithm, key what the tokens are of; the key in a few words, never its material
    idle, lateness          of /ping on the idle server; by how much the load came late
    rows[]                  one for each pattern, then those beside: name, pattern (null for another server), seconds,
                            asked, answered, errors, requests_per_second, body_bytes, wire_bytes, token_bytes,
                            ruling (verdict: ok, slows, blocks, overloaded; reason), and spreads, each null if not measured:
                            processing, cpu, password, queue, stall, login, ping
    disagreements[]         with what is usually quoted, a sentence each
  A spread has samples, p50_ns, p95_ns, p99_ns, max_ns.
Members may be added; none is changed.";

/// What `--json` prints.
#[derive(Serialize)]
struct Answer<'a> {
    version: &'a str,
    build: &'a str,
    machine: &'a Machine,
    reports: Vec<&'a LoginReport>,
}

impl Lab {
    /// Whether the answer and errors are JSON.
    pub const fn is_json(&self) -> bool {
        self.form.json
    }

    /// Serves, or measures and prints the figures.
    ///
    /// # Errors
    /// Whatever is wrong with the arguments, the templates, the key, the port or the output.
    pub fn run(&self) -> Result<ExitCode, Stop> {
        let subjects = self.subjects()?;
        let plan = self.load.plan();
        if self.serve {
            return self.serve(subjects, &plan);
        }
        let mut reports = Vec::new();
        let count = subjects.len();
        for (index, inputs) in subjects.into_iter().enumerate() {
            let mut progress = Progress::new(index, count);
            let server = lab::start(inputs, &plan, self.port)?;
            let measurement = Measurement { plan: plan.clone(), others: self.beside.clone() };
            let measured = lab::measure(server.handle(), &measurement, &mut |_, share| {
                progress.tell(share);
                true
            });
            progress.clear();
            let Measured { report, .. } = measured?;
            reports.push(self.report(report));
        }
        let mut output = Output::standard();
        output.line(&self.form.write(&reports))?;
        output.finish()?;
        Ok(ExitCode::SUCCESS)
    }

    /// What is minted, one for each template.
    fn subjects(&self) -> Result<Vec<LoginInputs>, Stop> {
        let files: Vec<Option<&PathBuf>> =
            if self.templates.is_empty() { vec![None] } else { self.templates.iter().map(Some).collect() };
        let (mut input, mut keys) = (Input::default(), Keys::new(&self.key));
        let now = self.changes.now()?;
        let keep = if self.keep.is_empty() { MINIMAL_CLAIMS.map(str::to_owned).into() } else { self.keep.clone() };
        let mut subjects = Vec::new();
        for file in files {
            let mut source = self.changes.source(file, &mut input)?;
            if let Some(name) = &self.alg {
                source.set_algorithm(Algorithm::from_name(name)?)?;
            }
            let texts = Texts::read(&source)?;
            let kid = texts.header.root().get("kid").and_then(Value::as_str);
            let key = keys.of(texts.algorithm()?, kid.as_deref(), &source.template.key, &mut input)?;
            // It tells where a placeholder is broken.
            texts.compile()?;
            let name = source.template.name.clone();
            subjects.push(LoginInputs::of(name, &source.template, Arc::clone(&key), &keep, now)?);
        }
        keys.check()?;
        Ok(subjects)
    }

    fn serve(&self, subjects: Vec<LoginInputs>, plan: &Plan) -> Result<ExitCode, Stop> {
        let mut subjects = subjects.into_iter();
        let (Some(inputs), None) = (subjects.next(), subjects.next()) else {
            return Err(Problem::new("usage", "--serve serves one template").help("Name one of them.").into());
        };
        let server = lab::start(inputs, plan, self.port)?;
        let base = format!("http://{}", server.handle().address());
        let mut output = Output::standard();
        output.line(&base)?;
        output.line(&curl(Route::Login, &base))?;
        output.flush()?;
        // What comes does not matter, only that it ends.
        io::copy(&mut io::stdin().lock(), &mut io::sink()).ok();
        Ok(ExitCode::SUCCESS)
    }

    /// The figures with what they were measured on.
    fn report(&self, login: LoginReport) -> Report {
        let seconds = login.rows.iter().map(|row| row.seconds).sum::<f64>().round();
        let settings = Settings::new(seconds, Budget::default());
        let mut report = Report::new(&[], &Sampler::of(&[]), 0, machine::machine(), settings);
        report.login = Some(login);
        report
    }
}

impl Load {
    fn plan(&self) -> Plan {
        let Self {
            logins_per_second,
            pings_per_second,
            seconds,
            connections,
            loop_threads,
            workers,
            password,
            pattern,
        } = self;
        Plan {
            patterns: pattern.clone(),
            logins_per_second: *logins_per_second,
            pings_per_second: *pings_per_second,
            seconds: *seconds,
            connections: *connections,
            loop_threads: *loop_threads,
            workers: *workers,
            password: *password,
        }
        .bounded()
    }
}

impl Form {
    fn write(self, reports: &[Report]) -> String {
        let logins = || reports.iter().filter_map(|report| report.login.as_ref()).collect::<Vec<_>>();
        let each = |write: fn(&Report) -> String| reports.iter().map(write).collect::<Vec<_>>().join("\n\n");
        match (self, reports.first()) {
            (Self { json: true, .. }, Some(Report { version, build, machine, .. })) => {
                // Texts and finite numbers can always be written.
                serde_json::to_string(&Answer { version, build, machine, reports: logins() }).unwrap_or_default()
            }
            (Self { csv: true, .. }, _) => LoginReport::all_to_csv(&logins()),
            (Self { markdown: true, .. }, _) => each(Report::to_markdown),
            (Self { .. }, _) => each(Report::to_text),
        }
    }
}

/// Tells on a terminal how far it is, on a line of its own that goes in the end.
struct Progress {
    subject: usize,
    subjects: usize,
    told: Option<u32>,
    is_shown: bool,
}

impl Progress {
    fn new(subject: usize, subjects: usize) -> Self {
        Self { subject, subjects, told: None, is_shown: io::stderr().is_terminal() }
    }

    fn tell(&mut self, share: f64) {
        let share = (self.subject as f64 + share.clamp(0.0, 1.0)) / self.subjects.max(1) as f64;
        let percent = (share * 100.0) as u32;
        if self.is_shown && self.told != Some(percent) {
            self.told = Some(percent);
            // Nobody to tell when the terminal is gone.
            write!(io::stderr().lock(), "\rMeasuring logins: {percent} %").ok();
        }
    }

    fn clear(&self) {
        if self.told.is_some() {
            write!(io::stderr().lock(), "\r{:30}\r", "").ok();
        }
    }
}

fn pattern(name: &str) -> Pattern {
    PATTERNS.iter().find(|(of, _)| *of == name).map(|(_, pattern)| *pattern).unwrap_or_default()
}

/// `NAME=http://127.0.0.1:PORT`; nothing but loopback.
fn other_server(text: &str) -> Result<OtherServer, String> {
    let form = || "write it as NAME=http://127.0.0.1:PORT".to_owned();
    let (name, address) = text.split_once('=').filter(|(name, _)| !name.trim().is_empty()).ok_or_else(form)?;
    let place = address.strip_prefix("http://").ok_or_else(form)?;
    let place = place.strip_suffix('/').unwrap_or(place);
    let local = place.strip_prefix("localhost:").and_then(|port| port.parse().ok());
    let local = local.map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let Some(address) = local.or_else(|| place.parse().ok()) else {
        return Err("the lab sends nothing but to this machine: write it as NAME=http://127.0.0.1:PORT".to_owned());
    };
    if !address.ip().is_loopback() || address.port() == 0 {
        return Err("the lab sends nothing but to this machine: write it as NAME=http://127.0.0.1:PORT".to_owned());
    }
    Ok(OtherServer { name: name.trim().to_owned(), address })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_loopback_is_measured_beside() {
        let server = other_server(" uvicorn =http://127.0.0.1:8000/").unwrap();
        assert_eq!((server.name.as_str(), server.address.to_string().as_str()), ("uvicorn", "127.0.0.1:8000"));
        assert_eq!(other_server("a=http://localhost:1").unwrap().address.to_string(), "127.0.0.1:1");
        assert_eq!(other_server("a=http://[::1]:1").unwrap().address.to_string(), "[::1]:1");
        for text in ["", "a", "=http://127.0.0.1:1", "a=https://127.0.0.1:1", "a=127.0.0.1:1"] {
            assert_eq!(other_server(text).unwrap_err(), "write it as NAME=http://127.0.0.1:PORT", "{text}");
        }
        for place in ["10.0.0.1:80", "example.com:80", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:1/a", "0.0.0.0:80"] {
            assert!(other_server(&format!("a=http://{place}")).unwrap_err().contains("this machine"), "{place}");
        }
    }

    #[test]
    fn every_pattern_has_a_name() {
        for of in Pattern::ALL {
            let name = PATTERNS.iter().find(|(_, pattern)| *pattern == of).unwrap().0;
            assert_eq!(pattern(name), of);
        }
    }
}
