//! The thread that measures: the minting of the draft, and what the Compare and Timing pages ask for. It is one thread,
//! so that no measurement disturbs another, and it works in slices short enough to give way at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::login_server::LoginClient;
use super::stand_in_keys::StandInKeys;
use super::{Outbox, benching, job_failed};
use crate::jose::error::Problem;
use crate::measure::sampler::Sampler;
use crate::measure::variant::Operation;
use crate::workbench::bench::BenchInputs;
use crate::workbench::effect::Event;
use crate::workbench::timing::{Progress, SampleInputs};

/// One turn of measuring; an order that comes in between waits no longer than this.
const SLICE: Duration = Duration::from_millis(8);
/// Time between two reports of a running measurement.
const REPORT: Duration = Duration::from_millis(100);

/// What the thread is told.
pub enum Order {
    /// Measure the draft. Replaces the measurement of the draft that runs; waits for one of the other kind.
    Sample(Sample),
    /// Stop measuring the draft.
    Stop,
    /// Measure for the Compare and Timing pages. Replaces what runs; the draft is measured again afterwards.
    Bench(Box<BenchInputs>),
    /// Stop that.
    StopBench,
}

/// A measurement of the draft.
pub struct Sample {
    /// What to mint.
    pub inputs: SampleInputs,
    /// Quiet time first.
    pub delay: Duration,
    /// How long to measure.
    pub length: Duration,
}

/// The sampling thread.
pub struct SamplerThread {
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

impl SamplerThread {
    /// Starts the thread; it sleeps until it is told something. `login` has the server that logins are measured on.
    pub(super) fn start(outbox: Outbox, login: Option<LoginClient>) -> Self {
        let (orders, inbox) = channel();
        let desk = Desk { inbox, outbox, login, sample: None, bench: None, is_called_off: false };
        let thread = thread::Builder::new().name("sample".to_owned()).spawn(move || desk.serve()).ok();
        Self { orders: Some(orders), thread }
    }

    /// Tells the thread what to do from now on. The event says why it will not, when there is no thread.
    pub fn send(&self, order: Order) -> Option<Event> {
        let problem = job_failed("sample");
        match self.orders.as_ref()?.send(order).err()?.0 {
            Order::Sample(Sample { inputs, .. }) => Some(Event::SampleFailed { revision: inputs.revision, problem }),
            Order::Bench(inputs) => Some(Event::BenchFailed { ticket: inputs.ticket, problem }),
            Order::Stop | Order::StopBench => None,
        }
    }
}

impl Drop for SamplerThread {
    /// Ends what runs and waits for it, so that nobody signs any more while the program ends.
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

/// What the thread was told and has not done yet.
struct Desk {
    inbox: Receiver<Order>,
    outbox: Outbox,
    login: Option<LoginClient>,
    sample: Option<Sample>,
    bench: Option<Box<BenchInputs>>,
    /// Whether the bench that runs is to end.
    is_called_off: bool,
}

impl Desk {
    fn serve(mut self) {
        let mut keys = StandInKeys::default();
        loop {
            if let Some(inputs) = self.bench.take() {
                self.run_bench(&inputs, &mut keys);
            } else if let Some(sample) = self.sample.take() {
                self.run_sample(sample);
            } else {
                match self.inbox.recv() {
                    Ok(order) => self.put(order),
                    Err(_) => return,
                }
            }
        }
    }

    /// Takes an order in.
    fn put(&mut self, order: Order) {
        match order {
            Order::Sample(sample) => self.sample = Some(sample),
            Order::Stop => self.sample = None,
            Order::Bench(inputs) => self.replace_bench(Some(inputs)),
            Order::StopBench => self.replace_bench(None),
        }
    }

    /// Whoever waits for a bench hears of its end, even when it never began.
    fn replace_bench(&mut self, inputs: Option<Box<BenchInputs>>) {
        self.is_called_off = true;
        if let Some(dropped) = std::mem::replace(&mut self.bench, inputs) {
            self.outbox.send(Event::Benched { ticket: dropped.ticket, figures: None, progress: None });
        }
    }

    /// Takes in what has come; whether the bench that runs may go on.
    fn may_go_on(&mut self) -> bool {
        loop {
            match self.inbox.try_recv() {
                Ok(order) => self.put(order),
                Err(TryRecvError::Empty) => return !self.is_called_off,
                Err(TryRecvError::Disconnected) => return false,
            }
        }
    }

    fn run_bench(&mut self, inputs: &BenchInputs, keys: &mut StandInKeys) {
        self.is_called_off = false;
        let outbox = self.outbox.clone();
        let login = self.login.clone();
        let run = || benching::run(inputs, keys, login.as_ref(), &outbox, &mut || self.may_go_on());
        if catch_unwind(AssertUnwindSafe(run)).is_err() {
            outbox.send(Event::BenchFailed { ticket: inputs.ticket, problem: job_failed("bench") });
        }
    }

    fn run_sample(&mut self, sample: Sample) {
        let revision = sample.inputs.revision;
        let outbox = self.outbox.clone();
        let run = || self.measure(sample);
        let problem = match catch_unwind(AssertUnwindSafe(run)) {
            Ok(Ok(())) => return,
            Ok(Err(problem)) => problem,
            Err(_) => job_failed("sample"),
        };
        outbox.send(Event::SampleFailed { revision, problem });
    }

    /// Measures the draft once, or until it is told otherwise. A bench comes first; the draft is measured after it.
    fn measure(&mut self, sample: Sample) -> Result<(), Problem> {
        let quiet_until = Instant::now() + sample.delay;
        loop {
            match self.inbox.recv_timeout(quiet_until.saturating_duration_since(Instant::now())) {
                Ok(Order::StopBench) => {}
                Ok(order) => return self.interrupt(sample, order),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
        let mut sampler = Sampler::new(vec![sample.inputs.variant.clone()], &Operation::TOKEN)?;
        let started = Instant::now();
        let mut reported = started;
        loop {
            sampler.run_slice(SLICE);
            let elapsed = started.elapsed();
            let progress = (elapsed < sample.length).then_some(Progress { elapsed, total: sample.length });
            if progress.is_none() || reported.elapsed() >= REPORT {
                reported = Instant::now();
                self.report(&sample, &sampler, progress);
            }
            if progress.is_none() {
                return Ok(());
            }
            match self.inbox.try_recv() {
                Ok(Order::StopBench) | Err(TryRecvError::Empty) => {}
                Ok(Order::Stop) => {
                    self.report(&sample, &sampler, None);
                    return Ok(());
                }
                Ok(order) => return self.interrupt(sample, order),
                Err(TryRecvError::Disconnected) => return Ok(()),
            }
        }
    }

    fn interrupt(&mut self, sample: Sample, order: Order) -> Result<(), Problem> {
        if matches!(order, Order::Bench(_)) {
            self.sample = Some(sample);
        }
        self.put(order);
        Ok(())
    }

    fn report(&self, sample: &Sample, sampler: &Sampler, progress: Option<Progress>) {
        if let Some(timing) = sampler.timing(0) {
            let revision = sample.inputs.revision;
            self.outbox.send(Event::Sampled { revision, timing: Box::new(timing), progress });
        }
    }
}
