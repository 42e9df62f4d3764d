//! The clock that measures, and how long a sample must be for it.

use std::time::{Duration, Instant};

use crate::jose::error::Problem;

/// A batch lasts at least that many steps of the clock, so that reading it changes a sample by a hundredth at most.
const CLOCK_STEPS: u32 = 100;

/// A batch lasts at least this long, however fine the clock.
const SHORTEST_BATCH: Duration = Duration::from_micros(5);

/// The shortest time the clock tells apart, reading it included.
pub(super) fn step() -> Duration {
    let step = |()| {
        let start = Instant::now();
        loop {
            let elapsed = start.elapsed();
            if !elapsed.is_zero() {
                return elapsed;
            }
        }
    };
    std::iter::repeat_n((), 100).map(step).min().unwrap_or(Duration::from_micros(1))
}

/// How many calls of the length `one` make a batch long enough for a clock with that step.
pub(super) fn batch_size(step: Duration, one: Duration) -> u32 {
    let shortest = (step * CLOCK_STEPS).max(SHORTEST_BATCH);
    u32::try_from(shortest.as_nanos().div_ceil(one.as_nanos().max(1))).unwrap_or(u32::MAX)
}

/// How long `call` takes, when it succeeds.
pub(super) fn timed(call: impl FnOnce() -> Result<(), Problem>) -> Result<Duration, Problem> {
    let start = Instant::now();
    call()?;
    Ok(start.elapsed())
}

pub(super) fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_outlasts_the_clock_and_a_slow_call_stands_alone() {
        #[track_caller]
        fn check(clock_ns: u64, one_ns: u64, expected: u32) {
            assert_eq!(batch_size(Duration::from_nanos(clock_ns), Duration::from_nanos(one_ns)), expected);
        }
        check(25, 1_200, 5);
        check(25, 5_000, 1);
        check(100, 1_200, 9);
        check(25, 2_000_000, 1);
        check(25, 0, 5_000);
    }
}
