//! The key doctor on a thread of its own, one visit at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Outbox, spawn};
use crate::jose::doctor::{Diagnosis, Suspect, diagnose};
use crate::jose::unwrap::Bare;
use crate::workbench::effect::Event;

/// Attempts between two reports of progress.
const REPORT_EVERY: usize = 16;

/// Starts and ends visits of the key doctor.
#[derive(Default)]
pub struct Diagnosing {
    stop: Arc<AtomicBool>,
}

impl Diagnosing {
    /// Begins a visit and ends the one before it.
    pub fn start(&mut self, ticket: u64, token: Bare, suspects: Vec<Suspect>, outbox: &Outbox) {
        self.stop();
        let stop = Arc::clone(&self.stop);
        let reports = outbox.clone();
        let failed = move |_problem| {
            let diagnosis = Box::new(Diagnosis { found: None, tried: Vec::new(), stopped: true });
            Event::Diagnosed { ticket, diagnosis }
        };
        spawn("key-doctor", outbox.clone(), failed, move || {
            let mut go_on = |attempts: usize| {
                if attempts.is_multiple_of(REPORT_EVERY) {
                    reports.send(Event::Diagnosing { ticket, attempts });
                }
                !stop.load(Ordering::Relaxed)
            };
            let diagnosis = Box::new(diagnose(&token.text, &token.decode(), &suspects, &mut go_on));
            Some(Event::Diagnosed { ticket, diagnosis })
        });
    }

    /// Ends the visit that is running; it reports what it has tried so far.
    pub fn stop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.stop = Arc::default();
    }
}
