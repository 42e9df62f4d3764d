//! The edge: runs [`Effect`]s on named threads and brings back [`Event`]s. Files, the clock, the clipboard and the
//! random source live here and nowhere below.

pub mod benching;
pub mod browser;
mod bulk_thread;
mod clearing;
pub mod clipboard;
pub mod clock;
pub mod core_dumps;
pub mod deriving;
pub mod diagnosing;
pub mod dialogs;
pub mod draft_store;
pub mod file_lock;
pub mod files;
mod last_words;
mod leftovers;
mod library;
mod login_bench;
mod login_server;
pub mod machine;
mod mint_folder;
mod mint_target;
pub mod minting;
mod motion;
pub mod panic_report;
pub mod reading;
mod recovery;
pub mod runs_store;
pub mod sampling;
mod settings_keeper;
pub mod settings_store;
pub mod stand_in_keys;
pub mod system;
pub mod throughput;
pub mod variant_deriving;
pub mod watch;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use zeroize::Zeroizing;

use self::bulk_thread::BulkThread;
use self::clipboard::{Clipboard, Sensitivity};
use self::deriving::Deriver;
use self::diagnosing::Diagnosing;
use self::dialogs::Dialogs;
use self::files::Access;
use self::library::LibraryJobs;
use self::login_server::LoginThread;
use self::reading::Reader;
use self::recovery::RecoveryJobs;
use self::runs_store::RunsKeeper;
use self::sampling::{Order, Sample, SamplerThread};
use self::settings_keeper::SettingsKeeper;
use self::settings_store::SettingsStore;
use self::variant_deriving::VariantDeriver;
use self::watch::Watcher;
use crate::jose::error::Problem;
use crate::jose::key::{self, Key};
use crate::jose::secret::Secret;
use crate::template::file::MAX_BYTES;
use crate::template::recognise::{Opened, recognise};
use crate::workbench::copying::{CopyKind, Stay};
use crate::workbench::effect::{Effect, Event, Origin, Over, SaveFailure};
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
    variant_deriver: VariantDeriver,
    reader: Reader,
    diagnosing: Diagnosing,
    sampler: SamplerThread,
    // Dropped after the sampler, which may be measuring the server.
    login: LoginThread,
    watcher: Option<Watcher>,
    clipboard: Option<Clipboard>,
    dialogs: Dialogs,
    bulk: BulkThread,
    library: LibraryJobs,
    recovery: RecoveryJobs,
    settings: SettingsKeeper,
    runs: RunsKeeper,
}

