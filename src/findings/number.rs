//! What JavaScript makes of a JSON number: it reads every number as an IEEE 754 double (ECMA-262 §6.1.6.1).

/// The largest integer up to which every integer has its own double: 2^53 − 1 (ECMA-262 §21.1.2.6).
pub(super) const MAX_SAFE_INTEGER: i64 = 9_007_199_254_740_991;

/// Numbers of so many characters have no more than 15 significant digits, which a double keeps.
const ALWAYS_KEPT: usize = 15;

/// The number that JavaScript writes after reading `raw`, when that is another number.
pub(super) fn changed(raw: &str) -> Option<String> {
    if raw.len() <= ALWAYS_KEPT && !raw.contains(['e', 'E']) {
        return None;
    }
    let double: f64 = raw.parse().ok()?;
    let written = javascript(double);
    (!double.is_finite() || Decimal::of(raw) != Decimal::of(&written)).then_some(written)
}

/// Whether `raw` is written as a plain integer beyond ±(2^53 − 1).
pub(super) fn is_unsafe_integer(raw: &str) -> bool {
    let is_plain = raw.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    is_plain && raw.parse().map_or(true, |number: i64| number.unsigned_abs() > MAX_SAFE_INTEGER.unsigned_abs())
}

/// The text of a number (ECMA-262 §6.1.6.1.20, `Number::toString`).
fn javascript(double: f64) -> String {
    if !double.is_finite() {
        return if double > 0.0 { "Infinity".to_owned() } else { "-Infinity".to_owned() };
    }
    // The shortest digits that read back as the same double, which is what JavaScript takes too.
    let scientific = format!("{:e}", double.abs());
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let point = exponent.parse::<i32>().unwrap_or(0) + 1;
    let sign = if double < 0.0 { "-" } else { "" };
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let zeros = |number: i32| "0".repeat(usize::try_from(number).unwrap_or(0));
    match usize::try_from(point).ok().and_then(|point| digits.split_at_checked(point)) {
        _ if count <= point && point <= 21 => format!("{sign}{digits}{}", zeros(point - count)),
        Some((whole, fraction)) if 0 < point && point <= 21 => format!("{sign}{whole}.{fraction}"),
        _ if -6 < point && point <= 0 => format!("{sign}0.{}{digits}", zeros(-point)),
        _ => {
            let (first, rest) = digits.split_at(1);
            let dot = if rest.is_empty() { "" } else { "." };
            format!("{sign}{first}{dot}{rest}e{:+}", point - 1)
        }
    }
}

/// A decimal number exactly: its digits without zeros at either end, times a power of ten.
#[derive(Debug, PartialEq)]
struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// The value of a JSON number (RFC 8259 §6). An exponent beyond 64 bits counts as the nearest.
    fn of(number: &str) -> Self {
        let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
        let (sign, mantissa) = mantissa.strip_prefix('-').map_or((false, mantissa), |rest| (true, rest));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = [whole, fraction].concat();
        let digits = all.trim_end_matches('0');
        let limit = if exponent.starts_with('-') { i64::MIN } else { i64::MAX };
        let shift = i64::try_from(all.len() - digits.len()).unwrap_or(0) - i64::try_from(fraction.len()).unwrap_or(0);
        let digits = digits.trim_start_matches('0').to_owned();
        let exponent = exponent.parse().unwrap_or(limit).saturating_add(shift);
        if digits.is_empty() {
            Self { negative: false, digits, exponent: 0 }
        } else {
            Self { negative: sign, digits, exponent }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, expected: Option<&str>) {
        assert_eq!(changed(raw).as_deref(), expected, "{raw}");
    }

    #[test]
    fn numbers_that_javascript_changes_are_told_with_what_they_become() {
        // Each checked with node: String(JSON.parse(...)).
        check("12345678901234567890", Some("12345678901234567000"));
        check("9007199254740993", Some("9007199254740992"));
        check("-9007199254740993", Some("-9007199254740992"));
        check("12345678901234567890123", Some("1.2345678901234568e+22"));
        check("0.1234567890123456789", Some("0.12345678901234568"));
        check("0.00000012345678901234567890", Some("1.2345678901234568e-7"));
        check("1.00000000000000000001", Some("1"));
        check("3.141592653589793238462643383279", Some("3.141592653589793"));
        check("1e400", Some("Infinity"));
        check("-1e400", Some("-Infinity"));
        check("1e-400", Some("0"));
        check("1e99999999999999999999", Some("Infinity"));
    }

    #[test]
    fn numbers_that_stay_the_same_are_left_alone() {
        for same in [
            "0",
            "-0",
            "1.0",
            "1.50",
            "1e2",
            "1E+2",
            "0.1",
            "9007199254740992",
            "1795285752.482913",
            "1e21",
            "1e22",
            "123456789012345678e3",
            "100000000000000000000",
            "0.000001",
            "5e-324",
            "1.7976931348623157e308",
            "0e999",
            "0.10000000000000000000000",
        ] {
            let expected = if same == "123456789012345678e3" { Some("123456789012345680000") } else { None };
            check(same, expected);
        }
    }

    #[test]
    fn only_plain_integers_are_unsafe() {
        for (raw, expected) in [
            ("9007199254740991", false),
            ("9007199254740992", true),
            ("-9007199254740991", false),
            ("-9007199254740992", true),
            ("99999999999999999999999", true),
            ("1e300", false),
            ("9007199254740993.5", false),
            ("-9223372036854775808", true),
        ] {
            assert_eq!(is_unsafe_integer(raw), expected, "{raw}");
        }
    }
}
