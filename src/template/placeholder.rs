//! What may stand between `{{` and `}}`, and what it means.
//!
//! | placeholder | value |
//! |---|---|
//! | `{{now}}` `{{now+30m}}` `{{now-1h30m}}` | integer NumericDate (RFC 7519 §2); units s m h d w |
//! | `{{uuid}}` | random UUID version 4, string |
//! | `{{counter}}` `{{counter:1000}}` | integer, one more for each token of a run, from 1 or from the start given |
//! | `{{random:16}}` | that many random bytes, base64url |
//! | `{{name}}` | variable of that name |
//!
//! Spaces just inside the braces are allowed. [`super::scan`] says where placeholders are looked for.

use std::fmt;

use super::duration;
use crate::jose::error::Problem;
use crate::jose::text::shown;

/// The words that always mean the placeholder itself; a variable of such a name cannot be reached.
pub const RESERVED: [&str; 4] = ["now", "uuid", "counter", "random"];

/// The most bytes `{{random:…}}` gives.
pub const MAX_RANDOM_BYTES: usize = 1024;

/// The most bytes between the braces. A longer one is a forgotten `}}`.
const MAX_LEN: usize = 128;

/// The code of the problem "nothing has this name".
pub const UNKNOWN: &str = "placeholder-unknown";

/// A value that is filled in when a token is made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Placeholder {
    /// The time of the token plus `offset` seconds, as a NumericDate.
    Now {
        /// Seconds after now; negative is before.
        offset: i64,
    },
    /// A random UUID, version 4; each one in a text is another.
    Uuid,
    /// The number of the token in its run, counted from `start`.
    Counter {
        /// The value for the first token.
        start: u64,
    },
    /// Random bytes in base64url; each one in a text is another.
    Random {
        /// How many bytes, from 1 to [`MAX_RANDOM_BYTES`].
        bytes: usize,
    },
    /// The value of the variable of that name.
    Variable(String),
}

/// Reads the text between `{{` and `}}`.
///
/// # Errors
/// Nothing there, a bad duration, number or argument, or a text that cannot be a name. Whether a variable exists is
/// found when the text is compiled, see [`super::render::Rendering::compile`]. The problem has no span.
pub fn parse(inner: &str) -> Result<Placeholder, Problem> {
    if inner.len() > MAX_LEN {
        let message = format!("A placeholder is at most {MAX_LEN} bytes long; this one has {}", inner.len());
        return Err(problem(message, "Close it with }} after its name, or write {{{{ for a literal {{."));
    }
    let inner = inner.trim_matches(' ');
    if inner.is_empty() {
        return Err(problem("The placeholder is empty", "Write a name in it, such as {{now}}."));
    }
    if inner.contains(['{', '}', '\\', '"']) {
        let message = format!("'{}' is not the name of a placeholder", shown(inner));
        return Err(problem(
            message,
            "Use a name without braces, quotes and backslashes, or write {{{{ for a literal {{.",
        ));
    }
    if let Some(offset) = inner.strip_prefix("now").map(str::trim_start)
        && (offset.is_empty() || offset.starts_with(['+', '-']))
    {
        return now(offset);
    }
    match inner.split_once(':').map_or((inner, None), |(name, argument)| (name, Some(argument))) {
        ("uuid", None) => Ok(Placeholder::Uuid),
        ("uuid", Some(_)) => Err(problem("{{uuid}} takes nothing after its name", "Write {{uuid}}.")),
        ("counter", argument) => counter(argument),
        ("random", argument) => random(argument),
        _ => Ok(Placeholder::Variable(inner.to_owned())),
    }
}

/// Whether a variable can have this name: `{{name}}` has to mean it.
///
/// # Errors
/// A name that is empty, reserved, too long, or that has characters a placeholder cannot have.
pub fn check_name(name: &str) -> Result<(), Problem> {
    let refused = |message: String| Err(Problem::new("variable-name", message).help(NAME_HELP));
    if name.trim().is_empty() {
        return refused("A variable needs a name".to_owned());
    }
    let word = name.split([' ', '+', '-', ':']).next().unwrap_or(name);
    if RESERVED.contains(&name) || (RESERVED.contains(&word) && !is_variable(name)) {
        return refused(format!("'{}' has a meaning of its own in {{{{{word}}}}}", shown(name)));
    }
    if !is_variable(name) || name.chars().any(char::is_control) {
        return refused(format!("'{}' cannot be the name of a variable", shown(name)));
    }
    Ok(())
}

const NAME_HELP: &str = "Use another name of at most 128 bytes, without braces, quotes and backslashes, and without \
    spaces at its ends.";

