//! The system clock. Everything below takes the time as a value; this is the one place that reads it.

use std::time::{Duration, SystemTime};

use chrono::{Local, Offset as _, TimeZone as _};

/// Seconds since 1970-01-01 UTC, a NumericDate without fraction (RFC 7519 §2).
///
/// A clock set before 1970 gives a negative number.
#[expect(clippy::disallowed_methods, reason = "this is the place that reads the clock")]
pub fn now() -> i64 {
    chrono::Utc::now().timestamp()
}

/// How long ago something happened to a file; nothing for what lies ahead.
#[expect(clippy::disallowed_methods, reason = "this is the place that reads the clock")]
pub fn since(instant: SystemTime) -> Duration {
    SystemTime::now().duration_since(instant).unwrap_or_default()
}

/// How long it is until [`now`] is the next multiple of `seconds`, which is at least one.
#[expect(clippy::disallowed_methods, reason = "this is the place that reads the clock")]
pub fn until_multiple_of(seconds: i64) -> Duration {
    let now = chrono::Utc::now();
    let step = seconds.max(1);
    let left = u64::try_from(step - now.timestamp().rem_euclid(step)).unwrap_or(1);
    // A leap second has more than a second's worth of nanoseconds.
    let gone = now.timestamp_subsec_nanos().min(999_999_999);
    Duration::from_secs(left) - Duration::from_nanos(u64::from(gone))
}

/// How far the computer's time zone is ahead of UTC at the instant `seconds`, in seconds; summer time is counted.
///
/// 0 for instants the calendar does not reach.
pub fn local_offset(seconds: i64) -> i32 {
    Local.timestamp_opt(seconds, 0).single().map_or(0, |instant| instant.offset().fix().local_minus_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_past_the_writing_of_this_line() {
        assert!(now() > 1_700_000_000);
    }

    #[test]
    fn the_next_multiple_comes_in_time() {
        for step in [1, 2] {
            let (before, wait) = (now(), until_multiple_of(step));
            assert!(!wait.is_zero() && wait <= Duration::from_secs(step.unsigned_abs()));
            std::thread::sleep(wait + Duration::from_millis(1));
            assert!(now() >= (before.div_euclid(step) + 1) * step);
        }
    }

    #[test]
    fn the_offset_is_one_a_time_zone_can_have() {
        assert!(local_offset(now()).abs() <= 14 * 3600 + 1800);
        assert_eq!(local_offset(i64::MAX), 0);
    }
}
