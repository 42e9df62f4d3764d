//! The heartbeat tells how long the loop stood still.

use std::thread;
use std::time::Duration;

use jwt_workbench::lab::{Minter, Server};
use jwt_workbench::measure::login::pattern::Pattern;
use jwt_workbench::measure::login::report::Spread;

use super::*;

/// A machine that does something else in the wrong moment makes a stall longer, or a beat late: one of so many has to
/// be right. A wrong heartbeat is wrong in all of them.
const ROUNDS: usize = 8;
const SLEEP: Duration = Duration::from_millis(20);
const TOLERANCE_NS: u64 = 2_000_000;

/// The stall of a server whose logins sleep for 20 ms, round by round.
fn stalls(pattern: Pattern) -> impl Iterator<Item = Spread> {
    let plan = Plan { logins_per_second: 5, ..plan(&[pattern]) };
    let server = Server::with_work(inputs(CLAIMS), &plan, 0, |minter: &Minter, payload| {
        thread::sleep(SLEEP);
        minter.mint(payload)
    });
    let server = server.unwrap();
    (0..ROUNDS).map(move |_| measured(&server, &plan).report.rows.remove(0).stall.expect("a stall"))
}

#[test]
fn a_login_that_sleeps_on_the_loop_is_a_stall_of_that_length() {
    let asleep_ns = SLEEP.as_nanos() as u64;
    let seen: Vec<u64> =
        stalls(ON_LOOP).map(|stall| stall.max_ns).take_while_not(|ns| ns.abs_diff(asleep_ns) <= TOLERANCE_NS);
    assert!(seen.last().is_some_and(|ns| ns.abs_diff(asleep_ns) <= TOLERANCE_NS), "never 20 ± 2 ms: {seen:?}");
}

#[test]
fn off_the_loop_it_is_none() {
    let seen: Vec<u64> = stalls(OFF_LOOP).map(|stall| stall.max_ns).take_while_not(|ns| *ns < TOLERANCE_NS);
    assert!(seen.last().is_some_and(|ns| *ns < TOLERANCE_NS), "never under 2 ms: {seen:?}");
}

trait TakeWhileNot: Iterator<Item = u64> + Sized {
    /// Everything up to the first that will do, and that one.
    fn take_while_not(self, will_do: impl Fn(&u64) -> bool) -> Vec<u64> {
        let mut taken = Vec::new();
        for ns in self {
            taken.push(ns);
            if will_do(&ns) {
                break;
            }
        }
        taken
    }
}

impl<I: Iterator<Item = u64>> TakeWhileNot for I {}
