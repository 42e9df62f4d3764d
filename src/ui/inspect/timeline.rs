//! The axis of the validity chart: linear between the instants of the token, pressed together outside of them, so that
//! every instant has a place on it.

/// The shares of the width before, within and after the instants of the token.
const BEFORE: f64 = 0.2;
const WITHIN: f64 = 0.45;
const AFTER: f64 = 1.0 - BEFORE - WITHIN;

/// An hour: the length of a window of which one end is missing.
const HOUR: f64 = 3_600.0;

/// An axis over the instants of a token, in seconds since 1970 UTC; places on it go from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Axis {
    start: f64,
    length: f64,
}

impl Axis {
    /// The axis for the instants of a token; `None` when there are none.
    pub(super) fn of(instants: &[i64], open_start: bool, open_end: bool) -> Option<Self> {
        let first = *instants.iter().min()? as f64;
        let last = *instants.iter().max()? as f64;
        if last > first {
            return Some(Self { start: first, length: last - first });
        }
        let start = if open_start && !open_end { first - HOUR } else { first };
        Some(Self { start, length: HOUR })
    }

    /// Where an instant is.
    pub(super) fn place(self, instant: i64) -> f32 {
        let distance = (instant as f64 - self.start) / self.length;
        let place = if distance < 0.0 {
            BEFORE * (1.0 - squeezed(-distance, BEFORE))
        } else if distance <= 1.0 {
            BEFORE + WITHIN * distance
        } else {
            BEFORE + WITHIN + AFTER * squeezed(distance - 1.0, AFTER)
        };
        place as f32
    }

    /// The instant at a place.
    pub(super) fn instant(self, place: f32) -> i64 {
        let place = f64::from(place).clamp(0.0, 0.9999);
        let distance = if place < BEFORE {
            -stretched(((BEFORE - place) / BEFORE).min(0.9999), BEFORE)
        } else if place <= BEFORE + WITHIN {
            (place - BEFORE) / WITHIN
        } else {
            1.0 + stretched((place - BEFORE - WITHIN) / AFTER, AFTER)
        };
        (self.start + distance * self.length).round() as i64
    }

    /// Where the pressed parts begin and end.
    pub(super) const fn linear() -> (f32, f32) {
        (BEFORE as f32, (BEFORE + WITHIN) as f32)
    }

    /// About a hundredth of the linear part, in seconds: a step of the arrow keys.
    pub(super) fn step(self) -> i64 {
        (self.length / 100.0).round().max(1.0) as i64
    }
}

/// A distance of 0 to infinity as a share of 0 to 1, as steep at 0 as the linear part is.
fn squeezed(distance: f64, room: f64) -> f64 {
    distance / (distance + room / WITHIN)
}

/// The other way round.
fn stretched(share: f64, room: f64) -> f64 {
    share * (room / WITHIN) / (1.0 - share)
}

/// Moves labels of these widths and centres apart so that none overlaps another or leaves `0..room`, as far as there is
/// room; returns their left edges. The labels come in the order of their centres.
pub(super) fn spread(labels: &[(f32, f32)], gap: f32, room: f32) -> Vec<f32> {
    let mut lefts: Vec<f32> = labels.iter().map(|(centre, width)| centre - width / 2.0).collect();
    let mut least = 0.0;
    for (left, (_, width)) in lefts.iter_mut().zip(labels) {
        *left = left.max(least);
        least = *left + width + gap;
    }
    let mut most = room;
    for (left, (_, width)) in lefts.iter_mut().zip(labels).rev() {
        *left = left.min(most - width);
        most = *left - gap;
    }
    lefts
}

#[cfg(test)]
mod tests {
    use super::*;

    const IAT: i64 = 1_795_284_000;

    #[test]
    fn places_and_instants_are_inverse() {
        let axis = Axis::of(&[IAT, IAT + 1_800], false, false).unwrap();
        for distance in [-90_000, -600, 0, 1, 900, 1_800, 1_801, 13_000, 500_000] {
            let place = axis.place(IAT + distance);
            assert!((0.0..=1.0).contains(&place), "{distance}");
            let back = axis.instant(place) - IAT;
            assert!((back - distance).abs() <= 2 + distance.abs() / 1_000, "{distance} came back as {back}");
        }
    }

    #[test]
    fn every_instant_has_its_place_in_order() {
        let axis = Axis::of(&[IAT, IAT + 1_800], false, false).unwrap();
        let instants = [i64::MIN, 0, IAT - 60, IAT, IAT + 900, IAT + 1_800, IAT + 1_860, IAT + 90_000, i64::MAX];
        let places: Vec<_> = instants.iter().map(|instant| axis.place(*instant)).collect();
        assert!(places.is_sorted(), "{places:?}");
        assert!(places.iter().all(|place| (0.0..=1.0).contains(place)), "{places:?}");
    }

    #[test]
    fn a_single_instant_has_an_axis_too() {
        assert_eq!(Axis::of(&[], true, true), None);
        let expires = Axis::of(&[IAT], true, false).unwrap();
        assert!((expires.place(IAT) - 0.65).abs() < 1e-3, "{}", expires.place(IAT));
        let begins = Axis::of(&[IAT], false, true).unwrap();
        assert!((begins.place(IAT) - 0.2).abs() < 1e-3);
    }

    #[test]
    fn labels_never_overlap() {
        for labels in [
            vec![(10.0, 60.0), (12.0, 60.0), (14.0, 60.0)],
            vec![(290.0, 60.0), (295.0, 60.0)],
            vec![(150.0, 60.0)],
            vec![],
        ] {
            let lefts = spread(&labels, 8.0, 300.0);
            for (index, (left, (_, width))) in lefts.iter().zip(&labels).enumerate() {
                assert!(*left >= 0.0 && left + width <= 300.0, "{lefts:?}");
                assert!(lefts.get(index + 1).is_none_or(|next| left + width + 8.0 <= next + 0.01), "{lefts:?}");
            }
        }
    }
}
