//! Every action of the program: its words, its shortcut, when it can be done, and what it does.
//!
//! Menus, the command palette and the keyboard all draw from here.

use std::borrow::Cow;
use std::sync::Arc;

use eframe::egui::{Key, KeyboardShortcut, Modifiers};

use super::findings_pane::Home;
use super::request::{ClaimsView, Request};
use crate::jose::compact::{self, TokenKind};
use crate::jose::json::Serialization;
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::measure::login::exchange::Route;
use crate::workbench::Workbench;
use crate::workbench::bench::Bench;
use crate::workbench::command::{
    BenchCommand, Command, CompareCommand, Copied, DraftCommand, ExerciseCommand, FileCommand, InspectCommand,
    KeyCommand, LoginCommand, Part, TimingCommand, ViewCommand,
};
use crate::workbench::compare::MOST_VARIANTS;
use crate::workbench::effect::{ExportForm, KeyExport, KeyRef};
use crate::workbench::expiry::{Expiry, PRESETS};
use crate::workbench::inspection::Doctor;
use crate::workbench::muted::Shown;
use crate::workbench::page::Page;
use crate::workbench::reading::Reading;
use crate::workbench::settings::Theme;

/// One thing that can be done, without its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Start a draft from the default template.
    New,
    /// Open a file.
    Open,
    /// Save the draft.
    Save,
    /// Save the draft to another file.
    SaveAs,
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
    /// Choose the colours.
    UseTheme(Theme),
    /// Make everything larger.
    ZoomIn,
    /// Make everything smaller.
    ZoomOut,
    /// The designed size.
    ZoomReset,
    /// Search the actions.
    Palette,
    /// List the shortcuts.
    Shortcuts,
    /// Open the exercises, or close them.
    Exercises,
    /// About the program.
    About,
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

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
        let mut all = vec![Self::New, Self::Open, Self::Save, Self::SaveAs];
        all.extend([Self::CopyToken, Self::CopyBearer, Self::CopyCurl, Self::CopyAsCode]);
        all.extend([Self::MintAgain, Self::Measure, Self::StopMeasuring]);
        all.extend([Self::Undo, Self::Redo, Self::Find, Self::AddClaim]);
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
        all.extend(LOGIN);
        all.extend(COMPARE_FILES);
        all.extend(TABLE_EXPORTS.map(Self::ExportTable));
        all.extend([Self::NextFinding, Self::FixFinding, Self::UnmuteFindings]);
        all.extend(Page::ALL.map(Self::Go));
        all.extend(Theme::ALL.map(Self::UseTheme));
        all.extend([
            Self::ZoomIn,
            Self::ZoomOut,
            Self::ZoomReset,
            Self::Palette,
            Self::Exercises,
            Self::Shortcuts,
            Self::About,
            Self::Quit,
        ]);
        all
    }

    /// What it is called, in menus and in the palette.
    pub fn label(self) -> Cow<'static, str> {
        match self {
            Self::New => "New draft".into(),
            Self::Open => "Open…".into(),
            Self::Save => "Save".into(),
            Self::SaveAs => "Save as…".into(),
            Self::Quit => "Quit".into(),
            Self::Undo => "Undo".into(),
            Self::Redo => "Redo".into(),
            Self::Find => "Find in claims".into(),
            Self::Format(part) => format!("Format {}", part_name(part)).into(),
            Self::Minify(part) => format!("Minify {}", part_name(part)).into(),
            Self::AddClaim => "Add claim".into(),
            Self::ClaimsView(ClaimsView::Text) => "Show claims as text".into(),
            Self::ClaimsView(ClaimsView::Table) => "Show claims as table".into(),
            Self::FocusClaims => "Edit claims".into(),
            Self::FocusHeader => "Edit header".into(),
            Self::MintAgain => "Mint again with a new now".into(),
            Self::ExpireIn(seconds) => format!("Expire in {}", lifetime(seconds)).into(),
            Self::NeverExpire => "Never expire".into(),
            Self::UseAlgorithm(algorithm) => format!("Use {}", algorithm.name()).into(),
            Self::UseSerialization(serialization) => {
                format!("Write the payload {}", serialization.label().to_lowercase()).into()
            }
            Self::GenerateSecret => "Generate secret".into(),
            Self::GenerateKey(kind, Some(bits)) => format!("Generate {} {bits} key", kind.label()).into(),
            Self::GenerateKey(kind, None) => format!("Generate {} key", kind.label()).into(),
            Self::OpenKey => "Open key…".into(),
            Self::PasteKey => "Paste key…".into(),
            Self::ExportKey(form) => format!("Save {}…", key_words(form)).into(),
            Self::CopyKey(form) => format!("Copy {}", key_words(form)).into(),
            Self::CopySecret => "Copy secret".into(),
            Self::CopyToken => "Copy token".into(),
            Self::CopyBearer => "Copy as Authorization header".into(),
            Self::CopyCurl => "Copy as curl command".into(),
            Self::CopyAsCode => "Copy as code…".into(),
            Self::Measure => "Measure signing and verifying".into(),
            Self::StopMeasuring => "Stop measuring".into(),
            Self::InspectClipboard => "Inspect clipboard".into(),
            Self::InspectDraft => "Inspect this draft's token".into(),
            Self::EditInCraft => "Edit in Craft".into(),
            Self::CopyReport => "Copy report".into(),
            Self::RunDoctor => "Run the key doctor".into(),
            Self::StopDoctor => "Stop the key doctor".into(),
            Self::AddDraft => "Compare the draft as it changes".into(),
            Self::AddSnapshot => "Compare the draft as it is now".into(),
            Self::AddFiles => "Compare files…".into(),
            Self::PasteTokens => "Compare pasted tokens…".into(),
            Self::AddInspected => "Compare the inspected token".into(),
            Self::Minimise => "Minimise the selected variant…".into(),
            Self::MeasureVariants => "Measure all variants".into(),
            Self::GoToLogin => "Go to Login lab".into(),
            Self::StartLogin => "Start the login lab".into(),
            Self::StopLogin => "Stop the login lab".into(),
            Self::RunLogin => "Run the login lab".into(),
            Self::CopyLoginCurl => "Copy login as curl".into(),
            Self::StopBench => "Stop measuring variants".into(),
            Self::RestoreRemoved => "Put the removed variant back".into(),
            Self::SaveComparison => "Save comparison".into(),
            Self::SaveComparisonAs => "Save comparison as…".into(),
            Self::OpenComparison => "Open comparison…".into(),
            Self::ExportTable(form) => format!("Export the comparison as {}…", form.label()).into(),
            Self::NextFinding => "Next finding".into(),
            Self::FixFinding => "Fix the first finding".into(),
            Self::UnmuteFindings => "Show muted findings".into(),
            Self::Go(page) => format!("Go to {}", page.label()).into(),
            Self::UseTheme(theme) => match theme {
                Theme::System => "Use the theme of the system".into(),
                Theme::Light => "Use the light theme".into(),
                Theme::Dark => "Use the dark theme".into(),
            },
            Self::ZoomIn => "Zoom in".into(),
            Self::ZoomOut => "Zoom out".into(),
            Self::ZoomReset => "Zoom to 100 %".into(),
            Self::Palette => "Search actions".into(),
            Self::Shortcuts => "Keyboard shortcuts".into(),
            Self::Exercises => "Exercises".into(),
            Self::About => "About JWT Workbench".into(),
        }
    }

    /// The keys for it.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        let (modifiers, key) = match self {
            Self::New => (CTRL, Key::N),
            Self::Open => (CTRL, Key::O),
            Self::Save => (CTRL, Key::S),
            Self::SaveAs => (CTRL_SHIFT, Key::S),
            Self::Quit => (CTRL, Key::Q),
            Self::Undo => (CTRL, Key::Z),
            Self::Redo => (CTRL_SHIFT, Key::Z),
            Self::Find => (CTRL, Key::F),
            Self::Format(Part::Claims) => (CTRL_SHIFT, Key::F),
            Self::Minify(Part::Claims) => (CTRL_SHIFT, Key::M),
            Self::AddClaim => (CTRL_SHIFT, Key::A),
            Self::ClaimsView(ClaimsView::Text) => (CTRL_SHIFT, Key::E),
            Self::ClaimsView(ClaimsView::Table) => (CTRL_SHIFT, Key::T),
            Self::FocusClaims => (CTRL, Key::L),
            Self::FocusHeader => (CTRL_SHIFT, Key::L),
            Self::MintAgain => (Modifiers::NONE, Key::F5),
            Self::GenerateSecret => (CTRL_SHIFT, Key::G),
            Self::CopyToken => (CTRL_SHIFT, Key::C),
            Self::CopyBearer => (CTRL_SHIFT, Key::B),
            Self::CopyCurl => (CTRL_SHIFT, Key::U),
            Self::CopyAsCode => (CTRL_SHIFT, Key::K),
            Self::Measure => (CTRL, Key::M),
            Self::InspectClipboard => (CTRL_SHIFT, Key::V),
            Self::InspectDraft => (CTRL_SHIFT, Key::I),
            Self::AddSnapshot => (CTRL_SHIFT, Key::D),
            Self::MeasureVariants => (CTRL_SHIFT, Key::R),
            Self::NextFinding => (Modifiers::NONE, Key::F8),
            Self::FixFinding => (Modifiers::SHIFT, Key::F8),
            Self::Go(page) => return page_key(page).map(|key| KeyboardShortcut::new(CTRL, key)),
            Self::ZoomIn => (CTRL, Key::Plus),
            Self::ZoomOut => (CTRL, Key::Minus),
            Self::ZoomReset => (CTRL, Key::Num0),
            Self::Palette => (CTRL, Key::K),
            Self::Shortcuts => (Modifiers::NONE, Key::F1),
            _ => return None,
        };
        Some(KeyboardShortcut::new(modifiers, key))
    }

    /// Other keys for the same, where another habit is common.
    pub fn second_shortcut(self) -> Option<KeyboardShortcut> {
        match self {
            Self::Redo => Some(KeyboardShortcut::new(CTRL, Key::Y)),
            Self::Palette => Some(KeyboardShortcut::new(CTRL_SHIFT, Key::P)),
            Self::ZoomIn => Some(KeyboardShortcut::new(CTRL, Key::Equals)),
            _ => None,
        }
    }

    /// Whether it can be done now.
    pub fn is_enabled(self, workbench: &Workbench) -> bool {
        match self {
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
            Self::Exercises => workbench.exercises().is_open(),
            _ => false,
        }
    }

    /// What to ask for when it is chosen.
    pub fn request(self, workbench: &Workbench) -> Request {
        let scale = workbench.settings().scale;
        Request::Do(match self {
            Self::New => Command::File(FileCommand::New),
            Self::Open => Command::File(FileCommand::Open),
            Self::Save => Command::File(FileCommand::Save),
            Self::SaveAs => Command::File(FileCommand::SaveAs),
            Self::Quit => Command::File(FileCommand::Quit),
            Self::Undo => Command::Draft(DraftCommand::Undo),
            Self::Redo => Command::Draft(DraftCommand::Redo),
            Self::Format(part) => Command::Draft(DraftCommand::Format(part)),
            Self::Minify(part) => Command::Draft(DraftCommand::Minify(part)),
            Self::AddClaim => Command::Draft(DraftCommand::AddClaim),
            Self::MintAgain => Command::Draft(DraftCommand::MintAgain),
            Self::ExpireIn(seconds) => Command::Draft(DraftCommand::SetExpiry(Expiry::Relative(seconds))),
            Self::NeverExpire => Command::Draft(DraftCommand::SetExpiry(Expiry::Never)),
            Self::UseAlgorithm(algorithm) => Command::Draft(DraftCommand::SetAlgorithm(algorithm)),
            Self::UseSerialization(serialization) => Command::Draft(DraftCommand::SetSerialization(serialization)),
            Self::GenerateSecret => Command::Key(KeyCommand::GenerateSecret),
            Self::GenerateKey(kind, bits) => Command::Key(KeyCommand::Generate(kind, bits)),
            Self::OpenKey => Command::Key(KeyCommand::Open),
            Self::ExportKey(form) => Command::Key(KeyCommand::Export(KeyRef::InUse, form)),
            Self::CopyKey(form) => Command::Copy(Copied::Key(KeyRef::InUse, form)),
            Self::CopySecret => Command::Copy(Copied::Secret),
            Self::CopyToken => Command::Copy(Copied::Token),
            Self::CopyBearer => Command::Copy(Copied::Bearer),
            Self::CopyCurl => Command::Copy(Copied::Curl),
            Self::Measure => Command::Timing(TimingCommand::Measure),
            Self::StopMeasuring => Command::Timing(TimingCommand::Cancel),
            Self::InspectClipboard => Command::Inspect(InspectCommand::PasteFresh),
            Self::InspectDraft => Command::Inspect(InspectCommand::InspectDraft),
            Self::EditInCraft => Command::Inspect(InspectCommand::EditInCraft),
            Self::CopyReport => Command::Copy(Copied::Report),
            Self::RunDoctor => Command::Inspect(InspectCommand::Diagnose),
            Self::StopDoctor => Command::Inspect(InspectCommand::StopDiagnosis),
            Self::AddDraft => Command::Compare(CompareCommand::AddDraft),
            Self::AddSnapshot => Command::Compare(CompareCommand::AddSnapshot),
            Self::AddFiles => Command::Compare(CompareCommand::AddFiles),
            Self::AddInspected => Command::Compare(CompareCommand::AddInspected),
            Self::MeasureVariants => Command::Bench(BenchCommand::Measure(Bench::Variants)),
            Self::GoToLogin => return Request::GoToTab(Page::Timing, "login"),
            Self::StartLogin => Command::Login(LoginCommand::Start),
            Self::StopLogin => Command::Login(LoginCommand::Stop),
            Self::RunLogin => Command::Bench(BenchCommand::Measure(Bench::Login)),
            Self::CopyLoginCurl => Command::Login(LoginCommand::CopyCurl(Route::Login)),
            Self::StopBench => Command::Bench(BenchCommand::Stop),
            Self::RestoreRemoved => Command::Compare(CompareCommand::RestoreRemoved),
            Self::SaveComparison => Command::Compare(CompareCommand::Save),
            Self::SaveComparisonAs => Command::Compare(CompareCommand::SaveAs),
            Self::OpenComparison => Command::Compare(CompareCommand::Open),
            Self::ExportTable(form) => Command::Compare(CompareCommand::Export(form)),
            Self::PasteTokens => return Request::PasteTokens,
            Self::Minimise => return Request::Minimise,
            Self::NextFinding => return Request::NextFinding,
            Self::FixFinding => return first_fix(workbench).map_or(Request::NextFinding, Request::Do),
            Self::UnmuteFindings => findings(workbench).0.unmute(),
            Self::Go(page) => Command::View(ViewCommand::Page(page)),
            Self::UseTheme(theme) => Command::View(ViewCommand::Theme(theme)),
            Self::ZoomIn => Command::View(ViewCommand::Scale(scale + 0.1)),
            Self::ZoomOut => Command::View(ViewCommand::Scale(scale - 0.1)),
            Self::ZoomReset => Command::View(ViewCommand::Scale(1.0)),
            Self::Find => return Request::Find,
            Self::ClaimsView(view) => return Request::ClaimsView(view),
            Self::FocusClaims => return Request::Focus(Part::Claims, None),
            Self::FocusHeader => return Request::Focus(Part::Header, None),
            Self::PasteKey => return Request::PasteKey,
            Self::CopyAsCode => return Request::Code,
            Self::Palette => return Request::Palette,
            Self::Shortcuts => return Request::Shortcuts,
            Self::Exercises if workbench.exercises().is_open() => Command::Exercise(ExerciseCommand::Close),
            Self::Exercises => Command::Exercise(ExerciseCommand::Open),
            Self::About => return Request::About,
        })
    }
}

