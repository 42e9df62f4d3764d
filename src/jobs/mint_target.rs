//! Files, folders and standard output as the place where tokens go.

use std::fs::File;
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, StdoutLock, Write as _};
use std::path::{Path, PathBuf};

use super::files::{self, Access, FileStamp, Saving};
use super::mint_folder::Folder;
use super::minting::Target;
use crate::bulk::shape::Shape;
use crate::bulk::sink::{Lost, Placed, Sink};
use crate::bulk::writer::Before;
use crate::jose::error::Problem;
use crate::jose::text::visible_path;
use crate::workbench::effect::Over;

/// Where a run writes: the tokens, and the faulty rows.
pub(super) struct Destination {
    to: To,
    before: Before,
    rejects: Option<Growing>,
}

enum To {
    Standard(StdoutLock<'static>),
    File(Growing),
    Folder(Folder),
}

/// What became of what was written.
pub(super) enum Settled {
    /// It is in its place, or there was nothing to keep.
    Kept,
    /// Nobody reads it any more.
    Closed,
    /// It could not be kept.
    Lost(Problem),
    /// The tokens are in their place, but something else went wrong.
    Unconfirmed(Problem),
}

impl Destination {
    /// Opens what is to be written; `names` is the line of names of the rows.
    ///
    /// # Errors
    /// Files and folders that cannot be written, that may not be replaced, or that do not look as they were left.
    pub(super) fn open(target: &Target, rejects: Option<&Path>, shape: &Shape, names: &[u8]) -> Result<Self, Problem> {
        let (to, before) = match target {
            Target::Standard => (To::Standard(io::stdout().lock()), Before::Nothing),
            Target::File(path, over) => (To::File(Growing::new(path, *over)?), Before::Nothing),
            Target::Append(path) => {
                let (file, before) = Growing::again(path, shape)?;
                (To::File(file), before)
            }
            Target::Folder(path) => (To::Folder(Folder::open(path)?), Before::Nothing),
        };
        let goes_on = matches!(target, Target::Append(_));
        let rejects = rejects.map(|path| Growing::rejects(path, goes_on, names)).transpose()?;
        Ok(Self { to, before, rejects })
    }

    /// What stands there already.
    pub(super) const fn before(&self) -> Before {
        self.before
    }

    /// Gives what was written its name, or leaves no trace of it.
    pub(super) fn settle(self, keep: bool) -> Settled {
        if !keep {
            return Settled::Kept;
        }
        let outcome = match self.to {
            To::Standard(mut standard) => match standard.flush() {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => return Settled::Closed,
                outcome => outcome.map_err(|error| files::cannot_save(Path::new("standard output"), &error)),
            },
            To::File(file) => file.commit(),
            To::Folder(_) => Ok(()),
        };
        match (outcome, self.rejects.map_or(Ok(()), Growing::commit)) {
            (Err(problem), _) if problem.code == "file-unconfirmed" => Settled::Unconfirmed(problem),
            (Err(problem), _) => Settled::Lost(problem),
            (Ok(()), Err(problem)) => Settled::Unconfirmed(problem),
            (Ok(()), Ok(())) => Settled::Kept,
        }
    }
}

impl Sink for Destination {
    fn write(&mut self, text: &[u8], tokens: &[Placed]) -> Result<(), Lost> {
        match &mut self.to {
            To::Standard(standard) => standard.write_all(text).map_err(|error| {
                if error.kind() == ErrorKind::BrokenPipe {
                    return Lost::Closed;
                }
                files::cannot_save(Path::new("standard output"), &error).into()
            }),
            To::File(file) => Ok(file.write(text)?),
            To::Folder(folder) => Ok(folder.write(text, tokens)?),
        }
    }

    fn take_back(&mut self) -> bool {
        if let To::File(file) = &mut self.to { file.take_back().is_ok() } else { false }
    }

    fn reject(&mut self, row: &[u8]) -> Result<(), Problem> {
        let Some(rejects) = &mut self.rejects else { return Ok(()) };
        rejects.write(&[row, b"\n"].concat())
    }
}

/// A file that is written piece by piece, each whole or not at all, and gets its name in the end.
struct Growing {
    path: PathBuf,
    over: Over,
    saving: Saving,
    /// The bytes of all pieces, and of all but the last.
    len: u64,
    len_before: u64,
}

impl Growing {
    fn new(path: &Path, over: Over) -> Result<Self, Problem> {
        may_replace(path, over)?;
        files::sweep(path);
        let saving = Saving::begin(path, Access::Private)?;
        Ok(Self { path: path.to_path_buf(), over, saving, len: 0, len_before: 0 })
    }

