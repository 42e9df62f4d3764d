//! Header or claims of the inspected token: laid out to be read, with human times beside instants and what was found
//! underlined. It can be selected and copied, not changed: that would need a new signature.

use eframe::egui::Ui;

use crate::findings::{self, Finding};
use crate::jose::compact::{Part, Segment};
use crate::jose::error::Problem;
use crate::jose::instant::InstantFormat;
use crate::jose::json::{self, Json, TokenKind};
use crate::jose::text::Span;
use crate::template::variables::Variables;
use crate::ui::editor::{EditorBuffer, EditorInput, JsonEditor};
use crate::ui::findings_at;
use crate::ui::json_rows::copied;
use crate::ui::request::CommandQueue;
use crate::workbench::command::{Command, Copied};
use crate::workbench::marks::{Mark, marks};
use crate::workbench::reading::Reading;

/// View state of one part.
#[derive(Default)]
pub(super) struct PartView {
    buffer: EditorBuffer,
    shown: Shown,
    /// The reading that is shown.
    revision: Option<u64>,
    /// Takes the keyboard to this byte of the decoded part in the next frame.
    focus: Option<usize>,
    /// The byte that the open menu is about.
    pointed: usize,
}

/// A part as it is shown.
#[derive(Default)]
struct Shown {
    text: String,
    json: Option<Json>,
    hints: Vec<Mark>,
    problem: Option<Problem>,
    /// Where the tokens of the decoded text are: there, and in what is shown.
    places: Vec<(usize, usize)>,
}

impl PartView {
    /// Scrolls to a byte of the decoded part.
    pub(super) fn focus(&mut self, offset: usize) {
        self.focus = Some(offset);
    }

    /// Draws the part in `height` points.
    pub(super) fn ui(&mut self, ui: &mut Ui, view: &View<'_>, height: f32, commands: &CommandQueue) {
        let reading = view.reading;
        if self.revision != Some(reading.revision) {
            self.revision = Some(reading.revision);
            self.shown = Shown::of(reading, view.part, view.now);
        }
        self.buffer.follow(&self.shown.text, reading.revision);
        let shown = &self.shown;
        let part = if view.part == Part::Header { findings::Part::Header } else { findings::Part::Payload };
        let decoded = reading.decoded.segment(view.part).and_then(|segment| segment.json.as_ref());
        let mut underlines = findings_at::underlines(view.findings, part, decoded);
        underlines.iter_mut().for_each(|underline| underline.span = shown.span(underline.span));
        let focus = self.focus.take().map(|offset| Some(shown.place(offset)));
        let input = EditorInput {
            accessible_name: view.name,
            problem: shown.problem.as_ref(),
            hints: &shown.hints,
            now: view.now,
            clock: view.clock,
            underlines: &underlines,
            height,
            focus,
            ..EditorInput::default()
        };
        let output = JsonEditor::new(view.name).read_only().show(ui, &mut self.buffer, input);
        if let Some(pointed) = output.pointed {
            self.pointed = pointed;
        }
        output.response.context_menu(|ui| self.menu(ui, commands));
    }

    fn menu(&self, ui: &mut Ui, commands: &CommandQueue) {
        let copy = |text: String| commands.push(Command::Copy(Copied::Value(text)));
        let value = self.shown.json.as_ref().and_then(|json| Some((json.value_at(self.pointed)?, json)));
        if let Some((value, json)) = value {
            if ui.button("Copy value").clicked() {
                copy(copied(value.raw()));
            }
            if ui.button("Copy path").clicked() {
                commands.push(Command::Copy(Copied::Path(json.path_at(self.pointed))));
            }
        }
        if ui.button("Copy all").clicked() {
            copy(self.shown.text.clone());
        }
    }
}

/// What is to be shown.
pub(super) struct View<'a> {
    /// What a screen reader calls it.
    pub(super) name: &'static str,
    /// What was read.
    pub(super) reading: &'a Reading,
    /// Header or payload.
    pub(super) part: Part,
    /// What was found, in this part and in others.
    pub(super) findings: &'a [Finding],
    /// The instant that distances are told from.
    pub(super) now: i64,
    /// How instants are told.
    pub(super) clock: InstantFormat,
}

impl Shown {
    fn of(reading: &Reading, part: Part, now: i64) -> Self {
        let Some(segment) = reading.decoded.segment(part) else { return Self::default() };
        let Some(decoded) = &segment.json else { return Self::broken(reading, segment) };
        let text = json::format(decoded, 2);
        let places = solid(decoded.text()).zip(solid(&text)).collect();
        let json = Json::parse(&text).ok();
        let hints = json.as_ref().map(|json| marks(json, &[], &Variables::default(), now)).unwrap_or_default();
        Self { text, json, hints, problem: None, places }
    }

    /// A part that is no JSON, as far as it can be read as text.
    fn broken(reading: &Reading, segment: &Segment) -> Self {
        let text = String::from_utf8_lossy(&segment.bytes).into_owned();
        let fault = reading.decoded.faults.iter().find(|fault| fault.part == segment.part);
        let problem = fault.map(|fault| {
            let span = fault.position.map(|position| {
                let line = text.split_inclusive('\n').take(position.line - 1).map(str::len).sum::<usize>();
                let rest = text.get(line..).unwrap_or_default();
                let column = rest.char_indices().nth(position.column - 1).map_or(rest.len(), |(at, _)| at);
                Span::new(line + column, line + column + 1)
            });
            // The editor tells the place by itself.
            let prefix = fault.position.map(|position| format!("{}, {position}: ", segment.part.label()));
            let message = prefix.and_then(|prefix| fault.problem.message.strip_prefix(&prefix).map(str::to_owned));
            let message = message.unwrap_or_else(|| fault.problem.message.clone());
            Problem { message, span, ..fault.problem.clone() }
        });
        Self { text, problem, ..Self::default() }
    }

    /// The same stretch of the decoded text as it is shown.
    fn span(&self, span: Span) -> Span {
        let start = self.place(span.start);
        let end = if span.is_empty() { start } else { self.place(span.end - 1) + 1 };
        Span::new(start, end)
    }

    /// Where a byte of the decoded text is shown.
    fn place(&self, offset: usize) -> usize {
        let token = self.places.partition_point(|(decoded, _)| *decoded <= offset).saturating_sub(1);
        self.places.get(token).map_or(offset, |(decoded, shown)| shown + offset.saturating_sub(*decoded))
    }
}

/// The first bytes of all tokens that are not white space: laying a text out moves them and does not change them.
fn solid(text: &str) -> impl Iterator<Item = usize> {
    json::tokens(text).filter(|token| token.kind != TokenKind::Space).map(|token| token.span.start)
}
