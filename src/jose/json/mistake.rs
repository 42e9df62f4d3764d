//! Habits from other languages that JSON does not share, each with its own answer.

use super::super::error::Problem;
use super::found::{char_at, char_span, describe_char, invisible, word_at, word_span};
use super::problem::syntax;

/// What is wrong at `at`, where a value is due, if it is a common mistake.
pub(super) fn for_value(text: &str, at: usize) -> Option<Problem> {
    let (message, help) = match (word_at(text, at), char_at(text, at)?) {
        ("NaN" | "Infinity" | "+Infinity" | "Inf" | "+Inf", _) => {
            ("JSON has no NaN and no Infinity (RFC 8259 §6)", "Write null, or the word in double quotes.")
        }
        (_, '+') => ("A number must not start with '+' (RFC 8259 §6)", "Remove the '+'."),
        (_, '.') => ("A number must not start with '.' (RFC 8259 §6)", "Write 0 before the '.'."),
        (word, _) => {
            return literal(word).map(|problem| problem.at(word_span(text, at))).or_else(|| anywhere(text, at));
        }
    };
    Some(syntax(message).help(help).at(word_span(text, at)))
}

/// A literal that is misspelled, half typed or of another language.
fn literal(word: &str) -> Option<Problem> {
    let literal = match word.to_ascii_lowercase().as_str() {
        "" => return None,
        "yes" | "on" => "true",
        "no" | "off" => "false",
        "none" | "nil" | "undefined" => "null",
        lower => ["true", "false", "null"].into_iter().find(|literal| literal.starts_with(lower))?,
    };
    let help = format!("Write {literal} in small letters, or put the word in double quotes.");
    Some(syntax(format!("Expected a value, found '{word}'")).help(help))
}

/// What is wrong at `at` if it is a mistake wherever it stands: comments, other quotes, other white space.
pub(super) fn anywhere(text: &str, at: usize) -> Option<Problem> {
    let char = char_at(text, at)?;
    let found = describe_char(text, at);
    let (message, help) = match char {
        '/' | '#' => ("JSON has no comments".to_owned(), "Remove the comment, or make it a member of its own."),
        '\'' | '`' => (format!("Strings stand in double quotes, found {found}"), "Write \" instead."),
        '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => {
            (format!("Strings stand in straight double quotes, found {found}"), "Write \" instead.")
        }
        _ if invisible(char).is_some() => {
            let message = format!("Only spaces, tabs and line breaks may stand between values, found {found}");
            (message, "Delete this invisible character, or type a space instead.")
        }
        _ => return None,
    };
    Some(syntax(message).help(help).at(char_span(text, at)))
}

/// The next step when the text at `at` goes on right behind a number or a string, without white space.
pub(super) fn behind_value(text: &str, at: usize) -> Option<&'static str> {
    let before = text.get(..at)?.chars().next_back()?;
    let next = char_at(text, at)?;
    match (before, next) {
        ('0'..='9', '_') => Some("Write the number without separators."),
        ('0', 'x' | 'X' | 'b' | 'o') => Some("Write the number in decimal digits, or put it in double quotes."),
        ('0'..='9', 'n') => Some("Remove the 'n'."),
        ('0'..='9', '.' | '-' | '+') => Some("Put it all in double quotes: this is no single number."),
        ('0'..='9', _) if next.is_alphanumeric() => Some("Put it all in double quotes: this is no number."),
        ('"', _) if next.is_alphanumeric() => Some("Write \\\" for a quote inside a string."),
        _ => None,
    }
}
