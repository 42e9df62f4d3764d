//! A process that runs programs, one after the other, and the folder they are in.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::tools::tool;

/// Python or Node with the packages that `make test` installs.
pub(crate) struct Runner {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    folder: tempfile::TempDir,
    ending: &'static str,
    count: usize,
}

impl Runner {
    pub(crate) fn python() -> Option<Self> {
        let python = python()?;
        Some(Self::start(Command::new(python).arg(script("runner.py")), "py", tempfile::tempdir().unwrap()))
    }

    pub(crate) fn node() -> Option<Self> {
        let packages = tool("node", "JWT_WORKBENCH_NODE_PACKAGES")?;
        // Packages are looked for beside the program that imports them.
        let folder = tempfile::Builder::new().prefix("programs").tempdir_in(packages).unwrap();
        Some(Self::start(Command::new("node").arg(script("runner.mjs")), "mjs", folder))
    }

    fn start(command: &mut Command, ending: &'static str, folder: tempfile::TempDir) -> Self {
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the language starts");
        let input = process.stdin.take().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        Self { process, input, output, folder, ending, count: 0 }
    }

    /// What a program prints, or why it fails.
    pub(crate) fn run(&mut self, code: &str, env: &Value) -> Result<String, String> {
        self.count += 1;
        let path = self.folder.path().join(format!("program{}.{}", self.count, self.ending));
        std::fs::write(&path, code).unwrap();
        writeln!(self.input, "{}", json!({ "path": path, "env": env })).expect("it reads the question");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("it answers");
        let answer: Value = serde_json::from_str(&line).expect("it answers in JSON");
        answer["out"].as_str().map(|out| out.trim_end().to_owned()).ok_or_else(|| answer["error"].to_string())
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// The Python of `make test`.
pub(crate) fn python() -> Option<PathBuf> {
    tool("bin/python", "JWT_WORKBENCH_PYTHON")
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snippets").join(name)
}
