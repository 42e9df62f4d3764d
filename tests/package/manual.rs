//! The manual pages, as they were installed.

use std::fs;

use crate::root::Root;
use crate::{program, said};

/// Every page is found by its name and formatted without a complaint.
#[track_caller]
pub(crate) fn is_readable(root: &Root) {
    let manual = root.path("usr/share/man");
    let pages = fs::read_dir(root.path("usr/share/man/man1")).expect("there are pages");
    let names = pages.map(|page| page.expect("it can be read").file_name().into_string().expect("a name in UTF-8"));
    let names: Vec<String> = names.map(|name| name.trim_end_matches(".1.gz").to_owned()).collect();
    assert!(names.len() > 10, "only {names:?}");
    for name in names {
        let mut man = program("man", ["--warnings", "--manpath", &manual, "1", &name]);
        let page = said(man.env("LC_ALL", "C.UTF-8").env("MANWIDTH", "100"));
        for part in ["NAME\n", "SYNOPSIS\n", "OPTIONS\n", "EXIT STATUS\n", env!("CARGO_PKG_VERSION")] {
            assert!(page.contains(part), "{name} has no {part}:\n{page}");
        }
        assert!(!page.contains("warning:"), "{name}:\n{page}");
    }
}
