//! Everything a user could paste, open, save to or click in the wrong moment: a clear message, nothing lost, no panic.
//!
//! The corpora lie beside the project, or where `JWT_WORKBENCH_CORPORA` says; without them their tests pass unread.

#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test fails by panicking and says what it skips"
)]

mod acts;
mod choosing;
mod clock;
mod commands;
mod comparing;
mod desk;
mod files;
mod minting_many;
mod recovering;
mod saves;
mod secrets;
mod sequences;
#[path = "../common/small_disk.rs"]
mod small_disk;
mod texts;

use std::fs;
use std::path::PathBuf;

use jwt_workbench::jose::error::Problem;

/// Words that belong to the program's inside and never to what it says.
const INSIDE: [&str; 18] = [
    "Utf8Error",
    "ParseIntError",
    "Option",
    "Some(",
    "None",
    "Err(",
    "Ok(",
    "unwrap",
    "::",
    "Error {",
    "panicked",
    "os error",
    "Result<",
    "Vec<",
    "&str",
    "Problem {",
    "Kind",
    "NaiveDate",
];

/// What the program says is plain words, and no longer than a few lines, whatever was pasted.
#[track_caller]
fn check_plain(words: &str) {
    assert!(!words.trim().is_empty(), "it says nothing");
    assert!(words.chars().count() < 400, "it floods the window: {words}");
    assert!(!words.contains(|c: char| c.is_control()), "it breaks the line or steers a terminal: {words:?}");
    // What stands in quotes is the user's own.
    let own: String = words.split('\'').step_by(2).collect();
    for word in INSIDE {
        assert!(!own.contains(word), "the program's inside shows ({word}): {words}");
    }
}

/// A problem says what is wrong and what to do.
#[track_caller]
fn check_problem(problem: &Problem) {
    check_plain(&problem.message);
    check_plain(&problem.help);
    assert!(
        problem.help.ends_with(['.', ')', '?']) || problem.help.contains("openssl"),
        "no sentence: {}",
        problem.help
    );
}

/// The lines of a corpus file; none where there is no such file.
fn corpus(file: &str) -> Vec<serde_json::Value> {
    let folder = std::env::var_os("JWT_WORKBENCH_CORPORA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/dev"), PathBuf::from);
    match fs::read_to_string(folder.join(file)) {
        Ok(text) => text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
        Err(_) => {
            skipped(&format!("there is no corpus {file}"));
            Vec::new()
        }
    }
}

/// Says on the test's output that a condition cannot be made here.
fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}
