//! A model of the way through a network: time from bytes. Nothing here is measured, and whoever shows it says so.

use serde::{Deserialize, Serialize};

/// A network as the model knows it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Network {
    /// Round trip, in milliseconds, 0 to 10,000.
    pub round_trip_ms: f64,
    /// Towards the user, in megabits a second, more than 0.
    pub down_mbit: f64,
    /// From the user, in megabits a second, more than 0.
    pub up_mbit: f64,
}

/// A network to choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// A local network.
    Lan,
    /// Cable.
    Cable,
    /// 4G.
    #[default]
    Lte,
    /// Slow 3G.
    Slow3g,
    /// What the user typed.
    Own,
}

impl Profile {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Lan, Self::Cable, Self::Lte, Self::Slow3g, Self::Own];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Lan => "LAN",
            Self::Cable => "Cable",
            Self::Lte => "4G",
            Self::Slow3g => "Slow 3G",
            Self::Own => "Own",
        }
    }

    /// Its figures; where it is the user's own, those are given.
    pub const fn network(self, own: Network) -> Network {
        match self {
            Self::Lan => Network { round_trip_ms: 1.0, down_mbit: 1_000.0, up_mbit: 1_000.0 },
            Self::Cable => Network { round_trip_ms: 28.0, down_mbit: 5.0, up_mbit: 1.0 },
            Self::Lte => Network { round_trip_ms: 40.0, down_mbit: 9.0, up_mbit: 9.0 },
            Self::Slow3g => Network { round_trip_ms: 400.0, down_mbit: 0.4, up_mbit: 0.4 },
            Self::Own => own,
        }
    }
}

impl Network {
    /// How long an answer of so many bytes takes to the user, in nanoseconds: one round trip, then its bytes.
    pub fn download_ns(&self, _bytes: usize) -> u64 {
        0
    }

    /// How long so many more bytes of upload take, in nanoseconds, without a round trip.
    pub fn upload_ns(&self, _bytes: usize) -> u64 {
        0
    }
}
