//! The colours of JSON.

use eframe::egui::Color32;

use super::{Placeholder, PlaceholderKind};
use crate::jose::json::{TokenKind, tokens};
use crate::jose::text::Span;
use crate::ui::theme::Tokens;

/// The first `length` bytes of `text` in parts of one colour each, without gaps. What follows them decides whether a
/// string is a name. `placeholders` are in ascending order; one that cuts a character is passed over.
pub(super) fn parts(text: &str, length: usize, placeholders: &[Placeholder], palette: &Tokens) -> Vec<(Span, Color32)> {
    let mut parts: Vec<(Span, Color32)> = Vec::new();
    let mut add = |start: usize, end: usize, colour: Color32| match parts.last_mut() {
        _ if start == end => {}
        Some((last, same)) if *same == colour => last.end = end,
        _ => parts.push((Span::new(start, end), colour)),
    };
    let mut colour = palette.syntax.punctuation;
    let whole = |it: &&Placeholder| text.is_char_boundary(it.span.start) && text.is_char_boundary(it.span.end);
    let mut placeholders = placeholders.iter().filter(whole).peekable();
    for token in tokens(text).take_while(|token| token.span.start < length) {
        colour = of(token.kind, palette).unwrap_or(colour);
        let mut at = token.span.start;
        let end = token.span.end.min(length);
        while let Some(placeholder) = placeholders.next_if(|placeholder| placeholder.span.start < end) {
            let Span { start, end: close } = placeholder.span;
            let (from, to) = (start.max(at), close.clamp(at, end));
            add(at, from, colour);
            add(from, to, placeholder_colours(placeholder.kind, palette).0);
            at = to;
        }
        add(at, end, colour);
    }
    parts
}

/// The letters of a placeholder, and what is behind them.
pub(super) const fn placeholder_colours(kind: PlaceholderKind, palette: &Tokens) -> (Color32, Color32) {
    match kind {
        PlaceholderKind::BuiltIn => (palette.accent.main, palette.accent.background),
        PlaceholderKind::Variable => (palette.syntax.keyword, palette.accent.background),
        PlaceholderKind::Unknown => (palette.status.error, palette.status.error_background),
    }
}

/// The colour of a part; white space takes that of what stands before.
fn of(kind: TokenKind, palette: &Tokens) -> Option<Color32> {
    Some(match kind {
        TokenKind::Name => palette.syntax.name,
        TokenKind::String => palette.syntax.string,
        TokenKind::Number => palette.syntax.number,
        TokenKind::Keyword => palette.syntax.keyword,
        TokenKind::Punctuation | TokenKind::Invalid => palette.syntax.punctuation,
        TokenKind::Space => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, placeholders: &[(Span, PlaceholderKind)], expected: &[(&str, Color32)]) {
        let placeholders: Vec<Placeholder> =
            placeholders.iter().map(|(span, kind)| Placeholder { span: *span, kind: *kind }).collect();
        let parts = parts(text, text.len(), &placeholders, Tokens::dark());
        let shown: Vec<(&str, Color32)> =
            parts.into_iter().map(|(span, colour)| (&text[span.range()], colour)).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn every_kind_has_its_colour_and_nothing_is_left_out() {
        let Tokens { syntax, accent, status, .. } = Tokens::dark();
        check("", &[], &[]);
        check(
            "{\"ä\": [1, true]",
            &[],
            &[
                ("{", syntax.punctuation),
                ("\"ä\"", syntax.name),
                (": [", syntax.punctuation),
                ("1", syntax.number),
                (", ", syntax.punctuation),
                ("true", syntax.keyword),
                ("]", syntax.punctuation),
            ],
        );
        check(
            "\"a{{now}}b\"",
            &[(Span::new(2, 9), PlaceholderKind::BuiltIn)],
            &[("\"a", syntax.string), ("{{now}}", accent.main), ("b\"", syntax.string)],
        );
        check(
            "\"{{a}}{{b}}\"",
            &[(Span::new(1, 6), PlaceholderKind::Variable), (Span::new(6, 11), PlaceholderKind::Unknown)],
            &[("\"", syntax.string), ("{{a}}", syntax.keyword), ("{{b}}", status.error), ("\"", syntax.string)],
        );
    }

    #[test]
    fn a_placeholder_of_another_text_does_no_harm() {
        let Tokens { syntax, accent, .. } = Tokens::dark();
        let known = |start, end| (Span::new(start, end), PlaceholderKind::BuiltIn);
        check("12", &[known(1, 1), known(1, 2)], &[("1", syntax.number), ("2", accent.main)]);
        check("\"ä\"", &[known(1, 2), known(2, 9)], &[("\"ä\"", syntax.string)]);
    }
}
