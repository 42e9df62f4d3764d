//! The editor for JSON: egui's text field for typing, and everything around it that makes a text readable.
//!
//! The text field does the editing and draws the cursor and the selection, but no letters: they are drawn here, so that
//! only what can be seen costs anything.

mod buffer;
mod change;
mod completion;
mod find;
mod gutter;
mod highlight;
mod hints;
mod ink;
mod layout;
mod marks;
mod near;
mod notes;
mod paint;
mod places;
mod rows;
mod strip;
mod token;
mod trim;
mod typing;
mod view;
mod wrapped;

use std::cell::RefCell;

use eframe::egui::style::ScrollAnimation;
use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{
    EventFilter, FocusDirection, Frame, Id, Key, Margin, Pos2, Rect, Response, ScrollArea, Shape, TextBuffer, TextEdit,
    Ui, UiBuilder, vec2,
};

pub use self::buffer::EditorBuffer;
use self::buffer::{Cursor, Moved};
use self::change::Change;
pub use self::completion::{Choice, Choices, Wanted};
use self::layout::Layout;
use self::paint::Canvas;
use self::strip::Strip;
pub use self::token::{TokenBuffer, TokenEditor, TokenOutput};
use self::typing::Typing;
use self::view::View;
use crate::findings::Severity;
use crate::jose::error::Problem;
use crate::jose::instant::InstantFormat;
use crate::jose::text::Span;
use crate::ui::theme::{radius, size, space};
use crate::ui::widgets::focus_ring;
use crate::workbench::marks::Mark;

/// Room right of the longest line, in points.
const RIGHT: f32 = 48.0;
/// Room above and below the text, in points.
const EDGE: f32 = 2.0;

/// A stretch of the text about which there is something to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Underline {
    /// Where it is; a single letter is underlined where nothing stands.
    pub span: Span,
    /// How bad it is.
    pub severity: Severity,
    /// What is said while the pointer is over it.
    pub words: String,
}

/// What an editor shows besides the text. All places are bytes in the text of its buffer.
#[derive(Default)]
pub struct EditorInput<'a> {
    /// What a screen reader calls the text field.
    pub accessible_name: &'a str,
    /// What is wrong with the text: its place is underlined, and a strip below the text says what to do.
    pub problem: Option<&'a Problem>,
    /// Words beside the line of a place, drawn behind its end, in ascending order.
    pub hints: &'a [Mark],
    /// The instant that the hints are told at, seconds since 1970 UTC.
    pub now: i64,
    /// How the hints tell instants.
    pub clock: InstantFormat,
    /// Placeholders, in ascending order.
    pub placeholders: &'a [Placeholder],
    /// Stretches to underline, in any order.
    pub underlines: &'a [Underline],
    /// Problem, hints, placeholders and underlines are not known yet for this text; those of the text before stay, where they can.
    pub pending: bool,
    /// Height of the whole editor in points, with find bar and problem strip.
    pub height: f32,
    /// Takes the keyboard in this frame: with the cursor at a byte, scrolled into view, or where it was.
    pub focus: Option<Option<usize>>,
    /// Opens the find bar in this frame.
    pub find: bool,
    /// What could be typed; without it there is no list.
    pub choices: Option<Choices<'a>>,
}

/// A placeholder in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// Where it is, with its braces.
    pub span: Span,
    /// What it means.
    pub kind: PlaceholderKind,
}

/// What a placeholder means; each has a colour of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceholderKind {
    /// One of the placeholders that are always there.
    BuiltIn,
    /// A variable that is declared.
    Variable,
    /// Nothing: it is unknown or broken.
    Unknown,
}

/// What became of an editor in a frame.
#[derive(Clone, Debug)]
pub struct EditorOutput {
    /// Whether the text was changed by the user.
    pub changed: bool,
    /// Whether the text has the keyboard.
    pub has_focus: bool,
    /// The byte that the cursor stands before, while the text has the keyboard.
    pub cursor: Option<usize>,
    /// The byte under the pointer, in the frame in which a menu was asked for there.
    pub pointed: Option<usize>,
    /// The text field, for a menu.
    pub response: Response,
}

/// An editor for JSON with line numbers, colours, a find bar and the place of a problem.
pub struct JsonEditor {
    id: Id,
    read_only: bool,
}

