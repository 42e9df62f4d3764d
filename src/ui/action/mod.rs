//! Every action of the program: its words, its shortcut, when it can be done, and what it does.
//!
//! Menus, the command palette and the keyboard all draw from here.

mod availability;
#[cfg(test)]
mod clashes;
mod meaning;
mod menus;
mod platform;
mod shortcuts;
mod synonyms;
mod words;

pub use self::menus::{Item, Menu};
pub use self::platform::Platform;
pub(super) use self::shortcuts::Shortcuts;

use super::findings_pane::Home;
use super::request::ClaimsView;
use crate::jose::json::Serialization;
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, Part};
use crate::workbench::draft_export::DraftExport;
use crate::workbench::effect::{ExportForm, KeyExport};
use crate::workbench::expiry::PRESETS;
use crate::workbench::muted::Shown;
use crate::workbench::page::Page;
use crate::workbench::settings::Theme;

/// One thing that can be done, without its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Start a draft from the default template.
    New,
    /// Open a file.
    Open,
    /// Import what other programs wrote.
    Import,
    /// Make the fixed times of the claims relative.
    RelativeTimes,
    /// Save the draft.
    Save,
    /// Save the draft to another file.
    SaveAs,
    /// Go on with the newest draft that an earlier window left behind.
    OpenKeptDraft,
    /// Forget it.
    DiscardKeptDraft,
    /// Write this of the draft to a file of its own.
    ExportDraft(DraftExport),
    /// Close the window.
    Quit,
    /// Take back the last change.
    Undo,
    /// Do the undone change again.
    Redo,
    /// Find in the claims.
    Find,
    /// Lay a text out.
    Format(Part),
    /// Remove the white space of a text.
    Minify(Part),
    /// Add a claim.
    AddClaim,
    /// Hold the claims against no schema any more.
    RemoveSchema,
    /// Declare a variable.
    AddVariable,
    /// Show the claims as text or table.
    ClaimsView(ClaimsView),
    /// Put the keyboard into the claims text.
    FocusClaims,
    /// Put the keyboard into the header text.
    FocusHeader,
    /// Mint with a new now.
    MintAgain,
    /// Set the lifetime, in seconds.
    ExpireIn(i64),
    /// Remove the expiry.
    NeverExpire,
    /// Set the algorithm.
    UseAlgorithm(Algorithm),
    /// Choose how the payload is written.
    UseSerialization(Serialization),
    /// Draw a secret.
    GenerateSecret,
    /// Generate a key pair; RSA with this many bits.
    GenerateKey(KeyKind, Option<usize>),
    /// Read a key file.
    OpenKey,
    /// Type or paste a key.
    PasteKey,
    /// Write the key in use to a file.
    ExportKey(KeyExport),
    /// Put the key in use on the clipboard.
    CopyKey(KeyExport),
    /// Put the secret on the clipboard.
    CopySecret,
    /// Put the token on the clipboard.
    CopyToken,
    /// Put the token on the clipboard as a header line.
    CopyBearer,
    /// Put the token on the clipboard as a curl command.
    CopyCurl,
    /// Show the draft as code of a language.
    CopyAsCode,
    /// Measure for some seconds.
    Measure,
    /// End the measurement.
    StopMeasuring,
    /// Inspect what is on the clipboard.
    InspectClipboard,
    /// Inspect the token of the draft.
    InspectDraft,
    /// Make the inspected token a draft.
    EditInCraft,
    /// Copy verdict and checks as text.
    CopyReport,
    /// Find out why the signature does not match.
    RunDoctor,
    /// Enough of that.
    StopDoctor,
    /// Compare the draft, as it changes.
    AddDraft,
    /// Compare the draft as it is now.
    AddSnapshot,
    /// Compare files.
    AddFiles,
    /// Compare tokens out of a text.
    PasteTokens,
    /// Compare the inspected token.
    AddInspected,
    /// Add a variant with a few claims.
    Minimise,
    /// Measure all variants.
    MeasureVariants,
    /// Go to the login lab.
    GoToLogin,
    /// Show the library, or hide it.
    Library,
    /// Go to the Bulk page, or mint the run of it.
    MintMany,
    /// Let the run wait.
    PauseMinting,
    /// Let it go on.
    GoOnMinting,
    /// End it.
    CancelMinting,
    /// Mint the rest of it.
    ResumeMinting,
    /// Start the server of the login lab.
    StartLogin,
    /// Stop it.
    StopLogin,
    /// Measure logins under load.
    RunLogin,
    /// Put a curl command that logs in on the clipboard.
    CopyLoginCurl,
    /// End the measurement of the Compare and Timing pages.
    StopBench,
    /// Put the removed variant back.
    RestoreRemoved,
    /// Save the comparison.
    SaveComparison,
    /// Save the comparison to another file.
    SaveComparisonAs,
    /// Open a comparison.
    OpenComparison,
    /// Write the table to a file.
    ExportTable(ExportForm),
    /// Open the next finding and show its place.
    NextFinding,
    /// Do what the first finding with a fix offers.
    FixFinding,
    /// Show every finding again.
    UnmuteFindings,
    /// Go to a page.
    Go(Page),
    /// Go to the next page of the rail.
    NextPage,
    /// Go to the page before.
    PreviousPage,
    /// Choose the colours.
    UseTheme(Theme),
    /// Make everything larger.
    ZoomIn,
    /// Make everything smaller.
    ZoomOut,
    /// The designed size.
    ZoomReset,
    /// Fill the whole screen, or no longer.
    FullScreen,
    /// Search the actions.
    Palette,
    /// Put the keyboard into the menu bar.
    MenuBar,
    /// Read the manual, about the page on show.
    Manual,
    /// Ask whether all settings go back to how they were at first.
    ResetSettings,
    /// Show the hints of the first start again.
    ShowHints,
    /// List the shortcuts.
    Shortcuts,
    /// Open the exercises, or close them.
    Exercises,
    /// About the program.
    About,
}

