//! `jwt-workbench inspect`: what is in a token, as far as it can be read, without verifying it.

use std::process::ExitCode;

use super::failure::Stop;
use super::input::{self, Input};
use super::inspect_json;
use super::inspect_text;
use super::lines;
use super::output::Output;
use crate::findings::{self, Finding, Subject};
use crate::jobs::clock;
use crate::jose::compact::{Decoded, TokenKind};
use crate::jose::error::Problem;
use crate::jose::instant::InstantFormat;
use crate::jose::unwrap::{Bare, Instead, Unwrapped, unwrap};

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
            lines::answer_each("inspect", self.token.as_deref(), |line| {
                let look = Look::at(&String::from_utf8_lossy(line.bytes()));
                inspect_json::write(&look, &look.findings(now))
            })?;
            return Ok(ExitCode::SUCCESS);
        }
        let (text, _) = Input::default().text(self.token.as_deref().unwrap_or("-"), "the token")?;
        let look = Look::at(&text);
        let found = look.findings(now);
        let mut output = Output::standard();
        output.line(&match self.json {
            true => inspect_json::write(&look, &found),
            false => inspect_text::write(&look, &found, now),
        })?;
        output.finish()?;
        Ok(if look.decoded.kind == TokenKind::Invalid { ExitCode::from(NO_TOKEN) } else { ExitCode::SUCCESS })
    }
}

/// A text taken for a token.
pub struct Look {
    /// What stood around it, and in which form it came.
    pub unwrapped: Unwrapped,
    /// The token; of several signatures that with the first.
    pub token: Bare,
    /// Its parts.
    pub decoded: Decoded,
}

impl Look {
    /// Reads a text, the line end after which does not count.
    pub fn at(text: &str) -> Self {
        let unwrapped = unwrap(text.strip_suffix('\n').map_or(text, |line| line.strip_suffix('\r').unwrap_or(line)));
        let token = unwrapped.tokens.first().cloned().unwrap_or_default();
        let decoded = token.decode();
        Self { unwrapped, token, decoded }
    }

    /// Everything found, as seen at `now`.
    fn findings(&self, now: i64) -> Vec<Finding> {
        let subject = Subject::received(&self.decoded, self.token.text.len(), &self.unwrapped.removed);
        let mut found = findings::find(&subject);
        found.extend(findings::find_at(&subject, now, 0, clock::local_offset(now), InstantFormat::UTC));
        found.sort_by_key(Finding::order);
        found
    }
}

/// What a text is that is no token, and where it belongs.
pub fn no_token(instead: Instead) -> Problem {
    match instead {
        Instead::Claims => Problem::new("token-claims", "This is JSON that could be claims or a template, not a token")
            .help("To make a token of it: jwt-workbench mint --claims @FILE, or jwt-workbench mint FILE."),
        Instead::Key => Problem::new("token-key", "This is a key, not a token")
            .help("To see what it is: jwt-workbench key inspect FILE."),
    }
}
