//! Durations as people type them, `1h30m`; how they read them is [`crate::jose::elapsed`].

pub use crate::jose::elapsed::{countdown, relative};
use crate::jose::error::Problem;
use crate::jose::text::shown;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const WEEK: u64 = 7 * DAY;

/// The units of [`parse`] and [`format()`], largest first, with their length in seconds.
pub const UNITS: [(char, u64); 5] = [('w', WEEK), ('d', DAY), ('h', HOUR), ('m', MINUTE), ('s', 1)];

/// Reads a duration such as `30m`, `1h30m`, `90s` or `2w`; the answer is in seconds, never negative.
///
/// Each whole number is followed by one of the [`UNITS`]; the parts add up.
///
/// # Errors
/// A missing number or unit, an unknown unit, anything else in the text, and a sum above `i64::MAX` seconds. The
/// problem has no span.
pub fn parse(text: &str) -> Result<i64, Problem> {
    if text.is_empty() {
        return Err(problem("The duration is empty", "Write a number and a unit, such as 30m."));
    }
    let mut total: i64 = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|character: char| character.is_ascii_digit()).len();
        let (number, after) = rest.split_at(digits);
        let Some(unit) = after.chars().next() else { return Err(without_unit(number)) };
        if number.is_empty() {
            return Err(without_number(rest, unit));
        }
        let seconds = unit_seconds(number, unit, after)?;
        total = number
            .parse::<i64>()
            .ok()
            .and_then(|number| number.checked_mul(seconds))
            .and_then(|part| total.checked_add(part))
            .ok_or_else(|| {
                problem(format!("The duration {} is too long", shown(text)), "Write a smaller number, such as 30m.")
            })?;
        rest = after.get(unit.len_utf8()..).unwrap_or_default();
    }
    Ok(total)
}

fn problem(message: impl Into<String>, help: impl Into<String>) -> Problem {
    Problem::new("duration", message).help(help)
}

fn without_unit(number: &str) -> Problem {
    let number = shown(number);
    problem(format!("The number {number} has no unit"), format!("Add s, m, h, d or w, such as {number}m for minutes."))
}

fn without_number(rest: &str, unit: char) -> Problem {
    let help = match unit {
        '-' | '+' => "Write the duration without a sign, such as 30m.",
        character if character.is_whitespace() => "Write the parts together, such as 1h30m.",
        _ => "Write a whole number before each unit, such as 1h30m.",
    };
    problem(format!("Expected a number and found {} in the duration", shown(rest)), help)
}

fn unit_seconds(number: &str, unit: char, after: &str) -> Result<i64, Problem> {
    // A unit is the whole word, or `5min` would read as `5m` and a stray `in`.
    let word_end = after.find(|character: char| !character.is_alphabetic()).unwrap_or(after.len());
    let word = after.get(..word_end.max(unit.len_utf8())).unwrap_or(after);
    let known = UNITS.iter().find(|(letter, _)| word.chars().eq([*letter]));
    if let Some(seconds) = known.and_then(|(_, seconds)| i64::try_from(*seconds).ok()) {
        return Ok(seconds);
    }
    let number = shown(number);
    let help = match unit.to_ascii_lowercase() {
        '.' | ',' => "Write whole numbers, such as 1h30m for one and a half hours.".to_owned(),
        character if character.is_whitespace() => "Write the parts together, such as 1h30m.".to_owned(),
        'y' => "A year has no fixed length: write days, such as 365d.".to_owned(),
        _ if word.to_ascii_lowercase().starts_with("mo") => {
            "A month has no fixed length: write days, such as 30d.".to_owned()
        }
        lower if UNITS.iter().any(|(letter, _)| *letter == lower) => format!("Write {number}{lower}."),
        _ => "The units are s, m, h, d and w, such as 1h30m.".to_owned(),
    };
    Err(problem(format!("'{}' is not a unit of time", shown(word)), help))
}

/// Writes a duration so that [`parse`] reads the same seconds: `90m` is `1h30m`, 30 days are `30d`, 14 are `2w`.
///
/// A negative duration gets a leading `-`.
pub fn format(seconds: i64) -> String {
    let mut rest = seconds.unsigned_abs();
    if rest == 0 {
        return "0s".to_owned();
    }
    let mut text = String::new();
    if seconds < 0 {
        text.push('-');
    }
    for (letter, length) in UNITS {
        // Weeks only when there is nothing else: nobody writes 30 days as 4w2d.
        if rest < length || (letter == 'w' && !rest.is_multiple_of(length)) {
            continue;
        }
        text.push_str(&(rest / length).to_string());
        text.push(letter);
        rest %= length;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read() {
        #[track_caller]
        fn check(text: &str, seconds: i64) {
            assert_eq!(parse(text), Ok(seconds), "{text}");
        }
        check("30m", 1_800);
        check("1h30m", 5_400);
        check("90s", 90);
        check("2w", 1_209_600);
        check("1d12h", 129_600);
        check("0s", 0);
        check("007m", 420);
        check("9223372036854775807s", i64::MAX);
    }

    #[test]
    fn what_is_no_duration_is_refused_with_a_next_step() {
        #[track_caller]
        fn check(text: &str, message: &str, help: &str) {
            let problem = parse(text).unwrap_err();
            assert!(problem.message.contains(message), "{text:?}: {}", problem.message);
            assert!(problem.help.contains(help), "{text:?}: {}", problem.help);
        }
        check("", "empty", "30m");
        check("30", "has no unit", "30m");
        check("m", "Expected a number", "before each unit");
        check("-30m", "Expected a number", "without a sign");
        check("1h 30m", "Expected a number", "together");
        check("30x", "'x'", "s, m, h, d and w");
        check("5min", "'min'", "Write 5m.");
        check("30M", "'M'", "Write 30m.");
        check("1y", "'y'", "365d");
        check("3months", "'months'", "30d");
        check("1.5h", "'.'", "1h30m");
        check("1 h", "' '", "together");
        check("5µ", "'µ'", "s, m, h, d and w");
        check("9223372036854775807m", "too long", "smaller");
        check("9223372036854775807s1s", "too long", "smaller");
        check("99999999999999999999s", "too long", "smaller");
    }

    #[test]
    fn a_message_does_not_grow_with_the_text() {
        assert!(parse(&"9".repeat(1_000_000)).unwrap_err().message.len() < 200);
        assert!(parse(&"x".repeat(1_000_000)).unwrap_err().message.len() < 200);
    }

    #[test]
    fn formatting_and_reading_agree() {
        #[track_caller]
        fn check(seconds: i64, text: &str) {
            assert_eq!(format(seconds), text);
            assert_eq!(parse(text), Ok(seconds), "{text}");
        }
        check(0, "0s");
        check(90, "1m30s");
        check(5_400, "1h30m");
        check(28_800, "8h");
        check(86_400, "1d");
        check(604_800, "1w");
        check(864_000, "10d");
        check(2_592_000, "30d");
        check(i64::MAX, "106751991167300d15h30m7s");
        assert_eq!(format(-5_400), "-1h30m");
        assert_eq!(format(i64::MIN), "-106751991167300d15h30m8s");
    }
}
