//! The command palette: every action by name, found by a few of its letters.

use eframe::egui::{
    self, Align2, Id, Key, Modal, Modifiers, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2,
};

use super::action::Action;
use super::request::CommandQueue;
use super::theme::{self, icon, radius, size, space};
use crate::workbench::Workbench;

const WIDTH: f32 = 520.0;
const ROWS_HEIGHT: f32 = 364.0;
/// From the top of the window to the palette.
const TOP: f32 = 72.0;

/// The open palette.
#[derive(Debug, Default)]
pub struct Palette {
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

    /// Draws the palette; `false` when it is to be closed.
    pub fn ui(&mut self, ui: &Ui, workbench: &Workbench, commands: &CommandQueue) -> bool {
        let (up, down, enter) = ui.ctx().input_mut(|input| {
            let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
            (pressed(Key::ArrowUp), pressed(Key::ArrowDown), pressed(Key::Enter))
        });
        let area = Modal::default_area(Id::unique("palette")).anchor(Align2::CENTER_TOP, vec2(0.0, TOP));
        let modal = Modal::new(Id::unique("palette")).area(area).show(ui.ctx(), |ui| {
            ui.set_width(WIDTH);
            ui.spacing_mut().item_spacing.y = space::XS;
            self.search_field(ui);
            // Looked up after the field has taken the typing, so that Enter means what the field says.
            let matches = found(&self.query, workbench);
            self.step(up, down, matches.len());
            let clicked = self.rows(ui, &matches, up || down, workbench);
            // Enter in an untouched palette does nothing: nobody asked for the first action of the list.
            clicked.or_else(|| (enter && self.aimed).then(|| matches.get(self.selected).copied()).flatten())
        });
        if let Some(action) = modal.inner.filter(|action| action.is_enabled(workbench)) {
            commands.push(action);
            return false;
        }
        !modal.should_close()
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
    fn rows(&self, ui: &mut Ui, matches: &[Action], moved: bool, workbench: &Workbench) -> Option<Action> {
        let mut clicked = None;
        let room = ui.ctx().content_rect().height() - TOP - 2.0 * size::FIELD - space::L;
        let height = (matches.len().max(1) as f32 * size::FIELD).min(ROWS_HEIGHT).min(room);
        // The least height, too: the dialog remembers its size, and would not grow again after a search with few rows.
        let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]);
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (place, action) in matches.iter().enumerate() {
                let response = row(ui, *action, self.aimed && place == self.selected, workbench);
                if place == self.selected && moved {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    clicked = Some(*action);
                }
            }
            if matches.is_empty() {
                nothing_found(ui);
            }
        });
        clicked
    }

    fn search_field(&mut self, ui: &mut Ui) {
        let field = TextEdit::singleline(&mut self.query)
            .id(Id::unique("palette-query"))
            .hint_text("Type a few letters of an action")
            .desired_width(f32::INFINITY)
            .margin(vec2(8.0, 6.0));
        let response = ui.add(field);
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Search actions"));
        // The first passes only find out the size, and cannot hold the focus.
        if !self.focused {
            response.request_focus();
            self.focused = response.has_focus();
        }
        if response.changed() {
            self.selected = 0;
        }
    }
}

fn nothing_found(ui: &mut Ui) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::FIELD);
        ui.add_space(space::S);
        ui.label(RichText::new("No action is called that.").color(theme::tokens(ui).text.muted));
    });
}

fn row(ui: &mut Ui, action: Action, selected: bool, workbench: &Workbench) -> egui::Response {
    let tokens = theme::tokens(ui);
    // Not in the way of the tab key: the arrow keys choose a row while the keyboard stays in the field.
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::FIELD), Sense::CLICK);
    let label = action.label();
    let enabled = action.is_enabled(workbench);
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, selected, label.as_ref()));
    if selected {
        ui.painter().rect_filled(rect, radius::CONTROL, tokens.accent.background);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, radius::CONTROL, tokens.surface.hover);
    }
    let colour = if !enabled {
        tokens.text.muted
    } else if selected {
        tokens.accent.main
    } else {
        tokens.text.primary
    };
    let inside = rect.shrink2(vec2(space::S, 0.0));
    ui.painter().text(inside.left_center(), Align2::LEFT_CENTER, label, theme::fonts::regular(size::TEXT), colour);
    let mut right = inside.right_center();
    let mut say = |text: &str, font, colour| {
        right.x = ui.painter().text(right, Align2::RIGHT_CENTER, text, font, colour).left() - space::S;
    };
    if action.is_on(workbench) {
        say(icon::CHECK, theme::fonts::regular(size::TEXT), tokens.accent.main);
    }
    if let Some(shortcut) = action.shortcut() {
        let keys = ui.ctx().format_shortcut(&shortcut);
        say(&keys, theme::fonts::regular(size::TEXT_SMALL), tokens.text.muted);
    }
    response
}

/// The actions that match, best first; those that cannot be done now come last.
fn found(query: &str, workbench: &Workbench) -> Vec<Action> {
    let mut scored: Vec<_> = Action::all()
        .into_iter()
        .filter_map(|action| Some((!action.is_enabled(workbench), score(query, &action.label())?, action)))
        .collect();
    scored.sort_by_key(|(disabled, score, _)| (*disabled, *score));
    scored.into_iter().map(|(_, _, action)| action).collect()
}

/// How far a label is from a query, smaller is nearer; `None` when it does not hold the letters in order.
fn score(query: &str, label: &str) -> Option<usize> {
    let label = label.to_lowercase();
    let query = query.trim().to_lowercase();
    if let Some(at) = label.find(&query) {
        let starts_word = at == 0 || label.as_bytes().get(at - 1) == Some(&b' ');
        return Some(if starts_word { at } else { 100 + at });
    }
    let mut letters = label.char_indices();
    let mut gaps = 0;
    let mut last = None;
    for wanted in query.chars().filter(|letter| !letter.is_whitespace()) {
        let (at, _) = letters.find(|(_, letter)| *letter == wanted)?;
        gaps += last.map_or(0, |last: usize| at - last - 1);
        last = Some(at);
    }
    Some(1_000 + gaps)
}

#[cfg(test)]
mod tests {
    use super::score;

    #[test]
    fn whole_words_come_before_scattered_letters() {
        assert!(score("rs256", "Use RS256") < score("rs256", "Use RS 2 x 256"));
        assert!(score("copy", "Copy token") < score("copy", "A copy"));
        assert!(score("ctk", "Copy token").is_some());
        assert_eq!(score("xyz", "Copy token"), None);
        assert_eq!(score("", "Copy token"), Some(0));
    }
}
