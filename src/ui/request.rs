//! What the panes ask for: commands for the workbench, and a few things that concern the view alone.

use std::cell::RefCell;

use eframe::egui::Rect;

use super::action::Action;
use crate::findings::Finding;
use crate::workbench::command::{Command, DraftCommand, Part};
use crate::workbench::page::Page;

/// The two ways to look at the claims.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ClaimsView {
    /// The text itself.
    #[default]
    Text,
    /// A table over the same text.
    Table,
}

/// One wish, from a pane, a menu, a key or the palette.
#[derive(Clone, Debug)]
pub enum Request {
    /// For the workbench.
    Do(Command),
    /// An action, by its name.
    Act(Action),
    /// Show the claims in this way.
    ClaimsView(ClaimsView),
    /// Open the find bar of the claims.
    Find,
    /// Put the keyboard into a text, at a byte of it.
    Focus(Part, Option<usize>),
    /// Declare a variable and type its name.
    AddVariable,
    /// Open the next finding and show its place.
    NextFinding,
    /// Open this finding of the draft and show its place.
    ShowFinding(Box<Finding>),
    /// Show this part of the page, one of [`Page::tabs`].
    ShowTab(&'static str),
    /// Go to this page and show this part of it.
    GoToTab(Page, &'static str),
    /// Export this part of the window, in points, as a picture.
    ExportPicture(Rect),
    /// Ask for a key as text.
    PasteKey,
    /// Ask for tokens to compare, as text.
    PasteTokens,
    /// Ask for a text or file to import.
    Import,
    /// Ask which claims of the selected variant a minimal one keeps.
    Minimise,
    /// Show the draft as code.
    Code,
    /// Fill the whole screen, or no longer.
    FullScreen,
    /// Open the command palette.
    Palette,
    /// Put the keyboard into the menu bar.
    MenuBar,
    /// Open the manual, about the page on show.
    Manual,
    /// List the shortcuts.
    Shortcuts,
    /// About the program.
    About,
    /// The licences of its parts.
    Licences,
}

/// The wishes of one frame, in order. Panes hold it by shared reference: all they can do is add to it.
#[derive(Debug, Default)]
pub struct CommandQueue(RefCell<Vec<Request>>);

impl CommandQueue {
    /// Adds a wish.
    pub fn push(&self, request: impl Into<Request>) {
        self.0.borrow_mut().push(request.into());
    }

    /// Whether nobody wished for anything.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// Whether text was typed.
    pub fn is_typing(&self) -> bool {
        let typed = |request: &Request| matches!(request, Request::Do(Command::Draft(DraftCommand::Type(..))));
        self.0.borrow().iter().any(typed)
    }

    /// Takes the wishes out, first come first served.
    pub fn drain(&self) -> Vec<Request> {
        self.0.take()
    }
}

impl From<Command> for Request {
    fn from(command: Command) -> Self {
        Self::Do(command)
    }
}

impl From<Action> for Request {
    fn from(action: Action) -> Self {
        Self::Act(action)
    }
}
