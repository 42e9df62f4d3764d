//! The claims as a table over the same text: name, type and value of each claim.

use eframe::egui::{self, Align, Layout, RichText, ScrollArea, Ui, vec2};

use crate::jose::json::{Json, Member};
use crate::ui::action::Action;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{self, icon, size, space};
use crate::ui::widgets::field::Field;
use crate::ui::widgets::{button, select};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, DraftCommand};
use crate::workbench::table::{ClaimType, cell, retype, uncell};

const NAME_WIDTH: f32 = 128.0;
const TYPE_WIDTH: f32 = 92.0;
const BUTTONS_WIDTH: f32 = 84.0;
const ROW_HEIGHT: f32 = 32.0;

/// The cell that has the keyboard, and what is typed into it.
#[derive(Debug, Default)]
pub(super) struct ClaimsTable {
    editing: Option<Editing>,
}

#[derive(Debug)]
struct Editing {
    cell: String,
    text: String,
}

impl ClaimsTable {
    /// Draws the table of these claims.
    pub(super) fn ui(&mut self, ui: &mut Ui, claims: &Json, workbench: &Workbench, now: i64, commands: &CommandQueue) {
        let count = claims.root().len();
        if count == 0 {
            ui.add_space(space::S);
            ui.label(RichText::new("No claims yet.").color(theme::tokens(ui).text.secondary));
        }
        let height = ui.available_height() - ROW_HEIGHT;
        ScrollArea::vertical().id_salt("claims-table").max_height(height).auto_shrink([false, true]).show_rows(
            ui,
            ROW_HEIGHT,
            count,
            |ui, rows| {
                let skipped = rows.start;
                for member in claims.root().members().skip(skipped).take(rows.len()) {
                    self.row(ui, &member, count, workbench, now, commands);
                }
            },
        );
        if button::ghost(ui, &format!("{}  Add claim", icon::PLUS)).clicked() {
            commands.push(Action::AddClaim);
        }
    }

    fn row(
        &mut self,
        ui: &mut Ui,
        member: &Member<'_>,
        count: usize,
        workbench: &Workbench,
        now: i64,
        commands: &CommandQueue,
    ) {
        let index = member.index;
        let kind = ClaimType::of(member.value);
        let note = note(member, workbench, now);
        ui.allocate_ui_with_layout(
            vec2(ui.available_width(), ROW_HEIGHT - ui.spacing().item_spacing.y),
            Layout::left_to_right(Align::Center),
            |ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                if let Some(name) = self.field(
                    ui,
                    ("name", index),
                    &member.name(),
                    NAME_WIDTH,
                    &format!("Name of claim {}", index + 1),
                    |_| true,
                ) {
                    commands.push(draft(DraftCommand::RenameClaim(index, name)));
                }
                let entries: Vec<_> = ClaimType::ALL.map(|kind| (kind, kind.label(), "")).into();
                if let Some(chosen) = select::choose_named(
                    ui,
                    ("claim-type", index),
                    &format!("Type of {}", member.name()),
                    kind,
                    &entries,
                    TYPE_WIDTH,
                ) {
                    commands.push(draft(DraftCommand::SetClaim(index, retype(member.value, chosen))));
                }
                let note_width = if note.is_empty() { 0.0 } else { 150.0 };
                let width = (ui.available_width() - BUTTONS_WIDTH - note_width - space::S).max(80.0);
                let label = format!("Value of {}", member.name());
                if let Some(text) = self.field(ui, ("value", index), &cell(member.value), width, &label, |text| {
                    uncell(kind, text).is_some()
                }) && let Some(json) = uncell(kind, &text)
                {
                    commands.push(draft(DraftCommand::SetClaim(index, json)));
                }
                if !note.is_empty() {
                    let quiet = RichText::new(note).size(size::TEXT_SMALL).color(theme::tokens(ui).text.muted);
                    ui.add_sized([note_width - space::S, size::FIELD], egui::Label::new(quiet).truncate());
                }
                row_buttons(ui, index, count, commands);
            },
        );
    }

    /// A cell that writes on every key it understands; what it does not understand stays in the cell, marked.
    fn field(
        &mut self,
        ui: &mut Ui,
        place: (&str, usize),
        shown: &str,
        width: f32,
        label: &str,
        fits: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let salt = format!("{} {}", place.0, place.1);
        let mut text = match &self.editing {
            Some(editing) if editing.cell == salt => editing.text.clone(),
            _ => shown.to_owned(),
        };
        let wrong = !fits(&text);
        let error = wrong.then_some("Not a value of this type: the claim keeps its last one");
        let response = Field::new(label, &mut text).mono().width(width).error(error).id_salt(&salt).show(ui);
        if response.lost_focus() && self.editing.as_ref().is_some_and(|editing| editing.cell == salt) {
            self.editing = None;
        }
        if !response.changed() {
            return None;
        }
        self.editing = Some(Editing { cell: salt, text: text.clone() });
        (text != shown && fits(&text)).then_some(text)
    }
}

fn row_buttons(ui: &mut Ui, index: usize, count: usize, commands: &CommandQueue) {
    ui.spacing_mut().item_spacing.x = 0.0;
    ui.add_enabled_ui(index > 0, |ui| {
        if button::icon(ui, icon::CARET_UP, &format!("Move claim {} up", index + 1)).clicked() {
            commands.push(draft(DraftCommand::MoveClaim(index, index - 1)));
        }
    });
    ui.add_enabled_ui(index + 1 < count, |ui| {
        if button::icon(ui, icon::CARET_DOWN, &format!("Move claim {} down", index + 1)).clicked() {
            commands.push(draft(DraftCommand::MoveClaim(index, index + 1)));
        }
    });
    if button::icon(ui, icon::TRASH, &format!("Delete claim {}", index + 1)).clicked() {
        commands.push(draft(DraftCommand::RemoveClaim(index)));
    }
}

fn draft(command: DraftCommand) -> Command {
    Command::Draft(command)
}

/// The instant of a time claim, in words.
fn note(member: &Member<'_>, workbench: &Workbench, now: i64) -> String {
    let end = member.value.span().end;
    let mark = workbench.facts().marks.iter().find(|mark| mark.offset == end);
    mark.map(|mark| mark.note.words(now)).unwrap_or_default()
}
