//! Undo and redo over every kind of edit.

use std::ops::Range;

use super::command::Part;
use super::keys::{KeyChange, SecretInput};
use crate::jose::json::Serialization;
use crate::jose::secret::SecretEncoding;
use crate::jose::text::{Span, difference};
use crate::template::variables::{Variable, Variables};

/// Steps kept at most.
const MAX_STEPS: usize = 1_000;
/// Bytes of text kept at most; the oldest steps go first.
const MAX_BYTES: usize = 32 * 1024 * 1024;
/// The pauses in typing, in seconds, that do not begin a new step.
const PAUSE: Range<i64> = 0..2;

/// One stretch of one text that became another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextChange {
    /// Which text.
    pub part: Part,
    /// The byte at which it happened.
    pub at: usize,
    /// What stood there.
    pub removed: String,
    /// What stands there now.
    pub inserted: String,
}

impl TextChange {
    /// The smallest change that makes `after` of `before`; `None` when they are equal.
    pub fn between(part: Part, before: &str, after: &str) -> Option<Self> {
        if before == after {
            return None;
        }
        let (old, new) = difference(before, after);
        let part_of = |text: &str, span: Span| text.get(span.range()).unwrap_or_default().to_owned();
        Some(Self { part, at: old.start, removed: part_of(before, old), inserted: part_of(after, new) })
    }

    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Self {
        Self { removed: self.inserted, inserted: self.removed, ..self }
    }

    /// Makes the change. A text it does not fit stays as it is.
    pub fn apply(&self, text: &mut String) {
        let end = self.at + self.removed.len();
        if text.get(self.at..end) == Some(self.removed.as_str()) {
            text.replace_range(self.at..end, &self.inserted);
        }
    }
}

/// One step back or forth.
#[derive(Clone, Debug)]
pub enum Step {
    /// A text changed.
    Text(TextChange),
    /// The serialization that was chosen before.
    Serialization(Serialization),
    /// The variables as they were before.
    Variables(Variables),
    /// The schema of the claims as it was before.
    Schema(Option<String>),
    /// The key as it was before.
    Key(KeyChange),
    /// The secret as it was before, and what the template said about its encoding.
    Encoding(SecretInput, Option<SecretEncoding>),
    /// Several at once, in the order to take them.
    Several(Vec<Self>),
}

impl Step {
    fn bytes(&self) -> usize {
        match self {
            Self::Text(change) => change.removed.len() + change.inserted.len(),
            Self::Variables(variables) => {
                let bytes =
                    |(name, variable): (&str, &Variable)| name.len() + variable.text.len() + variable.description.len();
                variables.iter().map(bytes).sum()
            }
            Self::Schema(schema) => schema.as_ref().map_or(64, String::len),
            Self::Serialization(_) | Self::Key(_) | Self::Encoding(..) => 64,
            Self::Several(steps) => steps.iter().map(Self::bytes).sum(),
        }
    }
}

/// What was done and what was undone. Holds the steps that take a change back.
#[derive(Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    bytes: usize,
    last_typed: Option<i64>,
    /// The field of a variable that was typed in last.
    last_field: Option<String>,
}

impl History {
    /// Whether a step can be taken back.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether an undone step can be done again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Records the step that takes the newest change back.
    pub fn record(&mut self, back: Step) {
        self.undone.clear();
        self.last_typed = None;
        self.push(back);
    }

    /// Makes one step of the newest two: the second finished what the first began.
    pub fn join_newest(&mut self) {
        if self.done.len() >= 2 {
            let steps = self.done.drain(self.done.len() - 2..).rev().collect();
            self.done.push(Step::Several(steps));
        }
    }

    /// Records typing at `now`. Runs of letters become one step; a pause, a new line or another place ends a run.
    pub fn record_typing(&mut self, back: TextChange, now: i64) {
        self.undone.clear();
        let goes_on = self.last_typed.is_some_and(|last| PAUSE.contains(&now.saturating_sub(last)));
        self.last_typed = Some(now);
        if goes_on
            && let Some(Step::Text(last)) = self.done.last_mut()
            && let Some(joined) = join(last, &back)
        {
            self.bytes += joined.removed.len() + joined.inserted.len();
            self.bytes -= last.removed.len() + last.inserted.len();
            *last = joined;
            return;
        }
        self.push(Step::Text(back));
    }

    /// Records that the secret was typed: a run of typing is one step, back to the secret before it.
    pub fn record_secret_typing(&mut self, back: KeyChange, now: i64) {
        self.undone.clear();
        let goes_on = self.last_typed.is_some_and(|last| PAUSE.contains(&now.saturating_sub(last)))
            && matches!(self.done.last(), Some(Step::Key(KeyChange::Secret(_))));
        self.last_typed = Some(now);
        if !goes_on {
            self.push(Step::Key(back));
        }
    }

    /// Records that a field of a variable was typed in: a run of typing in one field is one step, back to the variables
    /// before it.
    pub fn record_variable_typing(&mut self, field: String, back: Variables, now: i64) {
        self.undone.clear();
        let goes_on = self.last_typed.is_some_and(|last| PAUSE.contains(&now.saturating_sub(last)))
            && matches!(self.done.last(), Some(Step::Variables(_)))
            && self.last_field.as_ref() == Some(&field);
        self.last_typed = Some(now);
        self.last_field = Some(field);
        if !goes_on {
            self.push(Step::Variables(back));
        }
    }

