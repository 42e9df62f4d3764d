//! Several threads that make tokens side by side, to see what the whole machine can do.

use std::io;
use std::sync::mpsc::channel;
use std::thread::{self, ScopedJoinHandle};
use std::time::Duration;

use crate::jose::error::Problem;
use crate::measure::throughput::{Throughput, Worker};
use crate::measure::variant::{Operation, Variant};

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
    let (ready, all_ready) = channel();
    thread::scope(|scope| {
        let spawn = |_| {
            let (go, signal) = channel::<()>();
            let ready = ready.clone();
            let work = move || {
                let worker = Worker::new(variant.clone(), operation);
                ready.send(()).ok();
                // Without a signal another thread could not start; then there is nothing to measure.
                signal.recv().map_err(|_gone| ended_early())?;
                worker?.run(length)
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
        workers.into_iter().map(end).try_fold(Throughput::default(), |sum, one| Ok(sum.beside(one?)))
    })
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
        let variant = Variant { key, algorithm: Algorithm::HS256, header: b"{}".to_vec(), payload: b"{}".to_vec() };
        let length = Duration::from_millis(20);
        for threads in [1, 3] {
            let done = measure(&variant, Operation::Sign, threads, length).unwrap();
            assert!(done.count >= 16 * threads as u64 && done.elapsed >= length, "{done:?}");
        }
        let unfit = Variant { algorithm: Algorithm::RS256, ..variant };
        assert!(measure(&unfit, Operation::Sign, 2, length).is_err());
        assert!(cores() > 0);
    }
}
