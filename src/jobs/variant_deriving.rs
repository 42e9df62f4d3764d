//! Derives the facts of variants: short ones at once, long ones on a thread, one after the other.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::{Outbox, fill_random, job_failed};
use crate::jose::error::Problem;
use crate::workbench::compare::derive::{VariantInputs, derive};
use crate::workbench::compare::variant::VariantFacts;
use crate::workbench::effect::Event;

/// See the module.
pub struct VariantDeriver(Sender<Box<VariantInputs>>);

impl VariantDeriver {
    /// Starts the thread for long texts.
    pub fn start(outbox: Outbox) -> Self {
        let (sender, inbox) = channel();
        // Without the thread, the send below fails and everything is derived at once: slower, but right.
        std::thread::Builder::new().name("variants".to_owned()).spawn(move || serve(&inbox, &outbox)).ok();
        Self(sender)
    }

    /// The facts, when they take no time; `None` when they come as an event.
    pub fn derive(&self, inputs: Box<VariantInputs>) -> Option<Event> {
        let inputs = if inputs.is_quick() { inputs } else { self.0.send(inputs).err()?.0 };
        Some(answer(&inputs))
    }
}

fn serve(inbox: &Receiver<Box<VariantInputs>>, outbox: &Outbox) {
    let mut waiting = VecDeque::new();
    loop {
        if waiting.is_empty() {
            match inbox.recv() {
                Ok(inputs) => waiting.push_back(inputs),
                Err(_) => return,
            }
        }
        inbox.try_iter().for_each(|inputs| put(&mut waiting, inputs));
        if let Some(inputs) = waiting.pop_front() {
            outbox.send(answer(&inputs));
        }
    }
}

/// Puts a request at the end, or in the place of an older one of the same variant.
fn put(waiting: &mut VecDeque<Box<VariantInputs>>, inputs: Box<VariantInputs>) {
    match waiting.iter_mut().find(|older| older.id == inputs.id) {
        Some(older) => *older = inputs,
        None => waiting.push_back(inputs),
    }
}

fn answer(inputs: &VariantInputs) -> Event {
    let derived = catch_unwind(AssertUnwindSafe(|| facts(inputs))).unwrap_or_else(|_| Err(job_failed("variant")));
    Event::VariantDerived(inputs.id, inputs.revision, derived.map(Arc::new))
}

fn facts(inputs: &VariantInputs) -> Result<VariantFacts, Problem> {
    let mut failure = None;
    let facts = derive(inputs, &mut |buffer| {
        if let Err(problem) = fill_random(buffer) {
            failure = Some(problem);
        }
    });
    failure.map_or(facts, Err)
}
