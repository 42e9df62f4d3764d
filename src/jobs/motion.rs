//! Whether the desktop asks for less motion: the settings portal and GNOME on Linux, and what Windows and macOS keep.

use std::time::Duration;

use mundy::{Interest, Preferences};

/// A desktop that has not answered by then asks for nothing.
const PATIENCE: Duration = Duration::from_secs(3);
/// What switches the animations of GTK programs off, when it is 0.
const VARIABLE: &str = "GTK_ENABLE_ANIMATIONS";

/// Asks the desktop, which may take up to three seconds. On macOS to be called on the main thread, which answers at once.
pub(super) fn is_reduced() -> bool {
    let switched_off = std::env::var_os(VARIABLE).is_some_and(|value| value == "0");
    switched_off
        || Preferences::once_blocking(Interest::ReducedMotion, PATIENCE)
            .is_some_and(|preferences| !preferences.reduced_motion.is_no_preference())
}
