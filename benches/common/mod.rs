//! What the benches share: contenders timed in turn within one run, and claims of a wanted size.

mod claims;

use std::time::{Duration, Instant};

pub(crate) use claims::claims;

/// A call shorter than this is repeated within one sample.
const SHORTEST_SAMPLE: Duration = Duration::from_micros(20);

/// A name and the call to time.
pub(crate) struct Contender<'a> {
    pub(crate) name: &'static str,
    pub(crate) call: Box<dyn FnMut() + 'a>,
}

impl<'a> Contender<'a> {
    pub(crate) fn new(name: &'static str, call: impl FnMut() + 'a) -> Self {
        Self { name, call: Box::new(call) }
    }
}

/// The median time of one call of each contender, in seconds.
///
/// Rounds of one sample each, so that whatever disturbs the machine meets all; the order turns with every round.
/// Without `--bench` (a test run of all targets) there is a single round, only to see that it works.
pub(crate) fn medians(mut contenders: Vec<Contender<'_>>, lasting: Duration) -> Vec<(&'static str, f64)> {
    let lasting = if std::env::args().any(|argument| argument == "--bench") { lasting } else { Duration::ZERO };
    let mut runs: Vec<(u32, Vec<f64>)> =
        contenders.iter_mut().map(|contender| (calls_per_sample(&mut contender.call), Vec::new())).collect();
    let start = Instant::now();
    for round in 0.. {
        for turn in 0..contenders.len() {
            let index = (turn + round) % contenders.len();
            let (calls, samples) = &mut runs[index];
            samples.push(sample(&mut contenders[index].call, *calls));
        }
        if start.elapsed() >= lasting {
            break;
        }
    }
    contenders.iter().zip(runs).map(|(contender, (_, samples))| (contender.name, median(samples))).collect()
}

/// Warms up, and finds how many calls make a sample.
fn calls_per_sample(call: &mut dyn FnMut()) -> u32 {
    let quickest = (0..5).map(|_| sample(call, 1)).fold(f64::MAX, f64::min);
    (SHORTEST_SAMPLE.as_secs_f64() / quickest.max(1e-9)).ceil() as u32
}

fn sample(call: &mut dyn FnMut(), calls: u32) -> f64 {
    let start = Instant::now();
    (0..calls).for_each(|_| call());
    start.elapsed().as_secs_f64() / f64::from(calls)
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}

/// Whether a figure keeps a promise, in one word; a promise is about an optimised build.
pub(crate) fn verdict(figure: f64, bound: f64) -> &'static str {
    match figure <= bound {
        _ if cfg!(debug_assertions) => "(debug)",
        true => "holds",
        false => "MISSED",
    }
}
