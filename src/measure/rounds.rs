//! Samples of several contenders, taken in turn so that whatever disturbs the machine disturbs all of them alike.

use std::time::{Duration, Instant};

use super::clock;
use super::histogram::{Histogram, Summary};
use super::random::Random;
use super::series::{Point, Series};
use crate::jose::error::Problem;

/// How long caches, branch predictors and the source of randomness are warmed up before the first sample.
const WARM_UP: Duration = Duration::from_millis(1);

/// A call shorter than this is made once before its sample: another contender has just used the caches, and it would pay
/// for that.
const QUICK: Duration = Duration::from_micros(30);

/// The order of the rounds is the same in every run.
const SEED: u64 = 0x6a77_742d_6265_6e63;

/// The most bars drawn of one histogram.
const MOST_BINS: usize = 48;

/// What is timed: one call is one token.
pub type Call<'a> = Box<dyn FnMut() -> Result<(), Problem> + 'a>;

/// The samples of one contender.
#[derive(Clone, Debug)]
pub struct Samples {
    /// All of them as a distribution.
    pub histogram: Histogram,
    /// Those kept in the order of time.
    pub series: Series,
    /// How many calls one sample is the average of; 1 unless a single call is too quick for the clock.
    pub batch: u32,
    /// The finest step a sample can have, in nanoseconds: that of the clock over the batch.
    pub step_ns: u64,
}

impl Samples {
    /// What is shown of the distribution.
    pub fn summary(&self) -> Summary {
        self.histogram.summary(MOST_BINS, self.step_ns)
    }
}

/// One contender: a call and its samples.
struct Lane<'a> {
    call: Call<'a>,
    is_quick: bool,
    samples: Samples,
}

impl<'a> Lane<'a> {
    /// Warms up, and finds how many calls make a sample; at least one call is made.
    fn new(mut call: Call<'a>, clock_step: Duration) -> Result<Self, Problem> {
        let start = Instant::now();
        let mut quickest = Duration::MAX;
        while quickest == Duration::MAX || start.elapsed() < WARM_UP {
            quickest = quickest.min(clock::timed(&mut call)?);
        }
        let batch = clock::batch_size(clock_step, quickest);
        let step_ns = clock::nanoseconds(clock_step / batch);
        let samples = Samples { histogram: Histogram::new()?, series: Series::default(), batch, step_ns };
        Ok(Self { call, is_quick: quickest < QUICK, samples })
    }

    /// Takes a sample: the time of a batch over the calls in it. A call that fails is no sample.
    fn sample(&mut self, at: Duration) {
        let Self { call, is_quick, samples } = self;
        if *is_quick {
            call().ok();
        }
        if let Ok(elapsed) = clock::timed(|| (0..samples.batch).try_for_each(|_| call())) {
            let ns = elapsed.as_nanos() as f64 / f64::from(samples.batch);
            samples.histogram.record(ns.round() as u64);
            samples.series.push(Point { at, ns });
        }
    }
}

/// Contenders in groups that take turns.
///
/// In every round each group has one turn, in an order that changes from round to round; in its turn each contender of
/// the group gives one sample, in an order that moves on. So all have equally many samples, spread alike over time.
pub struct Rounds<'a> {
    groups: Vec<Vec<Lane<'a>>>,
    /// The groups that have contenders, in the order of their turns.
    order: Vec<usize>,
    clock_step: Duration,
    /// How many turns there were.
    turns: usize,
    random: Random,
    start: Option<Instant>,
}

impl Default for Rounds<'_> {
    /// No contenders yet.
    fn default() -> Self {
        Self {
            groups: Vec::new(),
            order: Vec::new(),
            clock_step: clock::step(),
            turns: 0,
            random: Random::new(SEED),
            start: None,
        }
    }
}

impl<'a> Rounds<'a> {
    /// Makes every call ready and warms it up.
    ///
    /// # Errors
    /// The first problem that a call has.
    pub fn new(groups: Vec<Vec<Call<'a>>>) -> Result<Self, Problem> {
        let mut rounds = Self::default();
        groups.into_iter().try_for_each(|calls| rounds.add(calls))?;
        Ok(rounds)
    }

    /// Makes the calls of one more group ready and warms them up. To be done before the first slice: a group that comes
    /// later lacks samples.
    ///
    /// # Errors
    /// The first problem that a call has.
    pub fn add(&mut self, calls: Vec<Call<'a>>) -> Result<(), Problem> {
        let lanes = calls.into_iter().map(|call| Lane::new(call, self.clock_step)).collect::<Result<Vec<_>, _>>()?;
        if !lanes.is_empty() {
            self.order.push(self.groups.len());
        }
        self.groups.push(lanes);
        Ok(())
    }

