//! What is picked in the list, before it is opened.

use eframe::egui::{Align, Label, Layout, Rect, RichText, ScrollArea, Sense, Stroke, Ui, UiBuilder, vec2};

use super::row::{facts, title};
use super::rows::Pick;
use crate::jose::instant::InstantFormat;
use crate::jose::text::visible;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{self, fonts, icon, size, space, tokens};
use crate::ui::widgets::trailing::trailing;
use crate::ui::widgets::{button, menu, message};
use crate::workbench::Workbench;
use crate::workbench::command::Command;
use crate::workbench::library::LibraryCommand;
use crate::workbench::library::entry::Entry;
use crate::workbench::library::summary::Summary;

/// The share of the panel that the preview takes, and its limits in points.
const SHARE: f32 = 0.42;
const LEAST: f32 = 150.0;
const MOST: f32 = 300.0;

/// What the user wants with what is on show.
#[derive(Default)]
pub(super) struct Wants {
    pub(super) open: bool,
    pub(super) rename: bool,
}

/// The height of the preview, in points; none when nothing is picked.
pub(super) fn height(ui: &Ui, picked: bool) -> f32 {
    if picked { (ui.available_height() * SHARE).clamp(LEAST, MOST) } else { 0.0 }
}

/// Draws the preview at the foot of the panel.
pub(super) fn ui(
    ui: &mut Ui,
    workbench: &Workbench,
    picked: Option<&Pick>,
    height: f32,
    commands: &CommandQueue,
) -> Wants {
    let mut wants = Wants::default();
    let Some(pick) = picked else { return wants };
    let room = ui.available_rect_before_wrap();
    let rect = Rect::from_min_max(room.left_bottom() - vec2(0.0, height - space::S), room.right_bottom());
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(1.0, tokens(ui).surface.line));
    let inside = rect.with_min_y(rect.top() + space::S);
    ui.scope_builder(UiBuilder::new().id_salt("preview").max_rect(inside), |ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
        ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
            ui.horizontal(|ui| wants = buttons(ui, pick, workbench, commands));
            ui.add_space(space::XS);
            ui.with_layout(Layout::top_down(Align::Min), |ui| words(ui, pick, workbench));
        });
    });
    wants
}

fn words(ui: &mut Ui, pick: &Pick, workbench: &Workbench) {
    let Some(title) = title(pick, workbench) else { return };
    ui.add(Label::new(RichText::new(title).font(fonts::semibold(size::TEXT))).truncate());
    if let Some(example) = pick.example() {
        return summary(ui, &example.summary, None);
    }
    let Some(entry) = pick.entry(workbench) else { return };
    match (entry.summary(), entry.problem()) {
        (Some(content), _) => summary(ui, content, modified(entry, workbench.clock())),
        (None, Some(problem)) => {
            ScrollArea::vertical().id_salt("preview-problem").auto_shrink(false).show(ui, |ui| {
                message::error(ui, &problem.message, &problem.help);
            });
        }
        (None, None) => {}
    }
}

/// When the file was changed last.
fn modified(entry: &Entry, clock: InstantFormat) -> Option<String> {
    let nanoseconds = entry.stamp?.modified;
    let seconds = i64::try_from(nanoseconds.div_euclid(1_000_000_000)).ok()?;
    Some(format!("Changed {}", clock.full(seconds)))
}

fn summary(ui: &mut Ui, summary: &Summary, modified: Option<String>) {
    let t = tokens(ui);
    let small =
        |text: String| Label::new(RichText::new(text).size(size::TEXT_SMALL).color(t.text.secondary)).truncate();
    ui.add(small(facts(summary))).on_hover_text(
        "The token without a run of your own: variables and times are filled in, RSA is taken to have 2,048 bits",
    );
    if let Some(modified) = modified {
        ui.add(small(modified));
    }
    ScrollArea::both().id_salt("preview-text").auto_shrink(false).show(ui, |ui| {
        if !summary.description.is_empty() {
            let words = RichText::new(visible(&summary.description)).size(size::TEXT);
            ui.scope(|ui| {
                ui.set_max_width(ui.clip_rect().width());
                ui.add(Label::new(words).wrap());
            });
            ui.add_space(space::XS);
        }
        let claims = RichText::new(&summary.claims).font(theme::fonts::mono(size::TEXT_SMALL)).color(t.text.secondary);
        ui.add(Label::new(claims).extend());
    });
}

fn buttons(ui: &mut Ui, pick: &Pick, workbench: &Workbench, commands: &CommandQueue) -> Wants {
    let mut wants = Wants { open: button::primary(ui, "Open").clicked(), rename: false };
    let Pick::File(path) = pick else {
        ui.label(RichText::new("as a new draft").size(size::TEXT_SMALL).color(tokens(ui).text.muted));
        return wants;
    };
    trailing(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        wants.rename =
            pick.entry(workbench).is_some() && button::icon(ui, icon::PENCIL_LINE, "Rename template").clicked();
        if button::icon(ui, icon::COPY, "Duplicate template").clicked() {
            commands.push(Command::Library(LibraryCommand::Duplicate(path.clone())));
        }
        if button::icon(ui, icon::FOLDER_OPEN, "Show in the file manager").clicked() {
            commands.push(Command::Library(LibraryCommand::Reveal(path.clone())));
        }
        if button::icon(ui, icon::TRASH, "Delete template").clicked() {
            commands.push(Command::Library(LibraryCommand::Delete(path.clone())));
        }
        ui.allocate_exact_size(vec2(0.0, 0.0), Sense::hover());
    });
    wants
}

/// The same as entries of a menu.
pub(super) fn menu(ui: &mut Ui, pick: &Pick, workbench: &Workbench, commands: &CommandQueue) -> Wants {
    let mut wants = Wants { open: menu::entry(ui, "Open", "Enter", false).clicked(), rename: false };
    let Some(entry) = pick.entry(workbench) else { return wants };
    menu::line(ui);
    wants.rename = menu::entry(ui, "Rename", "F2", false).clicked();
    let mut entry_of = |label: &str, command: LibraryCommand| {
        if menu::entry(ui, label, "", false).clicked() {
            commands.push(Command::Library(command));
        }
    };
    entry_of("Duplicate", LibraryCommand::Duplicate(entry.path.clone()));
    entry_of("Show in the file manager", LibraryCommand::Reveal(entry.path.clone()));
    entry_of("Delete", LibraryCommand::Delete(entry.path.clone()));
    wants
}
