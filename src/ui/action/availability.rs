//! When an action can be done, why it cannot, and when what it asks for is so already.

use std::borrow::Cow;
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
        self.obstacle(workbench).is_none()
    }

    /// Why it cannot be done now, in a few words without a full stop; `None` when it can.
    pub fn obstacle(self, workbench: &Workbench) -> Option<Cow<'static, str>> {
        let unless = |possible: bool, words: &'static str| (!possible).then_some(Cow::Borrowed(words));
        let inspection = workbench.inspection();
        match self {
            Self::OpenKeptDraft | Self::DiscardKeptDraft => {
                unless(!workbench.recovery().offers().is_empty(), "No draft was left behind")
            }
            Self::RemoveSchema => {
                unless(workbench.draft().template().claims_schema.is_some(), "The template has no schema")
            }
            Self::ExportDraft(what) if what.needs_token() => no_token(workbench),
            Self::Undo => unless(workbench.draft().history().can_undo(), "Nothing to undo"),
            Self::Redo => unless(workbench.draft().history().can_redo(), "Nothing to redo"),
            Self::CopyToken | Self::CopyBearer | Self::CopyCurl | Self::InspectDraft => no_token(workbench),
            Self::Measure => {
                no_token(workbench).or_else(|| unless(workbench.timing().progress().is_none(), "It is being measured"))
            }
            Self::StopMeasuring => unless(workbench.timing().progress().is_some(), "Nothing is being measured"),
            Self::CopyKey(form) | Self::ExportKey(form) => match workbench.active_key() {
                None => unless(false, "There is no key for this algorithm"),
                Some(key) => unless(form.fits(&key), "The key in use has no such form"),
            },
            Self::GenerateKey(..) => unless(workbench.generation().is_none(), "A key is being generated"),
            Self::EditInCraft => no_reading(workbench)
                .or_else(|| unless(inspection.reading().is_some_and(can_be_draft), "Header or claims cannot be read")),
            Self::CopyReport => unless(inspection.verification().is_some(), NOTHING_INSPECTED),
            Self::RunDoctor => no_reading(workbench).or_else(|| {
                let matches = inspection.reading().is_some_and(|reading| reading.signature.matches());
                unless(!matches, "The signature matches")
                    .or_else(|| unless(!is_diagnosing(workbench), "The key doctor is at work"))
            }),
            Self::StopDoctor => unless(is_diagnosing(workbench), "The key doctor is not at work"),
            Self::AddDraft | Self::AddSnapshot | Self::AddFiles | Self::PasteTokens => full(workbench),
            Self::AddInspected => full(workbench).or_else(|| no_reading(workbench)),
            Self::Minimise => full(workbench).or_else(|| {
                let selected = workbench.comparison().selected().and_then(|variant| variant.facts.as_ref().ok());
                unless(selected.is_some_and(|facts| facts.claim_count() > 0), "No variant with claims is selected")
            }),
            Self::MeasureVariants => {
                let measurable = workbench.comparison().variants().iter().any(|variant| variant.facts.is_ok());
                unless(measurable, "There is no variant to measure")
            }
            Self::MintMany if workbench.settings().page == Page::Bulk => {
                workbench.can_mint_many().err().map(|problem| short(&problem.message).into())
            }
            Self::PauseMinting => unless(is_in(workbench, &Phase::Going), "Nothing is being minted"),
            Self::GoOnMinting => unless(is_in(workbench, &Phase::Paused), "Nothing is paused"),
            Self::CancelMinting => {
                let runs = is_in(workbench, &Phase::Going) || is_in(workbench, &Phase::Paused);
                unless(runs, "Nothing is being minted")
            }
            Self::ResumeMinting => {
                unless(workbench.bulk().run().is_some_and(|run| run.resume().is_some()), "No run was interrupted")
            }
            Self::StartLogin => unless(workbench.login().serving().is_none(), "The login lab is running"),
            Self::StopLogin | Self::CopyLoginCurl => {
                unless(workbench.login().serving().is_some(), "The login lab is not running")
            }
            Self::StopBench => unless(workbench.bench().running().is_some(), "Nothing is being measured"),
            Self::RestoreRemoved => unless(workbench.comparison().can_restore(), "No variant was removed"),
            Self::NextFinding => unless(!findings(workbench).1.findings.is_empty(), "There are no findings"),
            Self::FixFinding => unless(first_fix(workbench).is_some(), "No finding has a fix"),
            Self::UnmuteFindings => unless(findings(workbench).1.muted > 0, "No finding is muted"),
            Self::CopySecret => unless(!workbench.keys().secret().text.is_empty(), "There is no secret"),
            _ => None,
        }
    }

    /// Whether it asks for what is so already: the page on show, the algorithm in use.
    pub fn is_on(self, workbench: &Workbench) -> bool {
        let expiry = || workbench.facts().expiry.clone();
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

const NOTHING_INSPECTED: &str = "Nothing is being inspected";

/// Why the draft has no token.
fn no_token(workbench: &Workbench) -> Option<Cow<'static, str>> {
    if workbench.minted().is_some() {
        return None;
    }
    Some(match &workbench.facts().outcome {
        Err(blocked) => format!("No token: {}", short(&blocked.problem.message)).into(),
        Ok(_) => "The token is being made".into(),
    })
}

/// A message without its full stop.
fn short(message: &str) -> String {
    message.trim_end_matches('.').to_owned()
}

fn no_reading(workbench: &Workbench) -> Option<Cow<'static, str>> {
    workbench.inspection().reading().is_none().then_some(NOTHING_INSPECTED.into())
}

fn is_diagnosing(workbench: &Workbench) -> bool {
    matches!(workbench.inspection().doctor(), Doctor::Busy { .. })
}

/// Whether there is a run, and where it is.
fn is_in(workbench: &Workbench, phase: &Phase) -> bool {
    workbench.bulk().run().is_some_and(|run| run.phase() == phase)
}

/// Whether there is no room for another variant.
fn full(workbench: &Workbench) -> Option<Cow<'static, str>> {
    let is_full = workbench.comparison().variants().len() >= MOST_VARIANTS;
    is_full.then(|| format!("There are {MOST_VARIANTS} variants, which is the most").into())
}

/// Whether header and claims can be read, so that there is something to edit.
fn can_be_draft(reading: &Arc<Reading>) -> bool {
    let text = |part| reading.text(part).is_some();
    reading.decoded.kind != TokenKind::Jwe && text(compact::Part::Header) && text(compact::Part::Payload)
}
