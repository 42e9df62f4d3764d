//! Writes the settings of one window, one save after the other, so that an older one never overwrites a newer one.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use super::Outbox;
use super::settings_store::SettingsStore;
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
    /// Answer when everything before is written, or why it is not.
    Finish(Sender<Option<Problem>>),
}

impl SettingsKeeper {
    pub(super) fn start(store: SettingsStore, outbox: Outbox) -> Self {
        let (orders, inbox) = channel();
        if store.path().is_none() {
            return Self { orders: None, thread: None };
        }
        let thread = thread::Builder::new().name("settings".to_owned()).spawn(move || serve(&store, &inbox, &outbox));
        // Without the thread nobody takes orders, which the first save tells.
        Self { orders: Some(orders), thread: thread.ok() }
    }

    /// Has the settings written.
    pub(super) fn save(&self, settings: Box<Settings>) -> Result<(), Problem> {
        let Some(orders) = &self.orders else { return Ok(()) };
        orders.send(Order::Save(settings)).map_err(|_gone| not_kept())
    }

    /// Waits until everything is written; why it is not.
    pub(super) fn finish(&self) -> Option<Problem> {
        let (done, wait) = channel();
        let orders = self.orders.as_ref()?;
        let answer = orders.send(Order::Finish(done)).ok().and_then(|()| wait.recv().ok());
        answer.unwrap_or_else(|| Some(not_kept()))
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
    let mut trouble: Option<Problem> = None;
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
        if let Some(settings) = newest {
            let outcome = store.save_changes(&known, &settings).map(|told| {
                known = *settings;
                told.into_iter().for_each(|damage| outbox.send(Event::Failed(damage)));
            });
            let was_in_trouble = std::mem::replace(&mut trouble, outcome.clone().err()).is_some();
            // What goes well all the time needs no word.
            if was_in_trouble || trouble.is_some() {
                outbox.send(Event::SettingsSaved(outcome));
            }
        }
        waiting.into_iter().for_each(|done| done.send(trouble.clone()).unwrap_or_default());
    }
}

/// The problem of a system that has no thread to spare for the settings.
fn not_kept() -> Problem {
    Problem::new("settings-job", "The settings cannot be saved: the system gives no thread for it")
        .help("Close other programs, then choose again.")
}
