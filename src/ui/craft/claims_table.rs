//! The claims as a table over the same text: name, type and value of each claim.

use std::borrow::Cow;

use eframe::egui::{
    self, Align, Align2, Id, Key, Label, Layout, Modifiers, Pos2, Rect, Response, RichText, Role, ScrollArea, Sense,
    Stroke, TextEdit, Ui, UiBuilder, WidgetInfo, pos2,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
    vec2,
};

use crate::findings::Severity;
use crate::jose::json::{self, Json, Member, Serialization, Value};
use crate::jose::text::visible;
use crate::ui::action::Action;
use crate::ui::figures::bytes;
use crate::ui::findings_at;
use crate::ui::request::{CommandQueue, Request};
use crate::ui::theme::{self, icon, size, space};
use crate::ui::widgets::button::{Button, Kind};
use crate::ui::widgets::field::Field;
use crate::ui::widgets::{button, focus_ring, menu, message, select, severity};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, DraftCommand, Part};
use crate::workbench::table::{ClaimType, cell, retype, uncell};

const ROW: f32 = size::ROW_FIELD;
const HEADER: f32 = size::ROW_DENSE;
const HANDLE: f32 = 20.0;
const TYPE: f32 = 92.0;
const DELETE: f32 = 24.0;
const GAP: f32 = space::XS;
/// Room for the scroll bar.
const BAR: f32 = 8.0;
/// From the edge of a cell to its text.
const PADDING: f32 = space::S;
/// A value is shown beside its note only in this much room; else the note is its tooltip.
const NOTE_LEAST: f32 = 190.0;
/// Longer values are edited as text: laying them out in every frame would hold up the window.
const CELL_BYTES: usize = 4_096;

/// View state of the table.
#[derive(Debug, Default)]
pub(super) struct ClaimsTable {
    /// The cell that is being typed into, where it does not yet say what the claim says.
    editing: Option<Editing>,
    /// The row that hangs on the pointer.
    dragged: Option<usize>,
    /// Where the keyboard goes in the next frame.
    focus: Option<(Column, usize)>,
    /// Revision and number of claims of the last frame.
    seen: Option<(u64, usize)>,
}

#[derive(Debug)]
struct Editing {
    cell: (Column, usize),
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Column {
    Handle,
    Name,
    Value,
}

/// Where the columns of a row stand.
#[derive(Clone, Copy)]
struct Columns {
    left: f32,
    name: f32,
    value: f32,
}

impl Columns {
    fn of(rect: Rect) -> Self {
        let name = (rect.width() * 0.26).clamp(84.0, 180.0);
        let value = (rect.width() - HANDLE - name - TYPE - DELETE - 4.0 * GAP - BAR).max(80.0);
        Self { left: rect.left(), name, value }
    }

    fn name_left(self) -> f32 {
        self.left + HANDLE + GAP
    }

    fn type_left(self) -> f32 {
        self.name_left() + self.name + GAP
    }

    fn value_left(self) -> f32 {
        self.type_left() + TYPE + GAP
    }

    /// The column that keeps the keyboard when its row moves.
    fn at(self, x: f32) -> Column {
        match x {
            x if x > self.value_left() + self.value => Column::Handle,
            x if x > self.value_left() => Column::Value,
            x if x > self.type_left() => Column::Handle,
            x if x > self.name_left() => Column::Name,
            _ => Column::Handle,
        }
    }
}

/// A row and what it needs to be drawn.
struct Row<'a> {
    member: Member<'a>,
    rect: Rect,
    count: usize,
    note: String,
    /// What was found about the claim.
    found: Option<(Severity, String)>,
}

/// A cell to type into, and the remark at its end.
struct Cell<'a> {
    place: (Column, usize),
    shown: &'a str,
    label: &'a str,
    note: &'a str,
    width: f32,
}