/// The RSA lengths on offer, in bits.
pub const RSA_BITS: [usize; 3] = [2_048, 3_072, 4_096];

/// The forms in which a key can be exported.
pub const KEY_EXPORTS: [KeyExport; 4] = [
    KeyExport { private: false, jwk: false },
    KeyExport { private: false, jwk: true },
    KeyExport { private: true, jwk: false },
    KeyExport { private: true, jwk: true },
];

/// What adds variants to the comparison.
pub const COMPARE_ADD: [Action; 7] = [
    Action::AddDraft,
    Action::AddSnapshot,
    Action::AddFiles,
    Action::PasteTokens,
    Action::AddInspected,
    Action::Minimise,
    Action::RestoreRemoved,
];

/// Measuring the comparison.
pub const COMPARE_MEASURE: [Action; 2] = [Action::MeasureVariants, Action::StopBench];

/// Minting many.
pub const MINT_MANY: [Action; 5] =
    [Action::MintMany, Action::PauseMinting, Action::GoOnMinting, Action::CancelMinting, Action::ResumeMinting];

/// The login lab.
pub const LOGIN: [Action; 5] =
    [Action::GoToLogin, Action::RunLogin, Action::StartLogin, Action::StopLogin, Action::CopyLoginCurl];

/// The comparison as a file.
pub const COMPARE_FILES: [Action; 3] = [Action::SaveComparison, Action::SaveComparisonAs, Action::OpenComparison];

/// The forms in which the table of variants can be exported.
pub const TABLE_EXPORTS: [ExportForm; 3] = [ExportForm::Csv, ExportForm::Json, ExportForm::Markdown];

impl Action {
    /// All actions, in the order of the palette.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::New, Self::Open, Self::Import, Self::Save, Self::SaveAs];
        all.extend(DraftExport::ALL.map(Self::ExportDraft));
        all.extend([Self::OpenKeptDraft, Self::DiscardKeptDraft]);
        all.extend([Self::CopyToken, Self::CopyBearer, Self::CopyCurl, Self::CopyAsCode]);
        all.extend([Self::MintAgain, Self::Measure, Self::StopMeasuring]);
        all.extend([
            Self::Undo,
            Self::Redo,
            Self::Find,
            Self::AddClaim,
            Self::AddVariable,
            Self::RelativeTimes,
            Self::RemoveSchema,
        ]);
        all.extend([Part::Claims, Part::Header].into_iter().flat_map(|part| [Self::Format(part), Self::Minify(part)]));
        all.extend([ClaimsView::Text, ClaimsView::Table].map(Self::ClaimsView));
        all.extend([Self::FocusClaims, Self::FocusHeader]);
        all.extend(PRESETS.map(Self::ExpireIn));
        all.push(Self::NeverExpire);
        all.extend(Algorithm::ALL.iter().copied().map(Self::UseAlgorithm));
        all.extend(Serialization::ALL.iter().copied().map(Self::UseSerialization));
        all.extend([Self::GenerateSecret, Self::CopySecret]);
        all.extend(RSA_BITS.map(|bits| Self::GenerateKey(KeyKind::Rsa, Some(bits))));
        all.extend(KeyKind::CURVES.map(|kind| Self::GenerateKey(kind, None)));
        all.extend([Self::OpenKey, Self::PasteKey]);
        all.extend(KEY_EXPORTS.into_iter().flat_map(|form| [Self::CopyKey(form), Self::ExportKey(form)]));
        all.extend([Self::InspectClipboard, Self::InspectDraft, Self::EditInCraft, Self::CopyReport]);
        all.extend([Self::RunDoctor, Self::StopDoctor]);
        all.extend(COMPARE_ADD);
        all.extend(COMPARE_MEASURE);
        all.push(Self::Library);
        all.extend(MINT_MANY);
        all.extend(LOGIN);
        all.extend(COMPARE_FILES);
        all.extend(TABLE_EXPORTS.map(Self::ExportTable));
        all.extend([Self::NextFinding, Self::FixFinding, Self::UnmuteFindings]);
        all.extend(Page::ALL.map(Self::Go));
        all.extend([Self::NextPage, Self::PreviousPage]);
        all.extend(Theme::ALL.map(Self::UseTheme));
        all.extend([
            Self::ZoomIn,
            Self::ZoomOut,
            Self::ZoomReset,
            Self::FullScreen,
            Self::ResetSettings,
            Self::ShowHints,
            Self::Palette,
            Self::MenuBar,
            Self::Exercises,
            Self::Manual,
            Self::Shortcuts,
            Self::About,
            Self::Quit,
        ]);
        all
    }
}

/// The findings that are on show, and whose they are.
fn findings(workbench: &Workbench) -> (Home, &Shown) {
    match workbench.settings().page {
        Page::Inspect => (Home::Inspected, workbench.inspection().findings()),
        Page::Craft | Page::Compare | Page::Timing | Page::Bulk | Page::Keys | Page::Settings => {
            (Home::Draft, workbench.findings())
        }
    }
}

/// What mends the worst finding that can be mended.
fn first_fix(workbench: &Workbench) -> Option<Command> {
    let (home, shown) = findings(workbench);
    shown.findings.iter().find_map(|finding| home.fix(finding))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_actions_share_a_label() {
        let mut labels: Vec<_> = Action::all().into_iter().map(Action::label).collect();
        let count = labels.len();
        labels.sort();
        labels.dedup();
        assert_eq!(labels.len(), count);
    }
}
