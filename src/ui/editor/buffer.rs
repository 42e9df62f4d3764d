//! The text that is being edited, between the frames.

use eframe::egui::{Rect, Ui};

use super::change::Change;
use super::completion::Completion;
use super::find::Find;
use super::ink::Ink;
use super::layout::Layout;
use super::notes::Notes;

/// The edit buffer of one editor: the text, the cursor, and what was worked out about the text.
///
/// The document stays the truth: [`EditorBuffer::follow`] takes its text over before each frame, and what is typed goes
/// back to it when the editor reports a change.
#[derive(Default)]
pub struct EditorBuffer {
    pub(super) text: String,
    revision: Option<u64>,
    /// Counts the texts there were.
    pub(super) version: u64,
    pub(super) cursor: Cursor,
    /// Whether egui has yet to learn where the cursor is, and how the view moves there.
    pub(super) moved: Option<Moved>,
    /// Whether Tab moves on to the next widget, because Escape was pressed before.
    pub(super) tab_leaves: bool,
    pub(super) layout: Option<Layout>,
    pub(super) ink: Ink,
    pub(super) notes: Notes,
    pub(super) find: Find,
    pub(super) completion: Completion,
    /// The pair of brackets at the cursor, for a version and a cursor.
    pub(super) brackets: Option<(u64, usize, Option<[usize; 2]>)>,
}

/// Where the cursor is, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The end that moves.
    pub(super) head: usize,
    /// The end where selecting began; the same when nothing is selected.
    pub(super) anchor: usize,
}

impl Cursor {
    pub(super) fn at(offset: usize) -> Self {
        Self { head: offset, anchor: offset }
    }

    /// First and last byte of the selection.
    pub(super) fn range(self) -> std::ops::Range<usize> {
        self.head.min(self.anchor)..self.head.max(self.anchor)
    }
}

/// What the view does when the cursor was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moved {
    /// It stays where it is.
    Quietly,
    /// It scrolls there.
    IntoView,
}

impl EditorBuffer {
    /// The text as edited.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Takes the text of the document over when its `revision` is new and it differs; the cursor stays with what it
    /// stood at. Costs nothing while the revision is the same.
    pub fn follow(&mut self, text: &str, revision: u64) {
        if self.revision.replace(revision) == Some(revision) || self.text == text {
            return;
        }
        let change = Change::between(&self.text, text);
        let Cursor { head, anchor } = self.cursor;
        let [head, anchor] = [head, anchor].map(|offset| change.map_cursor(offset, &self.text, text));
        self.put_cursor(Cursor { head, anchor }, Moved::Quietly);
        self.notes.follow(change);
        text.clone_into(&mut self.text);
        self.version += 1;
    }

    /// Sees to it that the rows that can be seen in `area` and those around the cursor are laid out, when the text starts
    /// at a height in the window.
    pub(super) fn approach(&mut self, ui: &Ui, area: Rect, start: f32) {
        let Some(layout) = &mut self.layout else { return };
        let cursor = layout.places.row_of(self.cursor.head);
        let seen = layout.rows_between(area.top() - start, area.bottom() - start);
        layout.approach(ui, &self.text, [seen, cursor..cursor + 1]);
    }

    /// Moves the cursor; offsets are clamped to the text.
    pub(super) fn put_cursor(&mut self, cursor: Cursor, moved: Moved) {
        self.cursor = cursor;
        self.moved = Some(moved);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, cursor: usize, new: &str, expected: usize) {
        let mut buffer = EditorBuffer::default();
        buffer.follow(old, 1);
        buffer.put_cursor(Cursor::at(cursor), Moved::Quietly);
        buffer.follow(new, 2);
        assert_eq!(buffer.text(), new);
        assert_eq!(buffer.cursor, Cursor::at(expected), "{old:?} to {new:?}");
    }

    #[test]
    fn the_cursor_stays_with_what_it_stood_at() {
        check("{\"a\": 1}", 3, "{\"new\": 0, \"a\": 1}", 13);
        check("{\"a\": 1}", 7, "{\"a\": 12345}", 7);
        check("{\"a\": 12345}", 9, "{\"a\": 1}", 7);
        check("{\"ä\": 1}", 9, "", 0);
        check("", 0, "{}", 0);
    }

    #[test]
    fn a_text_is_taken_once_for_each_revision() {
        let mut buffer = EditorBuffer::default();
        buffer.follow("one", 1);
        buffer.follow("two", 1);
        assert_eq!((buffer.text(), buffer.version), ("one", 1));
        buffer.follow("one", 2);
        assert_eq!((buffer.text(), buffer.version), ("one", 1));
        buffer.follow("two", 3);
        assert_eq!((buffer.text(), buffer.version), ("two", 2));
    }
}
