//! The load: sends the requests that arrive, on a thread of its own.

use std::cell::{Cell, RefCell};
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use http_body_util::Full;
use hyper::Request;
use hyper::body::Bytes;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use serde::Deserialize;
use tokio::sync::{Notify, Semaphore, mpsc, oneshot};
use tokio::task::{LocalSet, spawn_local};
use tokio::time::timeout;

use super::connection::{Connection, Failure, Outgoing};
use super::news::{Finished, News, Received};
use super::pacer::{self, Arrival, Rates};
use super::password::{PASSWORD, USERNAME};
use super::routes::REQUEST_ID;
use crate::measure::login::exchange::Route;

/// How long answers are waited for after the last request arrived.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// How long requests that are not measured may take.
const ASIDE: Duration = Duration::from_secs(5);
/// From here on, what arrives is turned away: the server is hopelessly behind.
const MOST_WAITING: usize = 50_000;
/// From preparing to the first request.
const RUN_UP: Duration = Duration::from_millis(2);

/// What to send.
#[derive(Clone, Debug)]
pub(super) struct Orders {
    /// Where to.
    pub(super) address: SocketAddr,
    /// The path and query of a login.
    pub(super) login_path: &'static str,
    /// How many, and for how long.
    pub(super) rates: Rates,
    /// The most connections of each kind.
    pub(super) connections: usize,
    /// Logins beforehand, at the same time, which are not measured: every thread of the pool prepares its signer.
    pub(super) rehearsals: usize,
    /// Whether to ask `GET /me` in the end, with a token of its own.
    pub(super) asks_me: bool,
    /// Requests that were sent earlier in the measurement.
    pub(super) first_number: u64,
}