impl ClaimsTable {
    /// Draws the table of these claims.
    pub(super) fn ui(&mut self, ui: &mut Ui, claims: &Json, workbench: &Workbench, now: i64, commands: &CommandQueue) {
        let root = claims.root();
        let count = root.len();
        self.notice_new_claim(root, workbench.draft().revision());
        ui.spacing_mut().item_spacing.y = 0.0;
        header(ui);
        let height = (ui.available_height() - ROW).max(ROW);
        let area = ScrollArea::vertical().id_salt("claims-table").max_height(height).auto_shrink([false, true]);
        area.show_viewport(ui, |ui, viewport| {
            ui.set_height(count as f32 * ROW);
            let top = ui.max_rect().min;
            let width = ui.available_width();
            let place = |index: usize| Rect::from_min_size(top + vec2(0.0, index as f32 * ROW), vec2(width, ROW));
            self.keys(ui, top, count, commands);
            if let Some((_, index)) = self.focus {
                ui.scroll_to_rect(place(index), None);
            }
            let first = (viewport.top() / ROW).max(0.0) as usize;
            let shown = (viewport.height() / ROW) as usize + 2;
            for member in root.members().skip(first).take(shown) {
                let rect = place(member.index);
                let note = note(&member, workbench, now);
                let found = findings_at::about(&workbench.findings().findings, member.span());
                self.row(ui, &Row { member, rect, count, note, found }, commands);
            }
            self.drag(ui, top, width, count, commands);
        });
        if count == 0 {
            ui.horizontal(|ui| {
                ui.set_min_height(ROW);
                ui.add_space(HANDLE + GAP + PADDING);
                message::remark(ui, "No claims yet.");
            });
        }
        ui.add_space(space::XS);
        if ui.add(Button::new(Kind::Ghost, "Add claim").icon(icon::PLUS)).clicked() {
            commands.push(Action::AddClaim);
        }
    }

    /// A claim that has just been added at the end waits for its name.
    fn notice_new_claim(&mut self, root: Value<'_>, revision: u64) {
        let count = root.len();
        if let Some((before, fewer)) = self.seen.replace((revision, count))
            && before < revision
            && fewer + 1 == count
            && let Some(last) = root.members().last()
            && last.name().starts_with("claim")
            && last.value.raw() == "\"\""
        {
            self.focus = Some((Column::Name, count - 1));
        }
    }

    /// Alt and an arrow key move the row with the keyboard in it.
    fn keys(&mut self, ui: &Ui, top: Pos2, count: usize, commands: &CommandQueue) {
        let focused = ui.memory(|memory| memory.focused()).and_then(|id| ui.ctx().read_response(id));
        let Some(focused) = focused.filter(|focused| focused.layer_id == ui.layer_id()) else { return };
        let place = focused.rect.center();
        let bounds = ui.max_rect();
        let index = ((place.y - top.y) / ROW).floor();
        if !bounds.x_range().contains(place.x) || index < 0.0 || index as usize >= count {
            return;
        }
        let index = index as usize;
        let (up, down) = ui.input_mut(|input| {
            let mut pressed = |key| input.consume_key(Modifiers::ALT, key);
            (pressed(Key::ArrowUp), pressed(Key::ArrowDown))
        });
        let to = match (up, down) {
            (true, false) if index > 0 => index - 1,
            (false, true) if index + 1 < count => index + 1,
            _ => return,
        };
        self.editing = None;
        self.focus = Some((Columns::of(bounds).at(place.x), to));
        commands.push(draft(DraftCommand::MoveClaim(index, to)));
    }

