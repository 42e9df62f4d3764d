//! The settings: how the program looks, what new drafts begin with, and what it remembers.

mod clock_card;
mod file_card;
mod folders_card;
mod look_cards;
mod new_drafts_card;
mod recent_card;
mod safety_card;

use eframe::egui::{Align, Frame, Label, Layout, Margin, RichText, ScrollArea, Ui, vec2};

use super::request::CommandQueue;
use super::theme::{self, size, space};
use super::widgets::button::{Button, Kind};
use super::widgets::card::Card;
use super::widgets::field::Field;
use super::widgets::{empty, message};
use crate::workbench::Workbench;
use crate::workbench::command::Command;
use crate::workbench::settings::SettingsCommand;
use crate::workbench::settings::group::Group;

/// The cards stand in two columns where each has at least this width, in points.
const COLUMN_LEAST: f32 = 380.0;
/// A column grows no wider than this, in points.
const COLUMN_MOST: f32 = 640.0;
/// Room for the longest caption, in points.
const CAPTION: f32 = 136.0;
/// Width of the search field, in points.
const SEARCH: f32 = 230.0;

/// View state of the page: what is searched for.
#[derive(Default)]
pub struct SettingsPage {
    search: String,
}

/// A card: what it is called, what else it is found by, the group it resets, and what is in it.
struct Section {
    title: &'static str,
    words: &'static str,
    group: Option<Group>,
    body: fn(&mut Ui, &Workbench, &CommandQueue),
}

/// The cards in the order of the tab key; the first [`LEFT`] stand at the left where there are two columns.
const SECTIONS: [Section; 8] = [
    Section::of(
        Group::Appearance,
        "theme system light dark colours zoom scale size motion reduced animation",
        look_cards::appearance,
    ),
    Section::of(Group::Clock, "time hours 24 12 zone utc local format", clock_card::ui),
    Section::of(Group::NewDrafts, "default algorithm lifetime expiry start", new_drafts_card::ui),
    Section::of(Group::Size, "default budget cookie header limit bytes", look_cards::sizes),
    Section::of(Group::Safety, "recovery crash clipboard clear copied secrets keys tokens", safety_card::ui),
    Section { title: "Templates", words: "library folders where files", group: None, body: folders_card::ui },
    Section { title: "Recent files", words: "history forget", group: None, body: recent_card::ui },
    Section {
        title: "Settings file",
        words: "where path reset all defaults hints first start",
        group: None,
        body: file_card::ui,
    },
];

/// Cards at the left.
const LEFT: usize = 4;

impl Section {
    const fn of(group: Group, words: &'static str, body: fn(&mut Ui, &Workbench, &CommandQueue)) -> Self {
        Self { title: group.label(), words, group: Some(group), body }
    }

    /// Whether every word of a search is in its words.
    fn is_found(&self, search: &str) -> bool {
        let words = format!("{} {}", self.title, self.words).to_lowercase();
        search.to_lowercase().split_whitespace().all(|word| words.contains(word))
    }

    fn ui(&self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        let reset = |ui: &mut Ui| {
            if let Some(group) = self.group.filter(|group| !group.is_default(workbench.settings())) {
                let name = format!("Reset {}", self.title.to_lowercase());
                let button = ui.add(Button::new(Kind::Link, "Reset").name(&name));
                if button.on_hover_text("As it was at first").clicked() {
                    commands.push(Command::Settings(SettingsCommand::Reset(group)));
                }
            }
        };
        Card::new(self.title).actions(reset).show(ui, |ui| (self.body)(ui, workbench, commands));
    }
}

impl SettingsPage {
    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            Frame::new().inner_margin(Margin::symmetric(24, 20)).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::M;
                let is_wide = ui.available_width() >= 2.0 * COLUMN_LEAST + space::M;
                let most = if is_wide { 2.0 * COLUMN_MOST + space::M } else { COLUMN_MOST };
                ui.set_max_width(ui.available_width().min(most));
                self.heading(ui);
                if let Some(problem) = &workbench.settings_keeping().problem {
                    not_kept(ui, &problem.message, &problem.help, commands);
                }
                self.cards(ui, is_wide, workbench, commands);
            });
        });
    }

    fn heading(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.label(RichText::new("Settings").font(theme::fonts::semibold(size::TEXT_TITLE)));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                Field::new("Search settings", &mut self.search).placeholder("Search settings").width(SEARCH).show(ui);
            });
        });
    }

    fn cards(&self, ui: &mut Ui, is_wide: bool, workbench: &Workbench, commands: &CommandQueue) {
        let found: Vec<_> = SECTIONS.iter().filter(|section| section.is_found(&self.search)).collect();
        let draw = |ui: &mut Ui, sections: &[&Section]| {
            // The columns of egui spread what is in them over their width.
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = space::M;
                sections.iter().for_each(|section| section.ui(ui, workbench, commands));
            });
        };
        match found.as_slice() {
            [] => empty::titled(ui, "No setting has these words", "Clear the search to see all of them."),
            few if !is_wide || few.len() < SECTIONS.len() => {
                ui.set_max_width(ui.available_width().min(COLUMN_MOST));
                draw(ui, few);
            }
            all => {
                let (left, right) = all.split_at(LEFT);
                ui.spacing_mut().item_spacing.x = space::M;
                ui.columns_const(|[first, second]| {
                    draw(first, left);
                    draw(second, right);
                });
            }
        }
    }
}

/// What was chosen is not in the file.
fn not_kept(ui: &mut Ui, words: &str, help: &str, commands: &CommandQueue) {
    Card::new("Not saved").show(ui, |ui| {
        message::error(ui, words, help);
        if ui.add(Button::new(Kind::Normal, "Try again").name("Save the settings again")).clicked() {
            commands.push(Command::Settings(SettingsCommand::SaveAgain));
        }
    });
}

/// A caption and what it is about.
fn row(ui: &mut Ui, caption: &str, content: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        let left = ui.cursor().left();
        ui.label(RichText::new(caption).color(theme::tokens(ui).text.secondary));
        ui.add_space((left + CAPTION - ui.cursor().left()).max(0.0));
        content(ui);
    });
}

/// A remark below what it explains.
fn muted(ui: &mut Ui, words: &str) {
    ui.add(Label::new(RichText::new(words).size(size::TEXT_SMALL).color(theme::tokens(ui).text.muted)).wrap());
}

/// A line of a list: `words`, cut where they are too long, and `width` points of controls at the right.
fn line(ui: &mut Ui, words: &str, width: f32, controls: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        let wide = vec2((ui.available_width() - width).max(0.0), size::BUTTON);
        ui.allocate_ui_with_layout(wide, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(wide);
            ui.add(Label::new(RichText::new(words).font(theme::fonts::mono(size::MONO))).truncate());
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            controls(ui);
        });
    });
}
