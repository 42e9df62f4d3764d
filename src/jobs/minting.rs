//! Minting many tokens from and to files: the edge of [`crate::bulk`], for the window and the command line.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::files;
use super::mint_target::{Destination, Settled};
use crate::bulk::control::Control;
use crate::bulk::plan::{Form, Order, Supply};
use crate::bulk::preview::Preview;
use crate::bulk::progress::{Ended, Outcome, Progress};
use crate::bulk::rows::{Hint, Rows};
use crate::bulk::run::{FileRows, Run};
use crate::bulk::writer::Output;
use crate::jose::error::Problem;
use crate::jose::text::visible_path;
use crate::workbench::effect::Over;

/// The name that stands for standard input.
pub const STANDARD_INPUT: &str = "-";

/// The bytes up to which the rows of a file are counted beforehand: a second's work.
const COUNTED: u64 = 1024 * 1024 * 1024;

/// Where the tokens go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Standard output.
    Standard,
    /// A file that is there only once it is complete, or the run has ended; only its owner can read it.
    File(PathBuf, Over),
    /// The same file again, as it was left by a run that is being resumed: what is minted comes behind what is in it.
    Append(PathBuf),
    /// A folder, for [`Form::Folder`]; made when there is none.
    Folder(PathBuf),
}

impl Target {
    /// The file or folder, if it is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Standard => None,
            Self::File(path, _) | Self::Append(path) | Self::Folder(path) => Some(path),
        }
    }
}

/// What the run of `order` would begin with.
///
/// # Errors
/// A template or a file of rows that cannot be read.
pub fn preview(order: &Order) -> Result<Preview, Problem> {
    let Supply::Rows(path) = &order.plan.supply else { return Preview::of(order, None::<Rows<File>>) };
    let metadata = fs::metadata(path).map_err(|error| files::cannot_open(path, &error))?;
    files::regular("open", path, &metadata)?;
    let preview = Preview::of(order, Some(open_rows(path)?))?;
    Ok(Preview { total: count(path, &mut || true), ..preview })
}

/// Mints on the calling thread and those of the plan, until it is done or ended. `news` is called some ten times a second.
///
/// Of a run that was ended or failed a file has what was minted by then, and its end, so that it can be used. A run that
/// minted nothing leaves what was there before.
pub fn run(
    order: &Order,
    target: &Target,
    rejects: Option<&Path>,
    control: &Control,
    news: &mut dyn FnMut(Progress),
) -> Outcome {
    let prepared = prepare(order, target, rejects, control);
    let (run, mut destination) = match prepared {
        Ok(prepared) => prepared,
        Err(problem) => return unbegun(problem),
    };
    let before = destination.before();
    let outcome = run.go(Output { sink: &mut destination, before }, control, news);
    settle(order, destination, outcome)
}

fn prepare(
    order: &Order,
    target: &Target,
    rejects: Option<&Path>,
    control: &Control,
) -> Result<(Run, Destination), Problem> {
    apart(order, target, rejects)?;
    let path = match &order.plan.supply {
        Supply::Count(_) => None,
        Supply::Rows(path) => Some(path),
    };
    let mut run = Run::prepare(order, path.map(|path| open_rows(path)).transpose()?)?;
    if let Some(total) = path.and_then(|path| count(path, &mut || !control.is_cancelled())) {
        run = run.with_total(total);
    }
    let destination = Destination::open(target, rejects, run.shape(), run.names())?;
    Ok((run, destination))
}

/// What was written gets its name.
fn settle(order: &Order, destination: Destination, outcome: Outcome) -> Outcome {
    let keep = outcome.progress.minted > 0 || outcome.ended == Ended::Done;
    match destination.settle(keep) {
        Settled::Kept if !keep => Outcome { resume: Some(order.plan.from), ..outcome },
        Settled::Kept => outcome,
        Settled::Closed => Outcome { ended: Ended::Cancelled, resume: Some(order.plan.from), ..outcome },
        Settled::Lost(problem) => Outcome {
            progress: Progress { minted: 0, bytes: 0, ..outcome.progress },
            ended: Ended::Failed(problem),
            resume: Some(order.plan.from),
            ..outcome
        },
        Settled::Unconfirmed(problem) => Outcome { ended: Ended::Failed(problem), ..outcome },
    }
}

fn unbegun(problem: Problem) -> Outcome {
    Outcome { progress: Progress::default(), ended: Ended::Failed(problem), resume: None, faults: Vec::new() }
}

/// Opens a file of rows, or standard input.
///
/// # Errors
/// A file that cannot be read, and the problems of [`Rows::open`].
pub fn open_rows(path: &Path) -> Result<FileRows, Problem> {
    if path == Path::new(STANDARD_INPUT) {
        let input: Box<dyn Read + Send> = Box::new(io::stdin());
        return Rows::open(input, "standard input", None);
    }
    let cannot = |error: &io::Error| files::cannot_open(path, error);
    let file = File::open(path).map_err(|error| cannot(&error))?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        files::regular("open", path, &file.metadata().map_err(|error| cannot(&error))?)?;
    }
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    Rows::open(Box::new(file), &name, Hint::of_name(&name))
}

/// How many rows a file has; `None` when it is no regular one, large, or it was called off.
fn count(path: &Path, go_on: &mut dyn FnMut() -> bool) -> Option<u64> {
    let metadata = fs::metadata(path).ok()?;
    if !metadata.is_file() || metadata.len() > COUNTED {
        return None;
    }
    open_rows(path).ok()?.count(go_on)
}

/// Refuses to write over the rows, or two things into one file, and what fits no form.
fn apart(order: &Order, target: &Target, rejects: Option<&Path>) -> Result<(), Problem> {
    if matches!(target, Target::Folder(_)) != (order.plan.form == Form::Folder) {
        return Err(Problem::new("usage", "A folder is for the form folder, and that form is for a folder")
            .help("Name a folder for the form folder, and a file for every other one."));
    }
    let Some(rejects) = rejects else { return Ok(()) };
    let same = |path: &Path| {
        path == rejects || fs::canonicalize(path).ok().is_some_and(|path| fs::canonicalize(rejects).ok() == Some(path))
    };
    let rows = if let Supply::Rows(path) = &order.plan.supply { Some(path.as_path()) } else { None };
    if target.path().is_some_and(same) || rows.is_some_and(same) {
        let message = format!("{} cannot be the file of the faulty rows too", visible_path(rejects));
        return Err(Problem::new("usage", message).help("Name another file for the faulty rows."));
    }
    Ok(())
}
