//! An API that wants a token, asked as a client asks it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::reader::python;

/// A server of its own on loopback; it ends when this is dropped.
pub(crate) struct Api {
    server: Child,
    port: u16,
}

impl Api {
    /// Starts one that takes tokens of HS256 with this secret, for this audience, of this issuer; of any when empty.
    pub(crate) fn start(secret: &str, audience: &str, issuer: &str) -> Self {
        let mut server = Command::new(python().expect("JWT_WORKBENCH_PYTHON names a Python"))
            .arg(format!("{}/tests/window/api.py", env!("CARGO_MANIFEST_DIR")))
            .args([secret, audience, issuer])
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let mut line = String::new();
        let output = server.stdout.take().expect("the port comes through a pipe");
        BufReader::new(output).read_line(&mut line).expect("the API tells its port");
        Self { server, port: line.trim().parse().expect("a port") }
    }

    /// What it answers to a request with this `Authorization` field: the status, and the body.
    pub(crate) fn answer(&self, authorization: &str) -> (u16, Value) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the API listens");
        let request = format!("GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: {authorization}\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("the API reads");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("the API answers");
        let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        let body = text.split_once("\r\n\r\n").expect("a body").1;
        (status, serde_json::from_str(body).expect("the body is JSON"))
    }
}

impl Drop for Api {
    fn drop(&mut self) {
        self.server.kill().ok();
        self.server.wait().ok();
    }
}
