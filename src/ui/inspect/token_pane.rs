//! The pasted text: in the colours of its parts, with its fault underlined, and what was taken away around the token.

use eframe::egui::{Color32, Label, RichText, Ui};

use super::placement::Placement;
use crate::jose::compact::Part;
use crate::jose::text::Span;
use crate::jose::unwrap::Instead;
use crate::ui::action::Action;
use crate::ui::editor::{TokenBuffer, TokenEditor};
use crate::ui::figures::bytes;
use crate::ui::help::Topic;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::{button, message, select};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, InspectCommand};
use crate::workbench::inspection::Inspection;
use crate::workbench::reading::Reading;

/// The text is at least and at most so high, in points: three lines, and six.
const HEIGHT: (f32, f32) = (3.0 * size::MONO_LINE, 6.0 * size::MONO_LINE);

/// What the empty field says.
const HINT: &str = "Paste a token here, or drop a file.\nA whole Authorization header, a cookie or a JSON response will do: what stands around the token is taken away.";

/// View state of the token card.
pub(super) struct TokenPane {
    buffer: TokenBuffer,
    /// Where the token is in the text, for the reading of a revision.
    placed: Option<(u64, Option<Placement>)>,
    focus: bool,
}

impl Default for TokenPane {
    /// The page opens with the keyboard in the empty field.
    fn default() -> Self {
        Self { buffer: TokenBuffer::default(), placed: None, focus: true }
    }
}

impl TokenPane {
    /// Puts the keyboard into the text in the next frame.
    pub(super) fn focus(&mut self) {
        self.focus = true;
    }

    /// Draws the card.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        let inspection = workbench.inspection();
        let reading = inspection.reading().map(AsRef::as_ref);
        let subtitle = reading.map(words).unwrap_or_default();
        let card = Card::new("Token").explains(&[Topic::TokenBytes, Topic::Parts]).subtitle(&subtitle).actions(|ui| {
            if button::ghost(ui, "Open…").clicked() {
                commands.push(Action::Open);
            }
            if button::ghost(ui, "Clear and paste").on_hover_text("Replace the text by the clipboard's").clicked() {
                commands.push(Action::InspectClipboard);
            }
        });
        card.show(ui, |ui| {
            self.editor(ui, inspection, commands);
            let Some(reading) = reading else { return };
            removed(ui, reading);
            signatures(ui, inspection, reading, commands);
            match inspection.instead() {
                Some(instead) => elsewhere(ui, instead, commands),
                None => fault(ui, reading),
            }
        });
    }

    fn editor(&mut self, ui: &mut Ui, inspection: &Inspection, commands: &CommandQueue) {
        self.buffer.follow(inspection.text());
        let (mut parts, mut faults) = (Vec::new(), Vec::new());
        let reading = inspection.reading();
        if let Some(reading) = reading.filter(|_| inspection.instead().is_none())
            && let Some(placement) = self.placement(inspection.text(), reading)
        {
            let palette = theme::tokens(ui);
            let segments = reading.decoded.segments.iter();
            parts = segments.map(|part| (placement.span(part.span).range(), ink(part.part, palette))).collect();
            faults = faults_of(reading).map(|span| placement.span(span)).collect();
        }
        let is_key = inspection.instead() == Some(Instead::Key);
        let editor = TokenEditor {
            accessible_name: "Token to inspect",
            hint: HINT,
            parts: &parts,
            faults: &faults,
            height: HEIGHT,
            focus: self.focus,
            keeps_undo: !is_key,
        };
        let output = editor.show(ui, "inspected", &mut self.buffer);
        // A dialog that has just been closed keeps the keyboard for a frame more.
        self.focus &= !output.has_focus;
        if output.changed {
            commands.push(Command::Inspect(InspectCommand::SetText(self.buffer.text().to_owned())));
        }
    }

    /// Where the token of a reading is in the text: looked for once.
    fn placement(&mut self, text: &str, reading: &Reading) -> Option<&Placement> {
        if self.placed.as_ref().is_none_or(|(revision, _)| *revision != reading.revision) {
            self.placed = Some((reading.revision, Placement::find(text, &reading.token.text)));
        }
        self.placed.as_ref().and_then(|(_, placement)| placement.as_ref())
    }
}

/// Size and algorithm.
fn words(reading: &Reading) -> String {
    let bytes = bytes(reading.token.text.len());
    let header = reading.decoded.header();
    let member = |name: &str| header.and_then(|header| header.root().get(name)?.as_str().map(|text| text.into_owned()));
    let words = [Some(bytes), member("alg"), member("enc")];
    words.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The colour of a part.
pub(super) const fn ink(part: Part, palette: &Tokens) -> Color32 {
    match part {
        Part::Token => palette.text.primary,
        Part::Header => palette.part.header,
        Part::Payload | Part::Ciphertext => palette.part.payload,
        Part::Signature | Part::AuthenticationTag => palette.part.signature,
        Part::EncryptedKey => palette.syntax.number,
        Part::InitializationVector => palette.syntax.name,
    }
}

/// The places of the faults; one that is all of the text needs no underline.
fn faults_of(reading: &Reading) -> impl Iterator<Item = Span> {
    let whole = reading.token.text.len();
    let spans = reading.decoded.faults.iter().filter_map(|fault| fault.problem.span);
    spans.filter(move |span| span.len() < whole)
}

fn removed(ui: &mut Ui, reading: &Reading) {
    let removed = &reading.unwrapped.removed;
    if removed.is_empty() {
        return;
    }
    let words = match removed.as_slice() {
        [one] => format!("Removed {one}."),
        [rest @ .., last] => format!("Removed {} and {last}.", rest.join(", ")),
        [] => return,
    };
    ui.add(Label::new(RichText::new(words).size(size::TEXT).color(theme::tokens(ui).text.secondary)).wrap());
}

/// Which of several signatures over the same payload is looked at.
fn signatures(ui: &mut Ui, inspection: &Inspection, reading: &Reading, commands: &CommandQueue) {
    let count = reading.signatures();
    if count < 2 {
        return;
    }
    let names: Vec<_> = (1..=count).map(|number| format!("Signature {number} of {count}")).collect();
    let entries: Vec<_> = names.iter().enumerate().map(|(index, name)| (index, name.as_str(), "")).collect();
    let current = inspection.signature().min(count - 1);
    ui.horizontal(|ui| {
        if let Some(index) = select::choose(ui, "Signature to look at", current, &entries, 160.0) {
            commands.push(Command::Inspect(InspectCommand::ChooseSignature(index)));
        }
        let words = "The payload has several signatures; each is checked by itself.";
        ui.add(Label::new(RichText::new(words).color(theme::tokens(ui).text.secondary)).truncate());
    });
}

/// The text belongs to another page.
fn elsewhere(ui: &mut Ui, instead: Instead, commands: &CommandQueue) {
    let (words, label) = match instead {
        Instead::Claims => ("This is JSON, not a token: claims or a template.", "Open it in Craft"),
        Instead::Key => ("This is a key, not a token.", "Put it on the key ring"),
    };
    message::warning(ui, words, "");
    if button::normal(ui, label).clicked() {
        commands.push(Command::Inspect(InspectCommand::OpenInstead));
    }
}

/// The first thing at fault in the text itself. What is at fault in the JSON is told where that is shown; all of it is
/// among the findings.
fn fault(ui: &mut Ui, reading: &Reading) {
    if let Some(fault) = reading.decoded.faults.iter().find(|fault| fault.position.is_none()) {
        message::error(ui, &fault.problem.message, &fault.problem.help);
    }
}
