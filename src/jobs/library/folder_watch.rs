//! Watching the folders of the library. Every folder that was looked into is watched by itself, so that hidden folders and
//! circles of links cost nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::event::ModifyKind;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::follower::Message;
use crate::jobs::watch::is_change;
use crate::jose::error::Problem;
use crate::workbench::library::file_name;

/// See the module.
pub(super) struct FolderWatch {
    touched: Sender<Message>,
    roots: Vec<PathBuf>,
    kernel: Option<RecommendedWatcher>,
    watched: BTreeSet<PathBuf>,
    complaint: Option<Problem>,
    resting: bool,
}

impl FolderWatch {
    /// Watches nothing yet.
    pub(super) fn new(touched: Sender<Message>) -> Self {
        Self { touched, roots: Vec::new(), kernel: None, watched: BTreeSet::new(), complaint: None, resting: true }
    }

    /// Watches what is added from now on for changes that concern these folders.
    pub(super) fn begin(&mut self, roots: &[PathBuf]) {
        self.roots = roots.to_vec();
        self.resting = false;
        self.complaint = None;
        self.renew();
    }

    /// Forgets every folder: a folder that was removed and made again is another one.
    pub(super) fn renew(&mut self) {
        self.watched.clear();
        let (touched, roots) = (self.touched.clone(), self.roots.clone());
        let kernel = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if let Some(message) = message_of(event, &roots) {
                touched.send(message).ok();
            }
        });
        self.kernel = kernel.ok();
        if self.kernel.is_none() {
            self.complain();
        }
    }

    /// Watches nothing.
    pub(super) fn rest(&mut self) {
        self.kernel = None;
        self.watched.clear();
        self.resting = true;
    }

    /// Whether nothing is to be watched.
    pub(super) fn is_resting(&self) -> bool {
        self.resting
    }

    /// Watches this folder, too.
    pub(super) fn add(&mut self, folder: &Path) {
        let Some(kernel) = &mut self.kernel else { return };
        if self.watched.contains(folder) {
            return;
        }
        match kernel.watch(folder, RecursiveMode::NonRecursive) {
            Ok(()) => {
                self.watched.insert(folder.to_owned());
            }
            // One that went meanwhile is no failure.
            Err(_) if !folder.is_dir() => {}
            Err(_) => self.complain(),
        }
    }

    /// Watches none but these of the folders.
    pub(super) fn keep(&mut self, folders: &BTreeSet<PathBuf>) {
        let Some(kernel) = &mut self.kernel else { return };
        for gone in self.watched.extract_if(.., |folder| !folders.contains(folder)) {
            kernel.unwatch(&gone).ok();
        }
    }

    /// Why not everything is watched; told once.
    pub(super) fn complaint(&mut self) -> Option<Problem> {
        self.complaint.take_if(|problem| !problem.message.is_empty()).inspect(|problem| {
            self.complaint = Some(Problem::new(problem.code, ""));
        })
    }

    fn complain(&mut self) {
        self.complaint.get_or_insert_with(|| {
            Problem::new("watch", "Changes in some folders of the library by other programs cannot be noticed")
                .help("Read the folders again to see them; the menu of the library does that.")
        });
    }
}

/// What the thread is to be told of an event.
fn message_of(event: notify::Result<Event>, roots: &[PathBuf]) -> Option<Message> {
    // Something was missed.
    let Ok(event) = event else { return Some(Message::Touched(true)) };
    if event.need_rescan() {
        return Some(Message::Touched(true));
    }
    if !is_change(event.kind) {
        return None;
    }
    let concerns =
        |path: &&PathBuf| roots.iter().any(|root| path.starts_with(root) || root.starts_with(path.as_path()));
    let changed: Vec<_> = event.paths.iter().filter(concerns).filter(|path| !is_hidden(path)).collect();
    let comes_or_goes =
        matches!(event.kind, EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
    let template = changed.iter().any(|path| file_name::is_template(path));
    // A folder that was removed cannot be asked any more whether it was one.
    let folder = comes_or_goes && changed.iter().any(|path| !file_name::is_template(path) && !path.is_file());
    (template || folder).then_some(Message::Touched(folder))
}

/// Whether it is a hidden file, such as one that is being saved.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}
