//! Tells when one file changed on disk. Waits in the kernel: no polling, no work while nothing happens.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::files::{self, FileStamp};
use crate::jose::error::Problem;
use crate::jose::text::visible_path;

/// Changes within this time are told as one: a program that saves touches its file several times.
pub(super) const SETTLE: Duration = Duration::from_millis(150);

/// The file is no longer what the receiver last knew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file, by the path it is watched under.
    pub path: PathBuf,
    /// What it looks like now; `None` when it is gone. Compare it with the stamp of your own last save: a save of
    /// ours may be told, too, when it happened before [`Watcher::watch`] was told its stamp.
    pub stamp: Option<FileStamp>,
}

/// Watches one file at a time. Changes made by other computers on a network disk may go unseen: compare stamps before
/// overwriting, too.
#[derive(Debug)]
pub struct Watcher {
    inbox: Sender<Message>,
}

enum Message {
    Watch { path: PathBuf, known: Option<FileStamp> },
    Forget,
    Touched,
    Stop,
}

impl Watcher {
    /// Starts the thread. `report` is called on it with each change, or with the reason why a file cannot be watched.
    ///
    /// # Errors
    /// `thread` when the system gives no thread.
    pub fn start(report: impl Fn(Result<Change, Problem>) + Send + 'static) -> Result<Self, Problem> {
        let (inbox, messages) = mpsc::channel();
        let touched = inbox.clone();
        std::thread::Builder::new()
            .name("file-watch".into())
            .spawn(move || Watch { report, touched, watched: None }.run(&messages))
            .map_err(|error| {
                Problem::new("thread", format!("Changes of the file cannot be noticed: {error}"))
                    .help("Close other programs and start again.")
            })?;
        Ok(Self { inbox })
    }

    /// Watches the file at `path` from now on, instead of the one before. `known` is the stamp it had when it was read
    /// or saved; a file that is already different is told at once.
    pub fn watch(&self, path: &Path, known: Option<FileStamp>) {
        self.send(Message::Watch { path: path.to_path_buf(), known });
    }

    /// Watches nothing.
    pub fn forget(&self) {
        self.send(Message::Forget);
    }

    fn send(&self, message: Message) {
        // The thread lives as long as this end of the channel.
        self.inbox.send(message).ok();
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.send(Message::Stop);
    }
}

/// What a thread that waits has to do next.
pub(super) enum Next<M> {
    /// This message has come.
    Message(M),
    /// It is time for what was to be done later.
    Due,
    /// There is nobody left to send messages.
    Gone,
}

/// Waits for a message, until `due` at the longest.
pub(super) fn next<M>(messages: &Receiver<M>, due: Option<Instant>) -> Next<M> {
    let message = match due {
        None => messages.recv().map_err(RecvTimeoutError::from),
        Some(instant) => messages.recv_timeout(instant - Instant::now()),
    };
    match message {
        Ok(message) => Next::Message(message),
        Err(RecvTimeoutError::Timeout) => Next::Due,
        Err(RecvTimeoutError::Disconnected) => Next::Gone,
    }
}

/// The thread's side.
struct Watch<R> {
    report: R,
    touched: Sender<Message>,
    watched: Option<Watched>,
}

struct Watched {
    path: PathBuf,
    known: Option<FileStamp>,
    /// Kept for its life; `None` when the folder cannot be watched.
    _kernel: Option<RecommendedWatcher>,
}

impl<R: Fn(Result<Change, Problem>)> Watch<R> {
    fn run(mut self, messages: &Receiver<Message>) {
        let mut compare_at = None;
        loop {
            match next(messages, compare_at) {
                Next::Due => {
                    compare_at = None;
                    self.compare();
                }
                Next::Message(Message::Watch { path, known }) => {
                    self.watch(path, known);
                    compare_at = Some(Instant::now());
                }
                Next::Message(Message::Forget) => {
                    self.watched = None;
                    compare_at = None;
                }
                Next::Message(Message::Touched) => compare_at = compare_at.or_else(|| Some(Instant::now() + SETTLE)),
                Next::Message(Message::Stop) | Next::Gone => return,
            }
        }
    }

    fn watch(&mut self, path: PathBuf, known: Option<FileStamp>) {
        if let Some(watched) = self.watched.as_mut().filter(|watched| watched.path == path && watched._kernel.is_some())
        {
            watched.known = known;
            return;
        }
        let kernel = ask_kernel(&path, &self.touched);
        if kernel.is_err() {
            (self.report)(Err(Problem::new(
                "watch",
                format!("Changes of {} by other programs cannot be noticed", visible_path(&path)),
            )
            .help("Saving still checks the file first; open it again to see its latest text.")));
        }
        self.watched = Some(Watched { path, known, _kernel: kernel.ok() });
    }

    fn compare(&mut self) {
        let Some(watched) = &mut self.watched else { return };
        let stamp = files::stamp(&watched.path);
        if stamp != watched.known {
            watched.known = stamp;
            (self.report)(Ok(Change { path: watched.path.clone(), stamp }));
        }
    }
}

/// Watches the folder of the file, and the folder of the file a link leads to: a file that is replaced is a new file.
fn ask_kernel(path: &Path, touched: &Sender<Message>) -> notify::Result<RecommendedWatcher> {
    let mut places = vec![std::path::absolute(path)?];
    if let Ok(target) = path.canonicalize()
        && !places.contains(&target)
    {
        places.push(target);
    }
    let folders: Vec<PathBuf> = places.iter().filter_map(|place| place.parent().map(Path::to_path_buf)).collect();
    let names: Vec<_> = places.iter().filter_map(|place| place.file_name().map(ToOwned::to_owned)).collect();
    let touched = touched.clone();
    let mut kernel = notify::recommended_watcher(move |event: notify::Result<Event>| {
        let concerns = event.map_or(true, |event| {
            let named = |path: &PathBuf| path.file_name().is_some_and(|name| names.iter().any(|known| known == name));
            is_change(event.kind) && (event.paths.is_empty() || event.paths.iter().any(named))
        });
        if concerns {
            touched.send(Message::Touched).ok();
        }
    })?;
    for folder in folders {
        kernel.watch(&folder, RecursiveMode::NonRecursive)?;
    }
    Ok(kernel)
}

/// Reading a file is no change.
pub(super) fn is_change(kind: EventKind) -> bool {
    !kind.is_access() || kind == EventKind::Access(AccessKind::Close(AccessMode::Write))
}
