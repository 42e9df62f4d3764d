//! The arguments of `mint` for many tokens, and how a run is told.

use std::io::{self, IsTerminal as _, Write as _};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::failure::{Failure, Stop};
use super::input::Input;
use super::output;
use crate::bulk::control::Control;
use crate::bulk::plan::{Faulty, Form, Plan, Shard, Supply};
use crate::bulk::progress::{Ended, Outcome, Progress};
use crate::jobs::minting::{STANDARD_INPUT, Target};
use crate::jobs::throughput::cores;
use crate::jose::error::Problem;
use crate::jose::text::{grouped, shown, visible, visible_path};
use crate::workbench::effect::Over;

/// The most faulty rows that are told of.
const TOLD_FAULTS: usize = 10;

/// How many tokens, from what, and where they go.
#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(next_help_heading = "Many tokens")]
pub struct Many {
    /// How many tokens
    #[arg(long, value_name = "N", value_parser = count)]
    count: Option<u64>,
    /// One token for each row of a file: CSV with a line of names, or a JSON object a line; the columns are variables. -
    /// reads standard input
    #[arg(long, visible_alias = "rows", value_name = "FILE", conflicts_with = "count")]
    csv: Option<PathBuf>,
    /// Write the tokens to a file only you can read, instead of to standard output; a folder for --form folder
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write behind the tokens that a run which was ended left in the file
    #[arg(long, requires = "output")]
    append: bool,
    /// How the tokens are written: lines, csv, ndjson, k6, wrk, jmeter, vegeta or folder
    #[arg(long, value_name = "FORM", default_value = "lines")]
    form: String,
    /// The address that wrk and vegeta send the tokens to
    #[arg(long, default_value = "http://localhost:8080/")]
    url: String,
    /// Leave out rows that no token can be made from, instead of ending at the first one
    #[arg(long, requires = "csv")]
    skip_faulty: bool,
    /// Leave them out into this file, to be mended and minted later
    #[arg(long, value_name = "FILE", requires = "csv")]
    rejects: Option<PathBuf>,
    /// The threads that sign; as many as there are cores
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Leave out so many tokens or rows at the start: goes on with a run that was ended
    #[arg(long, value_name = "N", default_value_t = 0)]
    from: u64,
    /// Mint one piece of the run: every N-th token or row, starting with number I, which is counted from 0. The pieces
    /// 0/N to N-1/N are the whole run, with the same counters
    #[arg(long, value_name = "I/N")]
    shard: Option<String>,
}

impl Many {
    /// What is to be minted.
    ///
    /// # Errors
    /// Names of forms and pieces that there are not, and a second use of standard input.
    pub fn plan(&self, input: &mut Input) -> Result<Plan, Problem> {
        if self.csv.as_deref() == Some(Path::new(STANDARD_INPUT)) {
            input.take_standard_input()?;
        }
        let supply = match &self.csv {
            Some(path) => Supply::Rows(path.clone()),
            None => Supply::Count(self.count.unwrap_or(1)),
        };
        let threads = match self.threads {
            Some(threads) => threads,
            // One token needs no second thread, and no look at how many there could be.
            None if supply == Supply::Count(1) => NonZeroUsize::MIN,
            None => NonZeroUsize::new(cores()).unwrap_or(NonZeroUsize::MIN),
        };
        Ok(Plan {
            supply,
            form: Form::from_name(&self.form)?,
            url: self.url.clone(),
            faulty: if self.skip_faulty || self.rejects.is_some() { Faulty::Skip } else { Faulty::Stop },
            threads,
            from: self.from,
            shard: self.shard.as_deref().map_or(Ok(Shard::WHOLE), Shard::parse)?,
        })
    }

    /// Where the tokens go.
    ///
    /// # Errors
    /// A form that needs a folder without one.
    pub fn target(&self, form: Form) -> Result<Target, Problem> {
        match (&self.output, form) {
            (Some(path), Form::Folder) => Ok(Target::Folder(path.clone())),
            (None, Form::Folder) => {
                Err(Problem::new("usage", "The form folder needs a folder").help("Name it with --output FOLDER."))
            }
            (Some(path), _) if self.append => Ok(Target::Append(path.clone())),
            (Some(path), _) => Ok(Target::File(path.clone(), Over::Anything)),
            (None, _) => Ok(Target::Standard),
        }
    }

    /// Lets Ctrl+C end a run of many; what is complete by then stays. One token is minted before anybody could.
    ///
    /// # Errors
    /// When the system does not allow it.
    pub fn listen(&self, control: &Control) -> Result<(), Problem> {
        if self.csv.is_none() && self.count.unwrap_or(1) == 1 {
            return Ok(());
        }
        let control = control.clone();
        ctrlc::set_handler(move || control.cancel()).map_err(|error| no_handler(&error))
    }

    /// Where the faulty rows go.
    pub fn rejects(&self) -> Option<&Path> {
        self.rejects.as_deref()
    }

