//! The login lab: a real HTTP server on loopback whose logins mint tokens, a load for it, and a heartbeat that tells how
//! long its event loop stood still. Nothing here ever listens at or connects to an address that is not loopback.

mod answers;
mod connection;
mod heartbeat;
mod load;
mod measuring;
mod minter;
mod news;
mod pacer;
mod password;
mod recording;
mod routes;
mod server;

use std::net::SocketAddr;

use crate::jose::error::Problem;
use crate::measure::login::plan::Plan;
use crate::measure::login::report::{LoginReport, LoginTrace};
use crate::workbench::login::LoginInputs;

pub use self::measuring::measure;
pub use self::minter::{Minted, Minter};
pub use self::password::{PASSWORD, USERNAME};
pub use self::server::{Server, ServerHandle};

/// Another server to be measured under the same load: it has `POST /login`, which answers with `access_token`, and
/// `GET /ping`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherServer {
    /// What it is called.
    pub name: String,
    /// Where it listens; loopback only.
    pub address: SocketAddr,
}

/// What to measure.
#[derive(Clone, Debug)]
pub struct Measurement {
    /// How. The server was started with the same number of threads.
    pub plan: Plan,
    /// Measured after the patterns.
    pub others: Vec<OtherServer>,
}

/// What was measured so far.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// The figures.
    pub report: LoginReport,
    /// What is drawn beside them.
    pub trace: LoginTrace,
}

/// The inputs of a server, for whoever starts one.
///
/// # Errors
/// As for [`Server::start`].
pub fn start(inputs: LoginInputs, plan: &Plan, port: u16) -> Result<Server, Problem> {
    Server::start(inputs, plan, port)
}
