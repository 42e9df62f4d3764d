//! How numbers are written for people.

use crate::jose::text;
use crate::measure::histogram::format_ns;

/// A number with thousands separated: `1,824`.
pub(super) fn grouped(number: usize) -> String {
    text::grouped(number as u64)
}

/// A number of bytes in words: `1 byte`, `2,447 bytes`.
pub(super) fn bytes(number: usize) -> String {
    format!("{} {}", grouped(number), if number == 1 { "byte" } else { "bytes" })
}

/// How many bytes more or fewer: `−1,019 B`, `+12 B`, `±0 B`.
pub(super) fn difference(from: usize, to: usize) -> String {
    let sign = match to.cmp(&from) {
        std::cmp::Ordering::Less => "−",
        std::cmp::Ordering::Equal => "±",
        std::cmp::Ordering::Greater => "+",
    };
    format!("{sign}{} B", grouped(to.abs_diff(from)))
}

/// The part that `some` is of `all`, in percent; what is not nothing is never 0.
pub(super) fn percent(some: usize, all: usize) -> String {
    let percent = some as f64 * 100.0 / all.max(1) as f64;
    if some > 0 && percent < 0.5 { "< 1 %".to_owned() } else { format!("{percent:.0} %") }
}

/// Below this a time is written in its own unit: hundredths of a millisecond would not tell it.
const LEAST: u64 = 50_000;
/// Below this there are two decimals.
const FEW: u64 = 10_000_000;

/// A time in milliseconds, so that the times of a column can be held against each other: `5.31 ms`, `214.0 ms`.
pub(super) fn ms(ns: u64) -> String {
    let value = ns as f64 / 1e6;
    match ns {
        0 => "0 ms".to_owned(),
        ns if ns < LEAST => format_ns(ns),
        ns if ns < FEW => format!("{value:.2} ms"),
        ns if ns < 1_000_000_000 => format!("{value:.1} ms"),
        _ => format!("{} ms", text::grouped(value.round() as u64)),
    }
}

/// A duration, or that it was not measured.
pub(super) fn duration(ns: Option<u64>) -> String {
    ns.map_or_else(|| "not measured".to_owned(), format_ns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_has_a_sign() {
        assert_eq!(difference(1_824, 805), "−1,019 B");
        assert_eq!(difference(10, 22), "+12 B");
        assert_eq!(difference(10, 10), "±0 B");
    }

    #[test]
    fn times_are_written_in_milliseconds() {
        let written = [0, 41_200, 80_400, 5_312_000, 214_040_000, 1_234_600_000].map(ms);
        assert_eq!(written, ["0 ms", "41.2 µs", "0.08 ms", "5.31 ms", "214.0 ms", "1,235 ms"]);
    }

    #[test]
    fn a_small_part_is_not_nothing() {
        assert_eq!(percent(0, 100), "0 %");
        assert_eq!(percent(1, 1_000), "< 1 %");
        assert_eq!(percent(1_019, 1_592), "64 %");
    }
}
