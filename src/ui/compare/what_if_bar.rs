//! "What if": the changes that are looked at, what they come to, and what can be done with them.

use std::sync::Arc;

use eframe::egui::{RichText, Ui};

use crate::jose::error::Problem;
use crate::jose::json::Serialization;
use crate::jose::jwa::Algorithm;
use crate::measure::histogram::format_ns;
use crate::ui::figures::difference;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::chip::Chip;
use crate::ui::widgets::{button, message, select};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, CompareCommand};
use crate::workbench::compare::variant::{Variant, VariantFacts};
use crate::workbench::compare::what_if::{Changes, WhatIf};

/// The changes of `variant` that are looked at; none when those looked at are of another one.
pub(super) fn what_if<'a>(workbench: &'a Workbench, variant: &Variant) -> Option<&'a WhatIf> {
    workbench.comparison().what_if().filter(|what_if| what_if.of == variant.id && !what_if.changes.is_empty())
}

/// What the controls ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Look at these changes.
    Changes(Changes),
    /// Keep what would come of them as a variant.
    Keep,
}

/// Asks for other changes of the selected variant.
///
/// # Errors
/// When they cannot be made: nothing is asked for then.
pub(super) fn push(commands: &CommandQueue, variant: &Variant, changes: Changes) -> Result<(), Problem> {
    changes.apply(&variant.template)?;
    commands.push(Command::Compare(CompareCommand::WhatIf(changes)));
    Ok(())
}

/// What the card's header shows of the changes: the difference they make, and the button that makes them.
pub(super) fn header(ui: &mut Ui, workbench: &Workbench, variant: &Variant, commands: &CommandQueue) {
    let Some(what_if) = what_if(workbench, variant) else { return };
    let outcome = what_if.outcome.facts.as_ref().ok();
    if let (Some(outcome), Ok(facts)) = (outcome, &variant.facts) {
        let (before, after) = (facts.sizes.token, outcome.sizes.token);
        let words = format!("{} if applied", difference(before, after));
        let chip = match after.cmp(&before) {
            std::cmp::Ordering::Less => Chip::ok(&words),
            std::cmp::Ordering::Equal => Chip::neutral(&words),
            std::cmp::Ordering::Greater => Chip::warning(&words),
        };
        chip.show(ui);
    }
    ui.add_enabled_ui(outcome.is_some(), |ui| {
        let apply = button::normal(ui, "Apply").on_hover_text(format!("Make these changes in {}", variant.name));
        if apply.clicked() {
            commands.push(Command::Compare(CompareCommand::ApplyWhatIf));
        }
    });
}

/// The controls, and what stands in the way of the changes.
pub(super) fn ui(
    ui: &mut Ui,
    workbench: &Workbench,
    variant: &Variant,
    facts: &VariantFacts,
    refused: Option<&Problem>,
) -> Option<Asked> {
    let what_if = what_if(workbench, variant);
    let none = Changes::default();
    let changes = what_if.map_or(&none, |what_if| &what_if.changes);
    let mut asked = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        caption(ui, "What if");
        if let Some(algorithm) = algorithm(ui, facts, changes) {
            asked = Some(Asked::Changes(Changes { algorithm, ..changes.clone() }));
        }
        if let Some(serialization) = serialization(ui, variant, changes) {
            asked = Some(Asked::Changes(Changes { serialization, ..changes.clone() }));
        }
        if what_if.is_some() {
            if button::ghost(ui, "Add as variant")
                .on_hover_text("Keep both: what is, and what would come of it")
                .clicked()
            {
                asked = Some(Asked::Keep);
            }
            if button::ghost(ui, "Reset").on_hover_text("Forget these changes").clicked() {
                asked = Some(Asked::Changes(Changes::default()));
            }
        }
    });
    if let Some(problem) = refused {
        message::error(ui, &problem.message, &problem.help);
    }
    match what_if.map(|what_if| (&what_if.outcome, &what_if.outcome.facts)) {
        Some((_, Err(problem))) if problem.code != "pending" => {
            message::error(ui, &problem.message, &problem.help);
        }
        Some((outcome, Ok(after))) => caption(ui, &comes_to(workbench, variant, facts, outcome, after)),
        Some(_) => caption(ui, "Counting…"),
        None => caption(ui, "Untick or rename claims to see what that saves."),
    }
    asked
}

fn caption(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).size(size::TEXT).color(tokens(ui).text.secondary));
}

fn algorithm(ui: &mut Ui, facts: &VariantFacts, changes: &Changes) -> Option<Option<Algorithm>> {
    let as_is = format!("{}, as is", facts.algorithm_name);
    let mut entries = vec![(None, as_is.as_str(), "")];
    let others = Algorithm::ALL.into_iter().filter(|algorithm| Some(*algorithm) != facts.algorithm);
    entries.extend(others.map(|algorithm| (Some(algorithm), algorithm.name(), algorithm.summary())));
    select::choose(ui, "What if the algorithm were", changes.algorithm, &entries, 128.0)
}

fn serialization(ui: &mut Ui, variant: &Variant, changes: &Changes) -> Option<Option<Serialization>> {
    let now = variant.template.serialization;
    let as_is = format!("{}, as is", now.label());
    let mut entries = vec![(None, as_is.as_str(), "")];
    let others = Serialization::ALL.into_iter().filter(|serialization| *serialization != now);
    entries.extend(others.map(|serialization| (Some(serialization), serialization.label(), "")));
    select::choose(ui, "What if it were written", changes.serialization, &entries, 136.0)
}

/// `Token 1,824 → 805 bytes, 46 % → 21 % of a 4,096-byte cookie, sign 88.4 µs → 19.8 µs`.
fn comes_to(
    workbench: &Workbench,
    variant: &Variant,
    facts: &VariantFacts,
    outcome: &Variant,
    after: &Arc<VariantFacts>,
) -> String {
    let grouped = crate::ui::figures::grouped;
    let (token, budget) = ([facts.sizes.token, after.sizes.token], workbench.budget());
    let [before, left] = token.map(|token| budget.percent(token));
    let words = format!("Token {} → {} bytes", grouped(token[0]), grouped(token[1]));
    let mut words = format!("{words}, {before:.0} % → {left:.0} % of {}", budget.phrase());
    let times = [(variant, facts.sizes.token), (outcome, after.sizes.token)]
        .map(|(variant, token)| sign_p50(workbench, variant, token));
    if let [Some(before), Some(after)] = times {
        words.push_str(&format!(", sign {} → {}", format_ns(before), format_ns(after)));
    }
    words
}

/// The median time of signing a variant, if it was measured as it is.
fn sign_p50(workbench: &Workbench, variant: &Variant, token: usize) -> Option<u64> {
    let row = workbench.row_of(variant.id).filter(|row| row.bytes.token == token)?;
    row.times.sign.as_ref().map(|sign| sign.p50)
}
