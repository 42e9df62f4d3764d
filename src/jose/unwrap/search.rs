//! Finding a token in any text, in one pass.

use super::super::base64url;
use super::around::White;
use super::is_white;

/// A token found in a text.
#[derive(Debug)]
pub(super) struct Found {
    /// The token, without white space.
    pub(super) token: String,
    /// Where it starts in the text, in bytes.
    pub(super) start: usize,
    /// Where it ends in the text.
    pub(super) end: usize,
    /// The white space that was in it.
    pub(super) white: White,
    /// Whether the full stop of a sentence was taken off its end.
    pub(super) full_stop: bool,
    /// How many tokens there are in the text.
    pub(super) number: usize,
}

/// The first token that has all its parts, else the first that begins like one.
pub(super) fn search(text: &str) -> Option<Found> {
    let mut best: Option<Found> = None;
    let mut number = 0;
    let mut from = 0;
    while let Some(found) = next(text, from) {
        from = found.end;
        number += 1;
        if best.as_ref().is_none_or(|best| !is_whole(&best.token) && is_whole(&found.token)) {
            best = Some(found);
        }
    }
    best.map(|best| Found { number, ..best })
}

/// All stretches that begin like a token, in the order of the text.
pub(super) fn all(text: &str) -> Vec<Found> {
    let mut from = 0;
    std::iter::from_fn(|| next(text, from).inspect(|found| from = found.end)).collect()
}

/// The dots of a JWE; what has more is no token, however much follows.
const MOST_DOTS: usize = 4;

fn is_whole(token: &str) -> bool {
    Shape::of(token).is_whole()
}

/// The next stretch behind `from` that begins like a token and has a dot.
fn next(text: &str, from: usize) -> Option<Found> {
    let mut at = from;
    loop {
        at += text.get(at..)?.find(is_in_base64url)?;
        let rest = text.get(at..).unwrap_or_default();
        // Behind a dot it is a later part of something.
        if !begins_like_a_token(rest) || text.as_bytes().get(..at).is_some_and(|before| before.ends_with(b".")) {
            at += rest.find(|char| !is_in_base64url(char)).unwrap_or(rest.len());
            continue;
        }
        let found = joined(text, at, at + word_at(text, at).len());
        if found.token.contains('.') {
            return Some(found);
        }
        // All of it has no dot: looking at its parts again would take forever with many of them.
        at = found.end;
    }
}

/// The token whose first word is at `start..first_end`, with the words behind it that belong to it: a token that was broken
/// into lines goes on until its last part is as long as such parts are.
fn joined(text: &str, start: usize, first_end: usize) -> Found {
    let mut token = text.get(start..first_end).unwrap_or_default().to_owned();
    let mut shape = Shape::of(&token);
    let mut end = first_end;
    // Length and end of the token if its last part never gets such a length: the fewest words that have all parts.
    let mut fewest = (token.len(), end);
    let mut was_whole = shape.is_whole();
    while !shape.ends_as_usual() && shape.dots <= MOST_DOTS {
        let space = text.get(end..).unwrap_or_default().find(|char| !is_white(char)).unwrap_or_default();
        let word = word_at(text, end + space);
        let is_next_token = begins_like_a_token(word) && !token.ends_with('.');
        if word.is_empty() || is_next_token || !word.chars().all(|char| char == '.' || is_in_base64url(char)) {
            break;
        }
        token.push_str(word);
        shape.push(word);
        end += space + word.len();
        if !was_whole && shape.is_whole() {
            was_whole = true;
            fewest = (token.len(), end);
        }
    }
    if !shape.ends_as_usual() {
        token.truncate(fewest.0);
        end = fewest.1;
    }
    let full_stop = token.ends_with('.') && matches!(token.matches('.').count(), 3 | 5);
    if full_stop {
        token.pop();
    }
    let white = White::of(text.get(start..end).unwrap_or_default());
    Found { token, start, end, white, full_stop, number: 0 }
}

/// The number of dots of a token and the length of what follows the last one, kept up to date while it grows.
struct Shape {
    dots: usize,
    last: usize,
}

impl Shape {
    fn of(token: &str) -> Self {
        let mut shape = Self { dots: 0, last: 0 };
        shape.push(token);
        shape
    }

    fn push(&mut self, word: &str) {
        self.dots += memchr::memchr_iter(b'.', word.as_bytes()).count();
        self.last = match memchr::memrchr(b'.', word.as_bytes()) {
            Some(dot) => word.len() - dot - 1,
            None => self.last + word.len(),
        };
    }

    /// Whether it has the parts of a JWS or JWE.
    const fn is_whole(&self) -> bool {
        matches!(self.dots, 2 | 4)
    }

    /// Whether the signature or authentication tag is as long as one of the registered algorithms makes it (with RSA keys
    /// of 2048, 3072 and 4096 bits).
    const fn ends_as_usual(&self) -> bool {
        match self.dots {
            2 => matches!(self.last, 43 | 64 | 86 | 128 | 176 | 342 | 512 | 683),
            4 => matches!(self.last, 22 | 32 | 43),
            _ => false,
        }
    }
}

fn word_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    rest.get(..rest.find(is_delimiter).unwrap_or(rest.len())).unwrap_or_default()
}

/// Whether a text begins with the base64url of a JSON object, as every compact serialization does.
fn begins_like_a_token(text: &str) -> bool {
    let start = text.get(..4).and_then(|start| base64url::decode(start).ok());
    matches!(start.as_deref(), Some([b'{', b'"' | b'}' | b' ' | b'\t' | b'\r' | b'\n', ..]))
        // "{}" is but three characters.
        || text.starts_with("e30.")
}

fn is_in_base64url(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '-' | '_')
}

/// What ends a token in other texts. All else that does not belong in a token stays, to be shown as its fault.
fn is_delimiter(char: char) -> bool {
    is_white(char)
        || matches!(char, '"' | '\'' | '`' | '“' | '”' | '„' | '‘' | '’' | '«' | '»' | ',' | ';' | '&' | '\\' | '|')
        || matches!(char, '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}')
}
