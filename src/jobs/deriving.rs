//! Derives the facts of a draft: short ones at once, long ones on a thread that always takes the newest.

use std::sync::mpsc::{Receiver, Sender, channel};

use super::{Outbox, fill_random};
use crate::workbench::command::Part;
use crate::workbench::effect::Event;
use crate::workbench::facts::{Blocked, Facts, Inputs, Place, SignerCache, derive};

/// Derives facts, and keeps the signer of the last key for the next time.
pub struct Deriver {
    signers: SignerCache,
    thread: Sender<Box<Inputs>>,
}

impl Deriver {
    /// Starts the thread for long texts and slow keys.
    pub fn start(outbox: Outbox) -> Self {
        let (thread, inbox) = channel();
        // Without the thread, the send below fails and everything is derived at once: slower, but right.
        std::thread::Builder::new().name("derive".to_owned()).spawn(move || serve(&inbox, &outbox)).ok();
        Self { signers: SignerCache::default(), thread }
    }

    /// The facts, when they take no time; `None` when they come as an event.
    pub fn derive(&mut self, inputs: Box<Inputs>) -> Option<Event> {
        let inputs = if inputs.is_quick() { inputs } else { self.thread.send(inputs).err()?.0 };
        Some(Event::Derived(Box::new(facts(&inputs, &mut self.signers))))
    }
}

fn serve(inbox: &Receiver<Box<Inputs>>, outbox: &Outbox) {
    let mut signers = SignerCache::default();
    while let Ok(mut inputs) = inbox.recv() {
        while let Ok(newer) = inbox.try_recv() {
            inputs = newer;
        }
        outbox.send(Event::Derived(Box::new(facts(&inputs, &mut signers))));
    }
}

fn facts(inputs: &Inputs, signers: &mut SignerCache) -> Facts {
    let mut failure = None;
    let mut facts = derive(inputs, signers, &mut |buffer| {
        if let Err(problem) = fill_random(buffer) {
            failure = Some(problem);
        }
    });
    if let Some(problem) = failure {
        facts.outcome = Err(Blocked { place: Place::Text(Part::Claims), problem, remedies: Vec::new() });
    }
    facts
}
