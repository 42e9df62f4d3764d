//! Those who mint: the calling thread alone, or some threads beside it.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, Scope, ScopedJoinHandle};
use std::time::Duration;

use super::feeder::Fed;
use super::task::{Done, Task, Way, Worker};
use crate::jose::error::Problem;

/// How many tasks wait for a thread at most, the one it is at included.
const QUEUE: usize = 3;

/// What the run hears from other threads.
#[derive(Debug)]
pub(super) enum News {
    /// A task is done, by the thread with this number.
    Done(usize, Box<Done>),
    /// Rows were read.
    Fed(Fed),
    /// A thread cannot mint.
    Failed(Problem),
}

/// Those who do tasks.
pub(super) struct Crew<'s, 'r> {
    hands: Hands<'s, 'r>,
    inbox: Receiver<News>,
    /// Held, so that waiting for news is waiting even while nobody is there to send any.
    outbox: Sender<News>,
    in_flight: usize,
}

enum Hands<'s, 'r> {
    Own { worker: Box<Worker<'r>>, task: Option<Task> },
    Threads(Vec<Hand<'s>>),
}

struct Hand<'s> {
    tasks: Sender<Task>,
    given: usize,
    thread: ScopedJoinHandle<'s, ()>,
}

impl<'s, 'r: 's> Crew<'s, 'r> {
    /// As many as are asked for: for one alone no thread is started.
    ///
    /// # Errors
    /// When the key cannot be used, or the system has no thread to spare.
    pub(super) fn new<'e>(threads: usize, way: &'r Way<'r>, scope: &'s Scope<'s, 'e>) -> Result<Self, Problem> {
        let (outbox, inbox) = channel();
        let hands = if threads > 1 {
            let start = |number| Hand::start(number, way, outbox.clone(), scope);
            let hands: io::Result<Vec<_>> = (0..threads).map(start).collect();
            Hands::Threads(hands.map_err(|error| no_thread(&error))?)
        } else {
            Hands::Own { worker: Box::new(Worker::new(way)?), task: None }
        };
        Ok(Self { hands, inbox, outbox, in_flight: 0 })
    }

    /// Where to send news to.
    pub(super) fn outbox(&self) -> Sender<News> {
        self.outbox.clone()
    }

    /// How many tasks are not done yet.
    pub(super) const fn in_flight(&self) -> usize {
        self.in_flight
    }

    /// Whether there is somebody to give a task to.
    pub(super) fn has_room(&self) -> bool {
        match &self.hands {
            Hands::Own { task, .. } => task.is_none(),
            Hands::Threads(hands) => hands.iter().any(|hand| hand.given < QUEUE),
        }
    }

    /// Gives a task to whoever has the least to do.
    pub(super) fn give(&mut self, task: Task) {
        match &mut self.hands {
            Hands::Own { task: own, .. } => *own = Some(task),
            Hands::Threads(hands) => {
                let Some(hand) = hands.iter_mut().min_by_key(|hand| hand.given) else { return };
                hand.given += 1;
                // A thread that is gone is noticed while waiting for it.
                hand.tasks.send(task).ok();
            }
        }
        self.in_flight += 1;
    }

    /// The next news; `None` when there are none for so long.
    pub(super) fn news(&mut self, patience: Duration) -> Option<News> {
        if let Hands::Own { worker, task } = &mut self.hands
            && let Some(task) = task.take()
        {
            self.in_flight -= 1;
            return Some(News::Done(0, Box::new(worker.run(task))));
        }
        let news = match self.inbox.recv_timeout(patience) {
            Ok(news) => news,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return self.missed(),
        };
        if let (News::Done(number, _), Hands::Threads(hands)) = (&news, &mut self.hands) {
            self.in_flight -= 1;
            if let Some(hand) = hands.get_mut(*number) {
                hand.given -= 1;
            }
        }
        Some(news)
    }

    /// Ends the threads.
    pub(super) fn dismiss(self) {
        let Hands::Threads(hands) = self.hands else { return };
        for Hand { tasks, thread, .. } in hands {
            drop(tasks);
            // What came of it was said in the news, or missed.
            thread.join().ok();
        }
    }

    /// The news of a thread that ended without any.
    fn missed(&self) -> Option<News> {
        let Hands::Threads(hands) = &self.hands else { return None };
        let is_gone = hands.iter().any(|hand| hand.given > 0 && hand.thread.is_finished());
        is_gone.then(|| {
            let problem = Problem::new("thread", "A thread ended before it was done");
            News::Failed(problem.help("Go on from where the run ended."))
        })
    }
}

impl<'s> Hand<'s> {
    fn start<'r: 's>(
        number: usize,
        way: &'r Way<'r>,
        outbox: Sender<News>,
        scope: &'s Scope<'s, '_>,
    ) -> io::Result<Self> {
        let (tasks, given) = channel();
        let work = move || {
            let news = match Worker::new(way) {
                Ok(mut worker) => {
                    for task in given {
                        if outbox.send(News::Done(number, Box::new(worker.run(task)))).is_err() {
                            break;
                        }
                    }
                    return;
                }
                Err(problem) => News::Failed(problem),
            };
            outbox.send(news).ok();
        };
        let thread = thread::Builder::new().name("minting".to_owned()).spawn_scoped(scope, work)?;
        Ok(Self { tasks, given: 0, thread })
    }
}

/// The problem of a thread that could not be started.
pub(super) fn no_thread(error: &io::Error) -> Problem {
    Problem::new("thread", format!("The system gives no thread: {error}"))
        .help("Close other programs, or mint on fewer threads.")
}
