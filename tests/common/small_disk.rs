//! Disks of a few kilobytes, for tests of what happens when one is full.

use std::path::PathBuf;
use std::process::Command;

/// A disk of 64 KiB, for as long as it is held.
pub(crate) struct SmallDisk(pub(crate) PathBuf);

impl SmallDisk {
    /// Mounts it at a folder; only root can.
    pub(crate) fn mount(at: impl Into<PathBuf>) -> Option<Self> {
        let at = at.into();
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"]).arg(&at).output();
        mount.is_ok_and(|output| output.status.success()).then_some(Self(at))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        Command::new("umount").arg(&self.0).status().ok();
    }
}