fn is_variable(name: &str) -> bool {
    matches!(parse(name), Ok(Placeholder::Variable(found)) if found == name)
}

fn problem(message: impl Into<String>, help: impl Into<String>) -> Problem {
    Problem::new("placeholder", message).help(help)
}

fn now(offset: &str) -> Result<Placeholder, Problem> {
    let (sign, length) = match offset.split_at_checked(1) {
        None => return Ok(Placeholder::Now { offset: 0 }),
        Some(("-", length)) => (-1, length),
        Some((_, length)) => (1, length),
    };
    let seconds = duration::parse(length.trim_start()).map_err(|problem| Problem {
        code: "placeholder",
        span: None,
        ..problem
    })?;
    Ok(Placeholder::Now { offset: sign * seconds })
}

fn counter(argument: Option<&str>) -> Result<Placeholder, Problem> {
    let Some(start) = argument else { return Ok(Placeholder::Counter { start: 1 }) };
    let start = digits(start).ok_or_else(|| {
        problem(
            format!("'{}' is not a number the counter can start from", shown(start)),
            format!("Write a whole number from 0 to {}, such as {{{{counter:1000}}}}.", u64::MAX),
        )
    })?;
    Ok(Placeholder::Counter { start })
}

fn random(argument: Option<&str>) -> Result<Placeholder, Problem> {
    let help = format!("Write a whole number from 1 to {MAX_RANDOM_BYTES}, such as {{{{random:16}}}}.");
    let Some(count) = argument else { return Err(problem("{{random}} needs a number of bytes", help)) };
    match digits(count).and_then(|count| usize::try_from(count).ok()) {
        Some(bytes @ 1..=MAX_RANDOM_BYTES) => Ok(Placeholder::Random { bytes }),
        _ => Err(problem(format!("'{}' is not a number of random bytes", shown(count)), help)),
    }
}

fn digits(text: &str) -> Option<u64> {
    // `u64::from_str` would also take a leading plus sign.
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// Writes the placeholder with its braces, such as `{{now+30m}}`; [`parse`] reads what is inside them.
impl fmt::Display for Placeholder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Now { offset: 0 } => f.write_str("{{now}}"),
            Self::Now { offset } => {
                let plus = if *offset > 0 { "+" } else { "" };
                write!(f, "{{{{now{plus}{}}}}}", duration::format(*offset))
            }
            Self::Uuid => f.write_str("{{uuid}}"),
            Self::Counter { start: 1 } => f.write_str("{{counter}}"),
            Self::Counter { start } => write!(f, "{{{{counter:{start}}}}}"),
            Self::Random { bytes } => write!(f, "{{{{random:{bytes}}}}}"),
            Self::Variable(name) => write!(f, "{{{{{name}}}}}"),
        }
    }
}

/// The problem of a name that nothing here has, with the nearest known name as its next step.
pub(super) fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Problem {
    // What stands before an argument is what was mistyped in `{{nwo+30m}}`.
    let word = name.split([' ', '+', '-', ':']).next().unwrap_or(name);
    let nearest = RESERVED
        .into_iter()
        .chain(known.filter(|name| name.len() <= MAX_LEN))
        .map(|candidate| (distance(candidate, name).min(distance(candidate, word)), candidate))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, candidate)| *distance <= (candidate.chars().count() / 2).max(2))
        .map(|(_, candidate)| candidate);
    let help = match nearest {
        Some("random") => "Did you mean {{random:16}}? Otherwise add a variable of that name.".to_owned(),
        Some("now") if word != name => "Did you mean {{now+30m}}? Otherwise add a variable of that name.".to_owned(),
        Some(nearest) => format!("Did you mean {{{{{nearest}}}}}? Otherwise add a variable of that name."),
        None => "Add a variable of that name, or use now, uuid, counter or random:16.".to_owned(),
    };
    Problem::new(UNKNOWN, format!("Nothing here is called '{}'", shown(name))).help(help)
}

