//! The thread that reads the folders of the library, and reads again what changed in them.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;
use std::time::Instant;

use super::contents::Contents;
use super::folder_watch::FolderWatch;
use super::scan::{self, Scan};
use crate::jobs::Outbox;
use crate::jobs::watch::{Next, SETTLE, next};
use crate::jose::error::Problem;
use crate::workbench::effect::Event;
use crate::workbench::library::LibraryEvent;
use crate::workbench::library::entry::{Entry, Listing};

/// So many files are read before anything is told of them; of more, their names are told first.
const AT_ONCE: usize = 50;

/// What the thread is told.
pub(super) enum Message {
    /// Read these folders, and watch them from now on.
    Follow(Vec<PathBuf>),
    /// Watch nothing.
    Rest,
    /// Something changed; with `true`, folders may have come or gone.
    Touched(bool),
    /// Look now.
    Rescan,
    /// Come to an end.
    Stop,
}

/// The thread's handle; dropping it ends the thread.
pub(super) struct Follower {
    inbox: Sender<Message>,
    thread: Option<JoinHandle<()>>,
}

impl Follower {
    /// Starts the thread.
    ///
    /// # Errors
    /// `thread` when the system gives none.
    pub(super) fn start(outbox: Outbox) -> Result<Self, Problem> {
        let (inbox, messages) = mpsc::channel();
        let watch = FolderWatch::new(inbox.clone());
        let mut following = Following { outbox, watch, folders: Vec::new(), contents: Contents::default(), told: None };
        let thread = std::thread::Builder::new()
            .name("library".into())
            .spawn(move || following.run(&messages))
            .map_err(|error| {
                Problem::new("thread", format!("The library cannot be read: {error}"))
                    .help("Close other programs and start again.")
            })?;
        Ok(Self { inbox, thread: Some(thread) })
    }

    /// Where to send messages.
    pub(super) fn inbox(&self) -> Sender<Message> {
        self.inbox.clone()
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.inbox.send(Message::Stop).ok();
        // It may be waiting for a slow disk: nobody waits for that at the end of the program.
        drop(self.thread.take());
    }
}

/// The thread's side.
struct Following {
    outbox: Outbox,
    watch: FolderWatch,
    folders: Vec<PathBuf>,
    contents: Contents,
    /// What was told last; `None` when the same is to be told again.
    told: Option<Listing>,
}

impl Following {
    fn run(&mut self, messages: &Receiver<Message>) {
        let mut look_at = None;
        loop {
            match next(messages, look_at) {
                Next::Due => {
                    look_at = None;
                    self.look();
                }
                Next::Message(Message::Follow(folders)) => {
                    self.told = None;
                    self.watch.begin(&folders);
                    self.folders = folders;
                    look_at = Some(Instant::now());
                }
                Next::Message(Message::Rest) => {
                    self.watch.rest();
                    look_at = None;
                }
                Next::Message(Message::Touched(folders)) => {
                    if folders {
                        self.watch.renew();
                    }
                    look_at = look_at.or_else(|| Some(Instant::now() + SETTLE));
                }
                Next::Message(Message::Rescan) if self.watch.is_resting() => {}
                Next::Message(Message::Rescan) => look_at = Some(Instant::now()),
                Next::Message(Message::Stop) | Next::Gone => return,
            }
        }
    }

    /// Finds the files, tells their names if that is much sooner than what is in them, and reads what was not read yet.
    fn look(&mut self) {
        let Scan { shelves, mut entries, folders } = {
            let watch = &mut self.watch;
            scan::scan(&self.folders, &mut |folder| watch.add(folder))
        };
        self.watch.keep(&folders.into_iter().collect::<BTreeSet<_>>());
        if let Some(problem) = self.watch.complaint() {
            self.outbox.send(Event::Library(LibraryEvent::Failed(problem)));
        }
        let unread = self.contents.fill(&mut entries);
        if unread > AT_ONCE {
            Entry::sort(&mut entries);
            self.tell(Listing { shelves: shelves.clone(), entries: entries.clone(), offered: super::offered() });
        }
        self.contents.read(&mut entries);
        Entry::sort(&mut entries);
        self.tell(Listing { shelves, entries, offered: super::offered() });
    }

    fn tell(&mut self, listing: Listing) {
        if self.told.as_ref() != Some(&listing) {
            self.told = Some(listing.clone());
            self.outbox.send(Event::Library(LibraryEvent::Listed(Box::new(listing))));
        }
    }
}
