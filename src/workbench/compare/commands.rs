//! What the user asks of the comparison.

use std::sync::Arc;

use super::derive::VariantInputs;
use super::variant::{Variant, VariantFacts, VariantId, VariantOrigin};
use crate::jose::error::Problem;
use crate::template::file::TemplateFile;
use crate::workbench::Workbench;
use crate::workbench::command::CompareCommand;
use crate::workbench::effect::Effect;
use crate::workbench::facts;

impl Workbench {
    pub(in crate::workbench) fn apply_compare(&mut self, command: CompareCommand) -> Vec<Effect> {
        match command {
            CompareCommand::AddDraft => self.add_draft(),
            CompareCommand::AddSnapshot => self.add_snapshot(),
            CompareCommand::Select(id) => {
                self.comparison.selected = Some(id);
                self.comparison.revision += 1;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// To be called when a page that shows the variants is opened: the draft's variant is brought up to date, and there
    /// is one at all.
    pub(in crate::workbench) fn refresh_draft_variant(&mut self) -> Vec<Effect> {
        if self.comparison.variants.is_empty() { self.add_draft() } else { Vec::new() }
    }

    fn add_draft(&mut self) -> Vec<Effect> {
        let name = self.draft.title();
        self.add_variant(name, VariantOrigin::Draft, self.draft.template().clone())
    }

    fn add_snapshot(&mut self) -> Vec<Effect> {
        let name = format!("{} (copy)", self.draft.title());
        self.add_variant(name, VariantOrigin::Snapshot, self.draft.template().clone())
    }

    fn add_variant(&mut self, name: String, origin: VariantOrigin, template: TemplateFile) -> Vec<Effect> {
        self.comparison.last += 1;
        let id = VariantId(self.comparison.last);
        let algorithm = crate::jose::json::Json::parse(&template.header).and_then(|json| facts::algorithm_of(&json));
        let key = algorithm.ok().and_then(|algorithm| self.keys.for_algorithm(algorithm)).and_then(Result::ok);
        let template = Arc::new(template);
        let pending = Problem::new("pending", "Nothing was read yet.");
        let variant = Variant { id, name, origin, template, token: None, key, facts: Err(pending) };
        let inputs = VariantInputs {
            id,
            revision: self.comparison.revision,
            template: Arc::clone(&variant.template),
            token: None,
            key: variant.key.clone(),
            now: self.now,
        };
        self.comparison.variants.push(variant);
        self.comparison.revision += 1;
        vec![Effect::DeriveVariant(Box::new(inputs))]
    }

    pub(in crate::workbench) fn on_variant_derived(
        &mut self,
        id: VariantId,
        _revision: u64,
        facts: Result<Arc<VariantFacts>, Problem>,
    ) {
        if let Some(variant) = self.comparison.variants.iter_mut().find(|variant| variant.id == id) {
            variant.facts = facts;
            self.comparison.revision += 1;
        }
    }
}