impl JsonEditor {
    /// An editor whose `name` no other editor in the window has.
    pub fn new(name: &str) -> Self {
        Self { id: Id::unique(("json-editor", name)), read_only: false }
    }

    /// The same for a text that can be selected and copied, but not changed.
    #[must_use]
    pub fn read_only(self) -> Self {
        Self { read_only: true, ..self }
    }

    /// Draws the editor over the available width.
    pub fn show(self, ui: &mut Ui, buffer: &mut EditorBuffer, input: EditorInput<'_>) -> EditorOutput {
        let (_, whole) = ui.allocate_space(vec2(ui.available_width(), input.height));
        buffer.notes.take_over(&input);
        if input.find {
            buffer.open_find();
        }
        if let Some(place) = input.focus {
            ui.memory_mut(|memory| memory.request_focus(self.id));
            if let Some(offset) = place {
                buffer.put_cursor(Cursor::at(offset), Moved::IntoView);
            }
        }
        let mut text_area = whole;
        if buffer.find.open {
            let (bar, rest) = whole.split_top_bottom_at_y(whole.top() + find::HEIGHT.min(whole.height() / 2.0));
            buffer.find_bar(ui, bar, self.id);
            text_area = rest;
        }
        let layout = Layout::refresh(&mut buffer.layout, ui, &buffer.text, buffer.version);
        let strip = buffer.notes.problem.as_ref().map(|problem| {
            let position = problem.span.map(|span| strip::position(&buffer.text, &layout.places, span.start));
            Strip::new(ui, problem, position, whole.width(), strip::most_height(whole.height()))
        });
        let strip_height = strip.as_ref().map_or(0.0, |strip| strip.height);
        let (text_area, strip_area) = text_area.split_top_bottom_at_y(text_area.bottom() - strip_height);
        let output = self.text(ui, text_area, buffer, &input);
        if self.read_only {
            // egui draws no cursor in what cannot be changed.
            focus_ring(ui, &output.response, text_area.shrink(2.0), radius::SMALL);
        }
        let clicked = strip.is_some_and(|strip| strip.show(ui, strip_area));
        if let Some(span) = buffer.notes.problem.as_ref().and_then(|problem| problem.span).filter(|_| clicked) {
            buffer.put_cursor(Cursor::at(span.start), Moved::IntoView);
            ui.memory_mut(|memory| memory.request_focus(self.id));
            ui.ctx().request_repaint();
        }
        output
    }

    /// Draws the text and lets it be edited.
    fn text(&self, ui: &mut Ui, area: Rect, buffer: &mut EditorBuffer, input: &EditorInput<'_>) -> EditorOutput {
        let accepted = self.keys(ui, area, buffer);
        if accepted {
            Layout::refresh(&mut buffer.layout, ui, &buffer.text, buffer.version);
        }
        let moved = self.hand_cursor_over(ui, buffer);
        let mut ui = ui.new_child(UiBuilder::new().id_salt(self.id).max_rect(area));
        ui.set_clip_rect(area.intersect(ui.clip_rect()));
        let scroll = ScrollArea::both().id_salt("text").auto_shrink(false);
        scroll
            .show(&mut ui, |ui| {
                let layout = Layout::refresh(&mut buffer.layout, ui, &buffer.text, buffer.version);
                let canvas = Canvas::new(ui, area, layout);
                let start = ui.cursor().top() + EDGE;
                buffer.approach(ui, area, start);
                let edited = self.edit(ui, area, canvas.clip(), buffer, input.accessible_name);
                let went = self.take_cursor_over(ui, buffer, &edited);
                buffer.approach(ui, area, edited.origin.y);
                buffer.search();
                let Edited { has_focus, .. } = edited;
                let mut changed = accepted || !edited.changes.is_empty();
                self.complete(ui, area, buffer, &edited, input.choices);
                changed |= self.show_completion(ui, area, buffer, edited.origin);
                let pointed = pointed(buffer, &edited);
                if let Some(lines) = canvas.paint(ui, area, buffer, &edited).filter(|lines| *lines != buffer.cursor) {
                    buffer.put_cursor(lines, Moved::Quietly);
                    ui.memory_mut(|memory| memory.request_focus(self.id));
                    ui.ctx().request_repaint();
                }
                if moved == Some(Moved::IntoView) || (has_focus && (changed || went)) {
                    scroll_to_cursor(ui, area, buffer, edited.origin, moved);
                }
                let cursor = has_focus.then_some(buffer.cursor.head);
                EditorOutput { changed, has_focus, cursor, pointed, response: edited.response }
            })
            .inner
    }

