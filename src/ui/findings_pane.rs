//! What is wrong or unwise, the worst first: each with its reason, its place, and the way to mend or to mute it.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    CornerRadius, CursorIcon, Label, Response, RichText, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo,
    vec2,
};

use super::help::{Topic, manual};
use super::request::CommandQueue;
use super::theme::{self, fonts, icon, radius, size, space};
use super::widgets::button::{Button, Kind};
use super::widgets::card::Card;
use super::widgets::chip::Chip;
use super::widgets::message::sentence;
use super::widgets::{button, focus_ring, menu, severity};
use crate::findings::{Change, Finding, Fix, Severity};
use crate::ui::widgets::sign::sign;
use crate::workbench::command::{Command, Copied, DraftCommand, InspectCommand};
use crate::workbench::muted::Shown;

/// Between the border and a row, in points.
const EDGE: f32 = space::M;
/// Above and below a row, in points.
const ROW_EDGE: f32 = 5.0;
/// Room for the two icons at the end of a row, in points.
const ICONS: f32 = 56.0;

/// A button stands beside words that keep at least this width, in points.
const BESIDE: f32 = 200.0;
/// The first line stands this much lower than the buttons beside it, in points.
const SIGN: f32 = 4.0;
/// The greatest height of a list that is as high as what is in it, in points.
const MOST: f32 = 132.0;

/// Whose findings they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// Those of the draft.
    Draft,
    /// Those of the inspected token, in which only the text around it and the key can be mended.
    Inspected,
}

impl Home {
    fn mute(self, finding: &Finding) -> Command {
        let finding = Box::new(finding.clone());
        match self {
            Self::Draft => Command::Draft(DraftCommand::Mute(finding)),
            Self::Inspected => Command::Inspect(InspectCommand::Mute(finding)),
        }
    }

    /// Shows the muted ones again.
    pub(super) const fn unmute(self) -> Command {
        match self {
            Self::Draft => Command::Draft(DraftCommand::Unmute),
            Self::Inspected => Command::Inspect(InspectCommand::Unmute),
        }
    }

    /// What mends a finding; an inspected token is never signed again.
    pub(super) fn fix(self, finding: &Finding) -> Option<Command> {
        let Fix { change, .. } = finding.fix.as_ref()?;
        let mended = Box::new(finding.clone());
        match (self, change) {
            (Self::Draft, Change::Token(_)) => None,
            (Self::Draft, _) => Some(Command::Draft(DraftCommand::Fix(mended))),
            (
                Self::Inspected,
                Change::Token(_) | Change::ReadSecretAs(_) | Change::TrimSecret | Change::ExtractPublic,
            ) => Some(Command::Inspect(InspectCommand::Fix(mended))),
            (
                Self::Inspected,
                Change::Header(_)
                | Change::Claims(_)
                | Change::Sign(_)
                | Change::GenerateSecret
                | Change::GenerateKey(_)
                | Change::DeclareVariable(_)
                | Change::RemoveVariable(_),
            ) => None,
        }
    }
}

/// View state of the card: which finding is open, as it was when it was opened.
pub(super) struct FindingsPane {
    home: Home,
    open: Option<Finding>,
    /// The finding to scroll to in the next frame.
    reveal: bool,
}

impl FindingsPane {
    /// The findings of draft or token.
    pub(super) const fn new(home: Home) -> Self {
        Self { home, open: None, reveal: false }
    }

