//! The command line: the same work as the window, from the same library.
//!
//! Exit codes: 0 done, 1 a negative verdict or a run that the user ended, 2 bad usage or input. Errors go to standard error, or with `--json` as an
//! object to standard output.

pub mod code;
pub mod failure;
pub mod finding_json;
pub mod input;
pub mod inspect;
pub mod inspect_json;
pub mod inspect_text;
pub mod key;
pub mod key_arguments;
pub mod key_inspect;
pub mod key_report;
pub mod key_source;
pub mod lab;
pub mod lines;
pub mod measure;
pub mod measure_token;
pub mod mint;
pub mod mint_many;
pub mod output;
pub mod signing_key;
pub mod source;
pub mod verify;
pub mod verify_lines;
pub mod verify_question;
pub mod verify_text;
pub mod window;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand};

use self::code::Code;
use self::failure::{Failure, Stop};
use self::inspect::Inspect;
use self::key::KeyCommand;
use self::lab::Lab;
use self::measure::Measure;
use self::mint::Mint;
use self::verify::Verify;
use self::window::Window;
use crate::jose::error::Problem;

/// The exit code of bad usage or input.
const BAD_INPUT: u8 = 2;

/// See a JSON Web Token while you craft it.
///
/// Without a command, the window opens. Nothing leaves this machine.
#[derive(Debug, Parser)]
#[command(name = "jwt-workbench", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    window: Window,
}

/// What to do without a window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Mint tokens and print them, one a line
    Mint(Box<Mint>),
    /// Tell what tokens cost, in bytes and in time
    Measure(Box<Measure>),
    /// Measure what logins do to the other users of a server, on a real one on this machine
    Lab(Box<Lab>),
    /// Show what is in a token
    Inspect(Inspect),
    /// Verify a token: its signature and every claim that can be checked
    Verify(Box<Verify>),
    /// Write a template as code that mints its tokens
    Code(Box<Code>),
    /// Tell what a key is, make one, or write one in another form
    #[command(subcommand)]
    Key(KeyCommand),
}

/// What the arguments ask for.
#[derive(Debug)]
pub enum Invocation {
    /// The window.
    Window(Window),
    /// A command, for [`run`].
    Command(Command),
}

/// Reads the arguments, the first of which is the name of the program.
///
/// # Errors
/// The exit code, when everything is said and done: the help or the version was asked for, or the arguments are wrong.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Invocation, ExitCode> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let json = arguments.iter().skip(1).take_while(|argument| *argument != "--").any(|argument| argument == "--json");
    match Arguments::try_parse_from(arguments) {
        Ok(Arguments { command: Some(command), .. }) => Ok(Invocation::Command(command)),
        Ok(Arguments { command: None, window }) => Ok(Invocation::Window(window)),
        Err(error) => Err(refuse(&error, json)),
    }
}

/// Every command and option there is, for the manual pages and the completions of shells in `dist/`.
pub fn grammar() -> clap::Command {
    Arguments::command()
}

/// Runs a command and reports its failure.
pub fn run(command: Command) -> ExitCode {
    let (json, outcome) = match command {
        Command::Measure(measure) => (measure.is_json(), measure.run()),
        Command::Lab(lab) => (lab.is_json(), lab.run()),
        Command::Code(code) => (false, code.run()),
        Command::Mint(mint) => (false, mint.run()),
        Command::Inspect(inspect) => (inspect.is_json(), inspect.run()),
        Command::Verify(verify) => (verify.is_json(), verify.run()),
        Command::Key(key) => (key.is_json(), key.run()),
    };
    match outcome {
        Ok(code) => code,
        // Whoever read the output has seen enough.
        Err(Stop::Closed) => ExitCode::SUCCESS,
        Err(Stop::Failed(failure)) => report(&failure, json),
    }
}

/// Tells why the window could not be opened.
pub fn report_problem(problem: Problem) -> ExitCode {
    report(&Failure::from(problem), false)
}

fn report(failure: &Failure, json: bool) -> ExitCode {
    if json {
        output::answer(&failure.to_json());
    } else {
        output::note(&failure.to_text());
    }
    ExitCode::from(BAD_INPUT)
}

fn refuse(error: &clap::Error, json: bool) -> ExitCode {
    if json && error.exit_code() != 0 {
        // The first paragraph names what is wrong, the rest repeats the usage.
        let text = error.render().to_string();
        let lines: Vec<&str> = text.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
        let message = lines.join(" ").replacen("error: ", "", 1);
        return report(&Problem::new("usage", message).help("Run it with --help to see the options.").into(), true);
    }
    // Nobody to tell when the terminal is gone.
    error.print().ok();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
        _ => ExitCode::from(BAD_INPUT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        grammar().debug_assert();
    }
}
