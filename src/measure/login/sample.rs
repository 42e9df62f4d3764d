//! Figures for tests.

use super::pattern::Pattern;
use super::plan::Plan;
use super::report::{LoginReport, LoginRow, Spread};
use super::rule::ruling;

/// Times around a median.
pub(super) fn spread(p50_ns: u64) -> Spread {
    let times = |factor: u64| p50_ns.saturating_mul(factor);
    Spread { samples: 120, p50_ns, p95_ns: times(2), p99_ns: times(3), max_ns: times(4) }
}

/// A pattern that serves well.
pub(super) fn row(pattern: Pattern) -> LoginRow {
    LoginRow {
        name: pattern.label().to_owned(),
        pattern: Some(pattern),
        seconds: 3.0,
        asked: 120,
        answered: 120,
        errors: 0,
        requests_per_second: 240.0,
        processing: Some(spread(12_000)),
        cpu: Some(spread(11_000)),
        password: None,
        queue: Some(spread(30_000)),
        stall: Some(spread(100_000)),
        login: Some(spread(300_000)),
        ping: Some(spread(90_000)),
        body_bytes: Some(260),
        wire_bytes: Some(420),
        token_bytes: Some(200),
        ruling: None,
    }
}

/// A report of all four patterns that serve well.
pub(super) fn report() -> LoginReport {
    let idle = Some(spread(80_000));
    let judged = |pattern| {
        let row = row(pattern);
        LoginRow { ruling: Some(ruling(&row, idle)), ..row }
    };
    LoginReport {
        plan: Plan::default(),
        subject: "Session, \"full\"".to_owned(),
        algorithm: "HS256".to_owned(),
        key: "Secret, 256 bits".to_owned(),
        idle,
        lateness: Some(spread(50_000)),
        rows: Pattern::ALL.map(judged).into(),
        disagreements: Vec::new(),
    }
}
