//! Several threads that make tokens side by side, to see what the whole machine can do.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread::{self, ScopedJoinHandle};
use std::time::Duration;

use crate::jose::error::Problem;
use crate::measure::throughput::{Throughput, Worker};
use crate::measure::variant::{Operation, Variant};

/// Between two looks at whether to go on.
const LOOK: Duration = Duration::from_millis(10);
/// A thread works so long without a look at whether to go on.
const STRETCH: Duration = Duration::from_millis(20);

/// As many threads as this machine runs at once; 1 when it does not say.
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// What `threads` threads do together in `length`: each builds its own signer, then all start at once.
///
/// # Errors
/// When the key cannot sign with the algorithm, or the system has no thread to spare.
pub fn measure(
    variant: &Variant,
    operation: Operation,
    threads: usize,
    length: Duration,
) -> Result<Throughput, Problem> {
    measure_while(variant, operation, threads, length, &mut || true)
}

/// Like [`measure`], as long as `go_on` says so, which is asked every 10 ms; what was done until then counts.
///
/// # Errors
/// As for [`measure`].
pub fn measure_while(
    variant: &Variant,
    operation: Operation,
    threads: usize,
    length: Duration,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Throughput, Problem> {
    let (ready, all_ready) = channel();
    let is_called_off = &AtomicBool::new(!go_on());
    thread::scope(|scope| {
        let spawn = |_| {
            let (go, signal) = channel::<()>();
            let ready = ready.clone();
            let work = move || {
                let worker = Worker::new(variant.clone(), operation);
                ready.send(()).ok();
                // Without a signal another thread could not start; then there is nothing to measure.
                signal.recv().map_err(|_gone| ended_early())?;
                run(&worker?, length, is_called_off)
            };
            Ok((go, thread::Builder::new().name("throughput".to_owned()).spawn_scoped(scope, work)?))
        };
        let spawned: io::Result<Vec<_>> = (0..threads).map(spawn).collect();
        let (signals, workers): (Vec<_>, Vec<_>) = spawned.map_err(|error| no_thread(&error))?.into_iter().unzip();
        for () in all_ready.iter().take(threads) {}
        for go in signals {
            // Who ended early has nobody to listen, and tells why at the end.
            go.send(()).ok();
        }
        while workers.iter().any(|worker| !worker.is_finished()) {
            thread::sleep(LOOK);
            if !go_on() {
                is_called_off.store(true, Ordering::Relaxed);
            }
        }
        workers.into_iter().map(end).try_fold(Throughput::default(), |sum, one| Ok(sum.beside(one?)))
    })
}

/// Works until `length` has passed or it is called off.
fn run(worker: &Worker, length: Duration, is_called_off: &AtomicBool) -> Result<Throughput, Problem> {
    let mut done = Throughput::default();
    while done.elapsed < length && !is_called_off.load(Ordering::Relaxed) {
        done = done.then(worker.run(STRETCH.min(length - done.elapsed))?);
    }
    Ok(done)
}

fn end(worker: ScopedJoinHandle<'_, Result<Throughput, Problem>>) -> Result<Throughput, Problem> {
    worker.join().unwrap_or_else(|_panicked| Err(ended_early()))
}

fn no_thread(error: &io::Error) -> Problem {
    Problem::new("thread", format!("The system gives no thread: {error}"))
        .help("Close other programs and measure again.")
}

fn ended_early() -> Problem {
    Problem::new("thread", "A thread ended before it was done").help("Measure again.")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::jose::jwa::Algorithm;
    use crate::jose::key::Key;
    use crate::jose::secret::Secret;

    #[test]
    fn every_thread_works_for_the_whole_time() {
        let key = Arc::new(Key::secret(Secret::from(vec![7; 32])));
        let variant = Variant::new(key, Algorithm::HS256, b"{}".to_vec(), b"{}".to_vec());
        let length = Duration::from_millis(20);
        for threads in [1, 3] {
            let done = measure(&variant, Operation::Sign, threads, length).unwrap();
            assert!(done.count >= 16 * threads as u64 && done.elapsed >= length, "{done:?}");
        }
        let begun = std::time::Instant::now();
        let mut looks = 0;
        let mut go_on = || {
            looks += 1;
            looks < 3
        };
        let done = measure_while(&variant, Operation::Sign, 2, Duration::from_secs(600), &mut go_on).unwrap();
        assert!(done.count > 0 && begun.elapsed() < Duration::from_secs(300), "{done:?}");
        let unfit = Variant { algorithm: Algorithm::RS256, ..variant };
        assert!(measure(&unfit, Operation::Sign, 2, length).is_err());
        assert!(cores() > 0);
    }
}
