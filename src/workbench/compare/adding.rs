//! Adding variants: the draft, copies, pasted tokens.

use std::path::Path;
use std::sync::Arc;

use super::derive::VariantInputs;
use super::minimal::minimal;
use super::variant::{Variant, VariantId, VariantOrigin};
use super::{MOST_VARIANTS, Questions};
use crate::jose::compact::Decoded;
use crate::jose::error::Problem;
use crate::jose::json::{Json, Value};
use crate::jose::jwa::Algorithm;
use crate::jose::key::Key;
use crate::jose::unwrap::{self, Bare};
use crate::jose::verify::check_signature;
use crate::template::file::TemplateFile;
use crate::workbench::Workbench;
use crate::workbench::effect::Effect;
use crate::workbench::facts;
use crate::workbench::inspect_commands::token_draft;
use crate::workbench::page::Page;
use crate::workbench::reading::choose;

/// A variant on its way into the comparison.
#[derive(Debug)]
pub(in crate::workbench) struct New {
    pub(in crate::workbench) name: String,
    pub(in crate::workbench) origin: VariantOrigin,
    pub(in crate::workbench) template: Arc<TemplateFile>,
    pub(in crate::workbench) token: Option<Arc<str>>,
    pub(in crate::workbench) key: Option<Arc<Key>>,
}

impl Workbench {
    /// Adds the draft; when it is there already, shows it.
    pub(super) fn add_draft(&mut self) -> Vec<Effect> {
        if let Some(id) = self.comparison.draft().map(|variant| variant.id) {
            self.comparison.select(id);
            return self.follow_draft();
        }
        let new = self.draft_as(self.draft_name(None), VariantOrigin::Draft);
        self.add_and_show(new, None)
    }

    pub(super) fn add_snapshot(&mut self) -> Vec<Effect> {
        let mut effects = self.ready_to_add();
        let new = self.draft_as(format!("{} (copy)", self.plain_draft_name()), VariantOrigin::Snapshot);
        effects.extend(self.add_and_show(new, None));
        effects
    }

    /// The draft is there, so that there is something to compare with; and what is added can be seen.
    pub(super) fn ready_to_add(&mut self) -> Vec<Effect> {
        if !matches!(self.settings.page, Page::Compare | Page::Timing) {
            self.settings.page = Page::Compare;
        }
        self.refresh_draft_variant()
    }

    /// What the draft's variant is called: as the draft, and "(draft)" behind it when another variant than `own` is
    /// called so.
    pub(super) fn draft_name(&self, own: Option<VariantId>) -> String {
        let name = self.plain_draft_name();
        if self.comparison.free_name(&name, own) == name {
            return name;
        }
        self.comparison.free_name(&format!("{name} (draft)"), own)
    }

    /// What the draft is called, whatever variants there are.
    pub(in crate::workbench) fn plain_draft_name(&self) -> String {
        let name = self.draft.template().name.trim();
        match self.draft.path() {
            Some(path) if name.is_empty() => stem(path),
            None if name.is_empty() => self.draft.title(),
            _ => name.to_owned(),
        }
    }

    fn draft_as(&self, name: String, origin: VariantOrigin) -> New {
        let template = Arc::new(self.draft.template().clone());
        New { name, origin, key: self.key_for(&template), template, token: None }
    }

    pub(super) fn duplicate(&mut self, id: VariantId) -> Vec<Effect> {
        let Some(at) = self.comparison.position(id) else { return Vec::new() };
        let Some(Variant { name, origin, template, token, key, .. }) = self.comparison.get(id).cloned() else {
            return Vec::new();
        };
        let origin = if origin == VariantOrigin::Draft { VariantOrigin::Snapshot } else { origin };
        self.add_and_show(New { name, origin, template, token, key }, Some(at + 1))
    }

