//! The figures that lessons quote for blocking and non-blocking token creation, to stand beside measured ones.

use super::pattern::Pattern;
use super::report::LoginReport;

/// Quoted figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// Blocking time, such as `50-100 ms`.
    pub time: &'static str,
    /// Bytes of the payload, such as `100+ B`.
    pub bytes: &'static str,
    /// The processor's load: `high` or `low`.
    pub cpu: &'static str,
    /// The verdict: `Bad` or `Good`.
    pub verdict: &'static str,
}

/// What is quoted for a pattern; `None` for the two that nobody quotes.
pub const fn quoted(_pattern: Pattern) -> Option<Quoted> {
    None
}

/// Where the measurement disagrees with what is quoted, one plain sentence each.
pub fn disagreements(_report: &LoginReport) -> Vec<String> {
    Vec::new()
}
