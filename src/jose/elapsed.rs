//! Spans of time as people read them: `29:51`, `in 3 d 4 h`, `9 s ago`.

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
/// A mean Gregorian year, 365.2425 days; only for showing distant instants roughly.
const YEAR: u64 = 31_556_952;

/// The time left as a clock: `0:09`, `29:51`, `2:05:10`, from a day on `3 d 4 h`, from two years on `12 years`.
///
/// Nothing left, or less than nothing, is `0:00`.
pub fn countdown(seconds: i64) -> String {
    let seconds = u64::try_from(seconds).unwrap_or(0);
    if seconds >= DAY {
        return spoken(seconds);
    }
    let (hours, minutes, rest) = (seconds / HOUR, seconds % HOUR / MINUTE, seconds % MINUTE);
    if hours > 0 { format!("{hours}:{minutes:02}:{rest:02}") } else { format!("{minutes}:{rest:02}") }
}

/// An instant seen from now: `in 29:51`, `now`, `9 s ago`, `3 h 12 min ago`.
pub fn relative(seconds_from_now: i64) -> String {
    match seconds_from_now {
        0 => "now".to_owned(),
        1.. => format!("in {}", countdown(seconds_from_now)),
        _ => format!("{} ago", spoken(seconds_from_now.unsigned_abs())),
    }
}

/// A span of time in its two largest units, in words short enough for a label: `3 h 12 min`.
pub fn spoken(seconds: u64) -> String {
    if seconds >= 2 * YEAR {
        return format!("{} years", seconds / YEAR);
    }
    let (large, large_unit, small, small_unit) = match seconds {
        0..MINUTE => (seconds, "s", 0, ""),
        MINUTE..HOUR => (seconds / MINUTE, "min", seconds % MINUTE, "s"),
        HOUR..DAY => (seconds / HOUR, "h", seconds % HOUR / MINUTE, "min"),
        DAY.. => (seconds / DAY, "d", seconds % DAY / HOUR, "h"),
    };
    if small == 0 { format!("{large} {large_unit}") } else { format!("{large} {large_unit} {small} {small_unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_reads_like_a_clock() {
        #[track_caller]
        fn check(seconds: i64, text: &str) {
            assert_eq!(countdown(seconds), text);
        }
        check(-5, "0:00");
        check(9, "0:09");
        check(1_791, "29:51");
        check(7_510, "2:05:10");
        check(86_399, "23:59:59");
        check(86_400, "1 d");
        check(273_600, "3 d 4 h");
        check(i64::MAX, "292277024626 years");
    }

    #[test]
    fn instants_are_told_from_now() {
        #[track_caller]
        fn check(seconds: i64, text: &str) {
            assert_eq!(relative(seconds), text);
        }
        check(0, "now");
        check(1_791, "in 29:51");
        check(273_600, "in 3 d 4 h");
        check(-9, "9 s ago");
        check(-312, "5 min 12 s ago");
        check(-11_520, "3 h 12 min ago");
        check(-10_800, "3 h ago");
        check(-63_113_904, "2 years ago");
        check(i64::MIN, "292277024626 years ago");
    }
}
