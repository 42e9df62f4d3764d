//! What is known about the text: the problem, the hints and the placeholders, moving along with what is typed.

use super::change::Change;
use super::hints;
use super::layout::Layout;
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
    /// Whether all of it is known of the text as it is now.
    settled: bool,
    /// How far right the hints reach, and the version of the text and the width of a letter that this is true for.
    reach: Option<(u64, f32, f32)>,
}

impl Notes {
    /// Takes over what the input says, unless it is not known yet.
    pub(super) fn take_over(&mut self, input: &EditorInput<'_>) {
        if (self.clock.hours, self.clock.zones) != (input.clock.hours, input.clock.zones) {
            self.reach = None;
        }
        (self.now, self.clock) = (input.now, input.clock);
        self.settled = !input.pending;
        if input.pending {
            return;
        }
        if self.problem.as_ref() != input.problem {
            self.problem = input.problem.cloned();
        }
        if self.hints != input.hints {
            self.hints = input.hints.to_vec();
            self.reach = None;
        }
        if self.placeholders != input.placeholders {
            self.placeholders = input.placeholders.to_vec();
        }
        if self.underlines != input.underlines {
            self.underlines = input.underlines.to_vec();
        }
    }

    /// How far right the hints reach in `layout`, that of the text. While they are not known, what they were is told: there
    /// may be thousands of them, and the frame of a key press is not to wait for it.
    pub(super) fn reach(&mut self, layout: &Layout) -> f32 {
        let advance = layout.advance();
        match self.reach {
            Some((version, letter, reach)) if !self.settled || (version, letter) == (layout.version, advance) => reach,
            _ => {
                let reach = hints::reach(layout, &self.hints, self.clock);
                self.reach = Some((layout.version, advance, reach));
                reach
            }
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
