//! A measurement from its first request to its last.

use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::load::{Load, Orders};
use super::news::News;
use super::pacer::Rates;
use super::recording::Recording;
use super::server::{self, ServerHandle};
use super::{Measured, Measurement, OtherServer};
use crate::jose::error::Problem;
use crate::measure::login::pattern::{Minting, Pattern};
use crate::measure::login::plan::Plan;

/// Time between two looks at what happened. Nobody is woken for every request: that would disturb what is measured.
const LOOK: Duration = Duration::from_millis(10);
/// Time between two calls of `step`.
const STEP: Duration = Duration::from_millis(100);
/// How long the load goes on after the server is gone, so that the figures show it.
const AFTERMATH: Duration = Duration::from_millis(300);

/// Called ten times a second with what there is and how far it is; says whether to go on.
type Step<'a> = &'a mut dyn FnMut(&dyn Fn() -> Measured, f64) -> bool;

/// Puts the load on a server, one pattern after the other, and measures. Blocks the calling thread, which is not the
/// server's. `step` is called some ten times a second with what there is so far, and how far it is between 0 and 1, and
/// says whether to go on; what there is when it says no is the result. When the server is stopped meanwhile, the
/// measurement ends with the requests that failed counted as errors.
///
/// # Errors
/// When the machine does not let us connect, when another server is not on loopback, or when no thread can be started.
pub fn measure(handle: &ServerHandle, measurement: &Measurement, step: Step<'_>) -> Result<Measured, Problem> {
    let plan = measurement.plan.clone().bounded();
    if let Some(elsewhere) = measurement.others.iter().find(|other| !other.address.ip().is_loopback()) {
        return Err(not_loopback(elsewhere));
    }
    server::reach(handle.address())?;
    for other in &measurement.others {
        server::reach(other.address)?;
    }
    let recording = Recording::new(plan.clone(), handle.about())?;
    let mut session = Session { handle, recording, step, stages: Stages::of(&plan, measurement.others.len()), plan };
    let outcome = session.run(&measurement.others);
    handle.tell(None);
    outcome?;
    let share = session.stages.share(Duration::ZERO);
    let measured = session.recording.measured();
    (session.step)(&|| measured.clone(), share);
    Ok(measured)
}

/// How far a measurement is: what was planned to take how long, and what is over.
struct Stages {
    lengths: Vec<Duration>,
    over: usize,
}

impl Stages {
    fn of(plan: &Plan, others: usize) -> Self {
        let rows = std::iter::repeat_n(length(plan), plan.patterns.len() + others);
        Self { lengths: std::iter::once(idle_length(plan)).chain(rows).collect(), over: 0 }
    }

    /// Between 0 and 1, when the current one has taken so long.
    fn share(&self, elapsed: Duration) -> f64 {
        let total: Duration = self.lengths.iter().sum();
        let over: Duration = self.lengths.iter().take(self.over).sum();
        let current = self.lengths.get(self.over).copied().unwrap_or_default();
        ((over + elapsed.min(current)).as_secs_f64() / total.as_secs_f64().max(1e-9)).min(1.0)
    }
}

fn length(plan: &Plan) -> Duration {
    Duration::from_secs(plan.seconds.into())
}

/// Short measurements have a short look at the idle server.
fn idle_length(plan: &Plan) -> Duration {
    Duration::from_millis(if plan.seconds == 1 { 300 } else { 1_000 })
}

struct Session<'a, 's> {
    handle: &'a ServerHandle,
    plan: Plan,
    recording: Recording,
    step: Step<'s>,
    stages: Stages,
}

/// How a load ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// Everything that was asked for was sent.
    Whole,
    /// `step` said no.
    CalledOff,
    /// The server is gone.
    Gone,
}

