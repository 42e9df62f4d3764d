//! What the user asks of the library, and what came of it.

use super::{Library, LibraryCommand, LibraryEvent};
use crate::workbench::Workbench;
use crate::workbench::effect::Effect;

impl Workbench {
    /// The library.
    pub fn library(&self) -> &Library {
        &self.library
    }

    pub(in crate::workbench) fn apply_library(&mut self, command: LibraryCommand) -> Vec<Effect> {
        match command {
            LibraryCommand::Toggle => {
                self.settings.library.open = !self.settings.library.open;
                vec![Effect::SaveSettings(Box::new(self.settings.clone()))]
            }
        }
    }

    pub(in crate::workbench) fn on_library(&mut self, event: LibraryEvent) -> Vec<Effect> {
        match event {
            LibraryEvent::Listed(entries) => self.library.entries = entries,
            LibraryEvent::Failed(problem) => return self.complain(problem),
        }
        Vec::new()
    }
}