/// The findings that are on show, and whose they are.
fn findings(workbench: &Workbench) -> (Home, &Shown) {
    match workbench.settings().page {
        Page::Inspect => (Home::Inspected, workbench.inspection().findings()),
        Page::Craft | Page::Compare | Page::Timing | Page::Keys | Page::Examples | Page::Settings => {
            (Home::Draft, workbench.findings())
        }
    }
}

/// Whether there is room for another variant.
fn can_add(workbench: &Workbench) -> bool {
    workbench.comparison().variants().len() < MOST_VARIANTS
}

/// What mends the worst finding that can be mended.
fn first_fix(workbench: &Workbench) -> Option<Command> {
    let (home, shown) = findings(workbench);
    shown.findings.iter().find_map(|finding| home.fix(finding))
}

/// Whether header and claims can be read, so that there is something to edit.
fn can_be_draft(reading: &Arc<Reading>) -> bool {
    let text = |part| reading.text(part).is_some();
    reading.decoded.kind != TokenKind::Jwe && text(compact::Part::Header) && text(compact::Part::Payload)
}

fn page_key(page: Page) -> Option<Key> {
    const KEYS: [Key; 7] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7];
    let place = Page::ALL.iter().position(|other| *other == page)?;
    KEYS.get(place).copied()
}

/// A lifetime in words.
fn lifetime(seconds: i64) -> String {
    let (number, unit) = if seconds >= 3_600 { (seconds / 3_600, "hour") } else { (seconds / 60, "minute") };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Header => "header",
        Part::Claims => "claims",
    }
}

fn key_words(form: KeyExport) -> &'static str {
    match (form.private, form.jwk) {
        (false, false) => "public key as PEM",
        (false, true) => "public key as JWK",
        (true, false) => "private key as PEM",
        (true, true) => "private key as JWK",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn no_two_actions_share_a_shortcut() {
        let mut taken: HashMap<KeyboardShortcut, Action> = HashMap::new();
        for action in Action::all() {
            for shortcut in [action.shortcut(), action.second_shortcut()].into_iter().flatten() {
                if let Some(other) = taken.insert(shortcut, action) {
                    panic!("{action:?} and {other:?} share {shortcut:?}");
                }
            }
        }
    }

    #[test]
    fn no_two_actions_share_a_label() {
        let mut labels: Vec<_> = Action::all().into_iter().map(Action::label).collect();
        let count = labels.len();
        labels.sort();
        labels.dedup();
        assert_eq!(labels.len(), count);
    }
}
