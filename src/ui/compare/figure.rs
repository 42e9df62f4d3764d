//! Numbers as the page writes them.

pub(super) use crate::jose::text::grouped;

/// A difference with its sign, a real minus, and thousands separated: `−1,275`, `+12`, `0`.
pub(super) fn signed(number: i64) -> String {
    let sign = match number {
        0 => "",
        number if number < 0 => "\u{2212}",
        _ => "+",
    };
    format!("{sign}{}", grouped(number.unsigned_abs()))
}

/// A difference to a baseline in bytes and percent: `−256 (−14 %)`.
pub(super) fn difference(bytes: usize, baseline: usize) -> String {
    let difference = bytes as i64 - baseline as i64;
    let percent = difference as f64 * 100.0 / baseline.max(1) as f64;
    format!("{} ({} %)", signed(difference), signed(percent.round() as i64))
}

/// A share of a budget: `14.6 %`, `1,894 %`. It is cut rather than rounded, as beside the rule of the verdict: 14.96 does
/// not reach 15, and what does not fit never reads as 100 %.
pub(super) fn share(percent: f64) -> String {
    if percent > 100.0 {
        format!("{} %", grouped(percent.ceil() as u64))
    } else {
        format!("{:.1} %", (percent * 10.0).floor() / 10.0)
    }
}

/// `1 byte`, `1,824 bytes`.
pub(super) fn bytes(number: usize) -> String {
    counted(number, "byte", "bytes")
}

/// `1 variant`, `5 variants`.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number as u64), if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated_and_a_minus_is_one() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(signed(-1_275), "\u{2212}1,275");
        assert_eq!(signed(12), "+12");
        assert_eq!(signed(0), "0");
    }

    #[test]
    fn a_difference_has_bytes_and_percent() {
        assert_eq!(difference(1_568, 1_824), "\u{2212}256 (\u{2212}14 %)");
        assert_eq!(difference(1_824, 1_824), "0 (0 %)");
        assert_eq!(difference(300, 200), "+100 (+50 %)");
    }

    #[test]
    fn a_share_is_precise_enough_for_the_rules_and_never_full_when_over() {
        assert_eq!(share(14.62), "14.6 %");
        assert_eq!(share(14.96), "14.9 %");
        assert_eq!(share(100.0), "100.0 %");
        assert_eq!(share(100.01), "101 %");
        assert_eq!(share(1_893.5), "1,894 %");
    }

    #[test]
    fn one_byte_is_no_bytes() {
        assert_eq!(bytes(1), "1 byte");
        assert_eq!(bytes(1_824), "1,824 bytes");
    }
}
