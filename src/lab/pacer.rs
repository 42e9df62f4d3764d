//! Lets requests arrive when they are due, whether or not earlier ones were answered (an open loop).
//!
//! A thread of its own, because a timer of the load's runtime would be off by up to a millisecond, and late whenever the
//! load is busy.

use std::io;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

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

/// How many requests arrive, evenly spaced.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rates {
    /// In a second.
    pub(super) logins: u32,
    /// In a second.
    pub(super) pings: u32,
    /// For so long.
    pub(super) length: Duration,
}

/// One kind of request, evenly spaced.
struct Series {
    route: Route,
    rate: u64,
    /// Nanoseconds from the start to the first: the two kinds do not arrive at the same instants.
    offset_ns: u64,
    sent: u64,
}

impl Series {
    fn new(route: Route, rate: u32, share: u64) -> Self {
        let rate = u64::from(rate);
        Self { route, rate, offset_ns: SECOND_NS / share / rate.max(1), sent: 0 }
    }

    /// When the next is due, in nanoseconds since the start.
    fn next_ns(&self) -> u64 {
        if self.rate == 0 {
            return u64::MAX;
        }
        let spaced = u128::from(self.sent) * u128::from(SECOND_NS) / u128::from(self.rate);
        u64::try_from(spaced).unwrap_or(u64::MAX).saturating_add(self.offset_ns)
    }
}

/// Starts the thread. It ends after the last arrival, or soon after nobody receives them any more.
///
/// # Errors
/// When the thread cannot be started.
pub(super) fn start(rates: Rates, start: Instant, arrivals: UnboundedSender<Arrival>) -> io::Result<JoinHandle<()>> {
    let pace = move || {
        let mut series = [Series::new(Route::Ping, rates.pings, 4), Series::new(Route::Login, rates.logins, 2)];
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
            next.sent += 1;
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
    fn arrivals_are_as_many_as_asked_and_evenly_spaced() {
        let (sender, mut arrivals) = tokio::sync::mpsc::unbounded_channel();
        let begin = Instant::now();
        let rates = Rates { logins: 30, pings: 100, length: Duration::from_millis(500) };
        start(rates, begin, sender).unwrap().join().unwrap();
        let mut all = Vec::new();
        while let Ok(arrival) = arrivals.try_recv() {
            all.push(arrival);
        }
        let of = |route| all.iter().filter(move |arrival| arrival.route == route).collect::<Vec<_>>();
        assert_eq!((of(Route::Login).len(), of(Route::Ping).len()), (15, 50));
        for pair in of(Route::Ping).windows(2) {
            assert_eq!(pair[1].due - pair[0].due, Duration::from_millis(10));
        }
        assert!(all.iter().all(|arrival| arrival.released >= arrival.due), "nothing arrives before it is due");
        assert!(all.windows(2).all(|pair| pair[0].due < pair[1].due));
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
