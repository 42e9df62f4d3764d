//! Removing variants, and putting them back.

use super::MOST_VARIANTS;
use super::variant::{Variant, VariantId, VariantOrigin};
use crate::jose::error::Problem;
use crate::jose::text::shown;
use crate::workbench::Workbench;
use crate::workbench::effect::Effect;
use crate::workbench::notice::Offer;

/// The most removals that can be taken back.
const MOST_REMOVALS: usize = 50;

/// Variants that were removed together.
#[derive(Debug)]
pub(super) struct Removal {
    /// Each with the place it had.
    pub(super) variants: Vec<(usize, Variant)>,
    baseline: Option<VariantId>,
    selected: Option<VariantId>,
}

impl Workbench {
    /// Removes a variant. Of the last one the draft takes the place: a comparison is never empty.
    pub(super) fn remove_variant(&mut self, id: VariantId) -> Vec<Effect> {
        let Some(variant) = self.comparison.get(id) else { return Vec::new() };
        if self.comparison.variants.len() == 1 && variant.origin == VariantOrigin::Draft {
            let help = "Add another variant first.";
            self.notices.info("The draft stays: a comparison has at least one variant.", help, None, self.now);
            return Vec::new();
        }
        let text = format!("{} was removed from the comparison.", shown(&variant.name));
        self.remove_all_that(|variant| variant.id == id);
        self.notices.info(text, "", Some(Offer::RestoreVariants), self.now);
        self.refresh_draft_variant()
    }

    /// Removes all, and starts with the draft again.
    pub(super) fn clear_comparison(&mut self) -> Vec<Effect> {
        let number = self.comparison.variants.len();
        self.remove_all_that(|variant| variant.origin != VariantOrigin::Draft);
        let removed = number - self.comparison.variants.len();
        if removed > 0 {
            let text = match removed {
                1 => "1 variant was removed from the comparison.".to_owned(),
                _ => format!("{removed} variants were removed from the comparison."),
            };
            self.notices.info(text, "", Some(Offer::RestoreVariants), self.now);
        }
        self.comparison.origin = None;
        self.comparison.born += 1;
        self.refresh_draft_variant()
    }

    fn remove_all_that(&mut self, unwanted: impl Fn(&Variant) -> bool) {
        let comparison = &mut self.comparison;
        let (baseline, selected) = (comparison.baseline, comparison.selected);
        let shown = comparison.selected().map(|variant| variant.id);
        let mut removed = Vec::new();
        for (at, variant) in std::mem::take(&mut comparison.variants).into_iter().enumerate() {
            if unwanted(&variant) {
                removed.push((at, variant));
            } else {
                comparison.variants.push(variant);
            }
        }
        if removed.is_empty() {
            return;
        }
        if comparison.what_if.as_ref().is_some_and(|what_if| comparison.get(what_if.of).is_none()) {
            comparison.what_if = None;
        }
        if shown.is_some_and(|id| comparison.get(id).is_none()) {
            // The neighbour that moved up is shown next.
            let at = removed.first().map_or(0, |(at, _)| *at).min(comparison.variants.len().saturating_sub(1));
            comparison.selected = comparison.variants.get(at).map(|variant| variant.id);
        }
        if baseline.is_some_and(|id| comparison.get(id).is_none()) {
            comparison.baseline = comparison.variants.first().map(|variant| variant.id);
        }
        comparison.removed.push(Removal { variants: removed, baseline, selected });
        if comparison.removed.len() > MOST_REMOVALS {
            comparison.removed.remove(0);
        }
        comparison.changed();
    }

    /// Puts back what was removed last.
    pub(super) fn restore_removed(&mut self) -> Vec<Effect> {
        let Some(removal) = self.comparison.removed.pop() else { return Vec::new() };
        let fits = self.comparison.variants.len() + removal.variants.len() <= MOST_VARIANTS;
        if !fits {
            self.comparison.removed.push(removal);
            let problem = Problem::new("comparison-full", format!("There is room for {MOST_VARIANTS} variants only."));
            return self.complain(problem.help("Remove others first, then put these back."));
        }
        let mut effects = Vec::new();
        for (at, mut variant) in removal.variants {
            // There is one draft only: the one that has come since stays.
            if variant.origin == VariantOrigin::Draft && self.comparison.draft().is_some() {
                continue;
            }
            variant.name = self.comparison.free_name(&variant.name, None);
            let id = variant.id;
            let at = at.min(self.comparison.variants.len());
            self.comparison.variants.insert(at, variant);
            effects.extend(self.derive_variant(id));
        }
        let held = |id: &VariantId| self.comparison.get(*id).is_some();
        let (baseline, selected) = (removal.baseline.filter(held), removal.selected.filter(held));
        self.comparison.baseline = baseline.or(self.comparison.baseline);
        if let Some(selected) = selected {
            self.comparison.select(selected);
        }
        self.comparison.changed();
        self.notices.drop_offer(Offer::RestoreVariants);
        effects.extend(self.follow_draft());
        effects
    }
}
