//! The files of drafts that were not saved: `ID.draft.json` for each window, beside a lock `ID.lock` that the window holds
//! while it lives. A draft whose lock is free was left behind by a crash.
//!
//! The folder is the user's alone (0700), and so is every file (0600). A draft that nobody asked for is removed after
//! [`MOST_AGE`]. Files of other names are left alone.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use uuid::Uuid;

use super::file_lock::FileLock;
use super::{clock, files};
use crate::jose::error::Problem;
use crate::workbench::kept_draft::KeptDraft;
use crate::workbench::recovery::{DraftId, LeftDraft};

/// How a draft's file name ends.
const DRAFT: &str = ".draft.json";
/// How the name of its lock ends.
const LOCK: &str = ".lock";
/// The most bytes of a file: the texts of the largest template, and the file it was read from.
const MOST_BYTES: u64 = 64 << 20;
/// The most files that are looked at.
const MOST_FILES: usize = 2_000;
/// The most drafts that are offered at once; the others wait for the next start.
const MOST_OFFERS: usize = 20;
/// How old a draft grows.
pub const MOST_AGE: Duration = Duration::from_secs(30 * 86_400);
/// How old a lock without a draft grows: a window may be about to write its first one.
const LOCK_AGE: Duration = Duration::from_secs(86_400);

/// The folder of one user.
#[derive(Clone, Debug)]
pub struct DraftStore {
    folder: Option<PathBuf>,
}

/// The file of one window, which no other window touches as long as this lives.
#[derive(Debug)]
pub struct DraftFile {
    id: DraftId,
    folder: PathBuf,
    lock: Option<FileLock>,
}

impl DraftStore {
    /// No folder: nothing is kept.
    pub const fn nowhere() -> Self {
        Self { folder: None }
    }

    /// This folder.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: Some(folder.into()) }
    }

    /// Where it is; `None` when nothing is kept.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Whether drafts are kept at all.
    pub const fn is_nowhere(&self) -> bool {
        self.folder.is_none()
    }

    /// A file of its own for a window. Nothing is written yet.
    ///
    /// # Errors
    /// `draft-folder` when the folder cannot be made, is not ours, or has no locks.
    pub fn begin(&self) -> Result<DraftFile, Problem> {
        let folder = self.folder.as_deref().unwrap_or(Path::new("."));
        let begin = || {
            make_private(folder)?;
            let id = DraftId(Uuid::new_v4());
            let lock = FileLock::take(&path(folder, id, LOCK))?;
            Ok(DraftFile { id, folder: folder.to_owned(), lock: Some(lock) })
        };
        begin().map_err(|error: io::Error| {
            let problem = files::cannot_save(folder, &error);
            Problem::new("draft-folder", "Drafts are not kept for after a crash")
                .help(format!("{}. Save them yourself.", problem.message.trim_end_matches('.')))
        })
    }

    /// The drafts whose windows are gone, the newest first, held so that no other window takes them. Those that are too
    /// old are removed, and so are the traces of writes that were cut off.
    pub fn left_behind(&self) -> Vec<(DraftFile, LeftDraft)> {
        let Some(folder) = self.folder.as_deref() else { return Vec::new() };
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        let paths: Vec<PathBuf> = entries.flatten().take(MOST_FILES).map(|entry| entry.path()).collect();
        let mut left: Vec<_> = paths.iter().filter_map(|path| left_at(folder, path)).collect();
        for path in &paths {
            remove_trace(folder, path, &left);
        }
        left.sort_by_key(|(_, left)| std::cmp::Reverse(left.draft.at));
        left.truncate(MOST_OFFERS);
        left
    }
}

impl DraftFile {
    /// Which one it is.
    pub const fn id(&self) -> DraftId {
        self.id
    }

    /// Writes the draft, whole or not at all.
    ///
    /// # Errors
    /// The problems of [`files::save_private`].
    pub fn write(&self, draft: &KeptDraft) -> Result<(), Problem> {
        files::save_private(&path(&self.folder, self.id, DRAFT), draft.to_text().as_bytes()).map(|_| ())
    }

    /// Removes the draft; the file can be written again.
    ///
    /// # Errors
    /// `file`, `file-permission` when it is there and stays there.
    pub fn remove(&self) -> Result<(), Problem> {
        let path = path(&self.folder, self.id, DRAFT);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(files::cannot_save(&path, &error)),
            _ => Ok(()),
        }
    }
}

impl Drop for DraftFile {
    /// A draft that is still there is left behind; a lock without a draft is not.
    fn drop(&mut self) {
        if files::stamp(&path(&self.folder, self.id, DRAFT)).is_none() {
            fs::remove_file(path(&self.folder, self.id, LOCK)).ok();
        }
        self.lock = None;
    }
}

fn path(folder: &Path, id: DraftId, end: &str) -> PathBuf {
    folder.join(format!("{}{end}", id.0.hyphenated()))
}

/// The identifier in a file name that ends like this.
fn id_in(path: &Path, end: &str) -> Option<DraftId> {
    let name = path.file_name()?.to_str()?.strip_suffix(end)?;
    Uuid::parse_str(name).ok().filter(|id| id.hyphenated().to_string() == name).map(DraftId)
}

/// The draft at a path, when it is one and its window is gone.
fn left_at(folder: &Path, draft: &Path) -> Option<(DraftFile, LeftDraft)> {
    let id = id_in(draft, DRAFT)?;
    let is_file = fs::symlink_metadata(draft).is_ok_and(|metadata| metadata.is_file());
    let lock = is_file.then(|| FileLock::take(&path(folder, id, LOCK)).ok())??;
    let file = DraftFile { id, folder: folder.to_owned(), lock: Some(lock) };
    if is_older(draft, MOST_AGE) {
        file.remove().ok();
        return None;
    }
    let content = files::read(draft, MOST_BYTES).ok()?;
    let draft = KeptDraft::from_text(content.bytes.as_str()?).ok()?;
    Some((file, LeftDraft { id, draft }))
}

/// Removes the temporary file of a write that was cut off, and an old lock that belongs to nothing.
fn remove_trace(folder: &Path, trace: &Path, held: &[(DraftFile, LeftDraft)]) {
    if let Some(id) = id_in(trace, LOCK) {
        let is_alone = files::stamp(&path(folder, id, DRAFT)).is_none();
        if is_alone && is_older(trace, LOCK_AGE) && FileLock::take(trace).is_ok() {
            fs::remove_file(trace).ok();
        }
        return;
    }
    let name = trace.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let Some((id, _)) = name.strip_prefix('.').and_then(|name| name.split_once(DRAFT)) else { return };
    let Some(id) = Uuid::parse_str(id).ok().map(DraftId) else { return };
    let is_held = held.iter().any(|(file, _)| file.id == id);
    if is_held || FileLock::take(&path(folder, id, LOCK)).is_ok() {
        fs::remove_file(trace).ok();
    }
}

fn is_older(path: &Path, age: Duration) -> bool {
    let modified = fs::symlink_metadata(path).and_then(|metadata| metadata.modified());
    modified.is_ok_and(|modified| clock::since(modified) > age)
}

/// Makes the folder, and lets nobody else in.
fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}
