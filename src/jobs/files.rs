//! Files: reading with a limit, and saving whole or not at all.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Read as _, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use tempfile::{NamedTempFile, PersistError};

use super::leftovers;
use crate::jose::error::Problem;
use crate::jose::secret::Secret;
use crate::jose::text::visible_path;
pub use crate::workbench::file_stamp::FileStamp;

/// The code of the problem "there is no such file".
pub const MISSING: &str = "file-missing";

/// The code of the problem "it is larger than it may be".
pub const TOO_LARGE: &str = "file-too-large";

/// The code of the problem "there is such a file already".
pub const EXISTS: &str = "file-exists";

/// The code of the problem "it is a pipe or a device".
pub const SPECIAL: &str = "file-special";

/// A file as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileContent {
    /// All of it, which may be a key.
    pub bytes: Secret,
    /// What the file looked like when it was read.
    pub stamp: FileStamp,
}

/// Reads a regular file of at most `limit` bytes. A larger one is refused by its size, without being read.
///
/// # Errors
/// `file-missing`, `file-folder`, `file-special` (a pipe, a device), `file-permission`, `file-too-large`, `file`.
pub fn read(path: &Path, limit: u64) -> Result<FileContent, Problem> {
    let cannot = |error: &io::Error| cannot_open(path, error);
    // Asked before opening: opening a pipe waits until somebody writes into it.
    regular("open", path, &fs::metadata(path).map_err(|error| cannot(&error))?)?;
    let file = File::open(path).map_err(|error| cannot(&error))?;
    let metadata = file.metadata().map_err(|error| cannot(&error))?;
    if metadata.len() > limit {
        return Err(too_large(path, Some(metadata.len()), limit));
    }
    // One byte more than expected, so that the buffer never grows and leaves a copy of a secret behind.
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default() + 1);
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| cannot(&error))?;
    if bytes.len() as u64 > limit {
        return Err(too_large(path, None, limit));
    }
    Ok(FileContent { bytes: Secret::from(bytes), stamp: stamp_of(&metadata) })
}

/// What the file looks like now; `None` when there is none or it cannot be asked.
pub fn stamp(path: &Path) -> Option<FileStamp> {
    fs::metadata(path).ok().map(|metadata| stamp_of(&metadata))
}

/// Replaces the file at `path` by `bytes`, whole or not at all. Its permissions stay; a new file gets those the
/// user's umask says. A symbolic link stays a link: the file it names is replaced.
///
/// # Errors
/// The problems of [`Saving::begin`] and [`Saving::commit`]; the file is then as it was.
pub fn save(path: &Path, bytes: &[u8]) -> Result<FileStamp, Problem> {
    save_as(path, bytes, Access::Kept)
}

/// Like [`save`], but only the owner can read the file, from the first byte on: for keys, tokens and settings.
///
/// # Errors
/// The problems of [`Saving::begin`] and [`Saving::commit`]; the file is then as it was.
pub fn save_private(path: &Path, bytes: &[u8]) -> Result<FileStamp, Problem> {
    save_as(path, bytes, Access::Private)
}

/// Like [`save`], with a choice of who can read the file.
///
/// # Errors
/// The problems of [`Saving::begin`] and [`Saving::commit`]; the file is then as it was.
pub fn save_as(path: &Path, bytes: &[u8], access: Access) -> Result<FileStamp, Problem> {
    let mut saving = Saving::begin(path, access)?;
    saving.write_all(bytes).map_err(|error| cannot_save(path, &error))?;
    saving.commit()
}

/// Writes a new file, whole or not at all, and never over another one, not even one that appears at the same moment.
///
/// # Errors
/// `file-exists`; the problems of [`Saving::begin`] and [`Saving::commit`].
pub fn create(path: &Path, bytes: &[u8]) -> Result<FileStamp, Problem> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(exists("save", path));
    }
    let mut saving = Saving::begin(path, Access::Kept)?;
    saving.write_all(bytes).map_err(|error| cannot_save(path, &error))?;
    saving.commit_new()
}

