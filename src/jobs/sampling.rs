//! The thread that times the minting of the draft, in slices short enough to give way at once.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::time::{Duration, Instant};

use super::Outbox;
use crate::measure::sampler::Sampler;
use crate::measure::variant::Operation;
use crate::workbench::effect::Event;
use crate::workbench::timing::{Progress, SampleInputs};

/// One turn of measuring; an order that comes in between waits no longer than this.
const SLICE: Duration = Duration::from_millis(8);
/// Time between two reports of a running measurement.
const REPORT: Duration = Duration::from_millis(100);

/// What the thread is told.
pub enum Order {
    /// Wait for `delay`, then measure for `length`. Replaces what runs.
    Sample {
        /// What to mint.
        inputs: SampleInputs,
        /// Quiet time first.
        delay: Duration,
        /// How long to measure.
        length: Duration,
    },
    /// Stop what runs.
    Stop,
}

/// The sampling thread.
pub struct SamplerThread(Sender<Order>);

impl SamplerThread {
    /// Starts the thread; it sleeps until it is told something.
    pub fn start(outbox: Outbox) -> Self {
        let (orders, inbox) = channel();
        std::thread::Builder::new().name("sample".to_owned()).spawn(move || serve(&inbox, &outbox)).ok();
        Self(orders)
    }

    /// Tells the thread what to do from now on.
    pub fn send(&self, order: Order) {
        self.0.send(order).ok();
    }
}

fn serve(inbox: &Receiver<Order>, outbox: &Outbox) {
    let mut next = None;
    while let Some(order) = next.take().or_else(|| inbox.recv().ok()) {
        if let Order::Sample { inputs, delay, length } = order {
            next = sample(&inputs, delay, length, inbox, outbox);
        }
    }
}

/// Measures once; returns the order that interrupted it.
fn sample(
    inputs: &SampleInputs,
    delay: Duration,
    length: Duration,
    inbox: &Receiver<Order>,
    outbox: &Outbox,
) -> Option<Order> {
    match inbox.recv_timeout(delay) {
        Ok(order) => return Some(order),
        Err(RecvTimeoutError::Timeout) => {}
        Err(RecvTimeoutError::Disconnected) => return None,
    }
    let revision = inputs.revision;
    let mut sampler = match Sampler::new(vec![inputs.variant.clone()], &Operation::TOKEN) {
        Ok(sampler) => sampler,
        Err(problem) => {
            outbox.send(Event::SampleFailed { revision, problem });
            return None;
        }
    };
    let report = |sampler: &Sampler, progress| {
        if let Some(timing) = sampler.timing(0) {
            outbox.send(Event::Sampled { revision, timing: Box::new(timing), progress });
        }
    };
    let started = Instant::now();
    let mut reported = started;
    loop {
        sampler.run_slice(SLICE);
        let elapsed = started.elapsed();
        let progress = (elapsed < length).then_some(Progress { elapsed, total: length });
        if progress.is_none() || reported.elapsed() >= REPORT {
            reported = Instant::now();
            report(&sampler, progress);
        }
        progress?;
        match inbox.try_recv() {
            Ok(Order::Stop) => {
                report(&sampler, None);
                return None;
            }
            Ok(order) => return Some(order),
            Err(TryRecvError::Empty) => {}
            Err(TryRecvError::Disconnected) => return None,
        }
    }
}
