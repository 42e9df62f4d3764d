//! When an action can be done, and when what it asks for is so already.

use std::sync::Arc;

use super::{Action, findings, first_fix};
use crate::jose::compact::{self, TokenKind};
use crate::workbench::Workbench;
use crate::workbench::bulk::run::Phase;
use crate::workbench::compare::MOST_VARIANTS;
use crate::workbench::expiry::Expiry;
use crate::workbench::inspection::Doctor;
use crate::workbench::page::Page;
use crate::workbench::reading::Reading;

impl Action {
    /// Whether it can be done now.
    pub fn is_enabled(self, workbench: &Workbench) -> bool {
        match self {
            Self::OpenKeptDraft | Self::DiscardKeptDraft => !workbench.recovery().offers().is_empty(),
            Self::RemoveSchema => workbench.draft().template().claims_schema.is_some(),
            Self::ExportDraft(what) => !what.needs_token() || workbench.minted().is_some(),
            Self::Undo => workbench.draft().history().can_undo(),
            Self::Redo => workbench.draft().history().can_redo(),
            Self::CopyToken | Self::CopyBearer | Self::CopyCurl | Self::InspectDraft => workbench.minted().is_some(),
            Self::Measure => workbench.minted().is_some() && workbench.timing().progress().is_none(),
            Self::StopMeasuring => workbench.timing().progress().is_some(),
            Self::CopyKey(form) | Self::ExportKey(form) => workbench.active_key().is_some_and(|key| form.fits(&key)),
            Self::GenerateKey(..) => workbench.generation().is_none(),
            Self::EditInCraft => workbench.inspection().reading().is_some_and(can_be_draft),
            Self::CopyReport => workbench.inspection().verification().is_some(),
            Self::RunDoctor => {
                let inspection = workbench.inspection();
                let unmatched = inspection.reading().is_some_and(|reading| !reading.signature.matches());
                unmatched && !matches!(inspection.doctor(), Doctor::Busy { .. })
            }
            Self::StopDoctor => matches!(workbench.inspection().doctor(), Doctor::Busy { .. }),
            Self::AddDraft | Self::AddSnapshot | Self::AddFiles | Self::PasteTokens => can_add(workbench),
            Self::AddInspected => can_add(workbench) && workbench.inspection().reading().is_some(),
            Self::Minimise => {
                let selected = workbench.comparison().selected().and_then(|variant| variant.facts.as_ref().ok());
                can_add(workbench) && selected.is_some_and(|facts| facts.claim_count() > 0)
            }
            Self::MeasureVariants => workbench.comparison().variants().iter().any(|variant| variant.facts.is_ok()),
            Self::MintMany => workbench.settings().page != Page::Bulk || workbench.can_mint_many().is_ok(),
            Self::PauseMinting => is_in(workbench, &Phase::Going),
            Self::GoOnMinting => is_in(workbench, &Phase::Paused),
            Self::CancelMinting => is_in(workbench, &Phase::Going) || is_in(workbench, &Phase::Paused),
            Self::ResumeMinting => workbench.bulk().run().is_some_and(|run| run.resume().is_some()),
            Self::StartLogin => workbench.login().serving().is_none(),
            Self::StopLogin | Self::CopyLoginCurl => workbench.login().serving().is_some(),
            Self::StopBench => workbench.bench().running().is_some(),
            Self::RestoreRemoved => workbench.comparison().can_restore(),
            Self::NextFinding => !findings(workbench).1.findings.is_empty(),
            Self::FixFinding => first_fix(workbench).is_some(),
            Self::UnmuteFindings => findings(workbench).1.muted > 0,
            Self::CopySecret => !workbench.keys().secret().text.is_empty(),
            _ => true,
        }
    }

    /// Whether it asks for what is so already: the page on show, the algorithm in use.
    pub fn is_on(self, workbench: &Workbench) -> bool {
        let expiry = || workbench.facts().claims.as_ref().ok().map(Expiry::read);
        match self {
            Self::Go(page) => workbench.settings().page == page,
            Self::UseTheme(theme) => workbench.settings().theme == theme,
            Self::UseAlgorithm(algorithm) => workbench.facts().algorithm.as_ref().ok() == Some(&algorithm),
            Self::UseSerialization(serialization) => workbench.draft().template().serialization == serialization,
            Self::ExpireIn(seconds) => expiry() == Some(Expiry::Relative(seconds)),
            Self::NeverExpire => expiry() == Some(Expiry::Never),
            Self::Library => workbench.library().is_open() && workbench.settings().page == Page::Craft,
            Self::Exercises => workbench.exercises().is_open(),
            _ => false,
        }
    }
}

/// Whether there is a run, and where it is.
fn is_in(workbench: &Workbench, phase: &Phase) -> bool {
    workbench.bulk().run().is_some_and(|run| run.phase() == phase)
}

/// Whether there is room for another variant.
fn can_add(workbench: &Workbench) -> bool {
    workbench.comparison().variants().len() < MOST_VARIANTS
}

/// Whether header and claims can be read, so that there is something to edit.
fn can_be_draft(reading: &Arc<Reading>) -> bool {
    let text = |part| reading.text(part).is_some();
    reading.decoded.kind != TokenKind::Jwe && text(compact::Part::Header) && text(compact::Part::Payload)
}
