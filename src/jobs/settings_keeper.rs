//! Writes the settings of one window, one save after the other, so that an older one never overwrites a newer one.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use super::settings_store::SettingsStore;
use super::{Outbox, job_failed};
use crate::jose::error::Problem;
use crate::workbench::effect::Event;
use crate::workbench::settings::Settings;

/// The thread. It ends when this is dropped, and writes first what waits.
pub(super) struct SettingsKeeper {
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

enum Order {
    Save(Box<Settings>),
    /// Answer when everything before is written.
    Finish(Sender<()>),
}

impl SettingsKeeper {
    pub(super) fn start(store: SettingsStore, outbox: Outbox) -> Self {
        let (orders, inbox) = channel();
        if store.path().is_none() {
            return Self { orders: None, thread: None };
        }
        let thread = thread::Builder::new().name("settings".to_owned()).spawn(move || serve(&store, &inbox, &outbox));
        Self { orders: Some(orders), thread: thread.ok() }
    }

    /// Has the settings written.
    pub(super) fn save(&self, settings: Box<Settings>) -> Result<(), Problem> {
        let Some(orders) = &self.orders else { return Ok(()) };
        orders.send(Order::Save(settings)).map_err(|_gone| job_failed("settings"))
    }

    /// Waits until everything is written.
    pub(super) fn finish(&self) {
        let (done, wait) = channel();
        if self.orders.as_ref().is_some_and(|orders| orders.send(Order::Finish(done)).is_ok()) {
            wait.recv().ok();
        }
    }
}

impl Drop for SettingsKeeper {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

fn serve(store: &SettingsStore, inbox: &Receiver<Order>, outbox: &Outbox) {
    let mut known = store.known().clone();
    while let Ok(order) = inbox.recv() {
        let mut newest = None;
        let mut waiting = Vec::new();
        for order in std::iter::once(order).chain(inbox.try_iter()) {
            match order {
                Order::Save(settings) => newest = Some(settings),
                Order::Finish(done) => waiting.push(done),
            }
        }
        // What cannot be written counts as changed the next time, too.
        match newest.map(|settings| store.save_changes(&known, &settings).map(|()| settings)) {
            Some(Ok(settings)) => known = *settings,
            Some(Err(problem)) => outbox.send(Event::Failed(problem)),
            None => {}
        }
        waiting.into_iter().for_each(|done| done.send(()).unwrap_or_default());
    }
}
