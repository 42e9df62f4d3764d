//! How many tokens: a count, or the rows of a file.

use std::path::Path;

use eframe::egui::{Label, RichText, Ui, vec2};

use super::words::{counted, file_name};
use super::{push, set_up};
use crate::bulk::plan::Faulty;
use crate::bulk::preview::Preview;
use crate::jose::text::{grouped, shown, visible_path};
use crate::ui::number::{Notation, Number, Numbers};
use crate::ui::request::CommandQueue;
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::{button, message, segmented};
use crate::workbench::Workbench;
use crate::workbench::bulk::BulkCommand;
use crate::workbench::bulk::setup::{By, MOST_TOKENS, Setup, reject_file};

/// Counts to take with one click.
const COUNTS: [u64; 4] = [100, 1_000, 10_000, 1_000_000];
/// Width of the field for another one.
const FIELD: f32 = 150.0;
/// Names that are listed; the others are counted.
const LISTED: usize = 12;

/// View state of the card.
#[derive(Default)]
pub(super) struct SupplyCard {
    numbers: Numbers,
}

impl SupplyCard {
    /// Draws the card.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        match workbench.bulk().setup().by {
            By::Count => self.count(ui, workbench, commands),
            By::Rows => rows(ui, workbench, commands),
        }
    }

    fn count(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        let setup = workbench.bulk().setup();
        let subtitle = format!("1 to {}", grouped(MOST_TOKENS));
        Card::new("How many").subtitle(&subtitle).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(space::S, space::S);
                let number = Number {
                    name: "Tokens",
                    tip: "How many tokens are minted",
                    range: (1.0, MOST_TOKENS as f64),
                    unit: "tokens",
                    value: setup.count as f64,
                    notation: Notation::Count,
                };
                let typed = self.numbers.live(ui, number, FIELD).map(|count| count as u64);
                let choices = COUNTS.map(|count| (count, grouped(count)));
                let taken = segmented::choose(ui, "Number of tokens", Some(&setup.count), &choices);
                if let Some(count) = taken.or(typed) {
                    set_up(commands, Setup { count, ..setup.clone() });
                }
            });
        });
    }
}

fn rows(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let setup = workbench.bulk().setup();
    let preview = workbench.bulk().preview();
    let total = preview.and_then(|preview| preview.as_ref().ok()?.total);
    let subtitle = total.map(|total| counted(total, "row", "rows")).unwrap_or_default();
    let card = Card::new("Rows").subtitle(&subtitle).actions(|ui| {
        if button::normal(ui, "Choose file…").clicked() {
            push(commands, BulkCommand::PickRows);
        }
        if setup.rows.is_some()
            && button::normal(ui, "Read again").on_hover_text("After a change of the file").clicked()
        {
            push(commands, BulkCommand::ReadAgain);
        }
    });
    card.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        let t = tokens(ui);
        let Some(path) = &setup.rows else {
            let words = "One token for each row of a CSV file with a line of names, or of an NDJSON file. Its columns are \
                         variables: {{email}} takes the value of the column email. Choose a file, or drop it here.";
            ui.add(Label::new(RichText::new(words).color(t.text.secondary)).wrap());
            return;
        };
        let name = RichText::new(file_name(path)).color(t.text.primary);
        ui.add(Label::new(name).truncate()).on_hover_text(visible_path(path));
        match preview {
            Some(Ok(preview)) => columns(ui, preview, workbench.bulk().unused_columns()),
            // Why there is none is told with the preview.
            Some(Err(_)) => {}
            None if workbench.bulk().is_previewing() => quiet(ui, "Reading…"),
            None => {}
        }
        faulty(ui, setup, path, commands);
    });
}

/// The columns, and how they fit the draft.
fn columns(ui: &mut Ui, preview: &Preview, unused: &[String]) {
    quiet(ui, &format!("Columns: {}", listed(&preview.columns)));
    if !preview.unfilled.is_empty() {
        let one = preview.unfilled.len() == 1;
        let text = format!("No column fills {}", listed(&preview.unfilled));
        let help = if one {
            "Add such a column, or give the variable a value in Craft."
        } else {
            "Add such columns, or give the variables values in Craft."
        };
        message::error(ui, &text, help);
    }
    if !unused.is_empty() {
        let all = unused.len() == preview.columns.len();
        let text =
            if all { "No placeholder uses a column".to_owned() } else { format!("Not used: {}", listed(unused)) };
        message::warning(ui, &text, "Write {{name}} into a claim to use the column of that name.");
    }
}

/// Names in a row, the first ones of many.
fn listed(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(LISTED).map(|name| shown(name)).collect();
    let more = names.len().saturating_sub(LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

fn faulty(ui: &mut Ui, setup: &Setup, rows: &Path, commands: &CommandQueue) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.label(RichText::new("Faulty rows").color(tokens(ui).text.secondary));
        let choices = [(Faulty::Stop, "End the run".to_owned()), (Faulty::Skip, "Leave out".to_owned())];
        if let Some(faulty) = segmented::choose(ui, "Faulty rows", Some(&setup.faulty), &choices) {
            set_up(commands, Setup { faulty, ..setup.clone() });
        }
    });
    match setup.faulty {
        Faulty::Stop => quiet(ui, "The first one ends the run; the tokens before it stay."),
        Faulty::Skip => {
            let beside = reject_file(Path::new("NAME"), rows);
            quiet(ui, &format!("They are written to {} beside the output.", beside.display()));
        }
    }
}

fn quiet(ui: &mut Ui, words: &str) {
    let text = RichText::new(words).size(size::TEXT_SMALL).color(tokens(ui).text.muted);
    ui.add(Label::new(text).wrap());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_are_counted() {
        let names: Vec<String> = (1..=14).map(|number| format!("c{number}")).collect();
        assert_eq!(listed(&names[..2]), "c1, c2");
        assert!(listed(&names).ends_with("c12 and 2 more"), "{}", listed(&names));
    }
}
