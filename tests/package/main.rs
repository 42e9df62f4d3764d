//! The program as it is installed: its Debian package in a root of its own, started as a desktop starts it; and every file
//! in `dist/`.
//!
//! `make test` sets up what this needs. Without it the tests say `skipped` and pass, except where `CI=true`.
#![cfg(target_os = "linux")]
#![expect(
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test ends at the first surprise, or says what it was skipped for"
)]

mod desktop;
#[expect(dead_code, reason = "single pixels are looked at in the journeys alone")]
#[path = "../common/display.rs"]
mod display;
mod elsewhere;
mod files;
mod generated;
mod icons;
mod manual;
mod root;
mod shells;

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use root::Root;

/// Whether all programs are there; says which is missing, or fails for it where everything must be there.
fn have(programs: &[&str]) -> bool {
    let missing: Vec<&&str> = programs.iter().filter(|program| !is_there(program)).collect();
    if missing.is_empty() {
        return true;
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "missing: {missing:?}");
    eprintln!("skipped: 'make test' installs {missing:?}");
    false
}

fn is_there(program: &str) -> bool {
    Command::new("which").arg(program).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|it| it.success())
}

/// What a program says on both outputs; it has to succeed.
#[track_caller]
fn said(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output();
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(output.status.success(), "{command:?} failed:\n{text}");
    text
}

/// A program with arguments.
fn program<S: AsRef<OsStr>>(name: &str, arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(name);
    command.args(arguments);
    command
}

#[test]
fn the_package_is_installed_used_and_removed() {
    let of_debian = ["dpkg", "dpkg-shlibdeps", "man", "desktop-file-validate", "appstreamcli", "update-mime-database"];
    let of_desktop = ["gio", "Xvfb", "xdotool", "xclip", "openssl"];
    if !have(&["target/tools/cargo/bin/cargo-deb"]) || !have(&of_debian) || !have(&of_desktop) {
        return;
    }
    let root = Root::new();
    let before = root.files();
    root.install();
    let version = said(&mut program(&root.path("usr/bin/jwt-workbench"), ["--version"]));
    assert_eq!(version.trim(), concat!("jwt-workbench ", env!("CARGO_PKG_VERSION")));
    files::are_those_of_the_list(&root, &before);
    manual::is_readable(&root);
    shells::complete(&root);
    desktop::accepts(&root);
    desktop::starts_the_program(&root);
    desktop::opens_templates_with_it(&root);
    root.purge();
    let after = root.files();
    let changed: Vec<_> = after.symmetric_difference(&before).collect();
    assert!(changed.is_empty(), "left of the package, or gone with it: {changed:?}");
}
