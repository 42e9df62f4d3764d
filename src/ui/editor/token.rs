//! The editor for a pasted token: broken hard into rows, in the colours of its parts, with its faults underlined.
//!
//! As in the JSON editor egui's text field does the editing, and the letters are drawn here, so that a megabyte costs
//! little more than what can be seen of it.

use std::ops::Range;

use eframe::egui::epaint::text::{LayoutJob, TextFormat};
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{
    Color32, Frame, Id, Margin, Painter, Pos2, Rect, RichText, ScrollArea, Shape, Stroke, TextBuffer, TextEdit, Ui,
    pos2, vec2,
};

use super::rows::{format, job};
use super::wrapped::Wrapped;
use super::{marks, trim};
use crate::jose::text::Span;
use crate::ui::theme::{fonts, size, tokens};

/// What the field has typed into it, between the frames.
#[derive(Default)]
pub struct TokenBuffer {
    text: String,
    wrapped: Option<Wrapped>,
}

impl TokenBuffer {
    /// The text as edited.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Takes another text over.
    pub fn follow(&mut self, text: &str) {
        if self.text != text {
            text.clone_into(&mut self.text);
        }
    }
}

/// What the editor shows besides the text. All places are bytes of it.
#[derive(Default)]
pub struct TokenEditor<'a> {
    /// What a screen reader calls it.
    pub accessible_name: &'a str,
    /// What is said while it is empty.
    pub hint: &'a str,
    /// Stretches in ascending order and their colours; what is between them is plain.
    pub parts: &'a [(Range<usize>, Color32)],
    /// What is at fault.
    pub faults: &'a [Span],
    /// The least and the greatest height, in points.
    pub height: (f32, f32),
    /// Takes the keyboard in this frame.
    pub focus: bool,
    /// Whether what is typed can be taken back; it cannot when that would keep a key in memory.
    pub keeps_undo: bool,
}

/// What became of the editor in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenOutput {
    /// Whether the text was changed by the user.
    pub changed: bool,
    /// Whether it has the keyboard.
    pub has_focus: bool,
}

impl TokenEditor<'_> {
    /// Draws the editor over the available width.
    pub fn show(self, ui: &mut Ui, name: &str, buffer: &mut TokenBuffer) -> TokenOutput {
        let id = Id::unique(("token-editor", name));
        if self.focus {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let width = ui.available_width();
        let whole = Wrapped::refresh(&mut buffer.wrapped, ui, &buffer.text, width).galley.rect.height();
        let (least, most) = self.height;
        let height = whole.clamp(least, most.max(least));
        let area = ScrollArea::vertical().id_salt(id).max_height(height).min_scrolled_height(height);
        let shown = area.auto_shrink([false, true]).show(ui, |ui| self.text(ui, id, width, height, buffer));
        TokenOutput { changed: shown.inner, has_focus: ui.memory(|memory| memory.has_focus(id)) }
    }

    fn text(&self, ui: &mut Ui, id: Id, width: f32, height: f32, buffer: &mut TokenBuffer) -> bool {
        let TokenBuffer { text, wrapped } = buffer;
        let mut layouter = |ui: &Ui, text: &dyn TextBuffer, width: f32| {
            Wrapped::refresh(wrapped, ui, text.as_str(), width).galley.clone()
        };
        let hint = RichText::new(self.hint).font(fonts::regular(size::TEXT)).color(tokens(ui).text.muted);
        let first = ui.painter().add(Shape::Noop);
        let output = TextEdit::multiline(text)
            .id(id)
            .layouter(&mut layouter)
            .frame(Frame::NONE.inner_margin(Margin::ZERO))
            .desired_width(width)
            .desired_rows(1)
            .min_size(vec2(width, height))
            .hint_text(hint)
            .show(ui);
        trim::rows(ui, first);
        ui.ctx().accesskit_node_builder(id, |node| node.set_label(self.accessible_name));
        if !self.keeps_undo
            && let Some(mut state) = TextEditState::load(ui.ctx(), id)
        {
            state.clear_undoer();
            state.store(ui.ctx(), id);
        }
        let wrapped = Wrapped::refresh(wrapped, ui, text, width);
        self.paint(ui, text, wrapped, output.galley_pos);
        output.response.changed()
    }

    /// Draws the letters of the rows that can be seen, and the faults in them.
    fn paint(&self, ui: &Ui, text: &str, wrapped: &Wrapped, origin: Pos2) {
        let palette = tokens(ui);
        let clip = ui.clip_rect();
        let painter = ui.painter();
        for (index, placed) in wrapped.galley.rows.iter().enumerate() {
            let area = placed.rect().translate(origin.to_vec2());
            if area.bottom() < clip.top() {
                continue;
            }
            if area.top() > clip.bottom() {
                break;
            }
            let row = wrapped.row(index);
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(self.coloured(text, &row, palette.text.primary)));
            painter.galley(area.min, galley, palette.text.primary);
            for fault in self.faults {
                underline(painter, text, &row, *fault, area, wrapped.advance(), palette.status.error);
            }
        }
    }

    /// The letters of a row in their colours.
    fn coloured(&self, text: &str, row: &Range<usize>, plain: Color32) -> LayoutJob {
        let mut job = job();
        let mut append = |range: Range<usize>, colour: Color32| {
            if let Some(letters) = text.get(range).filter(|letters| !letters.is_empty()) {
                job.append(letters, 0.0, format(colour));
            }
        };
        let mut at = row.start;
        let first = self.parts.partition_point(|(part, _)| part.end <= row.start);
        for (part, colour) in self.parts.iter().skip(first).take_while(|(part, _)| part.start < row.end) {
            append(at..part.start.max(at), plain);
            append(part.start.max(at)..part.end.min(row.end), *colour);
            at = part.end.clamp(at, row.end);
        }
        append(at..row.end, plain);
        if job.text.is_empty() {
            job.append("", 0.0, TextFormat::default());
        }
        job
    }
}

/// A wave under what is at fault in a row; a letter wide where nothing stands.
fn underline(painter: &Painter, text: &str, row: &Range<usize>, fault: Span, area: Rect, advance: f32, ink: Color32) {
    let empty_here = fault.is_empty() && (row.start..=row.end).contains(&fault.start);
    let (start, end) = (fault.start.max(row.start), fault.end.min(row.end));
    if start >= end && !empty_here {
        return;
    }
    let columns = |range: Range<usize>| text.get(range).map_or(0, |letters| letters.chars().count()) as f32;
    let left = area.left() + columns(row.start..start.min(row.end)) * advance;
    let width = (columns(start..end.max(start)) * advance).max(advance);
    let place = Rect::from_min_max(pos2(left, area.top()), pos2(left + width, area.bottom()));
    painter.add(Shape::line(marks::wave(place), Stroke::new(1.2, ink)));
}
