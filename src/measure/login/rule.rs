//! The verdict on a pattern, and the rule that gave it.

use serde::{Deserialize, Serialize};

use super::report::{LoginRow, Spread};
use crate::jose::text::grouped;
use crate::measure::histogram::format_ns;

/// What a login does to the other users of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Others feel nothing.
    Ok,
    /// Others wait noticeably.
    Slows,
    /// Others wait as long as a person notices.
    Blocks,
    /// Not all logins were answered: the figures say how the server fails, not how it serves.
    Overloaded,
}

impl Verdict {
    /// In two words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Slows => "slows others",
            Self::Blocks => "blocks others",
            Self::Overloaded => "overloaded",
        }
    }
}

/// A verdict and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// The verdict.
    pub verdict: Verdict,
    /// The rule that gave it, with the figures, in plain words.
    pub reason: String,
}

/// From this p99 of `/ping` on a login may block others, in nanoseconds: several of these and a person notices.
pub const BLOCKS_PING_NS: u64 = 10_000_000;
/// It must also be so many times the p99 of the idle server, so that a slow machine is not taken for a blocked loop.
pub const BLOCKS_PING_TIMES: u64 = 5;
/// From this p99 of the loop's standing still on it blocks others, in nanoseconds.
pub const BLOCKS_STALL_NS: u64 = 20_000_000;
/// From so much more than the p99 of the idle server on `/ping` is slowed, in nanoseconds.
pub const SLOWS_PING_NS: u64 = 2_000_000;
/// From this p99 of the loop's standing still on others are slowed, in nanoseconds.
pub const SLOWS_STALL_NS: u64 = 5_000_000;
/// With fewer of a hundred logins answered the server is overloaded.
pub const LEAST_ANSWERED_PERCENT: u64 = 95;

/// The verdict on a row, held against `/ping` on an idle server. Without that it is judged as if the idle server took no
/// time at all.
pub fn ruling(row: &LoginRow, idle: Option<Spread>) -> Ruling {
    if let Some(reason) = overload(row) {
        return Ruling { verdict: Verdict::Overloaded, reason };
    }
    let Some(ping) = row.ping.filter(|ping| ping.samples > 0).map(|ping| ping.p99_ns) else {
        let reason = "No /ping was answered meanwhile, so nothing can be said of others.".to_owned();
        return Ruling { verdict: Verdict::Ok, reason };
    };
    let idle = idle.map(|idle| idle.p99_ns);
    let stall = row.stall.filter(|stall| stall.samples > 0).map_or(0, |stall| stall.p99_ns);
    let more = ping.saturating_sub(idle.unwrap_or_default());
    let beside = idle.map(|idle| format!(", {} on the idle server", format_ns(idle))).unwrap_or_default();
    let waits = format!("One /ping in a hundred takes {} or longer{beside}", format_ns(ping));
    let stands =
        format!("One beat in a hundred finds the event loop standing still for {} or longer", format_ns(stall));
    let is_far_from_idle = idle.is_none_or(|idle| ping >= idle.saturating_mul(BLOCKS_PING_TIMES));
    let (verdict, reason) = if ping >= BLOCKS_PING_NS && is_far_from_idle {
        let times = if idle.is_some() { format!(" and {BLOCKS_PING_TIMES} times as long") } else { String::new() };
        (Verdict::Blocks, format!("{waits}: {} or more{times} blocks others.", bound(BLOCKS_PING_NS)))
    } else if stall >= BLOCKS_STALL_NS {
        (Verdict::Blocks, format!("{stands}: {} or more blocks others.", bound(BLOCKS_STALL_NS)))
    } else if more >= SLOWS_PING_NS {
        let than = if idle.is_some() { "longer" } else { "or more" };
        (Verdict::Slows, format!("{waits}: {} {than} slows others.", bound(SLOWS_PING_NS)))
    } else if stall >= SLOWS_STALL_NS {
        (Verdict::Slows, format!("{stands}: {} or more slows others.", bound(SLOWS_STALL_NS)))
    } else {
        let than = if idle.is_some() { "longer" } else { "in all" };
        (Verdict::Ok, format!("{waits}: less than {} {than} is not felt.", bound(SLOWS_PING_NS)))
    };
    Ruling { verdict, reason }
}

