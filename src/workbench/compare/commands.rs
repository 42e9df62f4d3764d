//! What the user asks of the comparison.

use super::variant::VariantId;
use crate::jose::error::Problem;
use crate::workbench::Workbench;
use crate::workbench::command::{CompareCommand, FileCommand};
use crate::workbench::effect::{Effect, Pick};

impl Workbench {
    pub(in crate::workbench) fn apply_compare(&mut self, command: CompareCommand) -> Vec<Effect> {
        match command {
            CompareCommand::AddDraft => {
                let mut effects = self.ready_to_add();
                effects.extend(self.add_draft());
                effects
            }
            CompareCommand::AddSnapshot => self.add_snapshot(),
            CompareCommand::AddTokens(text) => self.add_tokens(&text),
            CompareCommand::AddInspected => self.add_inspected(),
            CompareCommand::Duplicate(id) => self.duplicate(id),
            CompareCommand::Remove(id) => self.remove_variant(id),
            CompareCommand::RestoreRemoved => self.restore_removed(),
            CompareCommand::Rename(id, name) => self.rename_variant(id, &name),
            CompareCommand::Move(id, to) => self.move_variant(id, to),
            CompareCommand::SetBaseline(id) => self.set_baseline(id),
            CompareCommand::Select(id) => self.select_variant(id),
            CompareCommand::OpenInCraft(id) => self.apply_file(FileCommand::TakeVariant(id)),
            CompareCommand::Minimise(names) => self.minimise(&names),
            CompareCommand::WhatIf(changes) => self.look_at(changes),
            CompareCommand::ApplyWhatIf => self.apply_what_if(),
            CompareCommand::KeepWhatIf => self.keep_what_if(),
            CompareCommand::Clear => self.clear_comparison(),
            CompareCommand::AddFiles => vec![self.pick(Pick::AddVariants)],
            CompareCommand::AddFile(path) => vec![Effect::OpenVariant(path)],
            CompareCommand::Save => self.save_comparison(),
            CompareCommand::SaveAs => vec![self.pick_comparison()],
            CompareCommand::Open => vec![self.pick(Pick::OpenComparison)],
            CompareCommand::Export(form) => self.export_comparison(form),
        }
    }

    fn rename_variant(&mut self, id: VariantId, name: &str) -> Vec<Effect> {
        let name = name.trim();
        if name.is_empty() {
            let problem =
                Problem::new("variant-name", "A variant needs a name.").help("Type one, or leave it as it is.");
            return self.complain(problem);
        }
        let name = self.comparison.free_name(name, Some(id));
        if let Some(variant) = self.comparison.get_mut(id)
            && variant.name != name
        {
            variant.name = name;
            variant.renamed = true;
            self.comparison.changed();
        }
        Vec::new()
    }

    fn move_variant(&mut self, id: VariantId, to: usize) -> Vec<Effect> {
        let Some(from) = self.comparison.position(id) else { return Vec::new() };
        let to = to.min(self.comparison.variants.len() - 1);
        if from != to {
            // The first variant is the baseline as long as none was chosen: it stays the baseline when it moves.
            self.comparison.baseline = self.comparison.baseline().map(|variant| variant.id);
            let variant = self.comparison.variants.remove(from);
            self.comparison.variants.insert(to, variant);
            self.comparison.changed();
        }
        Vec::new()
    }

    fn set_baseline(&mut self, id: VariantId) -> Vec<Effect> {
        if self.comparison.get(id).is_some() && self.comparison.baseline().map(|variant| variant.id) != Some(id) {
            // What was shown stays on show, also where it was shown for being the baseline.
            self.comparison.selected = self.comparison.selected().map(|variant| variant.id);
            self.comparison.baseline = Some(id);
            self.comparison.changed();
        }
        Vec::new()
    }

    fn select_variant(&mut self, id: VariantId) -> Vec<Effect> {
        self.comparison.select(id);
        Vec::new()
    }
}
