//! The table of the variants: one row each, sorted as the user likes.

use eframe::egui::{
    Align2, CursorIcon, Direction, EventFilter, Key, Layout, Modifiers, Popup, Pos2, Rangef, Rect, Response, Role,
    ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::cells;
use super::column::{Choice, Column};
use super::header::Header;
use super::lines::{Line, Lines};
use super::rename::Rename;
use super::row_menu;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{fonts, icon, radius, size, space, tokens};
use crate::ui::widgets::{button, focus_ring, menu};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, CompareCommand};
use crate::workbench::compare::variant::VariantId;

/// Height of a row, in points.
const ROW: f32 = size::ROW;
/// Height of the titles, in points.
const TITLES: f32 = size::ROW;
/// Room for the handle at the left of a row, in points.
const HANDLE: f32 = 22.0;
/// Room for the menu at the right of a row, in points.
const MENU: f32 = 36.0;
/// Room for the scroll bar below the rows, in points.
const BAR: f32 = 10.0;

/// View state of the table.
#[derive(Default)]
pub(super) struct Table {
    pub(super) choice: Choice,
    /// The column, and whether the greatest comes first.
    sort: Option<(Column, bool)>,
    /// The places of the lines in the order of the rows, and what it was made from.
    order: Vec<usize>,
    ordered: Option<(u64, Option<(Column, bool)>)>,
    rename: Option<Rename>,
    dragged: Option<VariantId>,
    /// The row that takes the keyboard in the next frame.
    focus: Option<VariantId>,
    on_show: Vec<Column>,
    /// What was selected in the last frame.
    selected: Option<VariantId>,
}

/// What the rows of a frame have in common.
struct Rows<'a> {
    lines: &'a Lines,
    places: Vec<(Column, Rangef)>,
    selected: Option<VariantId>,
    workbench: &'a Workbench,
    commands: &'a CommandQueue,
    /// The left end of what scrolls sideways, on the screen.
    left: f32,
    /// The right end of the columns that do not scroll, on the screen.
    frozen: f32,
}

impl Table {
    /// The columns of the last frame.
    pub(super) fn on_show(&self) -> Vec<Column> {
        self.on_show.clone()
    }

