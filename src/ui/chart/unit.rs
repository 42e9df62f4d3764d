//! How the values of an axis are written, with their units.

use crate::jose::text::grouped;
use crate::measure::histogram::format_ns;

/// What the numbers of an axis are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Nanoseconds, written in the unit that fits.
    Time,
    /// Seconds since the measurement began.
    Seconds,
    /// Bytes; 1 KiB is 1,024 of them.
    Bytes,
    /// Percent.
    Percent,
    /// So many.
    Count,
}

impl Unit {
    /// A value of an axis: as short as it can be, with its unit.
    pub fn tick(self, value: f64) -> String {
        match self {
            Self::Time => scaled(value, 1_000.0, &["ns", "µs", "ms", "s"]),
            Self::Seconds if value == 0.0 => "0 s".to_owned(),
            Self::Seconds => scaled(value * 1e9, 1_000.0, &["ns", "µs", "ms", "s"]),
            Self::Bytes => scaled(value, 1_024.0, &["B", "KiB", "MiB", "GiB"]),
            Self::Percent => format!("{} %", short(value)),
            Self::Count if value.abs() < 10.0 => short(value),
            Self::Count => grouped(value.round().abs() as u64),
        }
    }

    /// A value as it is read off: with three digits where it is a time.
    pub fn read(self, value: f64) -> String {
        match self {
            Self::Time => format_ns(value.max(0.0).round() as u64),
            Self::Seconds => format!("{value:.2} s"),
            Self::Bytes => format!("{} B", grouped(value.max(0.0).round() as u64)),
            Self::Percent => format!("{} %", short((value * 1_000.0).round() / 1_000.0)),
            Self::Count => self.tick(value),
        }
    }
}

/// `value` in the largest of `units` that leaves at least 1 of it; each is `step` times the one before.
fn scaled(value: f64, step: f64, units: &[&str]) -> String {
    let mut value = value;
    let mut units = units.iter().peekable();
    while let Some(unit) = units.next() {
        // What would be written as a whole `step` of a unit is 1 of the next.
        if value.abs() < step * 0.999_5 || units.peek().is_none() {
            return format!("{} {unit}", short(value));
        }
        value /= step;
    }
    short(value)
}

/// With at most three digits behind the point, and none that says nothing.
fn short(value: f64) -> String {
    let digits = if value.abs() >= 100.0 { 1 } else { 4 };
    let text = format!("{value:.digits$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text.is_empty() || text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(unit: Unit, value: f64, tick: &str, read: &str) {
        assert_eq!((unit.tick(value).as_str(), unit.read(value).as_str()), (tick, read));
    }

    #[test]
    fn ticks_are_short_and_have_units() {
        check(Unit::Time, 200.0, "200 ns", "200 ns");
        check(Unit::Time, 1_500.0, "1.5 µs", "1.50 µs");
        check(Unit::Time, 999_999.9, "1 ms", "1.00 ms");
        check(Unit::Time, 5e10, "50 s", "50.0 s");
        check(Unit::Time, 0.0, "0 ns", "0 ns");
        check(Unit::Bytes, 64.0, "64 B", "64 B");
        check(Unit::Bytes, 65_536.0, "64 KiB", "65,536 B");
        check(Unit::Bytes, 1_048_576.0, "1 MiB", "1,048,576 B");
        check(Unit::Percent, 99.9, "99.9 %", "99.9 %");
        check(Unit::Percent, 0.0, "0 %", "0 %");
        check(Unit::Seconds, 0.0, "0 s", "0.00 s");
        check(Unit::Seconds, 0.5, "500 ms", "0.50 s");
        check(Unit::Seconds, 3.0, "3 s", "3.00 s");
        check(Unit::Count, 1_234_567.0, "1,234,567", "1,234,567");
        check(Unit::Count, 2.5, "2.5", "2.5");
    }
}
