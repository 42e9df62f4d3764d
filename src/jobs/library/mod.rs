//! The folders of the library: listing, watching and changing them.

mod changes;
mod contents;
mod folder_watch;
mod follower;
mod scan;

use std::path::PathBuf;

use directories::{ProjectDirs, UserDirs};

use self::follower::{Follower, Message};
use super::{Outbox, spawn, started};
use crate::jose::error::Problem;
use crate::workbench::effect::Event;
use crate::workbench::library::{LibraryEffect, LibraryEvent};

/// The folders that are followed by a thread, and what is done to the files in them by others, one each.
pub(super) struct LibraryJobs {
    outbox: Outbox,
    follower: Option<Follower>,
}

impl LibraryJobs {
    pub(super) fn new(outbox: Outbox) -> Self {
        Self { outbox, follower: None }
    }

    pub(super) fn run(&mut self, effect: LibraryEffect) {
        match effect {
            LibraryEffect::Follow(folders) => self.send(Message::Follow(folders)),
            LibraryEffect::Rest => self.send(Message::Rest),
            LibraryEffect::AddFolder { folder, make } => {
                self.change("library-folder", move || changes::add_folder(&folder, make));
            }
            LibraryEffect::Create { folder, stem, text } => {
                self.change("library-create", move || changes::create(&folder, &stem, text.as_bytes()));
            }
            LibraryEffect::Duplicate(path) => self.change("library-duplicate", move || changes::duplicate(&path)),
            LibraryEffect::Rename { path, stem, name } => {
                self.change("library-rename", move || changes::rename(path, &stem, name));
            }
            LibraryEffect::Delete(path) => self.change("library-delete", move || changes::delete(path)),
            LibraryEffect::Restore { ticket, path, bytes } => {
                self.change("library-restore", move || changes::restore(ticket, path, &bytes));
            }
            LibraryEffect::Reveal(path) => {
                spawn("file-manager", self.outbox.clone(), failed, move || changes::reveal(&path).err().map(failed))
            }
        }
    }

    /// Does it on a thread of its own, tells what came of it, and has the folders read again.
    fn change(&mut self, name: &'static str, work: impl FnOnce() -> Result<LibraryEvent, Problem> + Send + 'static) {
        let (outbox, follower) = (self.outbox.clone(), self.follower().map(Follower::inbox));
        spawn(name, self.outbox.clone(), failed, move || {
            // Whoever hears of the new listing knows already what led to it.
            outbox.send(work().map_or_else(failed, Event::Library));
            if let Some(follower) = follower {
                follower.send(Message::Rescan).ok();
            }
            None
        });
    }

    fn send(&mut self, message: Message) {
        if let Some(follower) = self.follower() {
            follower.inbox().send(message).ok();
        }
    }

    /// The thread, which is started when it is first needed.
    fn follower(&mut self) -> Option<&Follower> {
        if self.follower.is_none() {
            self.follower = started(&self.outbox, Follower::start(self.outbox.clone()));
        }
        self.follower.as_ref()
    }
}

fn failed(problem: Problem) -> Event {
    Event::Library(LibraryEvent::Failed(problem))
}

/// The folder to offer to who has none: among the user's documents, else among the program's data.
fn offered() -> Option<PathBuf> {
    let documents = UserDirs::new().and_then(|user| user.document_dir().map(|folder| folder.join("JWT templates")));
    documents.or_else(|| Some(ProjectDirs::from("", "", "jwt-workbench")?.data_dir().join("templates")))
}
