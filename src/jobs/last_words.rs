//! What is said when there is no window to say it in.

use std::io::Write as _;

use crate::jose::error::Problem;

/// Tells a problem on the standard error, in one line.
pub(super) fn say(problem: &Problem) {
    writeln!(std::io::stderr(), "jwt-workbench: {}. {}", problem.message.trim_end_matches('.'), problem.help).ok();
}
