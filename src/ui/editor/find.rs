//! The find bar: what is looked for, what was found, and the way from one to the next.

use eframe::egui::{
    self, Align, EventFilter, Frame, Id, Key, Label, Layout, Margin, Modifiers, Rect, RichText, TextEdit, Ui,
    UiBuilder, vec2,
};

use super::buffer::{Cursor, EditorBuffer, Moved};
use crate::jose::text::Span;
use crate::ui::theme::{fonts, icon, radius, size, space, tokens};
use crate::ui::widgets::button;

/// Height of the bar, in points.
pub(super) const HEIGHT: f32 = 38.0;
/// Width of the query field, in points.
const FIELD: f32 = 200.0;
/// Width of what is said beside it, in points.
const COUNT: f32 = 84.0;
/// More places than this are not looked for.
const MOST: usize = 100_000;

/// A search through the text.
#[derive(Default)]
pub(super) struct Find {
    pub(super) open: bool,
    query: String,
    /// The text and the query that `found` belongs to.
    searched: Option<(u64, String)>,
    found: Vec<Span>,
    /// The place that was gone to last.
    current: Option<Span>,
    /// Where the cursor was when the bar was opened: what is found is gone to from there.
    from: usize,
    /// The query field takes the keyboard, its text selected.
    take_focus: bool,
}

impl Find {
    /// All places found, in ascending order; none while the bar is closed.
    pub(super) fn found(&self) -> &[Span] {
        if self.open { &self.found } else { &[] }
    }

    /// The place that was gone to last.
    pub(super) fn current(&self) -> Option<Span> {
        self.current.filter(|_| self.open)
    }

    /// "2 of 7", or what else there is to say.
    fn count(&self) -> String {
        if self.query.is_empty() {
            return String::new();
        }
        let current = self.current.and_then(|current| self.found.iter().position(|span| *span == current));
        match (self.found.len(), current) {
            (0, _) => "nothing found".to_owned(),
            (all, None) => format!("{all} found"),
            (all, Some(current)) => format!("{} of {all}", current + 1),
        }
    }
}

impl EditorBuffer {
    /// Opens the bar; a word that is selected is looked for at once.
    pub(super) fn open_find(&mut self) {
        let selected = self.text.get(self.cursor.range()).unwrap_or_default();
        if !selected.is_empty() && !selected.contains('\n') {
            selected.clone_into(&mut self.find.query);
        }
        self.find.open = true;
        self.find.take_focus = true;
        self.find.from = self.cursor.range().start;
        self.find.current = None;
    }

    /// Looks again where the text or the query has changed.
    pub(super) fn search(&mut self) {
        let find = &mut self.find;
        if !find.open {
            return;
        }
        if find.searched.as_ref().is_some_and(|(version, query)| *version == self.version && *query == find.query) {
            return;
        }
        find.found = occurrences(&self.text, &find.query);
        let typed =
            find.searched.replace((self.version, find.query.clone())).is_none_or(|(_, query)| query != find.query);
        find.current = find.current.filter(|current| find.found.contains(current));
        if typed {
            let from = find.from;
            self.go_to(
                self.find.found.iter().copied().find(|span| span.start >= from).or(self.find.found.first().copied()),
            );
        }
    }

    fn go_to(&mut self, place: Option<Span>) {
        self.find.current = place;
        if let Some(place) = place {
            self.put_cursor(Cursor { anchor: place.start, head: place.end }, Moved::IntoView);
        }
    }

    /// Goes to the next place found, from the end to the start.
    pub(super) fn find_next(&mut self) {
        let from = self.find.current.map_or(self.cursor.range().end, |current| current.end);
        let at = self.find.found.partition_point(|span| span.start < from);
        self.go_to(self.find.found.get(at).or(self.find.found.first()).copied());
    }

    /// Goes to the place found before, from the start to the end.
    pub(super) fn find_previous(&mut self) {
        let from = self.find.current.map_or(self.cursor.range().start, |current| current.start);
        let at = self.find.found.partition_point(|span| span.start < from);
        let before = at.checked_sub(1).and_then(|at| self.find.found.get(at));
        self.go_to(before.or(self.find.found.last()).copied());
    }

    /// Draws the bar over the upper edge of the editor; closing it gives the keyboard to the text field `text`.
    pub(super) fn find_bar(&mut self, ui: &mut Ui, area: Rect, text: Id) {
        let id = text.with("find");
        if ui.memory(|memory| memory.has_focus(id)) {
            let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
            if pressed(Modifiers::SHIFT, Key::Enter) {
                self.find_previous();
            } else if pressed(Modifiers::NONE, Key::Enter) {
                self.find_next();
            } else if pressed(Modifiers::NONE, Key::Escape) {
                self.close_find(ui, text);
                return;
            }
        }
        let builder = UiBuilder::new().id_salt(id).max_rect(area).layout(Layout::left_to_right(Align::Center));
        let mut bar = ui.new_child(builder);
        let closed = self.bar_contents(&mut bar, id);
        let line = tokens(ui).surface.line;
        ui.painter().hline(area.x_range(), area.bottom() - 0.5, egui::Stroke::new(1.0, line));
        if closed {
            self.close_find(ui, text);
        }
        self.search();
    }

