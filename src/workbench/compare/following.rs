//! Keeping variants up to date: the draft's follows the draft, and all let go of a key that is forgotten.

use std::sync::Arc;

use super::adding::ask;
use super::variant::{VariantFacts, VariantId};
use crate::jose::error::Problem;
use crate::jose::key::Key;
use crate::workbench::Workbench;
use crate::workbench::effect::Effect;
use crate::workbench::page::Page;

impl Workbench {
    /// To be called when a page that shows the variants is opened: the draft's variant is brought up to date, and there
    /// is one at all.
    pub(in crate::workbench) fn refresh_draft_variant(&mut self) -> Vec<Effect> {
        if self.comparison.variants.is_empty() { self.add_draft() } else { self.follow_draft() }
    }

    /// The same when the draft has changed; nothing is done while nobody looks.
    pub(in crate::workbench) fn draft_was_derived(&mut self) -> Vec<Effect> {
        if matches!(self.settings.page, Page::Compare | Page::Timing) {
            self.refresh_draft_variant()
        } else {
            Vec::new()
        }
    }

    /// Makes the draft's variant, if there is one, what the draft is now.
    pub(in crate::workbench) fn follow_draft(&mut self) -> Vec<Effect> {
        let template = self.draft.template();
        let Some(variant) = self.comparison.draft() else { return Vec::new() };
        let key = self.key_for(template);
        let same_key = key.as_ref().map(Arc::as_ptr) == variant.key.as_ref().map(Arc::as_ptr);
        let is_same = same_key && *variant.template == *template;
        let (id, renamed, template) = (variant.id, variant.renamed, (!is_same).then(|| Arc::new(template.clone())));
        let name = (!renamed).then(|| self.draft_name(Some(id)));
        let Some(variant) = self.comparison.get_mut(id) else { return Vec::new() };
        let name = name.filter(|name| *name != variant.name);
        if name.is_none() && is_same {
            return Vec::new();
        }
        if let Some(name) = name {
            variant.name = name;
        }
        variant.key = key;
        if let Some(template) = template {
            variant.template = template;
        }
        self.comparison.changed();
        if is_same {
            return Vec::new();
        }
        let mut effects: Vec<Effect> = self.derive_variant(id).into_iter().collect();
        if self.comparison.what_if.as_ref().is_some_and(|what_if| what_if.of == id) {
            effects.extend(self.look_again());
        }
        effects
    }

    /// Takes a forgotten key out of every variant, also of those that could be put back.
    pub(in crate::workbench) fn forget_in_comparison(&mut self, key: &Arc<Key>) -> Vec<Effect> {
        let now = self.now;
        let comparison = &mut self.comparison;
        let outcome = comparison.what_if.as_mut().map(|what_if| &mut what_if.outcome);
        let mut effects = Vec::new();
        for variant in comparison.variants.iter_mut().chain(outcome) {
            if variant.key.take_if(|held| Arc::ptr_eq(held, key)).is_some() {
                effects.push(ask(&mut comparison.questions, variant, now));
            }
        }
        for (_, variant) in comparison.removed.iter_mut().flat_map(|removal| &mut removal.variants) {
            variant.key.take_if(|held| Arc::ptr_eq(held, key));
        }
        if !effects.is_empty() {
            comparison.revision += 1;
            // The thread holds the key as long as it measures.
            effects.extend(self.stop_bench());
        }
        effects
    }

    pub(in crate::workbench) fn on_variant_derived(
        &mut self,
        id: VariantId,
        revision: u64,
        facts: Result<Arc<VariantFacts>, Problem>,
    ) -> Vec<Effect> {
        let comparison = &mut self.comparison;
        let outcome = comparison.what_if.as_mut().map(|what_if| &mut what_if.outcome);
        let variant = comparison.variants.iter_mut().chain(outcome).find(|variant| variant.id == id);
        if let Some(variant) = variant.filter(|variant| variant.asked == revision) {
            variant.facts = facts;
            variant.answered = revision;
            comparison.revision += 1;
        }
        // Also the answer about a variant that is gone can be the last one that was waited for.
        let mut effects = self.measure_what_waits();
        effects.extend(self.measure_what_if());
        effects
    }
}
