//! What is known about the text: the problem, the hints and the placeholders, moving along with what is typed.

use super::change::Change;
use super::{EditorInput, Placeholder, Underline};
use crate::jose::error::Problem;
use crate::jose::instant::InstantFormat;
use crate::jose::text::Span;
use crate::workbench::marks::Mark;

/// What an [`EditorInput`] said of the text, true for the text as it is now.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) problem: Option<Problem>,
    pub(super) hints: Vec<Mark>,
    /// The instant that the hints are told at.
    pub(super) now: i64,
    /// How they tell instants.
    pub(super) clock: InstantFormat,
    pub(super) placeholders: Vec<Placeholder>,
    pub(super) underlines: Vec<Underline>,
}

impl Notes {
    /// Takes over what the input says, unless it is not known yet.
    pub(super) fn take_over(&mut self, input: &EditorInput<'_>) {
        (self.now, self.clock) = (input.now, input.clock);
        if input.pending {
            return;
        }
        if self.problem.as_ref() != input.problem {
            self.problem = input.problem.cloned();
        }
        if self.hints != input.hints {
            self.hints = input.hints.to_vec();
        }
        if self.placeholders != input.placeholders {
            self.placeholders = input.placeholders.to_vec();
        }
        if self.underlines != input.underlines {
            self.underlines = input.underlines.to_vec();
        }
    }

    /// Moves all places as a change of the text does.
    pub(super) fn follow(&mut self, change: Change) {
        let moved = |span: Span| Span::new(change.map(span.start), change.map(span.end));
        if let Some(problem) = &mut self.problem {
            problem.span = problem.span.map(moved);
        }
        self.hints.iter_mut().for_each(|hint| hint.offset = change.map(hint.offset));
        self.placeholders.iter_mut().for_each(|placeholder| placeholder.span = moved(placeholder.span));
        self.underlines.iter_mut().for_each(|underline| underline.span = moved(underline.span));
    }
}
