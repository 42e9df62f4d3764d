//! Pausing and ending a run from another thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

const GOING: u8 = 0;
const PAUSED: u8 = 1;
const CANCELLED: u8 = 2;

/// How often a run that waits looks whether it may go on.
const LOOK: Duration = Duration::from_millis(20);

/// The reins of a run; every clone holds the same ones.
#[derive(Clone, Debug, Default)]
pub struct Control(Arc<AtomicU8>);

impl Control {
    /// Lets the run wait.
    pub fn pause(&self) {
        self.change(GOING, PAUSED);
    }

    /// Lets it go on.
    pub fn resume(&self) {
        self.change(PAUSED, GOING);
    }

    /// Ends it soon; what is complete by then stays.
    pub fn cancel(&self) {
        self.0.store(CANCELLED, Ordering::Release);
    }

    /// Whether it was ended.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Acquire) == CANCELLED
    }

    /// Whether it waits.
    pub fn is_paused(&self) -> bool {
        self.0.load(Ordering::Acquire) == PAUSED
    }

    /// Waits while the run is paused; `false` when it was ended.
    pub fn go_on(&self) -> bool {
        while self.is_paused() {
            std::thread::sleep(LOOK);
        }
        !self.is_cancelled()
    }

    fn change(&self, from: u8, to: u8) {
        // What was ended stays so.
        self.0.compare_exchange(from, to, Ordering::AcqRel, Ordering::Acquire).ok();
    }
}
