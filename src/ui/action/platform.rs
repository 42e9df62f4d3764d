//! The desktops that the program runs on, as far as their keys differ.

/// A desktop with conventions of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Platform {
    /// Linux and what is like it; GNOME's Human Interface Guidelines.
    Linux,
    /// Windows; Microsoft's list of keyboard shortcuts in apps.
    Windows,
    /// macOS; Apple's Human Interface Guidelines.
    Mac,
}

impl Platform {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Linux, Self::Windows, Self::Mac];

    /// The one this program was built for.
    pub const HERE: Self = if cfg!(target_os = "macos") {
        Self::Mac
    } else if cfg!(target_os = "windows") {
        Self::Windows
    } else {
        Self::Linux
    };
}
