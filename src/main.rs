//! JWT Workbench: the arguments decide between the window and a command.

use std::process::ExitCode;

use jwt_workbench::cli::window::Window;
use jwt_workbench::cli::{self, Invocation};
use jwt_workbench::jobs::{core_dumps, panic_report};
use jwt_workbench::jose::error::Problem;
use jwt_workbench::window::Launch;

fn main() -> ExitCode {
    core_dumps::forbid();
    panic_report::install();
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
    arguments.check()?;
    let Window { files, screenshot, page, tab, theme, size } = arguments;
    jwt_workbench::window::run(&Launch { files, screenshot, page, tab, theme, size })
}
