//! A token in its three colours, however long.

use std::ops::Range;

use eframe::egui::{
    Align2, Color32, CornerRadius, Event, EventFilter, Id, Key, Rect, Response, Role, ScrollArea, Sense, Ui,
    WidgetInfo,
    epaint::text::{LayoutJob, TextFormat, TextWrapping},
    pos2, vec2,
};

use super::focus_ring;
use crate::ui::theme::{fonts, radius, size, space, tokens};

/// Longest text that is handed to screen readers whole.
const READ_OUT: usize = 64 * 1024;

/// Shows `token`, broken hard at the right edge, at most `max_height` high; only visible rows are laid out.
///
/// The first `header_len` bytes are the header, then comes a dot, `payload_len` bytes of payload, another dot, and the
/// signature. A `stale` token is shown without colours. Text can be selected with the pointer, Ctrl+A selects all of it,
/// Ctrl+C copies what is selected; the arrow and page keys scroll.
pub fn show(
    ui: &mut Ui,
    id: &str,
    token: &str,
    header_len: usize,
    payload_len: usize,
    stale: bool,
    max_height: f32,
) -> Response {
    let id = ui.scope_id().with(("token", id));
    let glyph = ui.fonts_mut(|fonts| fonts.glyph_width(&fonts::mono(size::MONO), '0'));
    let width = ui.available_width();
    let columns = ((width / glyph) as usize).max(1);
    let view = TokenView { id, token, header_len, payload_len, stale, columns, glyph };
    let rows = token.len().div_ceil(columns).max(1);
    let height = rows as f32 * size::MONO_LINE;
    let area = ScrollArea::vertical().id_salt(id).max_height(max_height).min_scrolled_height(max_height.min(height));
    let output = area.show_viewport(ui, |ui, viewport| {
        ui.set_min_size(vec2(width, height));
        let rect = Rect::from_min_size(ui.max_rect().min, vec2(width, height));
        view.ui(ui, rect, viewport)
    });
    let shown = output.inner_rect.intersect(output.inner.rect);
    focus_ring(ui, &output.inner, shown.expand(space::XXS), radius::SMALL);
    output.inner
}

/// What is selected: where it began and where it ends, in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Selection {
    anchor: usize,
    head: usize,
}

impl Selection {
    fn range(self) -> Range<usize> {
        self.anchor.min(self.head)..self.anchor.max(self.head)
    }
}

struct TokenView<'a> {
    id: Id,
    token: &'a str,
    header_len: usize,
    payload_len: usize,
    stale: bool,
    columns: usize,
    glyph: f32,
}

