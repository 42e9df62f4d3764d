//! The menu bar: titles that open menus, with pointer and keyboard.
//!
//! egui moves within an open menu; from title to title, into the bar and out of it is done here.

use eframe::egui::{
    Align2, Color32, CornerRadius, FocusDirection, Id, Key, LayerId, Order, Popup, Response, Role, Sense,
    SetOpenCommand, Ui, UiBuilder, WidgetInfo, accesskit, containers::menu::MenuState, vec2,
};

use super::focus_ring;
use super::menu::entries;
use crate::ui::theme::{fonts, radius, size, space, tokens};

/// Where the keyboard is in the bar, and where it came from.
#[derive(Debug, Default)]
pub struct MenuBar {
    wanted: bool,
    leaving: bool,
    /// What had the keyboard before it went into the bar.
    home: Option<Id>,
    /// The menu whose first entry gets the keyboard as soon as it is there.
    entering: Option<Id>,
}

/// A title as it was drawn.
struct Title {
    id: Id,
    popup: Id,
    /// Whether its menu was open when the frame began.
    was_open: bool,
}

impl MenuBar {
    /// Puts the keyboard on the first title in the next frame; out of the bar when it is in it.
    pub fn enter(&mut self) {
        self.wanted = true;
    }

    /// Draws the titles from left to right; `content` adds the entries of the menu in this place.
    pub fn show(&mut self, ui: &mut Ui, titles: &[&str], mut content: impl FnMut(&mut Ui, usize)) {
        let bar = UiBuilder::new().accessibility_role(Role::MenuBar).accessibility_label("Menus");
        if std::mem::take(&mut self.leaving) {
            self.give_back(ui);
        }
        let before = ui.memory(|memory| memory.focused());
        let drawn: Vec<Title> = ui
            .scope_builder(bar, |ui| {
                let draw = |(place, title): (usize, &&str)| self.title(ui, title, |ui| content(ui, place));
                titles.iter().enumerate().map(draw).collect()
            })
            .inner;
        if std::mem::take(&mut self.wanted) {
            self.toggle(ui, &drawn, before);
        } else {
            self.follow_keys(ui, &drawn);
        }
    }

    /// Into the bar, or out of it.
    fn toggle(&mut self, ui: &Ui, titles: &[Title], focused: Option<Id>) {
        let inside = titles.iter().any(|title| title.was_open || focused == Some(title.id));
        if inside {
            Popup::close_all(ui.ctx());
            self.leave(ui);
        } else if let Some(first) = titles.first() {
            self.home = focused;
            ui.memory_mut(|memory| memory.request_focus(first.id));
        }
    }

    /// Gives the keyboard back in the next frame: what has it in this one takes Enter for itself.
    fn leave(&mut self, ui: &Ui) {
        self.leaving = true;
        ui.ctx().request_repaint();
    }

    /// Gives the keyboard back to what had it before.
    fn give_back(&mut self, ui: &Ui) {
        self.entering = None;
        ui.memory_mut(|memory| match self.home.take() {
            Some(home) => memory.request_focus(home),
            None => memory.focused().into_iter().for_each(|focused| memory.surrender_focus(focused)),
        });
    }

    fn follow_keys(&mut self, ui: &Ui, titles: &[Title]) {
        let ctx = ui.ctx();
        let [left, right, escape] = [Key::ArrowLeft, Key::ArrowRight, Key::Escape]
            .map(|key| ui.input(|input| input.key_pressed(key) && input.modifiers.is_none()));
        let had_focus = |title: &Title| ui.memory(|memory| memory.had_focus_last_frame(title.id));
        let Some(at) = titles.iter().position(|title| title.was_open || had_focus(title)) else {
            if !self.leaving && titles.iter().all(|title| ui.memory(|memory| !memory.has_focus(title.id))) {
                self.home = None;
            }
            return;
        };
        let Some(title) = titles.get(at) else { return };
        let is_open = Popup::is_id_open(ctx, title.popup);
        if escape && title.was_open {
            ui.memory_mut(|memory| memory.request_focus(title.id));
        } else if escape || (title.was_open && !is_open && !had_focus(title)) {
            // An entry was chosen, or the bar is done with.
            self.leave(ui);
        } else if (left || right) && (!title.was_open || self.may_leave_menu(ui, title, left)) {
            let count = titles.len();
            let next = titles.get((at + if right { 1 } else { count - 1 }) % count);
            self.go(ui, next, title.was_open);
        }
    }