    /// How the run ended, on standard error and as the way the command ends: everything minted, ended by the user, or
    /// failed.
    ///
    /// # Errors
    /// Why the run could not go on, or that nobody reads the output any more.
    pub fn tell(&self, outcome: &Outcome, control: &Control) -> Result<bool, Stop> {
        self.tell_faults(outcome);
        let minted = grouped(outcome.progress.minted);
        let go_on = outcome.resume.map(|from| {
            let has_file = self.output.is_some() && self.form != Form::Folder.name();
            // What an earlier piece left is there even when nothing came to it.
            let append = if has_file && (outcome.progress.minted > 0 || self.append) { " --append" } else { "" };
            format!("{minted} tokens are complete. To go on: the same command with --from {from}{append}")
        });
        match (&outcome.ended, go_on) {
            (Ended::Done, _) => Ok(true),
            (Ended::Cancelled, _) if !control.is_cancelled() => Err(Stop::Closed),
            (Ended::Cancelled, go_on) => {
                output::note(&format!("note: ended before it was done. {}", go_on.unwrap_or_default()));
                Ok(false)
            }
            (Ended::Failed(problem), go_on) => {
                if let Some(go_on) = go_on.filter(|_| outcome.progress.minted > 0) {
                    output::note(&format!("note: {go_on}"));
                }
                Err(Failure::from(problem.clone()).into())
            }
        }
    }

    fn tell_faults(&self, outcome: &Outcome) {
        let skipped = outcome.progress.skipped;
        if skipped == 0 {
            return;
        }
        let into = self.rejects.as_ref().map_or_else(String::new, |path| format!(" into {}", visible_path(path)));
        let rows = if skipped == 1 { "1 row was" } else { &format!("{} rows were", grouped(skipped)) };
        let mut text = format!("note: {rows} left out{into}");
        for fault in outcome.faults.iter().take(TOLD_FAULTS) {
            text.push_str(&format!("\n  line {}: {}", fault.line, visible(&fault.problem.message)));
        }
        if skipped > TOLD_FAULTS as u64 {
            text.push_str("\n  …");
        }
        output::note(&text);
    }
}

/// Tells how far a run is, on a terminal.
pub struct Meter {
    is_terminal: bool,
    is_shown: bool,
}

impl Meter {
    /// One for standard error; silent unless that is a terminal.
    pub fn new() -> Self {
        Self { is_terminal: io::stderr().is_terminal(), is_shown: false }
    }

    /// Shows it in place of what was shown before.
    pub fn show(&mut self, progress: &Progress) {
        if self.is_terminal {
            self.is_shown = true;
            // There is nobody to tell when that fails.
            write!(io::stderr().lock(), "\r\x1b[K{}", line(progress)).ok();
        }
    }

    /// Ends the line, with what came of it.
    pub fn end(self, progress: &Progress) {
        if self.is_shown {
            writeln!(io::stderr().lock(), "\r\x1b[K{}", summary(progress)).ok();
        }
    }
}

impl Default for Meter {
    fn default() -> Self {
        Self::new()
    }
}

fn line(progress: &Progress) -> String {
    let mut line = grouped(progress.minted);
    if let Some(total) = progress.total {
        line.push_str(&format!(" of {}", grouped(total)));
    }
    line.push_str(" tokens");
    if let Some(rate) = progress.rate() {
        line.push_str(&format!(", {} a second", grouped(rate as u64)));
    }
    if let Some(left) = progress.left() {
        line.push_str(&format!(", {} left", seconds(left)));
    }
    line
}

fn summary(progress: &Progress) -> String {
    let rate = progress.rate().unwrap_or_default() as u64;
    let elapsed = seconds(progress.elapsed);
    format!("{} tokens in {elapsed}, {} a second", grouped(progress.minted), grouped(rate))
}

fn seconds(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..=9 => format!("{:.1} s", time.as_secs_f64()),
        10..=119 => format!("{seconds} s"),
        120..=7199 => format!("{} min", seconds / 60),
        _ => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
    }
}

fn count(text: &str) -> Result<u64, &'static str> {
    text.parse().ok().filter(|count| *count > 0).ok_or("write a whole number, 1 or more")
}

fn no_handler(error: &ctrlc::Error) -> Problem {
    Problem::new("signal", format!("Ctrl+C cannot be listened for: {}", shown(&error.to_string())))
        .help("Run the command again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_in_one_line() {
        let progress = Progress {
            minted: 1_500_000,
            total: Some(3_000_000),
            elapsed: Duration::from_secs(3),
            ..Progress::default()
        };
        assert_eq!(
            line(&progress),
            format!(
                "{} of {} tokens, {} a second, 3.0 s left",
                grouped(1_500_000),
                grouped(3_000_000),
                grouped(500_000)
            )
        );
        let progress = Progress { minted: 7, elapsed: Duration::from_secs(200), ..Progress::default() };
        assert_eq!(line(&progress), "7 tokens, 0 a second");
        assert_eq!(summary(&progress), "7 tokens in 3 min, 0 a second");
        assert_eq!(seconds(Duration::from_secs(7_300)), "2 h 1 min");
    }
}
