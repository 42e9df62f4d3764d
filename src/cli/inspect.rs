//! `jwt-workbench inspect`: what is in a token, as far as it can be read, without verifying it.

use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::ExitCode;

use super::failure::Stop;
use super::input::{self, Input, LIMIT};
use super::inspect_json;
use super::inspect_text;
use super::output::Output;
use crate::findings::{self, Finding, Subject};
use crate::jobs::{clock, files};
use crate::jose::compact::{Decoded, TokenKind, decode};
use crate::jose::error::Problem;

/// The exit code for a text that is no token.
const NO_TOKEN: u8 = 1;

/// What to look at.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 the text is a token, 1 it is none, 2 bad usage or input. The signature is not verified."
)]
pub struct Inspect {
    /// The token; @FILE reads a file, - standard input
    #[arg(required_unless_present = "lines")]
    token: Option<String>,
    /// Read one token a line from standard input and print one JSON object a line
    #[arg(long)]
    lines: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Tell times as seen from this instant: RFC 3339, or seconds since 1970 UTC
    #[arg(long, value_name = "INSTANT", allow_hyphen_values = true)]
    now: Option<String>,
}

impl Inspect {
    /// Whether answers and errors are JSON.
    pub const fn is_json(&self) -> bool {
        self.json || self.lines
    }

    /// Prints what is in the token.
    ///
    /// # Errors
    /// An input that cannot be read, and an output that cannot be written.
    pub fn run(&self) -> Result<ExitCode, Stop> {
        let now = input::now(self.now.as_deref())?;
        if self.lines {
            return self.lines(now);
        }
        let (text, _) = Input::default().text(self.token.as_deref().unwrap_or("-"), "the token")?;
        let token = text.trim();
        let decoded = decode(token);
        let mut output = Output::standard();
        let len = token.len();
        let found = findings(&decoded, len, &[], now);
        output.line(&match self.json {
            true => inspect_json::write(&decoded, len, &found),
            false => inspect_text::write(&decoded, len, &found, now),
        })?;
        output.finish()?;
        Ok(if decoded.kind == TokenKind::Invalid { ExitCode::from(NO_TOKEN) } else { ExitCode::SUCCESS })
    }

    fn lines(&self, now: i64) -> Result<ExitCode, Stop> {
        if self.token.as_deref().is_some_and(|token| token != "-") {
            return Err(Problem::new("usage", "--lines reads the tokens from standard input")
                .help("Write it as jwt-workbench inspect --lines < FILE.")
                .into());
        }
        let name = Path::new("standard input");
        let mut output = Output::standard();
        let mut lines = BufReader::new(io::stdin().lock());
        let mut line = Vec::new();
        loop {
            // A program that waits for the answer before it sends the next line gets it.
            if lines.buffer().is_empty() {
                output.flush()?;
            }
            line.clear();
            let read = lines.by_ref().take(LIMIT + 1).read_until(b'\n', &mut line);
            match read.map_err(|error| files::cannot_open(name, &error))? {
                0 => break,
                length if length as u64 > LIMIT => return Err(files::too_large(name, None, LIMIT).into()),
                _ => {
                    let text = String::from_utf8_lossy(&line);
                    let token = text.trim();
                    let (decoded, len) = (decode(token), token.len());
                    output.line(&inspect_json::write(&decoded, len, &findings(&decoded, len, &[], now)))?;
                }
            }
        }
        output.finish()?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Everything found about a token of `len` bytes that was freed of `removed`, as seen at `now`.
fn findings(decoded: &Decoded, len: usize, removed: &[String], now: i64) -> Vec<Finding> {
    let subject = Subject::received(decoded, len, removed);
    let mut found = findings::find(&subject);
    found.extend(findings::find_at(&subject, now, 0, clock::local_offset(now)));
    found.sort_by_key(Finding::order);
    found
}
