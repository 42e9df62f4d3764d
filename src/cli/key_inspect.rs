//! `jwt-workbench key inspect`: what a key is, what it fits and what is wrong with it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::failure::{Failure, Stop};
use super::input::Input;
use super::key_report;
use super::key_source::{self, Passphrase};
use super::lines;
use super::output::Output;
use crate::jose::error::Problem;
use crate::jose::json::Json;
use crate::jose::key_read::KeyFile;
use crate::jose::secret::Secret;

/// The exit code for a file without a key that can be used.
const UNUSABLE: u8 = 1;

/// What to look at.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 there is a key that can be used, 1 there is none, 2 bad usage or input. Nothing secret is printed."
)]
pub struct KeyInspect {
    /// The key: PEM, DER, a certificate, a JWK or a JWK Set; - reads standard input
    #[arg(required_unless_present = "lines")]
    file: Option<PathBuf>,
    /// Read one key a line from standard input, as a JSON string, and print one JSON object a line
    #[arg(long)]
    lines: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    passphrase: Passphrase,
}

impl KeyInspect {
    /// Whether answers and errors are JSON.
    pub const fn is_json(&self) -> bool {
        self.json || self.lines
    }

    /// Prints what the key is.
    ///
    /// # Errors
    /// An input that cannot be read, and an output that cannot be written.
    pub fn run(&self) -> Result<ExitCode, Stop> {
        if self.lines {
            let argument = self.file.as_deref().map(Path::to_string_lossy);
            lines::answer_each("key inspect", argument.as_deref(), answer)?;
            return Ok(ExitCode::SUCCESS);
        }
        let path = self.file.as_deref().unwrap_or(Path::new("-"));
        let (file, _) = key_source::survey(path, &self.passphrase, &mut Input::default())?;
        let mut output = Output::standard();
        output.line(&if self.json { key_report::json(&file) } else { key_report::text(&file) })?;
        output.finish()?;
        Ok(if key_report::is_usable(&file) { ExitCode::SUCCESS } else { ExitCode::from(UNUSABLE) })
    }
}

/// The answer to one line: what is wrong with the line itself is an answer, too.
fn answer(line: &Secret) -> String {
    let text = line.as_str().and_then(|line| {
        let json = Json::parse(line.trim()).ok()?;
        let text = json.root().as_str().map(|text| Secret::from(text.into_owned()));
        drop(Secret::from(json.into_text()));
        text
    });
    match text {
        Some(text) => key_report::json(&KeyFile::survey(text.bytes(), None)),
        None => Failure::from(
            Problem::new("usage", "The line is not a JSON string")
                .help("Write each key as one JSON string, its line ends as \\n."),
        )
        .to_json(),
    }
}
