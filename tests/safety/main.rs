//! Nothing lost and nothing leaked: crashes, core dumps, drafts that were not saved, two windows at once.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../common/bench.rs"]
mod bench;
mod crashes;
mod drafts;
mod recovery;
mod two_windows;

use std::process::{Command, Stdio};

/// Set in the processes that a test starts of itself.
const ROLE: &str = "JWT_WORKBENCH_TEST_ROLE";

/// This test in a process of its own, which finds `role` with [`role`].
fn again(test: &str, role: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture", "--test-threads", "1"]).env(ROLE, role).stdin(Stdio::null());
    command
}

/// What this process was started for; `None` in the test itself.
fn role() -> Option<String> {
    std::env::var(ROLE).ok()
}
