//! A change of a text, and where places in the text go with it.

use crate::jose::text::difference;

/// One stretch of bytes that gave way to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// Where both stretches start.
    pub(super) start: usize,
    /// Bytes that went.
    pub(super) removed: usize,
    /// Bytes that came.
    pub(super) inserted: usize,
}

impl Change {
    /// The smallest single change that makes `new` out of `old`. Its ends are character boundaries in both.
    pub(super) fn between(old: &str, new: &str) -> Self {
        let (old, new) = difference(old, new);
        Self { start: old.start, removed: old.len(), inserted: new.len() }
    }

    /// Where a place of the old text is in the new one. A place inside goes as far into the new stretch as it has room.
    pub(super) fn map(self, offset: usize) -> usize {
        if offset <= self.start {
            offset
        } else if offset < self.start + self.removed {
            self.start + (offset - self.start).min(self.inserted)
        } else {
            (offset - self.removed).saturating_add(self.inserted)
        }
    }

    /// Where a cursor of `old` is in `new`: inside of the change, behind as many characters that are no white space, so
    /// that it stays with what it stood at when the text is laid out anew.
    pub(super) fn map_cursor(self, offset: usize, old: &str, new: &str) -> usize {
        let inside = old.get(self.start..offset.min(old.len())).filter(|_| offset < self.start + self.removed);
        let Some(before) = inside else { return self.map(offset).min(new.len()) };
        let wanted = before.chars().filter(|letter| !letter.is_whitespace()).count();
        let stretch = new.get(self.start..self.start + self.inserted).unwrap_or_default();
        let solid = stretch.char_indices().filter(|(_, letter)| !letter.is_whitespace());
        let within = match wanted.checked_sub(1) {
            None => 0,
            Some(last) => solid.map(|(at, letter)| at + letter.len_utf8()).nth(last).unwrap_or(stretch.len()),
        };
        self.start + within
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, start: usize, removed: usize, inserted: usize) {
        assert_eq!(Change::between(old, new), Change { start, removed, inserted });
    }

    #[test]
    fn the_smallest_change_is_found() {
        check("abc", "abc", 3, 0, 0);
        check("abc", "abXc", 2, 0, 1);
        check("aaa", "aa", 2, 1, 0);
        check("", "neu", 0, 0, 3);
        let long = "x".repeat(200);
        check(&format!("{long}1{long}"), &format!("{long}22{long}"), 200, 1, 2);
    }

    #[test]
    fn a_change_never_cuts_a_character() {
        // The first bytes of these two are the same, and so are the last bytes of the next two.
        check("ä", "ö", 0, 2, 2);
        check("xÄ", "x\u{4c4}", 1, 2, 2);
        check("\u{104}", "\u{144}", 0, 2, 2);
    }

    #[test]
    fn places_move_along() {
        let change = Change { start: 4, removed: 3, inserted: 5 };
        for (before, after) in [(0, 0), (4, 4), (5, 5), (7, 9), (10, 12)] {
            assert_eq!(change.map(before), after, "{before}");
        }
        assert_eq!(Change { start: 4, removed: 3, inserted: 0 }.map(6), 4);
    }

    #[test]
    fn a_cursor_stays_where_it_was_when_white_space_comes_and_goes() {
        let (old, new) = ("{\"a\":1,\"bä\":2}", "{\n  \"a\": 1,\n  \"bä\": 2\n}");
        let change = Change::between(old, new);
        for (at, letter) in old.char_indices().skip(1) {
            let moved = change.map_cursor(at, old, new);
            let before = |text: &str, end: usize| text[..end].chars().filter(|c| !c.is_whitespace()).count();
            assert_eq!(before(old, at), before(new, moved), "{letter} at {at} went to {moved}");
        }
    }
}
