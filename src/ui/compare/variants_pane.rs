//! The card of the variants: the table, what can be done with all of them, and the rule behind the verdict.

use eframe::egui::{Frame, Label, Margin, ProgressBar, Rect, RichText, Stroke, Ui, vec2};

use super::column::Column;
use super::figure;
use super::lines::Lines;
use super::table::Table;
use crate::jose::text::visible;
use crate::ui::action::Action;
use crate::ui::help::Topic;
use crate::ui::request::{CommandQueue, Request};
use crate::ui::theme::{fonts, size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::{button, menu, message};
use crate::workbench::Workbench;
use crate::workbench::bench::Bench;
use crate::workbench::effect::ExportForm;
use crate::workbench::timing::Progress;

/// Room for the title of the card and what is said below the table, in points.
const AROUND: f32 = size::CARD_HEADER + 34.0;
/// Below this width there is no room for the bar beside the time that is left, in points.
const NARROW: f32 = 900.0;

/// View state of the card.
#[derive(Default)]
pub(super) struct VariantsPane {
    lines: Lines,
    table: Table,
    /// Where the card was in the last frame.
    rect: Option<Rect>,
}

impl VariantsPane {
    /// Draws the card, at most `height` points high.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, height: f32, commands: &CommandQueue) {
        self.lines.refresh(workbench);
        let comparison = workbench.comparison();
        let baseline = comparison.baseline().map(|variant| visible(&variant.name)).unwrap_or_default();
        let subtitle = format!("{}, baseline: {baseline}", figure::grouped(comparison.variants().len() as u64));
        let (on_show, picture) = (self.table.on_show(), self.rect);
        let mut wish = None;
        let card = Card::new("Variants")
            .explains(&[
                Topic::TokenBytes,
                Topic::Parts,
                Topic::Difference,
                Topic::Budget,
                Topic::SignTime,
                Topic::VerifyTime,
                Topic::Percentiles,
                Topic::Weight,
            ])
            .subtitle(&subtitle)
            .flush()
            .actions(|ui| {
                add(ui, workbench, commands);
                wish = columns(ui, &on_show, workbench);
                act(ui, workbench, Action::Minimise, "Minimise", commands);
                export(ui, workbench, picture, commands);
                measuring(ui, workbench, commands);
            });
        let shown = card.show(ui, |ui| {
            self.table.ui(ui, &self.lines, workbench, height - AROUND, commands);
            details(ui, &self.lines, workbench);
        });
        self.rect = Some(shown.response.rect);
        match wish {
            // The others stay as they are; what has no room any more is reached by scrolling sideways.
            Some(ColumnWish::Show(column, shown)) => {
                on_show.iter().for_each(|kept| self.table.choice.choose(*kept, true));
                self.table.choice.choose(column, shown);
            }
            Some(ColumnWish::Fit) => self.table.choice.reset(),
            None => {}
        }
    }
}

/// What the user asks of the columns.
#[derive(Clone, Copy)]
enum ColumnWish {
    Show(Column, bool),
    Fit,
}

fn act(ui: &mut Ui, workbench: &Workbench, action: Action, words: &str, commands: &CommandQueue) {
    ui.add_enabled_ui(action.is_enabled(workbench), |ui| {
        if button::normal(ui, words).on_hover_text(action.label()).clicked() {
            commands.push(action);
        }
    });
}

fn entry(ui: &mut Ui, workbench: &Workbench, action: Action, words: &str, commands: &CommandQueue) {
    let keys = action.shortcut().map(|shortcut| ui.ctx().format_shortcut(&shortcut)).unwrap_or_default();
    ui.add_enabled_ui(action.is_enabled(workbench), |ui| {
        if menu::entry(ui, words, &keys, false).clicked() {
            commands.push(action);
        }
    });
}

fn add(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    button::menu(ui, "Add", "Add a variant", |ui| {
        entry(ui, workbench, Action::AddDraft, "Current draft", commands);
        entry(ui, workbench, Action::AddSnapshot, "Snapshot of the draft", commands);
        entry(ui, workbench, Action::AddFiles, "Files…", commands);
        entry(ui, workbench, Action::PasteTokens, "Paste tokens…", commands);
        entry(ui, workbench, Action::AddInspected, "The inspected token", commands);
    });
}

