//! What is measured for the Compare and Timing pages, on the sampling thread: in slices, with a report now and then.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::login_server::LoginClient;
use super::stand_in_keys::StandInKeys;
use super::{Outbox, login_bench, machine, throughput};
use crate::jose::error::Problem;
use crate::jose::key::Key;
use crate::measure::growth::Growth;
use crate::measure::report::{self, Label, Rates, Report, Settings};
use crate::measure::sampler::Sampler;
use crate::measure::throughput::Throughput;
use crate::measure::trace::Trace;
use crate::measure::variant::{Operation, Variant};
use crate::workbench::bench::{Bench, BenchInputs, Contender, Figures};
use crate::workbench::effect::Event;
use crate::workbench::timing::Progress;

/// One turn of measuring; whoever calls it off waits no longer than this.
const SLICE: Duration = Duration::from_millis(8);
/// Time between two reports, unless making one takes long.
const REPORT: Duration = Duration::from_millis(250);
/// The next report comes no sooner than so many times the time that the last one took to make.
const REPORT_SHARE: u32 = 10;
/// Time between two words on how far it is.
const TELL: Duration = Duration::from_millis(100);
/// The least time for one rate: shorter ones say nothing.
const SHORTEST_RATE: Duration = Duration::from_millis(50);
/// The rates of a contender: tokens and raw signatures, of one thread and of all cores.
const RATES: u32 = 4;

/// Says whether to go on; what runs ends soon after it said no.
pub(super) type GoOn<'a> = &'a mut dyn FnMut() -> bool;

/// Measures, and ends with an event in any case.
pub(super) fn run(
    inputs: &BenchInputs,
    keys: &mut StandInKeys,
    login: Option<&LoginClient>,
    outbox: &Outbox,
    go_on: GoOn<'_>,
) {
    let ticket = inputs.ticket;
    let outcome = match &inputs.login {
        Some(plan) => login_bench::measure(inputs, plan, login, outbox, go_on),
        None => measure(inputs, keys, outbox, go_on),
    };
    outbox.send(match outcome {
        Ok(figures) => Event::Benched { ticket, figures: figures.map(Arc::new), progress: None },
        Err(problem) => Event::BenchFailed { ticket, problem },
    });
}

/// What was measured; `None` when it was called off before anything was.
fn measure(
    inputs: &BenchInputs,
    keys: &mut StandInKeys,
    outbox: &Outbox,
    go_on: GoOn<'_>,
) -> Result<Option<Figures>, Problem> {
    if !is_quiet_for(inputs.delay, go_on) {
        return Ok(None);
    }
    let Some(entries) = entries(inputs, keys, go_on)? else { return Ok(None) };
    match inputs.bench {
        Bench::Variants | Bench::Ladder => {
            let Some(mut turns) = Turns::prepare(inputs, entries, go_on)? else { return Ok(None) };
            Ok(in_slices(&mut turns, Reporter::new(inputs.ticket, inputs.length, outbox), go_on))
        }
        Bench::Growth => {
            let Some(mut curves) = Curves::prepare(inputs, entries, go_on)? else { return Ok(None) };
            Ok(in_slices(&mut curves, Reporter::new(inputs.ticket, inputs.length, outbox), go_on))
        }
        Bench::Throughput => rates(inputs, entries, outbox, go_on),
        // Measured where there is a plan, see `run`.
        Bench::Login => Ok(None),
    }
}

/// Waits; whether nobody called it off meanwhile.
fn is_quiet_for(delay: Duration, go_on: GoOn<'_>) -> bool {
    let until = Instant::now() + delay;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if !go_on() {
            return false;
        }
        if left.is_zero() {
            return true;
        }
        std::thread::sleep(left.min(SLICE));
    }
}

/// A contender with the key it is measured with.
struct Entry<'a> {
    contender: &'a Contender,
    label: Label,
    variant: Variant,
}

impl Entry<'_> {
    /// The key, if it can sign and the contender is timed.
    fn signing_key(&self) -> Option<&Arc<Key>> {
        let Variant { key, algorithm, .. } = &self.variant;
        key.as_ref().filter(|key| key.is_private() && key.fits(*algorithm).is_ok())
    }
}

