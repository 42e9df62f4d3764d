//! What a panic says: where it was, and never the values it was about, which may be parts of a secret.

use std::fmt::Write as _;
use std::io::Write as _;
use std::panic;
use std::thread;

/// From now on a panic says so in one line of the standard error.
pub fn install() {
    panic::set_hook(Box::new(|info| {
        let mut line = "jwt-workbench: a mistake in the program".to_owned();
        // Writing into a text does not fail.
        if let Some(place) = info.location() {
            write!(line, ", at {}:{}:{}", place.file(), place.line(), place.column()).ok();
        }
        if let Some(name) = thread::current().name() {
            write!(line, " (thread {name})").ok();
        }
        writeln!(std::io::stderr(), "{line}. Please report this line.").ok();
    }));
}
