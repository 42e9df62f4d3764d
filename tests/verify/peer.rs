//! Other implementations, each a process that answers line by line.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::tools::tool;

/// A process that was started for the tests.
pub(crate) struct Peer {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Peer {
    /// Python with PyJWT, as `make test` sets it up.
    pub(crate) fn python() -> Option<Self> {
        let python = tool("bin/python", "JWT_WORKBENCH_PYTHON")?;
        Some(Self::start(Command::new(python).arg(script("peer.py"))))
    }

    /// Node with the packages jose and jsonwebtoken, as `make test` sets it up.
    pub(crate) fn node() -> Option<Self> {
        let packages = tool("node", "JWT_WORKBENCH_NODE_PACKAGES")?;
        Some(Self::start(Command::new("node").arg(script("peer.cjs")).arg(packages)))
    }

    #[track_caller]
    fn start(command: &mut Command) -> Self {
        let mut process =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the other implementation starts");
        let input = process.stdin.take().expect("questions go through a pipe");
        let output = BufReader::new(process.stdout.take().expect("answers come through a pipe"));
        Self { process, input, output }
    }

    /// Its answer, or what it found wrong.
    #[track_caller]
    pub(crate) fn ask(&mut self, question: &Value) -> Result<Value, String> {
        writeln!(self.input, "{question}").expect("it reads the question");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("it answers");
        let answer: Value = serde_json::from_str(&line).expect("it answers in JSON");
        match answer["error"].as_str() {
            Some(error) => Err(error.to_owned()),
            None => Ok(answer),
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verify").join(name)
}