/// A load that is running; dropping it calls it off and waits until it has ended, which is soon.
pub(super) struct Load {
    call_off: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Load {
    /// Starts it. It tells `news` of everything, and drops it in the end.
    ///
    /// # Errors
    /// When no thread can be started.
    pub(super) fn start(orders: Orders, news: Sender<News>) -> io::Result<Self> {
        let (call_off, called_off) = oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let run = move || {
            let tasks = LocalSet::new();
            let sending = async {
                tokio::select! {
                    _ = called_off => {}
                    () = send_all(orders, news) => {}
                }
            };
            tasks.block_on(&runtime, sending);
        };
        let thread = thread::Builder::new().name("lab-load".to_owned()).spawn(run)?;
        Ok(Self { call_off: Some(call_off), thread: Some(thread) })
    }

    /// Whether everything was sent and came to an end.
    pub(super) fn is_finished(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.call_off = None;
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

/// What all requests of a load share.
struct Desk {
    orders: Orders,
    host: String,
    credentials: Bytes,
    news: Sender<News>,
    logins: Pool,
    pings: Pool,
    last_number: Cell<u64>,
    /// Requests that have not come to an end.
    open: Cell<usize>,
    /// Told when there are none.
    all_ended: Notify,
}

/// The connections of one kind of request.
struct Pool {
    /// Those that are not in use; the one that was used last is used next.
    idle: RefCell<Vec<Connection>>,
    /// One for each that may be in use; requests get them in the order they arrived in.
    permits: Semaphore,
}

async fn send_all(orders: Orders, news: Sender<News>) {
    let desk = Rc::new(Desk::new(orders, news));
    desk.rehearse().await;
    let (sender, mut arrivals) = mpsc::unbounded_channel();
    let start = Instant::now() + RUN_UP;
    let deadline = start + desk.orders.rates.length + PATIENCE;
    desk.news.send(News::Began(start)).ok();
    // Without a thread nothing arrives, and the figures say so.
    let Ok(_pacer) = pacer::start(desk.orders.rates, start, sender) else { return };
    while let Some(arrival) = arrivals.recv().await {
        let desk = Rc::clone(&desk);
        desk.open.set(desk.open.get() + 1);
        spawn_local(async move { desk.serve(arrival, deadline).await });
    }
    while desk.open.get() > 0 {
        desk.all_ended.notified().await;
    }
    desk.news.send(News::Settled(Instant::now())).ok();
    if desk.orders.asks_me {
        desk.ask_me().await;
    }
}

impl Desk {
    fn new(orders: Orders, news: Sender<News>) -> Self {
        let pool = || Pool { idle: RefCell::default(), permits: Semaphore::new(orders.connections) };
        let credentials = serde_json::json!({ "username": USERNAME, "password": PASSWORD }).to_string();
        Self {
            host: orders.address.to_string(),
            credentials: credentials.into(),
            news,
            logins: pool(),
            pings: pool(),
            last_number: Cell::new(orders.first_number),
            open: Cell::new(0),
            all_ended: Notify::new(),
            orders,
        }
    }

    fn next_number(&self) -> u64 {
        self.last_number.set(self.last_number.get() + 1);
        self.last_number.get()
    }

    /// Sends one request and tells what came of it.
    async fn serve(&self, arrival: Arrival, deadline: Instant) {
        let Arrival { route, due, released } = arrival;
        let number = self.next_number();
        let outcome = if self.open.get() > MOST_WAITING {
            Err("Too many requests were waiting already".into())
        } else {
            let patience = deadline.saturating_duration_since(Instant::now());
            match timeout(patience, self.exchange(route, Some(number), None)).await {
                Ok(outcome) => outcome.map_err(|failure| failure.reason),
                Err(_late) => Err(format!("No answer {} s after the last request", PATIENCE.as_secs()).into()),
            }
        };
        self.finish(Finished { number, route, due, released, ended: Instant::now(), outcome });
        self.open.set(self.open.get() - 1);
        if self.open.get() == 0 {
            self.all_ended.notify_one();
        }
    }

    fn finish(&self, finished: Finished) {
        self.news.send(News::Finished(Box::new(finished))).ok();
    }

    /// Makes connections and lets the server get ready. What goes wrong goes wrong again when it counts.
    async fn rehearse(self: &Rc<Self>) {
        let mut tasks: Vec<_> = (0..self.orders.rehearsals).map(|_| Route::Login).collect();
        tasks.push(Route::Ping);
        let requests = tasks.into_iter().map(|route| {
            let desk = Rc::clone(self);
            spawn_local(async move { timeout(ASIDE, desk.exchange(route, None, None)).await.is_ok() })
        });
        for request in requests.collect::<Vec<_>>() {
            request.await.ok();
        }
    }

    /// Logs in once more and asks who that was, which shows that the token verifies.
    async fn ask_me(&self) {
        let Ok(Ok(login)) = timeout(ASIDE, self.exchange(Route::Login, None, None)).await else { return };
        let Some(token) = access_token(&login.body) else { return };
        let (number, due) = (self.next_number(), Instant::now());
        let outcome = match timeout(ASIDE, self.exchange(Route::Me, Some(number), Some(&token))).await {
            Ok(outcome) => outcome.map_err(|failure| failure.reason),
            Err(_late) => Err(format!("No answer within {} s", ASIDE.as_secs()).into()),
        };
        self.finish(Finished { number, route: Route::Me, due, released: due, ended: Instant::now(), outcome });
    }

    async fn exchange(&self, route: Route, number: Option<u64>, token: Option<&str>) -> Result<Received, Failure> {
        let pool = match route {
            Route::Login | Route::Me => &self.logins,
            Route::Ping => &self.pings,
        };
        // The semaphore is never closed.
        let _permit = pool.permits.acquire().await.ok();
        let idle = pool.take_idle();
        let is_used = idle.is_some();
        let mut connection = match idle {
            Some(connection) => connection,
            None => Connection::open(self.orders.address).await?,
        };
        let mut outcome = connection.exchange(self.request(route, number, token)?).await;
        if is_used && outcome.as_ref().is_err_and(|failure| failure.is_unheard) {
            // The server may close what nobody used for a while, just as the request is sent (RFC 9112 §9.3.1).
            connection = Connection::open(self.orders.address).await?;
            outcome = connection.exchange(self.request(route, number, token)?).await;
        }
        if outcome.is_ok() {
            pool.idle.borrow_mut().push(connection);
        }
        outcome
    }

    fn request(&self, route: Route, number: Option<u64>, token: Option<&str>) -> Result<Outgoing, Failure> {
        let request = match route {
            Route::Login => Request::post(self.orders.login_path).header(CONTENT_TYPE, "application/json"),
            Route::Me => Request::get("/me"),
            Route::Ping => Request::get("/ping"),
        };
        let mut request = request.header(HOST, &self.host);
        if let Some(number) = number {
            request = request.header(REQUEST_ID, number);
        }
        if let Some(token) = token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = if route == Route::Login { self.credentials.clone() } else { Bytes::new() };
        request.body(Full::new(body)).map_err(|error| Failure {
            reason: format!("The request could not be written: {error}").into(),
            is_unheard: false,
        })
    }
}

impl Pool {
    fn take_idle(&self) -> Option<Connection> {
        let mut idle = self.idle.borrow_mut();
        std::iter::from_fn(|| idle.pop()).find(|connection| !connection.is_closed())
    }
}

/// The token in the answer to a login.
pub(super) fn access_token(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Granted {
        access_token: String,
    }
    serde_json::from_slice(body).ok().map(|granted: Granted| granted.access_token)
}
