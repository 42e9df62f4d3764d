//! Where a value lies on an axis, and which values are written there.

/// From values to places along an axis, 0 at its start and 1 at its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Equal distances are equal differences.
    Linear {
        /// The value at the start.
        from: f64,
        /// The value at the end.
        to: f64,
    },
    /// Equal distances are equal ratios; both ends are above 0.
    Log {
        /// The value at the start.
        from: f64,
        /// The value at the end.
        to: f64,
        /// Whether the values written are powers of 2 instead of 10.
        binary: bool,
    },
    /// Percents from 0 to nearly 100: 90, 99, 99.9 … lie at equal distances, as far as there are so many nines.
    Nines(f64),
}

impl Scale {
    /// A linear axis from 0, a little longer than the largest of `values`.
    pub fn from_zero(values: impl Iterator<Item = f64>) -> Self {
        let to = values.filter(|value| value.is_finite()).fold(0.0, f64::max);
        Self::Linear { from: 0.0, to: if to > 0.0 { to * 1.06 } else { 1.0 } }
    }

    /// A linear axis around `values`, with a little room at both ends but none below 0.
    pub fn around(values: impl Iterator<Item = f64>) -> Self {
        let (low, high) = ends(values);
        let room = ((high - low) * 0.04).max(high.abs() * 1e-3).max(f64::MIN_POSITIVE);
        Self::Linear { from: (low - room).max(0.0), to: high + room }
    }

    /// A logarithmic axis around `values`; what is not above 0 is left out.
    pub fn log(values: impl Iterator<Item = f64>, binary: bool) -> Self {
        let (low, high) = ends(values.filter(|value| *value > 0.0));
        let room = 1.0 + 0.1 * (high / low.max(f64::MIN_POSITIVE)).log10().clamp(0.3, 3.0);
        Self::Log { from: low.max(f64::MIN_POSITIVE) / room, to: (high * room).max(low * 1.01), binary }
    }

    /// Percents for so many samples: more nines than they can tell apart are left out.
    pub fn nines(samples: u64) -> Self {
        Self::Nines((samples.max(10) as f64).log10().clamp(1.0, 6.0))
    }

    /// The place of a value; outside of 0 to 1 it is beyond the ends.
    pub fn place(self, value: f64) -> f64 {
        match self {
            Self::Linear { from, to } => (value - from) / (to - from).max(f64::MIN_POSITIVE),
            Self::Log { from, to, .. } => (value.max(f64::MIN_POSITIVE) / from).ln() / (to / from).ln(),
            Self::Nines(nines) => (-(1.0 - (value / 100.0).min(1.0)).max(1e-12).log10() / nines).min(1.0),
        }
    }

    /// The value at a place.
    pub fn value(self, place: f64) -> f64 {
        match self {
            Self::Linear { from, to } => from + place * (to - from),
            Self::Log { from, to, .. } => from * (to / from).powf(place),
            Self::Nines(nines) => (1.0 - 10f64.powf(-place * nines)) * 100.0,
        }
    }

    /// The values to write, at most about `most` of them, in ascending order.
    pub fn ticks(self, most: usize) -> Vec<f64> {
        let most = most.max(2);
        match self {
            Self::Linear { from, to } => linear_ticks(from, to, most),
            Self::Log { from, to, binary: true } => powers(from, to, 2.0, most),
            Self::Log { from, to, binary: false } if to / from < 30.0 => narrow_ticks(from, to, most),
            Self::Log { from, to, binary: false } => powers(from, to, 10.0, most),
            Self::Nines(nines) => {
                let mut ticks = vec![0.0, 50.0];
                ticks.extend((1..=nines.floor() as i32).map(|nines| 100.0 - 100.0 / 10f64.powi(nines)));
                ticks
            }
        }
    }
}

/// The smallest and the largest; 1 and 1 when there are none.
fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let ends = values
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    if ends.0 <= ends.1 { ends } else { (1.0, 1.0) }
}

/// Multiples of 1, 2 or 5 times a power of ten.
fn linear_ticks(from: f64, to: f64, most: usize) -> Vec<f64> {
    let rough = (to - from) / most as f64;
    if !rough.is_finite() || rough <= 0.0 {
        return vec![from];
    }
    let power = 10f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= rough * 0.999).unwrap_or(10.0);
    let step = factor * power;
    let first = (from / step - 1e-9).ceil() as i64;
    let last = (to / step + 1e-9).floor() as i64;
    (first..=last).map(|index| index as f64 * step).collect()
}