    /// Opens, follows or closes the list of what could be typed.
    fn complete(&self, ui: &Ui, area: Rect, buffer: &mut EditorBuffer, edited: &Edited, choices: Option<Choices<'_>>) {
        let pointer = ui.input(|input| input.pointer.interact_pos());
        let clicking = buffer.completion_is_under(ui, self.id, pointer);
        let seen = buffer.layout.as_ref().is_some_and(|layout| {
            let at = View::new(&buffer.text, layout, edited.origin, area).cursor(buffer.cursor.head);
            area.intersects(at)
        });
        let choices = choices.filter(|_| !self.read_only && seen);
        buffer.follow_completion(&edited.changes, edited.has_focus || clicking, choices);
    }

    /// Draws that list. Returns whether the text was changed by a click in it.
    fn show_completion(&self, ui: &Ui, area: Rect, buffer: &mut EditorBuffer, origin: Pos2) -> bool {
        let Some(layout) = &buffer.layout else { return false };
        let at = View::new(&buffer.text, layout, origin, area).cursor(buffer.cursor.head);
        buffer.show_completion(ui, self.id, at)
    }

    /// Deals with the keys that are not for the text field. Returns whether one of them changed the text.
    fn keys(&self, ui: &Ui, area: Rect, buffer: &mut EditorBuffer) -> bool {
        let (has_focus, had_focus) =
            ui.memory(|memory| (memory.has_focus(self.id), memory.had_focus_last_frame(self.id)));
        if has_focus && !had_focus {
            // egui learns which keys stay in the text in the first frame after this one.
            ui.ctx().request_repaint();
        }
        let escaped = had_focus && !has_focus && ui.input(|input| input.key_pressed(Key::Escape));
        if escaped && ui.memory(|memory| memory.focused().is_none()) {
            ui.memory_mut(|memory| memory.request_focus(self.id));
        } else if !has_focus {
            buffer.tab_leaves = false;
            return false;
        }
        if self.read_only {
            // Tab has nothing to do in the text, so it moves on; Escape closes the find bar.
            if buffer.find.open && ui.input(|input| input.key_pressed(Key::Escape)) {
                buffer.close_find(ui, self.id);
            }
            return false;
        }
        let accepted = buffer.complete_by_key(ui);
        buffer.tab_leaves &= !typing::anything_else(ui);
        if !buffer.tab_leaves {
            ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        }
        let rows = (area.height() / size::MONO_LINE) as usize;
        if typing::rename_keys(ui, buffer.tab_leaves, rows.saturating_sub(1).max(1)) {
            if buffer.find.open {
                buffer.close_find(ui, self.id);
            } else {
                buffer.tab_leaves = true;
            }
        }
        accepted
    }

    /// Tells egui where the cursor is when it was moved from outside.
    fn hand_cursor_over(&self, ui: &Ui, buffer: &mut EditorBuffer) -> Option<Moved> {
        let moved = buffer.moved.take()?;
        let layout = buffer.layout.as_ref()?;
        let character = |offset: usize| CCursor::new(layout.places.character_at(&buffer.text, offset));
        let mut state = TextEditState::load(ui.ctx(), self.id).unwrap_or_default();
        let Cursor { head, anchor } = buffer.cursor;
        state.cursor.set_char_range(Some(CCursorRange::two(character(anchor), character(head))));
        state.store(ui.ctx(), self.id);
        Some(moved)
    }

