//! The other implementations that `make test` installs.

use std::path::{Path, PathBuf};

/// What stands in `target/tools`, or where `variable` says. Where it is missing the test is skipped, but not in CI.
#[track_caller]
pub(crate) fn tool(path: &str, variable: &str) -> Option<PathBuf> {
    let installed = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools").join(path);
    let tool = std::env::var_os(variable).map_or(installed, PathBuf::from);
    if tool.exists() {
        return Some(tool);
    }
    assert!(std::env::var("CI").is_err(), "{} is missing: make test installs it", tool.display());
    println!("skipped: {} is missing; make test installs it", tool.display());
    None
}
