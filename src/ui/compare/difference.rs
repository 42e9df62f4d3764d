//! The lines in which two variants differ.

use std::time::Duration;

use similar::{DiffOp, TextDiff};

use crate::jose::json::{self, Json};
use crate::jose::text::visible;
use crate::workbench::compare::variant::VariantFacts;

/// Longer is not searched for a shorter difference: what is found by then is right, but may be longer than need be.
const PATIENCE: Duration = Duration::from_millis(40);
/// Of a line, so many characters are shown.
const SHOWN: usize = 300;
/// Lines around a difference in what is copied.
const CONTEXT: usize = 3;

/// A line of one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Side {
    /// Counted from 1.
    pub(super) number: usize,
    /// As it is shown.
    pub(super) text: String,
}

/// What stands beside each other: on both sides and the same, or on one of them, or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) left: Option<Side>,
    pub(super) right: Option<Side>,
    pub(super) same: bool,
}

/// Two texts and how they differ.
#[derive(Debug, Default)]
pub(super) struct Difference {
    /// For two columns.
    pub(super) pairs: Vec<Pair>,
    /// For one column: what is left out, then what takes its place.
    pub(super) unified: Vec<Pair>,
    /// Lines left out.
    pub(super) removed: usize,
    /// Lines that came.
    pub(super) added: usize,
    texts: [String; 2],
}

impl Difference {
    /// How the right text differs from the left one.
    pub(super) fn of(left: String, right: String) -> Self {
        let mut difference = Self::default();
        let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(&left, &right);
        let (old, new): (Vec<&str>, Vec<&str>) = (left.lines().collect(), right.lines().collect());
        for op in diff.ops() {
            difference.add(op, &old, &new);
        }
        drop(diff);
        difference.texts = [left, right];
        difference
    }

    /// Whether the texts are the same.
    pub(super) fn is_none(&self) -> bool {
        self.removed == 0 && self.added == 0
    }

    /// As `diff -u` writes it, with these names.
    pub(super) fn to_text(&self, left: &str, right: &str) -> String {
        let [old, new] = &self.texts;
        let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old.as_str(), new.as_str());
        diff.unified_diff().context_radius(CONTEXT).header(left, right).to_string()
    }

    fn add(&mut self, op: &DiffOp, old: &[&str], new: &[&str]) {
        let (left, right) = (op.old_range(), op.new_range());
        let side =
            |lines: &[&str], index: usize| lines.get(index).map(|text| Side { number: index + 1, text: shown(text) });
        let lefts: Vec<_> = left.filter_map(|index| side(old, index)).collect();
        let rights: Vec<_> = right.filter_map(|index| side(new, index)).collect();
        if matches!(op, DiffOp::Equal { .. }) {
            let both = lefts.into_iter().zip(rights);
            let pairs: Vec<_> =
                both.map(|(left, right)| Pair { left: Some(left), right: Some(right), same: true }).collect();
            self.unified.extend(pairs.iter().cloned());
            self.pairs.extend(pairs);
            return;
        }
        self.removed += lefts.len();
        self.added += rights.len();
        for index in 0..lefts.len().max(rights.len()) {
            let (left, right) = (lefts.get(index).cloned(), rights.get(index).cloned());
            self.pairs.push(Pair { left, right, same: false });
        }
        self.unified.extend(lefts.into_iter().map(|left| Pair { left: Some(left), right: None, same: false }));
        self.unified.extend(rights.into_iter().map(|right| Pair { left: None, right: Some(right), same: false }));
    }
}

fn shown(line: &str) -> String {
    let mut text: String = line.chars().take(SHOWN).collect();
    if text.len() < line.len() {
        text.push('…');
    }
    visible(&text).into_owned()
}

/// Header and claims, laid out over lines; what is no JSON stays as it is.
pub(super) fn text(facts: &VariantFacts) -> String {
    let format = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        Json::parse(&text).map(|json| json::format(&json, 2)).unwrap_or(text)
    };
    format!("{}\n{}\n", format(&facts.header).trim_end(), format(&facts.payload).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_apart_on_both_sides() {
        let difference = Difference::of("a\nb\nc\n".to_owned(), "a\nB\nc\nd\n".to_owned());
        assert_eq!((difference.removed, difference.added), (1, 2));
        let changed = difference.pairs.iter().find(|pair| !pair.same).unwrap();
        assert_eq!(changed.left, Some(Side { number: 2, text: "b".to_owned() }));
        assert_eq!(changed.right, Some(Side { number: 2, text: "B".to_owned() }));
        assert_eq!(difference.unified.len(), 5);
    }

    #[test]
    fn the_same_texts_do_not_differ() {
        let difference = Difference::of("a\nb\n".to_owned(), "a\nb\n".to_owned());
        assert!(difference.is_none());
        assert!(difference.pairs.iter().all(|pair| pair.same));
    }

    #[test]
    fn what_is_copied_is_a_unified_diff() {
        let text = Difference::of("a\nb\n".to_owned(), "a\nc\n".to_owned()).to_text("one", "other");
        assert!(text.starts_with("--- one\n+++ other\n@@"), "{text}");
        assert!(text.contains("\n-b\n+c\n"), "{text}");
    }

    #[test]
    fn a_long_line_is_cut_where_it_is_shown() {
        let difference = Difference::of(format!("{}\n", "x".repeat(5_000)), String::new());
        let left = difference.pairs[0].left.as_ref().unwrap();
        assert_eq!(left.text.chars().count(), SHOWN + 1);
    }
}
