//! The library: templates in folders of the user's choice, and the examples that come with the program.

mod commands;
pub mod entry;
pub mod examples;
pub mod file_name;
pub mod search;
pub mod summary;

use std::path::{Path, PathBuf};

use self::entry::{Entry, Listing, Shelf};
use super::effect::Origin;
use super::file_stamp::FileStamp;
use crate::jose::error::Problem;
use crate::jose::secret::Secret;

/// Deleted templates that can be put back, at most.
const MOST_DELETED: usize = 20;

/// The state of the library.
#[derive(Debug, Default)]
pub struct Library {
    open: bool,
    listing: Listing,
    revision: u64,
    fresh: Option<(u64, PathBuf)>,
    /// Where the file that was renamed last was, and where it is.
    moved: Option<(PathBuf, PathBuf)>,
    deleted: Vec<Deleted>,
    next_ticket: u64,
}

/// A template in the trash that can be put back where it was.
#[derive(Debug)]
struct Deleted {
    ticket: u64,
    path: PathBuf,
    bytes: Secret,
}

/// What the user wants of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LibraryCommand {
    /// Show the panel on the Craft page, or hide it.
    Toggle,
    /// Show the panel for as long as the program runs; the settings do not learn of it.
    Show,
    /// Read all folders again.
    Refresh,
    /// Ask for a folder.
    ChooseFolder,
    /// Make this folder if there is none, and follow it.
    UseFolder(PathBuf),
    /// Follow this folder no more; its files stay.
    ForgetFolder(PathBuf),
    /// Show this folder at this place among the others, counted from 0.
    MoveFolder(PathBuf, usize),
    /// Write the default template into this folder under a name that is free.
    New(PathBuf),
    /// Save the draft into this folder under a name that is free; that file is the draft's from now on.
    SaveDraft(PathBuf),
    /// Write a copy beside this template.
    Duplicate(PathBuf),
    /// Call this template something else; see [`file_name::renamed`].
    Rename(PathBuf, String),
    /// Move this template to the trash.
    Delete(PathBuf),
    /// Put back what was deleted under this ticket.
    Restore(u64),
    /// Show this file or folder in the file manager.
    Reveal(PathBuf),
}

/// What it wants done elsewhere. Everything that changes a folder is followed by [`LibraryEvent::Listed`].
#[derive(Debug)]
pub enum LibraryEffect {
    /// Read these folders, and tell of every change in them from now on.
    Follow(Vec<PathBuf>),
    /// Watch nothing more; what was read is kept for the next time.
    Rest,
    /// Follow this folder, too; `make` it when there is none.
    AddFolder {
        /// The folder.
        folder: PathBuf,
        /// Whether to make it.
        make: bool,
    },
    /// Write a new file `STEM.jwt.json`, or `STEM-2.jwt.json` and so on where the name is taken.
    Create {
        /// Where to.
        folder: PathBuf,
        /// The name without its ending.
        stem: String,
        /// The whole file.
        text: String,
    },
    /// Write a copy of this file beside it.
    Duplicate(PathBuf),
    /// Move this file within its folder, never over another one.
    Rename {
        /// The file.
        path: PathBuf,
        /// Its new name without the ending.
        stem: String,
        /// The new name inside the template; the old one when `None`.
        name: Option<String>,
    },
    /// Move this file to the trash.
    Delete(PathBuf),
    /// Write a deleted file again, unless there is something in its place.
    Restore {
        /// Which of those deleted.
        ticket: u64,
        /// Where it was.
        path: PathBuf,
        /// What was in it.
        bytes: Secret,
    },
    /// Show this file or folder in the file manager.
    Reveal(PathBuf),
}

/// What came of it.
#[derive(Debug)]
pub enum LibraryEvent {
    /// What is in the folders now.
    Listed(Box<Listing>),
    /// This folder is there and can be followed.
    FolderAdded(PathBuf),
    /// This file was written.
    Created(PathBuf),
    /// A file has another name now.
    Renamed {
        /// Where it was.
        from: PathBuf,
        /// Where it is.
        to: Origin,
        /// The new name inside the template, if it has one.
        name: Option<String>,
    },
    /// A file is in the trash; what was in it can be written again where it could be read.
    Deleted(PathBuf, Option<Secret>),
    /// A deleted file is back.
    Restored {
        /// Which of those deleted.
        ticket: u64,
        /// Where it is.
        path: PathBuf,
        /// What it looks like.
        stamp: FileStamp,
    },
    /// Something could not be done.
    Failed(Problem),
}

impl Library {
    /// A library whose panel is open or closed.
    pub(super) fn new(open: bool) -> Self {
        Self { open, ..Self::default() }
    }

    /// Whether the panel is open.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Every template, in the order to show them in.
    pub fn entries(&self) -> &[Entry] {
        &self.listing.entries
    }

    /// The folders, as they were found.
    pub fn shelves(&self) -> &[Shelf] {
        &self.listing.shelves
    }

    /// The folder to offer to who has none.
    pub fn offered(&self) -> Option<&Path> {
        self.listing.offered.as_deref()
    }

    /// Counts every change of what is listed.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The template that was made last, which wants a name, and a number that no other one has.
    pub fn fresh(&self) -> Option<(u64, &Path)> {
        self.fresh.as_ref().map(|(number, path)| (*number, path.as_path()))
    }

    /// Where the file that was here is now, if it is the one that was renamed last.
    pub fn moved(&self, from: &Path) -> Option<&Path> {
        self.moved.as_ref().filter(|(path, _)| path == from).map(|(_, to)| to.as_path())
    }

    /// The template that was deleted last and can be put back: its ticket, and where it was.
    pub fn last_deleted(&self) -> Option<(u64, &Path)> {
        self.deleted.last().map(|deleted| (deleted.ticket, deleted.path.as_path()))
    }

    /// The template in this file.
    pub fn entry(&self, path: &Path) -> Option<&Entry> {
        self.listing.entries.iter().find(|entry| entry.is_at(path))
    }

    fn greet(&mut self, path: PathBuf) {
        self.next_ticket += 1;
        self.fresh = Some((self.next_ticket, path));
    }

    fn bury(&mut self, path: PathBuf, bytes: Secret) -> u64 {
        self.next_ticket += 1;
        self.deleted.push(Deleted { ticket: self.next_ticket, path, bytes });
        if self.deleted.len() > MOST_DELETED {
            self.deleted.remove(0);
        }
        self.next_ticket
    }
}
