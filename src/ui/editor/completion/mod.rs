//! What could be typed at the cursor, in a list below it.
//!
//! The list opens by typing where there is something to complete, or with Ctrl+Space. Arrow keys choose, Enter and Tab
//! accept what is chosen, Escape closes the list. Keys mean what they always do while nothing is chosen.

mod list;
mod site;

use eframe::egui::{Id, Key, Modifiers, Pos2, Rect, Ui};

use self::site::Site;
pub use self::site::Wanted;
use super::buffer::{Cursor, EditorBuffer, Moved};
use super::change::Change;

/// One thing that could be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is put into the text.
    pub text: String,
    /// What it means or stands for, in a few words.
    pub meaning: String,
}

impl Choice {
    /// A choice with its meaning.
    pub fn new(text: impl Into<String>, meaning: impl Into<String>) -> Self {
        Self { text: text.into(), meaning: meaning.into() }
    }
}

/// Everything that could be typed, best first; asked only when a list is to be shown.
pub type Choices<'a> = &'a dyn Fn(Wanted) -> Vec<Choice>;

/// What typing adds at most in one go; more was pasted.
const TYPED: usize = 4;

/// The list of an editor, or that there is none.
#[derive(Default)]
pub(super) struct Completion {
    open: Option<Open>,
    /// The start of the place whose list was closed with Escape.
    dismissed: Option<usize>,
    /// The list was asked for in this frame.
    asked: bool,
    /// The version of the text and the cursor that it was made for.
    seen: (u64, usize),
}

/// A list on show.
struct Open {
    site: Site,
    choices: Vec<Choice>,
    chosen: Option<usize>,
}

impl Completion {
    /// Takes the keys that are for the list, before the text field sees them. Returns what was accepted.
    fn take_keys(&mut self, ui: &Ui) -> Option<usize> {
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        self.asked = pressed(Modifiers::CTRL, Key::Space);
        let open = self.open.as_mut()?;
        let last = open.choices.len().checked_sub(1)?;
        if pressed(Modifiers::NONE, Key::ArrowDown) {
            open.chosen = Some(open.chosen.map_or(0, |chosen| if chosen == last { 0 } else { chosen + 1 }));
        }
        if pressed(Modifiers::NONE, Key::ArrowUp) {
            open.chosen = Some(open.chosen.map_or(last, |chosen| chosen.checked_sub(1).unwrap_or(last)));
        }
        if pressed(Modifiers::NONE, Key::Escape) {
            self.dismissed = Some(open.site.range.start);
            self.open = None;
            return None;
        }
        let chosen = open.chosen?;
        (pressed(Modifiers::NONE, Key::Enter) || pressed(Modifiers::NONE, Key::Tab)).then_some(chosen)
    }
}

impl EditorBuffer {
    /// Deals with the keys for the list. Returns whether the text was changed by what was accepted.
    pub(super) fn complete_by_key(&mut self, ui: &Ui) -> bool {
        self.completion.take_keys(ui).is_some_and(|chosen| self.accept(chosen))
    }

    /// Puts a choice of the list into the text.
    fn accept(&mut self, chosen: usize) -> bool {
        let Some(Open { site, choices, .. }) = self.completion.open.take() else { return false };
        let Some(choice) = choices.get(chosen) else { return false };
        let inserted = format!("{}{}{}", site.head, choice.text, site.tail);
        if self.text.get(site.range.clone()).is_none_or(|before| before == inserted) {
            return false;
        }
        let change = Change { start: site.range.start, removed: site.range.len(), inserted: inserted.len() };
        self.text.replace_range(site.range.clone(), &inserted);
        self.version += 1;
        self.notes.follow(change);
        self.put_cursor(Cursor::at(site.range.start + inserted.len()), Moved::IntoView);
        self.completion.seen = (self.version, self.cursor.head);
        true
    }

    /// Opens, follows or closes the list after the text field has done its work; `changes` is what was typed.
    pub(super) fn follow_completion(&mut self, changes: &[Change], has_focus: bool, choices: Option<Choices<'_>>) {
        let Some(choices) = choices.filter(|_| has_focus && self.cursor.head == self.cursor.anchor) else {
            self.completion.open = None;
            return;
        };
        let asked = std::mem::take(&mut self.completion.asked);
        let now = (self.version, self.cursor.head);
        if std::mem::replace(&mut self.completion.seen, now) == now && !asked {
            return;
        }
        let typed = changes.iter().any(|change| (1..=TYPED).contains(&change.inserted));
        let was_open = self.completion.open.is_some();
        self.completion.open = None;
        let Some(site) = Site::at(&self.text, self.cursor.head, asked) else {
            self.completion.dismissed = None;
            return;
        };
        let dismissed = self.completion.dismissed == Some(site.range.start);
        if !asked && (dismissed || !(typed || was_open)) {
            return;
        }
        self.completion.dismissed = None;
        let prefix = site.prefix(&self.text, self.cursor.head);
        let choices = matching(choices(site.wanted), prefix);
        let is_whole = matches!(&choices[..], [only] if only.text == prefix && !asked);
        if !choices.is_empty() && !is_whole {
            // What was begun is chosen; before that, Enter and Tab still belong to the text.
            let chosen = (asked || !prefix.is_empty()).then_some(0);
            self.completion.open = Some(Open { site, choices, chosen });
        }
    }

    /// Draws the list below the cursor, which is at `at`. Returns whether the text was changed by a click.
    pub(super) fn show_completion(&mut self, ui: &Ui, text: Id, at: Rect) -> bool {
        let Some(open) = &self.completion.open else { return false };
        let clicked = list::show(ui, text.with("completion"), at, &open.choices, open.chosen);
        let accepted = clicked.is_some_and(|chosen| self.accept(chosen));
        if accepted {
            ui.memory_mut(|memory| memory.request_focus(text));
            ui.ctx().request_repaint();
        }
        accepted
    }

    /// Whether the pointer is over the list, so that a click there does not close it.
    pub(super) fn completion_is_under(&self, ui: &Ui, text: Id, pointer: Option<Pos2>) -> bool {
        self.completion.open.is_some()
            && pointer.is_some_and(|pointer| list::covers(ui, text.with("completion"), pointer))
    }
}

/// What begins with the prefix, then what has it somewhere, letter case aside.
fn matching(choices: Vec<Choice>, prefix: &str) -> Vec<Choice> {
    let prefix = prefix.trim().to_lowercase();
    let (begun, others): (Vec<_>, Vec<_>) =
        choices.into_iter().partition(|choice| choice.text.to_lowercase().starts_with(&prefix));
    let within = others.into_iter().filter(|choice| choice.text.to_lowercase().contains(&prefix));
    begun.into_iter().chain(within).collect()
}
