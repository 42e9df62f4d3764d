//! What every action is called.

use std::borrow::Cow;

use super::Action;
use crate::ui::request::ClaimsView;
use crate::workbench::command::Part;
use crate::workbench::draft_export::DraftExport;
use crate::workbench::effect::KeyExport;
use crate::workbench::settings::Theme;

impl Action {
    /// What it is called, in menus and in the palette.
    pub fn label(self) -> Cow<'static, str> {
        match self {
            Self::New => "New draft".into(),
            Self::Open => "Open…".into(),
            Self::ExportDraft(what) => export_words(what).into(),
            Self::Import => "Import…".into(),
            Self::RelativeTimes => "Make times relative…".into(),
            Self::Save => "Save".into(),
            Self::SaveAs => "Save as…".into(),
            Self::OpenKeptDraft => "Open the draft that was not saved".into(),
            Self::DiscardKeptDraft => "Discard the draft that was not saved".into(),
            Self::Quit => "Quit".into(),
            Self::Undo => "Undo".into(),
            Self::Redo => "Redo".into(),
            Self::Find => "Find in claims".into(),
            Self::Format(part) => format!("Format {}", part_name(part)).into(),
            Self::Minify(part) => format!("Minify {}", part_name(part)).into(),
            Self::RemoveSchema => "Remove the schema of the claims".into(),
            Self::AddVariable => "Add variable".into(),
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
            Self::Library => "Library".into(),
            Self::MintMany => "Mint many…".into(),
            Self::PauseMinting => "Pause minting many".into(),
            Self::GoOnMinting => "Go on minting many".into(),
            Self::CancelMinting => "Cancel minting many".into(),
            Self::ResumeMinting => "Resume minting many".into(),
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
            Self::NextPage => "Go to the next page".into(),
            Self::PreviousPage => "Go to the page before".into(),
            Self::UseTheme(theme) => match theme {
                Theme::System => "Use the theme of the system".into(),
                Theme::Light => "Use the light theme".into(),
                Theme::Dark => "Use the dark theme".into(),
            },
            Self::ResetSettings => "Reset all settings…".into(),
            Self::ShowHints => "Show the first hints again".into(),
            Self::ZoomIn => "Zoom in".into(),
            Self::ZoomOut => "Zoom out".into(),
            Self::ZoomReset => "Zoom to 100 %".into(),
            Self::FullScreen => "Full screen".into(),
            Self::Palette => "Search actions".into(),
            Self::MenuBar => "Go to the menus".into(),
            Self::Manual => "Manual".into(),
            Self::Shortcuts => "Keyboard shortcuts".into(),
            Self::Exercises => "Exercises".into(),
            Self::About => "About JWT Workbench".into(),
        }
    }
}

const fn export_words(what: DraftExport) -> &'static str {
    match what {
        DraftExport::Copy => "Save a copy…",
        DraftExport::ClaimsTyped => "Save claims as typed…",
        DraftExport::ClaimsSigned => "Save claims as signed…",
        DraftExport::Token => "Save token…",
    }
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
