//! Instants as people read them: in UTC, in local time or in both, by a clock of 24 or of 12 hours.
//!
//! Files, tokens and the command line have forms of their own, which never change.

use chrono::DateTime;
use serde::{Deserialize, Serialize};

/// The hours of a clock. Either way a time of day is equally long, so that nothing moves as it changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Hours {
    /// `18:29:12`.
    #[default]
    H24,
    /// `06:29:12 PM`.
    H12,
}

impl From<Hours> for u8 {
    fn from(hours: Hours) -> Self {
        match hours {
            Hours::H24 => 24,
            Hours::H12 => 12,
        }
    }
}

impl TryFrom<u8> for Hours {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        match number {
            24 => Ok(Self::H24),
            12 => Ok(Self::H12),
            _ => Err("a clock has 24 or 12 hours"),
        }
    }
}

/// The time zones that an instant is told in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Zones {
    /// UTC alone.
    #[default]
    Utc,
    /// UTC, then that of the computer.
    UtcLocal,
    /// That of the computer, then UTC.
    LocalUtc,
}

/// How instants are told to people.
#[derive(Clone, Copy, Debug)]
pub struct InstantFormat {
    /// The clock.
    pub hours: Hours,
    /// The time zones.
    pub zones: Zones,
    /// How far the time zone of the computer is ahead of UTC at an instant, in seconds.
    pub offset: fn(i64) -> i32,
}

impl Default for InstantFormat {
    fn default() -> Self {
        Self::UTC
    }
}

/// One of the two time zones.
#[derive(Clone, Copy)]
enum Zone {
    Utc,
    Local,
}

impl Zone {
    const fn label(self) -> &'static str {
        match self {
            Self::Utc => "UTC",
            Self::Local => "local",
        }
    }
}

impl InstantFormat {
    /// UTC by a clock of 24 hours: what every machine says, and the command line.
    pub const UTC: Self = Self { hours: Hours::H24, zones: Zones::Utc, offset: |_| 0 };

    /// The same clock, with UTC alone.
    #[must_use]
    pub fn in_utc(self) -> Self {
        Self { zones: Zones::Utc, ..self }
    }

    /// The same clock, with both time zones, in the order they are told in anyway.
    #[must_use]
    pub fn in_both(self) -> Self {
        let zones = if self.zones == Zones::LocalUtc { Zones::LocalUtc } else { Zones::UtcLocal };
        Self { zones, ..self }
    }

    /// Day and time: `2026-11-21 18:29:12 UTC`, or `2026-11-21 18:29:12 UTC · 20:29:12 local`.
    ///
    /// Every `i64` has an answer; one outside the calendar is told as its seconds.
    pub fn full(self, seconds: i64) -> String {
        self.told(seconds, None)
    }

    /// The same without the day where that is the day of `now`.
    pub fn near(self, seconds: i64, now: i64) -> String {
        self.told(seconds, Some(now))
    }

    /// In the first of the time zones and without its name: `18:29:12`, or with the day `2026-11-21 18:29:12`.
    pub fn plain(self, seconds: i64, with_day: bool) -> String {
        self.in_zone(self.first(), seconds, with_day).unwrap_or_else(|| outside(seconds))
    }

    /// The number of the day in the first of the time zones, for telling whether two instants share it.
    pub fn day(self, seconds: i64) -> i64 {
        self.day_in(self.first(), seconds)
    }

    /// The most letters that [`Self::near`] takes within the years 0 to 9999.
    pub fn most_letters(self) -> usize {
        let one = "2026-11-21 18:29:12 local".len() + if self.hours == Hours::H12 { " PM".len() } else { 0 };
        if self.zones == Zones::Utc { one } else { 2 * one + " · ".chars().count() }
    }

    fn told(self, seconds: i64, now: Option<i64>) -> String {
        let (first, second) = match self.zones {
            Zones::Utc => (Zone::Utc, None),
            Zones::UtcLocal => (Zone::Utc, Some(Zone::Local)),
            Zones::LocalUtc => (Zone::Local, Some(Zone::Utc)),
        };
        let is_today = now.is_some_and(|now| self.day_in(first, now) == self.day_in(first, seconds));
        let Some(mut told) = self.in_zone(first, seconds, !is_today) else { return outside(seconds) };
        told.push(' ');
        told.push_str(first.label());
        if let Some(second) = second {
            let is_another_day = self.day_in(first, seconds) != self.day_in(second, seconds);
            if let Some(other) = self.in_zone(second, seconds, is_another_day) {
                told.push_str(&format!(" · {other} {}", second.label()));
            }
        }
        told
    }