/// Gives a file another name in the same folder, never over another file.
///
/// # Errors
/// `file-exists`, `file-missing`, `file-permission`, `file-read-only`, `file`; the file is then as it was.
pub fn rename(from: &Path, to: &Path) -> Result<(), Problem> {
    let done = match move_to_free_name(from, to) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(exists("rename", to)),
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(cannot_open(from, &error)),
        done => done,
    };
    done.and_then(|()| sync_folder(folder_of(to))).map_err(|error| cannot_save(to, &error))
}

#[cfg(target_os = "linux")]
fn move_to_free_name(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        // Some file systems do not know the flag.
        Err(Errno::INVAL | Errno::NOSYS) => move_after_a_look(from, to),
        done => done.map_err(io::Error::from),
    }
}

#[cfg(not(target_os = "linux"))]
fn move_to_free_name(from: &Path, to: &Path) -> io::Result<()> {
    move_after_a_look(from, to)
}

/// On disks that do not tell `A` from `a`, the other file may be the file itself.
fn move_after_a_look(from: &Path, to: &Path) -> io::Result<()> {
    let is_itself = || matches!((from.canonicalize(), to.canonicalize()), (Ok(from), Ok(to)) if from == to);
    if fs::symlink_metadata(to).is_ok() && !is_itself() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

/// Removes what saves to `path` that were killed left beside it. To be called before a save that is not one of very many.
pub fn sweep(path: &Path) {
    if let Ok(target) = follow_links(path)
        && let Some(name) = target.file_name()
    {
        leftovers::sweep(folder_of(&target), name);
    }
}

/// Who can read a file after it was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Those who could before; for a new file, those the user's umask says.
    Kept,
    /// The owner alone.
    Private,
}

/// A save that is under way: write into it, then [`commit`](Self::commit). Dropped before that, it leaves no trace.
#[derive(Debug)]
pub struct Saving {
    path: PathBuf,
    target: PathBuf,
    temporary: BufWriter<NamedTempFile>,
}

impl Saving {
    /// Opens a temporary file beside the target.
    ///
    /// # Errors
    /// `file-missing` (no such folder), `file-folder`, `file-special`, `file-permission`, `file-read-only`, `file-full`,
    /// `file`.
    pub fn begin(path: &Path, access: Access) -> Result<Self, Problem> {
        let cannot = |error: &io::Error| cannot_save(path, error);
        let target = follow_links(path).map_err(|error| cannot(&error))?;
        let Some(name) = target.file_name() else {
            return Err(Problem::new("file-folder", format!("{} does not name a file", visible_path(path)))
                .help("Add a file name, such as access-token.jwt.json."));
        };
        let existing = match fs::metadata(&target) {
            Ok(metadata) => Some(metadata),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(cannot(&error)),
        };
        if let Some(metadata) = &existing {
            writable(path, &target, metadata)?;
        }
        let set_up = |builder: &mut tempfile::Builder<'_, '_>| first_permissions(builder, access, existing.is_some());
        let temporary = leftovers::create(folder_of(&target), name, set_up).map_err(|error| cannot(&error))?;
        if let (Some(metadata), Access::Kept) = (&existing, access) {
            keep_permissions(temporary.as_file(), metadata).map_err(|error| cannot(&error))?;
        }
        Ok(Self { path: path.to_path_buf(), target, temporary: BufWriter::new(temporary) })
    }

    /// The temporary file itself, for who writes large pieces and may have to take one back. Not to be mixed with writing
    /// through the save.
    pub fn file(&mut self) -> &mut File {
        self.temporary.get_mut().as_file_mut()
    }

    /// Puts the written bytes on the disk, then under their name. The stamp is that of the file as saved.
    ///
    /// # Errors
    /// `file-full`, `file-permission`, `file`; the target is then as it was. `file-unconfirmed` when the file is in its
    /// place but the disk did not confirm the change of the folder.
    pub fn commit(self) -> Result<FileStamp, Problem> {
        self.put(|temporary, target| temporary.persist(target))
    }

