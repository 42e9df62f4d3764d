//! What is known of a template in a folder without opening it.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::file_name;
use super::summary::Summary;
use crate::jose::error::Problem;
use crate::workbench::file_stamp::FileStamp;

/// What is in the folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The folders, in the order of the settings.
    pub shelves: Vec<Shelf>,
    /// The templates, by folder, sub-folder and name.
    pub entries: Vec<Entry>,
    /// The folder to offer to who has none.
    pub offered: Option<PathBuf>,
}

/// A folder of templates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// Where it is.
    pub folder: PathBuf,
    /// Why it cannot be shown, or not all of it.
    pub problem: Option<Problem>,
}

/// A template in a folder, as much of it as is shown without opening it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its file.
    pub path: PathBuf,
    /// The place of its folder among the shelves.
    pub shelf: usize,
    /// The way from that folder to the file's own, empty for the folder itself.
    pub group: Arc<str>,
    /// What the file looked like when it was found; `None` when it cannot be asked, as for a link that leads nowhere.
    pub stamp: Option<FileStamp>,
    /// What is in it; `None` until it was read.
    pub content: Option<Arc<Content>>,
    /// The file's name in lower case, for the search.
    pub(super) key: Arc<str>,
}

/// What is in a file that is called a template.
pub type Content = Result<Summary, Problem>;

impl Entry {
    /// A file that was found and not read yet.
    pub fn new(path: PathBuf, shelf: usize, group: Arc<str>, stamp: Option<FileStamp>) -> Self {
        let key = file_name::stem(&path).to_lowercase().into();
        Self { path, shelf, group, stamp, content: None, key }
    }

    /// Whether this is its file, letter by letter: thousands are asked in a frame, which is too much for paths as such.
    pub fn is_at(&self, path: &Path) -> bool {
        self.path.as_os_str() == path.as_os_str()
    }

    /// What is in it, once it was read and when it is a template.
    pub fn summary(&self) -> Option<&Summary> {
        self.content.as_deref()?.as_ref().ok()
    }

    /// Why it is no template.
    pub fn problem(&self) -> Option<&Problem> {
        self.content.as_deref()?.as_ref().err()
    }

    /// The file's name without its ending.
    pub fn stem(&self) -> Cow<'_, str> {
        file_name::stem(&self.path)
    }

    /// What to call it: the name in the template, else that of the file.
    pub fn title(&self) -> Cow<'_, str> {
        match self.summary() {
            Some(summary) if !summary.name.is_empty() => Cow::Borrowed(&summary.name),
            _ => self.stem(),
        }
    }

    /// What the user changes to rename it: the title where file and template are called the same, else the file's name.
    pub fn changeable_name(&self) -> Cow<'_, str> {
        match self.summary() {
            Some(summary) if file_name::belongs(&self.stem(), &summary.name) => Cow::Borrowed(&summary.name),
            _ => self.stem(),
        }
    }

    /// Puts templates into the order to show them in.
    pub fn sort(entries: &mut [Self]) {
        entries.sort_by_cached_key(|entry| (entry.shelf, Arc::clone(&entry.group), entry.title().to_lowercase()));
    }
}

impl Listing {
    /// Whether it is a listing of these folders.
    pub fn is_of(&self, folders: &[PathBuf]) -> bool {
        self.shelves.iter().map(|shelf| &shelf.folder).eq(folders)
    }
}

impl Shelf {
    /// What to call it.
    pub fn title(&self) -> Cow<'_, str> {
        self.folder.file_name().unwrap_or(self.folder.as_os_str()).to_string_lossy()
    }

    /// Whether this file is in it or below.
    pub fn holds(&self, path: &Path) -> bool {
        path.starts_with(&self.folder)
    }
}
