//! One row of what each claim costs: whether it is in, its name, a bar, and its bytes.

use eframe::egui::{
    Align2, Color32, CornerRadius, EventFilter, Id, Key, Modifiers, Rect, Response, Role, Sense, Stroke, StrokeKind,
    Ui, UiBuilder, Vec2, WidgetInfo,
    epaint::text::{LayoutJob, TextFormat, TextWrapping},
    pos2, vec2,
};

use super::cost_rows::{CostRow, RowKind};
use crate::jose::text::visible;
use crate::ui::figures::{grouped, percent};
use crate::ui::theme::{fonts, icon, radius, size, space, tokens};
use crate::ui::widgets::field::Field;
use crate::ui::widgets::{button, check_box, focus_ring};

/// Height of a row, in points.
pub(super) const ROW: f32 = size::ROW;
/// Width of the columns, in points.
const CHECK: f32 = 32.0;
const BYTES: f32 = 76.0;
const PERCENT: f32 = 54.0;
const CARET: f32 = 28.0;

/// A row and how it stands.
pub(super) struct ClaimRow<'a> {
    pub(super) row: &'a CostRow,
    /// What the longest bar stands for.
    pub(super) most: usize,
    /// The bytes of the token.
    pub(super) total: usize,
    /// Whether it is left out.
    pub(super) off: bool,
    /// The name it is to have.
    pub(super) renamed: Option<&'a str>,
    /// Whether it is looked into below.
    pub(super) open: bool,
}

/// What a user does with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Did {
    /// Leave it out, or take it in again.
    Toggle,
    /// Look into it.
    Open,
    /// Give it another name.
    Rename,
    /// Put the keyboard so many rows further down.
    Move(isize),
}

/// A name that is being typed.
pub(super) struct Typing<'a> {
    pub(super) text: &'a mut String,
    /// What is wrong with it.
    pub(super) error: Option<String>,
    /// Whether it was only just begun.
    pub(super) fresh: bool,
}

/// How typing a name ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// The name is to be taken.
    Take,
    /// Everything stays as it was.
    Leave,
}