/// Within little more than a decade: 1, 2, 5 of every power where these are enough, else as on a linear axis.
fn narrow_ticks(from: f64, to: f64, most: usize) -> Vec<f64> {
    let first = from.log10().floor() as i32;
    let last = to.log10().ceil() as i32;
    let all = (first..=last).flat_map(|power| [1.0, 2.0, 5.0].map(|factor| factor * 10f64.powi(power)));
    let ticks: Vec<f64> = all.filter(|tick| (from..=to).contains(tick)).collect();
    if ticks.len() >= 3 && ticks.len() <= most + 1 { ticks } else { linear_ticks(from, to, most.min(5)) }
}

/// Powers of `base`, every so many-th where there would be too many.
fn powers(from: f64, to: f64, base: f64, most: usize) -> Vec<f64> {
    let first = (from.ln() / base.ln() - 1e-9).ceil() as i32;
    let last = (to.ln() / base.ln() + 1e-9).floor() as i32;
    let step = (1..).find(|step| (last - first) / step < most as i32).unwrap_or(1);
    let first = first.div_euclid(step) * step + if first.rem_euclid(step) == 0 { 0 } else { step };
    (first..=last).step_by(usize::try_from(step).unwrap_or(1)).map(|power| base.powi(power)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ticks_are_round_values() {
        #[track_caller]
        fn check(scale: Scale, most: usize, expected: &[f64]) {
            let ticks = scale.ticks(most);
            let near = |(tick, wanted): (&f64, &f64)| (tick - wanted).abs() <= wanted.abs() * 1e-9;
            assert!(ticks.len() == expected.len() && ticks.iter().zip(expected).all(near), "{ticks:?}");
        }
        check(Scale::Linear { from: 0.0, to: 103.0 }, 5, &[0.0, 50.0, 100.0]);
        check(Scale::Linear { from: 0.0, to: 100.0 }, 5, &[0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        check(Scale::Linear { from: 1_010.0, to: 1_090.0 }, 4, &[1_020.0, 1_040.0, 1_060.0, 1_080.0]);
        check(Scale::Log { from: 500.0, to: 2e6, binary: false }, 6, &[1e3, 1e4, 1e5, 1e6]);
        check(Scale::Log { from: 900.0, to: 9_000.0, binary: false }, 6, &[1e3, 2e3, 5e3]);
        let bytes = Scale::Log { from: 60.0, to: 2f64.powi(20), binary: true };
        check(bytes, 8, &[64.0, 256.0, 1_024.0, 4_096.0, 16_384.0, 65_536.0, 262_144.0, 1_048_576.0]);
        check(bytes, 4, &[256.0, 4_096.0, 65_536.0, 1_048_576.0]);
        check(Scale::nines(10_000), 9, &[0.0, 50.0, 90.0, 99.0, 99.9, 99.99]);
        check(Scale::nines(0), 9, &[0.0, 50.0, 90.0]);
    }

    #[test]
    fn the_last_percent_stays_on_the_axis() {
        let scale = Scale::nines(1_000);
        assert_eq!((scale.place(0.0), scale.place(100.0)), (0.0, 1.0));
        assert!((scale.place(90.0) - 1.0 / 3.0).abs() < 1e-9 && scale.place(99.9) <= 1.0);
    }

    #[test]
    fn axes_without_values_are_drawn_all_the_same() {
        for scale in [
            Scale::from_zero([].into_iter()),
            Scale::around([].into_iter()),
            Scale::log([].into_iter(), false),
            Scale::log([7.0].into_iter(), false),
            Scale::around([7.0].into_iter()),
        ] {
            assert!(scale.place(1.0).is_finite() && scale.ticks(6).len() < 20, "{scale:?}");
        }
    }

    proptest! {
        #[test]
        fn a_place_leads_back_to_its_value(low in 1f64..1e6, ratio in 1.5f64..1e4, share in 0f64..0.99) {
            for scale in [
                Scale::Linear { from: low, to: low * ratio },
                Scale::Log { from: low, to: low * ratio, binary: false },
                Scale::Nines(4.0),
            ] {
                prop_assert!((scale.place(scale.value(share)) - share).abs() < 1e-6, "{scale:?}");
            }
        }

        #[test]
        fn ticks_lie_on_the_axis_in_order(low in 1f64..1e6, ratio in 1.01f64..1e6, most in 2usize..12) {
            let high = low * ratio;
            for scale in [
                Scale::Linear { from: low, to: high },
                Scale::Log { from: low, to: high, binary: false },
                Scale::Log { from: low, to: high, binary: true },
            ] {
                let ticks = scale.ticks(most);
                prop_assert!(ticks.len() <= most + 2, "{scale:?} {ticks:?}");
                prop_assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]), "{scale:?} {ticks:?}");
                prop_assert!(ticks.iter().all(|tick| (-1e-6..=1.000_001).contains(&scale.place(*tick))), "{scale:?} {ticks:?}");
            }
        }
    }
}
