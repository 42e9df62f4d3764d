//! Which bracket belongs to which, for an editor: works on broken text too.

use super::super::text::Span;
use super::lex::{TokenKind, tokens};

/// The pair of brackets, opening one first, of which one stands at the cursor or right before it.
///
/// Brackets in strings do not count. Where brackets do not match, as in `{[}`, an inner one is left without a partner.
pub fn matching_bracket(text: &str, offset: usize) -> Option<(Span, Span)> {
    let is_bracket = |at: &usize| matches!(text.as_bytes().get(*at), Some(b'{' | b'}' | b'[' | b']'));
    let [at, before] = [Some(offset), offset.checked_sub(1)].map(|place| place.filter(is_bracket));
    let (mut at_pair, mut before_pair) = (None, None);
    pairs(text, |open, close| {
        let touches = |place: Option<usize>| place == Some(open) || place == Some(close);
        if touches(at) {
            at_pair = Some((open, close));
        } else if touches(before) {
            before_pair = Some((open, close));
        }
        at_pair.is_none() && (at.is_some() || before_pair.is_none())
    });
    let (open, close) = at_pair.or(before_pair)?;
    Some((Span::new(open, open + 1), Span::new(close, close + 1)))
}

/// Shows every pair of brackets to `visit`, inner ones first, for as long as it returns true.
fn pairs(text: &str, mut visit: impl FnMut(usize, usize) -> bool) {
    let mut open: Vec<(usize, u8)> = Vec::new();
    // How many `{` and `[` are open, so that a closing bracket without a partner does not search the whole stack.
    let (mut braces, mut brackets) = (0_usize, 0_usize);
    for token in tokens(text).filter(|token| token.kind == TokenKind::Punctuation) {
        let at = token.span.start;
        let Some(byte) = text.as_bytes().get(at).copied() else { return };
        let partner = match byte {
            b'{' | b'[' => {
                *(if byte == b'{' { &mut braces } else { &mut brackets }) += 1;
                open.push((at, byte));
                continue;
            }
            b'}' if braces > 0 => b'{',
            b']' if brackets > 0 => b'[',
            _ => continue,
        };
        while let Some((start, kind)) = open.pop() {
            *(if kind == b'{' { &mut braces } else { &mut brackets }) -= 1;
            if kind == partner {
                if !visit(start, at) {
                    return;
                }
                break;
            }
        }
    }
}