impl ClaimRow<'_> {
    fn is_claim(&self) -> bool {
        matches!(self.row.kind, RowKind::Claim(_))
    }

    /// Draws the row. `focus` moves the keyboard to it; `words` are asked for when the pointer rests on it.
    pub(super) fn ui(&self, ui: &mut Ui, rect: Rect, focus: bool, words: impl FnOnce() -> String) -> Option<Did> {
        let t = tokens(ui);
        let back = ui.interact(rect, ui.scope_id().with("row"), Sense::hover());
        let mut did = None;
        if self.open {
            ui.painter().rect_filled(rect, CornerRadius::ZERO, t.accent.background);
        } else if ui.rect_contains_pointer(rect) {
            ui.painter().rect_filled(rect, CornerRadius::ZERO, t.syntax.current_line);
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.surface.line));
        let columns = Columns::of(rect);
        if self.is_claim() {
            did = did.or(self.check(ui, rect, focus));
            did = did.or(self.name(ui, columns.name));
        } else {
            self.paint_name(ui, columns.name, t.text.secondary);
        }
        self.bar(ui, columns.bar);
        self.figures(ui, columns, &back);
        if self.row.nested && self.row.kind.place().is_some() {
            did = did.or(self.caret(ui, columns.caret));
        }
        back.on_hover_ui(|ui| {
            ui.label(words());
        });
        did
    }

    /// Draws the row with a field in place of the name.
    pub(super) fn typing(&self, ui: &mut Ui, rect: Rect, typing: Typing<'_>) -> Option<Typed> {
        let columns = Columns::of(rect);
        let back = ui.interact(rect, ui.scope_id().with("row"), Sense::hover());
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, tokens(ui).surface.line));
        let _ticked = self.check(ui, rect, false);
        let place = columns.name.with_max_x(columns.bar.right()).expand2(vec2(space::XS, -1.0));
        let mut cell = ui.new_child(UiBuilder::new().id_salt("name").max_rect(place));
        let name = format!("New name of {}", self.row.name);
        let error = typing.error.clone();
        let field = Field::new(&name, typing.text).mono().id_salt("new name").error(error.as_deref());
        let response = field.show_with(&mut cell, |ui| {
            let (words, ink) = match &error {
                Some(error) => (error.as_str(), tokens(ui).status.error),
                None => ("Enter takes it", tokens(ui).text.muted),
            };
            ui.colored_label(ink, words);
        });
        if typing.fresh {
            response.request_focus();
        }
        self.figures(ui, columns, &back);
        if !response.lost_focus() {
            return None;
        }
        let left = ui.input(|input| input.key_pressed(Key::Escape)) || error.is_some();
        Some(if left { Typed::Leave } else { Typed::Take })
    }

    fn check(&self, ui: &Ui, rect: Rect, focus: bool) -> Option<Did> {
        let place = rect.with_max_x(rect.left() + CHECK);
        let response = ui.interact(place, check_id(ui), Sense::click());
        let name = format!("{} in the token", self.row.name);
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), !self.off, &name));
        if focus {
            response.request_focus();
            ui.scroll_to_rect(rect, None);
        }
        let square = Rect::from_center_size(place.center(), Vec2::splat(check_box::SIDE));
        check_box::paint(ui, square, !self.off, response.hovered());
        focus_ring(ui, &response, square.expand(2.0), radius::SMALL);
        let did = self.keys(ui, &response);
        let hint = if self.off { "Take it in again" } else { "Leave it out" };
        let clicked = response.on_hover_text(hint).clicked();
        did.or(clicked.then_some(Did::Toggle))
    }

    /// What the keys do while the box has the keyboard; the space bar ticks it by itself.
    fn keys(&self, ui: &Ui, response: &Response) -> Option<Did> {
        if !response.has_focus() {
            return None;
        }
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let keys = [
            (Key::ArrowDown, Did::Move(1)),
            (Key::ArrowUp, Did::Move(-1)),
            (Key::PageDown, Did::Move(10)),
            (Key::PageUp, Did::Move(-10)),
            (Key::Home, Did::Move(isize::MIN)),
            (Key::End, Did::Move(isize::MAX)),
            (Key::F2, Did::Rename),
        ];
        // Taken away, or the row that gets the keyboard next would see the same key in this frame.
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        keys.into_iter().find(|(key, _)| pressed(*key)).map(|(_, did)| did)
    }

    fn name(&self, ui: &Ui, place: Rect) -> Option<Did> {
        let t = tokens(ui);
        let ink = if self.off { t.text.muted } else { t.text.primary };
        let width = self.paint_name(ui, place, ink);
        let hit = place.with_max_x((place.left() + width).min(place.right()));
        let response = ui.interact(hit, ui.scope_id().with("rename"), Sense::click());
        let words = format!("Rename {}", self.row.name);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &words));
        focus_ring(ui, &response, hit.shrink2(vec2(-3.0, 5.0)), radius::SMALL);
        if response.hovered() {
            let y = place.center().y + 8.0;
            ui.painter().hline(hit.x_range(), y, Stroke::new(1.0, t.text.muted));
        }
        let tip = format!("{}\nClick or F2: see what another name would save", visible(&self.row.name));
        response.on_hover_text(tip).clicked().then_some(Did::Rename)
    }

    /// Paints the name, struck through when it is left out, with its new one; returns the width taken.
    fn paint_name(&self, ui: &Ui, place: Rect, ink: Color32) -> f32 {
        let t = tokens(ui);
        let old = self.off || self.renamed.is_some();
        let strike = if old { Stroke::new(1.0, t.text.muted) } else { Stroke::NONE };
        let ink = if old { t.text.muted } else { ink };
        let font = if self.row.kind.place().is_some() || self.row.kind == RowKind::Header {
            fonts::mono(size::MONO)
        } else {
            fonts::regular(size::TEXT)
        };
        let renamed = self.renamed.filter(|_| !self.off);
        let lay = |with_old: bool| {
            let mut job = LayoutJob::default();
            if with_old {
                let name = if self.row.name.is_empty() { "\"\"".into() } else { visible(&self.row.name) };
                let format = TextFormat { strikethrough: strike, ..TextFormat::simple(font.clone(), ink) };
                job.append(&name, 0.0, format);
            }
            if let Some(renamed) = renamed {
                let arrow = if with_old { "  → " } else { "→ " };
                job.append(arrow, 0.0, TextFormat::simple(fonts::regular(size::TEXT), t.text.muted));
                job.append(&visible(renamed), 0.0, TextFormat::simple(fonts::mono(size::MONO), t.text.primary));
            }
            let part = self.row.kind.part();
            if !part.is_empty() {
                job.append(part, space::S, TextFormat::simple(fonts::regular(size::TEXT_SMALL), t.text.muted));
            }
            job.wrap = TextWrapping::truncate_at_width(place.width());
            ui.painter().layout_job(job)
        };
        let both = lay(true);
        // Without room for both the new name is the one to see.
        let galley = if both.elided && renamed.is_some() { lay(false) } else { both };
        let at = Align2::LEFT_CENTER.align_size_within_rect(galley.size(), place);
        let width = galley.size().x;
        ui.painter().galley(at.min, galley, ink);
        width
    }

    fn bar(&self, ui: &Ui, place: Rect) {
        let part = &tokens(ui).part;
        let fill = match self.row.kind {
            RowKind::Claim(_) | RowKind::Item(_) | RowKind::Payload => part.payload_fill,
            RowKind::Header | RowKind::HeaderRest => part.header_fill,
            RowKind::Signature | RowKind::Periods => part.signature_fill,
        };
        let share = self.row.characters as f32 / self.most.max(1) as f32;
        let width = (place.width() * share).max(if self.row.characters > 0 { 3.0 } else { 0.0 });
        let bar =
            Rect::from_center_size(place.center(), vec2(place.width(), size::BAR)).with_max_x(place.left() + width);
        let corner = CornerRadius::same(radius::SMALL);
        if self.off {
            ui.painter().rect_stroke(bar, corner, Stroke::new(1.0, fill), StrokeKind::Inside);
        } else {
            ui.painter().rect_filled(bar, corner, fill);
        }
    }

    fn figures(&self, ui: &Ui, columns: Columns, row: &Response) {
        let t = tokens(ui);
        let (bytes, share) = (grouped(self.row.characters), percent(self.row.characters, self.total));
        let ink = if self.off { t.text.muted } else { t.text.primary };
        let font = fonts::regular(size::TEXT);
        let right = |place: Rect, words: String, ink| {
            ui.painter().text(place.right_center(), Align2::RIGHT_CENTER, words, font.clone(), ink);
        };
        right(columns.bytes, format!("{bytes} B"), ink);
        right(columns.percent, share.clone(), if self.open { t.text.secondary } else { t.text.muted });
        let off = if self.off { ", left out" } else { "" };
        row.widget_info(|| {
            let words = format!("{} {}: {bytes} bytes, {share}{off}", self.row.name, self.row.kind.part());
            WidgetInfo::labeled(Role::Label, true, words)
        });
    }

    fn caret(&self, ui: &mut Ui, place: Rect) -> Option<Did> {
        let mut cell = ui.new_child(UiBuilder::new().id_salt("caret").max_rect(place));
        let name = format!("Inside {}", self.row.name);
        let glyph = if self.open { icon::CARET_DOWN } else { icon::CARET_RIGHT };
        button::icon(&mut cell, glyph, &name).clicked().then_some(Did::Open)
    }
}

/// The identifier of the box of the row that `ui` draws.
fn check_id(ui: &Ui) -> Id {
    ui.scope_id().with("check")
}

/// Where the columns of a row stand.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    name: Rect,
    bar: Rect,
    pub(super) bytes: Rect,
    pub(super) percent: Rect,
    caret: Rect,
}

impl Columns {
    /// The columns of a row in `rect`.
    pub(super) fn of(rect: Rect) -> Self {
        let right = rect.right() - space::XS;
        let caret = right - CARET;
        let percent = caret - PERCENT;
        let bytes = percent - BYTES;
        let name = rect.left() + CHECK;
        let bar = name + ((bytes - name) * 0.46).max(80.0);
        let between = |left: f32, right: f32| Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.bottom()));
        let icon = Rect::from_center_size(between(caret, right).center(), vec2(24.0, 24.0));
        Self {
            name: between(name + 3.0, bar - space::S),
            bar: between(bar, bytes - space::XS),
            bytes: between(bytes, percent),
            percent: between(percent, caret - space::XS),
            caret: icon,
        }
    }
}
