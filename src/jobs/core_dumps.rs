//! No core dumps: what the program holds in memory, keys among it, is not to be found on the disk after a crash.
//!
//! Where the system refuses nothing is told: the program works as well, and nobody could do anything about it.

/// Forbids them, for the window and for every command. On Linux the memory cannot be read by other programs of the same
/// user either. To be called first of all.
pub fn forbid() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }).ok();
    }
    set_readable(false);
}

/// While it lives, other programs of the same user can look at this one. The desktop's portal does so before it shows a
/// file dialog, and refuses where it cannot (flatpak/xdg-desktop-portal, issue 1490). There are no core dumps even then.
#[derive(Debug)]
pub struct Readable(());

impl Readable {
    /// From now on, until it is dropped.
    pub fn begin() -> Self {
        set_readable(true);
        Self(())
    }
}

impl Drop for Readable {
    fn drop(&mut self) {
        set_readable(false);
    }
}

#[cfg(target_os = "linux")]
fn set_readable(readable: bool) {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    let behavior = if readable { DumpableBehavior::Dumpable } else { DumpableBehavior::NotDumpable };
    set_dumpable_behavior(behavior).ok();
}

#[cfg(not(target_os = "linux"))]
const fn set_readable(_: bool) {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

    use super::*;

    #[test]
    fn only_a_dialog_makes_the_program_readable() {
        forbid();
        assert_eq!(dumpable_behavior(), Ok(DumpableBehavior::NotDumpable));
        let dialog = Readable::begin();
        assert_eq!(dumpable_behavior(), Ok(DumpableBehavior::Dumpable));
        assert_eq!(getrlimit(Resource::Core).current, Some(0));
        drop(dialog);
        assert_eq!(dumpable_behavior(), Ok(DumpableBehavior::NotDumpable));
    }
}
