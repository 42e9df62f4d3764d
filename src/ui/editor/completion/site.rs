//! Where in the text something can be completed: in a placeholder, or in the name of an outermost member.
//!
//! Only what stands around the cursor is looked at; for a name, the text before it is read once for each change.

use std::ops::Range;

use crate::jose::json::{TokenKind, tokens};

/// What can be completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// What stands between `{{` and `}}`.
    Placeholder,
    /// The name of an outermost member.
    Name,
}

/// A place where something can be completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Site {
    pub(super) wanted: Wanted,
    /// The bytes that give way to what is chosen.
    pub(super) range: Range<usize>,
    /// What comes before what is chosen.
    pub(super) head: &'static str,
    /// What follows what is chosen.
    pub(super) tail: &'static str,
}

/// The most bytes of a name between braces or quotes.
const LONGEST: usize = 128;
/// Names are not completed further into a text than this, in bytes: everything before them must be read.
const FARTHEST: usize = 256 * 1024;

impl Site {
    /// The place around the cursor. Outside of strings there is one only where it was `asked` for.
    pub(super) fn at(text: &str, cursor: usize, asked: bool) -> Option<Self> {
        placeholder(text, cursor).or_else(|| name(text, cursor, asked))
    }

    /// What was typed of it up to the cursor.
    pub(super) fn prefix<'t>(&self, text: &'t str, cursor: usize) -> &'t str {
        text.get(self.range.start..cursor).unwrap_or_default()
    }
}

fn placeholder(text: &str, cursor: usize) -> Option<Site> {
    let bytes = text.as_bytes();
    let before = bytes.get(cursor.saturating_sub(LONGEST)..cursor)?;
    let near = before.iter().rev().take_while(|byte| !matches!(byte, b'"' | b'\n' | b'{' | b'}')).count();
    let start = cursor - near;
    let braces = bytes.get(..start)?.iter().rev().take_while(|byte| **byte == b'{').count();
    // Four braces in a row stand for two; a fifth and sixth open a placeholder again.
    if braces % 4 != 2 {
        return None;
    }
    let after = bytes.get(cursor..)?;
    let rest = after.iter().take(LONGEST).take_while(|byte| !matches!(byte, b'"' | b'\n' | b'{' | b'}')).count();
    let closed = after.get(rest..rest + 2) == Some(b"}}");
    let end = if closed { cursor + rest + 2 } else { cursor };
    Some(Site { wanted: Wanted::Placeholder, range: start..end, head: "", tail: "}}" })
}

fn name(text: &str, cursor: usize, asked: bool) -> Option<Site> {
    let bytes = text.as_bytes();
    let before = bytes.get(cursor.saturating_sub(LONGEST)..cursor)?;
    let quoted = before.iter().rev().take_while(|byte| **byte != b'\n').any(|byte| *byte == b'"');
    if cursor > FARTHEST || !(quoted || asked) {
        return None;
    }
    let mut depth = 0_usize;
    let mut last = b' ';
    for token in tokens(text) {
        let inside = token.span.start < cursor && cursor < token.span.end;
        let open_end = cursor == token.span.end && !is_closed(text, token.span.range());
        let is_string = matches!(token.kind, TokenKind::Name | TokenKind::String);
        let expected = depth == 1 && matches!(last, b'{' | b',');
        if is_string && (inside || open_end) {
            return expected.then(|| in_string(bytes, token.span.start, cursor));
        }
        if token.span.start >= cursor || (token.kind == TokenKind::Space && inside) {
            let bare = Site { wanted: Wanted::Name, range: cursor..cursor, head: "\"", tail: "\": " };
            return (expected && asked).then_some(bare);
        }
        match bytes.get(token.span.start) {
            // Members of an outermost array have no names.
            Some(b'[') if depth == 0 => return None,
            Some(b'{' | b'[') => depth += 1,
            Some(b'}' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if token.kind != TokenKind::Space {
            last = bytes.get(token.span.start).copied().unwrap_or_default();
        }
    }
    None
}

/// Whether a string ends with a quote of its own.
fn is_closed(text: &str, string: Range<usize>) -> bool {
    let inside = text.get(string).unwrap_or_default().strip_prefix('"').unwrap_or_default();
    inside.strip_suffix('"').is_some_and(|name| name.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 0)
}

/// The name that begins with the quote at `start`. A string that was only begun may reach into the next one, so it ends
/// with the word at the cursor.
fn in_string(bytes: &[u8], start: usize, cursor: usize) -> Site {
    let rest = bytes.get(cursor..).unwrap_or_default();
    let is_word = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/' | b':' | b'#');
    let word = rest.iter().take(LONGEST).take_while(is_word).count();
    let closed = rest.get(word) == Some(&b'"');
    let behind = rest.get(word + 1..).unwrap_or_default();
    let colon = behind.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':');
    let (end, tail) = match (closed, colon) {
        (true, true) => (cursor + word, ""),
        (true, false) => (cursor + word + 1, "\": "),
        (false, _) => (cursor, "\": "),
    };
    Site { wanted: Wanted::Name, range: start + 1..end, head: "", tail }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Accepts "X" at the cursor `|` and compares the text.
    #[track_caller]
    fn check(marked: &str, asked: bool, expected: Option<&str>) {
        let cursor = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        let accepted = Site::at(&text, cursor, asked).map(|site| {
            let mut text = text.clone();
            text.replace_range(site.range, &format!("{}X{}", site.head, site.tail));
            text
        });
        assert_eq!(accepted.as_deref(), expected, "{marked}");
    }

    #[test]
    fn placeholders_are_completed_between_their_braces() {
        check("{\"a\": \"{{|\"}", false, Some("{\"a\": \"{{X}}\"}"));
        check("{\"a\": \"{{no|\"}", false, Some("{\"a\": \"{{X}}\"}"));
        check("{\"a\": \"{{no|w+5m}} b\"}", false, Some("{\"a\": \"{{X}} b\"}"));
        check("{\"a\": \"b {{|", false, Some("{\"a\": \"b {{X}}"));
        check("{\"a\": \"{{{{|\"}", false, None);
        check("{\"a\": \"{{{{{{|\"}", false, Some("{\"a\": \"{{{{{{X}}\"}"));
        check("{\"a\": \"{{now}}|\"}", false, None);
        check("{\"a\": {|}", false, None);
    }

    #[test]
    fn names_are_completed_in_the_outermost_object() {
        check("{\"|\": 1}", false, Some("{\"X\": 1}"));
        check("{\"is|s\" : 1}", false, Some("{\"X\" : 1}"));
        check("{\"is|\"}", false, Some("{\"X\": }"));
        check("{\"is|", false, Some("{\"X\": "));
        check("{\"sub\": \"u\",\n  \"i|\n}", false, Some("{\"sub\": \"u\",\n  \"X\": \n}"));
        check("{\"i|, \"sub\": 1}", false, Some("{\"X\": , \"sub\": 1}"));
        check("{\"a\": {\"|\": 1}}", false, None);
        check("{\"a\": \"|\"}", false, None);
        check("[\"|\"]", false, None);
        check("{\"a\"|: 1}", false, None);
        check("|", true, None);
    }

    #[test]
    fn a_name_is_begun_where_it_is_asked_for() {
        check("{|}", true, Some("{\"X\": }"));
        check("{|}", false, None);
        check("{\"a\": 1,\n  |\n}", true, Some("{\"a\": 1,\n  \"X\": \n}"));
        check("{\"a\": |1}", true, None);
        check("{\"a\": 1|}", true, None);
    }
}