    /// Adds every token in a text; says what could not be added.
    pub(super) fn add_tokens(&mut self, text: &str) -> Vec<Effect> {
        let tokens = unwrap::tokens(text);
        if tokens.is_empty() {
            let problem = Problem::new("no-token", "There is no token in this text.");
            return self.complain(problem.help("Paste one or more tokens, each three parts with dots between."));
        }
        let mut new = Vec::new();
        let mut refused = None;
        for token in &tokens {
            let decoded = token.decode();
            match self.pasted(token, &decoded, "Pasted token") {
                Ok(variant) => new.push(variant),
                Err(problem) => refused = refused.or(Some(problem)),
            }
        }
        if let Some(problem) = refused {
            let left_out = tokens.len() - new.len();
            let message = match (tokens.len(), left_out) {
                (1, _) => problem.message,
                (all, left_out) => format!("{left_out} of {all} tokens were left out: {}", problem.message),
            };
            self.complain(Problem { message, ..problem });
        }
        if new.is_empty() {
            return Vec::new();
        }
        let mut effects = self.ready_to_add();
        effects.extend(self.add_all(new));
        effects
    }

    /// Adds the token on the Inspect page, with the key that verified it.
    pub(super) fn add_inspected(&mut self) -> Vec<Effect> {
        let reading = self.inspection.reading().filter(|reading| reading.unwrapped.instead.is_none()).cloned();
        let Some(reading) = reading else {
            let problem = Problem::new("no-token", "There is no token on the Inspect page.");
            return self.complain(problem.help("Paste one there, or add a pasted token here."));
        };
        match self.pasted(&reading.token, &reading.decoded, "Inspected token") {
            Ok(new) => {
                let used = reading.used.as_ref().filter(|_| reading.signature.matches());
                let key = used.map(|used| Arc::clone(&used.key)).or(new.key);
                let mut effects = self.ready_to_add();
                effects.extend(self.add_and_show(New { key, ..new }, None));
                effects
            }
            Err(problem) => self.complain(problem),
        }
    }

    /// Adds one token beside the draft, with the key at hand that made its signature.
    pub(in crate::workbench) fn add_token(&mut self, text: String, name: &str) -> Vec<Effect> {
        let token = Bare { text, unprotected: None };
        match self.pasted(&token, &token.decode(), name) {
            Ok(new) => {
                let mut effects = self.ready_to_add();
                effects.extend(self.add_and_show(new, None));
                effects
            }
            Err(problem) => self.complain(problem),
        }
    }

    /// A variant of a token as it was pasted, with the key at hand that made its signature.
    pub(in crate::workbench) fn pasted(&self, token: &Bare, decoded: &Decoded, name: &str) -> Result<New, Problem> {
        let mut template = token_draft(decoded, &token.text)?;
        name.clone_into(&mut template.name);
        Ok(New {
            name: name.to_owned(),
            origin: VariantOrigin::Token,
            template: Arc::new(template),
            token: Some(Arc::from(token.text.as_str())),
            key: self.verifying_key(token, decoded),
        })
    }

    fn verifying_key(&self, token: &Bare, decoded: &Decoded) -> Option<Arc<Key>> {
        let name = decoded.parameter("alg").and_then(Value::as_str)?;
        let algorithm = Algorithm::for_verifying(&name).ok()?;
        let mut candidates = self.all_candidates();
        candidates.retain(|candidate| candidate.key.kind().fits(algorithm));
        let check = |key: Option<&Key>| check_signature(&token.text, decoded, key, &[]);
        let (used, signature) = choose(candidates, decoded, check);
        used.filter(|_| signature.matches()).map(|used| used.key)
    }

    /// Adds a variant of the selected one that has these claims only.
    pub(super) fn minimise(&mut self, names: &[String]) -> Vec<Effect> {
        let Some(of) = self.comparison.selected() else { return Vec::new() };
        match minimal(&of.template, names) {
            Ok((template, kept)) => {
                let kept = if kept.is_empty() { "no claims".to_owned() } else { kept.join(", ") };
                let key = self.signing_key(of, &template);
                let new = New {
                    name: format!("Minimal: {kept}"),
                    origin: VariantOrigin::Snapshot,
                    template: Arc::new(template),
                    token: None,
                    key,
                };
                self.add_and_show(new, None)
            }
            Err(problem) => self.complain(problem),
        }
    }