    /// The file that an earlier piece of the run left, without its tail.
    fn again(path: &Path, shape: &Shape) -> Result<(Self, Before), Problem> {
        let cannot = |error: &io::Error| files::cannot_open(path, error);
        let mut left = File::open(path).map_err(|error| cannot(&error))?;
        files::regular("open", path, &left.metadata().map_err(|error| cannot(&error))?)?;
        let (len, before) = as_left(&mut left, shape).map_err(|error| cannot(&error))?.ok_or_else(|| other(path))?;
        let mut file = Self::new(path, known(path))?;
        file.copy(left, len)?;
        Ok((file, before))
    }

    fn rejects(path: &Path, goes_on: bool, names: &[u8]) -> Result<Self, Problem> {
        if goes_on && path.exists() {
            let left = File::open(path).map_err(|error| files::cannot_open(path, &error))?;
            let len = left.metadata().map_err(|error| files::cannot_open(path, &error))?.len();
            let mut file = Self::new(path, known(path))?;
            file.copy(left, len)?;
            return Ok(file);
        }
        let mut file = Self::new(path, Over::Anything)?;
        if !names.is_empty() {
            file.write(&[names, b"\n"].concat())?;
        }
        Ok(file)
    }

    /// Takes over the first `len` bytes of a file.
    fn copy(&mut self, mut from: File, len: u64) -> Result<(), Problem> {
        let copied = from.seek(SeekFrom::Start(0)).and_then(|_| io::copy(&mut from.take(len), self.saving.file()));
        let copied = copied.map_err(|error| files::cannot_save(&self.path, &error))?;
        (self.len, self.len_before) = (copied, copied);
        Ok(())
    }

    fn write(&mut self, piece: &[u8]) -> Result<(), Problem> {
        if let Err(error) = self.saving.file().write_all(piece) {
            let problem = files::cannot_save(&self.path, &error);
            self.cut(self.len).map_err(|error| files::cannot_save(&self.path, &error))?;
            return Err(problem.help("Make room or choose another place, and go on from where the run ended."));
        }
        self.len_before = self.len;
        self.len += piece.len() as u64;
        Ok(())
    }

    fn take_back(&mut self) -> io::Result<()> {
        self.cut(self.len_before)
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        let file = self.saving.file();
        file.set_len(len)?;
        file.seek(SeekFrom::Start(len))?;
        (self.len, self.len_before) = (len, self.len_before.min(len));
        Ok(())
    }

    fn commit(self) -> Result<(), Problem> {
        may_replace(&self.path, self.over)?;
        self.saving.commit().map(|_| ())
    }
}

/// How many bytes of a file stand before its tail, and what they are; `None` when this shape did not leave it so.
fn as_left(file: &mut File, shape: &Shape) -> io::Result<Option<(u64, Before)>> {
    let len = file.metadata()?.len();
    let (head, tail) = (shape.head(), shape.tail());
    let mut behind_token = Vec::new();
    shape.after(&mut behind_token);
    let Some(content) = len.checked_sub(tail.len() as u64).filter(|content| *content >= head.len() as u64) else {
        return Ok(None);
    };
    if !has(file, 0, head)? || !has(file, content, tail)? {
        return Ok(None);
    }
    if content == head.len() as u64 {
        return Ok(Some((content, Before::Head)));
    }
    let Some(last) = content.checked_sub(behind_token.len() as u64) else { return Ok(None) };
    Ok(has(file, last, &behind_token)?.then_some((content, Before::Tokens)))
}

/// Whether a file has these bytes at that place.
fn has(file: &mut File, at: u64, bytes: &[u8]) -> io::Result<bool> {
    let mut found = vec![0; bytes.len()];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut found)?;
    Ok(found == bytes)
}

fn known(path: &Path) -> Over {
    files::stamp(path).map_or(Over::Nothing, Over::Known)
}

fn may_replace(path: &Path, over: Over) -> Result<(), Problem> {
    let name = visible_path(path);
    let found: Option<FileStamp> = files::stamp(path);
    match (over, found) {
        (Over::Known(known), Some(found)) if known != found => {
            Err(Problem::new("file-changed", format!("Another program has changed {name}"))
                .help("Look at the file, or mint into another one."))
        }
        (Over::Nothing, Some(_)) => {
            Err(Problem::new("file-exists", format!("There is a file {name} already")).help("Choose another name."))
        }
        (Over::Anything | Over::Known(_) | Over::Nothing, _) => Ok(()),
    }
}

fn other(path: &Path) -> Problem {
    let message = format!("{} is not as a run of this form left it", visible_path(path));
    Problem::new("file-other", message).help("Name the file of the run that was ended, with the same form and columns.")
}
