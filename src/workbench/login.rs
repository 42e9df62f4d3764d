//! The login lab as the program knows it: what the server mints, where it listens, and how it is to be measured.

// An address is a value; `core` has no sockets.
use core::net::SocketAddr;
use std::sync::Arc;

use super::compare::minimal;
use super::compare::variant::VariantId;
use super::facts::algorithm_of;
use crate::jose::error::Problem;
use crate::jose::json::Json;
use crate::jose::jwa::Algorithm;
use crate::jose::key::Key;
use crate::measure::login::exchange::Route;
use crate::measure::login::network::{Network, Profile};
use crate::measure::login::plan::Plan;
use crate::template::file::TemplateFile;
use crate::template::render::{Context, Rendering, first};

/// The claims of the minimal payload, unless the user says which.
pub const MINIMAL_CLAIMS: [&str; 2] = ["sub", "exp"];

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

impl LoginInputs {
    /// What a server needs to mint `template`, with the claims named in `keep` as its minimal payload. Everything is tried
    /// once, so that no login finds out later.
    ///
    /// # Errors
    /// Texts that are no JSON objects, placeholders that cannot be filled in, an algorithm or a key that cannot sign.
    pub fn of(
        subject: String,
        template: &TemplateFile,
        key: Arc<Key>,
        keep: &[String],
        now: i64,
    ) -> Result<Self, Problem> {
        let header = Json::parse(&template.header)?;
        let algorithm = algorithm_of(&header)?;
        key.signer(algorithm)?;
        let (minimal, _) = minimal(template, keep)?;
        let compile = |json: &Json| {
            let rendering = Rendering::compile(json, template.serialization, &template.variables).map_err(first)?;
            let mut context = Context { now, counter: 0, random: &mut |buffer| buffer.fill(0) };
            rendering.render(&mut context, &mut Vec::new())?;
            Ok::<_, Problem>(rendering)
        };
        Ok(Self {
            subject,
            algorithm,
            header: compile(&header)?,
            full: compile(&Json::parse(&template.claims)?)?,
            minimal: compile(&Json::parse(&minimal.claims)?)?,
            key,
            now,
        })
    }
}

/// What logins were minted of: when it changes, server and figures are outdated.
#[derive(Clone, Debug)]
pub(super) struct MadeOf {
    template: Arc<TemplateFile>,
    key: Arc<Key>,
}

impl MadeOf {
    pub(super) const fn new(template: Arc<TemplateFile>, key: Arc<Key>) -> Self {
        Self { template, key }
    }

    /// Whether logins minted of these texts with this key are the same.
    pub(super) fn is(&self, template: &TemplateFile, key: &Arc<Key>) -> bool {
        let own = self.template.as_ref();
        Arc::ptr_eq(&self.key, key)
            && own.header == template.header
            && own.claims == template.claims
            && own.serialization == template.serialization
            && own.variables == template.variables
    }
}

impl PartialEq for MadeOf {
    fn eq(&self, other: &Self) -> bool {
        self.is(&other.template, &other.key)
    }
}

impl Eq for MadeOf {}

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

/// A server that was asked for, or that runs.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) ticket: u64,
    pub(super) subject: String,
    pub(super) algorithm: Algorithm,
    pub(super) made_of: MadeOf,
    /// Its threads, and whether it verifies passwords.
    pub(super) plan: Plan,
    pub(super) port: u16,
}

impl Asked {
    /// Whether a server that is started now would be the same.
    pub(super) fn is_of(&self, template: &TemplateFile, key: &Arc<Key>, plan: &Plan, port: u16) -> bool {
        let own = &self.plan;
        self.made_of.is(template, key)
            && self.port == port
            && (own.loop_threads, own.workers, own.password) == (plan.loop_threads, plan.workers, plan.password)
    }
}

/// The lab, without its figures: those are of [`Bench::Login`](super::bench::Bench::Login).
#[derive(Debug)]
pub struct LoginState {
    /// The server that is starting or runs.
    pub(super) asked: Option<Asked>,
    pub(super) serving: Option<Serving>,
    pub(super) is_stopping: bool,
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
            asked: None,
            serving: None,
            is_stopping: false,
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

    /// Whether the server was asked for and is not there yet.
    pub fn is_starting(&self) -> bool {
        self.asked.is_some() && self.serving.is_none()
    }

    /// Whether the server was told to stop, and its port is not free yet.
    pub fn is_stopping(&self) -> bool {
        self.is_stopping
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

/// A curl command for this path of the server at `base`, such as `http://127.0.0.1:8000`. The one for `/me` logs in first.
pub fn curl(route: Route, base: &str) -> String {
    let login = format!(
        "--request POST --header 'Content-Type: application/json' --data \
         '{{\"username\":\"demo\",\"password\":\"demo\"}}' {base}/login"
    );
    match route {
        Route::Login => format!("curl {login}"),
        Route::Ping => format!("curl {base}/ping"),
        Route::Me => format!(
            "TOKEN=$(curl --silent {login} | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')\n\
             curl --header \"Authorization: Bearer $TOKEN\" {base}/me"
        ),
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
