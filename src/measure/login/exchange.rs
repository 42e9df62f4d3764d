//! One request and its answer.

use std::sync::Arc;

use super::pattern::Pattern;

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// `POST /login`.
    Login,
    /// `GET /me`, with the bearer token.
    Me,
    /// `GET /ping`, which does nothing.
    Ping,
}

impl Route {
    /// Method and path, as in a list of requests.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Login => "POST /login",
            Self::Me => "GET /me",
            Self::Ping => "GET /ping",
        }
    }
}

/// One request and what came of it. All times in nanoseconds.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Its number within the measurement, from 1.
    pub number: u64,
    /// What was asked for.
    pub route: Route,
    /// The pattern that was measured meanwhile; the place in the report's rows.
    pub row: usize,
    /// The same.
    pub pattern: Pattern,
    /// When it arrived, since the pattern's measurement began.
    pub at_ns: u64,
    /// From arriving to the last byte of the answer.
    pub total_ns: u64,
    /// The part of that before anybody worked on it: waiting for a connection, for the loop, for a worker.
    pub queued_ns: u64,
    /// The part in which the server worked on it; the rest is the way of the answer.
    pub processing_ns: u64,
    /// The status; `None` when there was no answer.
    pub status: Option<u16>,
    /// Why there was no answer, in words.
    pub failure: Option<Arc<str>>,
    /// Bytes of the body.
    pub body_bytes: usize,
    /// Bytes of the whole answer as they came over the socket: status line, header fields and body.
    pub wire_bytes: usize,
    /// The answer itself; only the newest are kept.
    pub answer: Option<Arc<Answer>>,
}

/// An answer as it came.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status line and header fields, a line each.
    pub head: String,
    /// The body.
    pub body: String,
}
