//! `jwt-workbench mint`: tokens from a template.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use super::failure::Stop;
use super::input::{self, Input};
use super::key_arguments::KeyArguments;
use super::mint_many::{Many, Meter};
use super::output;
use super::signing_key::{self, Chosen};
use super::source::{Changes, Source, Texts};
use crate::bulk::control::Control;
use crate::bulk::plan::{Order, Supply};
use crate::bulk::progress::Progress;
use crate::jobs::minting;
use crate::jose::error::Problem;
use crate::jose::json::Value;
use crate::jose::jwa::Algorithm;
use crate::template::duration;
use crate::workbench::expiry::Expiry;

/// The exit code of a run that the user ended before it was done.
const ENDED: u8 = 1;

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
    #[command(flatten)]
    many: Many,
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
        let plan = self.many.plan(&mut input)?;
        let Chosen { key, mut note } =
            signing_key::choose(&self.key, algorithm, kid.as_deref(), &source.template.key, &mut input)?;
        let target = self.many.target(plan.form)?;
        if let Supply::Count(count) = plan.supply {
            // Problems of the texts are shown at their place, which is only known here.
            let (parts, mut room) = (texts.compile()?, (Vec::new(), Vec::new()));
            for counter in [plan.from, count.saturating_sub(1).max(plan.from)] {
                parts.render(now, counter, &mut room.0, &mut room.1)?;
            }
        }
        let order = Order { template: source.template.clone(), key: Arc::new(key), now, plan };
        let control = Control::default();
        self.many.listen(&control)?;
        let mut meter = Meter::new();
        let outcome = minting::run(&order, &target, self.many.rejects(), &control, &mut |progress| {
            tell_secret(&mut note, progress);
            meter.show(&progress);
        });
        tell_secret(&mut note, outcome.progress);
        meter.end(&outcome.progress);
        let is_done = self.many.tell(&outcome, &control)?;
        Ok(if is_done { ExitCode::SUCCESS } else { ExitCode::from(ENDED) })
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

/// Shows a secret that was made up, once there is a token signed with it.
fn tell_secret(note: &mut Option<String>, progress: Progress) {
    if let Some(note) = note.take_if(|_| progress.minted > 0) {
        output::note(&note);
    }
}
