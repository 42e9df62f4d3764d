//! Which variant has which claim, and whether it is the baseline's.

use crate::jose::json::{Json, Kind};

/// A claim of one variant held against the baseline's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// The variant has no such claim.
    Missing,
    /// The same value as the baseline's, white space and the spelling of escapes aside; every claim of the baseline itself.
    Same,
    /// Another value of the same kind.
    Changed,
    /// A value of another kind.
    Retyped(Kind),
    /// The baseline has no such claim.
    Added,
}

/// One claim across all variants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixRow {
    /// The name of the claim.
    pub name: String,
    /// One for each variant, in their order.
    pub cells: Vec<Presence>,
}

/// The claims of several payloads: those of the baseline first, in its order, then the others as they come up.
///
/// `None` stands for a payload that is no JSON object.
pub fn matrix(payloads: &[Option<&Json>], baseline: usize) -> Vec<MatrixRow> {
    let _ = (payloads, baseline);
    Vec::new()
}