    /// The same, where nothing may be there already.
    fn commit_new(self) -> Result<FileStamp, Problem> {
        self.put(|temporary, target| temporary.persist_noclobber(target))
    }

    fn put(self, place: fn(NamedTempFile, &Path) -> Result<File, PersistError>) -> Result<FileStamp, Problem> {
        let Self { path, target, temporary } = self;
        let cannot = |error: &io::Error| cannot_save(&path, error);
        let temporary = temporary.into_inner().map_err(|error| cannot(error.error()))?;
        temporary.as_file().sync_all().map_err(|error| cannot(&error))?;
        let stamp = stamp_of(&temporary.as_file().metadata().map_err(|error| cannot(&error))?);
        place(temporary, &target).map_err(|error| match error.error.kind() {
            ErrorKind::AlreadyExists => exists("save", &path),
            _ => cannot(&error.error),
        })?;
        sync_folder(folder_of(&target)).map_err(|error| {
            Problem::new("file-unconfirmed", format!("{} is saved, but {}", path.display(), reason(&error)))
                .help("Check the disk before you rely on the file.")
        })?;
        Ok(stamp)
    }
}

impl Write for Saving {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.temporary.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.temporary.flush()
    }
}

/// Where the links of `path` end; the end itself need not exist.
fn follow_links(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_path_buf();
    // As many as the Linux kernel follows.
    for _ in 0..40 {
        match fs::read_link(&target) {
            Ok(next) => target = folder_of(&target).join(next),
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::other("its symbolic links lead in a circle"))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Refuses what the rename would replace although the user may not write it, or is no file at all.
fn writable(path: &Path, target: &Path, metadata: &Metadata) -> Result<(), Problem> {
    regular("save", path, metadata)?;
    if metadata.permissions().readonly() {
        return Err(Problem::new(
            "file-read-only",
            format!("Cannot save {}: the file is read-only", visible_path(path)),
        )
        .help("Save under another name, or make the file writable."));
    }
    OpenOptions::new().write(true).open(target).map(|_| ()).map_err(|error| cannot_save(path, &error))
}

/// Refuses what is no regular file; `verb` is what was to be done with it.
pub(super) fn regular(verb: &str, path: &Path, metadata: &Metadata) -> Result<(), Problem> {
    let path = visible_path(path);
    if metadata.is_dir() {
        Err(Problem::new("file-folder", format!("Cannot {verb} {path}: it is a folder"))
            .help("Name a file inside the folder."))
    } else if metadata.is_file() {
        Ok(())
    } else {
        Err(Problem::new(SPECIAL, format!("Cannot {verb} {path}: it is a pipe or a device, not a regular file"))
            .help("Name a regular file."))
    }
}

#[cfg(unix)]
fn first_permissions(builder: &mut tempfile::Builder<'_, '_>, access: Access, exists: bool) {
    use std::os::unix::fs::PermissionsExt as _;
    // The umask takes its part of 0666, as for any new file; a replacement stays private until it has the old
    // file's permissions.
    let mode = if access == Access::Kept && !exists { 0o666 } else { 0o600 };
    builder.permissions(fs::Permissions::from_mode(mode));
}

#[cfg(not(unix))]
fn first_permissions(_: &mut tempfile::Builder<'_, '_>, _: Access, _: bool) {}

/// Gives the new file the owner, as far as the system lets us, and the permissions of the one it replaces.
fn keep_permissions(file: &File, existing: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        let ours = file.metadata()?;
        if (ours.uid(), ours.gid()) != (existing.uid(), existing.gid())
            && fchown(file, Some(existing.uid()), Some(existing.gid())).is_err()
        {
            // Only root may give files away; the group can be kept by its members.
            fchown(file, None, Some(existing.gid())).ok();
        }
    }
    file.set_permissions(existing.permissions())
}

/// Waits until the names of the files in a folder are on the disk.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    // A folder we may write but not read cannot be opened, and some file systems have no sync for folders.
    let Ok(folder) = File::open(folder) else { return Ok(()) };
    match folder.sync_all() {
        Err(error) if !matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Err(error),
        _ => Ok(()),
    }
}

