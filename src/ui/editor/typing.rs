//! What keys do to the text beyond what egui's text field does: Tab, Shift+Tab, Enter, Page Up and Page Down.
//!
//! egui hands key presses and text that is typed, pasted or set by a program to a [`TextBuffer`] in the same way, but only
//! a press of Enter indents, and a pasted tab stays a tab. So the presses are renamed before egui sees them, to texts
//! that begin with a noncharacter (Unicode 16.0 §23.7, kept for internal use), and given their meaning here.

use std::any::TypeId;
use std::cell::RefCell;
use std::ops::Range;

use eframe::egui::text::{CCursor, CCursorRange, CharIndex};
use eframe::egui::{Event, FocusDirection, Key, Modifiers, TextBuffer, Ui};

use super::change::Change;
use super::places;

const ENTER: &str = "\u{fdd0}Enter";
const TAB: &str = "\u{fdd0}Tab";
const BACK_TAB: &str = "\u{fdd0}Shift+Tab";

/// One step of indentation.
const STEP: &str = "  ";

/// Renames the key presses that [`Typing`] gives a meaning, for a text that has the keyboard and shows `rows` rows.
/// Returns whether Escape was among them.
///
/// Undo and redo belong to the application, so they are taken away. Tab moves on to the next widget when `tab_leaves`, or
/// after an Escape in the same frame.
pub(super) fn rename_keys(ui: &Ui, tab_leaves: bool, rows: usize) -> bool {
    let mut escape = false;
    let mut leave = None;
    let rename = |event: Event| -> Vec<Event> {
        let Event::Key { key, pressed: true, modifiers, .. } = event else { return vec![event] };
        let shift = modifiers.shift;
        match key {
            Key::Z | Key::Y if modifiers.command => return Vec::new(),
            Key::Escape if modifiers.is_none() => escape = true,
            Key::Tab if modifiers.command || modifiers.ctrl || modifiers.alt || tab_leaves => {}
            Key::Tab if escape => {
                leave = Some(if shift { FocusDirection::Previous } else { FocusDirection::Next });
                return Vec::new();
            }
            Key::Tab => return vec![Event::Text(if shift { BACK_TAB } else { TAB }.to_owned())],
            Key::Enter if modifiers.matches_logically(Modifiers::NONE) => return vec![Event::Text(ENTER.to_owned())],
            // egui's text field knows lines but no pages.
            Key::PageUp | Key::PageDown if modifiers.is_none() || modifiers.shift_only() => {
                let key = if key == Key::PageUp { Key::ArrowUp } else { Key::ArrowDown };
                return vec![Event::Key { key, physical_key: None, pressed: true, repeat: true, modifiers }; rows];
            }
            _ => {}
        }
        vec![event]
    };
    ui.input_mut(|input| input.events = std::mem::take(&mut input.events).into_iter().flat_map(rename).collect());
    if let Some(direction) = leave {
        ui.memory_mut(|memory| memory.move_focus(direction));
    }
    escape
}

/// Whether something was done that is neither Escape nor Tab: typed, clicked, or another key.
pub(super) fn anything_else(ui: &Ui) -> bool {
    let counts = |event: &Event| match event {
        Event::Key { key, pressed: true, .. } => !matches!(key, Key::Escape | Key::Tab),
        Event::Text(_) | Event::Paste(_) | Event::Ime(_) | Event::PointerButton { .. } => true,
        _ => false,
    };
    ui.input(|input| input.events.iter().any(counts))
}

/// The text while egui's text field works on it.
pub(super) struct Typing<'a> {
    text: &'a mut String,
    changes: &'a RefCell<Vec<Change>>,
    /// What the event at hand has put out of the way: where it started and what it was.
    selected: (usize, String),
    /// The selection after lines were indented, as first and last byte.
    selection: Option<Range<usize>>,
    read_only: bool,
}

impl<'a> Typing<'a> {
    /// Every change is appended to `changes`; there is none of a text that is `read_only`.
    pub(super) fn new(text: &'a mut String, changes: &'a RefCell<Vec<Change>>, read_only: bool) -> Self {
        Self { text, changes, selected: (0, String::new()), selection: None, read_only }
    }

    /// The selection that indenting lines leaves behind, when that was the last thing done.
    pub(super) fn selection(self) -> Option<Range<usize>> {
        self.selection
    }

    fn byte(&self, character: CharIndex) -> usize {
        places::byte_of(self.text, character.0)
    }

