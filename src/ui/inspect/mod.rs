//! The Inspect page: a token from elsewhere and what it is held against on the left, what comes of that on the right.

mod against_pane;
mod checks_pane;
mod decoded_pane;
mod doctor_pane;
mod empty;
mod part_view;
mod placement;
mod timeline;
mod token_pane;
mod validity_pane;
mod verdict_pane;

use eframe::egui::{RichText, Ui};

use self::against_pane::AgainstPane;
use self::decoded_pane::DecodedPane;
use self::token_pane::TokenPane;
use self::validity_pane::ValidityPane;
use super::columns::{Columns, Slot, column};
use super::findings_pane::{FindingsPane, Home};
use super::request::CommandQueue;
use super::theme;
use crate::findings::{Finding, Part};
use crate::workbench::Workbench;

/// Width of the captions at the left, in points.
const CAPTION: f32 = 78.0;
/// The decoded card never gets less height than this, in points; the column scrolls instead.
const DECODED_LEAST: f32 = 200.0;
/// Nor do the findings.
const FINDINGS_LEAST: f32 = 120.0;

/// View state of the page.
pub struct InspectPage {
    columns: Columns,
    token: TokenPane,
    against: AgainstPane,
    decoded: DecodedPane,
    validity: ValidityPane,
    findings: FindingsPane,
}

impl Default for InspectPage {
    fn default() -> Self {
        Self {
            columns: Columns::new("inspected"),
            token: TokenPane::default(),
            against: AgainstPane::default(),
            decoded: DecodedPane::default(),
            validity: ValidityPane::default(),
            findings: FindingsPane::new(Home::Inspected),
        }
    }
}

impl InspectPage {
    /// Puts the keyboard into the pasted text.
    pub fn focus(&mut self) {
        self.token.focus();
    }

    /// Opens the next finding.
    pub fn next_finding(&mut self, workbench: &Workbench) {
        let shown = workbench.inspection().findings();
        if let Some(finding) = self.findings.next(shown).cloned() {
            self.show_place(&finding);
        }
    }

    /// Shows what a finding is about.
    fn show_place(&mut self, finding: &Finding) {
        match finding.part {
            Part::Token => self.token.focus(),
            Part::Header | Part::Payload | Part::Signature | Part::Key => {
                self.decoded.show_place(finding.part, finding.span);
            }
        }
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, now: i64, commands: &CommandQueue) {
        let Self { columns, token, against, decoded, validity, findings } = self;
        let mut place = None;
        let inspection = workbench.inspection();
        let is_token = inspection.reading().is_some() && inspection.instead().is_none();
        let left = |ui: &mut Ui| {
            column(ui, "inspected-column", DECODED_LEAST, |ui, height, slot| match slot {
                Slot::Above => {
                    token.ui(ui, workbench, commands);
                    against.ui(ui, workbench, now, commands);
                }
                Slot::Filling if inspection.is_empty() => {}
                Slot::Filling => decoded.ui(ui, workbench, now, height, commands),
                Slot::Below => {}
            });
        };
        let right = |ui: &mut Ui| {
            column(ui, "verdict-column", FINDINGS_LEAST, |ui, height, slot| match slot {
                Slot::Above if inspection.is_empty() => empty::ui(ui, workbench, commands),
                Slot::Above => {
                    verdict_pane::ui(ui, workbench, commands);
                    if is_token {
                        doctor_pane::ui(ui, workbench, commands);
                        checks_pane::ui(ui, workbench);
                        validity.ui(ui, workbench, now, commands);
                    }
                }
                Slot::Filling if is_token => {
                    place = findings.ui(ui, workbench.inspection().findings(), Some(height), commands);
                }
                Slot::Filling => {}
                Slot::Below => {}
            });
        };
        columns.show(ui, left, right);
        if let Some(finding) = place {
            self.show_place(&finding);
        }
    }
}

/// A caption, and what belongs to it.
fn row<R>(ui: &mut Ui, caption: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal(|ui| {
        let left = ui.cursor().left();
        ui.label(RichText::new(caption).color(theme::tokens(ui).text.secondary));
        ui.add_space((left + CAPTION - ui.cursor().left()).max(0.0));
        content(ui)
    })
    .inner
}