fn export(ui: &mut Ui, workbench: &Workbench, picture: Option<Rect>, commands: &CommandQueue) {
    button::menu(ui, "Export", "Export the comparison", |ui| {
        for form in [ExportForm::Csv, ExportForm::Json, ExportForm::Markdown] {
            entry(ui, workbench, Action::ExportTable(form), &format!("{}…", form.label()), commands);
        }
        if let Some(rect) = picture
            && menu::entry(ui, "Picture…", "", false).clicked()
        {
            commands.push(Request::ExportPicture(rect));
        }
        menu::line(ui);
        entry(ui, workbench, Action::SaveComparison, "Save comparison", commands);
        entry(ui, workbench, Action::SaveComparisonAs, "Save comparison as…", commands);
        entry(ui, workbench, Action::OpenComparison, "Open comparison…", commands);
    });
}

/// Which columns are shown.
fn columns(ui: &mut Ui, on_show: &[Column], workbench: &Workbench) -> Option<ColumnWish> {
    let mut wish = None;
    button::menu(ui, "Columns", "Choose the columns", |ui| {
        if menu::entry(ui, "As many as fit", "", false).clicked() {
            wish = Some(ColumnWish::Fit);
        }
        menu::line(ui);
        for column in Column::ALL.into_iter().filter(|column| *column != Column::Name) {
            let shown = on_show.contains(&column);
            if menu::entry(ui, &column.title(workbench.budget()), "", shown).clicked() {
                wish = Some(ColumnWish::Show(column, !shown));
            }
        }
    });
    wish
}

fn measuring(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let running = workbench.bench().running().filter(|running| running.bench == Bench::Variants);
    let Some(running) = running else {
        ui.add_enabled_ui(Action::MeasureVariants.is_enabled(workbench), |ui| {
            let seconds = workbench.bench().length().as_secs();
            let tip = format!("Mint and verify all variants in turn, {seconds} s in all");
            if button::primary(ui, "Measure").on_hover_text(tip).clicked() {
                commands.push(Action::MeasureVariants);
            }
        });
        return;
    };
    if ui.ctx().content_rect().width() > NARROW {
        ui.add(ProgressBar::new(running.progress.share()).desired_width(80.0).desired_height(size::PROGRESS));
    }
    ui.label(RichText::new(time_left(running.progress)).size(size::TEXT_SMALL).color(tokens(ui).text.secondary));
    if button::normal(ui, "Stop").clicked() {
        commands.push(Action::StopBench);
    }
}

/// `2 s left`.
pub(in crate::ui) fn time_left(progress: Progress) -> String {
    let left = progress.total.saturating_sub(progress.elapsed).as_secs_f32().ceil();
    format!("{left:.0} s left")
}

/// What the verdict on the selected variant follows from, for those without a mouse, too.
fn details(ui: &mut Ui, lines: &Lines, workbench: &Workbench) {
    let t = tokens(ui);
    let selected = workbench.comparison().selected().map(|variant| variant.id);
    let Some(line) = lines.list().iter().find(|line| Some(line.id) == selected) else { return };
    let top = ui.cursor().top();
    Frame::new().inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
        if let Some(problem) = workbench.bench().problem() {
            message::error(ui, &problem.message, &problem.help);
        }
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(&line.name).font(fonts::semibold(size::TEXT)).color(t.text.primary));
            let words = RichText::new(&line.details).size(size::TEXT).color(t.text.secondary);
            ui.add(Label::new(words).wrap());
        });
    });
    ui.painter().hline(ui.max_rect().x_range(), top, Stroke::new(1.0, t.surface.line));
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_time_that_is_left_is_rounded_up() {
        let progress = |elapsed| Progress { elapsed: Duration::from_millis(elapsed), total: Duration::from_secs(3) };
        assert_eq!(time_left(progress(0)), "3 s left");
        assert_eq!(time_left(progress(1_200)), "2 s left");
        assert_eq!(time_left(progress(3_400)), "0 s left");
    }
}
