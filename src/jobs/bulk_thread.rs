//! The threads that mint many for the window: one makes previews and always takes the newest, one makes the run.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use super::minting::{self, Target};
use super::{Outbox, job_failed, spawn};
use crate::bulk::control::Control;
use crate::bulk::plan::Order;
use crate::bulk::preview::Preview;
use crate::bulk::progress::{Ended, Outcome, Progress};
use crate::jose::error::Problem;
use crate::workbench::bulk::{BulkEffect, BulkEvent, Destination};
use crate::workbench::effect::Event;

/// How long the end of the program waits for a run to finish its file.
const GRACE: Duration = Duration::from_secs(10);

/// A preview that is wanted, and the number of the request.
type Wanted = (Box<Order>, u64);

/// Runs previews, and one run at a time.
pub(super) struct BulkThread {
    outbox: Outbox,
    previews: Sender<Wanted>,
    run: Option<Run>,
}

/// The run that was begun last.
struct Run {
    control: Control,
    /// Nothing is ever sent: it ends with the run.
    ended: Receiver<()>,
}

impl BulkThread {
    /// Starts the thread for previews; it sleeps until one is wanted.
    pub(super) fn new(outbox: Outbox) -> Self {
        let (previews, inbox) = channel();
        let reply = outbox.clone();
        // Without the thread, the send below fails, and the event of the request says so.
        thread::Builder::new().name("bulk-preview".to_owned()).spawn(move || serve(&inbox, &reply)).ok();
        Self { outbox, previews, run: None }
    }

    /// Does what is wanted; a preview and a run end in an event in any case.
    pub(super) fn run(&mut self, effect: BulkEffect) {
        match effect {
            BulkEffect::Preview(order, ticket) => {
                if self.previews.send((order, ticket)).is_err() {
                    self.outbox.send(previewed(ticket, Err(job_failed("bulk-preview"))));
                }
            }
            BulkEffect::Mint { ticket, order, destination, rejects } => {
                let target = match destination {
                    Destination::File(path, over) => Target::File(path, over),
                    Destination::Append(path) => Target::Append(path),
                    Destination::Folder(path) => Target::Folder(path),
                };
                let control = Control::default();
                let (running, ended) = channel();
                let outbox = self.outbox.clone();
                let work = {
                    let control = control.clone();
                    move || {
                        let mut news = |progress| outbox.send(Event::Bulk(BulkEvent::Minting(ticket, progress)));
                        let outcome = minting::run(&order, &target, rejects.as_deref(), &control, &mut news);
                        drop(running);
                        Some(minted(ticket, outcome))
                    }
                };
                self.run = Some(Run { control, ended });
                spawn("mint-many", self.outbox.clone(), move |problem| minted(ticket, failed(problem)), work);
            }
            BulkEffect::Pause => self.rein(Control::pause),
            BulkEffect::GoOn => self.rein(Control::resume),
            BulkEffect::Cancel => self.rein(Control::cancel),
        }
    }

    fn rein(&self, pull: impl FnOnce(&Control)) {
        if let Some(run) = &self.run {
            pull(&run.control);
        }
    }
}

impl Drop for BulkThread {
    /// Ends the run and waits until its file is whole.
    fn drop(&mut self) {
        if let Some(run) = &self.run {
            run.control.cancel();
            run.ended.recv_timeout(GRACE).ok();
        }
    }
}

fn serve(inbox: &Receiver<Wanted>, outbox: &Outbox) {
    while let Ok((mut order, mut ticket)) = inbox.recv() {
        while let Ok(newer) = inbox.try_recv() {
            (order, ticket) = newer;
        }
        let preview = catch_unwind(AssertUnwindSafe(|| minting::preview(&order)));
        let preview = preview.unwrap_or_else(|_| Err(job_failed("bulk-preview")));
        outbox.send(previewed(ticket, preview.map(Box::new)));
    }
}

fn previewed(ticket: u64, preview: Result<Box<Preview>, Problem>) -> Event {
    Event::Bulk(BulkEvent::Previewed(ticket, preview))
}

fn minted(ticket: u64, outcome: Outcome) -> Event {
    Event::Bulk(BulkEvent::Minted(ticket, Box::new(outcome)))
}

/// The end of a run whose thread broke down.
fn failed(problem: Problem) -> Outcome {
    let problem = problem.help("What is in the file by now may not be complete: mint into it again.");
    Outcome { progress: Progress::default(), ended: Ended::Failed(problem), resume: None, faults: Vec::new() }
}
