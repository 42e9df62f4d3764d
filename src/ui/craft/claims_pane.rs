//! The claims: as text with everything an editor offers, or as a table over the same text.

use eframe::egui::{RichText, Ui};

use super::claims_table::ClaimsTable;
use super::placeholders;
use crate::findings;
use crate::jose::json::Kind;
use crate::ui::action::Action;
use crate::ui::editor::{EditorBuffer, EditorInput, JsonEditor};
use crate::ui::figures::{bytes, grouped};
use crate::ui::findings_at;
use crate::ui::hint_line;
use crate::ui::request::{ClaimsView, CommandQueue};
use crate::ui::theme;
use crate::ui::widgets::card::Card;
use crate::ui::widgets::{button, menu, segmented};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, DraftCommand, Part};
use crate::workbench::settings::hint::Hint;

/// View state of the claims card.
pub(super) struct ClaimsPane {
    view: ClaimsView,
    buffer: EditorBuffer,
    table: ClaimsTable,
    find: bool,
    /// The number of lines at a revision of the draft.
    lines: Option<(u64, usize)>,
    /// Put the keyboard into the text in the next frame, at this byte. The window starts that way.
    focus: Option<Option<usize>>,
}

impl Default for ClaimsPane {
    fn default() -> Self {
        Self {
            view: ClaimsView::Text,
            buffer: EditorBuffer::default(),
            table: ClaimsTable::default(),
            find: false,
            lines: None,
            focus: Some(None),
        }
    }
}

impl ClaimsPane {
    /// Shows the claims as text or table.
    pub(super) fn show_as(&mut self, view: ClaimsView) {
        self.view = view;
    }

    /// Opens the find bar.
    pub(super) fn find(&mut self) {
        self.view = ClaimsView::Text;
        self.find = true;
    }

    /// Puts the keyboard into the text.
    pub(super) fn focus(&mut self, offset: Option<usize>) {
        self.view = ClaimsView::Text;
        self.focus = Some(offset);
    }

    /// Draws the card in `height` points.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, now: i64, height: f32, commands: &CommandQueue) {
        let text = workbench.draft().text(Part::Claims);
        let lines = self.lines(text, workbench.draft().revision());
        let subtitle =
            format!("{} {}, {}", grouped(lines), if lines == 1 { "line" } else { "lines" }, bytes(text.len()));
        let view = self.view;
        let mut chosen = None;
        let card = Card::new("Claims").subtitle(&subtitle).height(height).actions(|ui| {
            let views = [(ClaimsView::Text, "Text".to_owned()), (ClaimsView::Table, "Table".to_owned())];
            chosen = segmented::choose(ui, "Claims as", Some(&view), &views);
            if workbench.draft().template().claims_schema.is_some() {
                schema_menu(ui, commands);
            }
            if workbench.draft().template().variables.is_empty()
                && button::ghost(ui, "Add variable").on_hover_text("A value that the texts name: {{name}}").clicked()
            {
                commands.push(Action::AddVariable);
            }
            if button::ghost(ui, "Format").on_hover_text("Lay the claims out over lines").clicked() {
                commands.push(Action::Format(Part::Claims));
            }
        });
        card.show(ui, |ui| match (self.view, workbench.facts().claims.as_ref()) {
            (ClaimsView::Table, Ok(claims)) if claims.root().kind() == Kind::Object => {
                self.table.ui(ui, claims, workbench, now, commands)
            }
            (ClaimsView::Table, _) => broken_table(ui, commands),
            (ClaimsView::Text, _) => self.editor(ui, workbench, now, commands),
        });
        if let Some(chosen) = chosen {
            self.view = chosen;
        }
    }

    /// The number of lines of the text, counted once for a revision.
    fn lines(&mut self, text: &str, revision: u64) -> usize {
        match self.lines {
            Some((of, lines)) if of == revision => lines,
            _ => {
                let lines = memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1;
                self.lines = Some((revision, lines));
                lines
            }
        }
    }

    fn editor(&mut self, ui: &mut Ui, workbench: &Workbench, now: i64, commands: &CommandQueue) {
        self.buffer.follow(workbench.draft().text(Part::Claims), workbench.draft().revision());
        let facts = workbench.facts();
        // Facts of an earlier text would mark the wrong places.
        let settled = workbench.is_settled();
        let variables = &workbench.draft().template().variables;
        let placeholders = if settled { placeholders::coloured(&facts.placeholders, variables) } else { Vec::new() };
        let choices = |wanted| placeholders::choices(wanted, Part::Claims, workbench);
        let problem = facts
            .outcome
            .as_ref()
            .err()
            .filter(|blocked| blocked.place == crate::workbench::facts::Place::Text(Part::Claims));
        let underlines = findings_at::underlines(
            &workbench.findings().findings,
            findings::Part::Payload,
            workbench.facts().claims.as_ref().ok(),
        );
        let hint = if hint_line::is_due(workbench, Hint::Typing) {
            hint_line::HEIGHT + ui.spacing().item_spacing.y
        } else {
            0.0
        };
        let input = EditorInput {
            accessible_name: "Claims, JSON",
            problem: problem.map(|blocked| &blocked.problem).filter(|_| settled),
            hints: &facts.marks,
            now,
            clock: workbench.clock(),
            placeholders: &placeholders,
            underlines: &underlines,
            height: ui.available_height() - hint,
            focus: self.focus.take(),
            pending: !settled,
            find: std::mem::take(&mut self.find),
            choices: Some(&choices),
        };
        if JsonEditor::new("claims").show(ui, &mut self.buffer, input).changed {
            commands.push(Command::Draft(DraftCommand::Type(Part::Claims, self.buffer.text().to_owned())));
        }
        hint_line::show(ui, workbench, Hint::Typing, commands);
    }
}

/// What can be done about the schema that the claims are held against.
fn schema_menu(ui: &mut Ui, commands: &CommandQueue) {
    let button = button::ghost(ui, "Schema").on_hover_text("The claims are held against a JSON Schema");
    menu::below(&button, "Schema", |ui| {
        for (action, words) in [(Action::Import, "Replace…"), (Action::RemoveSchema, "Remove")] {
            if menu::entry(ui, words, "", false).clicked() {
                commands.push(action);
            }
        }
    });
}

fn broken_table(ui: &mut Ui, commands: &CommandQueue) {
    ui.label(
        RichText::new("The claims text is not a JSON object yet, so there is no table of it.")
            .color(theme::tokens(ui).text.secondary),
    );
    if button::link(ui, "Show the text").clicked() {
        commands.push(Action::FocusClaims);
    }
}
