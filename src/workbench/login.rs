//! The login lab as the program knows it: what the server mints, where it listens, and how it is to be measured.

use std::net::SocketAddr;
use std::sync::Arc;

use crate::jose::error::Problem;
use crate::jose::jwa::Algorithm;
use crate::jose::key::Key;
use crate::measure::login::network::{Network, Profile};
use crate::measure::login::plan::Plan;
use crate::template::render::Rendering;

use super::compare::variant::VariantId;

/// What the server of the lab mints.
#[derive(Clone, Debug)]
pub struct LoginInputs {
    /// What the tokens are of: the name of the draft or variant.
    pub subject: String,
    /// The algorithm.
    pub algorithm: Algorithm,
    /// The key, a private one.
    pub key: Arc<Key>,
    /// The header, compiled.
    pub header: Rendering,
    /// All claims, compiled.
    pub full: Rendering,
    /// The claims of the minimal payload, compiled.
    pub minimal: Rendering,
    /// The instant it is begun with, seconds since 1970 UTC.
    pub now: i64,
}

/// Where the server of the lab listens.
#[derive(Clone, Debug)]
pub struct Serving {
    /// The address, on loopback.
    pub address: SocketAddr,
    /// What it mints.
    pub subject: String,
    /// The algorithm.
    pub algorithm: Algorithm,
}

/// The lab, without its figures: those are of [`Bench::Login`](super::bench::Bench::Login).
#[derive(Debug)]
pub struct LoginState {
    pub(super) serving: Option<Serving>,
    pub(super) problem: Option<Problem>,
    pub(super) plan: Plan,
    /// The port to listen at; 0 for a free one.
    pub(super) port: u16,
    /// What is minted; `None` for the draft.
    pub(super) subject: Option<VariantId>,
    pub(super) profile: Profile,
    pub(super) own_network: Network,
    /// Later requests that carry the token, for the cost of uploading it.
    pub(super) later_requests: u32,
}

impl Default for LoginState {
    fn default() -> Self {
        Self {
            serving: None,
            problem: None,
            plan: Plan::default(),
            port: 0,
            subject: None,
            profile: Profile::default(),
            own_network: Network { round_trip_ms: 20.0, down_mbit: 50.0, up_mbit: 10.0 },
            later_requests: 100,
        }
    }
}

impl LoginState {
    /// Where the server listens, while it does.
    pub fn serving(&self) -> Option<&Serving> {
        self.serving.as_ref()
    }

    /// Why the server could not be started.
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// How it is to be measured.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The port to listen at; 0 for a free one.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What is minted; `None` for the draft.
    pub fn subject(&self) -> Option<VariantId> {
        self.subject
    }

    /// The network that the way of the answer is modelled for.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// The figures of that network.
    pub fn network(&self) -> Network {
        self.profile.network(self.own_network)
    }

    /// Later requests that carry the token.
    pub fn later_requests(&self) -> u32 {
        self.later_requests
    }
}

/// What is heard of the server.
#[derive(Clone, Debug)]
pub enum Heard {
    /// It listens here; the ticket is that of [`Effect::StartLogin`](super::effect::Effect::StartLogin).
    Started {
        /// Tells this server from one before it.
        ticket: u64,
        /// Where.
        address: SocketAddr,
    },
    /// It could not be started, or ended by itself.
    Failed {
        /// Which one.
        ticket: u64,
        /// Why.
        problem: Problem,
    },
    /// It is stopped, and the port is free.
    Stopped,
}
