//! What a measurement hears: from the server, from its heartbeat and from the load.

use std::sync::Arc;
use std::time::{Duration, Instant};

use hyper::body::Bytes;
use hyper::http::response;

use crate::measure::login::exchange::Route;

/// One thing that happened.
#[derive(Debug)]
pub(super) enum News {
    /// The loop answered a beat so late.
    Stall(Duration),
    /// The server worked on a request; comes before the same request's [`News::Finished`].
    Served(Served),
    /// The first request is due now: what comes from here on counts.
    Began(Instant),
    /// A request came to an end.
    Finished(Box<Finished>),
    /// The last request that was due has come to an end; what comes from here on does not count.
    Settled(Instant),
}

/// What the server did for a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Served {
    /// The number that the request carried.
    pub(super) number: u64,
    /// When somebody began to work on it.
    pub(super) began: Instant,
    /// When that was done.
    pub(super) ended: Instant,
    /// Verifying the password, where it was verified.
    pub(super) password: Option<Duration>,
    /// Minting, where a token was minted.
    pub(super) minting: Option<Duration>,
    /// Processor time of the minting.
    pub(super) cpu: Option<Duration>,
}

/// A request that was sent by the load.
#[derive(Debug)]
pub(super) struct Finished {
    /// Its number within the measurement, from 1.
    pub(super) number: u64,
    /// What was asked for.
    pub(super) route: Route,
    /// When it was due.
    pub(super) due: Instant,
    /// When it arrived.
    pub(super) released: Instant,
    /// When the last byte of the answer was there, or when it failed.
    pub(super) ended: Instant,
    /// The answer, or why there is none.
    pub(super) outcome: Result<Received, Arc<str>>,
}

/// An answer as it came.
#[derive(Debug)]
pub(super) struct Received {
    /// Status and header fields.
    pub(super) head: response::Parts,
    /// The body.
    pub(super) body: Bytes,
    /// Bytes of both as they came over the socket.
    pub(super) wire_bytes: usize,
}
