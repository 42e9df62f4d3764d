//! What the user asks of minting many, and what came of it.

use super::{BulkCommand, BulkEvent, BulkState};
use crate::workbench::Workbench;
use crate::workbench::effect::Effect;

impl Workbench {
    /// Minting many.
    pub fn bulk(&self) -> &BulkState {
        &self.bulk
    }

    pub(in crate::workbench) fn apply_bulk(&self, _command: BulkCommand) -> Vec<Effect> {
        Vec::new()
    }

    pub(in crate::workbench) fn on_bulk(&mut self, event: BulkEvent) -> Vec<Effect> {
        if let BulkEvent::Previewed(_, preview) = event {
            self.bulk.preview = Some(preview);
        }
        Vec::new()
    }
}
