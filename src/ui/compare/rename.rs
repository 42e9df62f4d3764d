//! The name of a variant, changed in its place.

use eframe::egui::{
    Key, Rect, Ui, UiBuilder,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
};

use super::lines::Line;
use crate::ui::request::CommandQueue;
use crate::ui::widgets::field::Field;
use crate::workbench::command::{Command, CompareCommand};
use crate::workbench::compare::variant::VariantId;

/// A name that is being typed.
pub(super) struct Rename {
    pub(super) id: VariantId,
    before: String,
    text: String,
    fresh: bool,
}

impl Rename {
    /// Starts with the name that the variant has.
    pub(super) fn new(line: &Line) -> Self {
        Self { id: line.id, before: line.name.clone(), text: line.name.clone(), fresh: true }
    }

    /// Draws the field; returns whether the typing is over. Escape leaves the name as it was.
    pub(super) fn ui(&mut self, ui: &mut Ui, rect: Rect, commands: &CommandQueue) -> bool {
        let mut inside = ui.new_child(UiBuilder::new().id_salt("rename").max_rect(rect));
        let name = format!("Name of {}", self.before);
        let response = Field::new(&name, &mut self.text).id_salt("name").width(rect.width()).show(&mut inside);
        if self.fresh {
            self.fresh = false;
            response.request_focus();
            let all = CCursorRange::two(CCursor::new(0), CCursor::new(self.text.chars().count()));
            let mut state = TextEditState::load(ui.ctx(), response.id).unwrap_or_default();
            state.cursor.set_char_range(Some(all));
            state.store(ui.ctx(), response.id);
            return false;
        }
        if !response.lost_focus() {
            return !response.has_focus();
        }
        let given_up = ui.input(|input| input.key_pressed(Key::Escape));
        if !given_up && !self.text.trim().is_empty() && self.text != self.before {
            commands.push(Command::Compare(CompareCommand::Rename(self.id, self.text.trim().to_owned())));
        }
        true
    }
}
