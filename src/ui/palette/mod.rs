//! The command palette: every action by name or another word for it, found by a few of its letters.

mod row;
mod search;

use eframe::egui::{Align2, Id, Key, Modal, Modifiers, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use self::search::{Found, Search};
use super::action::Action;
use super::dialogs::spoken;
use super::theme::{self, size, space};
use crate::workbench::Workbench;

const WIDTH: f32 = 520.0;
const ROWS_HEIGHT: f32 = 364.0;
/// From the top of the window to the palette.
const TOP: f32 = 72.0;
/// So many actions are remembered as used lately.
const RECENT: usize = 5;

/// The actions that were chosen lately, the last one first. They are forgotten with the window.
#[derive(Debug, Default)]
pub struct Recent(Vec<Action>);

impl Recent {
    /// Remembers that this one was chosen.
    fn add(&mut self, action: Action) {
        self.0.retain(|other| *other != action);
        self.0.insert(0, action);
        self.0.truncate(RECENT);
    }
}

/// What came of showing the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// It stays open.
    Open,
    /// It was closed.
    Closed,
    /// It was closed by choosing this action.
    Chosen(Action),
}

/// The open palette.
#[derive(Default)]
pub struct Palette {
    search: Search,
    query: String,
    selected: usize,
    focused: bool,
    aimed: bool,
}

impl Palette {
    /// Whether it takes what is typed.
    pub fn is_focused(&self) -> bool {
        self.focused
    }

    /// Draws the palette.
    pub fn ui(&mut self, ui: &Ui, workbench: &Workbench, recent: &mut Recent) -> Shown {
        let (up, down, enter) = ui.ctx().input_mut(|input| {
            let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
            (pressed(Key::ArrowUp), pressed(Key::ArrowDown), pressed(Key::Enter))
        });
        let area = Modal::default_area(Id::unique("palette")).anchor(Align2::CENTER_TOP, vec2(0.0, TOP));
        let modal = Modal::new(Id::unique("palette")).area(area).show(ui.ctx(), |ui| {
            spoken(ui, &Action::Palette.label(), |ui| {
                ui.set_width(WIDTH);
                ui.spacing_mut().item_spacing.y = space::XS;
                let field = self.search_field(ui);
                // Looked up after the field has taken the typing, so that Enter means what the field says.
                let found = self.search.find(&self.query, &recent.0, |action| action.is_enabled(workbench));
                self.step(up, down, found.len());
                if self.aimed && !found.is_empty() {
                    let row = row::id(self.selected).accesskit_id();
                    ui.ctx().accesskit_node_builder(field, |node| node.set_active_descendant(row));
                }
                let clicked = self.rows(ui, &found, up || down, workbench);
                // Enter in an untouched palette does nothing: nobody asked for the first action of the list.
                let entered = found.get(self.selected).filter(|_| enter && self.aimed);
                clicked.or_else(|| entered.map(|found| found.action))
            })
        });
        match modal.inner.filter(|action| action.is_enabled(workbench)) {
            Some(action) => {
                recent.add(action);
                Shown::Chosen(action)
            }
            None if modal.should_close() => Shown::Closed,
            None => Shown::Open,
        }
    }

    /// Moves the selection among `count` rows, from the last to the first and back.
    fn step(&mut self, up: bool, down: bool, count: usize) {
        let last = count.saturating_sub(1);
        self.aimed |= up || down || !self.query.trim().is_empty();
        self.selected = self.selected.min(last);
        if up {
            self.selected = self.selected.checked_sub(1).unwrap_or(last);
        }
        if down {
            self.selected = if self.selected < last { self.selected + 1 } else { 0 };
        }
    }

    /// Draws the rows and gives the one that was clicked.
    fn rows(&self, ui: &mut Ui, found: &[Found], moved: bool, workbench: &Workbench) -> Option<Action> {
        let mut clicked = None;
        let room = ui.ctx().content_rect().height() - TOP - 2.0 * size::FIELD - space::L;
        let height = (found.len().max(1) as f32 * size::FIELD).min(ROWS_HEIGHT).min(room);
        // The least height, too: the dialog remembers its size, and would not grow again after a search with few rows.
        let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]);
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (place, found) in found.iter().enumerate() {
                let response = row::ui(ui, place, found, self.aimed && place == self.selected, workbench);
                if place == self.selected && moved {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    clicked = Some(found.action);
                }
            }
            if found.is_empty() {
                nothing_found(ui);
            }
        });
        clicked
    }

    /// Draws the field; its identifier.
    fn search_field(&mut self, ui: &mut Ui) -> Id {
        let field = TextEdit::singleline(&mut self.query)
            .id(Id::unique("palette-query"))
            .hint_text("Type a few letters of an action")
            .desired_width(f32::INFINITY)
            .margin(vec2(8.0, 6.0));
        let response = ui.add(field);
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, Action::Palette.label()));
        // The first passes only find out the size, and cannot hold the focus.
        if !self.focused {
            response.request_focus();
            self.focused = response.has_focus();
        }
        if response.changed() {
            self.selected = 0;
        }
        response.id
    }
}

fn nothing_found(ui: &mut Ui) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::FIELD);
        ui.add_space(space::S);
        ui.label(RichText::new("No action is called that.").color(theme::tokens(ui).text.muted));
    });
}
