//! Locks between the windows of one user: files that are locked while somebody works. The lock of a program that was
//! killed is free again.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::{Duration, Instant};

/// How often a lock that is taken is tried again.
const STEP: Duration = Duration::from_millis(5);

/// A lock; free when it is dropped.
#[derive(Debug)]
pub struct FileLock(File);

impl FileLock {
    /// Takes the lock at `path`, whose file is made when there is none; only the user can read it.
    ///
    /// # Errors
    /// [`ErrorKind::WouldBlock`] while another window has it, and whatever keeps the file from being opened.
    pub fn take(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let file = options.open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(ErrorKind::WouldBlock.into()),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Takes the lock, waiting so long for others; `None` when it cannot be had.
    pub fn wait(path: &Path, patience: Duration) -> Option<Self> {
        let started = Instant::now();
        loop {
            match Self::take(path) {
                Ok(lock) => return Some(lock),
                Err(error) if error.kind() != ErrorKind::WouldBlock => return None,
                Err(_) if started.elapsed() >= patience => return None,
                Err(_) => std::thread::sleep(STEP),
            }
        }
    }
}

impl Drop for FileLock {
    fn drop(&mut self) {
        // A program started by this one may have the file open still.
        self.0.unlock().ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        let lock = FileLock::take(&path).unwrap();
        assert_eq!(FileLock::take(&path).unwrap_err().kind(), ErrorKind::WouldBlock);
        assert!(FileLock::wait(&path, Duration::from_millis(20)).is_none());
        drop(lock);
        assert!(FileLock::wait(&path, Duration::ZERO).is_some());
        assert!(FileLock::wait(&folder.path().join("nowhere/a.lock"), Duration::from_secs(60)).is_none());
    }
}
