//! What every action asks for.

use super::{Action, findings, first_fix};
use crate::measure::login::exchange::Route;
use crate::ui::request::Request;
use crate::workbench::Workbench;
use crate::workbench::bench::Bench;
use crate::workbench::bulk::BulkCommand;
use crate::workbench::command::{
    BenchCommand, Command, CompareCommand, Copied, DraftCommand, ExerciseCommand, FileCommand, InspectCommand,
    KeyCommand, LoginCommand, Part, TimingCommand, ViewCommand,
};
use crate::workbench::effect::KeyRef;
use crate::workbench::expiry::Expiry;
use crate::workbench::importing::ImportCommand;
use crate::workbench::library::LibraryCommand;
use crate::workbench::page::Page;
use crate::workbench::recovery::{DraftId, RecoveryCommand};
use crate::workbench::settings::SettingsCommand;

impl Action {
    /// What to ask for when it is chosen.
    pub fn request(self, workbench: &Workbench) -> Request {
        let scale = workbench.settings().scale;
        Request::Do(match self {
            Self::New => Command::File(FileCommand::New),
            Self::Open => Command::File(FileCommand::Open),
            Self::Save => Command::File(FileCommand::Save),
            Self::SaveAs => Command::File(FileCommand::SaveAs),
            Self::OpenKeptDraft => recover(workbench, RecoveryCommand::Open),
            Self::DiscardKeptDraft => recover(workbench, RecoveryCommand::Discard),
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
            Self::Library => Command::Library(LibraryCommand::Toggle),
            Self::MintMany if workbench.settings().page == Page::Bulk => Command::Bulk(BulkCommand::Mint),
            Self::PauseMinting => Command::Bulk(BulkCommand::Pause),
            Self::GoOnMinting => Command::Bulk(BulkCommand::GoOn),
            Self::CancelMinting => Command::Bulk(BulkCommand::Cancel),
            Self::ResumeMinting => Command::Bulk(BulkCommand::Resume),
            Self::MintMany => Command::View(ViewCommand::Page(Page::Bulk)),
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
            Self::ExportDraft(what) => Command::File(FileCommand::Export(what)),
            Self::Import => return Request::Import,
            Self::RelativeTimes => Command::Import(ImportCommand::RelativeTimes),
            Self::RemoveSchema => Command::Draft(DraftCommand::RemoveSchema),
            Self::AddVariable => return Request::AddVariable,
            Self::Minimise => return Request::Minimise,
            Self::NextFinding => return Request::NextFinding,
            Self::FixFinding => return first_fix(workbench).map_or(Request::NextFinding, Request::Do),
            Self::UnmuteFindings => findings(workbench).0.unmute(),
            Self::Go(page) => Command::View(ViewCommand::Page(page)),
            Self::NextPage => Command::View(ViewCommand::Page(neighbour(workbench, 1))),
            Self::PreviousPage => Command::View(ViewCommand::Page(neighbour(workbench, Page::ALL.len() - 1))),
            Self::UseTheme(theme) => Command::View(ViewCommand::Theme(theme)),
            Self::ResetSettings => Command::Settings(SettingsCommand::AskReset),
            Self::ShowHints => Command::Settings(SettingsCommand::ShowHints),
            Self::ZoomIn => Command::View(ViewCommand::Scale(scale + 0.1)),
            Self::ZoomOut => Command::View(ViewCommand::Scale(scale - 0.1)),
            Self::ZoomReset => Command::View(ViewCommand::Scale(1.0)),
            Self::Find => return Request::Find,
            Self::ClaimsView(view) => return Request::ClaimsView(view),
            Self::FocusClaims => return Request::Focus(Part::Claims, None),
            Self::FocusHeader => return Request::Focus(Part::Header, None),
            Self::PasteKey => return Request::PasteKey,
            Self::CopyAsCode => return Request::Code,
            Self::FullScreen => return Request::FullScreen,
            Self::Palette => return Request::Palette,
            Self::MenuBar => return Request::MenuBar,
            Self::Manual => return Request::Manual,
            Self::Shortcuts => return Request::Shortcuts,
            Self::Exercises if workbench.exercises().is_open() => Command::Exercise(ExerciseCommand::Close),
            Self::Exercises => Command::Exercise(ExerciseCommand::Open),
            Self::About => return Request::About,
        })
    }
}

/// The page so many places further on in the rail, which goes around.
fn neighbour(workbench: &Workbench, places: usize) -> Page {
    let pages = Page::ALL;
    let here = pages.iter().position(|page| *page == workbench.settings().page).unwrap_or_default();
    pages.iter().cycle().nth(here + places).copied().unwrap_or_default()
}

/// Something about the first draft that is offered; these actions are enabled only while there is one.
fn recover(workbench: &Workbench, command: impl Fn(DraftId) -> RecoveryCommand) -> Command {
    let first = workbench.recovery().offers().first().map_or(DraftId::default(), |offer| offer.id);
    Command::Recovery(command(first))
}
