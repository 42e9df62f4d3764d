//! A connection of the load, which counts every byte it receives.

use std::cell::Cell;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};

use http_body_util::{BodyExt as _, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::task::spawn_local;

use super::news::Received;

/// A request as the load sends it.
pub(super) type Outgoing = Request<Full<Bytes>>;

/// A connection that is kept alive between requests.
pub(super) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    read: Rc<Cell<usize>>,
}

/// Why there was no answer.
pub(super) struct Failure {
    /// In words.
    pub(super) reason: Arc<str>,
    /// Whether nothing of an answer came: the other side may have closed the connection before the request.
    pub(super) is_unheard: bool,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// Why that failed, in words.
    pub(super) async fn open(address: SocketAddr) -> Result<Self, Failure> {
        let socket = TcpStream::connect(address).await.map_err(|error| not_connected(&error))?;
        socket.set_nodelay(true).ok();
        let read = Rc::new(Cell::new(0));
        let counting = Counting { socket, read: Rc::clone(&read) };
        let (sender, connection) =
            http1::handshake(TokioIo::new(counting)).await.map_err(|error| not_answered(&error, true))?;
        spawn_local(async move {
            // What goes wrong here goes wrong for the request too, which tells.
            connection.await.ok();
        });
        Ok(Self { sender, read })
    }

    /// Whether the other side has closed it.
    pub(super) fn is_closed(&self) -> bool {
        self.sender.is_closed()
    }

    /// Sends a request and receives the whole answer.
    ///
    /// # Errors
    /// Why there is none; the connection is of no use any more.
    pub(super) async fn exchange(&mut self, request: Outgoing) -> Result<Received, Failure> {
        let before = self.read.get();
        let is_unheard = || self.read.get() == before;
        self.sender.ready().await.map_err(|error| not_answered(&error, true))?;
        let response = self.sender.send_request(request).await.map_err(|error| not_answered(&error, is_unheard()))?;
        let (head, body) = response.into_parts();
        let body = body.collect().await.map_err(|error| not_answered(&error, false))?.to_bytes();
        Ok(Received { head, body, wire_bytes: self.read.get() - before })
    }
}

fn not_connected(error: &io::Error) -> Failure {
    let reason = match error.kind() {
        io::ErrorKind::ConnectionRefused => "The connection was refused".into(),
        io::ErrorKind::TimedOut => "Nobody took the connection".into(),
        _ => format!("No connection: {error}").into(),
    };
    Failure { reason, is_unheard: false }
}

fn not_answered(error: &hyper::Error, is_unheard: bool) -> Failure {
    let reason = if error.is_parse() {
        format!("What came is no HTTP answer: {error}").into()
    } else {
        "The connection was closed before the answer was there".into()
    };
    Failure { reason, is_unheard }
}

/// A socket that counts what is read from it.
struct Counting {
    socket: TcpStream,
    read: Rc<Cell<usize>>,
}

impl AsyncRead for Counting {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let counting = self.get_mut();
        let before = buffer.filled().len();
        let polled = Pin::new(&mut counting.socket).poll_read(cx, buffer);
        counting.read.set(counting.read.get() + buffer.filled().len() - before);
        polled
    }
}

impl AsyncWrite for Counting {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().socket).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().socket).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().socket).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().socket).poll_shutdown(cx)
    }
}
