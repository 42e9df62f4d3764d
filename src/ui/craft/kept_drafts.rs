//! The bar above the page that offers drafts which earlier windows left behind.

use eframe::egui::{Align, Frame, Label, Layout, Margin, Panel, RichText, Sense, Ui, vec2};

use crate::jose::elapsed::relative;
use crate::jose::text::{visible, visible_path};
use crate::ui::request::CommandQueue;
use crate::ui::theme::{self, fonts, icon, size, space};
use crate::ui::widgets::button::{self, Button, Kind};
use crate::ui::widgets::sign::sign;
use crate::workbench::Workbench;
use crate::workbench::command::Command;
use crate::workbench::kept_draft::KeptDraft;
use crate::workbench::recovery::{DraftId, LeftDraft, RecoveryCommand};

/// Drafts shown at once; the others follow when these are decided.
const MOST_ROWS: usize = 3;
/// Lines of the claims that are shown of a draft,
const LINES: usize = 6;
/// and letters of a line.
const LETTERS: usize = 160;
/// Room for the three buttons of a row, in points.
const CONTROLS: f32 = 200.0;

/// View state of the bar.
#[derive(Default)]
pub(super) struct KeptDrafts {
    /// The draft whose first lines are shown.
    shown: Option<DraftId>,
}

impl KeptDrafts {
    /// Draws the bar, when there is something to offer.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, now: i64, commands: &CommandQueue) {
        let offers = workbench.recovery().offers();
        if offers.is_empty() {
            return;
        }
        let fill = theme::tokens(ui).surface.panel;
        let frame = Frame::new().fill(fill).inner_margin(Margin::symmetric(16, 8));
        Panel::top("kept-drafts").resizable(false).frame(frame).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            for offer in offers.iter().take(MOST_ROWS) {
                self.row(ui, offer, now, commands);
            }
            if let Some(more @ 1..) = offers.len().checked_sub(MOST_ROWS) {
                ui.label(RichText::new(format!("and {more} more")).color(theme::tokens(ui).text.secondary));
            }
        });
    }

    fn row(&mut self, ui: &mut Ui, LeftDraft { id, draft }: &LeftDraft, now: i64, commands: &CommandQueue) {
        let title = visible(&draft.title()).into_owned();
        let words = format!("A draft was not saved: {title}, {}", relative(draft.at.saturating_sub(now).min(0)));
        ui.horizontal(|ui| {
            let accent = theme::tokens(ui).accent.main;
            sign(ui, icon::INFO, accent);
            let wide = vec2((ui.available_width() - CONTROLS).max(0.0), size::BUTTON);
            ui.allocate_ui_with_layout(wide, Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_size(wide);
                ui.add(Label::new(words).truncate().sense(Sense::hover()));
            });
            self.controls(ui, *id, &title, commands);
        });
        if self.shown == Some(*id) {
            ui.indent(id, |ui| first_lines(ui, draft));
        }
    }

    fn controls(&mut self, ui: &mut Ui, id: DraftId, title: &str, commands: &CommandQueue) {
        let recover = |command| commands.push(Command::Recovery(command));
        if ui.add(Button::new(Kind::Normal, "Open").name(&format!("Open the draft {title}"))).clicked() {
            recover(RecoveryCommand::Open(id));
        }
        let is_shown = self.shown == Some(id);
        let verb = if is_shown { "Hide" } else { "Show" };
        let narrower = button::width(ui, "Show") - button::width(ui, verb);
        if ui.add(Button::new(Kind::Ghost, verb).name(&format!("{verb} the draft {title}"))).clicked() {
            self.shown = (!is_shown).then_some(id);
        }
        // The buttons of all rows stand below each other.
        ui.add_space(narrower.max(0.0));
        if ui.add(Button::new(Kind::Ghost, "Discard").name(&format!("Discard the draft {title}"))).clicked() {
            recover(RecoveryCommand::Discard(id));
        }
    }
}

/// Where it belongs, and the first lines of its claims.
fn first_lines(ui: &mut Ui, draft: &KeptDraft) {
    let secondary = theme::tokens(ui).text.secondary;
    if let Some(origin) = &draft.origin {
        let words = format!("Of {}", visible_path(&origin.path));
        ui.add(Label::new(RichText::new(words).size(size::TEXT_SMALL).color(secondary)).truncate());
    }
    let mut lines = draft.template.claims.lines();
    for line in lines.by_ref().take(LINES) {
        let line: String = line.chars().take(LETTERS).collect();
        ui.add(Label::new(RichText::new(visible(&line)).font(fonts::mono(size::MONO))).truncate());
    }
    if lines.next().is_some() {
        ui.label(RichText::new("…").color(secondary));
    }
}