    /// The key that a template made of a variant is signed with: its own where that can sign, else the one at hand.
    pub(in crate::workbench) fn signing_key(&self, of: &Variant, template: &TemplateFile) -> Option<Arc<Key>> {
        let algorithm = algorithm_of(template)?;
        let own = of.key.as_ref().filter(|key| key.kind().fits(algorithm) && key.is_private());
        own.cloned().or_else(|| self.key_for(template))
    }

    /// The key at hand for the algorithm of a template.
    pub(in crate::workbench) fn key_for(&self, template: &TemplateFile) -> Option<Arc<Key>> {
        self.keys.for_algorithm(algorithm_of(template)?).and_then(Result::ok)
    }

    /// Adds several; the first of them is shown. What is too many is left out, and that is said.
    pub(in crate::workbench) fn add_all(&mut self, new: Vec<New>) -> Vec<Effect> {
        let free = MOST_VARIANTS.saturating_sub(self.comparison.variants.len());
        let left_out = new.len().saturating_sub(free);
        let mut effects = Vec::new();
        let mut first = None;
        for new in new.into_iter().take(free) {
            let (id, effect) = self.insert_variant(new, None);
            first = first.or(Some(id));
            effects.push(effect);
        }
        if let Some(first) = first {
            self.comparison.select(first);
        }
        if left_out > 0 {
            self.complain(too_many(left_out));
        }
        effects
    }

    /// Adds one at a place, or at the end, and shows its costs.
    pub(in crate::workbench) fn add_and_show(&mut self, new: New, at: Option<usize>) -> Vec<Effect> {
        if self.comparison.variants.len() >= MOST_VARIANTS {
            return self.complain(too_many(1));
        }
        let (id, effect) = self.insert_variant(new, at);
        self.comparison.select(id);
        vec![effect]
    }

    fn insert_variant(&mut self, new: New, at: Option<usize>) -> (VariantId, Effect) {
        // Without a choice the first one is the baseline; it stays the baseline whatever comes before it.
        self.comparison.baseline = self.comparison.baseline().map(|variant| variant.id);
        if self.comparison.variants.is_empty() {
            self.comparison.questions.instant = None;
        }
        let mut variant = self.comparison.new_variant(new);
        let (id, effect) = (variant.id, ask(&mut self.comparison.questions, &mut variant, self.now));
        let at = at.unwrap_or(usize::MAX).min(self.comparison.variants.len());
        self.comparison.variants.insert(at, variant);
        self.comparison.changed();
        (id, effect)
    }

    /// Asks for the facts of a variant anew.
    pub(in crate::workbench) fn derive_variant(&mut self, id: VariantId) -> Option<Effect> {
        let now = self.now;
        let comparison = &mut self.comparison;
        let outcome = comparison.what_if.as_mut().map(|what_if| &mut what_if.outcome);
        let variant = comparison.variants.iter_mut().chain(outcome).find(|variant| variant.id == id)?;
        Some(ask(&mut comparison.questions, variant, now))
    }
}

/// Asks for the facts of a variant; answers to earlier questions do not count from now on.
pub(super) fn ask(questions: &mut Questions, variant: &mut Variant, now: i64) -> Effect {
    questions.count += 1;
    variant.asked = questions.count;
    Effect::DeriveVariant(Box::new(VariantInputs {
        id: variant.id,
        revision: variant.asked,
        template: Arc::clone(&variant.template),
        token: variant.token.clone(),
        key: variant.key.clone(),
        now: *questions.instant.get_or_insert(now),
    }))
}

/// The name of a file without its folder and endings.
pub(super) fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let stem = name.strip_suffix(".jwt.json").or_else(|| name.rsplit_once('.').map(|(stem, _)| stem));
    stem.filter(|stem| !stem.is_empty()).unwrap_or(&name).to_owned()
}

fn algorithm_of(template: &TemplateFile) -> Option<Algorithm> {
    Json::parse(&template.header).and_then(|json| facts::algorithm_of(&json)).ok()
}

pub(super) fn too_many(left_out: usize) -> Problem {
    let what = if left_out == 1 { "one was".to_owned() } else { format!("{left_out} were") };
    Problem::new("comparison-full", format!("A comparison holds up to {MOST_VARIANTS} variants; {what} left out."))
        .help("Remove some first.")
}