    /// Draws the table, at most `height` points high.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        lines: &Lines,
        workbench: &Workbench,
        height: f32,
        commands: &CommandQueue,
    ) {
        if self.ordered != Some((lines.revision(), self.sort)) {
            self.order = lines.order(self.sort);
            self.ordered = Some((lines.revision(), self.sort));
        }
        let room = ui.available_width();
        let places = self.choice.places(room - HANDLE - MENU);
        self.on_show = places.iter().map(|(column, _)| *column).collect();
        let wide = HANDLE + MENU + places.last().map_or(0.0, |(_, range)| range.max);
        let scrolls = wide > room + 0.5;
        let all = TITLES + self.order.len() as f32 * ROW + if scrolls { BAR } else { 0.0 };
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let area = ScrollArea::both().id_salt("variants").max_height(height.max(TITLES + 2.0 * ROW));
        area.auto_shrink([false, true]).show_viewport(ui, |ui, viewport| {
            ui.set_min_size(vec2(wide.max(room), all));
            let origin = ui.min_rect().min;
            let screen = Rect::from_min_size(origin + viewport.min.to_vec2(), viewport.size());
            let name = places.first().map_or(0.0, |(_, range)| range.max);
            let frozen = screen.left() + HANDLE + name;
            let selected = workbench.comparison().selected().map(|variant| variant.id);
            let rows = Rows { lines, places, selected, workbench, commands, left: origin.x + HANDLE, frozen };
            self.titles(ui, &rows, screen);
            let body = screen.with_min_y(screen.top() + TITLES);
            let mut inside = ui.new_child(UiBuilder::new().id_salt("rows").max_rect(body));
            inside.shrink_clip_rect(body);
            self.rows(&mut inside, &rows, origin + vec2(0.0, TITLES), body);
        });
    }

    fn titles(&mut self, ui: &mut Ui, rows: &Rows<'_>, screen: Rect) {
        let t = tokens(ui);
        let strip = Rect::from_min_size(screen.min, vec2(screen.width(), TITLES));
        ui.painter().hline(strip.x_range(), strip.bottom() - 0.5, Stroke::new(1.0, t.surface.line));
        let budget = rows.workbench.budget();
        for (column, range) in &rows.places {
            let frozen = *column == Column::Name;
            let left = if frozen { screen.left() + HANDLE } else { rows.left + range.min };
            let rect = Rect::from_min_size(pos2(left, strip.top()), vec2(range.span(), TITLES));
            let clip = if frozen { strip } else { strip.with_min_x(rows.frozen) };
            let sorted = self.sort.filter(|(by, _)| by == column).map(|(_, descending)| descending);
            let header = Header { column: *column, rect, clip, sorted, budget };
            if header.ui(ui, &mut self.choice, rows.commands) {
                self.sort = match sorted {
                    None => Some((*column, false)),
                    Some(false) => Some((*column, true)),
                    Some(true) => None,
                };
            }
        }
    }

    fn rows(&mut self, ui: &mut Ui, rows: &Rows<'_>, top: Pos2, body: Rect) {
        let place = |index: usize| {
            let y = top.y + index as f32 * ROW;
            Rect::from_x_y_ranges(body.x_range(), Rangef::new(y, y + ROW))
        };
        let selected = rows.selected.filter(|_| self.selected != rows.selected);
        self.selected = rows.selected;
        if let Some(index) = self.focus.or(selected).and_then(|id| self.row_of(rows, id)) {
            ui.scroll_to_rect(place(index), None);
        }
        let first = ((body.top() - top.y) / ROW).floor().max(0.0) as usize;
        let count = (body.height() / ROW).ceil() as usize + 1;
        let shown: Vec<(usize, usize)> = self.order.iter().copied().enumerate().skip(first).take(count).collect();
        for (index, of) in shown {
            if let Some(line) = rows.lines.list().get(of) {
                self.row(ui, rows, line, of, place(index));
            }
        }
        self.drag(ui, rows, top, body);
    }

    fn row_of(&self, rows: &Rows<'_>, id: VariantId) -> Option<usize> {
        self.order.iter().position(|of| rows.lines.list().get(*of).is_some_and(|line| line.id == id))
    }

    fn row(&mut self, ui: &mut Ui, rows: &Rows<'_>, line: &Line, of: usize, rect: Rect) {
        let t = tokens(ui);
        let id = ui.make_persistent_id(("variant", line.id));
        let response = ui.interact(rect, id, Sense::click());
        let selected = rows.selected == Some(line.id);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, selected, &line.spoken));
        let fill = if selected || self.dragged == Some(line.id) {
            Some(t.accent.background)
        } else {
            (response.hovered() && self.dragged.is_none()).then_some(t.syntax.current_line)
        };
        if let Some(fill) = fill {
            ui.painter().rect_filled(rect, 0.0, fill);
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.surface.line));
        if self.focus == Some(line.id) {
            self.focus = None;
            response.request_focus();
        }
        self.handle(ui, line, rect);
        self.cells(ui, rows, line, rect);
        self.menus(ui, rows, line, of, rect, &response);
        focus_ring(ui, &response, rect.shrink(2.0), radius::SMALL);
        if response.double_clicked() {
            self.rename = Some(Rename::new(line));
        } else if response.clicked() && !selected {
            push(rows.commands, CompareCommand::Select(line.id));
        }
        if response.has_focus() && self.rename.is_none() {
            self.keys(ui, rows, line, of, &response);
        }
    }

    fn cells(&mut self, ui: &mut Ui, rows: &Rows<'_>, line: &Line, rect: Rect) {
        let name = Rect::from_x_y_ranges(Rangef::new(rect.left() + HANDLE, rows.frozen), rect.y_range());
        match self.rename.as_mut().filter(|rename| rename.id == line.id) {
            Some(rename) => {
                if rename.ui(ui, name.shrink2(vec2(0.0, 1.0)), rows.commands) {
                    self.rename = None;
                    self.focus = Some(line.id);
                }
            }
            None => cells::name(ui, name, line),
        }
        let room = rect.with_min_x(rows.frozen).with_max_x(rect.right() - MENU);
        let mut inside = ui.new_child(UiBuilder::new().id_salt(("cells", line.id)).max_rect(room));
        inside.shrink_clip_rect(room);
        if let Some(problem) = &line.problem {
            cells::problem(&inside, room, problem);
            return;
        }
        for (column, range) in rows.places.iter().filter(|(column, _)| *column != Column::Name) {
            let place = Rangef::new(rows.left + range.min, rows.left + range.max);
            let cell = Rect::from_x_y_ranges(place, rect.y_range());
            if cell.right() > room.left() && cell.left() < room.right() {
                cells::cell(&mut inside, cell, line, *column, rows.lines.longest());
            }
        }
    }

    /// Six dots to drag the row by.
    fn handle(&mut self, ui: &Ui, line: &Line, rect: Rect) {
        let t = tokens(ui);
        let place = rect.with_max_x(rect.left() + HANDLE);
        // Not a stop of the tab key: the menu and Alt with an arrow key do the same.
        let response = ui.interact(place, ui.make_persistent_id(("handle", line.id)), Sense::DRAG);
        let sorted = self.sort.is_some();
        let busy = !sorted && (response.hovered() || self.dragged == Some(line.id));
        let ink = if busy { t.text.primary } else { t.surface.line_strong };
        ui.painter().text(place.center(), Align2::CENTER_CENTER, icon::DOTS_SIX, fonts::regular(size::ICON), ink);
        if sorted {
            response.on_hover_text("Rows can be moved while no column is sorted");
            return;
        }
        if response.drag_started() {
            self.dragged = Some(line.id);
        }
        response.on_hover_cursor(CursorIcon::Grab).on_hover_text("Drag to move");
    }

    fn menus(&mut self, ui: &mut Ui, rows: &Rows<'_>, line: &Line, of: usize, rect: Rect, response: &Response) {
        let place = rect.with_min_x(rect.right() - MENU);
        let t = tokens(ui);
        let selected = rows.selected == Some(line.id);
        let fill = match (selected, response.hovered() && self.dragged.is_none()) {
            (true, _) => t.accent.background,
            (false, true) => t.syntax.current_line,
            (false, false) => t.surface.panel,
        };
        ui.painter().rect_filled(place.shrink2(vec2(0.0, 1.0)), 0.0, fill);
        let centred = Layout::centered_and_justified(Direction::LeftToRight);
        let builder = UiBuilder::new().id_salt(("menu", line.id)).layout(centred);
        let mut corner = ui.new_child(builder.max_rect(place.shrink2(vec2(6.0, 3.0))));
        let name = format!("Actions for {}", line.name);
        let more = button::icon(&mut corner, icon::DOTS_THREE, &name);
        let can_move = self.sort.is_none();
        let chosen =
            menu::below(&more, &name, |ui| row_menu::ui(ui, rows.workbench, line, of, can_move, rows.commands));
        let at_pointer = Popup::context_menu(response).gap(space::XS).accessible_name(&name);
        let at_pointer = at_pointer
            .show(|ui| row_menu::ui(ui, rows.workbench, line, of, can_move, rows.commands))
            .map(|shown| shown.inner);
        if chosen.or(at_pointer) == Some(row_menu::Wish::Rename) {
            self.rename = Some(Rename::new(line));
        }
    }

    /// What the keys do while the row has the keyboard.
    fn keys(&mut self, ui: &Ui, rows: &Rows<'_>, line: &Line, of: usize, response: &Response) {
        let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        let count = self.order.len();
        if pressed(Modifiers::ALT, Key::ArrowUp) {
            self.shift(rows, line.id, of.checked_sub(1));
        } else if pressed(Modifiers::ALT, Key::ArrowDown) {
            self.shift(rows, line.id, (of + 1 < count).then_some(of + 1));
        } else if pressed(Modifiers::NONE, Key::ArrowUp) {
            self.focus = self.beside(rows, line.id, -1);
        } else if pressed(Modifiers::NONE, Key::ArrowDown) {
            self.focus = self.beside(rows, line.id, 1);
        } else if pressed(Modifiers::NONE, Key::F2) {
            self.rename = Some(Rename::new(line));
        } else if pressed(Modifiers::NONE, Key::Delete) {
            self.focus = self.beside(rows, line.id, 1).or_else(|| self.beside(rows, line.id, -1));
            push(rows.commands, CompareCommand::Remove(line.id));
        }
    }

    fn shift(&mut self, rows: &Rows<'_>, id: VariantId, to: Option<usize>) {
        if let Some(to) = to.filter(|_| self.sort.is_none()) {
            self.focus = Some(id);
            push(rows.commands, CompareCommand::Move(id, to));
        }
    }

    /// The row above or below.
    fn beside(&self, rows: &Rows<'_>, id: VariantId, step: isize) -> Option<VariantId> {
        let index = self.row_of(rows, id)?.checked_add_signed(step)?;
        rows.lines.list().get(*self.order.get(index)?).map(|line| line.id)
    }

    /// Shows where the dragged row would go, and moves it there when it is let go.
    fn drag(&mut self, ui: &Ui, rows: &Rows<'_>, top: Pos2, body: Rect) {
        let Some((id, from)) = self.dragged.and_then(|id| Some((id, self.row_of(rows, id)?))) else { return };
        let (pointer, down, escape) = ui.input(|input| {
            (input.pointer.interact_pos(), input.pointer.primary_down(), input.key_pressed(Key::Escape))
        });
        let Some(pointer) = pointer.filter(|_| !escape) else {
            self.dragged = None;
            return;
        };
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        let gap = (((pointer.y - top.y) / ROW).round().max(0.0) as usize).min(self.order.len());
        let to = if gap > from { gap - 1 } else { gap };
        if !down {
            self.dragged = None;
            if to != from {
                push(rows.commands, CompareCommand::Move(id, to));
            }
            return;
        }
        let y = (top.y + gap as f32 * ROW).clamp(body.top() + 1.0, body.bottom() - 1.0);
        ui.painter().hline(body.x_range(), y, Stroke::new(2.0, tokens(ui).accent.main));
        let beyond = (pointer.y - body.bottom() + ROW / 2.0).max(0.0) - (body.top() + ROW / 2.0 - pointer.y).max(0.0);
        if beyond != 0.0 {
            ui.scroll_with_delta(vec2(0.0, -beyond / 4.0));
            ui.ctx().request_repaint();
        }
    }
}

fn push(commands: &CommandQueue, command: CompareCommand) {
    commands.push(Command::Compare(command));
}
