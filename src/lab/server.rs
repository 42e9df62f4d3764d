//! The server: binding, running, stopping.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use axum::serve::ListenerExt as _;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{oneshot, watch};

use super::heartbeat::{self, Subscriber};
use super::minter::{Minted, Minter};
use super::news::News;
use super::password::StoredHash;
use super::routes::{self, Lab, Work};
use crate::jose::error::Problem;
use crate::measure::login::pattern::Payload;
use crate::measure::login::plan::Plan;
use crate::workbench::login::LoginInputs;

/// Ports below this need privileges on most systems.
const FIRST_FREE_PORT: u16 = 1_024;
/// How long the server waits, when it stops, for threads that are minting.
const PATIENCE: Duration = Duration::from_millis(300);
/// How long connecting to our own address may take before something must be in the way.
const OWN_CONNECT: Duration = Duration::from_secs(2);
/// Threads of the pool stay for the server's life: a new one would have to prepare its signer again.
const POOL_KEEP_ALIVE: Duration = Duration::from_secs(3_600);

/// A server that listens on loopback until it is dropped; the port is free again when `drop` returns.
#[derive(Debug)]
pub struct Server {
    handle: ServerHandle,
    stop: Option<oneshot::Sender<()>>,
    is_stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// What is needed to measure a server. Cheap to clone, and of no use once the server is gone.
#[derive(Clone, Debug)]
pub struct ServerHandle {
    address: SocketAddr,
    about: Arc<About>,
    subscribers: Arc<watch::Sender<Subscriber>>,
}

/// What a report says of the server.
#[derive(Debug)]
pub(super) struct About {
    pub(super) subject: String,
    pub(super) algorithm: String,
    pub(super) key: String,
}

impl Server {
    /// Starts a server of `plan.loop_threads` and `plan.workers`; port 0 takes a free one.
    ///
    /// # Errors
    /// A port in use, one that needs privileges, a machine without loopback or with a firewall on it, a key that cannot
    /// sign, claims that cannot be filled in.
    pub fn start(inputs: LoginInputs, plan: &Plan, port: u16) -> Result<Self, Problem> {
        Self::with_work(inputs, plan, port, Minter::mint)
    }

    /// The same with other work in a login than minting alone: what `work` does is done where the login mints.
    ///
    /// # Errors
    /// As for [`Self::start`].
    pub fn with_work<W>(inputs: LoginInputs, plan: &Plan, port: u16, work: W) -> Result<Self, Problem>
    where
        W: Fn(&Minter, Payload) -> Result<Minted, Problem> + Send + Sync + 'static,
    {
        let about = About {
            subject: inputs.subject.clone(),
            algorithm: inputs.algorithm.name().to_owned(),
            key: inputs.key.describe(),
        };
        let minter = Minter::new(inputs)?;
        let hash = if plan.password { Some(StoredHash::new()?) } else { None };
        let listener = bind(port)?;
        let address = listener.local_addr().map_err(|error| not_listening(port, &error))?;
        let runtime = runtime(plan).map_err(|error| not_started(&error))?;
        let (subscribers, heard) = watch::channel(None);
        let beats = heartbeat::start_beating(heard.clone()).map_err(|error| not_started(&error))?;
        let is_stopping = Arc::new(AtomicBool::new(false));
        let lab = Lab {
            minter,
            work: Box::new(work) as Box<Work>,
            hash,
            address,
            subscribers: heard.clone(),
            is_stopping: Arc::clone(&is_stopping),
        };
        let (stop, stopped) = oneshot::channel();
        let serve = move || {
            runtime.block_on(async {
                tokio::spawn(heartbeat::answer(beats, heard));
                tokio::select! {
                    _ = stopped => {}
                    _ = serve(listener, lab) => {}
                }
            });
            // Drops every open connection, whoever holds its other end.
            runtime.shutdown_timeout(PATIENCE);
        };
        let thread =
            thread::Builder::new().name("lab-server".to_owned()).spawn(serve).map_err(|error| not_started(&error))?;
        let handle = ServerHandle { address, about: Arc::new(about), subscribers: Arc::new(subscribers) };
        let server = Self { handle, stop: Some(stop), is_stopping, thread: Some(thread) };
        reach(address)?;
        Ok(server)
    }

