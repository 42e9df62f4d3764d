//! `jwt-workbench mint`: tokens from a template, one a line.

use std::path::PathBuf;
use std::process::ExitCode;

use super::failure::Stop;
use super::input::{self, Input};
use super::key_arguments::KeyArguments;
use super::output::{self, Output};
use super::signing_key;
use super::source::{Changes, Source, Texts};
use crate::jose::compact;
use crate::jose::error::Problem;
use crate::jose::json::Value;
use crate::jose::jwa::Algorithm;
use crate::template::duration;
use crate::workbench::expiry::Expiry;

/// What to mint.
#[derive(Debug, clap::Args)]
#[command(after_help = "Claims may hold placeholders: {{now}} {{now+30m}} {{uuid}} {{counter}} {{random:16}} {{name}}")]
pub struct Mint {
    /// A template, or claims as a JSON object; - reads standard input. Without it: HS256, valid for 30 minutes
    template: Option<PathBuf>,
    /// The algorithm, written into the header: HS256, RS256 or PS256, the same with 384 or 512; ES256, ES384, ES512, EdDSA
    #[arg(long)]
    alg: Option<String>,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    key: KeyArguments,
    /// Let the token expire so long after minting, such as 30m, 1h30m, 7d; -5m has expired already
    #[arg(long, value_name = "DURATION", group = "expiry", allow_hyphen_values = true)]
    expires_in: Option<String>,
    /// Let the token expire at an instant: RFC 3339, or seconds since 1970 UTC
    #[arg(long, value_name = "INSTANT", group = "expiry")]
    expires_at: Option<String>,
    /// Leave exp out
    #[arg(long, group = "expiry")]
    no_expiry: bool,
    /// How many tokens
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = count)]
    count: u64,
    /// Write the tokens to a file only you can read, instead of to standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Mint {
    /// Mints and prints the tokens.
    ///
    /// # Errors
    /// Whatever is wrong with the arguments, the template, the key or the output.
    pub fn run(&self) -> Result<ExitCode, Stop> {
        let mut input = Input::default();
        let now = self.changes.now()?;
        let source = self.source(&mut input)?;
        let texts = Texts::read(&source)?;
        let algorithm = texts.algorithm()?;
        let kid = texts.header.root().get("kid").and_then(Value::as_str);
        let mut chosen = signing_key::choose(&self.key, algorithm, kid.as_deref(), &source.template.key, &mut input)?;
        let signer = chosen.key.signer(algorithm)?;
        let parts = texts.compile()?;
        let mut output = match &self.output {
            Some(path) => Output::private_file(path)?,
            None => Output::standard(),
        };
        let (mut header, mut payload) = (Vec::new(), Vec::new());
        for counter in 0..self.count {
            parts.render(now, counter, &mut header, &mut payload)?;
            let token = compact::mint(&signer, &header, &payload)?;
            if let Some(note) = chosen.note.take() {
                output::note(&note);
            }
            output.line(token.as_str())?;
        }
        output.finish()?;
        Ok(ExitCode::SUCCESS)
    }

    /// The template with everything the options change.
    fn source(&self, input: &mut Input) -> Result<Source, Stop> {
        let mut source = self.changes.source(self.template.as_ref(), input)?;
        if let Some(name) = &self.alg {
            source.set_algorithm(Algorithm::from_name(name)?)?;
        }
        if let Some(expiry) = self.expiry()? {
            source.set_expiry(&expiry)?;
        }
        Ok(source)
    }

    fn expiry(&self) -> Result<Option<Expiry>, Problem> {
        if self.no_expiry {
            return Ok(Some(Expiry::Never));
        }
        if let Some(instant) = &self.expires_at {
            return Ok(Some(Expiry::At(input::parse_instant(instant)?)));
        }
        let Some(text) = &self.expires_in else { return Ok(None) };
        let offset = match text.strip_prefix('-') {
            Some(past) => -duration::parse(past)?,
            None => duration::parse(text)?,
        };
        Ok(Some(Expiry::Relative(offset)))
    }
}

fn count(text: &str) -> Result<u64, &'static str> {
    text.parse().ok().filter(|count| *count > 0).ok_or("write a whole number, 1 or more")
}
