//! How the tokens are written, and what is seldom changed.

use std::num::NonZeroUsize;

use eframe::egui::{RichText, Ui};

use super::set_up;
use super::words::{self, bytes};
use crate::bulk::plan::Form;
use crate::ui::help::Topic;
use crate::ui::number::{Notation, Number, Numbers};
use crate::ui::request::CommandQueue;
use crate::ui::theme::{icon, size, space, tokens};
use crate::ui::widgets::button::{Button, Kind};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::select;
use crate::workbench::Workbench;
use crate::workbench::bulk::setup::{By, MOST_TOKENS, Setup};

/// View state of the card.
#[derive(Default)]
pub(super) struct OutputCard {
    /// Whether threads and what is skipped are on show.
    more: bool,
    numbers: Numbers,
}

impl OutputCard {
    /// Draws the card.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        let setup = workbench.bulk().setup();
        let subtitle = workbench.estimate().map(|estimate| format!("about {}, an estimate", bytes(estimate.bytes)));
        let card = Card::new("Output").explains(&[Topic::Estimate]).subtitle(subtitle.as_deref().unwrap_or_default());
        card.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::S;
            let entries = Form::ALL.map(|form| {
                let (title, meaning) = words::form(form);
                (form, title, meaning)
            });
            if let Some(form) = select::choose_told(ui, "Form", setup.form, &entries, f32::INFINITY) {
                set_up(commands, Setup { form, ..setup.clone() });
            }
            if setup.form.has_url() {
                url(ui, setup, commands);
            }
            let glyph = if self.more { icon::CARET_DOWN } else { icon::CARET_RIGHT };
            let name = if self.more { "Fewer options" } else { "More options" };
            if ui.add(Button::new(Kind::Ghost, name).icon(glyph)).clicked() {
                self.more = !self.more;
            }
            if self.more {
                self.options(ui, workbench, commands);
            }
        });
    }

    fn options(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        let setup = workbench.bulk().setup();
        let cores = workbench.bulk().cores().get();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let threads = Number {
                name: "Threads",
                tip: "Threads that sign; as many as this machine has cores at most",
                range: (1.0, cores as f64),
                unit: if cores == 1 { "thread" } else { "threads" },
                value: setup.threads.get() as f64,
                notation: Notation::Count,
            };
            if let Some(threads) = self.numbers.captioned(ui, threads)
                && let Some(threads) = NonZeroUsize::new(threads as usize)
            {
                set_up(commands, Setup { threads, ..setup.clone() });
            }
            let most = if setup.by == By::Count { setup.count - 1 } else { MOST_TOKENS };
            let from = Number {
                name: "Skip the first",
                tip: "So many tokens, or rows, of the run were minted before: {{counter}} and rows go on behind them",
                range: (0.0, most as f64),
                unit: if setup.by == By::Count { "tokens" } else { "rows" },
                value: setup.from as f64,
                notation: Notation::Count,
            };
            if let Some(from) = self.numbers.captioned(ui, from) {
                set_up(commands, Setup { from: from as u64, ..setup.clone() });
            }
        });
    }
}

fn url(ui: &mut Ui, setup: &Setup, commands: &CommandQueue) {
    let mut url = setup.url.clone();
    let caption = "URL that the tokens are sent to";
    ui.label(RichText::new(caption).size(size::TEXT_SMALL).color(tokens(ui).text.secondary));
    let error = url.trim().is_empty().then_some("Write the address of what is to be tested.");
    if Field::new("URL", &mut url).mono().placeholder("http://localhost:8080/").error(error).show(ui).changed() {
        set_up(commands, Setup { url, ..setup.clone() });
    }
}
