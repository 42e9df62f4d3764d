//! `jwt-workbench verify`: whether a token is what it says, with every check.

use std::process::ExitCode;

use super::failure::Stop;
use super::input::{self, Input};
use super::key_arguments::KeyArguments;
use super::lines;
use super::output::Output;
use super::verify_lines;
use super::verify_question::{Question, to_json};
use super::verify_text;
use crate::jose::jwa::Algorithm;
use crate::jose::unwrap::unwrap;
use crate::jose::verify::{Expectations, Verdict};

/// The exit code for every verdict but "verified".
const NOT_VERIFIED: u8 = 1;

/// What to verify, and what to hold it against.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 the token is verified, 1 any other verdict, 2 bad usage or input.\n\
    With --lines, each line of standard input is a JSON object with token, one of jwk, jwks, pem and secret (with \
    secret_encoding), and if wanted alg, now, leeway, iss, aud, sub, typ; each is answered with a line.")]
pub struct Verify {
    /// The token; @FILE reads a file, - standard input
    #[arg(required_unless_present = "lines")]
    token: Option<String>,
    #[command(flatten)]
    key: KeyArguments,
    /// Accept this algorithm only; may be given more than once. Without it, any that the key is for
    #[arg(long = "alg", value_name = "ALG", value_parser = |name: &str| Algorithm::for_verifying(name))]
    algorithms: Vec<Algorithm>,
    /// By how many seconds the clocks of issuer and receiver may differ
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    leeway: u64,
    /// Verify as of this instant: RFC 3339, or seconds since 1970 UTC
    #[arg(long, value_name = "INSTANT", allow_hyphen_values = true)]
    now: Option<String>,
    #[command(flatten)]
    expected: Expected,
    /// Read one question a line from standard input and print one JSON object a line
    #[arg(long)]
    lines: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// What is expected of the claims and the header.
#[derive(Debug, clap::Args)]
#[group(skip)]
struct Expected {
    /// The issuer that must be named
    #[arg(long, value_name = "ISSUER", default_value = "", hide_default_value = true)]
    iss: String,
    /// The audience that must be among those named
    #[arg(long, value_name = "AUDIENCE", default_value = "", hide_default_value = true)]
    aud: String,
    /// The subject that must be named
    #[arg(long, value_name = "SUBJECT", default_value = "", hide_default_value = true)]
    sub: String,
    /// The type that the header must name, such as at+jwt
    #[arg(long, value_name = "TYPE", default_value = "", hide_default_value = true)]
    typ: String,
}

impl Verify {
    /// Whether answers and errors are JSON.
    pub const fn is_json(&self) -> bool {
        self.json || self.lines
    }

    /// Prints the verdict.
    ///
    /// # Errors
    /// An input that cannot be read, a key that cannot be used, no key, and an output that cannot be written.
    pub fn run(&self) -> Result<ExitCode, Stop> {
        let now = input::now(self.now.as_deref())?;
        if self.lines {
            lines::answer_each("verify", self.token.as_deref(), |line| verify_lines::answer(line, now))?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut input = Input::default();
        let (text, _) = input.text(self.token.as_deref().unwrap_or("-"), "the token")?;
        let Expected { iss, aud, sub, typ } = &self.expected;
        let question = Question {
            token: unwrap(text.strip_suffix('\n').unwrap_or(&text)),
            keys: self.key.given(None, &mut input)?.unwrap_or_default(),
            allowed: self.algorithms.clone(),
            expected: Expectations { iss: iss.clone(), aud: aud.clone(), sub: sub.clone(), typ: typ.clone() },
            now,
            leeway: self.leeway,
        };
        let answer = question.answer()?;
        let mut output = Output::standard();
        output.line(&if self.json { to_json(&answer.verification) } else { verify_text::write(&question, &answer) })?;
        output.finish()?;
        let is_verified = answer.verification.verdict == Verdict::Verified;
        Ok(if is_verified { ExitCode::SUCCESS } else { ExitCode::from(NOT_VERIFIED) })
    }
}
