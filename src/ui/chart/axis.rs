//! An axis: its scale, its unit, and what it is called.

use super::scale::Scale;
use super::unit::Unit;

/// See the module.
#[derive(Clone, Debug)]
pub struct Axis {
    /// Where values lie.
    pub scale: Scale,
    /// How they are written.
    pub unit: Unit,
    /// What they are; drawn beside the axis.
    pub title: &'static str,
}

impl Axis {
    /// An axis of that scale and unit.
    pub const fn new(title: &'static str, unit: Unit, scale: Scale) -> Self {
        Self { scale, unit, title }
    }

    /// Whether equal distances are equal ratios.
    pub const fn is_log(&self) -> bool {
        matches!(self.scale, Scale::Log { .. })
    }
}
