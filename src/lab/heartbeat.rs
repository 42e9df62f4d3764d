//! Tells how long the event loop stood still.
//!
//! A thread of its own beats every millisecond; a task on the loop answers each beat, and how long the answer took is how
//! long the loop was busy with something else. A timer of the loop itself would be off by its own granularity of a
//! millisecond, and would beat only once in a long stall.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, watch};

use super::news::News;

/// Time between two beats.
const BEAT: Duration = Duration::from_millis(1);

/// Whom the server tells what it does, while somebody listens.
pub(super) type Subscriber = Option<Sender<News>>;

/// Beats while somebody listens; ends with the server, which has the other end of `subscriber`.
///
/// # Errors
/// When the thread cannot be started.
pub(super) fn start_beating(subscribers: watch::Receiver<Subscriber>) -> io::Result<mpsc::UnboundedReceiver<Instant>> {
    let (beats, answers) = mpsc::unbounded_channel();
    let beat = move || {
        while !beats.is_closed() {
            if subscribers.borrow().is_none() {
                // Nobody listens: all that remains is to see whether the server is still there.
                thread::sleep(20 * BEAT);
                continue;
            }
            thread::sleep(BEAT);
            if beats.send(Instant::now()).is_err() {
                return;
            }
        }
    };
    thread::Builder::new().name("lab-heartbeat".to_owned()).spawn(beat)?;
    Ok(answers)
}

/// The task on the loop: reports how late each beat was answered.
pub(super) async fn answer(mut beats: mpsc::UnboundedReceiver<Instant>, subscribers: watch::Receiver<Subscriber>) {
    while let Some(beat) = beats.recv().await {
        let late = beat.elapsed();
        if let Some(subscriber) = subscribers.borrow().as_ref() {
            subscriber.send(News::Stall(late)).ok();
        }
    }
}
