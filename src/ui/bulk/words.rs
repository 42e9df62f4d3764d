//! How the figures of a run are written.

use std::path::Path;
use std::time::Duration;

use crate::bulk::plan::Form;
use crate::jose::elapsed::{countdown, spoken};
use crate::jose::text::{grouped, visible};
use crate::measure::histogram::format_ns;

/// The name of a file without its folder, fit to be shown.
pub(super) fn file_name(path: &Path) -> String {
    visible(&path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()).into_owned()
}

/// "1 token", "50,000 tokens".
pub(super) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// A number of bytes with three digits: `612 B`, `41.2 KB`, `1.24 GB`. A kilobyte has 1,000 bytes, as on disks.
pub(super) fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["KB", "MB", "GB", "TB", "PB"];
    if bytes < 1_000 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1_000.0;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < UNITS.len() {
        value /= 1_000.0;
        unit += 1;
    }
    let decimals = if value < 9.995 { 2 } else { usize::from(value < 99.95) };
    format!("{value:.decimals$} {}", UNITS.get(unit).unwrap_or(&"PB"))
}

/// So many in a second, with three digits, so that it does not flicker: `205,000 a second`.
pub(super) fn rate(per_second: Option<f64>) -> String {
    let Some(rate) = per_second.filter(|rate| rate.is_finite()) else { return "–".to_owned() };
    if rate < 10.0 {
        return format!("{rate:.1} a second");
    }
    let step = 10_f64.powi((rate.log10().floor() as i32 - 2).max(0));
    format!("{} a second", grouped(((rate / step).round() * step) as u64))
}

/// The time that is left, as a clock.
pub(super) fn left(left: Option<Duration>) -> String {
    left.map_or_else(|| "–".to_owned(), |left| countdown(left.as_secs_f64().ceil() as i64))
}

/// The time that a run took: `420 ms`, `41 s`, `3 min 12 s`.
pub(super) fn took(elapsed: Duration) -> String {
    match elapsed.as_secs() {
        0..10 => format_ns(u64::try_from(elapsed.as_nanos()).unwrap_or(u64::MAX)),
        seconds => spoken(seconds),
    }
}

/// What a form is called, and what it is for.
pub(super) const fn form(form: Form) -> (&'static str, &'static str) {
    match form {
        Form::Lines => ("One token a line", "plain text, for scripts and pipes"),
        Form::Csv => ("CSV", "the columns of the rows, or a number, and the token"),
        Form::Ndjson => ("NDJSON", "a JSON object a line: the columns and the token"),
        Form::K6 => ("k6", "a JSON array for a SharedArray"),
        Form::Wrk => ("wrk", "a Lua script that sends one token after the other"),
        Form::Jmeter => ("JMeter", "CSV for a CSV Data Set Config"),
        Form::Vegeta => ("vegeta", "targets in its JSON format, with the URL"),
        Form::Folder => ("A folder", "one file for each token"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_three_digits() {
        let written = [0, 999, 1_000, 41_240, 999_499, 999_600, 412_000_000, 1_240_000_000].map(bytes);
        assert_eq!(written, ["0 B", "999 B", "1.00 KB", "41.2 KB", "999 KB", "1.00 MB", "412 MB", "1.24 GB"]);
        assert_eq!(bytes(u64::MAX), "18447 PB");
    }

    #[test]
    fn rates_do_not_flicker() {
        let written = [None, Some(0.0), Some(3.12), Some(99.6), Some(204_987.0), Some(1_234_567.0)].map(rate);
        let expected = ["–", "0.0 a second", "3.1 a second", "100 a second", "205,000 a second", "1,230,000 a second"];
        assert_eq!(written, expected);
    }

    #[test]
    fn times_are_written_as_clocks_and_in_words() {
        assert_eq!(left(Some(Duration::from_millis(61_200))), "1:02");
        assert_eq!(left(None), "–");
        assert_eq!(took(Duration::from_millis(420)), "420 ms");
        assert_eq!(took(Duration::from_secs(192)), "3 min 12 s");
    }
}