/// The contenders with their keys; `None` when it was called off.
fn entries<'a>(
    inputs: &'a BenchInputs,
    keys: &mut StandInKeys,
    go_on: GoOn<'_>,
) -> Result<Option<Vec<Entry<'a>>>, Problem> {
    let mut entries = Vec::with_capacity(inputs.contenders.len());
    for contender in &inputs.contenders {
        let key = match &contender.key {
            Some(key) => Some(Arc::clone(key)),
            None if contender.untimed.is_some() => None,
            None => match keys.get(contender.rung, go_on)? {
                Some(key) => Some(key),
                None => return Ok(None),
            },
        };
        let described = key.as_ref().map_or_else(|| "no key".to_owned(), |key| key.describe());
        let label = Label { name: contender.name.clone(), key: described };
        let key = key.filter(|_| contender.untimed.is_none());
        entries.push(Entry { contender, label, variant: variant(contender, key) });
    }
    Ok(Some(entries))
}

fn variant(contender: &Contender, key: Option<Arc<Key>>) -> Variant {
    let Contender { rung, header, payload, signature, .. } = contender;
    let (header, payload, signature) = (header.clone(), payload.clone(), signature.clone());
    Variant { key, algorithm: rung.algorithm, header, payload, signature }
}

/// Something that is measured in slices.
trait Measuring {
    fn slice(&mut self);

    /// Whether there is anything to measure.
    fn has_work(&self) -> bool;

    /// Whether everybody had a turn.
    fn has_figures(&self) -> bool;

    fn figures(&self) -> Figures;
}

/// Measures until the time is over and everybody had a turn, or until it is called off.
fn in_slices(measuring: &mut dyn Measuring, mut reporter: Reporter<'_>, go_on: GoOn<'_>) -> Option<Figures> {
    loop {
        measuring.slice();
        let is_done = !measuring.has_work() || reporter.is_over() && measuring.has_figures();
        if is_done || !go_on() {
            return measuring.has_figures().then(|| measuring.figures());
        }
        reporter.report(|| measuring.has_figures().then(|| measuring.figures()));
    }
}

/// All operations of all contenders in turn.
struct Turns<'a> {
    inputs: &'a BenchInputs,
    sampler: Sampler,
    labels: Vec<Label>,
    contenders: Vec<&'a Contender>,
}

impl<'a> Turns<'a> {
    fn prepare(inputs: &'a BenchInputs, entries: Vec<Entry<'a>>, go_on: GoOn<'_>) -> Result<Option<Self>, Problem> {
        let mut sampler = Sampler::of(&Operation::ALL);
        let (mut labels, mut contenders) = (Vec::new(), Vec::new());
        for Entry { contender, label, variant } in entries {
            if !go_on() {
                return Ok(None);
            }
            match &contender.untimed {
                Some(why) => sampler.add_untimed(variant, why.clone())?,
                None => sampler.add_lenient(variant)?,
            }
            labels.push(label);
            contenders.push(contender);
        }
        Ok(Some(Self { inputs, sampler, labels, contenders }))
    }

    fn report(&self) -> Report {
        Report::new(&self.labels, &self.sampler, self.inputs.baseline, machine::machine(), settings(self.inputs))
    }
}

impl Measuring for Turns<'_> {
    fn slice(&mut self) {
        self.sampler.run_slice(SLICE);
    }

    fn has_work(&self) -> bool {
        self.sampler.has_work()
    }

    fn has_figures(&self) -> bool {
        self.sampler.rounds() > 0 || !self.has_work()
    }

    fn figures(&self) -> Figures {
        let traces = (0..self.labels.len()).map(|index| self.sampler.traces(index)).collect();
        figures(self.inputs, self.report(), &self.contenders, traces)
    }
}

/// Time against size, of all contenders in turn.
struct Curves<'a> {
    inputs: &'a BenchInputs,
    growing: Vec<(&'a Contender, Label, Growth)>,
    /// Whose turn it is.
    next: usize,
}

impl<'a> Curves<'a> {
    fn prepare(inputs: &'a BenchInputs, entries: Vec<Entry<'a>>, go_on: GoOn<'_>) -> Result<Option<Self>, Problem> {
        let mut growing = Vec::new();
        for entry in entries {
            let Some(key) = entry.signing_key() else { continue };
            let mut growth = Growth::of(key, entry.variant.algorithm);
            while growth.prepare_next()? {
                if !go_on() {
                    return Ok(None);
                }
            }
            growing.push((entry.contender, entry.label, growth));
        }
        Ok(Some(Self { inputs, growing, next: 0 }))
    }
}

