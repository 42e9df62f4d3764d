//! Reads the token under inspection: short texts at once, long ones on a thread that always takes the newest.

use std::sync::mpsc::{Receiver, Sender, channel};

use super::Outbox;
use crate::workbench::effect::Event;
use crate::workbench::reading::{Reading, ReadingInputs};

/// Reads texts.
pub struct Reader {
    thread: Sender<Box<ReadingInputs>>,
}

impl Reader {
    /// Starts the thread for long texts.
    pub fn start(outbox: Outbox) -> Self {
        let (thread, inbox) = channel();
        // Without the thread, the send below fails and everything is read at once: slower, but right.
        std::thread::Builder::new().name("read".to_owned()).spawn(move || serve(&inbox, &outbox)).ok();
        Self { thread }
    }

    /// What was read, when that takes no time; `None` when it comes as an event.
    pub fn read(&self, inputs: Box<ReadingInputs>) -> Option<Event> {
        let inputs = if inputs.is_quick() { inputs } else { self.thread.send(inputs).err()?.0 };
        Some(read(*inputs))
    }
}

fn serve(inbox: &Receiver<Box<ReadingInputs>>, outbox: &Outbox) {
    while let Ok(mut inputs) = inbox.recv() {
        while let Ok(newer) = inbox.try_recv() {
            inputs = newer;
        }
        outbox.send(read(*inputs));
    }
}

fn read(inputs: ReadingInputs) -> Event {
    Event::Read(inputs.revision, Reading::of(inputs).map(Box::new))
}
