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
    /// The longest round trip, in milliseconds.
    pub const MOST_ROUND_TRIP_MS: f64 = 10_000.0;
    /// The slowest and the fastest way, in megabits a second.
    pub const RATES_MBIT: (f64, f64) = (0.001, 100_000.0);

    /// The same with every figure in its range; what is no number becomes the least.
    #[must_use]
    pub fn bounded(self) -> Self {
        let (slowest, fastest) = Self::RATES_MBIT;
        let within =
            |figure: f64, least: f64, most: f64| if figure.is_nan() { least } else { figure.clamp(least, most) };
        let rate = |mbit: f64| within(mbit, slowest, fastest);
        Self {
            round_trip_ms: within(self.round_trip_ms, 0.0, Self::MOST_ROUND_TRIP_MS),
            down_mbit: rate(self.down_mbit),
            up_mbit: rate(self.up_mbit),
        }
    }

    /// How long an answer of so many bytes takes to the user, in nanoseconds: one round trip, then its bytes.
    pub fn download_ns(&self, bytes: usize) -> u64 {
        let Self { round_trip_ms, down_mbit, .. } = self.bounded();
        nanoseconds(round_trip_ms * 1e6).saturating_add(on_the_way(bytes, down_mbit))
    }

    /// How long so many more bytes of upload take, in nanoseconds, without a round trip.
    pub fn upload_ns(&self, bytes: usize) -> u64 {
        on_the_way(bytes, self.bounded().up_mbit)
    }
}

/// Eight bits a byte; a megabit a second is a bit every 1,000 ns.
fn on_the_way(bytes: usize, mbit: f64) -> u64 {
    nanoseconds(bytes as f64 * 8_000.0 / mbit)
}

/// The nearest whole number; the largest there is when there is none so large.
fn nanoseconds(ns: f64) -> u64 {
    ns.round() as u64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn a_round_trip_and_then_the_bytes() {
        let network = Network { round_trip_ms: 40.0, down_mbit: 8.0, up_mbit: 0.5 };
        assert_eq!(network.download_ns(0), 40_000_000);
        assert_eq!(network.download_ns(1_000), 41_000_000);
        assert_eq!((network.upload_ns(0), network.upload_ns(1_000)), (0, 16_000_000));
    }

    #[test]
    fn the_profiles_are_in_their_range_and_differ() {
        let own = Network { round_trip_ms: 7.0, down_mbit: 3.0, up_mbit: 2.0 };
        let times = Profile::ALL.map(|profile| {
            let network = profile.network(own);
            assert_eq!(network.bounded(), network, "{}", profile.label());
            network.download_ns(10_000)
        });
        assert!(times[..4].windows(2).all(|pair| pair[0] < pair[1]), "slower and slower: {times:?}");
        assert_eq!(times[4], own.download_ns(10_000));
    }

    proptest! {
        #[test]
        fn any_figures_give_a_time_that_grows_with_the_bytes(
            round_trip_ms in any::<f64>(), down_mbit in any::<f64>(), up_mbit in any::<f64>(),
            bytes in any::<usize>(), more in any::<usize>(),
        ) {
            let network = Network { round_trip_ms, down_mbit, up_mbit };
            let bounded = network.bounded();
            prop_assert_eq!(bounded.bounded(), bounded);
            let more = bytes.saturating_add(more);
            prop_assert!(network.download_ns(bytes) <= network.download_ns(more));
            prop_assert!(network.upload_ns(bytes) <= network.upload_ns(more));
            prop_assert!(network.upload_ns(bytes) < u64::MAX || bytes > 1 << 40);
        }
    }
}
