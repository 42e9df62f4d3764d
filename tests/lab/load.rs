//! What the load measures.

use std::thread;
use std::time::Duration;

use jwt_workbench::jose::error::Problem;
use jwt_workbench::lab::{Minter, OtherServer};
use jwt_workbench::measure::login::exchange::Route;
use jwt_workbench::measure::login::report::Spread;
use jwt_workbench::measure::login::rule::Verdict;

use super::*;

#[test]
fn all_patterns_are_measured() {
    let plan = plan(&Pattern::ALL);
    let server = start(&plan);
    let Measured { report, trace } = measured(&server, &plan);
    assert_eq!(report.rows.iter().filter_map(|row| row.pattern).collect::<Vec<_>>(), Pattern::ALL);
    for row in &report.rows {
        assert_eq!((row.asked, row.answered, row.errors), (40, 40, 0), "{row:?}");
        assert_eq!(row.processing.unwrap().samples, 40);
        assert_eq!(row.ping.unwrap().samples, 200);
        assert!(row.ruling.is_some());
    }
    assert_eq!(trace.pings.len(), 4);
    assert_eq!(trace.count, 4 * 241);
}

#[test]
fn the_figures_belong_together() {
    let plan = Plan { password: true, logins_per_second: 5, ..plan(&[OFF_LOOP]) };
    let server = start(&plan);
    let Measured { report, trace } = measured(&server, &plan);
    assert_eq!((report.subject.as_str(), report.algorithm.as_str()), ("Access token", "HS256"));
    assert_eq!(report.key, inputs(CLAIMS).key.describe());
    let row = &report.rows[0];
    assert_eq!((row.asked, row.answered, row.errors), (5, 5, 0));
    let p50 = |spread: Option<Spread>| spread.unwrap().p50_ns;
    assert!(p50(row.password) > 10 * p50(row.processing), "the password is told apart, and dwarfs the token");
    assert!(p50(row.login) >= p50(row.password));
    // 200 a second for 0.3 s, at random instants.
    let idle = report.idle.unwrap().samples;
    assert!((40..=80).contains(&idle), "{idle}");
    assert_eq!(report.lateness.unwrap().samples, idle + 205);
    for exchange in &trace.exchanges {
        assert_eq!(exchange.status, Some(200));
        assert!(exchange.queued_ns + exchange.processing_ns <= exchange.total_ns, "{exchange:?}");
        assert!(exchange.answer.is_some());
    }
    let me = trace.exchanges.last().unwrap();
    assert_eq!(me.route, Route::Me);
    assert!(me.answer.as_ref().unwrap().body.contains("user-42"));
}

#[test]
fn a_token_that_does_not_verify_is_an_error() {
    let plan = Plan { logins_per_second: 5, ..plan(&[ON_LOOP]) };
    let server = lab::start(inputs(r#"{"sub":"user-42","nbf":"{{now+1h}}"}"#), &plan, 0).unwrap();
    let Measured { report, trace } = measured(&server, &plan);
    assert_eq!((report.rows[0].answered, report.rows[0].errors), (5, 1));
    assert_eq!(trace.exchanges.last().and_then(|exchange| exchange.status), Some(401));
}

#[test]
fn logins_that_fail_are_errors_and_no_figures() {
    let plan = Plan { logins_per_second: 20, ..plan(&[ON_LOOP, OFF_LOOP]) };
    let fails = |_minter: &Minter, _payload| Err(Problem::new("x", "The key is at lunch"));
    let server = Server::with_work(inputs(CLAIMS), &plan, 0, fails).unwrap();
    for row in measured(&server, &plan).report.rows {
        assert_eq!((row.asked, row.answered, row.errors), (20, 0, 20));
        assert!(row.login.is_none() && row.body_bytes.is_none());
        assert_eq!(row.ruling.unwrap().verdict, Verdict::Overloaded);
    }
}

/// A load that waits for answers before it sends on would see one late ping for each stall.
#[test]
fn what_waits_while_the_loop_stands_still_is_counted() {
    let plan = Plan { logins_per_second: 2, pings_per_second: 200, connections: 64, ..plan(&[ON_LOOP]) };
    let slow = |minter: &Minter, payload| {
        thread::sleep(Duration::from_millis(200));
        minter.mint(payload)
    };
    let server = Server::with_work(inputs(CLAIMS), &plan, 0, slow).unwrap();
    let Measured { report, trace } = measured(&server, &plan);
    // Two stalls of 200 ms a second: some 80 of 200 pings arrive during one, half of which wait 100 ms and longer; fewer
    // where a stall outlasts the second.
    let late = trace.exchanges.iter().filter(|e| e.route == Route::Ping && e.total_ns > 90_000_000).count();
    assert!((20..=200).contains(&late), "{late} of 200 waited long");
    let ping = report.rows[0].ping.unwrap();
    assert!(ping.max_ns >= 190_000_000 && ping.p95_ns >= 150_000_000, "{ping:?}");
    assert!(report.rows[0].stall.unwrap().max_ns >= 190_000_000);
    assert!(trace.pings[0].iter().any(|point| point.longest_ns >= 190_000_000), "the curve shows it");
}

#[test]
fn another_server_is_measured_under_the_same_load() {
    let other = start(&Plan::default());
    let plan = plan(&[ON_LOOP]);
    let server = start(&plan);
    let others = vec![OtherServer { name: "FastAPI".to_owned(), address: other.handle().address() }];
    let measured = lab::measure(server.handle(), &Measurement { plan, others }, &mut |_, _| true).unwrap();
    let [ours, theirs] = &measured.report.rows[..] else { panic!("{} rows", measured.report.rows.len()) };
    assert_eq!((theirs.name.as_str(), theirs.pattern), ("FastAPI", None));
    assert_eq!((theirs.asked, theirs.answered, theirs.errors), (40, 40, 0));
    assert!(theirs.processing.is_none() && theirs.cpu.is_none() && theirs.queue.is_none() && theirs.stall.is_none());
    assert_eq!((theirs.body_bytes, theirs.wire_bytes), (ours.body_bytes, ours.wire_bytes));
    assert_eq!(measured.trace.pings.len(), 2);
}

/// More connections than that are never open, and a request that finds all in use waits.
#[test]
fn a_single_connection_makes_logins_wait_for_each_other() {
    let slow = |minter: &Minter, payload| {
        thread::sleep(Duration::from_millis(20));
        minter.mint(payload)
    };
    let longest = |connections| {
        let plan = Plan { logins_per_second: 100, connections, workers: 8, ..plan(&[OFF_LOOP]) };
        let server = Server::with_work(inputs(CLAIMS), &plan, 0, slow).unwrap();
        let row = measured(&server, &plan).report.rows.remove(0);
        assert_eq!(row.answered, 100);
        row.queue.unwrap().max_ns
    };
    // 100 logins of 20 ms take 2 s one after the other, but arrive within 1 s.
    assert!(longest(1) > 900_000_000);
    assert!(longest(8) < 900_000_000);
}
