//! Other words that people look for an action with.

use super::Action;
use crate::jose::jwa::{Family, KeyKind};
use crate::ui::request::ClaimsView;
use crate::workbench::draft_export::DraftExport;
use crate::workbench::page::Page;
use crate::workbench::settings::Theme;

impl Action {
    /// What else it might be called, for searching; words that its name has already are left out.
    pub const fn synonyms(self) -> &'static str {
        match self {
            Self::New => "create template blank",
            Self::Open => "load file",
            Self::Import => "jwt.io postman burp openapi schema paste",
            Self::Save => "write file",
            Self::SaveAs => "rename file",
            Self::OpenKeptDraft => "recover restore crash",
            Self::DiscardKeptDraft => "recovery crash",
            Self::ExportDraft(DraftExport::Token) => "export jwt write",
            Self::ExportDraft(_) => "export json write",
            Self::Quit => "exit close",
            Self::Undo => "back revert",
            Self::Redo => "again repeat",
            Self::Find => "search ctrl f",
            Self::Format(_) => "pretty print indent beautify",
            Self::Minify(_) => "compact shrink white space",
            Self::AddClaim => "new field property",
            Self::AddVariable => "placeholder parameter declare",
            Self::RelativeTimes => "now exp iat template",
            Self::ClaimsView(ClaimsView::Text) => "json editor payload raw",
            Self::ClaimsView(ClaimsView::Table) => "grid rows payload",
            Self::FocusClaims => "payload body focus",
            Self::FocusHeader => "jose focus alg typ",
            Self::MintAgain => "refresh sign renew iat",
            Self::ExpireIn(_) => "expiration expiry exp lifetime ttl valid",
            Self::NeverExpire => "expiration expiry exp lifetime ttl remove",
            Self::UseAlgorithm(algorithm) => match algorithm.family() {
                Family::Hmac => "algorithm alg sign hmac sha symmetric",
                Family::RsaPkcs1 | Family::RsaPss => "algorithm alg sign rsa",
                Family::Ecdsa => "algorithm alg sign ecdsa elliptic curve",
                Family::EdDsa => "algorithm alg sign ed25519 eddsa",
            },
            Self::UseSerialization(_) => "json white space bytes",
            Self::GenerateSecret => "random hmac password key create",
            Self::GenerateKey(KeyKind::Rsa, _) => "create new pair private public",
            Self::GenerateKey(..) => "create new pair private public elliptic curve ec",
            Self::OpenKey => "import load pem jwk jwks der file",
            Self::PasteKey => "import pem jwk jwks add",
            Self::ExportKey(_) => "export write file jwks",
            Self::CopyKey(_) => "export clipboard jwks",
            Self::CopySecret => "clipboard hmac password key",
            Self::CopyToken => "clipboard jwt",
            Self::CopyBearer => "clipboard http bearer",
            Self::CopyCurl => "clipboard http request shell",
            Self::CopyAsCode => "snippet python java go rust node javascript",
            Self::Measure => "benchmark speed time performance",
            Self::InspectClipboard => "decode paste verify jwt debug 401",
            Self::InspectDraft => "decode verify check",
            Self::EditInCraft => "change modify template",
            Self::CopyReport => "verdict clipboard checks",
            Self::RunDoctor => "diagnose signature wrong invalid 401 why",
            Self::AddDraft | Self::AddSnapshot | Self::AddFiles | Self::PasteTokens | Self::AddInspected => {
                "add variant diff difference"
            }
            Self::Minimise => "minimize smaller shrink reduce size",
            Self::MeasureVariants => "benchmark speed time performance compare",
            Self::Library => "templates folder files list",
            Self::MintMany => "bulk batch csv ndjson generate thousands",
            Self::RunLogin => "load test benchmark measure http server",
            Self::StartLogin | Self::GoToLogin => "server http localhost load test",
            Self::CopyLoginCurl => "http request shell clipboard",
            Self::ExportTable(_) => "save figures report",
            Self::NextFinding => "problem warning error lint issue",
            Self::FixFinding => "problem warning error mend repair quick",
            Self::UnmuteFindings => "problem warning hidden ignore",
            Self::Go(page) => page_synonyms(page),
            Self::NextPage | Self::PreviousPage => "tab switch",
            Self::UseTheme(Theme::Dark) => "dark mode night colours colors appearance",
            Self::UseTheme(Theme::Light) => "light mode day colours colors appearance",
            Self::UseTheme(Theme::System) => "auto mode colours colors appearance desktop",
            Self::ZoomIn => "larger bigger scale font size",
            Self::ZoomOut => "smaller scale font size",
            Self::ZoomReset => "scale font size normal",
            Self::ResetSettings => "defaults preferences options factory",
            Self::ShowHints => "tips first start tour",
            Self::FullScreen => "maximise fullscreen window",
            Self::Palette => "command find",
            Self::MenuBar => "keyboard alt f10",
            Self::Manual => "help documentation guide handbook f1",
            Self::Shortcuts => "keys hotkeys bindings",
            Self::Exercises => "learn tutorial practice lesson",
            Self::About => "version licence license info",
            _ => "",
        }
    }
}

const fn page_synonyms(page: Page) -> &'static str {
    match page {
        Page::Craft => "create edit draft encode sign",
        Page::Inspect => "decode verify check debug jwt.io",
        Page::Compare => "diff difference variants",
        Page::Timing => "benchmark speed performance measure",
        Page::Bulk => "many batch csv",
        Page::Keys => "jwks key ring pem jwk",
        Page::Settings => "preferences options configuration",
    }
}