    fn character(&self, byte: usize) -> CharIndex {
        CharIndex(places::characters(self.text.as_bytes().get(..byte).unwrap_or_default()))
    }

    fn replace(&mut self, range: Range<usize>, with: &str) {
        self.selection = None;
        if self.read_only || (range.is_empty() && with.is_empty()) {
            return;
        }
        self.changes.borrow_mut().push(Change { start: range.start, removed: range.len(), inserted: with.len() });
        self.text.replace_range(range, with);
    }

    /// A line break and the indentation of the line, one step more behind an opening bracket.
    fn enter(&mut self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let content = line.trim_start_matches([' ', '\t']);
        let indentation = line.get(..line.len() - content.len()).unwrap_or_default();
        let opens = content.trim_end().ends_with(['{', '[']);
        let inserted = format!("\n{indentation}{}", if opens { STEP } else { "" });
        self.replace(at..at, &inserted);
        at + inserted.len()
    }

    /// Two spaces, or all selected lines one step to the right.
    fn tab(&mut self, at: usize) -> usize {
        if !self.selected.1.contains('\n') {
            self.replace(at..at, STEP);
            return at + STEP.len();
        }
        self.shift_lines(|line| (0, if line.is_empty() { "" } else { STEP }))
    }

    /// The line of the cursor or all selected lines up to one step to the left.
    fn back_tab(&mut self) -> usize {
        self.shift_lines(|line| {
            let spaces = line.bytes().take(STEP.len()).take_while(|byte| *byte == b' ').count();
            (if line.starts_with('\t') { 1 } else { spaces }, "")
        })
    }

    /// Puts back what was selected; `shift` says how many bytes at the start of each line give way to what. Returns where
    /// the cursor is then.
    fn shift_lines(&mut self, shift: impl Fn(&str) -> (usize, &'static str)) -> usize {
        let (start, selected) = std::mem::take(&mut self.selected);
        self.replace(start..start, &selected);
        let (mut from, mut to) = (start, start + selected.len());
        let mut line = self.text.get(..from).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
        // A selection that ends before the first letter of a line does not mean that line.
        while line < to.max(from + 1) {
            let rest = self.text.get(line..).unwrap_or_default();
            let content = rest.split('\n').next().unwrap_or_default();
            let (remove, insert) = shift(content);
            let next = line + content.len() + 1;
            let change = Change { start: line, removed: remove, inserted: insert.len() };
            self.replace(line..line + remove, insert);
            // At the very start of a line the selection grows with it.
            from = if from == line { from } else { change.map(from) };
            to = if to == line { to + insert.len() } else { change.map(to) };
            line = next - remove + insert.len();
            if line > self.text.len() {
                break;
            }
        }
        if !selected.is_empty() {
            self.selection = Some(from..to);
        }
        to
    }
}

impl TextBuffer for Typing<'_> {
    fn is_mutable(&self) -> bool {
        !self.read_only
    }

    fn as_str(&self) -> &str {
        self.text
    }

    fn insert_text(&mut self, text: &str, char_index: CharIndex) -> usize {
        let at = self.byte(char_index);
        self.replace(at..at, text);
        text.chars().count()
    }

    fn delete_char_range(&mut self, char_range: Range<CharIndex>) {
        let start = self.byte(char_range.start);
        let end = self.byte(char_range.end).max(start);
        self.replace(start..end, "");
    }

    fn delete_selected(&mut self, cursor_range: &CCursorRange) -> CCursor {
        let [first, last] = cursor_range.sorted_cursors();
        let (start, end) = (self.byte(first.index), self.byte(last.index));
        self.selected = (start, self.text.get(start..end).unwrap_or_default().to_owned());
        self.delete_selected_ccursor_range([first, last])
    }

    fn insert_text_at(&mut self, ccursor: &mut CCursor, text_to_insert: &str, _char_limit: usize) {
        let at = self.byte(ccursor.index);
        match text_to_insert {
            ENTER => {
                let end = self.enter(at);
                ccursor.index = self.character(end);
            }
            TAB => {
                let end = self.tab(at);
                ccursor.index = self.character(end);
            }
            BACK_TAB => {
                let end = self.back_tab();
                ccursor.index = self.character(end);
            }
            text => ccursor.index += self.insert_text(text, ccursor.index),
        }
    }

    fn type_id(&self) -> TypeId {
        TypeId::of::<Typing<'static>>()
    }
}
