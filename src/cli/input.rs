//! What a command reads: texts from arguments, files and standard input, and instants.

use std::env::VarError;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use chrono::DateTime;

use super::failure::Stop;
use crate::jobs::{clock, files};
use crate::jose::error::Problem;
use crate::jose::secret::Secret;
use crate::template::file::MAX_BYTES;
use crate::workbench::expiry::LAST_INSTANT;

/// The most bytes one input may have.
pub const LIMIT: u64 = MAX_BYTES as u64;

/// The inputs of one run. Standard input can stand in for one of them.
#[derive(Debug, Default)]
pub struct Input {
    standard_input_is_read: bool,
}

impl Input {
    /// The bytes of a file, or of standard input when its name is `-`; 16 MiB at most. A pipe is read to its end.
    ///
    /// # Errors
    /// The problems of [`files::read`], and a second use of standard input.
    pub fn bytes(&mut self, path: &Path) -> Result<Secret, Problem> {
        if path == Path::new("-") {
            self.take_standard_input()?;
            return stream(Path::new("standard input"), std::io::stdin().lock());
        }
        match files::read(path, LIMIT) {
            Ok(content) => Ok(content.bytes),
            // The shell hands over what `<(pass show jwt)` prints as a pipe.
            Err(problem) if problem.code == files::SPECIAL => {
                let file = File::open(path).map_err(|error| files::cannot_open(path, &error))?;
                stream(path, file)
            }
            Err(problem) => Err(problem),
        }
    }

    /// Notes that standard input is read.
    ///
    /// # Errors
    /// When it was read before.
    pub fn take_standard_input(&mut self) -> Result<(), Problem> {
        if std::mem::replace(&mut self.standard_input_is_read, true) {
            return Err(Problem::new("usage", "Standard input can stand in for one argument only")
                .help("Put the other one into a file."));
        }
        Ok(())
    }

    /// The text of an argument that is the text itself, `@FILE`, or `-` for standard input, and what to call it:
    /// `what`, or the name of the file.
    ///
    /// # Errors
    /// The problems of [`Input::bytes`], and bytes that are not UTF-8.
    pub fn text(&mut self, argument: &str, what: &str) -> Result<(String, String), Problem> {
        let path = match argument.strip_prefix('@') {
            Some(path) => path,
            None if argument == "-" => argument,
            None => return Ok((argument.to_owned(), what.to_owned())),
        };
        let name = if path == "-" { "standard input" } else { path };
        let bytes = self.bytes(Path::new(path))?;
        let text = std::str::from_utf8(bytes.bytes()).map_err(|error| {
            let byte = error.valid_up_to();
            Problem::new("file-not-text", format!("{name} is not UTF-8 text: byte {byte} belongs to no character"))
                .help("Save it as UTF-8.")
        })?;
        Ok((text.to_owned(), name.to_owned()))
    }
}

/// A secret as a file holds it: editors end a text with a line end nobody means; bytes that are no text are taken as
/// they are.
pub fn without_line_end(content: &Secret) -> Secret {
    let line = content.as_str().and_then(|text| text.strip_suffix('\n'));
    let text = line.map(|line| line.strip_suffix('\r').unwrap_or(line));
    text.map_or_else(|| content.clone(), |text| Secret::from(text.to_owned()))
}

/// A secret in an environment variable; `option` is the one that names a file instead.
///
/// # Errors
/// `secret-missing`, when it is not set or is not text.
pub fn secret_from_env(name: &str, option: &str) -> Result<Secret, Problem> {
    let missing = |what: &str| {
        Problem::new("secret-missing", format!("The environment variable {name} is not {what}"))
            .help(format!("Set {name}, or name a file with {option}."))
    };
    std::env::var(name).map(Secret::from).map_err(|error| match error {
        VarError::NotPresent => missing("set"),
        VarError::NotUnicode(_) => missing("UTF-8 text"),
    })
}

fn stream(name: &Path, stream: impl Read) -> Result<Secret, Problem> {
    let mut bytes = Vec::new();
    let outcome = stream.take(LIMIT + 1).read_to_end(&mut bytes);
    let bytes = Secret::from(bytes);
    outcome.map_err(|error| files::cannot_open(name, &error))?;
    if bytes.len() as u64 > LIMIT { Err(files::too_large(name, None, LIMIT)) } else { Ok(bytes) }
}

/// The instant an argument names, or that of the clock without one; seconds since 1970-01-01 UTC.
///
/// # Errors
/// `instant`, see [`parse_instant`].
pub fn now(argument: Option<&str>) -> Result<i64, Stop> {
    match argument {
        Some(text) => Ok(parse_instant(text)?),
        None => Ok(clock::now()),
    }
}

/// Reads an instant: RFC 3339, or seconds since 1970-01-01 UTC; parts of a second are left out.
///
/// # Errors
/// `instant`, when it is neither, or outside the years 1970 to 9999.
pub fn parse_instant(text: &str) -> Result<i64, Problem> {
    let seconds = match text.parse::<i64>() {
        Ok(seconds) => seconds,
        Err(_) => DateTime::parse_from_rfc3339(text)
            .map_err(|_neither| Problem::new("instant", format!("{text} is not an instant")).help(INSTANT_HELP))?
            .timestamp(),
    };
    if (0..=LAST_INSTANT).contains(&seconds) {
        return Ok(seconds);
    }
    Err(Problem::new("instant", format!("{text} is outside the years 1970 to 9999")).help(INSTANT_HELP))
}

const INSTANT_HELP: &str = "Write it as 2026-11-21T18:30:00Z, or as seconds since 1970-01-01 UTC.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_rfc_3339_or_seconds() {
        assert_eq!(parse_instant("1795285800"), Ok(1_795_285_800));
        assert_eq!(parse_instant("2026-11-21T18:30:00Z"), Ok(1_795_285_800));
        assert_eq!(parse_instant("2026-11-21T19:30:00.999+01:00"), Ok(1_795_285_800));
        for wrong in ["", "tomorrow", "2026-11-21", "2026-11-21T18:30:00", "-1", "253402300800", "1e9", "1.5"] {
            assert!(parse_instant(wrong).unwrap_err().help.contains("2026-11-21T18:30:00Z"), "{wrong}");
        }
    }
}
