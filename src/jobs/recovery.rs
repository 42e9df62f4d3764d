//! Keeps the draft of this window about a second after typing stops, on a thread that sleeps while nothing is typed.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::Outbox;
use super::draft_store::{DraftFile, DraftStore};
use crate::jose::error::Problem;
use crate::workbench::effect::Event;
use crate::workbench::kept_draft::KeptDraft;
use crate::workbench::recovery::{DraftId, RecoveryEffect, RecoveryEvent};

/// A draft is kept when nothing was typed for so long,
const QUIET: Duration = Duration::from_secs(1);
/// and after this long in any case.
const LONGEST: Duration = Duration::from_secs(5);

/// The thread. It ends when this is dropped, and keeps first what waits to be kept: only [`RecoveryEffect::Drop`] removes
/// a draft, so that a program that ends for any other reason leaves it behind.
pub(super) struct RecoveryJobs {
    effects: Option<Sender<RecoveryEffect>>,
    /// It ends with the reason why what waited could not be kept.
    thread: Option<JoinHandle<Option<Problem>>>,
}

impl RecoveryJobs {
    /// Starts the thread, which tells what others left behind; nothing when there is no folder. A system without a thread
    /// to spare is told.
    pub(super) fn start(store: DraftStore, outbox: Outbox) -> Self {
        if store.is_nowhere() {
            return Self { effects: None, thread: None };
        }
        let (effects, inbox) = channel();
        let keeper = Keeper { store, outbox: outbox.clone(), own: None, left: Vec::new(), waiting: None, told: false };
        match thread::Builder::new().name("drafts".to_owned()).spawn(move || keeper.serve(&inbox)) {
            Ok(thread) => Self { effects: Some(effects), thread: Some(thread) },
            Err(_) => {
                outbox.send(Event::Failed(
                    Problem::new(
                        "draft-job",
                        "Drafts cannot be kept for after a crash: the system gives no thread for it",
                    )
                    .help("Save your work often, or close other programs and start again."),
                ));
                Self { effects: None, thread: None }
            }
        }
    }

    pub(super) fn run(&self, effect: RecoveryEffect) {
        if let Some(effects) = &self.effects {
            effects.send(effect).ok();
        }
    }
}

impl RecoveryJobs {
    /// Ends the thread, which keeps first what waits to be kept; why that could not be kept.
    pub(super) fn end(&mut self) -> Option<Problem> {
        self.effects = None;
        self.thread.take()?.join().ok().flatten()
    }
}

impl Drop for RecoveryJobs {
    fn drop(&mut self) {
        self.end();
    }
}

/// The thread's side.
struct Keeper {
    store: DraftStore,
    outbox: Outbox,
    /// The file of this window, once there was something to keep.
    own: Option<DraftFile>,
    /// Those of earlier windows that are offered.
    left: Vec<DraftFile>,
    waiting: Option<Waiting>,
    /// Whether the user knows that nothing can be kept.
    told: bool,
}

/// What is to be kept, and when it was typed.
struct Waiting {
    draft: Box<KeptDraft>,
    first: Instant,
    last: Instant,
}

impl Waiting {
    fn due(&self) -> Instant {
        (self.last + QUIET).min(self.first + LONGEST)
    }
}

impl Keeper {
    fn serve(mut self, inbox: &Receiver<RecoveryEffect>) -> Option<Problem> {
        self.find();
        while let Some(effect) = self.next(inbox) {
            match effect {
                RecoveryEffect::Keep(draft) => {
                    let last = Instant::now();
                    let first = self.waiting.as_ref().map_or(last, |waiting| waiting.first);
                    self.waiting = Some(Waiting { draft, first, last });
                }
                RecoveryEffect::Drop => self.drop_own(),
                RecoveryEffect::Adopt(id) => {
                    self.drop_own();
                    self.own = self.take_left(id).or(self.own.take());
                }
                RecoveryEffect::Discard(id) => self.discard(id),
            }
        }
        let Waiting { draft, .. } = self.waiting.take()?;
        self.write(&draft).err()
    }

    fn find(&mut self) {
        let (files, drafts): (Vec<_>, Vec<_>) = self.store.left_behind().into_iter().unzip();
        self.left = files;
        if !drafts.is_empty() {
            self.outbox.send(Event::Recovery(RecoveryEvent::Found(drafts)));
        }
    }

    /// The next effect; what is due before it comes is kept.
    fn next(&mut self, inbox: &Receiver<RecoveryEffect>) -> Option<RecoveryEffect> {
        while let Some(waiting) = &self.waiting {
            match inbox.recv_timeout(waiting.due().saturating_duration_since(Instant::now())) {
                Ok(effect) => return Some(effect),
                Err(RecvTimeoutError::Timeout) => self.keep(),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        inbox.recv().ok()
    }

    fn keep(&mut self) {
        let Some(Waiting { draft, .. }) = self.waiting.take() else { return };
        match self.write(&draft) {
            Ok(()) => self.told = false,
            Err(problem) if !std::mem::replace(&mut self.told, true) => self.tell(problem),
            Err(_) => {}
        }
    }

    fn write(&mut self, draft: &KeptDraft) -> Result<(), Problem> {
        let own = match &self.own {
            Some(own) => own,
            None => self.own.insert(self.store.begin()?),
        };
        own.write(draft)
    }

    fn drop_own(&mut self) {
        self.waiting = None;
        if let Some(Err(problem)) = self.own.as_ref().map(DraftFile::remove) {
            self.tell(problem);
        }
    }

    fn discard(&mut self, id: DraftId) {
        if let Some(Err(problem)) = self.take_left(id).as_ref().map(DraftFile::remove) {
            self.tell(problem);
        }
    }

    fn take_left(&mut self, id: DraftId) -> Option<DraftFile> {
        let place = self.left.iter().position(|file| file.id() == id)?;
        Some(self.left.remove(place))
    }

    fn tell(&self, problem: Problem) {
        self.outbox.send(Event::Failed(problem));
    }
}
