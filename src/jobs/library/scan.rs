//! Finding the templates in the folders of the library: all the way down, but never in a circle and never without end.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, DirEntry};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::jobs::files;
use crate::jose::error::Problem;
use crate::jose::text::visible_path;
use crate::workbench::library::entry::{Entry, Shelf};
use crate::workbench::library::file_name;

/// How many folders may stand inside one another.
const DEEPEST: usize = 8;
/// Folders that are looked into, at most.
const MOST_FOLDERS: usize = 2_000;
/// Templates that are listed, at most.
const MOST_ENTRIES: usize = 20_000;

/// What was found.
#[derive(Default)]
pub(super) struct Scan {
    /// The folders of the user, with what is wrong with them.
    pub(super) shelves: Vec<Shelf>,
    /// The templates, in no order, not read.
    pub(super) entries: Vec<Entry>,
    /// Every folder that was looked into, and where those that are missing would appear.
    pub(super) folders: Vec<PathBuf>,
}

/// Looks through the folders. `enter` is called with each folder before it is looked into.
pub(super) fn scan(shelves: &[PathBuf], enter: &mut dyn FnMut(&Path)) -> Scan {
    let mut walk = Walk { scan: Scan::default(), seen: HashSet::new(), enter, full: false };
    for (shelf, folder) in shelves.iter().enumerate() {
        walk.watch_for(folder);
        walk.full = false;
        let problem = match walk.folder(shelf, folder, &Arc::from(""), 0) {
            Err(error) => Some(cannot_show(folder, &error)),
            Ok(()) if walk.full => Some(too_many(folder)),
            Ok(()) => None,
        };
        walk.scan.shelves.push(Shelf { folder: folder.clone(), problem });
    }
    walk.scan
}

struct Walk<'e> {
    scan: Scan,
    /// Folders by their true paths.
    seen: HashSet<PathBuf>,
    enter: &'e mut dyn FnMut(&Path),
    full: bool,
}

impl Walk<'_> {
    /// The folder in which this one was made, or would be: so that its coming and going is noticed.
    fn watch_for(&mut self, folder: &Path) {
        let parents = folder.ancestors().skip(1).filter(|parent| *parent != Path::new(""));
        if let Some(parent) = parents.into_iter().find(|parent| parent.is_dir()) {
            (self.enter)(parent);
            self.scan.folders.push(parent.to_owned());
        }
    }

    fn folder(&mut self, shelf: usize, folder: &Path, group: &Arc<str>, depth: usize) -> io::Result<()> {
        let place = folder.canonicalize()?;
        if self.seen.contains(&place) {
            return Ok(());
        }
        if depth > DEEPEST || self.seen.len() >= MOST_FOLDERS {
            self.full = true;
            return Ok(());
        }
        (self.enter)(folder);
        self.seen.insert(place);
        self.scan.folders.push(folder.to_owned());
        for item in fs::read_dir(folder)?.filter_map(Result::ok) {
            let name = item.file_name();
            if name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let path = item.path();
            if is_folder(&item) {
                // One that cannot be read has nothing to show.
                self.folder(shelf, &path, &below(group, &name), depth + 1).ok();
            } else if file_name::is_template(&path) {
                if self.scan.entries.len() >= MOST_ENTRIES {
                    self.full = true;
                    return Ok(());
                }
                let stamp = files::stamp(&path);
                self.scan.entries.push(Entry::new(path, shelf, Arc::clone(group), stamp));
            }
        }
        Ok(())
    }
}

fn is_folder(item: &DirEntry) -> bool {
    match item.file_type() {
        Ok(kind) if kind.is_symlink() => item.path().is_dir(),
        Ok(kind) => kind.is_dir(),
        Err(_) => false,
    }
}

/// The name of a group in another one.
fn below(group: &str, name: &OsStr) -> Arc<str> {
    let name = name.to_string_lossy();
    if group.is_empty() { name.into() } else { format!("{group} / {name}").into() }
}

fn cannot_show(folder: &Path, error: &io::Error) -> Problem {
    let shown = visible_path(folder);
    let help = "Connect its disk or put it back and it shows again, or take it off the library.";
    match error.kind() {
        ErrorKind::NotFound => Problem::new("folder-missing", format!("There is no folder {shown}")).help(help),
        ErrorKind::NotADirectory => Problem::new("folder-missing", format!("{shown} is no folder")).help(help),
        ErrorKind::PermissionDenied => {
            Problem::new("folder-permission", format!("You have no permission to read {shown}"))
                .help("Change its permissions, or take it off the library.")
        }
        _ => Problem::new("folder", format!("{shown} cannot be read")).help(help),
    }
}

fn too_many(folder: &Path) -> Problem {
    let message = format!("Not everything in {} is listed", visible_path(folder));
    let help = format!(
        "Up to {MOST_ENTRIES} templates in {MOST_FOLDERS} folders, {DEEPEST} deep, are. Choose a smaller folder."
    );
    Problem::new("folder-too-large", message).help(help)
}
