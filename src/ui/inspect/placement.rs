//! Where the bytes of a token are in the text that it was taken out of.

use crate::jose::text::Span;

/// So many letters of the token are looked for at once.
const START: usize = 12;
/// So many places are tried.
const TRIES: usize = 64;

/// The stretches that token and text have in common, as the first byte of each in both.
#[derive(Debug, Default)]
pub(super) struct Placement(Vec<(usize, usize)>);

impl Placement {
    /// Finds the token in the text, which may have white space, quotes and backslashes among its letters. `None` when it
    /// is written in another way, with percent-escapes or in parts.
    pub(super) fn find(text: &str, token: &str) -> Option<Self> {
        let (text, token) = (text.as_bytes(), token.as_bytes());
        let start = token.get(..START.min(token.len()))?;
        if let Some(at) = memchr::memmem::find(text, start)
            && let Some(placement) = Self::at(text, token, at)
        {
            return Some(placement);
        }
        let first = *token.first()?;
        memchr::memchr_iter(first, text).take(TRIES).find_map(|at| Self::at(text, token, at))
    }

    fn at(text: &[u8], token: &[u8], start: usize) -> Option<Self> {
        let mut runs = vec![(0, start)];
        let mut at = start;
        for (index, wanted) in token.iter().enumerate() {
            let before = at;
            while text.get(at)? != wanted {
                let skipped = text.get(at)?;
                if !(skipped.is_ascii_whitespace() || matches!(skipped, b'"' | b'\'' | b'\\')) {
                    return None;
                }
                at += 1;
            }
            if at > before {
                runs.push((index, at));
            }
            at += 1;
        }
        Some(Self(runs))
    }

    /// Where some bytes of the token are in the text, what stands between them included.
    pub(super) fn span(&self, span: Span) -> Span {
        let start = self.offset(span.start);
        let end = if span.is_empty() { start } else { self.offset(span.end - 1) + 1 };
        Span::new(start, end)
    }

    fn offset(&self, offset: usize) -> usize {
        let run = self.0.partition_point(|(token, _)| *token <= offset).saturating_sub(1);
        self.0.get(run).map_or(offset, |(token, text)| text + (offset - token))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, token: &str, span: (usize, usize), expected: Option<&str>) {
        let found = Placement::find(text, token).map(|placement| placement.span(Span::new(span.0, span.1)));
        assert_eq!(found.map(|span| &text[span.range()]), expected);
    }

    #[test]
    fn the_bytes_of_a_token_are_found_in_what_was_pasted() {
        check("eyJh.e30.c2ln", "eyJh.e30.c2ln", (5, 8), Some("e30"));
        check("Authorization: Bearer eyJh.e30.c2ln\n", "eyJh.e30.c2ln", (5, 8), Some("e30"));
        check("ey\nJh.e\n30.c2ln", "eyJh.e30.c2ln", (5, 8), Some("e\n30"));
        check("ey\nJh.e\n30.c2ln", "eyJh.e30.c2ln", (13, 13), Some(""));
        check("{\"access_token\": \"eyJh.e30.c2ln\"}", "eyJh.e30.c2ln", (0, 4), Some("eyJh"));
        check("eyJh%2Ee30%2Ec2ln", "eyJh.e30.c2ln", (0, 4), None);
        check("", "eyJh.e30.c2ln", (0, 4), None);
    }
}