/// Why the figures say how the server fails; `None` when it serves.
fn overload(row: &LoginRow) -> Option<String> {
    let LoginRow { asked, answered, errors, .. } = *row;
    let logins = format!("{} of {} logins were answered", grouped(answered), grouped(asked));
    if u128::from(answered) * 100 < u128::from(asked) * u128::from(LEAST_ANSWERED_PERCENT) {
        return Some(format!("{logins}: with fewer than {LEAST_ANSWERED_PERCENT} % the figures say how it fails."));
    }
    let requests = if errors == 1 { "request" } else { "requests" };
    (errors > 0).then(|| format!("{} {requests} failed; {logins}.", grouped(errors)))
}

/// A bound in whole milliseconds.
fn bound(ns: u64) -> String {
    format!("{} ms", ns / 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::login::pattern::Pattern;
    use crate::measure::login::sample::{row, spread};

    const MS: u64 = 1_000_000;

    /// A row whose p99 of `/ping` and of the loop's standing still are these.
    fn felt(ping_p99: u64, stall_p99: u64) -> LoginRow {
        let with = |p99_ns| Some(Spread { p99_ns, ..spread(1_000) });
        LoginRow { ping: with(ping_p99), stall: with(stall_p99), ..row(Pattern::default()) }
    }

    fn idle(p99_ns: u64) -> Option<Spread> {
        Some(Spread { p99_ns, ..spread(1_000) })
    }

    #[track_caller]
    fn check(row: &LoginRow, idle: Option<Spread>, verdict: Verdict, reason: &str) {
        let ruling = ruling(row, idle);
        assert_eq!((ruling.verdict, ruling.reason.as_str()), (verdict, reason));
    }

    #[test]
    fn what_others_feel_decides_and_the_bounds_are_named() {
        let base = "One /ping in a hundred takes";
        let words = |rest: &str| format!("{base} {rest}");
        check(
            &felt(10 * MS, 0),
            idle(2 * MS),
            Verdict::Blocks,
            &words("10.0 ms or longer, 2.00 ms on the idle server: 10 ms or more and 5 times as long blocks others."),
        );
        check(
            &felt(10 * MS, 0),
            idle(2 * MS + 1),
            Verdict::Slows,
            &words("10.0 ms or longer, 2.00 ms on the idle server: 2 ms longer slows others."),
        );
        check(
            &felt(3 * MS, 20 * MS),
            idle(MS),
            Verdict::Blocks,
            "One beat in a hundred finds the event loop standing still for 20.0 ms or longer: 20 ms or more blocks others.",
        );
        check(
            &felt(2 * MS, 5 * MS),
            idle(MS),
            Verdict::Slows,
            "One beat in a hundred finds the event loop standing still for 5.00 ms or longer: 5 ms or more slows others.",
        );
        check(
            &felt(3 * MS - 1, 5 * MS - 1),
            idle(MS),
            Verdict::Ok,
            &words("3.00 ms or longer, 1.00 ms on the idle server: less than 2 ms longer is not felt."),
        );
        check(&felt(MS, 0), None, Verdict::Ok, &words("1.00 ms or longer: less than 2 ms in all is not felt."));
        check(&felt(11 * MS, 0), None, Verdict::Blocks, &words("11.0 ms or longer: 10 ms or more blocks others."));
    }

    #[test]
    fn a_server_that_does_not_answer_is_overloaded_however_fast_it_is() {
        let row = felt(MS, 0);
        let answered = |answered, errors| LoginRow { asked: 2_000, answered, errors, ..row.clone() };
        let of = |row: &LoginRow| ruling(row, idle(MS)).verdict;
        assert_eq!(of(&answered(1_900, 0)), Verdict::Ok, "the last ones may still be on their way");
        check(
            &answered(1_899, 0),
            idle(MS),
            Verdict::Overloaded,
            "1,899 of 2,000 logins were answered: with fewer than 95 % the figures say how it fails.",
        );
        check(
            &answered(2_000, 1),
            idle(MS),
            Verdict::Overloaded,
            "1 request failed; 2,000 of 2,000 logins were answered.",
        );
        assert_eq!(of(&LoginRow { asked: u64::MAX, answered: u64::MAX, ..row.clone() }), Verdict::Ok);
        let silent = LoginRow { ping: None, ..row };
        assert!(ruling(&silent, None).reason.contains("No /ping"));
    }
}