impl TokenView<'_> {
    fn ui(&self, ui: &Ui, rect: Rect, viewport: Rect) -> Response {
        let response = ui.interact(rect, self.id, Sense::click_and_drag());
        self.describe(ui, &response);
        let selection = self.select(ui, rect, &response);
        self.keys(ui, &response, selection, viewport);

        let first = (viewport.top() / size::MONO_LINE).max(0.0) as usize;
        let last = (viewport.bottom() / size::MONO_LINE).max(0.0) as usize;
        for row in first..=last {
            let start = row.saturating_mul(self.columns);
            if start >= self.token.len() {
                break;
            }
            let top = rect.top() + row as f32 * size::MONO_LINE;
            self.row(ui, pos2(rect.left(), top), start..start + self.columns, selection.range());
        }
        if response.hovered() {
            ui.ctx().set_cursor_icon(eframe::egui::CursorIcon::Text);
        }
        response
    }

    fn describe(&self, ui: &Ui, response: &Response) {
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::MultilineTextInput, ui.is_enabled(), "Token");
            info.current_text_value = (self.token.len() <= READ_OUT).then(|| self.token.to_owned());
            info
        });
        ui.ctx().accesskit_node_builder(self.id, |node| node.set_read_only());
    }

    /// Draws the bytes of one row.
    fn row(&self, ui: &Ui, at: eframe::egui::Pos2, row: Range<usize>, selected: Range<usize>) {
        let t = tokens(ui);
        let row = self.boundary(row.start)..self.boundary(row.end);
        let chosen = selected.start.max(row.start)..selected.end.min(row.end);
        if chosen.start < chosen.end {
            let x = |offset: usize| at.x + (offset - row.start) as f32 * self.glyph;
            let mark = Rect::from_min_max(pos2(x(chosen.start), at.y), pos2(x(chosen.end), at.y + size::MONO_LINE));
            ui.painter().rect_filled(mark, CornerRadius::ZERO, t.accent.selection);
        }
        let mut job = LayoutJob { wrap: TextWrapping::no_max_width(), break_on_newline: false, ..LayoutJob::default() };
        for (part, colour) in self.parts(ui) {
            let (start, end) = (part.start.max(row.start), part.end.min(row.end));
            if let Some(text) = self.token.get(start..end).filter(|text| !text.is_empty()) {
                job.append(text, 0.0, TextFormat::simple(fonts::mono(size::MONO), colour));
            }
        }
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let line = Rect::from_min_size(at, vec2(galley.size().x, size::MONO_LINE));
        let place = Align2::LEFT_CENTER.align_size_within_rect(galley.size(), line);
        ui.painter().galley(place.min, galley, t.text.primary);
    }

    /// The parts in order, with their colours.
    fn parts(&self, ui: &Ui) -> [(Range<usize>, Color32); 5] {
        let t = tokens(ui);
        let colour = |colour| if self.stale { t.text.muted } else { colour };
        let dot = colour(t.text.primary);
        let header = self.header_len;
        let payload = header + 1 + self.payload_len;
        [
            (0..header, colour(t.part.header)),
            (header..header + 1, dot),
            (header + 1..payload, colour(t.part.payload)),
            (payload..payload + 1, dot),
            (payload + 1..self.token.len(), colour(t.part.signature)),
        ]
    }

    /// Follows the pointer: dragging selects, a double click takes a part, a triple click all.
    fn select(&self, ui: &Ui, rect: Rect, response: &Response) -> Selection {
        let mut selection: Selection = ui.data(|data| data.get_temp(self.id)).unwrap_or_default();
        let before = selection;
        if let Some(pointer) = response.interact_pointer_pos() {
            let offset = self.offset_at(pointer - rect.min.to_vec2());
            if response.triple_clicked() {
                selection = Selection { anchor: 0, head: self.token.len() };
            } else if response.double_clicked() {
                let part = self.parts(ui).map(|(part, _)| part).into_iter().find(|part| part.contains(&offset));
                selection = part.map_or(selection, |part| Selection { anchor: part.start, head: part.end });
            } else if response.drag_started() || response.clicked() {
                let shift = ui.input(|input| input.modifiers.shift);
                let pressed = ui.input(|input| input.pointer.press_origin()).unwrap_or(pointer);
                let origin = self.offset_at(pressed - rect.min.to_vec2());
                selection = Selection { anchor: if shift { selection.anchor } else { origin }, head: offset };
            } else if response.dragged() {
                selection.head = offset;
            }
            response.request_focus();
        }
        selection.anchor = self.boundary(selection.anchor);
        selection.head = self.boundary(selection.head);
        if selection != before {
            ui.data_mut(|data| data.insert_temp(self.id, selection));
        }
        selection
    }

    fn keys(&self, ui: &Ui, response: &Response, selection: Selection, viewport: Rect) {
        if !response.has_focus() {
            return;
        }
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(self.id, filter));
        let page = (viewport.height() - size::MONO_LINE).max(size::MONO_LINE);
        let (copy, all, scroll) = ui.input(|input| {
            let pressed = |key, by: f32| if input.key_pressed(key) { by } else { 0.0 };
            let scroll = pressed(Key::ArrowUp, size::MONO_LINE)
                + pressed(Key::ArrowDown, -size::MONO_LINE)
                + pressed(Key::PageUp, page)
                + pressed(Key::PageDown, -page);
            let copy = input.events.iter().any(|event| matches!(event, Event::Copy));
            (copy, input.modifiers.command && input.key_pressed(Key::A), scroll)
        });
        if all {
            let everything = Selection { anchor: 0, head: self.token.len() };
            ui.data_mut(|data| data.insert_temp(self.id, everything));
            ui.ctx().request_repaint();
        }
        if copy && let Some(text) = self.token.get(selection.range()).filter(|text| !text.is_empty()) {
            ui.copy_text(text.to_owned());
        }
        if scroll != 0.0 {
            ui.scroll_with_delta(vec2(0.0, scroll));
        }
    }

    /// The byte under a place within the text.
    fn offset_at(&self, place: eframe::egui::Pos2) -> usize {
        let row = (place.y / size::MONO_LINE).max(0.0) as usize;
        let column = ((place.x / self.glyph).max(0.0).round() as usize).min(self.columns);
        self.boundary(row.saturating_mul(self.columns).saturating_add(column))
    }

    /// The nearest character boundary at or before `offset`.
    fn boundary(&self, offset: usize) -> usize {
        self.token.floor_char_boundary(offset)
    }
}
