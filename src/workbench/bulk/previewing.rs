//! What a run would begin with, and why there can be none.

use std::collections::HashSet;
use std::sync::Arc;

use super::BulkEffect;
use super::running::busy;
use super::setup::By;
use crate::bulk::plan::Order;
use crate::bulk::preview::Preview;
use crate::jose::error::Problem;
use crate::jose::text::shown;
use crate::template::placeholder::Placeholder;
use crate::template::scan;
use crate::workbench::Workbench;
use crate::workbench::effect::Effect;
use crate::workbench::facts::{KeyChoice, Remedy};
use crate::workbench::page::Page;

impl Workbench {
    /// Why no token can be made from the draft, whatever the rows are.
    ///
    /// A variable that the draft does not know is none: it may be a column.
    pub fn draft_obstacle(&self) -> Option<&Problem> {
        let blocked = self.facts.outcome.as_ref().err()?;
        let is_unknown = blocked.remedies.iter().any(|remedy| matches!(remedy, Remedy::DeclareVariable(_)));
        (!is_unknown || self.bulk.setup.by == By::Count).then_some(&blocked.problem)
    }

    /// Why minting many cannot be begun.
    ///
    /// # Errors
    /// What stands in the way first, and what to do about it.
    pub fn can_mint_many(&self) -> Result<(), Problem> {
        if self.bulk.is_running() {
            return Err(busy());
        }
        if !self.is_settled() {
            return Err(Problem::new("pending", "The draft is still being read").help("Wait a moment."));
        }
        if let Some(problem) = self.draft_obstacle() {
            return Err(problem.clone());
        }
        if self.bulk.setup.supply().is_none() {
            let problem = Problem::new("bulk-no-rows", "No file of rows is chosen");
            return Err(problem.help("Choose a CSV or NDJSON file, or mint by count."));
        }
        match &self.bulk.preview {
            Some(Ok(preview)) => check_preview(preview),
            Some(Err(problem)) => Err(problem.clone()),
            None => Ok(()),
        }
    }

    /// Everything a run needs to know, as it is now.
    pub(super) fn order(&self) -> Option<Box<Order>> {
        let plan = self.bulk.setup.plan()?;
        let KeyChoice::Held(key) = self.key_choice() else { return None };
        Some(Box::new(Order { template: self.draft.template().clone(), key, now: self.now, plan }))
    }

    /// To be called whenever the page comes on show, or what it shows has changed.
    pub(in crate::workbench) fn preview_many(&mut self) -> Vec<Effect> {
        if self.settings.page != Page::Bulk || !self.is_settled() {
            return Vec::new();
        }
        self.bulk.same = self.bulk.setup.by == By::Count && self.is_constant();
        let order = if self.draft_obstacle().is_none() { self.order() } else { None };
        // What comes of an earlier request is of something else.
        self.bulk.asked += 1;
        self.bulk.is_previewing = order.is_some();
        match order {
            Some(order) => vec![Effect::Bulk(BulkEffect::Preview(order, self.bulk.asked))],
            None => {
                self.bulk.preview = None;
                self.bulk.unused.clear();
                Vec::new()
            }
        }
    }

    pub(super) fn on_previewed(&mut self, ticket: u64, preview: Result<Box<Preview>, Problem>) {
        if ticket != self.bulk.asked || !self.bulk.is_previewing {
            return;
        }
        self.bulk.is_previewing = false;
        self.bulk.unused = preview.as_ref().map(|preview| self.unused_of(&preview.columns)).unwrap_or_default();
        self.bulk.preview = Some(preview.map(Arc::from));
    }

    /// Those of the columns that neither header nor claims mention.
    fn unused_of(&self, columns: &[String]) -> Vec<String> {
        let names: HashSet<String> = self
            .placeholders()
            .filter_map(|placeholder| match placeholder {
                Placeholder::Variable(name) => Some(name),
                Placeholder::Now { .. }
                | Placeholder::Uuid
                | Placeholder::Counter { .. }
                | Placeholder::Random { .. } => None,
            })
            .collect();
        columns.iter().filter(|column| !names.contains(*column)).cloned().collect()
    }

    /// Whether nothing in header and claims is another one in each token.
    fn is_constant(&self) -> bool {
        self.facts.outcome.is_ok()
            && !self.placeholders().any(|placeholder| {
                matches!(placeholder, Placeholder::Uuid | Placeholder::Counter { .. } | Placeholder::Random { .. })
            })
    }

    fn placeholders(&self) -> impl Iterator<Item = Placeholder> {
        let texts = [&self.facts.header, &self.facts.claims].into_iter().flatten();
        texts.flat_map(scan::scan).filter_map(|occurrence| occurrence.placeholder.ok())
    }
}

fn check_preview(preview: &Preview) -> Result<(), Problem> {
    if let Some(name) = preview.unfilled.first() {
        let message = format!("Nothing fills in the variable '{}'", shown(name));
        return Err(Problem::new("bulk-unfilled", message)
            .help("Give it a value in Craft, or choose a file that has such a column."));
    }
    if preview.total == Some(0) {
        let problem = Problem::new("bulk-empty", "There are no rows to mint for");
        return Err(problem.help("Choose a file with at least one row behind its line of names."));
    }
    Ok(())
}
