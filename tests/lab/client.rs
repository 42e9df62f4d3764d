//! A client of a few lines, which shares no code with the load it checks.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// An answer, and how many bytes it had.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// In lower case.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The value of a header field.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// Sends a request, with `Host` unless the fields have one, and reads until the server closes.
pub(crate) fn ask(address: SocketAddr, line: &str, fields: &[(&str, &str)], body: &str) -> Answer {
    let mut request = format!("{line} HTTP/1.1\r\nConnection: close\r\n");
    if !fields.iter().any(|(name, _)| *name == "Host") {
        request += &format!("Host: {address}\r\n");
    }
    for (name, value) in fields {
        request += &format!("{name}: {value}\r\n");
    }
    if !body.is_empty() {
        request += &format!("Content-Length: {}\r\n", body.len());
    }
    raw(address, &format!("{request}\r\n{body}"))
}

fn raw(address: SocketAddr, request: &str) -> Answer {
    let mut socket = TcpStream::connect(address).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    // A server that refuses a long body may close before it has read all of it.
    socket.write_all(request.as_bytes()).ok();
    let mut bytes = Vec::new();
    socket.read_to_end(&mut bytes).ok();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_lowercase(), body: body.to_owned() }
}

/// `POST /login` with a JSON body of the right name and password.
pub(crate) fn log_in(address: SocketAddr, path: &str) -> Answer {
    let fields = [("Content-Type", "application/json")];
    ask(address, &format!("POST {path}"), &fields, r#"{"username":"demo","password":"demo"}"#)
}

/// The token of a login.
#[track_caller]
pub(crate) fn token(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["access_token"].as_str().unwrap().to_owned()
}

/// `GET /me`.
pub(crate) fn me(address: SocketAddr, token: &str) -> Answer {
    ask(address, "GET /me", &[("Authorization", &format!("Bearer {token}"))], "")
}