    /// Runs egui's text field.
    fn edit(&self, ui: &mut Ui, area: Rect, clip: Rect, buffer: &mut EditorBuffer, name: &str) -> Edited {
        let EditorBuffer { text, layout: slot, version, tab_leaves, notes, .. } = buffer;
        let layout = Layout::refresh(slot, ui, text, *version);
        let left = gutter::width(layout);
        let right = layout.galley.rect.width().max(notes.reach(layout));
        let size = vec2((left + right + RIGHT).max(area.width()), area.height());
        let changes = RefCell::new(Vec::new());
        let mut typing = Typing::new(text, &changes, self.read_only);
        let mut layouter = |ui: &Ui, text: &dyn TextBuffer, _width: f32| {
            let version = *version + changes.borrow().len() as u64;
            Layout::refresh(slot, ui, text.as_str(), version).galley.clone()
        };
        let takes_tab = !*tab_leaves && !self.read_only;
        let keys = EventFilter { tab: takes_tab, horizontal_arrows: true, vertical_arrows: true, escape: true };
        let margin = Margin { left: left as i8, top: EDGE as i8, bottom: EDGE as i8, ..Margin::ZERO };
        let show = |ui: &mut Ui| {
            ui.shrink_clip_rect(clip);
            TextEdit::multiline(&mut typing)
                .id(self.id)
                .layouter(&mut layouter)
                .frame(Frame::NONE.inner_margin(margin))
                .desired_width(size.x)
                .min_size(size)
                .event_filter(keys)
                .cursor_at_end(false)
                .show(ui)
        };
        let first = ui.painter().add(Shape::Noop);
        let output = ui.scope(show).inner;
        trim::rows(ui, first);
        ui.ctx().accesskit_node_builder(self.id, |node| node.set_label(name));
        let indented = typing.selection();
        let changes = changes.into_inner();
        *version += changes.len() as u64;
        changes.iter().for_each(|change| notes.follow(*change));
        let has_focus = ui.memory(|memory| memory.has_focus(self.id));
        let response = output.response.response;
        Edited { id: self.id, changes, has_focus, origin: output.galley_pos, state: output.state, indented, response }
    }

    /// Learns from egui where the cursor is. Returns whether it went elsewhere.
    fn take_cursor_over(&self, ui: &Ui, buffer: &mut EditorBuffer, edited: &Edited) -> bool {
        let mut state = edited.state.clone();
        state.clear_undoer();
        let before = buffer.cursor;
        if let (Some(layout), Some(range)) = (&buffer.layout, state.cursor.char_range()) {
            let byte = |cursor: CCursor| layout.places.byte_at(&buffer.text, cursor.index.0);
            buffer.cursor = Cursor { head: byte(range.primary), anchor: byte(range.secondary) };
        }
        if let (Some(layout), Some(lines)) = (&buffer.layout, &edited.indented) {
            buffer.cursor = Cursor { head: lines.end, anchor: lines.start };
            let character = |offset: usize| CCursor::new(layout.places.character_at(&buffer.text, offset));
            let range = CCursorRange::two(character(lines.start), character(lines.end));
            state.cursor.set_char_range(Some(range));
        }
        state.store(ui.ctx(), self.id);
        buffer.cursor != before
    }
}

/// Scrolls so that the cursor can be seen, with some text around it when it jumped.
fn scroll_to_cursor(ui: &Ui, area: Rect, buffer: &EditorBuffer, origin: Pos2, moved: Option<Moved>) {
    let Some(layout) = &buffer.layout else { return };
    let gutter = gutter::width(layout);
    let selecting = ui.input(|input| input.pointer.primary_down().then(|| input.pointer.interact_pos()).flatten());
    if selecting.is_some_and(|pointer| area.contains(pointer)) {
        return;
    }
    let cursor = View::new(&buffer.text, layout, origin, area).cursor(buffer.cursor.head);
    let jumped = moved == Some(Moved::IntoView) && !area.contains_rect(cursor);
    let above = if jumped { area.height() / 3.0 } else { EDGE };
    let target = Rect::from_min_max(cursor.min - vec2(gutter + space::L, above), cursor.max + vec2(RIGHT / 2.0, above));
    ui.scroll_to_rect_animation(target, None, ScrollAnimation::none());
    if selecting.is_some() {
        ui.ctx().request_repaint();
    }
}

/// What the text field did in a frame.
struct Edited {
    id: Id,
    changes: Vec<Change>,
    has_focus: bool,
    /// Where the text starts, in the window.
    origin: Pos2,
    state: TextEditState,
    /// The lines that are still selected after they were indented.
    indented: Option<std::ops::Range<usize>>,
    response: Response,
}

/// The byte under the pointer when a menu was asked for there.
fn pointed(buffer: &EditorBuffer, edited: &Edited) -> Option<usize> {
    let at = edited.response.interact_pointer_pos().filter(|_| edited.response.secondary_clicked())?;
    let layout = buffer.layout.as_ref()?;
    let cursor = layout.galley.cursor_from_pos(at - edited.origin);
    Some(layout.places.byte_at(&buffer.text, cursor.index.0))
}