/// How many characters have to be put in, taken out or changed to make one word the other, ignoring ASCII case.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().map(|character| character.to_ascii_lowercase()).collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (above, left) in left.chars().map(|character| character.to_ascii_lowercase()).enumerate() {
        let mut diagonal = above;
        let mut before = above + 1;
        for (cell, right) in row.iter_mut().skip(1).zip(&right) {
            let changed = diagonal + usize::from(left != *right);
            diagonal = *cell;
            before = changed.min(diagonal + 1).min(before + 1);
            *cell = before;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_read_and_written() {
        #[track_caller]
        fn check(inner: &str, expected: Placeholder, written: &str) {
            assert_eq!(parse(inner).as_ref(), Ok(&expected), "{inner}");
            assert_eq!(expected.to_string(), written);
            assert_eq!(parse(&written[2..written.len() - 2]), Ok(expected), "{written}");
        }
        check("now", Placeholder::Now { offset: 0 }, "{{now}}");
        check(" now ", Placeholder::Now { offset: 0 }, "{{now}}");
        check("now+30m", Placeholder::Now { offset: 1_800 }, "{{now+30m}}");
        check("now-1h30m", Placeholder::Now { offset: -5_400 }, "{{now-1h30m}}");
        check("now + 90s", Placeholder::Now { offset: 90 }, "{{now+1m30s}}");
        check("now-0s", Placeholder::Now { offset: 0 }, "{{now}}");
        check("uuid", Placeholder::Uuid, "{{uuid}}");
        check("counter", Placeholder::Counter { start: 1 }, "{{counter}}");
        check("counter:1000", Placeholder::Counter { start: 1_000 }, "{{counter:1000}}");
        check(
            "counter:18446744073709551615",
            Placeholder::Counter { start: u64::MAX },
            "{{counter:18446744073709551615}}",
        );
        check("random:16", Placeholder::Random { bytes: 16 }, "{{random:16}}");
        check("random:1024", Placeholder::Random { bytes: 1_024 }, "{{random:1024}}");
        check("tenant", Placeholder::Variable("tenant".into()), "{{tenant}}");
        check("user id", Placeholder::Variable("user id".into()), "{{user id}}");
        check("größe", Placeholder::Variable("größe".into()), "{{größe}}");
        check("nowhere", Placeholder::Variable("nowhere".into()), "{{nowhere}}");
        check(
            "https://acme.example/role",
            Placeholder::Variable("https://acme.example/role".into()),
            "{{https://acme.example/role}}",
        );
    }

    #[test]
    fn what_is_no_placeholder_is_refused_with_a_next_step() {
        #[track_caller]
        fn check(inner: &str, message: &str, help: &str) {
            let problem = parse(inner).unwrap_err();
            assert!(problem.message.contains(message), "{inner:?}: {}", problem.message);
            assert!(problem.help.contains(help), "{inner:?}: {}", problem.help);
            assert_eq!((problem.code, problem.span), ("placeholder", None));
        }
        check("", "empty", "{{now}}");
        check("  ", "empty", "{{now}}");
        check("now+", "empty", "30m");
        check("now+30", "no unit", "30m");
        check("now+30x", "'x'", "s, m, h, d and w");
        check("now--30m", "Expected a number", "without a sign");
        check("now+9223372036854775807w", "too long", "smaller");
        check("uuid:4", "takes nothing", "{{uuid}}");
        check("counter:", "not a number", "{{counter:1000}}");
        check("counter:+5", "not a number", "{{counter:1000}}");
        check("counter:-5", "not a number", "{{counter:1000}}");
        check("counter:18446744073709551616", "not a number", "18446744073709551615");
        check("random", "needs a number", "{{random:16}}");
        check("random:0", "'0'", "1 to 1024");
        check("random:1025", "'1025'", "1 to 1024");
        check("random:x", "'x'", "1 to 1024");
        check("{now", "'{now'", "{{{{");
        check("na\\u006de", "not the name", "backslashes");
        check(&"x".repeat(129), "128 bytes", "Close it");
    }

    #[test]
    fn variables_have_names_that_placeholders_can_have() {
        for name in ["tenant", "user id", "größe", "nowhere", "https://acme.example/role", "nows+1"] {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
        let long = "x".repeat(129);
        for name in [
            "",
            " ",
            "now",
            "uuid",
            "counter",
            "random",
            "now+1h",
            "now+x",
            "counter:1",
            "random:1",
            " a",
            "a ",
            "a{",
            "}a",
            "a\"",
            "a\\",
            "a\n",
            &long,
        ] {
            let problem = check_name(name).unwrap_err();
            assert!(!problem.help.is_empty() && problem.code == "variable-name", "{name:?}");
        }
    }

    #[test]
    fn an_unknown_name_suggests_the_nearest() {
        #[track_caller]
        fn check(name: &str, help: &str) {
            let problem = unknown(name, ["tenant", "plan_name"].into_iter());
            assert!(problem.message.contains(name));
            assert!(problem.help.contains(help), "{name}: {}", problem.help);
        }
        check("nwo", "{{now}}");
        check("Now", "{{now}}");
        check("nwo+30m", "{{now+30m}}");
        check("uid", "{{uuid}}");
        check("countr:5", "{{counter}}");
        check("randon:8", "{{random:16}}");
        check("tennant", "{{tenant}}");
        check("planname", "{{plan_name}}");
        check("zzzzzzzzzzzz", "Add a variable");
    }
}
