//! What is done to the templates in the folders of the library: whole or not at all, and never over another file.

use std::fs;
use std::path::{Path, PathBuf};

use crate::jobs::files;
use crate::jose::error::Problem;
use crate::jose::secret::Secret;
use crate::jose::text::visible_path;
use crate::template::file::{MAX_BYTES, TemplateFile};
use crate::workbench::effect::Origin;
use crate::workbench::library::{LibraryEvent, file_name};

/// How many names are tried for a new file.
const TRIES: usize = 1_000;

/// Finds the folder, or makes it.
pub(super) fn add_folder(folder: &Path, make: bool) -> Result<LibraryEvent, Problem> {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    if make {
        fs::create_dir_all(&folder).map_err(|error| files::cannot_save(&folder, &error))?;
    }
    if !folder.is_dir() {
        return Err(Problem::new("folder-missing", format!("There is no folder {}", visible_path(&folder)))
            .help("Check the name, or make the folder first."));
    }
    Ok(LibraryEvent::FolderAdded(folder))
}

/// Writes a new file under the first name that is free.
pub(super) fn create(folder: &Path, stem: &str, bytes: &[u8]) -> Result<LibraryEvent, Problem> {
    for number in 1..TRIES {
        let stem = if number == 1 { stem.to_owned() } else { format!("{stem}-{number}") };
        let path = file_name::in_folder(folder, &stem);
        match files::create(&path, bytes) {
            Err(problem) if problem.code == files::EXISTS => {}
            outcome => return outcome.map(|_| LibraryEvent::Created(path)),
        }
    }
    Err(files::exists("save", &file_name::in_folder(folder, stem)))
}

/// Writes a copy beside the file. What is in it does not change, broken or not.
pub(super) fn duplicate(path: &Path) -> Result<LibraryEvent, Problem> {
    let content = files::read(path, MAX_BYTES as u64)?;
    let folder = path.parent().unwrap_or(path);
    create(folder, &format!("{}-copy", file_name::stem(path)), content.bytes.bytes())
}

/// Moves the file first and changes the name in it then, so that there is one whole file at any time.
pub(super) fn rename(from: PathBuf, stem: &str, name: Option<String>) -> Result<LibraryEvent, Problem> {
    let to = file_name::in_folder(from.parent().unwrap_or(&from), stem);
    let renamed = match &name {
        Some(name) => Some(with_name(&from, name)?),
        None => None,
    };
    if to != from {
        files::rename(&from, &to)?;
    }
    let stamp = match &renamed {
        Some(text) => Some(files::save(&to, text.as_bytes())?),
        None => files::stamp(&to),
    };
    Ok(LibraryEvent::Renamed { from, to: Origin { path: to, stamp }, name })
}

/// The text of the template with another name in it.
fn with_name(path: &Path, name: &str) -> Result<String, Problem> {
    let content = files::read(path, MAX_BYTES as u64)?;
    let mut template = TemplateFile::parse(content.bytes.as_str().unwrap_or_default())?;
    name.clone_into(&mut template.name);
    template.to_text()
}

/// Moves the file to the trash, never past it.
pub(super) fn delete(path: PathBuf) -> Result<LibraryEvent, Problem> {
    let bytes = files::read(&path, MAX_BYTES as u64).ok().map(|content| content.bytes);
    if trash::delete(&path).is_ok() {
        return Ok(LibraryEvent::Deleted(path, bytes));
    }
    if path.symlink_metadata().is_err() {
        let message = format!("{} is gone already", visible_path(&path));
        return Err(Problem::new(files::MISSING, message).help("There is nothing to delete."));
    }
    Err(Problem::new("trash", format!("{} cannot be moved to the trash", visible_path(&path)))
        .help("It was left as it is. Delete it in the file manager."))
}

/// Writes a deleted file again.
pub(super) fn restore(ticket: u64, path: PathBuf, bytes: &Secret) -> Result<LibraryEvent, Problem> {
    let stamp = files::create(&path, bytes.bytes())?;
    Ok(LibraryEvent::Restored { ticket, path, stamp })
}

/// Shows the file in the file manager.
pub(super) fn reveal(path: &Path) -> Result<(), Problem> {
    let shown = if path.is_dir() { opener::open(path) } else { opener::reveal(path) };
    if shown.is_ok() {
        return Ok(());
    }
    Err(Problem::new("file-manager", "No file manager can be opened on this system")
        .help(format!("The file is {}.", visible_path(path))))
}
