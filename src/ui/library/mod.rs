//! The side panel of the Craft page: the library of templates, and the tokens that were minted.

mod empty;
mod heading;
mod list;
mod minted;
mod naming;
mod preview;
mod row;
mod rows;
mod shelf;
mod tags;

use eframe::egui::{Frame, Id, Key, Margin, Modifiers, Ui, vec2};

use self::list::List;
use self::naming::Naming;
use super::columns::SIDE_BY_SIDE;
use super::request::CommandQueue;
use super::side_panel::{Side, SidePanel};
use super::theme::{icon, space};
use super::widgets::field::Field;
use crate::workbench::Workbench;
use crate::workbench::command::Command;
use crate::workbench::library::LibraryCommand;

const PANEL: SidePanel =
    SidePanel { name: "library", side: Side::Left, least: 250.0, default: 256.0, most: 420.0, page: SIDE_BY_SIDE };
/// From the edge of the panel to what is in it.
const MARGIN: i8 = 10;

/// What the panel shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tab {
    #[default]
    Library,
    Minted,
}

/// View state of the panel.
#[derive(Default)]
pub(super) struct LibraryPanel {
    tab: Tab,
    query: String,
    tags: Vec<String>,
    list: List,
    naming: Naming,
    /// Whether the panel was open in the frame before; unknown in the first.
    was_open: Option<bool>,
    wants_keyboard: bool,
    /// The search field, once it was drawn.
    field: Option<Id>,
}

impl LibraryPanel {
    /// The names of the tabs on the command line, and what they show.
    const TABS: [(&'static str, Tab); 2] = [("library", Tab::Library), ("minted", Tab::Minted)];

    /// Shows the tab of this name. Whether there is one.
    pub(super) fn show_tab(&mut self, name: &str) -> bool {
        let tab = Self::TABS.iter().find(|(known, _)| *known == name);
        tab.inspect(|(_, tab)| self.tab = *tab).is_some()
    }

    /// Draws the panel when it is open. To be called before the page is drawn.
    pub(super) fn show(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        let open = workbench.library().is_open();
        // Whoever opens the panel wants to search; it takes nothing from the claims when the program starts with it.
        self.wants_keyboard |= open && self.was_open == Some(false);
        self.was_open = Some(open);
        if !open {
            return;
        }
        let beside = PANEL.fits(ui);
        PANEL.show(ui, 0.0, |ui| {
            let margin = Margin { left: MARGIN, right: MARGIN, top: 7, bottom: MARGIN };
            Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.set_min_size(ui.available_size());
                ui.spacing_mut().item_spacing = vec2(space::S, space::S);
                self.tab = heading::ui(ui, self.tab, workbench, self.list.picked(), commands);
                match self.tab {
                    Tab::Library => self.library(ui, workbench, beside, commands),
                    Tab::Minted => minted::ui(ui, workbench, commands),
                }
            });
        });
    }

    fn library(&mut self, ui: &mut Ui, workbench: &Workbench, beside: bool, commands: &CommandQueue) {
        // Taken before the field is drawn, which would leave the keyboard at Enter.
        let searching = self.field.is_some_and(|field| ui.memory(|memory| memory.has_focus(field)));
        let keys = if searching { Keys::take(ui) } else { Keys::default() };
        self.search_field(ui);
        tags::ui(ui, workbench, &mut self.tags);
        self.list.refresh(workbench, &self.query, &self.tags);
        self.naming.greet(workbench, &mut self.list);
        self.list.step(keys.steps, workbench);
        if workbench.settings().library.folders.is_empty() {
            empty::ui(ui, workbench, commands);
        }
        let preview = preview::height(ui, self.list.picked().is_some());
        let list_height = (ui.available_height() - preview).max(0.0);
        let opened = self.list.ui(ui, workbench, list_height, &mut self.naming, commands);
        let wants = preview::ui(ui, workbench, self.list.picked(), preview, commands);
        if keys.rename || wants.rename {
            self.naming.begin(workbench, self.list.picked());
        }
        if (opened || wants.open || keys.open) && self.open(workbench, commands) && !beside {
            // What was opened lies under the panel.
            commands.push(Command::Library(LibraryCommand::Toggle));
        }
    }

    fn search_field(&mut self, ui: &mut Ui) {
        let response = Field::new("Search templates", &mut self.query)
            .placeholder("Search")
            .prefix(icon::MAGNIFYING_GLASS)
            .show(ui);
        if std::mem::take(&mut self.wants_keyboard) {
            response.request_focus();
        }
        let escaped = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
        if escaped && !(self.query.is_empty() && self.tags.is_empty()) {
            self.query.clear();
            self.tags.clear();
            response.request_focus();
        }
        self.field = Some(response.id);
    }

    /// Opens what is picked; whether there was something to open.
    fn open(&self, workbench: &Workbench, commands: &CommandQueue) -> bool {
        let command = self.list.picked().and_then(|pick| pick.open(workbench));
        let found = command.is_some();
        command.into_iter().for_each(|command| commands.push(command));
        found
    }
}

/// The keys that are for the list while the search field has the keyboard.
#[derive(Default)]
struct Keys {
    /// Rows to go down, or up.
    steps: isize,
    open: bool,
    rename: bool,
}

impl Keys {
    /// Rows of a page.
    const PAGE: isize = 8;

    fn take(ui: &Ui) -> Self {
        ui.input_mut(|input| {
            let mut count =
                |key| isize::try_from(input.count_and_consume_key(Modifiers::NONE, key)).unwrap_or_default();
            let steps = count(Key::ArrowDown) - count(Key::ArrowUp);
            let pages = count(Key::PageDown) - count(Key::PageUp);
            let (open, rename) = (count(Key::Enter) > 0, count(Key::F2) > 0);
            Self { steps: steps + Self::PAGE * pages, open, rename }
        })
    }
}