    fn row(&mut self, ui: &mut Ui, row: &Row<'_>, commands: &CommandQueue) {
        let t = theme::tokens(ui);
        let columns = Columns::of(row.rect);
        let index = row.member.index;
        if self.dragged == Some(index) {
            ui.painter().rect_filled(row.rect, 0.0, t.accent.background);
        } else if self.dragged.is_none() && ui.rect_contains_pointer(row.rect) {
            ui.painter().rect_filled(row.rect, 0.0, t.syntax.current_line);
        }
        ui.painter().hline(row.rect.x_range(), row.rect.bottom() - 0.5, Stroke::new(1.0, t.surface.line));
        let layout = Layout::left_to_right(Align::Center);
        let mut line = ui.new_child(UiBuilder::new().id_salt(("claim", index)).max_rect(row.rect).layout(layout));
        line.spacing_mut().item_spacing.x = GAP;
        self.handle(&mut line, row, commands);
        self.name(&mut line, row, columns, commands);
        kind(&mut line, row, commands);
        self.value(&mut line, row, columns, commands);
        if button::icon(&mut line, icon::TRASH, &format!("Delete claim {}", index + 1)).clicked() {
            commands.push(draft(DraftCommand::RemoveClaim(index)));
        }
    }

    /// Six dots to drag the row by; a click opens a menu that does the same.
    fn handle(&mut self, ui: &mut Ui, row: &Row<'_>, commands: &CommandQueue) {
        let t = theme::tokens(ui);
        let (index, last) = (row.member.index, row.count - 1);
        let (_, rect) = ui.allocate_space(vec2(HANDLE, size::BUTTON));
        let response = ui.interact(rect, ui.make_persistent_id("handle"), Sense::click_and_drag());
        let name = format!("Move claim {}", index + 1);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let busy = response.hovered() || response.has_focus() || self.dragged == Some(index);
        let ink = if busy { t.text.primary } else { t.text.muted };
        let found =
            row.found.as_ref().filter(|_| !busy).map(|(worst, _)| (severity::glyph(*worst), severity::ink(*worst, t)));
        let (glyph, ink) = found.unwrap_or((icon::DOTS_SIX, ink));
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, glyph, theme::fonts::regular(size::ICON), ink);
        focus_ring(ui, &response, rect, theme::radius::CONTROL);
        if self.focus == Some((Column::Handle, index)) {
            self.focus = None;
            response.request_focus();
        }
        if response.drag_started() {
            self.dragged = Some(index);
        }
        let tip = row.found.as_ref().map_or("Drag to move, click for a menu", |(_, words)| words.as_str());
        let response = response.on_hover_cursor(egui::CursorIcon::Grab).on_hover_text(tip);
        menu::below(&response, &name, |ui| {
            let moves = [
                ("Move up", "Alt+Up", index.checked_sub(1)),
                ("Move down", "Alt+Down", (index < last).then_some(index + 1)),
                ("Move to the top", "", (index > 0).then_some(0)),
                ("Move to the end", "", (index < last).then_some(last)),
            ];
            for (label, keys, to) in moves {
                ui.add_enabled_ui(to.is_some(), |ui| {
                    let clicked = menu::entry(ui, label, keys, false).clicked();
                    if let Some(to) = to.filter(|_| clicked) {
                        commands.push(draft(DraftCommand::MoveClaim(index, to)));
                    }
                });
            }
        });
    }

    /// Shows where the dragged row would go, and moves it there when it is let go.
    fn drag(&mut self, ui: &Ui, top: Pos2, width: f32, count: usize, commands: &CommandQueue) {
        let Some(from) = self.dragged else { return };
        let (pointer, down, escape) = ui.input(|input| {
            (input.pointer.interact_pos(), input.pointer.primary_down(), input.key_pressed(Key::Escape))
        });
        let Some(pointer) = pointer.filter(|_| !escape) else {
            self.dragged = None;
            return;
        };
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
        let gap = (((pointer.y - top.y) / ROW).round().max(0.0) as usize).min(count);
        let to = if gap > from { gap - 1 } else { gap };
        if !down {
            self.dragged = None;
            if to != from {
                self.editing = None;
                commands.push(draft(DraftCommand::MoveClaim(from, to)));
            }
            return;
        }
        let y = top.y + gap as f32 * ROW;
        let stroke = Stroke::new(2.0, theme::tokens(ui).accent.main);
        ui.painter().hline(top.x..=top.x + width, y.max(ui.clip_rect().top() + 1.0), stroke);
        let clip = ui.clip_rect();
        let beyond = (pointer.y - clip.bottom() + ROW / 2.0).max(0.0) - (clip.top() + ROW / 2.0 - pointer.y).max(0.0);
        if beyond != 0.0 {
            ui.scroll_with_delta(vec2(0.0, -beyond / 4.0));
            ui.ctx().request_repaint();
        }
    }

    fn name(&mut self, ui: &mut Ui, row: &Row<'_>, columns: Columns, commands: &CommandQueue) {
        let index = row.member.index;
        let label = format!("Name of claim {}", index + 1);
        let name = row.member.name();
        if !fits_cell(&name) {
            as_text(ui, &row.member, &visible(&name), row.member.name_span.start, columns.name, commands);
            return;
        }
        let cell = Cell { place: (Column::Name, index), shown: &name, label: &label, note: "", width: columns.name };
        if let Some(name) = self.field(ui, cell, |_| None) {
            commands.push(draft(DraftCommand::RenameClaim(index, name)));
        }
    }

    fn value(&mut self, ui: &mut Ui, row: &Row<'_>, columns: Columns, commands: &CommandQueue) {
        let (index, value) = (row.member.index, row.member.value);
        let kind = ClaimType::of(value);
        let label = format!("Value of {}", row.member.name());
        if kind == ClaimType::Boolean {
            let choices = [("true", "true", ""), ("false", "false", "")];
            let salt = ("claim-value", index);
            if let Some(json) = select::choose_cell(ui, salt, &label, value.raw(), &choices, columns.value) {
                commands.push(draft(DraftCommand::SetClaim(index, json.to_owned())));
            }
            return;
        }
        let shown = cell(value);
        if !fits_cell(&shown) {
            as_text(ui, &row.member, &summary(value), value.span().start, columns.value, commands);
            return;
        }
        let wrong = |text: &str| uncell(kind, text).is_none().then(|| not_of(kind));
        let place = (Column::Value, index);
        let cell = Cell { place, shown: &shown, label: &label, note: &row.note, width: columns.value };
        let text = self.field(ui, cell, wrong);
        if let Some(json) = text.and_then(|text| uncell(kind, &text)) {
            commands.push(draft(DraftCommand::SetClaim(index, json)));
        }
    }

    /// A cell that writes on every key it understands; what it does not understand stays in the cell, marked.
    fn field(&mut self, ui: &mut Ui, cell: Cell<'_>, wrong: impl Fn(&str) -> Option<&'static str>) -> Option<String> {
        let Cell { place, shown, label, note, width } = cell;
        let t = theme::tokens(ui);
        let mut text = match &self.editing {
            Some(editing) if editing.cell == place => editing.text.clone(),
            _ => shown.to_owned(),
        };
        let error = wrong(&text);
        let (remark, ink) = error.map_or((note, t.text.muted), |error| (error, t.status.error));
        let field = Field::new(label, &mut text).mono().quiet().width(width).error(error);
        let response = field.id_salt(if place.0 == Column::Name { "name" } else { "value" }).show_with(ui, |ui| {
            if !remark.is_empty() && (width >= NOTE_LEAST || error.is_some()) {
                ui.add(Label::new(RichText::new(remark).size(size::TEXT_SMALL).color(ink)).truncate());
            }
        });
        if self.focus == Some(place) {
            self.focus = None;
            response.request_focus();
            select_all(ui, response.id, &text);
        }
        if response.lost_focus() && self.editing.as_ref().is_some_and(|editing| editing.cell == place) {
            self.editing = None;
        }
        let changed = response.changed();
        tell_hidden(ui, response, &text, remark, width);
        if !changed {
            return None;
        }
        self.editing = Some(Editing { cell: place, text: text.clone() });
        (text != shown && wrong(&text).is_none()).then_some(text)
    }
}

