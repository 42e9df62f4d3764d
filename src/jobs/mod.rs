//! The edge: runs [`Effect`]s on named threads and brings back [`Event`]s. Files, the clock, the clipboard and the
//! random source live here and nowhere below.

pub mod clipboard;
pub mod clock;
pub mod deriving;
pub mod dialogs;
pub mod files;
pub mod sampling;
pub mod settings_store;
pub mod watch;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use zeroize::Zeroizing;

use self::clipboard::{Clipboard, Sensitivity};
use self::deriving::Deriver;
use self::dialogs::Dialogs;
use self::sampling::{Order, SamplerThread};
use self::settings_store::SettingsStore;
use self::watch::Watcher;
use crate::jose::error::Problem;
use crate::jose::key::{self, Key};
use crate::jose::secret::Secret;
use crate::template::file::MAX_BYTES;
use crate::template::recognise::{Opened, recognise};
use crate::workbench::effect::{Effect, Event, Origin, SaveFailure};
use crate::workbench::file_stamp::FileStamp;
use crate::workbench::settings::Settings;

/// Sends events to the window and wakes it.
#[derive(Clone)]
pub struct Outbox {
    sender: Sender<Event>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Outbox {
    /// Sends one event. A window that is gone needs none.
    pub fn send(&self, event: Event) {
        if self.sender.send(event).is_ok() {
            (self.wake)();
        }
    }
}

/// Runs the effects of one workbench.
pub struct Jobs {
    inbox: Receiver<Event>,
    outbox: Outbox,
    deriver: Deriver,
    sampler: SamplerThread,
    watcher: Option<Watcher>,
    clipboard: Option<Clipboard>,
    dialogs: Dialogs,
    store: SettingsStore,
}

impl Jobs {
    /// Starts the threads that live as long as the window. `wake` is called from them whenever an event is waiting.
    pub fn new(store: SettingsStore, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (sender, inbox) = channel();
        let outbox = Outbox { sender, wake: Arc::new(wake) };
        let watcher = started(&outbox, Watcher::start(report_changes(outbox.clone())));
        let clipboard = started(&outbox, Clipboard::start());
        Self {
            inbox,
            deriver: Deriver::start(outbox.clone()),
            sampler: SamplerThread::start(outbox.clone()),
            watcher,
            clipboard,
            dialogs: Dialogs::default(),
            store,
            outbox,
        }
    }

    /// The next event that is waiting.
    pub fn poll(&mut self) -> Option<Event> {
        let event = self.inbox.try_recv().ok()?;
        if matches!(event, Event::Picked(..) | Event::PickUnavailable(..)) {
            self.dialogs.closed();
        }
        Some(event)
    }

    /// Does the slow first uses that nobody should wait for later: the seeding of the random source.
    pub fn warm_up(&self) {
        self.spawn("warm-up", || {
            key::warm_up();
            None
        });
    }

    /// Runs an effect. What takes microseconds is answered at once, the rest comes with [`Jobs::poll`].
    ///
    /// [`Effect::Quit`] is the window's own and does nothing here.
    pub fn run(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::Derive(inputs) => return self.deriver.derive(inputs),
            Effect::Sample { inputs, delay, length } => self.sampler.send(Order::Sample { inputs, delay, length }),
            Effect::StopSampling => self.sampler.send(Order::Stop),
            Effect::GenerateSecret { bytes } => return Some(Event::SecretGenerated(random_secret(bytes))),
            Effect::GenerateKey { kind, bits, ticket } => self.spawn("generate-key", move || {
                let key = Key::generate(kind, bits).map(Arc::new);
                Some(Event::KeyGenerated { ticket, key })
            }),
            Effect::Pick(pick, start) => self.dialogs.pick(pick, start, &self.outbox),
            Effect::Open(path) => self.spawn("open", move || {
                let opened = open(&path);
                Some(Event::Opened(path, opened))
            }),
            Effect::Save { path, text, known } => self.spawn("save", move || {
                let outcome = save(&path, &text, known);
                Some(Event::Saved(path, outcome))
            }),
            Effect::WriteKey { path, text } => self.spawn("write-key", move || {
                let outcome = files::save_private(&path, text.bytes()).map(|_| ());
                Some(Event::KeyWritten(path, outcome))
            }),
            Effect::Watch(origin) => self.watch(origin),
            Effect::Copy { text, what } => self.copy(text, what),
            Effect::SaveSettings(settings) => {
                let store = self.store.clone();
                self.spawn("settings", move || store.save(&settings).err().map(Event::Failed));
            }
            Effect::Quit => {}
        }
        None
    }

