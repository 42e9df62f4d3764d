//! Looking at changes of the selected variant, and making them.

use std::sync::Arc;
use std::time::Duration;

use super::MOST_VARIANTS;
use super::adding::{New, ask, too_many};
use super::variant::{Variant, VariantOrigin};
use super::what_if::{Changes, WhatIf};
use crate::template::file::TemplateFile;
use crate::workbench::Workbench;
use crate::workbench::bench::{Bench, BenchSubject, Purpose};
use crate::workbench::bench_commands::Pace;
use crate::workbench::bench_inputs::contender;
use crate::workbench::command::Part;
use crate::workbench::effect::Effect;
use crate::workbench::history::{Step, TextChange};

/// Quiet time after a change before the outcome is measured, and how long it is.
const PACE: Pace =
    Pace { delay: Duration::from_millis(300), length: Duration::from_millis(600), purpose: Purpose::WhatIf };

impl Workbench {
    /// Looks at these changes of the selected variant; with none, at nothing.
    pub(super) fn look_at(&mut self, changes: Changes) -> Vec<Effect> {
        let Some(of) = self.comparison.selected() else { return Vec::new() };
        if changes.is_empty() {
            self.drop_what_if();
            return Vec::new();
        }
        match changes.apply(&of.template) {
            Ok(template) => {
                let new = New {
                    name: changes.words(),
                    origin: VariantOrigin::Snapshot,
                    key: self.signing_key(of, &template),
                    template: Arc::new(template),
                    token: None,
                };
                let of = of.id;
                let mut outcome = self.comparison.new_variant(new);
                let effect = ask(&mut self.comparison.questions, &mut outcome, self.now);
                // Until the new facts are there, those of the last outcome are nearer than none.
                if let Some(last) = self.comparison.what_if.take().filter(|last| last.of == of) {
                    outcome.facts = last.outcome.facts;
                }
                self.comparison.what_if = Some(WhatIf { of, changes, outcome });
                self.comparison.revision += 1;
                vec![effect]
            }
            Err(problem) => self.complain(problem),
        }
    }

    /// Looks at the same changes again, once the variant itself has changed.
    pub(super) fn look_again(&mut self) -> Vec<Effect> {
        let Some(WhatIf { of, changes, .. }) = &self.comparison.what_if else { return Vec::new() };
        let is_shown = self.comparison.selected().is_some_and(|selected| selected.id == *of);
        let changes = changes.clone();
        self.drop_what_if();
        if is_shown { self.look_at(changes) } else { Vec::new() }
    }

    fn drop_what_if(&mut self) {
        if self.comparison.what_if.take().is_some() {
            self.comparison.revision += 1;
        }
    }

    /// Makes the changes: of the draft as one step of undo, of another variant in the comparison only.
    pub(super) fn apply_what_if(&mut self) -> Vec<Effect> {
        let Some(WhatIf { of, changes, outcome }) = self.comparison.what_if.take() else { return Vec::new() };
        self.comparison.revision += 1;
        let Some(variant) = self.comparison.get_mut(of) else { return Vec::new() };
        if variant.origin == VariantOrigin::Draft {
            return match changes.apply(self.draft.template()) {
                Ok(template) => {
                    let mut effects = self.change_draft(&template);
                    effects.extend(self.follow_draft());
                    effects
                }
                Err(problem) => self.complain(problem),
            };
        }
        variant.origin = VariantOrigin::Snapshot;
        variant.template = outcome.template;
        variant.token = None;
        variant.key = outcome.key;
        self.comparison.changed();
        self.derive_variant(of).into_iter().collect()
    }

    /// Gives the draft other texts and another serialization, in one step of undo.
    fn change_draft(&mut self, template: &TemplateFile) -> Vec<Effect> {
        let mut back = Vec::new();
        for (part, text) in [(Part::Header, &template.header), (Part::Claims, &template.claims)] {
            if let Some(change) = TextChange::between(part, self.draft.text(part), text) {
                self.draft.change_text(&change);
                back.push(Step::Text(change.inverse()));
            }
        }
        let serialization = &mut self.draft.template.serialization;
        if *serialization != template.serialization {
            back.push(Step::Serialization(std::mem::replace(serialization, template.serialization)));
        }
        if back.is_empty() {
            return Vec::new();
        }
        self.draft.history.record(Step::Several(back));
        self.changed()
    }

    /// Adds the outcome as a variant below the one it is of; what was measured of it stays its own.
    pub(super) fn keep_what_if(&mut self) -> Vec<Effect> {
        if self.comparison.variants.len() >= MOST_VARIANTS {
            return self.complain(too_many(1));
        }
        let comparison = &mut self.comparison;
        let Some(WhatIf { of, mut outcome, .. }) = comparison.what_if.take() else { return Vec::new() };
        comparison.baseline = comparison.baseline().map(|variant| variant.id);
        outcome.name = comparison.free_name(&outcome.name, None);
        let (id, at) = (outcome.id, comparison.position(of).map_or(comparison.variants.len(), |at| at + 1));
        comparison.variants.insert(at, outcome);
        comparison.select(id);
        comparison.changed();
        Vec::new()
    }

    /// Measures the outcome beside the variant it is of, once all is quiet. What the user asked for goes first.
    pub(in crate::workbench) fn measure_what_if(&mut self) -> Vec<Effect> {
        let Some((of, outcome)) = self.what_if_pair() else { return Vec::new() };
        let subject = what_if_subject(of, outcome);
        let is_busy = self.bench.waiting().is_some()
            || self.bench.running().is_some_and(|running| running.purpose != Purpose::WhatIf);
        let (Some(original), Some(outcome)) = (contender(of), contender(outcome)) else { return Vec::new() };
        if is_busy || self.bench.looked_at == subject {
            return Vec::new();
        }
        self.bench.what_if = None;
        self.bench.looked_at = subject.clone();
        self.begin_bench(Bench::Variants, vec![original, outcome], 0, subject, PACE)
    }

    /// To be called when all variants are measured, the outcome with them: it need not be measured once more.
    pub(in crate::workbench) fn what_if_is_measured(&mut self) {
        if let Some(subject) = self.what_if_pair().map(|(of, outcome)| what_if_subject(of, outcome)) {
            self.bench.looked_at = subject;
        }
    }

    /// The variant that is asked about and the outcome, once both are known.
    fn what_if_pair(&self) -> Option<(&Variant, &Variant)> {
        let WhatIf { of, outcome, .. } = self.comparison.what_if()?;
        let of = self.comparison.get(*of)?;
        (of.is_settled() && outcome.is_settled()).then_some((of, outcome))
    }
}

fn what_if_subject(of: &Variant, outcome: &Variant) -> BenchSubject {
    BenchSubject {
        variants: vec![(of.id, of.asked), (outcome.id, outcome.asked)],
        baseline: Some(of.id),
        ..BenchSubject::default()
    }
}