/// The titles of the columns.
fn header(ui: &mut Ui) {
    let t = theme::tokens(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEADER), Sense::hover());
    let columns = Columns::of(rect);
    for (title, left) in [("Name", columns.name_left()), ("Type", columns.type_left()), ("Value", columns.value_left())]
    {
        let place = Rect::from_min_max(pos2(left + PADDING, rect.top()), rect.max);
        let layout = Layout::left_to_right(Align::Center);
        let mut cell = ui.new_child(UiBuilder::new().id_salt(title).max_rect(place).layout(layout));
        let title = RichText::new(title).font(theme::fonts::semibold(size::TEXT_SMALL)).color(t.text.muted);
        cell.add(Label::new(title).selectable(false));
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.surface.line));
}

fn kind(ui: &mut Ui, row: &Row<'_>, commands: &CommandQueue) {
    let (index, value) = (row.member.index, row.member.value);
    let entries: Vec<_> = ClaimType::ALL.map(|kind| (kind, kind.label(), "")).into();
    let label = format!("Type of {}", row.member.name());
    if let Some(chosen) = select::choose_cell(ui, "claim-type", &label, ClaimType::of(value), &entries, TYPE) {
        commands.push(draft(DraftCommand::SetClaim(index, retype(value, chosen))));
    }
}

