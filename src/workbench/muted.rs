//! Findings that the user does not want to see again, for one draft or one token.

use crate::findings::Finding;

/// The muted findings, by rule and place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Muted(Vec<(&'static str, String)>);

impl Muted {
    /// Mutes a finding, here and whenever it comes back at the same place.
    pub fn mute(&mut self, finding: &Finding) {
        if !self.holds(finding) {
            self.0.push((finding.id, finding.path.clone()));
        }
    }

    /// Shows every finding again.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether a finding is muted.
    pub fn holds(&self, finding: &Finding) -> bool {
        self.0.iter().any(|(id, path)| *id == finding.id && *path == finding.path)
    }
}

/// The findings to show and the muted ones, each the worst first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Those to show.
    pub findings: Vec<Finding>,
    /// How many are muted.
    pub muted: usize,
}

impl Shown {
    /// Sorts findings, the worst first, leaving out what is muted.
    pub fn of(mut findings: Vec<Finding>, muted: &Muted) -> Self {
        let all = findings.len();
        findings.retain(|finding| !muted.holds(finding));
        let muted = all - findings.len();
        findings.sort_by_key(Finding::order);
        Self { findings, muted }
    }
}
