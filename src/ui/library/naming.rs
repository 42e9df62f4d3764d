//! Giving a template another name, in its row.

use std::path::{Path, PathBuf};

use eframe::egui::{Key, Rect, Ui, UiBuilder, vec2};

use super::list::List;
use super::rows::Pick;
use crate::jose::text::visible;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{size, space};
use crate::ui::widgets::field::Field;
use crate::workbench::Workbench;
use crate::workbench::command::Command;
use crate::workbench::library::LibraryCommand;
use crate::workbench::library::entry::Entry;

/// View state of the field.
#[derive(Default)]
pub(super) struct Naming {
    of: Option<(PathBuf, String)>,
    /// Whether the field has yet to take the keyboard.
    begins: bool,
    /// The last new template that was asked for its name.
    greeted: u64,
}

impl Naming {
    /// Begins to name what is picked, unless that is an example.
    pub(super) fn begin(&mut self, workbench: &Workbench, pick: Option<&Pick>) {
        let Some(entry) = pick.and_then(|pick| pick.entry(workbench)) else { return };
        self.of = Some((entry.path.clone(), entry.changeable_name().into_owned()));
        self.begins = true;
    }

    /// Begins to name a template that was just made, as soon as it is listed.
    pub(super) fn greet(&mut self, workbench: &Workbench, list: &mut List) {
        let Some((number, path)) = workbench.library().fresh() else { return };
        if number == self.greeted || workbench.library().entry(path).is_none_or(|entry| entry.content.is_none()) {
            return;
        }
        self.greeted = number;
        list.pick_file(path);
        self.begin(workbench, list.picked());
    }

    /// Whether this file is being named.
    pub(super) fn is_of(&self, path: &Path) -> bool {
        self.of.as_ref().is_some_and(|(of, _)| of == path)
    }

    /// Draws the field: Enter or leaving it takes the name, Escape does not.
    pub(super) fn ui(&mut self, ui: &mut Ui, rect: Rect, entry: &Entry, commands: &CommandQueue) {
        let Some((path, text)) = &mut self.of else { return };
        let room = rect.shrink2(vec2(space::XS, (rect.height() - size::FIELD) / 2.0));
        let name = format!("Name of {}", visible(&entry.title()));
        let response = ui
            .scope_builder(UiBuilder::new().max_rect(room), |ui| {
                Field::new(&name, text).id_salt("library-name").show(ui)
            })
            .inner;
        if std::mem::take(&mut self.begins) {
            response.request_focus();
            select_all(ui, &response);
        } else if response.lost_focus() {
            if !ui.input(|input| input.key_pressed(Key::Escape)) {
                commands.push(Command::Library(LibraryCommand::Rename(path.clone(), text.clone())));
            }
            self.of = None;
        }
    }
}

/// So that typing replaces the name.
fn select_all(ui: &Ui, response: &eframe::egui::Response) {
    use eframe::egui::TextEdit;
    use eframe::egui::text::{CCursor, CCursorRange};
    if let Some(mut state) = TextEdit::load_state(ui.ctx(), response.id) {
        state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), CCursor::new(usize::MAX))));
        state.store(ui.ctx(), response.id);
    }
}
