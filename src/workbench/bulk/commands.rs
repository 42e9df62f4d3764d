//! What the user asks of minting many, and what came of it.

use std::num::NonZeroUsize;

use super::setup::{By, Setup};
use super::{BulkCommand, BulkEvent, BulkState};
use crate::workbench::Workbench;
use crate::workbench::effect::{Effect, Pick};

impl Workbench {
    /// Minting many.
    pub fn bulk(&self) -> &BulkState {
        &self.bulk
    }

    /// How many threads this machine runs at once; 1 until it is told.
    pub fn set_cores(&mut self, cores: usize) {
        let cores = NonZeroUsize::new(cores).unwrap_or(NonZeroUsize::MIN);
        self.bulk.cores = cores;
        self.bulk.setup.threads = cores;
    }

    pub(in crate::workbench) fn apply_bulk(&mut self, command: BulkCommand) -> Vec<Effect> {
        match command {
            BulkCommand::SetUp(setup) => self.set_up(*setup),
            BulkCommand::PickRows => vec![self.pick(Pick::BulkRows)],
            BulkCommand::UseRows(path) => {
                let setup = Setup { by: By::Rows, rows: Some(path), from: 0, ..self.bulk.setup.clone() };
                self.bulk.setup = setup;
                self.preview_many()
            }
            BulkCommand::ReadAgain => self.preview_many(),
            BulkCommand::AddIdentifier => self.set_claim("jti", "\"{{uuid}}\""),
            BulkCommand::Mint => self.ask_where_to_mint(),
            BulkCommand::Pause => self.pause_minting(),
            BulkCommand::GoOn => self.go_on_minting(),
            BulkCommand::Cancel => self.cancel_minting(),
            BulkCommand::Resume => self.resume_minting(),
            BulkCommand::Forget => {
                self.bulk.run.take_if(|run| run.is_over());
                Vec::new()
            }
        }
    }

    fn set_up(&mut self, setup: Setup) -> Vec<Effect> {
        let setup = setup.in_range(self.bulk.cores);
        let before = std::mem::replace(&mut self.bulk.setup, setup);
        if self.bulk.setup.begins_like(&before) { Vec::new() } else { self.preview_many() }
    }

    pub(in crate::workbench) fn on_bulk(&mut self, event: BulkEvent) -> Vec<Effect> {
        match event {
            BulkEvent::Previewed(ticket, preview) => self.on_previewed(ticket, preview),
            BulkEvent::Minting(ticket, progress) => self.on_minting(ticket, progress),
            BulkEvent::Minted(ticket, outcome) => return self.on_minted(ticket, *outcome),
        }
        Vec::new()
    }
}
