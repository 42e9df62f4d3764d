//! The comparison: variants side by side, one of them the baseline.

mod adding;
mod commands;
mod crafting;
pub mod derive;
mod following;
mod minimal;
mod opening;
mod removing;
mod saving;
pub mod variant;
pub mod what_if;
mod what_if_commands;

use std::path::Path;

use self::adding::New;
pub use self::minimal::minimal;
use self::removing::Removal;
use self::saving::Saving;
use self::variant::{Variant, VariantId, VariantOrigin};
use self::what_if::WhatIf;
use super::effect::Origin;
use super::naming;
use crate::jose::error::Problem;

/// The most variants side by side.
pub const MOST_VARIANTS: usize = crate::template::comparison_file::MOST_VARIANTS;

/// The code of the problem "nothing is known yet".
pub const PENDING: &str = "pending";

/// The variants that are compared.
#[derive(Debug, Default)]
pub struct Comparison {
    variants: Vec<Variant>,
    baseline: Option<VariantId>,
    selected: Option<VariantId>,
    what_if: Option<WhatIf>,
    /// The file it was saved to or read from.
    origin: Option<Origin>,
    /// Counts the changes of what would be saved.
    changes: u64,
    /// How many of them are in the file.
    saved: u64,
    /// The save that is on its way.
    saving: Option<Saving>,
    /// Tells this comparison from those before it.
    born: u64,
    revision: u64,
    last: u64,
    questions: Questions,
    /// What was removed, the newest last.
    removed: Vec<Removal>,
}

/// The questions for facts that were asked.
#[derive(Debug, Default)]
struct Questions {
    count: u64,
    /// The instant that every variant is minted at: none differs from another by the second in which it was added.
    instant: Option<i64>,
}

impl Comparison {
    /// The variants in the order of the table.
    pub fn variants(&self) -> &[Variant] {
        &self.variants
    }

    /// The variant of this identifier.
    pub fn get(&self, id: VariantId) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.id == id)
    }

    /// What the others are held against; `None` when there are no variants.
    pub fn baseline(&self) -> Option<&Variant> {
        self.baseline.and_then(|id| self.get(id)).or_else(|| self.variants.first())
    }

    /// The variant whose costs are shown: the one chosen, else the baseline.
    pub fn selected(&self) -> Option<&Variant> {
        self.selected.and_then(|id| self.get(id)).or_else(|| self.baseline())
    }

    /// The changes that are looked at, those of the selected variant.
    pub fn what_if(&self) -> Option<&WhatIf> {
        self.what_if.as_ref()
    }

    /// The file it was saved to or read from.
    pub fn path(&self) -> Option<&Path> {
        self.origin.as_ref().map(|origin| origin.path.as_path())
    }

    /// Whether it differs from its file. The draft alone is nothing to lose.
    pub fn is_unsaved(&self) -> bool {
        self.changes != self.saved
            && (self.origin.is_some() || self.variants.iter().any(|it| it.origin != VariantOrigin::Draft))
    }

    /// Counts every change of variants, their facts, baseline or what-if: what is derived for drawing is kept by it.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether the facts of all variants are those of their texts and keys as they are now.
    pub fn is_settled(&self) -> bool {
        self.variants.iter().all(Variant::is_settled)
    }

    /// Whether something was removed that can be put back.
    pub fn can_restore(&self) -> bool {
        !self.removed.is_empty()
    }

    /// The variant that follows the draft.
    pub fn draft(&self) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.origin == VariantOrigin::Draft)
    }

    /// The place of a variant in the table.
    pub fn position(&self, id: VariantId) -> Option<usize> {
        self.variants.iter().position(|variant| variant.id == id)
    }

    fn get_mut(&mut self, id: VariantId) -> Option<&mut Variant> {
        self.variants.iter_mut().find(|variant| variant.id == id)
    }

    /// Shows the costs of a variant. What is looked at of another one is let go.
    fn select(&mut self, id: VariantId) {
        if self.get(id).is_some() && self.selected != Some(id) {
            self.selected = Some(id);
            self.what_if.take_if(|what_if| what_if.of != id);
            self.revision += 1;
        }
    }

    /// To be called after every change of what would be saved.
    fn changed(&mut self) {
        self.changes += 1;
        self.revision += 1;
    }

    /// Drops all variants to make room for others.
    fn begin_anew(&mut self) {
        let Self { revision, last, questions, changes, saving, born, .. } = std::mem::take(self);
        *self = Self { revision: revision + 1, last, questions, changes, saving, born: born + 1, ..Self::default() };
    }

    /// This name, or with a number behind it when another variant than `own` has it.
    fn free_name(&self, name: &str, own: Option<VariantId>) -> String {
        let taken = |name: &str| self.variants.iter().any(|variant| variant.name == name && Some(variant.id) != own);
        naming::free_name(name, taken)
    }

    /// A variant with an identifier of its own and a name that nobody has. Nothing is known about it yet.
    fn new_variant(&mut self, new: New) -> Variant {
        self.last += 1;
        let New { name, origin, template, token, key } = new;
        Variant {
            id: VariantId(self.last),
            name: self.free_name(&name, None),
            origin,
            template,
            token,
            key,
            facts: Err(Problem::new(PENDING, "Its figures are being worked out.")),
            asked: 0,
            answered: 0,
            renamed: false,
        }
    }
}