    /// The step to take back. Tell [`History::undid`] what takes it forth again.
    pub fn undo(&mut self) -> Option<Step> {
        self.last_typed = None;
        let step = self.done.pop()?;
        self.bytes -= step.bytes();
        Some(step)
    }

    /// Keeps the step that does the undone change again.
    pub fn undid(&mut self, forth: Step) {
        self.undone.push(forth);
    }

    /// The step to do again. Tell [`History::redid`] what takes it back.
    pub fn redo(&mut self) -> Option<Step> {
        self.last_typed = None;
        self.undone.pop()
    }

    /// Keeps the step that takes the redone change back.
    pub fn redid(&mut self, back: Step) {
        self.push(back);
    }

    fn push(&mut self, step: Step) {
        self.bytes += step.bytes();
        self.done.push(step);
        while self.done.len() > MAX_STEPS || (self.bytes > MAX_BYTES && self.done.len() > 1) {
            self.bytes -= self.done.remove(0).bytes();
        }
    }
}

/// Joins two changes back into one when the newer typing continues the older. `inserted` is the text before,
/// `removed` the text after, because both are steps back.
fn join(older: &TextChange, newer: &TextChange) -> Option<TextChange> {
    let plain = |text: &str| text.chars().count() <= 1 && !text.contains('\n');
    let line_ended = older.removed.contains('\n') || older.inserted.contains('\n');
    if older.part != newer.part || line_ended || !plain(&newer.removed) || !plain(&newer.inserted) {
        return None;
    }
    if newer.inserted.is_empty() && newer.at == older.at + older.removed.len() {
        // One more letter after the run.
        let removed = format!("{}{}", older.removed, newer.removed);
        return Some(TextChange { removed, ..older.clone() });
    }
    if newer.removed.is_empty() && older.removed.is_empty() {
        if newer.at + newer.inserted.len() == older.at {
            // One more letter deleted before the run.
            let inserted = format!("{}{}", newer.inserted, older.inserted);
            return Some(TextChange { at: newer.at, inserted, ..older.clone() });
        }
        if newer.at == older.at {
            // One more letter deleted after the run.
            let inserted = format!("{}{}", older.inserted, newer.inserted);
            return Some(TextChange { inserted, ..older.clone() });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_between(before: &str, after: &str, at: usize, removed: &str, inserted: &str) {
        let change = TextChange::between(Part::Claims, before, after).unwrap();
        assert_eq!((change.at, change.removed.as_str(), change.inserted.as_str()), (at, removed, inserted));
        let mut text = before.to_owned();
        change.apply(&mut text);
        assert_eq!(text, after);
        change.inverse().apply(&mut text);
        assert_eq!(text, before);
    }

    #[test]
    fn the_smallest_change_is_found_on_character_boundaries() {
        check_between("abc", "abXc", 2, "", "X");
        check_between("aaa", "aa", 2, "a", "");
        check_between("aäb", "aöb", 1, "ä", "ö");
        check_between("", "x", 0, "", "x");
        assert_eq!(TextChange::between(Part::Claims, "x", "x"), None);
    }

    /// Types the texts one second apart and returns what undo brings back, step by step.
    fn undone(texts: &[&str]) -> Vec<String> {
        let mut history = History::default();
        for (second, pair) in texts.windows(2).enumerate() {
            let back = TextChange::between(Part::Claims, pair[1], pair[0]).unwrap();
            history.record_typing(back, i64::try_from(second).unwrap());
        }
        let mut text = (*texts.last().unwrap()).to_owned();
        let mut seen = Vec::new();
        while let Some(Step::Text(back)) = history.undo() {
            back.apply(&mut text);
            seen.push(text.clone());
        }
        seen
    }

    #[test]
    fn typing_is_joined_into_runs() {
        assert_eq!(undone(&["", "a", "ab", "abc"]), [""]);
        assert_eq!(undone(&["abc", "ab", "a"]), ["abc"]);
        assert_eq!(undone(&["abc", "bc", "c"]), ["abc"]);
        assert_eq!(undone(&["", "a", "a\n", "a\nb"]), ["a\n", "a", ""]);
        assert_eq!(undone(&["xy", "axy", "axyb"]), ["axy", "xy"]);
    }

    #[test]
    fn a_pause_ends_a_run() {
        let mut history = History::default();
        for (before, after, now) in [("", "a", 0), ("a", "ab", 10)] {
            history.record_typing(TextChange::between(Part::Claims, after, before).unwrap(), now);
        }
        assert_eq!(history.done.len(), 2);
    }

    #[test]
    fn a_new_change_drops_what_was_undone() {
        let mut history = History::default();
        history.record(Step::Serialization(Serialization::Compact));
        let step = history.undo().unwrap();
        history.undid(step);
        assert!(history.can_redo());
        history.record(Step::Serialization(Serialization::Sorted));
        assert!(!history.can_redo());
    }

    #[test]
    fn the_history_is_bounded() {
        let mut history = History::default();
        for _ in 0..MAX_STEPS + 10 {
            history.record(Step::Serialization(Serialization::Compact));
        }
        assert_eq!(history.done.len(), MAX_STEPS);
    }
}
