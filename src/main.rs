//! JWT Workbench: the arguments decide between the window and a command.

use std::process::ExitCode;

use jwt_workbench::cli::window::Window;
use jwt_workbench::cli::{self, Invocation};
use jwt_workbench::jose::error::Problem;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os()) {
        Ok(Invocation::Command(command)) => cli::run(command),
        Ok(Invocation::Window(arguments)) => match window(arguments) {
            Ok(()) => ExitCode::SUCCESS,
            Err(problem) => cli::report_problem(problem),
        },
        Err(code) => code,
    }
}

fn window(arguments: Window) -> Result<(), Problem> {
    arguments.check_files()?;
    Err(Problem::new("no-window", "This build has no window").help("Use a command: jwt-workbench mint."))
}