impl Jobs {
    /// Starts the threads that live as long as the window. `wake` is called from them whenever an event is waiting.
    pub fn new(store: SettingsStore, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (sender, inbox) = channel();
        let outbox = Outbox { sender, wake: Arc::new(wake) };
        let watcher = started(&outbox, Watcher::start(report_changes(outbox.clone())));
        let clipboard = started(&outbox, Clipboard::start(report_failure(outbox.clone())));
        let login = LoginThread::start(outbox.clone());
        Self {
            inbox,
            deriver: Deriver::start(outbox.clone()),
            variant_deriver: VariantDeriver::start(outbox.clone()),
            reader: Reader::start(outbox.clone()),
            diagnosing: Diagnosing::default(),
            sampler: SamplerThread::start(outbox.clone(), login.client().cloned()),
            login,
            watcher,
            clipboard,
            dialogs: Dialogs::default(),
            bulk: BulkThread::new(outbox.clone()),
            library: LibraryJobs::new(outbox.clone()),
            recovery: RecoveryJobs::start(store.drafts().clone(), outbox.clone()),
            runs: RunsKeeper::start(store.runs().clone(), outbox.clone()),
            settings: SettingsKeeper::start(store, outbox.clone()),
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
        spawn("warm-up", self.outbox.clone(), Event::Failed, || {
            key::warm_up();
            None
        });
    }

    /// Asks the desktop whether it wants less motion; the answer comes as an event.
    pub fn ask_for_motion(&self) {
        let asked = || motion::is_reduced().then_some(Event::MotionReduced);
        if cfg!(target_os = "macos") {
            asked().into_iter().for_each(|event| self.outbox.send(event));
        } else {
            spawn("motion", self.outbox.clone(), Event::Failed, asked);
        }
    }

    /// Runs an effect. What takes microseconds is answered at once, the rest comes with [`Jobs::poll`].
    ///
    /// [`Effect::Quit`] is the window's own and does nothing here.
    pub fn run(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::Derive(inputs) => return self.deriver.derive(inputs),
            Effect::Sample { inputs, delay, length } => {
                return self.sampler.send(Order::Sample(Sample { inputs, delay, length }));
            }
            Effect::StopSampling => return self.sampler.send(Order::Stop),
            Effect::DeriveVariant(inputs) => return self.variant_deriver.derive(inputs),
            Effect::Bench(inputs) => return self.sampler.send(Order::Bench(inputs)),
            Effect::StopBench => return self.sampler.send(Order::StopBench),
            Effect::StartLogin { inputs, plan, port, ticket } => {
                return self.login.client()?.start(inputs, plan, port, ticket);
            }
            Effect::StopLogin => return self.login.client()?.stop(),
            Effect::Browse(address) => {
                spawn("browser", self.outbox.clone(), Event::Failed, move || {
                    browser::open(&address).err().map(Event::Failed)
                });
            }
            Effect::OpenVariant(path) => {
                let file = path.clone();
                let answer = move |opened| Event::VariantOpened(path.clone(), opened);
                self.spawn("open-variant", answer, move || open(&file).map(|(opened, _)| opened));
            }
            Effect::WriteExport { path, bytes, over, private } => {
                let target = path.clone();
                let access = if private { Access::Private } else { Access::Kept };
                let answer = move |outcome: Result<_, SaveFailure>| Event::Exported(path.clone(), outcome.map(|_| ()));
                self.spawn("export", answer, move || save(&target, &bytes, access, over));
            }
            Effect::SaveComparison { path, text, over } => {
                let target = path.clone();
                let answer = move |outcome| Event::ComparisonSaved(path.clone(), outcome);
                self.spawn("save-comparison", answer, move || save(&target, text.as_bytes(), Access::Kept, over));
            }
            Effect::SaveRuns(runs) => return self.runs.save(runs).err().map(Event::Failed),
            Effect::GenerateSecret { bytes } => return Some(Event::SecretGenerated(random_secret(bytes))),
            Effect::GenerateKey { kind, bits, ticket } => {
                let answer = move |key| Event::KeyGenerated { ticket, key };
                self.spawn("generate-key", answer, move || Key::generate(kind, bits).map(Arc::new));
            }
            Effect::Read(inputs) => return self.reader.read(inputs),
            Effect::Diagnose { ticket, token, suspects } => {
                self.diagnosing.start(ticket, token, suspects, &self.outbox);
            }
            Effect::StopDiagnosis => self.diagnosing.stop(),
            Effect::DecryptKey { key, passphrase, ticket } => {
                let answer = move |key| Event::KeyDecrypted { ticket, key };
                self.spawn("decrypt-key", answer, move || Key::decrypt(key.bytes(), &passphrase).map(Arc::new));
            }
            Effect::ReadClipboard => self.read_clipboard(),
            Effect::Pick(pick, start) => self.dialogs.pick(pick, start, &self.outbox),
            Effect::Open(path) => self.open(path, open),
            Effect::OpenKey(path) => self.open(path, open_key),
            Effect::Save { path, text, over } => {
                let target = path.clone();
                let answer = move |outcome| Event::Saved(path.clone(), outcome);
                self.spawn("save", answer, move || save(&target, text.as_bytes(), Access::Kept, over));
            }
            Effect::WriteKey { path, text, over } => {
                let target = path.clone();
                let answer =
                    move |outcome: Result<_, SaveFailure>| Event::KeyWritten(path.clone(), outcome.map(|_| ()));
                self.spawn("write-key", answer, move || save(&target, text.bytes(), Access::Private, over));
            }
            Effect::Watch(origin) => self.watch(origin),
            Effect::Copy { text, what, stay } => self.copy(text, what, stay),
            Effect::SaveSettings(settings) => {
                return self.settings.save(settings).err().map(|problem| Event::SettingsSaved(Err(problem)));
            }
            Effect::Bulk(effect) => self.bulk.run(effect),
            Effect::Library(effect) => self.library.run(effect),
            Effect::Recovery(effect) => self.recovery.run(effect),
            Effect::Quit => {}
        }
        None
    }

    /// Writes the settings and the draft that is to be kept, and waits for it: for the moment before the program ends.
    /// What could not be written is told on standard error, since there is no window any more.
    pub fn end(&mut self, settings: &Settings) {
        let unsent = self.settings.save(Box::new(settings.clone())).err();
        let problems = [unsent.or_else(|| self.settings.finish()), self.recovery.end()];
        problems.into_iter().flatten().for_each(|problem| last_words::say(&problem));
    }