    /// Takes samples until `budget` has passed; always at least one turn. The next slice goes on in the same round.
    /// Without contenders it is over at once and counts as a round, so that nobody waits for the first.
    pub fn run_slice(&mut self, budget: Duration) {
        if self.order.is_empty() {
            self.turns += 1;
            return;
        }
        let slice = Instant::now();
        let start = *self.start.get_or_insert(slice);
        loop {
            let (round, turn) = (self.turns / self.order.len(), self.turns % self.order.len());
            if turn == 0 {
                self.random.shuffle(&mut self.order);
            }
            let group = self.order.get(turn).and_then(|index| self.groups.get_mut(*index));
            for lane in group.map(|group| in_turn(group, round)).into_iter().flatten() {
                lane.sample(start.elapsed());
            }
            self.turns += 1;
            if slice.elapsed() >= budget {
                break;
            }
        }
    }

    /// How many rounds are complete.
    pub fn rounds(&self) -> usize {
        self.turns / self.order.len().max(1)
    }

    /// The samples of a contender, by the numbers of its group and its place in it.
    pub fn samples(&self, group: usize, place: usize) -> Option<&Samples> {
        Some(&self.groups.get(group)?.get(place)?.samples)
    }
}

/// The lanes of a group, starting with another one in every round.
fn in_turn<'g, 'a>(group: &'g mut [Lane<'a>], round: usize) -> impl Iterator<Item = &'g mut Lane<'a>> {
    let first = round % group.len().max(1);
    let (before, from) = group.split_at_mut(first);
    from.iter_mut().chain(before)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use super::*;

    /// Who was called, by group and place.
    type Log = Rc<RefCell<Vec<(usize, usize)>>>;

    /// Calls that write down who was called, each long enough to be a sample alone.
    fn watched(groups: usize, lanes: usize) -> (Rounds<'static>, Log) {
        let calls: Log = Rc::new(RefCell::new(Vec::new()));
        let call = |group, lane| -> Call<'static> {
            let calls = Rc::clone(&calls);
            Box::new(move || {
                let start = Instant::now();
                while start.elapsed() < Duration::from_micros(50) {}
                calls.borrow_mut().push((group, lane));
                Ok(())
            })
        };
        let group = |group| (0..lanes).map(|lane| call(group, lane)).collect();
        let rounds = Rounds::new((0..groups).map(group).collect()).unwrap();
        calls.borrow_mut().clear();
        (rounds, calls)
    }

    #[test]
    fn every_round_has_every_contender_once_in_changing_order() {
        let (mut rounds, calls) = watched(4, 3);
        for _ in 0..4 * 8 {
            rounds.run_slice(Duration::ZERO);
        }
        assert_eq!(rounds.rounds(), 8);
        let calls = calls.borrow();
        assert_eq!(calls.len(), 8 * 12, "a slow call is sampled alone");
        let orders: Vec<Vec<usize>> =
            calls.chunks(12).map(|round| round.iter().step_by(3).map(|call| call.0).collect()).collect();
        for (round, order) in calls.chunks(12).zip(&orders) {
            let mut sorted = round.to_vec();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), 12);
            assert!(round.chunks(3).zip(order).all(|(turn, group)| turn.iter().all(|call| call.0 == *group)));
        }
        assert!(orders.windows(2).any(|pair| pair[0] != pair[1]), "{orders:?}");
        let firsts: Vec<usize> = calls.chunks(12).map(|round| round[0].1).collect();
        assert_eq!(firsts, [0, 1, 2, 0, 1, 2, 0, 1]);
        for (group, lane) in [(0, 0), (3, 2)] {
            let samples = rounds.samples(group, lane).unwrap();
            assert_eq!((samples.histogram.count(), samples.series.points().len(), samples.batch), (8, 8, 1));
        }
        assert!(rounds.samples(4, 0).is_none() && rounds.samples(0, 3).is_none());
    }

    #[test]
    fn a_sample_is_the_time_of_one_call_not_of_the_batch() {
        let work: Call<'_> = Box::new(|| {
            std::hint::black_box((0..100_u64).fold(1, |sum, number| std::hint::black_box(sum ^ number)));
            Ok(())
        });
        let mut rounds = Rounds::new(vec![vec![work]]).unwrap();
        let start = Instant::now();
        rounds.run_slice(Duration::from_millis(5));
        let elapsed = start.elapsed().as_nanos() as f64;
        let samples = rounds.samples(0, 0).unwrap();
        assert!(samples.batch > 1, "{samples:?}");
        let sum: f64 = samples.series.points().iter().map(|point| point.ns).sum();
        assert!(sum * f64::from(samples.batch) <= elapsed);
    }

    #[test]
    fn a_slice_keeps_to_its_budget() {
        let (mut rounds, _) = watched(2, 2);
        let start = Instant::now();
        rounds.run_slice(Duration::from_millis(20));
        assert!(start.elapsed() >= Duration::from_millis(20));
        assert!(rounds.rounds() > 0);
        let mut nothing = Rounds::new(Vec::new()).unwrap();
        nothing.run_slice(Duration::from_secs(60));
        assert_eq!(nothing.rounds(), 1);
    }

    #[test]
    fn a_call_that_fails_is_refused_at_the_start() {
        let failing: Call<'_> = Box::new(|| Err(Problem::new("x", "No")));
        assert!(Rounds::new(vec![vec![failing]]).is_err());
    }
}
