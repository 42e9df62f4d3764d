//! Commands that answer line by line.

use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::Path;

use super::failure::{Failure, Stop};
use super::input::LIMIT;
use super::output::Output;
use crate::jobs::files;
use crate::jose::error::Problem;
use crate::jose::secret::Secret;

/// Answers every line of standard input with one line, one that is longer than [`LIMIT`] with that problem. `argument` is what the command was given to look at, which must be
/// nothing or `-`; `command` is what it is called. Lines may hold keys, and are wiped.
///
/// # Errors
/// Another argument, and what cannot be read or written.
pub fn answer_each(
    command: &str,
    argument: Option<&str>,
    mut answer: impl FnMut(&Secret) -> String,
) -> Result<(), Stop> {
    if argument.is_some_and(|argument| argument != "-") {
        return Err(Problem::new("usage", "--lines reads from standard input")
            .help(format!("Write it as jwt-workbench {command} --lines < FILE."))
            .into());
    }
    let name = Path::new("standard input");
    let mut output = Output::standard();
    let mut lines = BufReader::new(io::stdin().lock());
    loop {
        // A program that waits for the answer before it sends the next line gets it.
        if lines.buffer().is_empty() {
            output.flush()?;
        }
        let mut line = Vec::new();
        let read = lines.by_ref().take(LIMIT + 1).read_until(b'\n', &mut line);
        match read.map_err(|error| files::cannot_open(name, &error))? {
            0 => break,
            length if length as u64 > LIMIT => {
                lines.skip_until(b'\n').map_err(|error| files::cannot_open(name, &error))?;
                output.line(&Failure::from(files::too_large(Path::new("the line"), None, LIMIT)).to_json())?;
            }
            _ => output.line(&answer(&Secret::from(line)))?,
        }
    }
    output.finish()
}