    pub(super) fn close_find(&mut self, ui: &Ui, text: Id) {
        self.find.open = false;
        if let Some(Span { start, end }) = self.find.current {
            self.put_cursor(Cursor { anchor: start, head: end }, Moved::IntoView);
        }
        ui.memory_mut(|memory| memory.request_focus(text));
    }

    /// Draws what is in the bar. Returns whether it is to be closed.
    fn bar_contents(&mut self, ui: &mut Ui, id: Id) -> bool {
        let palette = tokens(ui);
        ui.spacing_mut().item_spacing.x = space::XS;
        query_field(ui, &mut self.find, id);
        ui.add_space(space::XS);
        let count = RichText::new(self.find.count()).font(fonts::regular(size::TEXT)).color(palette.text.muted);
        let width = COUNT.min(ui.available_width());
        ui.allocate_ui_with_layout(vec2(width, size::BUTTON), Layout::left_to_right(Align::Center), |ui| {
            ui.set_width(width);
            ui.add(Label::new(count).truncate());
        });
        let some = !self.find.found.is_empty();
        let mut left = false;
        let mut press = |glyph, name, enabled| {
            let button = ui.add_enabled_ui(enabled, |ui| button::icon(ui, glyph, name)).inner;
            left |= button.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
            if button.clicked() && !button.has_focus() {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            button.clicked()
        };
        let previous = press(icon::CARET_UP, "Previous match", some);
        let next = press(icon::CARET_DOWN, "Next match", some);
        let close = press(icon::X, "Close the find bar", true);
        if previous {
            self.find_previous();
        } else if next {
            self.find_next();
        }
        close || left
    }
}

fn query_field(ui: &mut Ui, find: &mut Find, id: Id) {
    let palette = tokens(ui);
    let focused = ui.memory(|memory| memory.has_focus(id));
    let line = if focused { palette.accent.main } else { palette.surface.line_field };
    let missing = find.found.is_empty() && !find.query.is_empty();
    let frame = Frame::NONE
        .fill(palette.surface.field)
        .stroke(egui::Stroke::new(1.0, if missing { palette.status.error } else { line }))
        .corner_radius(radius::CONTROL)
        .inner_margin(Margin::symmetric(9, 5));
    let keys = EventFilter { escape: true, horizontal_arrows: true, ..EventFilter::default() };
    let field = TextEdit::singleline(&mut find.query)
        .id(id)
        .hint_text("Find")
        .font(fonts::regular(size::TEXT))
        .desired_width(FIELD.min(ui.available_width() - 200.0))
        .return_key(None)
        .event_filter(keys)
        .frame(frame);
    let output = field.show(ui);
    ui.ctx().accesskit_node_builder(id, |node| node.set_label("Find"));
    let mut state = output.state;
    state.clear_undoer();
    if std::mem::take(&mut find.take_focus) {
        ui.memory_mut(|memory| memory.request_focus(id));
        state.cursor.set_char_range(Some(egui::text::CCursorRange::select_all(&output.galley)));
    }
    state.store(ui.ctx(), id);
}

/// Where `query` stands in `text`, without regard to the case of ASCII letters; places do not overlap.
fn occurrences(text: &str, query: &str) -> Vec<Span> {
    let (bytes, wanted) = (text.as_bytes(), query.as_bytes());
    let Some(first) = wanted.first() else { return Vec::new() };
    let (lower, upper) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    let mut end_of_last = 0;
    memchr::memchr2_iter(lower, upper, bytes)
        .filter_map(|start| {
            let end = start + wanted.len();
            let here =
                start >= end_of_last && bytes.get(start..end).is_some_and(|found| found.eq_ignore_ascii_case(wanted));
            here.then(|| {
                end_of_last = end;
                Span::new(start, end)
            })
        })
        .take(MOST)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, query: &str, starts: &[usize]) {
        let found: Vec<usize> = occurrences(text, query).iter().map(|span| span.start).collect();
        assert_eq!(found, starts, "{query:?} in {text:?}");
    }

    #[test]
    fn the_case_of_ascii_letters_does_not_matter() {
        check("iss ISS iSs is", "iSS", &[0, 4, 8]);
        check("aaaa", "aa", &[0, 2]);
        check("Ärger ärger", "ärger", &[7]);
        check("text", "", &[]);
        check("", "x", &[]);
    }
}