    /// Whether an arrow leads out of an open menu, and not into or out of one beside it.
    fn may_leave_menu(&self, ui: &Ui, title: &Title, left: bool) -> bool {
        let beside = MenuState::from_id(ui.ctx(), title.popup, |state| state.open_item);
        if !left {
            return beside.is_none();
        }
        let focused = ui.memory(|memory| memory.focused()).and_then(|id| ui.ctx().read_response(id));
        beside.is_none() || focused.is_none_or(|focused| focused.layer_id.id == title.popup)
    }

    /// To another title, with its menu open or not.
    fn go(&mut self, ui: &Ui, title: Option<&Title>, open: bool) {
        let Some(title) = title else { return };
        ui.memory_mut(|memory| {
            memory.move_focus(FocusDirection::None);
            memory.request_focus(title.id);
        });
        if open {
            Popup::open_id(ui.ctx(), title.popup);
            self.entering = Some(title.popup);
        }
        ui.ctx().request_repaint();
    }

    fn title(&mut self, ui: &mut Ui, title: &str, content: impl FnOnce(&mut Ui)) -> Title {
        let response = look(ui, title);
        let popup = Popup::default_response_id(&response);
        let was_open = Popup::is_id_open(ui.ctx(), popup);
        response.ctx.accesskit_node_builder(response.id, |node| {
            node.set_has_popup(accesskit::HasPopup::Menu);
            node.set_expanded(was_open);
        });
        let bar = ui.unique_id().with("open menu");
        let other: Option<Id> = ui.data(|data| data.get_temp(bar));
        let other_is_open = other.is_some_and(|other| other != popup && Popup::is_id_open(ui.ctx(), other));
        let mut menu = Popup::menu(&response).gap(space::XS).accessible_name(title);
        if self.opens(ui, &response, was_open) || (other_is_open && response.hovered() && !response.clicked()) {
            menu = menu.open_memory(Some(SetOpenCommand::Bool(true)));
        }
        // In its first frame a menu only finds out its size.
        let layer = LayerId::new(Order::Foreground, popup);
        let is_there = was_open && ui.memory(|memory| memory.areas().visible_last_frame(&layer));
        if is_there && self.entering == Some(popup) {
            // egui takes the keyboard from the title to the first entry.
            self.entering = None;
            ui.memory_mut(|memory| memory.move_focus(FocusDirection::Down));
        }
        if menu.show(|ui| entries(ui, content)).is_some() {
            ui.data_mut(|data| data.insert_temp(bar, popup));
        }
        Title { id: response.id, popup, was_open }
    }

    /// Whether a key opens the menu of this title.
    fn opens(&mut self, ui: &Ui, response: &Response, was_open: bool) -> bool {
        if was_open || !response.has_focus() {
            return false;
        }
        let down = ui.input(|input| input.key_pressed(Key::ArrowDown) || input.key_pressed(Key::ArrowUp));
        let pressed = down || (response.clicked() && !response.clicked_by(eframe::egui::PointerButton::Primary));
        if pressed {
            self.entering = Some(Popup::default_response_id(response));
        }
        if down {
            ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        }
        pressed
    }
}

/// Draws a title.
fn look(ui: &mut Ui, title: &str) -> Response {
    let t = tokens(ui);
    let galley = ui.painter().layout_no_wrap(title.to_owned(), fonts::regular(size::TEXT), Color32::PLACEHOLDER);
    let wanted = vec2((galley.size().x + 2.0 * space::S).ceil(), size::BUTTON);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, ui.is_enabled(), title));
    let open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
    let busy = open || response.hovered() || response.has_focus();
    if busy {
        ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), t.surface.hover);
    }
    focus_ring(ui, &response, rect, radius::CONTROL);
    let place = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect);
    let ink = if busy { t.text.primary } else { t.text.secondary };
    ui.painter().galley_with_override_text_color(place.min, galley, ink);
    response
}
