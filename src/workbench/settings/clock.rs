//! How instants are told in the window.

use serde::{Deserialize, Serialize};

use crate::jose::instant::{Hours, InstantFormat, Zones};

/// The clock and the time zones. What is written to files and on the command line knows nothing of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClockSettings {
    /// A clock of 24 or of 12 hours.
    pub hours: Hours,
    /// UTC alone, or with local time.
    pub zones: Zones,
}

impl ClockSettings {
    /// The format of these choices, where `offset` tells how far the computer's time zone is ahead of UTC.
    pub const fn format(self, offset: fn(i64) -> i32) -> InstantFormat {
        InstantFormat { hours: self.hours, zones: self.zones, offset }
    }
}
