//! Temporary files: how they are called, and what becomes of those whose save was killed.
//!
//! Beside `NAME` they are called `.NAME.jwt-workbench-XXXXXX`. While a save is under way it holds a lock on its file, so
//! that the next save of the same name knows what a killed one left behind. Where there are no such locks, nothing is
//! removed.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// What tells our temporary files from anything else that begins with a period.
const MARK: &str = ".jwt-workbench-";

/// Letters at the end of a temporary name, drawn at random.
const DRAWN: usize = 6;

/// The longest part of a file's name that goes into a temporary name, in bytes: file systems take 255 in all.
const LONGEST: usize = 200;

/// Makes a temporary file for the file called `name` and holds its lock; `set_up` sees to its permissions.
///
/// # Errors
/// Those of the file system.
pub(super) fn create(
    folder: &Path,
    name: &OsStr,
    set_up: impl FnOnce(&mut Builder<'_, '_>),
) -> io::Result<NamedTempFile> {
    let prefix = prefix(name);
    let mut builder = Builder::new();
    builder.prefix(&prefix).rand_bytes(DRAWN);
    set_up(&mut builder);
    // Between making and locking it another save may take it for a leftover. That it happens twice is no accident.
    let temporary = builder.tempfile_in(folder)?;
    if hold(temporary.as_file()) {
        return Ok(temporary);
    }
    let temporary = builder.tempfile_in(folder)?;
    hold(temporary.as_file());
    Ok(temporary)
}

/// Removes what killed saves of the file called `name` left in the folder. What cannot be removed stays: it is in nobody's
/// way, and the save that follows says what is wrong with the folder.
pub(super) fn sweep(folder: &Path, name: &OsStr) {
    let prefix = prefix(name);
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let is_file = || entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_temporary(&entry.file_name(), &prefix) && is_file() && is_left(&entry.path()) {
            std::fs::remove_file(entry.path()).ok();
        }
    }
}

fn prefix(name: &OsStr) -> OsString {
    let mut prefix = OsString::from(".");
    if name.len() <= LONGEST {
        prefix.push(name);
    } else {
        let name = name.to_string_lossy();
        prefix.push(name.get(..name.floor_char_boundary(LONGEST)).unwrap_or_default());
    }
    prefix.push(MARK);
    prefix
}

fn is_temporary(name: &OsStr, prefix: &OsStr) -> bool {
    let drawn = name.as_encoded_bytes().strip_prefix(prefix.as_encoded_bytes());
    drawn.is_some_and(|drawn| drawn.len() == DRAWN && drawn.iter().all(u8::is_ascii_alphanumeric))
}

/// Holds the lock of a new file for as long as it is open. Returns whether it is still there.
#[cfg(unix)]
fn hold(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match file.try_lock() {
        Ok(()) => file.metadata().is_ok_and(|metadata| metadata.nlink() > 0),
        Err(std::fs::TryLockError::WouldBlock) => false,
        // Without locks nobody removes anything.
        Err(std::fs::TryLockError::Error(_)) => true,
    }
}

/// On Windows a lock would keep others from reading the file once it has its name.
#[cfg(not(unix))]
fn hold(_: &File) -> bool {
    true
}

/// Whether no save holds this file any more.
#[cfg(unix)]
fn is_left(path: &Path) -> bool {
    let file = std::fs::OpenOptions::new().write(true).open(path);
    file.is_ok_and(|file| file.try_lock().is_ok())
}

#[cfg(not(unix))]
fn is_left(_: &Path) -> bool {
    false
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_save_left_goes_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let name = OsStr::new("a.json");
        let kept = [
            "a.json",
            ".a.json.jwt-workbench-",
            ".a.json.jwt-workbench-1234567",
            ".a.json.jwt-workbench-12345!",
            ".a.json.swp123",
            ".b.json.jwt-workbench-123456",
        ];
        for file in kept.iter().chain(&[".a.json.jwt-workbench-aB3456"]) {
            std::fs::write(folder.path().join(file), "x").unwrap();
        }
        std::fs::create_dir(folder.path().join(".a.json.jwt-workbench-folder")).unwrap();
        let under_way = create(folder.path(), name, |_| ()).unwrap();
        sweep(folder.path(), name);
        assert!(under_way.path().exists(), "a save under way is left alone");
        assert!(kept.iter().all(|file| folder.path().join(file).exists()));
        assert!(folder.path().join(".a.json.jwt-workbench-folder").exists());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), kept.len() + 2);

        let (_, path) = under_way.keep().unwrap();
        sweep(folder.path(), name);
        assert!(!path.exists(), "its save is over, and it was left");
    }

    #[test]
    fn a_long_name_leaves_room_for_the_mark() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["n".repeat(255), "ä".repeat(127)] {
            let (_, path) = create(folder.path(), OsStr::new(&name), |_| ()).unwrap().keep().unwrap();
            sweep(folder.path(), OsStr::new(&name));
            assert!(!path.exists());
        }
    }
}