impl Measuring for Curves<'_> {
    fn slice(&mut self) {
        let turn = self.next % self.growing.len().max(1);
        if let Some((_, _, growth)) = self.growing.get_mut(turn) {
            growth.run_slice(SLICE);
        }
        self.next = turn + 1;
    }

    fn has_work(&self) -> bool {
        !self.growing.is_empty()
    }

    fn has_figures(&self) -> bool {
        self.growing.iter().all(|(_, _, growth)| growth.rounds() > 0)
    }

    fn figures(&self) -> Figures {
        let mut report = no_rows(self.inputs);
        let curve = |(contender, label, growth): &(&Contender, Label, Growth)| {
            report::Growth::new(contender.rung.algorithm.name(), &label.key, growth.curve())
        };
        report.growth = self.growing.iter().map(curve).collect();
        let contenders: Vec<&Contender> = self.growing.iter().map(|(contender, ..)| *contender).collect();
        figures(self.inputs, report, &contenders, Vec::new())
    }
}

/// Tokens and signatures in a second, one contender after the other: side by side they would share the machine.
fn rates(
    inputs: &BenchInputs,
    entries: Vec<Entry<'_>>,
    outbox: &Outbox,
    go_on: GoOn<'_>,
) -> Result<Option<Figures>, Problem> {
    let signs =
        |(index, entry): (usize, &Entry<'_>)| Some((index, entry.signing_key().map(|_| entry.variant.clone())?));
    let able: Vec<(usize, Variant)> = entries.iter().enumerate().filter_map(signs).collect();
    let Some(mut turns) = Turns::prepare(inputs, entries, go_on)? else { return Ok(None) };
    while !turns.has_figures() {
        turns.slice();
        if !go_on() {
            return Ok(None);
        }
    }
    let mut report = turns.report();
    let count = u32::try_from(able.len()).unwrap_or(u32::MAX).max(1) * RATES;
    let length = (inputs.length / count).max(SHORTEST_RATE);
    let mut reporter = Reporter::new(inputs.ticket, length * count, outbox);
    for (index, variant) in &able {
        let mut is_wanted = true;
        let mut rate = |operation, threads| {
            let mut go_on = || {
                is_wanted = is_wanted && go_on();
                reporter.report(|| None);
                is_wanted
            };
            throughput::measure_while(variant, operation, threads, length, &mut go_on)
        };
        let mut both = |operation| Ok::<_, Problem>([rate(operation, 1)?, rate(operation, throughput::cores())?]);
        let [tokens, raw]: [[Throughput; 2]; 2] = [both(Operation::Sign)?, both(Operation::Signature)?];
        if !is_wanted {
            break;
        }
        report.throughput.extend(report.variants.get(*index).map(|row| Rates::new(row, tokens, raw)));
        reporter.report(|| Some(figures(inputs, report.clone(), &turns.contenders, Vec::new())));
    }
    let has_rates = able.is_empty() || !report.throughput.is_empty();
    Ok(has_rates.then(|| figures(inputs, report, &turns.contenders, Vec::new())))
}

fn settings(inputs: &BenchInputs) -> Settings {
    Settings::new(inputs.length.as_secs_f64(), inputs.budget)
}

/// A report that has none of the contenders.
pub(super) fn no_rows(inputs: &BenchInputs) -> Report {
    Report::new(&[], &Sampler::of(&[]), 0, machine::machine(), settings(inputs))
}

fn figures(inputs: &BenchInputs, report: Report, contenders: &[&Contender], traces: Vec<Vec<Trace>>) -> Figures {
    Figures {
        report,
        ids: contenders.iter().map(|contender| contender.id).collect(),
        rungs: contenders.iter().map(|contender| contender.rung).collect(),
        traces,
        login: None,
        revision: inputs.revision,
    }
}

/// Tells now and then how far it is and what was measured.
struct Reporter<'a> {
    ticket: u64,
    total: Duration,
    outbox: &'a Outbox,
    started: Instant,
    told: Instant,
    /// When the next report is due.
    due: Instant,
}

impl<'a> Reporter<'a> {
    fn new(ticket: u64, total: Duration, outbox: &'a Outbox) -> Self {
        let now = Instant::now();
        Self { ticket, total, outbox, started: now, told: now, due: now + REPORT }
    }

    fn is_over(&self) -> bool {
        self.started.elapsed() >= self.total
    }

    /// Reports when it is time to; `figures` are made only then.
    fn report(&mut self, figures: impl FnOnce() -> Option<Figures>) {
        let now = Instant::now();
        let figures = if now >= self.due { figures().map(Arc::new) } else { None };
        if figures.is_some() {
            let done = Instant::now();
            self.due = done + REPORT.max((done - now) * REPORT_SHARE);
        } else if now - self.told < TELL {
            return;
        }
        self.told = now;
        let progress = Progress { elapsed: self.started.elapsed().min(self.total), total: self.total };
        self.outbox.send(Event::Benched { ticket: self.ticket, figures, progress: Some(progress) });
    }
}