/// Whether a line of text can show it, and give it back unchanged when it is typed into.
fn fits_cell(text: &str) -> bool {
    text.len() <= CELL_BYTES && matches!(visible(text), Cow::Borrowed(_))
}

/// What is said of a value that no cell can hold.
fn summary(value: Value<'_>) -> String {
    if value.raw().len() > CELL_BYTES {
        return bytes(value.raw().len());
    }
    let mut compact = String::new();
    json::write(value, Serialization::Compact, &mut compact);
    visible(&compact).into_owned()
}

/// What is edited in the text only, with the way there.
fn as_text(ui: &mut Ui, member: &Member<'_>, words: &str, offset: usize, width: f32, commands: &CommandQueue) {
    let words = RichText::new(words).font(theme::fonts::mono(size::MONO)).color(theme::tokens(ui).text.secondary);
    let wide = vec2(width, size::FIELD);
    ui.allocate_ui_with_layout(wide, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(wide);
        ui.add_space(PADDING - GAP);
        let label = vec2(ui.available_width() - DELETE - GAP, size::FIELD);
        ui.allocate_ui_with_layout(label, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(label);
            ui.add(Label::new(words).truncate());
        });
        let name = format!("Edit {} as text", visible(&member.name()));
        if button::icon(ui, icon::PENCIL_LINE, &name).clicked() {
            commands.push(Request::Focus(Part::Claims, Some(offset)));
        }
    });
}

/// Says in a tooltip what the cell has no room for.
fn tell_hidden(ui: &Ui, response: Response, text: &str, note: &str, width: f32) {
    let glyph = ui.fonts_mut(|fonts| fonts.glyph_width(&theme::fonts::mono(size::MONO), '0'));
    let hidden =
        text.chars().count() as f32 * glyph > response.rect.width() || (!note.is_empty() && width < NOTE_LEAST);
    if hidden && !response.has_focus() {
        let note = if note.is_empty() { String::new() } else { format!("\n{note}") };
        response.on_hover_text(format!("{text}{note}"));
    }
}

/// Selects what is in a field, so that typing replaces it.
fn select_all(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(all));
    TextEdit::store_state(ui.ctx(), id, state);
}

fn not_of(kind: ClaimType) -> &'static str {
    match kind {
        ClaimType::Number => "not a number",
        ClaimType::Time => "not seconds or {{now}}",
        ClaimType::Boolean => "not true or false",
        ClaimType::Array => "not a JSON array",
        ClaimType::Object => "not a JSON object",
        ClaimType::Null => "not null",
        ClaimType::Text => "",
    }
}

fn draft(command: DraftCommand) -> Command {
    Command::Draft(command)
}

/// The instant of a time claim, in words.
fn note(member: &Member<'_>, workbench: &Workbench, now: i64) -> String {
    let end = member.value.span().end;
    let mark = workbench.facts().marks.iter().find(|mark| mark.offset == end);
    mark.map(|mark| mark.note.words(now, workbench.clock())).unwrap_or_default()
}