    /// Opens the finding after the open one, or the first.
    pub(super) fn next<'a>(&mut self, shown: &'a Shown) -> Option<&'a Finding> {
        let findings = &shown.findings;
        let current = findings.iter().position(|finding| self.is_open(finding, findings));
        let next = current.map_or(0, |at| at + 1);
        let finding = findings.get(next).or_else(|| findings.first())?;
        self.open(finding);
        Some(finding)
    }

    /// Opens a finding.
    pub(super) fn open(&mut self, finding: &Finding) {
        self.open = Some(finding.clone());
        self.reveal = true;
    }

    /// Draws the card: in `height` points, or as high as what is in it, as far as that is not too high. Returns the finding whose place is to be shown.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        shown: &Shown,
        height: Option<f32>,
        commands: &CommandQueue,
    ) -> Option<Finding> {
        let home = self.home;
        let subtitle = if shown.findings.is_empty() { "nothing to say" } else { "" };
        let mut card = Card::new("Findings").explains(&[Topic::Severity]).subtitle(subtitle).flush().actions(|ui| {
            counts(ui, &shown.findings);
            if shown.muted > 0 && button::link(ui, &format!("Show {} muted", shown.muted)).clicked() {
                commands.push(home.unmute());
            }
        });
        if let Some(height) = height {
            card = card.height(height);
        }
        let list = |ui: &mut Ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut place = None;
            for (index, finding) in shown.findings.iter().enumerate() {
                let open = self.is_open(finding, &shown.findings);
                if self.row(ui, finding, index > 0, open, commands) {
                    place = Some(finding.clone());
                }
            }
            place
        };
        let place = card.show(ui, |ui| match height {
            Some(_) => ScrollArea::vertical().id_salt("findings").auto_shrink(false).show(ui, list).inner,
            None => {
                let area = ScrollArea::vertical().id_salt("findings").max_height(MOST).auto_shrink([false, true]);
                area.show(ui, list).inner
            }
        });
        self.reveal = false;
        place.inner
    }

    /// Whether one of these findings is the open one: rule and place tell, or, where several have the same, the words.
    fn is_open(&self, finding: &Finding, all: &[Finding]) -> bool {
        self.open.as_ref().is_some_and(|open| {
            let same = |other: &Finding| other.id == open.id && other.path == open.path;
            let is_only = || all.iter().filter(|other| same(other)).count() == 1;
            same(finding) && (finding.message == open.message || is_only())
        })
    }

    /// Draws a finding. Returns whether its place is to be shown.
    fn row(&mut self, ui: &mut Ui, finding: &Finding, line: bool, open: bool, commands: &CommandQueue) -> bool {
        let tokens = theme::tokens(ui);
        let mut toggled = false;
        let top = ui.cursor().top();
        if line {
            let x = ui.max_rect().x_range().shrink(1.0);
            ui.painter().hline(x, top + 0.5, Stroke::new(1.0, tokens.surface.line));
        }
        ui.add_space(ROW_EDGE);
        let group = UiBuilder::new().accessibility_role(Role::Group).accessibility_label(told(finding));
        let row = ui.scope_builder(group, |ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                ui.add_space(EDGE);
                ui.vertical(|ui| {
                    ui.add_space(SIGN);
                    sign(ui, severity::glyph(finding.severity), severity::ink(finding.severity, tokens));
                });
                let room = (ui.available_width() - ICONS).max(60.0);
                // A short button stands beside the words, a long one below them.
                let fix = finding.fix.as_ref().zip(self.home.fix(finding));
                let button = fix.as_ref().map_or(0.0, |(fix, _)| button::width(ui, &fix.label) + space::S);
                let beside = room - button >= BESIDE;
                let room = if beside { room - button } else { room };
                let mend = |ui: &mut Ui| {
                    if let Some((fix, command)) = &fix
                        && button::normal(ui, &fix.label).clicked()
                    {
                        commands.push(command.clone());
                    }
                };
                let clicked = ui
                    .vertical(|ui| {
                        ui.set_width(room);
                        ui.spacing_mut().item_spacing.y = space::S;
                        ui.add_space(SIGN);
                        let clicked = words(ui, finding, room).clicked();
                        if open {
                            why(ui, finding);
                        }
                        if !beside {
                            mend(ui);
                        }
                        clicked
                    })
                    .inner;
                if beside {
                    mend(ui);
                }
                ui.spacing_mut().item_spacing.x = 0.0;
                let (glyph, name) = if open { (icon::CARET_UP, "Fold") } else { (icon::CARET_DOWN, "Why") };
                toggled = button::icon(ui, glyph, &format!("{name}: {}", finding.id)).clicked();
                self.menu(ui, finding, commands);
                clicked
            })
            .inner
        });
        ui.add_space(ROW_EDGE);
        if toggled {
            self.open = (!open).then(|| finding.clone());
        }
        if open && self.reveal {
            row.response.scroll_to_me(None);
        }
        row.inner
    }

    fn menu(&self, ui: &mut Ui, finding: &Finding, commands: &CommandQueue) {
        let name = format!("More: {}", finding.id);
        let button = button::icon(ui, icon::DOTS_THREE, &name);
        menu::below(&button, &name, |ui| {
            if menu::entry(ui, "Mute", "", false).clicked() {
                commands.push(self.home.mute(finding));
            }
            if menu::entry(ui, "Copy message", "", false).clicked() {
                let text = format!("{}: {}", finding.id, finding.message);
                commands.push(Command::Copy(Copied::Value(text)));
            }
        });
    }
}

/// How many there are of each severity.
fn counts(ui: &mut Ui, findings: &[Finding]) {
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let number = findings.iter().filter(|finding| finding.severity == severity).count();
        if number == 0 {
            continue;
        }
        let text = number.to_string();
        let chip = match severity {
            Severity::Error => Chip::error(&text),
            Severity::Warning => Chip::warning(&text),
            Severity::Info => Chip::neutral(&text),
        };
        chip.show(ui).on_hover_text(severity::count(severity, number));
    }
}

/// A finding as it is read out.
fn told(finding: &Finding) -> String {
    format!("{} {}: {}", severity::word(finding.severity), finding.id, finding.message)
}

/// Identifier and message: a click shows the place; the arrow at the end tells why. Returns whether it was clicked.
fn words(ui: &mut Ui, finding: &Finding, room: f32) -> Response {
    let tokens = theme::tokens(ui);
    let mut job = LayoutJob::default();
    let mut append = |text: &str, font| job.append(text, 0.0, TextFormat::simple(font, tokens.text.primary));
    append(&format!("{}  ", finding.id), fonts::semibold(size::TEXT));
    append(&sentence(&finding.message), fonts::regular(size::TEXT));
    job.wrap.max_width = room;
    let galley = ui.painter().layout_job(job);
    let (rect, response) = ui.allocate_exact_size(vec2(room, galley.size().y), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, told(finding)));
    if response.hovered() {
        ui.painter().rect_filled(rect.expand(3.0), CornerRadius::same(radius::SMALL), tokens.surface.hover);
    }
    focus_ring(ui, &response, rect.expand(3.0), radius::SMALL);
    ui.painter().galley(rect.min, galley, tokens.text.primary);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// Why it matters, what to do about it, and where that is written.
fn why(ui: &mut Ui, finding: &Finding) {
    let Some(rule) = finding.rule() else { return };
    let tokens = theme::tokens(ui);
    let small = |text: String, ink| RichText::new(text).size(size::TEXT).color(ink);
    ui.add(Label::new(small(rule.why.to_owned(), tokens.text.secondary)).wrap());
    ui.add(Label::new(small(rule.mend.to_owned(), tokens.text.primary)).wrap());
    ui.horizontal_wrapped(|ui| {
        ui.add(Label::new(small(format!("{}  ", rule.basis), tokens.text.muted)).wrap());
        let name = format!("More in the manual: {}", rule.id);
        if ui.add(Button::new(Kind::Link, "More in the manual").name(&name)).clicked() {
            manual::ask(ui.ctx(), format!("findings#{}", rule.id.to_lowercase()));
        }
    });
}
