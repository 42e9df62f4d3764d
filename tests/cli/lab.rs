//! `lab`: real logins on loopback, measured; short runs with little load.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;

use serde_json::Value;

use super::{Folder, SECRET, TEMPLATE, command, finished, line, payload, refused, run};

const SHORT: [&str; 5] = ["lab", "--seconds", "1", "--logins-per-second", "20"];

#[test]
fn the_json_has_every_figure_of_a_pattern() {
    let pattern = ["--pings-per-second", "50", "--pattern", "full-on-loop", "--json", "--secret", SECRET];
    let out = line(&[&SHORT[..], &pattern, &["--password", "--keep", "sub"]].concat());
    let answer: Value = serde_json::from_str(&out).unwrap();
    assert!(answer["version"].is_string() && answer["machine"]["cores"].as_u64().unwrap() > 0);
    let report = &answer["reports"][0];
    assert_eq!((&report["algorithm"], &report["plan"]["password"]), (&"HS256".into(), &true.into()));
    assert_eq!(report["key"], "Secret, 416 bits");
    assert!(report["idle"]["p50_ns"].as_u64().unwrap() > 0);
    assert_eq!(report["rows"].as_array().unwrap().len(), 1);
    let row = &report["rows"][0];
    assert_eq!(row["pattern"]["payload"], "full");
    assert!(row["answered"].as_u64().unwrap() > 0);
    for spread in ["processing", "cpu", "password", "queue", "stall", "login", "ping"] {
        let spread = &row[spread];
        let times = ["p50_ns", "p95_ns", "p99_ns", "max_ns"].map(|name| spread[name].as_u64().unwrap());
        assert!(times.is_sorted() && spread["samples"].as_u64().unwrap() > 0, "{row}");
    }
    let [token, body, wire] = ["token_bytes", "body_bytes", "wire_bytes"].map(|name| row[name].as_u64().unwrap());
    assert!(token < body && body < wire, "{row}");
    assert!(["ok", "slows", "blocks", "overloaded"].contains(&row["ruling"]["verdict"].as_str().unwrap()));
    assert!(!row["ruling"]["reason"].as_str().unwrap().is_empty());
}

#[test]
fn several_templates_are_measured_one_after_the_other() {
    let folder = Folder::new();
    let template = folder.file("t.jwt.json", TEMPLATE);
    let claims = folder.file("claims.json", r#"{"sub":"42","note":"long enough to be seen"}"#);
    let options = ["--pings-per-second", "10", "--pattern", "minimal-off-loop", "--csv", "--set", "quota=10"];
    let run = run(&[&SHORT[..], &options, &[&template, &claims]].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 3, "{}", run.out);
    assert!(lines[0].starts_with("name,payload,minting,"));
    assert!(lines[1].starts_with("\"Off the loop, minimal\",minimal,off-loop,") && lines[1].contains(",T,HS256,"));
    assert!(lines[2].contains(",claims,HS256,"), "{}", lines[2]);
}

#[test]
fn a_server_beside_has_a_row_of_its_own_and_the_table_says_what_is_quoted() {
    let mut served = Served::start(&["--claims", r#"{"sub":"beside"}"#]);
    let beside = format!("another={}", served.base);
    let options = ["--pings-per-second", "20", "--pattern", "full-on-loop", "--beside", &beside];
    let run = run(&[&SHORT[..], &options].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""), "progress is for terminals");
    for words in ["Blocking, full payload", "another", "50-100 ms", "quoted, not measured", "Verdicts", "Quoted: "] {
        assert!(run.out.contains(words), "{words} is not in\n{}", run.out);
    }
    served.end();
}

/// A lab that serves.
struct Served {
    child: std::process::Child,
    base: String,
    curl: String,
}

impl Served {
    #[track_caller]
    fn start(arguments: &[&str]) -> Self {
        let mut child = command(&[&["lab", "--serve"], arguments].concat())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
        let [base, curl] = [0; 2].map(|_| lines.next().unwrap().unwrap());
        Self { child, base, curl }
    }

    fn address(&self) -> &str {
        self.base.strip_prefix("http://").unwrap()
    }

    /// The answer to one request over a plain socket.
    fn ask(&self, request: &str) -> String {
        let mut socket = TcpStream::connect(self.address()).unwrap();
        let (path, rest) = request.split_once('\n').unwrap_or((request, ""));
        let host = self.address();
        let head =
            format!("{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n", rest.len());
        let kind = if rest.is_empty() { "" } else { "Content-Type: application/json\r\n" };
        socket.write_all(format!("{head}{kind}\r\n{rest}").as_bytes()).unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Closes standard input, which ends it.
    #[track_caller]
    fn end(&mut self) {
        drop(self.child.stdin.take());
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn serve_answers_until_standard_input_ends() {
    let mut served = Served::start(&["--claims", r#"{"sub":"42","a":1.0}"#, "--secret", SECRET]);
    assert!(served.curl.starts_with("curl ") && served.curl.ends_with(&format!("{}/login", served.base)));
    let answer = served.ask("POST /login\n{\"username\":\"demo\",\"password\":\"demo\"}");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let body: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    assert_eq!(body["token_type"], "bearer");
    assert_eq!(payload(body["access_token"].as_str().unwrap()), r#"{"sub":"42","a":1.0}"#);
    assert!(served.ask("GET /ping").starts_with("HTTP/1.1 200"));
    let address = served.address().to_owned();
    served.end();
    assert!(TcpListener::bind(address).is_ok(), "the port is free");
}

#[test]
fn what_is_wrong_is_told_before_anything_is_measured() {
    let folder = Folder::new();
    let template = folder.file("t.jwt.json", TEMPLATE);
    refused(&["lab", "--beside", "x=http://10.0.0.1:80"], "this machine", "--help");
    refused(&["lab", "--logins-per-second", "0"], "0", "--help");
    refused(&["lab", "--pattern", "half"], "half", "--help");
    refused(&["lab", "--claims", "[]"], "The claims are an array", "");
    refused(&["lab", "--claims", r#"{"a":"{{nobody}}"}"#], "'nobody'", "variable");
    refused(&["lab", "--alg", "none"], "none", "");
    refused(&["lab", "--serve", &template, &template, "--set", "quota=1"], "one template", "Name one");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    refused(&["lab", "--port", &port], &port, "");
    let output = command(&["lab", "--json", "--port", &port]).output().unwrap();
    let run = finished(output);
    let answer: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(run.code, 2);
    assert!(answer["error"]["message"].as_str().unwrap().contains(&port));
}
