//! Verifying: every check, the key doctor, and other implementations as the other side.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test fails by panicking and says why it was skipped"
)]

mod checks;
mod doctor;
mod interop;
mod peer;
#[path = "../common/tools.rs"]
mod tools;
