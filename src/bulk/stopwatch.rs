//! How long a run takes, without the time it was paused.

use std::time::{Duration, Instant};

/// A watch that can be halted.
pub(super) struct Stopwatch {
    before: Duration,
    running_since: Option<Instant>,
}

impl Stopwatch {
    /// One that runs.
    pub(super) fn start() -> Self {
        Self { before: Duration::ZERO, running_since: Some(Instant::now()) }
    }

    /// Halts it, or lets it run on.
    pub(super) fn set_running(&mut self, runs: bool) {
        if runs == self.running_since.is_some() {
            return;
        }
        self.before = self.elapsed();
        self.running_since = runs.then(Instant::now);
    }

    /// What it shows.
    pub(super) fn elapsed(&self) -> Duration {
        self.before + self.running_since.map_or(Duration::ZERO, |since| since.elapsed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_do_not_count() {
        let mut watch = Stopwatch::start();
        std::thread::sleep(Duration::from_millis(5));
        watch.set_running(false);
        let shown = watch.elapsed();
        assert!(shown >= Duration::from_millis(5));
        std::thread::sleep(Duration::from_millis(5));
        assert_eq!(watch.elapsed(), shown);
        watch.set_running(true);
        assert!(watch.elapsed() >= shown);
    }
}