/// Names need no care of their own here.
#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

fn stamp_of(metadata: &Metadata) -> FileStamp {
    let modified = metadata.modified().map_or(0, |time| match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i128::try_from(after.as_nanos()).unwrap_or(i128::MAX),
        Err(before) => i128::try_from(before.duration().as_nanos()).map_or(i128::MIN, |nanos| -nanos),
    });
    #[cfg(unix)]
    let inode = std::os::unix::fs::MetadataExt::ino(metadata);
    #[cfg(not(unix))]
    let inode = 0;
    FileStamp { modified, len: metadata.len(), inode }
}

/// The problem of a file that could not be opened or read.
pub fn cannot_open(path: &Path, error: &io::Error) -> Problem {
    let path = visible_path(path);
    let reason = reason(error);
    let (code, reason, help) = match error.kind() {
        ErrorKind::NotFound => (MISSING, "there is no such file", "Check the name and the folder."),
        ErrorKind::PermissionDenied => (
            "file-permission",
            "you have no permission to read it",
            "Change the permissions of the file, or open a copy of it.",
        ),
        ErrorKind::NotADirectory => {
            (MISSING, "a part of its path is a file, not a folder", "Check the name and the folder.")
        }
        _ => ("file", reason.as_str(), "Check the file and the disk it is on, then try again."),
    };
    Problem::new(code, format!("Cannot open {path}: {reason}")).help(help)
}

/// The problem of a file that could not be saved. What was there before is unchanged.
pub fn cannot_save(path: &Path, error: &io::Error) -> Problem {
    const ELSEWHERE: &str = "Save in another folder, or change the permissions of this one.";
    let path = visible_path(path);
    let reason = reason(error);
    let (code, reason, help) = match error.kind() {
        ErrorKind::NotFound => (MISSING, "its folder does not exist", "Create the folder, or choose another one."),
        // A folder that cannot be made because there is a file of its name says that it exists.
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            (MISSING, "a part of its path is a file, not a folder", "Choose another folder.")
        }
        ErrorKind::PermissionDenied => ("file-permission", "you have no permission to write there", ELSEWHERE),
        ErrorKind::ReadOnlyFilesystem => {
            ("file-read-only", "the disk is read-only", "Choose a folder on another disk.")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => (
            "file-full",
            "there is no space left on the disk",
            "Free some space, or choose another disk; the file is as it was before.",
        ),
        ErrorKind::InvalidFilename => {
            ("file", "the disk does not accept this name", "Choose a shorter name without special characters.")
        }
        _ => ("file", reason.as_str(), "Choose another folder; the file is as it was before."),
    };
    Problem::new(code, format!("Cannot save {path}: {reason}")).help(help)
}

/// The problem of a name that is taken.
pub fn exists(verb: &str, path: &Path) -> Problem {
    Problem::new(EXISTS, format!("Cannot {verb} {}: there is such a file already", visible_path(path)))
        .help("Choose another name, or remove that file first.")
}

/// The system's words, without the error number behind them.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let words = text.split(" (os error").next().unwrap_or_default();
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// The problem of a file of `len` bytes, if that is known, where `limit` are the most.
pub fn too_large(path: &Path, len: Option<u64>, limit: u64) -> Problem {
    let limit = size_label(limit);
    let size = match len {
        Some(len) => format!("{}, the limit is {limit}", size_label(len)),
        None => format!("more than {limit}"),
    };
    Problem::new(TOO_LARGE, format!("Cannot open {}: it has {size}", visible_path(path)))
        .help("Check that it is the right file; templates, tokens and keys are small.")
}

/// "16 MiB", "2 KiB", "12 bytes": rounded up, so that a size over a limit never reads like the limit.
fn size_label(bytes: u64) -> String {
    match bytes {
        0..=1023 => format!("{bytes} bytes"),
        1024..=1_048_575 => format!("{} KiB", bytes.div_ceil(1 << 10)),
        1_048_576.. => format!("{} MiB", bytes.div_ceil(1 << 20)),
    }
}
