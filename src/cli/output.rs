//! Where a command writes: standard output or a file, and notes to the user beside it.

use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};
use std::path::{Path, PathBuf};

use super::failure::Stop;
use crate::jobs::files::{self, Access, Saving};
use crate::jose::error::Problem;

/// Lines for standard output, or for a file that is there only once it is complete.
pub struct Output {
    to: Target,
}

enum Target {
    Standard(BufWriter<StdoutLock<'static>>),
    File(PathBuf, Box<Saving>),
}

impl Output {
    /// Standard output.
    pub fn standard() -> Self {
        Self { to: Target::Standard(BufWriter::with_capacity(64 * 1024, io::stdout().lock())) }
    }

    /// A file only its owner can read: who has a token can use it.
    ///
    /// # Errors
    /// The problems of [`Saving::begin`].
    pub fn private_file(path: &Path) -> Result<Self, Problem> {
        files::sweep(path);
        Ok(Self { to: Target::File(path.to_path_buf(), Box::new(Saving::begin(path, Access::Private)?)) })
    }

    /// Writes `text` and a line end.
    ///
    /// # Errors
    /// When it cannot be written, or nobody reads it any more.
    pub fn line(&mut self, text: &str) -> Result<(), Stop> {
        let write = |to: &mut dyn Write| to.write_all(text.as_bytes()).and_then(|()| to.write_all(b"\n"));
        match &mut self.to {
            Target::Standard(standard) => write(standard).map_err(|error| broken_output(&error)),
            Target::File(path, saving) => write(saving).map_err(|error| files::cannot_save(path, &error).into()),
        }
    }

    /// Writes what waits, to be called after the last line.
    ///
    /// # Errors
    /// As for [`Output::line`], and the problems of [`Saving::commit`].
    pub fn finish(self) -> Result<(), Stop> {
        match self.to {
            Target::Standard(mut standard) => standard.flush().map_err(|error| broken_output(&error)),
            Target::File(_, saving) => Ok(saving.commit().map(|_| ())?),
        }
    }

    /// Writes what waits without an end in sight, for readers that answer line by line.
    ///
    /// # Errors
    /// As for [`Output::line`].
    pub fn flush(&mut self) -> Result<(), Stop> {
        match &mut self.to {
            Target::Standard(standard) => standard.flush().map_err(|error| broken_output(&error)),
            Target::File(..) => Ok(()),
        }
    }
}

fn broken_output(error: &io::Error) -> Stop {
    if error.kind() == ErrorKind::BrokenPipe {
        return Stop::Closed;
    }
    files::cannot_save(Path::new("standard output"), error).into()
}

/// Says something beside the output, on standard error. There is nobody to tell when that fails.
pub fn note(text: &str) {
    writeln!(io::stderr().lock(), "{text}").ok();
}

/// The last line of a command that fails, on standard output.
pub fn answer(text: &str) {
    writeln!(io::stdout().lock(), "{text}").ok();
}
