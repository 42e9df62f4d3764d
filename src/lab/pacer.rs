//! Lets requests arrive when they are due, whether or not earlier ones were answered (an open loop).
//!
//! A thread of its own, because a timer of the load's runtime would be off by up to a millisecond, and late whenever the
//! load is busy.

use std::io;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use fastrand::Rng;
use tokio::sync::mpsc::UnboundedSender;

use crate::measure::login::exchange::Route;

/// The longest sleep: a load that was called off is noticed after it.
const LONGEST_SLEEP: Duration = Duration::from_millis(20);
const SECOND_NS: u64 = 1_000_000_000;

/// A request that arrives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrival {
    pub(super) route: Route,
    /// When it was to arrive.
    pub(super) due: Instant,
    /// When it did.
    pub(super) released: Instant,
}

/// How many requests arrive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rates {
    /// In a second.
    pub(super) logins: u32,
    /// In a second.
    pub(super) pings: u32,
    /// For so long.
    pub(super) length: Duration,
}

/// The arrivals of one kind: in every second as many as asked, at random instants. Evenly spaced ones would keep step with
/// those of the other kind, and always or never meet a loop that is busy.
struct Series {
    route: Route,
    rate: u32,
    /// The same for every measurement, so that all patterns get the same load.
    random: Rng,
    /// Seconds that are drawn.
    seconds: u64,
    /// What is left of the last of them, in nanoseconds since the start, the next at the end.
    instants_ns: Vec<u64>,
}

impl Series {
    fn new(route: Route, rate: u32, seed: u64) -> Self {
        Self { route, rate, random: Rng::with_seed(seed), seconds: 0, instants_ns: Vec::new() }
    }

    /// When the next is due, in nanoseconds since the start.
    fn next_ns(&mut self) -> u64 {
        if self.rate == 0 {
            return u64::MAX;
        }
        if self.instants_ns.is_empty() {
            let start = self.seconds.saturating_mul(SECOND_NS);
            self.seconds += 1;
            let Self { random, instants_ns, rate, .. } = self;
            instants_ns.extend((0..*rate).map(|_| start.saturating_add(random.u64(..SECOND_NS))));
            instants_ns.sort_unstable_by(|a, b| b.cmp(a));
        }
        self.instants_ns.last().copied().unwrap_or(u64::MAX)
    }

    /// The next has arrived.
    fn advance(&mut self) {
        self.instants_ns.pop();
    }
}

/// Starts the thread. It ends after the last arrival, or soon after nobody receives them any more.
///
/// # Errors
/// When the thread cannot be started.
pub(super) fn start(rates: Rates, start: Instant, arrivals: UnboundedSender<Arrival>) -> io::Result<JoinHandle<()>> {
    let pace = move || {
        let mut series = [Series::new(Route::Ping, rates.pings, 1), Series::new(Route::Login, rates.logins, 2)];
        let end_ns = u64::try_from(rates.length.as_nanos()).unwrap_or(u64::MAX);
        loop {
            let [pings, logins] = &mut series;
            let next = if pings.next_ns() <= logins.next_ns() { pings } else { logins };
            let due_ns = next.next_ns();
            if due_ns >= end_ns {
                return;
            }
            let due = start + Duration::from_nanos(due_ns);
            if !sleep_until(due, &arrivals) {
                return;
            }
            if arrivals.send(Arrival { route: next.route, due, released: Instant::now() }).is_err() {
                return;
            }
            next.advance();
        }
    };
    thread::Builder::new().name("lab-pacer".to_owned()).spawn(pace)
}

/// Whether there is still somebody who receives.
fn sleep_until(due: Instant, arrivals: &UnboundedSender<Arrival>) -> bool {
    loop {
        let left = due.saturating_duration_since(Instant::now());
        if left.is_zero() || arrivals.is_closed() {
            return !arrivals.is_closed();
        }
        thread::sleep(left.min(LONGEST_SLEEP));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrivals_are_as_many_as_asked_and_never_early() {
        let (sender, mut arrivals) = tokio::sync::mpsc::unbounded_channel();
        let begin = Instant::now();
        let rates = Rates { logins: 30, pings: 100, length: Duration::from_secs(1) };
        start(rates, begin, sender).unwrap().join().unwrap();
        let mut all = Vec::new();
        while let Ok(arrival) = arrivals.try_recv() {
            all.push(arrival);
        }
        let of = |route| all.iter().filter(move |arrival| arrival.route == route).count();
        assert_eq!((of(Route::Login), of(Route::Ping)), (30, 100));
        assert!(all.iter().all(|arrival| arrival.released >= arrival.due), "nothing arrives before it is due");
        assert!(all.windows(2).all(|pair| pair[0].due <= pair[1].due));
    }

    /// Of the pings, as many as chance allows come within the first tenth of a login's time.
    #[test]
    fn the_kinds_do_not_keep_step() {
        let mut logins = Series::new(Route::Login, 40, 2);
        let mut pings = Series::new(Route::Ping, 200, 1);
        let instants = |series: &mut Series, count: usize| -> Vec<u64> {
            let mut next = || {
                let next = series.next_ns();
                series.advance();
                next
            };
            (0..count).map(|_| next()).collect()
        };
        let (logins, pings) = (instants(&mut logins, 4_000), instants(&mut pings, 20_000));
        let busy_ns = SECOND_NS / 400;
        let meets = |ping: &&u64| logins.iter().any(|login| (*login..*login + busy_ns).contains(*ping));
        let share = pings.iter().filter(meets).count() as f64 / pings.len() as f64;
        // 40 spans of 2.5 ms, some of which overlap.
        assert!((0.085..0.105).contains(&share), "{share}");
    }

    #[test]
    fn it_ends_when_nobody_receives() {
        let (sender, arrivals) = tokio::sync::mpsc::unbounded_channel();
        let rates = Rates { logins: 1, pings: 1, length: Duration::from_secs(600) };
        let thread = start(rates, Instant::now(), sender).unwrap();
        drop(arrivals);
        let began = Instant::now();
        thread.join().unwrap();
        assert!(began.elapsed() < Duration::from_secs(60), "it ended long before its time");
    }
}
