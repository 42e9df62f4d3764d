//! The thread that keeps the server of the login lab: starting one hashes a password, stopping one waits for what it is
//! doing, and the window waits for neither.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{Outbox, job_failed};
use crate::jose::error::Problem;
use crate::lab::{self, Server, ServerHandle};
use crate::measure::login::plan::Plan;
use crate::workbench::effect::Event;
use crate::workbench::login::{Heard, LoginInputs};

/// How long a server that is measured waits for the measurement to end before it ends itself: what is open then would
/// count as errors.
const GRACE: Duration = Duration::from_secs(1);

/// What the thread is told.
enum Order {
    Start {
        inputs: Box<LoginInputs>,
        plan: Plan,
        port: u16,
        ticket: u64,
    },
    Stop,
    /// Hand out what is needed to measure the server.
    Lend(Sender<Result<Lease, Problem>>),
}

/// The right to measure the server; it is not stopped before this is dropped, or too much time has passed.
pub(super) struct Lease {
    /// For [`lab::measure`].
    pub(super) handle: ServerHandle,
    _is_measured: Sender<()>,
}

/// Tells the thread what to do.
#[derive(Clone)]
pub(super) struct LoginClient {
    orders: Sender<Order>,
}

impl LoginClient {
    /// Starts a server in place of one that runs. The event says why not, when there is no thread.
    pub(super) fn start(&self, inputs: Box<LoginInputs>, plan: Plan, port: u16, ticket: u64) -> Option<Event> {
        let is_told = self.orders.send(Order::Start { inputs, plan, port, ticket }).is_ok();
        let problem = job_failed("login-server");
        (!is_told).then(|| Event::LoginServer(Heard::Failed { ticket, problem }))
    }

    /// Stops the server; the event comes when its port is free.
    pub(super) fn stop(&self) -> Option<Event> {
        let is_told = self.orders.send(Order::Stop).is_ok();
        (!is_told).then_some(Event::LoginServer(Heard::Stopped))
    }

    /// The server that was started last; the answer comes once it listens or has failed.
    pub(super) fn lend(&self) -> Receiver<Result<Lease, Problem>> {
        let (answer, answers) = channel();
        // Without a thread nobody answers, which the receiver tells.
        self.orders.send(Order::Lend(answer)).ok();
        answers
    }
}

/// The thread.
pub(super) struct LoginThread {
    client: Option<LoginClient>,
    thread: Option<JoinHandle<()>>,
}

impl LoginThread {
    /// Starts the thread; it sleeps until it is told something.
    pub(super) fn start(outbox: Outbox) -> Self {
        let (orders, inbox) = channel();
        let keeper = Keeper { outbox, server: None, failure: None, measured: None };
        let thread = thread::Builder::new().name("login-server".to_owned()).spawn(move || keeper.serve(&inbox)).ok();
        Self { client: Some(LoginClient { orders }), thread }
    }

    /// For whoever starts, stops or measures the server.
    pub(super) fn client(&self) -> Option<&LoginClient> {
        self.client.as_ref()
    }
}

impl Drop for LoginThread {
    /// Stops the server and waits for it: the port is free when the program ends. All other clients are gone by then.
    fn drop(&mut self) {
        self.client = None;
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

struct Keeper {
    outbox: Outbox,
    server: Option<Server>,
    /// Why the newest server could not be started.
    failure: Option<Problem>,
    /// Tells when the measurement of the server has ended.
    measured: Option<Receiver<()>>,
}

impl Keeper {
    fn serve(mut self, inbox: &Receiver<Order>) {
        while let Ok(order) = inbox.recv() {
            match order {
                Order::Start { inputs, plan, port, ticket } => {
                    let heard = match self.restart(*inputs, &plan, port) {
                        Ok(address) => Heard::Started { ticket, address },
                        Err(problem) => Heard::Failed { ticket, problem },
                    };
                    self.outbox.send(Event::LoginServer(heard));
                }
                Order::Stop => {
                    self.stop();
                    self.outbox.send(Event::LoginServer(Heard::Stopped));
                }
                // Whoever asked may have been called off.
                Order::Lend(answer) => drop(answer.send(self.lend())),
            }
        }
    }

    fn restart(&mut self, inputs: LoginInputs, plan: &Plan, port: u16) -> Result<std::net::SocketAddr, Problem> {
        self.stop();
        match lab::start(inputs, plan, port) {
            Ok(server) => {
                let address = server.handle().address();
                self.server = Some(server);
                Ok(address)
            }
            Err(problem) => {
                self.failure = Some(problem.clone());
                Err(problem)
            }
        }
    }

    fn stop(&mut self) {
        self.failure = None;
        if let Some(measured) = self.measured.take() {
            // Nothing is ever sent: the end of the lease is what this waits for.
            if measured.recv_timeout(GRACE) == Err(RecvTimeoutError::Timeout) {
                self.measured = None;
            }
        }
        self.server = None;
    }

    fn lend(&mut self) -> Result<Lease, Problem> {
        let Some(server) = &self.server else {
            let stopped =
                || Problem::new("login-stopped", "The server of the login lab is not running").help("Start it");
            return Err(self.failure.clone().unwrap_or_else(stopped));
        };
        let (is_measured, measured) = channel();
        self.measured = Some(measured);
        Ok(Lease { handle: server.handle().clone(), _is_measured: is_measured })
    }
}
