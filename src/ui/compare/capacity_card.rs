//! What the selected variant takes of a budget, and how many more elements of its arrays fit.

use std::sync::Arc;

use eframe::egui::{
    Label, RichText, Ui,
    text::{LayoutJob, TextFormat},
};

use crate::jose::json::{Json, Kind, Value};
use crate::jose::text::{shown, visible};
use crate::measure::budget::Budget;
use crate::measure::capacity::Capacity;
use crate::ui::figures::grouped;
use crate::ui::help::Topic;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{fonts, size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::{budget, message, stacked_bar};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, ViewCommand};
use crate::workbench::compare::variant::VariantFacts;

/// So many arrays are listed.
const MOST_ARRAYS: usize = 24;
/// Arrays within so many objects are found.
const MOST_LEVELS: usize = 4;

/// An array, and how many more of its last element fit.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    /// The names on the way to it.
    name: String,
    /// `None` when it has no element to go by.
    capacity: Option<Capacity>,
}

/// What is drawn, derived once for facts and budget.
struct View {
    facts: Arc<VariantFacts>,
    budget: Budget,
    lines: Vec<Line>,
    /// Arrays that are not listed.
    more: usize,
}

/// See the module.
#[derive(Default)]
pub(super) struct CapacityCard {
    view: Option<View>,
}

impl CapacityCard {
    /// Draws the card.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        workbench: &Workbench,
        facts: Option<&Arc<VariantFacts>>,
        commands: &CommandQueue,
    ) {
        let chosen = workbench.budget();
        let subtitle = match chosen.overhead() {
            0 => format!("in {} bytes", grouped(chosen.limit())),
            overhead => format!("in {} bytes, {overhead} of them besides the token", grouped(chosen.limit())),
        };
        let card = Card::new("How many more fit")
            .explains(&[Topic::Budget, Topic::MoreFit])
            .subtitle(&subtitle)
            .actions(|ui| {
                if let Some(budget) = budget::select_quiet(ui, "Budget to fit", chosen) {
                    commands.push(Command::View(ViewCommand::Budget(budget)));
                }
            });
        card.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::S;
            if let Some(budget) = budget::choose_limit(ui, chosen) {
                commands.push(Command::View(ViewCommand::Budget(budget)));
            }
            let Some(facts) = facts else { return };
            gauge(ui, chosen, facts);
            self.derive(facts, chosen);
            if let Some(view) = &self.view {
                arrays(ui, view);
            }
            ui.add(Label::new(RichText::new(chosen.explanation()).size(size::TEXT_SMALL).color(tokens(ui).text.muted)));
        });
    }

    fn derive(&mut self, facts: &Arc<VariantFacts>, budget: Budget) {
        let kept = self.view.as_ref().is_some_and(|view| Arc::ptr_eq(&view.facts, facts) && view.budget == budget);
        if kept {
            return;
        }
        let mut found = Vec::new();
        if let Some(json) = &facts.claims {
            find(json.root(), "", MOST_LEVELS, &mut found);
        }
        // The longest first, and those without an element last.
        found.sort_by_key(|(_, array)| std::cmp::Reverse(if array.is_empty() { 0 } else { array.raw().len() }));
        let more = found.len().saturating_sub(MOST_ARRAYS);
        let lines = facts.claims.as_ref().map(|json| lines(json, facts, budget, &found)).unwrap_or_default();
        self.view = Some(View { facts: Arc::clone(facts), budget, lines, more });
    }
}

/// The arrays in an object and in the objects within it.
fn find<'a>(object: Value<'a>, way: &str, levels: usize, found: &mut Vec<(String, Value<'a>)>) {
    for member in object.members() {
        let name = visible(&member.name()).into_owned();
        let name = if way.is_empty() { name } else { format!("{way} › {name}") };
        match member.value.kind() {
            Kind::Array => found.push((name, member.value)),
            Kind::Object if levels > 0 => find(member.value, &name, levels - 1, found),
            _ => {}
        }
    }
}

fn lines(json: &Json, facts: &VariantFacts, budget: Budget, found: &[(String, Value<'_>)]) -> Vec<Line> {
    let rest = facts.sizes.token.saturating_sub(facts.sizes.payload);
    let line = |(name, array): &(String, Value<'_>)| Line {
        name: name.clone(),
        capacity: Capacity::of(budget, rest, json, *array),
    };
    found.iter().take(MOST_ARRAYS).map(line).collect()
}

/// The share of the budget as a bar and in words.
fn gauge(ui: &mut Ui, budget: Budget, facts: &VariantFacts) {
    let t = tokens(ui);
    let sizes = &facts.sizes;
    let remaining = budget.remaining(sizes.token);
    let free = usize::try_from(remaining).unwrap_or_default();
    let parts = [
        (budget.overhead(), t.text.muted, format!("Besides the token: {} bytes", budget.overhead())),
        (sizes.header, t.part.header_fill, format!("Header: {} bytes", grouped(sizes.header))),
        (sizes.payload, t.part.payload_fill, format!("Payload: {} bytes", grouped(sizes.payload))),
        (sizes.signature, t.part.signature_fill, format!("Signature: {} bytes", grouped(sizes.signature))),
        (free, t.surface.raised, format!("Free: {} bytes", grouped(free))),
    ];
    stacked_bar::show(ui, "Share of the budget", &parts);
    if remaining < 0 {
        let over = grouped(usize::try_from(remaining.unsigned_abs()).unwrap_or(usize::MAX));
        let words = format!("{}: {over} bytes too many.", budget.describe(sizes.token));
        message::error(ui, &words, "Leave out or shorten claims, or choose a shorter signature.");
        return;
    }
    let words = format!("{}; {} bytes are left.", budget.describe(sizes.token), grouped(free));
    let words = RichText::new(words).size(size::TEXT);
    if budget.share(sizes.token) > 0.85 {
        message::warning(ui, words.text(), "");
    } else {
        ui.add(Label::new(words.color(t.text.primary)).wrap());
    }
}

fn arrays(ui: &mut Ui, view: &View) {
    let t = tokens(ui);
    let quiet = |words: String| RichText::new(words).size(size::TEXT).color(t.text.secondary);
    if view.lines.is_empty() {
        ui.label(quiet("No claim is a list that could grow.".to_owned()));
    }
    for line in &view.lines {
        ui.add(Label::new(sentence(ui, line)).wrap());
    }
    if view.more > 0 {
        ui.label(quiet(format!("{} shorter lists are not shown.", grouped(view.more))));
    }
}

/// `61 more elements like "grp-0042-approvers" in groups`.
fn sentence(ui: &Ui, line: &Line) -> LayoutJob {
    let t = tokens(ui);
    let text = |font, ink| TextFormat::simple(font, ink);
    let plain = || text(fonts::regular(size::TEXT), t.text.primary);
    let mono = || text(fonts::mono(size::MONO), t.text.primary);
    let mut job = LayoutJob::default();
    match &line.capacity {
        None => {
            job.append(&line.name, 0.0, mono());
            let quiet = text(fonts::regular(size::TEXT), t.text.secondary);
            job.append(" is empty: there is no element to go by", 0.0, quiet);
        }
        Some(Capacity { element, more }) => {
            let number = if *more == 0 { "No".to_owned() } else { grouped(*more) };
            job.append(&number, 0.0, text(fonts::semibold(size::TEXT), t.text.primary));
            let words = if *more == 1 { " more element like " } else { " more elements like " };
            job.append(words, 0.0, plain());
            job.append(&shown(element), 0.0, mono());
            job.append(" in ", 0.0, plain());
            job.append(&line.name, 0.0, mono());
        }
    }
    job
}