    /// Writes the settings and waits for it: for the moment before the program ends.
    pub fn save_settings_now(&self, settings: &Settings) {
        self.store.save(settings).ok();
    }

    fn watch(&self, origin: Option<Origin>) {
        let Some(watcher) = &self.watcher else { return };
        match origin {
            Some(Origin { path, stamp }) => watcher.watch(&path, stamp),
            None => watcher.forget(),
        }
    }

    fn copy(&self, text: Secret, what: &'static str) {
        let outbox = self.outbox.clone();
        let (Some(clipboard), Some(text)) = (&self.clipboard, text.as_str()) else {
            let problem =
                Problem::new("clipboard", "The clipboard cannot be used").help("Select the text and copy it by hand");
            return outbox.send(Event::Copied(what, Err(problem)));
        };
        clipboard.copy(Zeroizing::new(text.to_owned()), Sensitivity::Secret, move |outcome| {
            outbox.send(Event::Copied(what, outcome))
        });
    }

    fn spawn(&self, name: &'static str, work: impl FnOnce() -> Option<Event> + Send + 'static) {
        spawn(name, self.outbox.clone(), work);
    }
}

/// Runs work on a thread of its own. A panic in it becomes a problem, so that nobody waits for ever.
pub fn spawn(name: &'static str, outbox: Outbox, work: impl FnOnce() -> Option<Event> + Send + 'static) {
    let reply = outbox.clone();
    let run = move || match catch_unwind(AssertUnwindSafe(work)) {
        Ok(event) => event.into_iter().for_each(|event| reply.send(event)),
        Err(_) => reply.send(Event::Failed(failed(name))),
    };
    if std::thread::Builder::new().name(name.to_owned()).spawn(run).is_err() {
        outbox.send(Event::Failed(failed(name)));
    }
}

fn failed(name: &str) -> Problem {
    Problem::new("job-failed", format!("Something went wrong in the background ({name})"))
        .help("Nothing was changed; try again")
}

/// The part of the edge that could be started; the reason is shown where it could not.
fn started<T>(outbox: &Outbox, part: Result<T, Problem>) -> Option<T> {
    part.map_err(|problem| outbox.send(Event::Failed(problem))).ok()
}

fn report_changes(outbox: Outbox) -> impl Fn(Result<watch::Change, Problem>) + Send + 'static {
    move |change| {
        outbox.send(match change {
            Ok(change) => Event::ChangedOnDisk(Origin { path: change.path, stamp: change.stamp }),
            Err(problem) => Event::Failed(problem),
        });
    }
}

/// Fills a buffer from the system's random source.
///
/// # Errors
/// `random` when the system has none.
pub fn fill_random(buffer: &mut [u8]) -> Result<(), Problem> {
    getrandom::fill(buffer).map_err(|error| {
        Problem::new("random", format!("The system gives no random bytes: {error}")).help("Start the program again")
    })
}

fn random_secret(bytes: usize) -> Result<Secret, Problem> {
    let mut buffer = vec![0; bytes];
    fill_random(&mut buffer)?;
    Ok(Secret::from(buffer))
}

fn open(path: &Path) -> Result<(Box<Opened>, FileStamp), Problem> {
    let content = files::read(path, MAX_BYTES as u64)?;
    Ok((Box::new(recognise(&content.bytes)?), content.stamp))
}

fn save(path: &Path, text: &str, known: Option<FileStamp>) -> Result<FileStamp, SaveFailure> {
    let on_disk = files::stamp(path);
    if known.is_some() && on_disk.is_some() && on_disk != known {
        return Err(SaveFailure::Changed);
    }
    files::save(path, text.as_bytes()).map_err(SaveFailure::Problem)
}