impl Session<'_, '_> {
    fn run(&mut self, others: &[OtherServer]) -> Result<(), Problem> {
        if self.idle()? != End::Whole {
            return Ok(());
        }
        for pattern in self.plan.patterns.clone() {
            if self.pattern(pattern)? != End::Whole {
                return Ok(());
            }
        }
        for other in others {
            if self.other(other)? != End::Whole {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The response time of `/ping` while nothing else happens.
    fn idle(&mut self) -> Result<End, Problem> {
        let length = idle_length(&self.plan);
        self.recording.begin(String::new(), None, length)?;
        let rates = Rates { logins: 0, pings: self.plan.pings_per_second, length };
        let orders = Orders { rates, rehearsals: 0, asks_me: false, ..self.orders(Pattern::default()) };
        let end = self.load(orders, None)?;
        self.recording.end_idle();
        self.stages.over += 1;
        Ok(end)
    }

    fn pattern(&mut self, pattern: Pattern) -> Result<End, Problem> {
        self.row(pattern.label().to_owned(), Some(pattern), self.orders(pattern))
    }

    fn other(&mut self, other: &OtherServer) -> Result<End, Problem> {
        let orders =
            Orders { address: other.address, login_path: "/login", asks_me: false, ..self.orders(Pattern::default()) };
        self.row(other.name.clone(), None, orders)
    }

    fn row(&mut self, name: String, pattern: Option<Pattern>, orders: Orders) -> Result<End, Problem> {
        self.recording.begin(name, pattern, orders.rates.length)?;
        let end = self.load(orders, pattern)?;
        self.recording.end(end != End::CalledOff);
        self.stages.over += 1;
        Ok(end)
    }

    fn orders(&self, pattern: Pattern) -> Orders {
        let plan = &self.plan;
        let length = length(plan);
        Orders {
            address: self.handle.address(),
            login_path: pattern.login_path(),
            rates: Rates { logins: plan.logins_per_second, pings: plan.pings_per_second, length },
            connections: usize::try_from(plan.connections).unwrap_or(1),
            rehearsals: match pattern.minting {
                Minting::OnLoop => 1,
                Minting::OffLoop => usize::try_from(plan.workers.min(plan.connections)).unwrap_or(1),
            },
            asks_me: true,
            first_number: self.recording.count(),
        }
    }

    /// Puts one load on a server, ours when there is a pattern, and records what happens.
    fn load(&mut self, orders: Orders, pattern: Option<Pattern>) -> Result<End, Problem> {
        let is_idle = orders.rates.logins == 0;
        let (sender, news) = channel();
        self.handle.tell(pattern.map(|_pattern| sender.clone()));
        let load = Load::start(orders, sender).map_err(|error| {
            Problem::new("lab-load", format!("The load could not be started: {error}"))
                .help("Close other programs and try again.")
        })?;
        let end = self.listen(&load, &news, is_idle);
        drop(load);
        // What came in while the load ended.
        while let Ok(news) = news.try_recv() {
            self.recording.hear(news);
        }
        Ok(end)
    }

    fn listen(&mut self, load: &Load, news: &Receiver<News>, is_idle: bool) -> End {
        let mut stepped = Instant::now();
        let mut gone: Option<Instant> = None;
        loop {
            let is_over = load.is_finished();
            while let Ok(news) = news.try_recv() {
                self.recording.hear(news);
            }
            if !self.handle.is_serving() {
                let since = gone.get_or_insert_with(Instant::now);
                if is_over || since.elapsed() > AFTERMATH {
                    return End::Gone;
                }
            }
            if is_over {
                return End::Whole;
            }
            if stepped.elapsed() >= STEP {
                stepped = Instant::now();
                let share = self.stages.share(self.recording.elapsed());
                let recording = &self.recording;
                let measured = || if is_idle { recording.measured_idle() } else { recording.measured() };
                if !(self.step)(&measured, share) {
                    return End::CalledOff;
                }
            }
            thread::sleep(LOOK);
        }
    }
}

fn not_loopback(other: &OtherServer) -> Problem {
    Problem::new("lab-not-loopback", format!("{} is not on this machine: the load is for loopback only", other.address))
        .help("Give an address such as 127.0.0.1:8000.")
}
