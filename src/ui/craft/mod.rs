//! The Craft page: what goes into the token on the left, what comes out on the right.

mod claims_pane;
mod claims_table;
mod decoded_pane;

mod expiry_pane;
mod header_pane;
pub(super) mod json_view;
mod kept_drafts;
mod key_pane;
mod placeholders;
mod timing_pane;
mod token_pane;
mod variables_pane;

use eframe::egui::Ui;

use self::claims_pane::ClaimsPane;
use self::decoded_pane::DecodedPane;
use self::expiry_pane::ExpiryPane;
use self::header_pane::HeaderPane;
use self::kept_drafts::KeptDrafts;
use self::key_pane::KeyPane;
use self::variables_pane::VariablesPane;
use super::columns::{Columns, Slot, column};
use super::findings_pane::{FindingsPane, Home};
use super::request::{ClaimsView, CommandQueue};
use crate::findings::{Finding, Part as Place};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, Part};

/// The claims never get less height than this, in points; the column scrolls instead.
const CLAIMS_LEAST: f32 = 190.0;
/// Nor does the decoded card.
const DECODED_LEAST: f32 = 150.0;

/// View state of the page.
pub struct CraftPage {
    kept_drafts: KeptDrafts,
    columns: Columns,
    claims: ClaimsPane,
    expiry: ExpiryPane,
    key: KeyPane,
    header: HeaderPane,
    variables: VariablesPane,
    decoded: DecodedPane,
    findings: FindingsPane,
}

impl Default for CraftPage {
    fn default() -> Self {
        Self {
            kept_drafts: KeptDrafts::default(),
            columns: Columns::new("draft"),
            claims: ClaimsPane::default(),
            expiry: ExpiryPane::default(),
            key: KeyPane::default(),
            header: HeaderPane::default(),
            variables: VariablesPane::default(),
            decoded: DecodedPane::default(),
            findings: FindingsPane::new(Home::Draft),
        }
    }
}

impl CraftPage {
    /// Shows the claims as text or table.
    pub fn show_claims_as(&mut self, view: ClaimsView) {
        self.claims.show_as(view);
    }

    /// Opens the find bar of the claims.
    pub fn find(&mut self) {
        self.claims.find();
    }

    /// Puts the keyboard into one of the two texts.
    pub fn focus(&mut self, part: Part, offset: Option<usize>) {
        match part {
            Part::Claims => self.claims.focus(offset),
            Part::Header => self.header.focus(offset),
        }
    }

    /// The command that declares a variable, whose name takes the keyboard then.
    pub fn add_variable(&mut self, workbench: &Workbench) -> Command {
        self.variables.add(workbench)
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, now: i64, commands: &CommandQueue) {
        let Self { kept_drafts, columns, claims, expiry, key, header, variables, decoded, findings } = self;
        let mut place = None;
        let draft = |ui: &mut Ui| {
            column(ui, "draft-column", CLAIMS_LEAST, |ui, height, slot| match slot {
                Slot::Above => {}
                Slot::Filling => claims.ui(ui, workbench, now, height, commands),
                Slot::Below => {
                    variables.ui(ui, workbench, commands);
                    expiry.ui(ui, workbench, now, commands);
                    key.ui(ui, workbench, now, commands);
                    header.ui(ui, workbench, commands);
                }
            });
        };
        let result = |ui: &mut Ui| {
            column(ui, "result-column", DECODED_LEAST, |ui, height, slot| match slot {
                Slot::Above => token_pane::ui(ui, workbench, commands),
                Slot::Filling => decoded.ui(ui, workbench, now, height, commands),
                Slot::Below => {
                    place = findings.ui(ui, workbench.findings(), None, commands);
                    timing_pane::ui(ui, workbench, commands);
                }
            });
        };
        kept_drafts.ui(ui, workbench, now, commands);
        columns.show(ui, draft, result);
        if let Some(finding) = place {
            self.show_place(&finding);
        }
    }

    /// Opens the next finding and shows its place.
    pub fn next_finding(&mut self, workbench: &Workbench) {
        if let Some(finding) = self.findings.next(workbench.findings()).cloned() {
            self.show_place(&finding);
        }
    }

    /// Opens this finding and shows its place.
    pub fn show_finding(&mut self, finding: &Finding) {
        self.findings.open(finding);
        self.show_place(finding);
    }

    fn show_place(&mut self, finding: &Finding) {
        let offset = finding.span.map(|span| span.start);
        match finding.part {
            Place::Header => self.focus(Part::Header, offset),
            Place::Payload => self.focus(Part::Claims, offset),
            Place::Token | Place::Signature | Place::Key => {}
        }
    }
}
