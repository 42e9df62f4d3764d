//! The header as text, with `typ` and `kid` as lenses over it. `alg` has its own card.

use eframe::egui::{RichText, Ui};

use super::placeholders;
use crate::findings;
use crate::jose::json::{Json, Serialization};
use crate::ui::editor::{EditorBuffer, EditorInput, JsonEditor};
use crate::ui::figures::bytes;
use crate::ui::findings_at;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::select;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, DraftCommand, Part};

/// The editor grows with its text between so many lines.
const LINES: std::ops::RangeInclusive<usize> = 2..=5;

/// View state of the header card.
#[derive(Default)]
pub(super) struct HeaderPane {
    buffer: EditorBuffer,
    focus: Option<Option<usize>>,
}

impl HeaderPane {
    /// Puts the keyboard into the text in the next frame.
    pub(super) fn focus(&mut self, offset: Option<usize>) {
        self.focus = Some(offset);
    }

    /// Draws the card.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        let text = workbench.draft().text(Part::Header);
        let header = workbench.facts().header.as_ref().ok();
        let subtitle = header.map_or_else(
            || "broken".to_owned(),
            |json| format!("{} members, {}", json.root().len(), bytes(text.len())),
        );
        Card::new("Header").subtitle(&subtitle).actions(|ui| serialization(ui, workbench, commands)).show(ui, |ui| {
            ui.add_enabled_ui(header.is_some(), |ui| lenses(ui, header, commands));
            ui.add_space(space::XS);
            self.editor(ui, workbench, commands);
        });
    }

    fn editor(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        self.buffer.follow(workbench.draft().text(Part::Header), workbench.draft().revision());
        let typed = self.buffer.text().bytes().filter(|byte| *byte == b'\n').count() + 1;
        let lines = typed.clamp(*LINES.start(), *LINES.end());
        let underlines = findings_at::underlines(
            &workbench.findings().findings,
            findings::Part::Header,
            workbench.facts().header.as_ref().ok(),
        );
        let facts = workbench.facts();
        let variables = &workbench.draft().template().variables;
        let placeholders = placeholders::coloured(&facts.header_placeholders, variables);
        let choices = |wanted| placeholders::choices(wanted, Part::Header, workbench);
        let input = EditorInput {
            accessible_name: "Header, JSON",
            placeholders: &placeholders,
            choices: Some(&choices),
            underlines: &underlines,
            problem: workbench.facts().header.as_ref().err(),
            height: lines as f32 * size::MONO_LINE + space::S,
            focus: self.focus.take(),
            pending: !workbench.is_settled(),
            ..EditorInput::default()
        };
        if JsonEditor::new("header").show(ui, &mut self.buffer, input).changed {
            commands.push(Command::Draft(DraftCommand::Type(Part::Header, self.buffer.text().to_owned())));
        }
    }
}

/// How header and payload are written.
fn serialization(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let current = workbench.draft().template().serialization;
    let entries: Vec<_> = Serialization::ALL.iter().map(|form| (*form, form.label(), explanation(*form))).collect();
    ui.label(RichText::new("written").size(size::TEXT_SMALL).color(theme::tokens(ui).text.muted));
    if let Some(chosen) = select::choose(ui, "Serialization", current, &entries, 104.0) {
        commands.push(Command::Draft(DraftCommand::SetSerialization(chosen)));
    }
}

fn explanation(serialization: Serialization) -> &'static str {
    match serialization {
        Serialization::Compact => "White space removed; everything else as typed",
        Serialization::AsTyped => "Every byte as typed, white space too",
        Serialization::Sorted => "Compact, members in the order of RFC 8785",
    }
}

fn lenses(ui: &mut Ui, header: Option<&Json>, commands: &CommandQueue) {
    let member = |name: &str| {
        header.and_then(|json| json.root().get(name)).and_then(|value| value.as_str()).unwrap_or_default().into_owned()
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        lens(ui, "typ", "Type", member("typ"), "JWT", 96.0, commands);
        ui.add_space(space::S);
        lens(ui, "kid", "Key ID", member("kid"), "none", ui.available_width() - 56.0, commands);
    });
}

fn lens(
    ui: &mut Ui,
    name: &'static str,
    label: &str,
    mut text: String,
    hint: &str,
    width: f32,
    commands: &CommandQueue,
) {
    let before = text.clone();
    ui.label(RichText::new(label).color(theme::tokens(ui).text.secondary));
    let field = Field::new(label, &mut text).placeholder(hint).mono().width(width).id_salt(name);
    let response = field.show(ui).on_hover_text(format!("The member {name} of the header; empty removes it"));
    if response.changed() && text != before {
        commands.push(Command::Draft(DraftCommand::SetHeaderText(name, text)));
    }
}
