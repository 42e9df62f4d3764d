//! How many tokens a thread makes in a given time.

use std::time::{Duration, Instant};

use super::variant::{Operation, Subject, Variant};
use crate::jose::error::Problem;

/// So many calls are made between two looks at the clock.
const CALLS: u64 = 16;

/// How often something was done, and how long that took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Throughput {
    /// How often.
    pub count: u64,
    /// How long, together.
    pub elapsed: Duration,
}

impl Throughput {
    /// How often in a second; 0 when no time has passed.
    pub fn per_second(self) -> f64 {
        let seconds = self.elapsed.as_secs_f64();
        if seconds > 0.0 { self.count as f64 / seconds } else { 0.0 }
    }

    /// What a thread did in two stretches, one after the other.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        Self { count: self.count + next.count, elapsed: self.elapsed + next.elapsed }
    }

    /// What threads that ran side by side did together: the counts are added, the slowest tells the time.
    #[must_use]
    pub fn beside(self, other: Self) -> Self {
        Self { count: self.count + other.count, elapsed: self.elapsed.max(other.elapsed) }
    }
}

/// One thread's work.
pub struct Worker {
    subject: Subject,
    operation: Operation,
}

impl Worker {
    /// Builds what the thread needs; signers stay on the thread that built them.
    ///
    /// # Errors
    /// When the key cannot sign with the algorithm.
    pub fn new(variant: Variant, operation: Operation) -> Result<Self, Problem> {
        let worker = Self { subject: Subject::new(variant)?, operation };
        worker.run(Duration::from_millis(1))?;
        Ok(worker)
    }

    /// Works without a pause until `length` has passed.
    ///
    /// # Errors
    /// As for [`Subject::run`].
    pub fn run(&self, length: Duration) -> Result<Throughput, Problem> {
        let start = Instant::now();
        let mut count = 0;
        loop {
            (0..CALLS).try_for_each(|_| self.subject.run(self.operation))?;
            count += CALLS;
            let elapsed = start.elapsed();
            if elapsed >= length {
                return Ok(Throughput { count, elapsed });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_side_by_side_add_up() {
        let one = Throughput { count: 100, elapsed: Duration::from_millis(500) };
        let other = Throughput { count: 50, elapsed: Duration::from_millis(600) };
        assert_eq!(one.per_second(), 200.0);
        assert_eq!(one.beside(other).per_second(), 250.0);
        assert_eq!(Throughput::default().beside(one), one);
        assert_eq!(Throughput::default().per_second(), 0.0);
    }
}