    const fn first(self) -> Zone {
        match self.zones {
            Zones::Utc | Zones::UtcLocal => Zone::Utc,
            Zones::LocalUtc => Zone::Local,
        }
    }

    /// The seconds that the clock of a time zone shows at an instant.
    fn shown_in(self, zone: Zone, seconds: i64) -> i64 {
        match zone {
            Zone::Utc => seconds,
            Zone::Local => seconds.saturating_add(i64::from((self.offset)(seconds))),
        }
    }

    fn day_in(self, zone: Zone, seconds: i64) -> i64 {
        self.shown_in(zone, seconds).div_euclid(86_400)
    }

    /// `None` outside the calendar.
    fn in_zone(self, zone: Zone, seconds: i64, with_day: bool) -> Option<String> {
        let form = match (self.hours, with_day) {
            (Hours::H24, false) => "%H:%M:%S",
            (Hours::H24, true) => "%Y-%m-%d %H:%M:%S",
            (Hours::H12, false) => "%I:%M:%S %p",
            (Hours::H12, true) => "%Y-%m-%d %I:%M:%S %p",
        };
        Some(DateTime::from_timestamp(self.shown_in(zone, seconds), 0)?.format(form).to_string())
    }
}

fn outside(seconds: i64) -> String {
    format!("{seconds} s")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-21 18:29:12 UTC.
    const AT: i64 = 1_795_285_752;

    #[track_caller]
    fn check(hours: Hours, zones: Zones, full: &str, near: &str) {
        let format = InstantFormat { hours, zones, offset: |_| 7_200 };
        assert_eq!((format.full(AT).as_str(), format.near(AT, AT - 60).as_str()), (full, near));
        assert_eq!(format.near(AT, AT - 86_400), full, "another day");
        assert!(full.chars().count() <= format.most_letters());
    }

    #[test]
    fn every_choice_has_its_words() {
        let (day, h24, h12) = ("2026-11-21 ", "18:29:12 UTC", "06:29:12 PM UTC");
        check(Hours::H24, Zones::Utc, &format!("{day}{h24}"), h24);
        check(Hours::H12, Zones::Utc, &format!("{day}{h12}"), h12);
        let both = "18:29:12 UTC · 20:29:12 local";
        check(Hours::H24, Zones::UtcLocal, &format!("{day}{both}"), both);
        let both = "20:29:12 local · 18:29:12 UTC";
        check(Hours::H24, Zones::LocalUtc, &format!("{day}{both}"), both);
        let both = "08:29:12 PM local · 06:29:12 PM UTC";
        check(Hours::H12, Zones::LocalUtc, &format!("{day}{both}"), both);
    }

    #[test]
    fn a_day_is_told_where_it_is_another_one() {
        let format = InstantFormat { zones: Zones::UtcLocal, offset: |_| 6 * 3_600, ..InstantFormat::UTC };
        assert_eq!(format.near(AT, AT), "18:29:12 UTC · 2026-11-22 00:29:12 local");
        let format = InstantFormat { zones: Zones::LocalUtc, ..format };
        assert_eq!(format.near(AT, AT), "00:29:12 local · 2026-11-21 18:29:12 UTC");
        assert_eq!(format.near(AT, AT - 3_600), "2026-11-22 00:29:12 local · 2026-11-21 18:29:12 UTC");
        assert!(format.full(AT).chars().count() <= format.most_letters());
        assert_ne!(format.day(AT), format.in_utc().day(AT));
    }

    #[test]
    fn noon_and_midnight_are_twelve() {
        let format = InstantFormat { hours: Hours::H12, ..InstantFormat::UTC };
        assert_eq!(format.plain(0, false), "12:00:00 AM");
        assert_eq!(format.plain(43_200, true), "1970-01-01 12:00:00 PM");
    }

    #[test]
    fn every_number_has_an_answer() {
        let format = InstantFormat { zones: Zones::UtcLocal, offset: |_| -3_600, ..InstantFormat::UTC };
        for seconds in [i64::MIN, i64::MAX] {
            assert_eq!(format.full(seconds), format!("{seconds} s"));
            assert_eq!(format.plain(seconds, true), format!("{seconds} s"));
        }
    }

    #[test]
    fn a_time_of_day_is_always_equally_long() {
        for hours in [Hours::H24, Hours::H12] {
            let format = InstantFormat { hours, ..InstantFormat::UTC };
            let lengths = (0..86_400).step_by(59).map(|second| format.plain(second, false).len());
            assert_eq!(lengths.collect::<std::collections::HashSet<_>>().len(), 1, "{hours:?}");
        }
    }
}
