//! Which bracket belongs to which, for an editor: works on broken text too.

use super::super::text::Span;
use super::lex::{TokenKind, tokens};

/// The pair of brackets, opening one first, of which one stands at the cursor or right before it.
///
/// Brackets in strings do not count. Where brackets do not match, as in `{[}`, an inner one is left without a partner.
pub fn matching_bracket(text: &str, offset: usize) -> Option<(Span, Span)> {
    let (open, close) = pair_of(text, offset).or_else(|| pair_of(text, offset.checked_sub(1)?))?;
    Some((Span::new(open, open + 1), Span::new(close, close + 1)))
}

/// The pair that the bracket at `wanted` is part of.
fn pair_of(text: &str, wanted: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    if !matches!(bytes.get(wanted)?, b'{' | b'}' | b'[' | b']') {
        return None;
    }
    let mut open: Vec<(usize, u8)> = Vec::new();
    // How many `{` and `[` are open, so that a closing bracket without a partner does not search the whole stack.
    let (mut braces, mut brackets) = (0_usize, 0_usize);
    for at in tokens(text).filter(|token| token.kind == TokenKind::Punctuation).map(|token| token.span.start) {
        let partner = match *bytes.get(at)? {
            byte @ (b'{' | b'[') => {
                *(if byte == b'{' { &mut braces } else { &mut brackets }) += 1;
                open.push((at, byte));
                continue;
            }
            b'}' if braces > 0 => b'{',
            b']' if brackets > 0 => b'[',
            _ => continue,
        };
        while let Some((start, byte)) = open.pop() {
            *(if byte == b'{' { &mut braces } else { &mut brackets }) -= 1;
            if byte == partner {
                if start == wanted || at == wanted {
                    return Some((start, at));
                }
                break;
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, offset: usize, expected: Option<(usize, usize)>) {
        let found = matching_bracket(text, offset).map(|(open, close)| (open.start, close.start));
        assert_eq!(found, expected, "at {offset}");
    }

    #[test]
    fn a_bracket_at_or_before_the_cursor_has_its_partner() {
        let text = r#"{"a":["]",{}]}"#;
        check(text, 0, Some((0, 13)));
        check(text, 1, Some((0, 13)));
        check(text, 14, Some((0, 13)));
        check(text, 5, Some((5, 12)));
        check(text, 6, Some((5, 12)));
        check(text, 10, Some((10, 11)));
        // Between `{` and `}`: the one at the cursor, not the one before it; here they are partners.
        check(text, 11, Some((10, 11)));
        // Between `}` and `]`.
        check(text, 12, Some((5, 12)));
    }

    #[test]
    fn brackets_in_strings_and_other_places_have_none() {
        let text = r#"{"a":["]",{}]}"#;
        check(text, 8, None);
        check(text, 3, None);
        check(text, 99, None);
        check("", 0, None);
        check("ä", 1, None);
    }

    #[test]
    fn broken_text_still_has_pairs() {
        check("{[}", 0, Some((0, 2)));
        check("{[}", 1, Some((0, 2)));
        check("[{]", 1, Some((0, 2)));
        check("}{}", 1, Some((1, 2)));
        check("}{}", 0, None);
        check("{\"a\": [1, }", 0, Some((0, 10)));
        check("[[", 0, None);
    }
}
