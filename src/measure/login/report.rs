//! What was measured of every pattern: the table of the login lab, what is exported and what is kept.

use serde::{Deserialize, Serialize};

use super::exchange::Exchange;
use super::pattern::Pattern;
use super::plan::Plan;
use super::rule::Ruling;

/// The figures of a login measurement. Its JSON is stable: members are added, never changed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct LoginReport {
    /// What was asked for.
    pub plan: Plan,
    /// What the tokens are of: the draft or variant.
    pub subject: String,
    /// The algorithm.
    pub algorithm: String,
    /// The key in a few words, without its material.
    pub key: String,
    /// Response time of `/ping` while nothing else happens: the lab's own overhead. `None` before it was measured.
    pub idle: Option<Spread>,
    /// How late the load came after it was due: the error of the generator itself.
    pub lateness: Option<Spread>,
    /// The patterns that have figures, in the order of the plan, then other servers.
    pub rows: Vec<LoginRow>,
    /// Where the figures disagree with what is usually quoted, a sentence each.
    pub disagreements: Vec<String>,
}

/// The figures of one pattern, or of another server under the same load.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LoginRow {
    /// What it is called.
    pub name: String,
    /// The pattern; `None` for another server.
    pub pattern: Option<Pattern>,
    /// How long it was measured, in seconds.
    pub seconds: f64,
    /// Logins that arrived.
    pub asked: u64,
    /// Logins that were answered with a token.
    pub answered: u64,
    /// Requests of any kind that failed or got another status than 200.
    pub errors: u64,
    /// Requests of any kind that were answered in a second.
    pub requests_per_second: f64,
    /// Minting: filling in, signing, encoding; without waiting. `None` for another server.
    pub processing: Option<Spread>,
    /// Processor time of the same.
    pub cpu: Option<Spread>,
    /// Verifying the password, where it was verified.
    pub password: Option<Spread>,
    /// From the arrival of a login until somebody works on it.
    pub queue: Option<Spread>,
    /// How long the event loop stood still, measured by a heartbeat every millisecond. `None` for another server.
    pub stall: Option<Spread>,
    /// Response time of `POST /login`.
    pub login: Option<Spread>,
    /// Response time of `GET /ping` meanwhile: what others suffer.
    pub ping: Option<Spread>,
    /// Bytes of the body of a login's answer.
    pub body_bytes: Option<usize>,
    /// Bytes of the whole answer on the wire.
    pub wire_bytes: Option<usize>,
    /// Bytes of the token.
    pub token_bytes: Option<usize>,
    /// The verdict and its rule; `None` while it is being measured.
    pub ruling: Option<Ruling>,
}

/// A spread of times, in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// How many samples.
    pub samples: u64,
    /// Half of them are at most this.
    pub p50_ns: u64,
    /// 95 of a hundred are.
    pub p95_ns: u64,
    /// 99 of a hundred are.
    pub p99_ns: u64,
    /// The longest.
    pub max_ns: u64,
}

/// What is drawn beside the table; not kept in files.
#[derive(Clone, Debug, Default)]
pub struct LoginTrace {
    /// Response times of `/ping` over time, one list for each row of the report.
    pub pings: Vec<Vec<PingPoint>>,
    /// The newest requests of every row, in the order they arrived in.
    pub exchanges: Vec<Exchange>,
    /// How many requests there were in all.
    pub count: u64,
}

/// The pings that arrived within a short time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PingPoint {
    /// When, in seconds since the pattern's measurement began.
    pub at: f64,
    /// The longest response time among them, in nanoseconds.
    pub longest_ns: u64,
}