    fn watch(&self, origin: Option<Origin>) {
        let Some(watcher) = &self.watcher else { return };
        match origin {
            Some(Origin { path, stamp }) => watcher.watch(&path, stamp),
            None => watcher.forget(),
        }
    }

    fn copy(&self, text: Secret, what: CopyKind, stay: Stay) {
        let outbox = self.outbox.clone();
        let (Some(clipboard), Some(text)) = (&self.clipboard, text.as_str()) else {
            let problem =
                Problem::new("clipboard", "The clipboard cannot be used").help("Select the text and copy it by hand");
            return outbox.send(Event::Copied(what, Err(problem)));
        };
        clipboard.copy(Zeroizing::new(text.to_owned()), Sensitivity::Secret, stay, move |outcome| {
            outbox.send(Event::Copied(what, outcome.map(|()| stay)))
        });
    }

    fn read_clipboard(&self) {
        let outbox = self.outbox.clone();
        match &self.clipboard {
            Some(clipboard) => clipboard.paste(move |text| outbox.send(Event::Clipboard(text))),
            None => {
                outbox
                    .send(Event::Clipboard(Err(Problem::new("clipboard", "The clipboard cannot be read")
                        .help("Paste into the text field instead"))))
            }
        }
    }

    fn open(&self, path: PathBuf, read: fn(&Path) -> OpenedFile) {
        let file = path.clone();
        self.spawn("open", move |opened| Event::Opened(path.clone(), opened), move || read(&file));
    }

    /// Runs work whose outcome is an event, and sends that event in any case: somebody waits for it.
    fn spawn<T, E: From<Problem>>(
        &self,
        name: &'static str,
        answer: impl Fn(Result<T, E>) -> Event + Clone + Send + 'static,
        work: impl FnOnce() -> Result<T, E> + Send + 'static,
    ) {
        let failed = answer.clone();
        let failed = move |problem: Problem| failed(Err(problem.into()));
        spawn(name, self.outbox.clone(), failed, move || Some(answer(work())));
    }
}

/// Runs work on a thread of its own. When it panics, or no thread can be had, `failed` makes the event of it.
pub fn spawn(
    name: &'static str,
    outbox: Outbox,
    failed: impl Fn(Problem) -> Event + Clone + Send + 'static,
    work: impl FnOnce() -> Option<Event> + Send + 'static,
) {
    let (reply, panicked) = (outbox.clone(), failed.clone());
    let run = move || match catch_unwind(AssertUnwindSafe(work)) {
        Ok(event) => event.into_iter().for_each(|event| reply.send(event)),
        Err(_) => reply.send(panicked(job_failed(name))),
    };
    if std::thread::Builder::new().name(name.to_owned()).spawn(run).is_err() {
        outbox.send(failed(job_failed(name)));
    }
}

fn job_failed(name: &str) -> Problem {
    Problem::new("job-failed", format!("Something went wrong in the background ({name})"))
        .help("Nothing was changed; try again")
}

/// The part of the edge that could be started; the reason is shown where it could not.
fn started<T>(outbox: &Outbox, part: Result<T, Problem>) -> Option<T> {
    part.map_err(|problem| outbox.send(Event::Failed(problem))).ok()
}

fn report_failure(outbox: Outbox) -> impl Fn(Problem) + Send + 'static {
    move |problem| outbox.send(Event::Failed(problem))
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

/// What came of reading a file.
type OpenedFile = Result<(Box<Opened>, FileStamp), Problem>;

fn open(path: &Path) -> OpenedFile {
    let content = files::read(path, MAX_BYTES as u64)?;
    let opened = recognise(content.bytes.bytes()).map_err(|problem| {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        problem.placed(&name, content.bytes.as_str())
    })?;
    Ok((Box::new(opened), content.stamp))
}

fn open_key(path: &Path) -> OpenedFile {
    let content = files::read(path, MAX_BYTES as u64)?;
    Ok((Box::new(Opened::Key(content.bytes)), content.stamp))
}

fn save(path: &Path, bytes: &[u8], access: Access, over: Over) -> Result<FileStamp, SaveFailure> {
    match (over, files::stamp(path)) {
        (Over::Known(known), Some(on_disk)) if on_disk != known => return Err(SaveFailure::Changed),
        (Over::Nothing, Some(_)) => return Err(SaveFailure::Exists),
        (Over::Anything | Over::Known(_) | Over::Nothing, _) => {}
    }
    files::sweep(path);
    Ok(files::save_as(path, bytes, access)?)
}
