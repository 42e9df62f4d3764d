//! The comparison: variants side by side, one of them the baseline.

mod commands;
pub mod derive;
pub mod variant;
pub mod what_if;

use std::path::{Path, PathBuf};

use self::variant::{Variant, VariantId};
use self::what_if::WhatIf;

/// The most variants side by side.
pub const MOST_VARIANTS: usize = 50;

/// The variants that are compared.
#[derive(Debug, Default)]
pub struct Comparison {
    variants: Vec<Variant>,
    baseline: Option<VariantId>,
    selected: Option<VariantId>,
    what_if: Option<WhatIf>,
    /// The file it was saved to or read from.
    path: Option<PathBuf>,
    unsaved: bool,
    revision: u64,
    last: u64,
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
        self.path.as_deref()
    }

    /// Whether it differs from its file.
    pub fn is_unsaved(&self) -> bool {
        self.unsaved
    }

    /// Counts every change of variants, their facts, baseline or what-if: what is derived for drawing is kept by it.
    pub fn revision(&self) -> u64 {
        self.revision
    }
}
