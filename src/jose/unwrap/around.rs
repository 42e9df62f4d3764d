//! What stands around a token, in words.

use super::super::text::{Span, shown, visible};
use super::is_white;

/// What was taken away, from the token outwards: `before` and `after` are the text on both sides of it, `white` is what was
/// within.
pub(super) fn removed(before: &str, after: &str, white: White) -> Vec<String> {
    let mut removed = Vec::new();
    let (mut before, mut after, mut pairs) = (before, after, 0);
    loop {
        if let Some((outer_before, outer_after)) = without_quotes(before, after) {
            (before, after) = (outer_before, outer_after);
            pairs += 1;
        } else if let Some(start) = scheme(before).or_else(|| name(before).filter(|_| removed.is_empty())) {
            removed.push(format!("\"{}\"", visible(&before[start..])));
            before = &before[..start];
        } else {
            break;
        }
    }
    if pairs > 0 {
        removed.push(counted(pairs, "pair") + " of quotes");
    }
    let mut white = white;
    let outer_before = before.trim_matches(is_white);
    let outer_after = after.trim_matches(is_white);
    if outer_before.is_empty() {
        white = white.and(White::of(before));
    }
    match (outer_before, outer_after) {
        ("", "") => {}
        ("", ",") => removed.push("the comma at the end".to_owned()),
        ("", ";") => removed.push("the semicolon at the end".to_owned()),
        _ => removed.push(format!("{} around it", what(outer_before, outer_after))),
    }
    if outer_after.is_empty() {
        white = white.and(White::of(after));
    }
    removed.extend(white.words());
    removed
}

/// What kind of text a token stands in.
fn what(before: &str, after: &str) -> &'static str {
    let starts = |start: &str| before.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    if starts("curl ") || starts("$ curl ") {
        "the curl command"
    } else if starts("https://") || starts("http://") {
        "the URL"
    } else if starts("cookie:") || starts("set-cookie:") {
        "the cookies"
    } else if before.starts_with(['{', '[']) {
        "the JSON"
    } else if before
        .chars()
        .chain(after.chars())
        .all(|char| QUOTES.iter().any(|(open, close)| char == *open || char == *close))
    {
        "a quote"
    } else {
        "other text"
    }
}

/// The part of a text, in which nothing begins like a token, that could be one: without white space, quotes, names and
/// schemes at its ends.
pub(super) fn inside(text: &str) -> Span {
    let mut rest = text.trim_matches(is_white);
    loop {
        let before = &text[..start_of(text, rest)];
        let shorter = QUOTES
            .iter()
            .find_map(|(open, close)| rest.strip_prefix(*open)?.strip_suffix(*close))
            .or_else(|| rest.strip_suffix([',', ';']))
            .or_else(|| after_word(rest, "authorization:"))
            .or_else(|| {
                SCHEMES.iter().find_map(|scheme| after_word(rest, scheme).filter(|rest| rest.starts_with(is_white)))
            });
        match shorter {
            Some(shorter) if !shorter.trim_matches(is_white).is_empty() => rest = shorter.trim_matches(is_white),
            _ => return Span::new(before.len(), before.len() + rest.len()),
        }
    }
}

/// Where `part` starts in the `text` it is a part of.
fn start_of(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

fn after_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(word.len())?;
    start.eq_ignore_ascii_case(word).then_some(rest)
}

/// What people and programs put around texts.
const QUOTES: [(char, char); 10] = [
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
    ('“', '”'),
    ('„', '“'),
    ('‘', '’'),
    ('«', '»'),
    ('<', '>'),
    ('(', ')'),
    ('\\', '\\'),
];

fn without_quotes<'t>(before: &'t str, after: &'t str) -> Option<(&'t str, &'t str)> {
    QUOTES.iter().find_map(|(open, close)| Some((before.strip_suffix(*open)?, after.strip_prefix(*close)?)))
}

/// What stands before a token in an `Authorization` header (RFC 6750 §2.1, RFC 9449 §7.1, and older habits).
const SCHEMES: [&str; 4] = ["bearer", "dpop", "jwt", "token"];

/// Where the scheme at the end of `text` starts, with the name of the header if that is there.
fn scheme(text: &str) -> Option<usize> {
    let words = text.trim_end_matches(is_white);
    if words.len() == text.len() {
        return None;
    }
    let start = SCHEMES.iter().find_map(|scheme| start_of_last(words, scheme))?;
    let header = text[..start].trim_end_matches(is_white);
    Some(start_of_last(header, "authorization:").unwrap_or(start))
}

/// Where `word` starts if `text` ends with it and it is not the end of a longer one.
fn start_of_last(text: &str, word: &str) -> Option<usize> {
    let start = text.len().checked_sub(word.len())?;
    let (before, last) = text.split_at_checked(start)?;
    (last.eq_ignore_ascii_case(word) && !before.ends_with(|char: char| char.is_alphanumeric())).then_some(start)
}

/// Where the name at the end of `text` starts, as in `access_token=` and `X-Token: `.
fn name(text: &str) -> Option<usize> {
    let end = text.trim_end_matches(is_white);
    let name = end.strip_suffix(['=', ':'])?;
    let is_in_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.');
    let start = name.trim_end_matches(is_in_name).len();
    (start < name.len() && name.len() - start <= LONGEST_NAME).then_some(start)
}

/// Longer names are no names.
const LONGEST_NAME: usize = 60;

/// White space by its kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct White {
    line_breaks: usize,
    spaces: usize,
    others: usize,
}

impl White {
    /// The white space in a text.
    pub(super) fn of(text: &str) -> Self {
        let mut white = Self::default();
        let mut last = None;
        for char in text.chars() {
            match char {
                '\n' if last == Some('\r') => {}
                '\n' | '\r' => white.line_breaks += 1,
                ' ' => white.spaces += 1,
                other if is_white(other) => white.others += 1,
                _ => {}
            }
            last = Some(char);
        }
        white
    }

    /// The white space around `body`, a part of `text`.
    pub(super) fn of_ends(text: &str, body: &str) -> Self {
        let start = start_of(text, body);
        Self::of(&text[..start]).and(Self::of(&text[start + body.len()..]))
    }

    fn and(self, other: Self) -> Self {
        Self {
            line_breaks: self.line_breaks + other.line_breaks,
            spaces: self.spaces + other.spaces,
            others: self.others + other.others,
        }
    }

    /// Each kind that there is, with its number.
    pub(super) fn words(self) -> Vec<String> {
        [(self.line_breaks, "line break"), (self.spaces, "space"), (self.others, "invisible character")]
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, what)| counted(number, what))
            .collect()
    }
}

/// `1 space`, `2 spaces`.
pub(super) fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// A member of JSON that held the token.
pub(super) fn member(name: &str) -> String {
    format!("the JSON around \"{}\"", shown(name))
}