    /// For [`measure`](super::measure).
    pub fn handle(&self) -> &ServerHandle {
        &self.handle
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_stopping.store(true, Ordering::Relaxed);
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

impl ServerHandle {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether the server is still there.
    pub fn is_serving(&self) -> bool {
        !self.subscribers.is_closed()
    }

    pub(super) fn about(&self) -> &About {
        &self.about
    }

    /// From now on tells this one what the server does; `None` for nobody.
    pub(super) fn tell(&self, subscriber: Option<Sender<News>>) {
        self.subscribers.send_replace(subscriber);
    }
}

async fn serve(listener: TcpListener, lab: Lab) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    // Without it an answer in two parts waits for the other side to acknowledge the first.
    let listener = tokio::net::TcpListener::from_std(listener)?.tap_io(|socket| {
        socket.set_nodelay(true).ok();
    });
    axum::serve(listener, routes::router(lab)).await
}

fn runtime(plan: &Plan) -> io::Result<Runtime> {
    let threads = usize::try_from(plan.loop_threads).unwrap_or(1).max(1);
    let workers = usize::try_from(plan.workers).unwrap_or(1).max(1);
    let mut builder = if threads == 1 { Builder::new_current_thread() } else { Builder::new_multi_thread() };
    if threads > 1 {
        builder.worker_threads(threads);
    }
    builder.max_blocking_threads(workers).thread_keep_alive(POOL_KEEP_ALIVE).thread_name("lab-worker");
    builder.enable_io().enable_time().build()
}

fn bind(port: u16) -> Result<TcpListener, Problem> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| not_listening(port, &error))
}

fn not_listening(port: u16, error: &io::Error) -> Problem {
    match error.kind() {
        ErrorKind::AddrInUse => Problem::new(
            "lab-port-in-use",
            format!("Port {port} is in use: another program listens at 127.0.0.1:{port}"),
        )
        .help("Choose port 0, which takes a free one, or stop the other program."),
        ErrorKind::PermissionDenied if (1..FIRST_FREE_PORT).contains(&port) => {
            Problem::new("lab-port-privileged", format!("Port {port} needs privileges that this program does not have"))
                .help("Choose a port from 1024 on, or 0, which takes a free one.")
        }
        ErrorKind::PermissionDenied => {
            Problem::new("lab-port-refused", format!("The system does not allow listening at port {port}"))
                .help("Choose port 0, which takes a free one; it may also be reserved or kept by a security program.")
        }
        ErrorKind::AddrNotAvailable => {
            Problem::new("lab-no-loopback", "This machine has no loopback address 127.0.0.1, where the lab listens")
                .help("Switch the loopback network interface on, on Linux with: ip link set lo up")
        }
        _ => Problem::new("lab-not-listening", format!("Listening at 127.0.0.1:{port} failed: {error}"))
            .help("Choose port 0, which takes a free one."),
    }
}

/// Connects once, as whoever wants to log in will have to.
pub(super) fn reach(address: SocketAddr) -> Result<(), Problem> {
    TcpStream::connect_timeout(&address, OWN_CONNECT).map(drop).map_err(|error| unreachable(address, &error))
}

fn unreachable(address: SocketAddr, error: &io::Error) -> Problem {
    let why = match error.kind() {
        ErrorKind::ConnectionRefused => "the connection is refused".to_owned(),
        ErrorKind::TimedOut | ErrorKind::WouldBlock => "nothing answers".to_owned(),
        ErrorKind::PermissionDenied => "the system does not allow it".to_owned(),
        _ => error.to_string(),
    };
    Problem::new("lab-unreachable", format!("{address} cannot be reached from this machine: {why}"))
        .help("See that the server runs, and that no firewall or security program blocks connections on loopback.")
}

fn not_started(error: &io::Error) -> Problem {
    Problem::new("lab-not-started", format!("The server could not be started: {error}"))
        .help("Close other programs and try again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_for_not_listening_is_said_in_plain_words() {
        #[track_caller]
        fn check(port: u16, kind: ErrorKind, code: &str, part: &str) {
            let problem = not_listening(port, &io::Error::from(kind));
            assert_eq!(problem.code, code);
            assert!(problem.message.contains(part), "{}", problem.message);
            assert!(!problem.help.is_empty());
        }
        check(8080, ErrorKind::AddrInUse, "lab-port-in-use", "8080");
        check(80, ErrorKind::PermissionDenied, "lab-port-privileged", "Port 80 needs privileges");
        check(5000, ErrorKind::PermissionDenied, "lab-port-refused", "5000");
        check(0, ErrorKind::AddrNotAvailable, "lab-no-loopback", "no loopback");
        check(7, ErrorKind::OutOfMemory, "lab-not-listening", "127.0.0.1:7");
    }

    #[test]
    fn a_firewall_is_named_when_our_own_address_cannot_be_reached() {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 1));
        for kind in [ErrorKind::ConnectionRefused, ErrorKind::TimedOut, ErrorKind::PermissionDenied] {
            let problem = unreachable(address, &io::Error::from(kind));
            assert_eq!(problem.code, "lab-unreachable");
            assert!(problem.message.starts_with("127.0.0.1:1 "), "{}", problem.message);
            assert!(problem.help.contains("firewall"), "{}", problem.help);
        }
    }
}
