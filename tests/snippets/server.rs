//! The FastAPI servers: compiled, started, asked.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use jwt_workbench::jose::compact::decode;
use jwt_workbench::snippet::{Draft, Language};
use serde_json::Value;

use super::drafts::{Sample, samples};
use super::{SECRET, now, runner, same};

const BOTH: [Language; 2] = [Language::FastApiBlocking, Language::FastApiOffLoop];

#[test]
fn every_server_compiles() {
    let Some(python) = runner::python() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(python);
    command.args(["-m", "py_compile"]);
    for (index, Sample { template, .. }) in samples().into_iter().enumerate() {
        for language in BOTH {
            let path = folder.path().join(format!("server{index}-{}.py", language.name()));
            std::fs::write(&path, Draft::read(&template).unwrap().snippet(language).unwrap().code).unwrap();
            command.arg(path);
        }
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A server that ends with the test.
struct Server {
    process: Child,
    address: SocketAddr,
    _folder: tempfile::TempDir,
}

impl Server {
    fn start(code: &str, variable: &str) -> Option<Self> {
        let python = runner::python()?;
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("main.py"), code).unwrap();
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
        let process = Command::new(python)
            .args(["-m", "uvicorn", "main:app", "--no-access-log", "--log-level", "warning", "--app-dir"])
            .arg(folder.path())
            .args(["--port", &port.port().to_string()])
            .env(variable, SECRET)
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let mut server = Self { process, address: port, _folder: folder };
        let started = Instant::now();
        while TcpStream::connect(server.address).is_err() {
            assert!(server.process.try_wait().unwrap().is_none(), "the server ended:\n{code}");
            assert!(started.elapsed() < Duration::from_secs(60), "the server does not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(server)
    }

    /// The body of the answer.
    fn ask(&self, request: &str) -> Value {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let head =
            format!("{request} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", self.address);
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[test]
fn both_servers_hand_out_the_token() {
    let wanted = ["minimal-session.jwt.json", "api-client.jwt.json", "expiry-float.jwt.json"];
    for Sample { name, template } in samples().into_iter().filter(|sample| wanted.contains(&sample.name.as_str())) {
        for language in BOTH {
            let code = Draft::read(&template).unwrap().snippet(language).unwrap().code;
            let variable = template.key.env.as_deref().unwrap_or("JWT_SECRET");
            let Some(server) = Server::start(&code, variable) else { return };
            assert_eq!(server.ask("GET /ping")["status"], "ok");
            let before = now();
            let answer = server.ask("POST /login");
            let after = now();
            assert_eq!(answer["token_type"], "bearer", "{name}");
            let expires_in = answer["expires_in"].as_i64();
            assert_eq!(
                expires_in,
                [Some(1_800), Some(3_600), None][wanted.iter().position(|one| *one == name).unwrap()]
            );
            let label = format!("{name} {}", language.name());
            let decoded = decode(answer["access_token"].as_str().unwrap());
            same::claims(&label, &decoded, &template, before, after, true);
        }
    }
}
