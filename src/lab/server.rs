//! The server.

use std::net::SocketAddr;

use crate::jose::error::Problem;
use crate::measure::login::plan::Plan;
use crate::workbench::login::LoginInputs;

/// A server that listens on loopback until it is dropped; the port is free again when `drop` returns.
#[derive(Debug)]
pub struct Server {
    handle: ServerHandle,
}

/// What is needed to measure a server. Cheap to clone, and of no use once the server is gone.
#[derive(Clone, Debug)]
pub struct ServerHandle {
    address: SocketAddr,
}

impl Server {
    /// Starts a server of `plan.loop_threads` and `plan.workers`; port 0 takes a free one.
    ///
    /// # Errors
    /// A port in use, one that needs privileges, a machine without loopback, a key that cannot sign.
    pub fn start(_inputs: LoginInputs, _plan: &Plan, _port: u16) -> Result<Self, Problem> {
        Err(Problem::new("lab", "The server cannot be started"))
    }

    /// For [`measure`](super::measure).
    pub fn handle(&self) -> &ServerHandle {
        &self.handle
    }
}

impl ServerHandle {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}
