//! The settings: commands in, state and effects out.
#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

#[path = "common/bench.rs"]
mod bench;

use std::path::PathBuf;
use std::sync::Arc;

use bench::{Bench, NOW, SECRET};
use jwt_workbench::jose::error::Problem;
use jwt_workbench::jose::instant::{Hours, Zones};
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::jose::verify::CheckName;
use jwt_workbench::template::default::default_template;
use jwt_workbench::workbench::Workbench;
use jwt_workbench::workbench::command::{
    Answer, Command, Copied, DraftCommand, FileCommand, InspectCommand, KeyCommand, Part, ViewCommand,
};
use jwt_workbench::workbench::effect::{Effect, Event};
use jwt_workbench::workbench::facts::SignerCache;
use jwt_workbench::workbench::library::LibraryCommand;
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::settings::clock::ClockSettings;
use jwt_workbench::workbench::settings::group::Group;
use jwt_workbench::workbench::settings::hint::Hint;
use jwt_workbench::workbench::settings::new_drafts::NewDrafts;
use jwt_workbench::workbench::settings::{Settings, SettingsCommand, Theme};

impl Bench {
    /// The program as it starts with these settings, up to what needs a thread.
    fn started(settings: Settings) -> Self {
        let (template, secret) = (settings.new_drafts.template(), Secret::from(SECRET.to_owned()));
        let (workbench, effects) = Workbench::new(template, secret, settings, NOW);
        let mut bench = Self { workbench, signers: SignerCache::default(), now: NOW, left: Vec::new() };
        bench.run(effects);
        bench
    }

    fn choose(&mut self, command: SettingsCommand) -> &mut Self {
        self.apply(Command::Settings(command))
    }

    fn settings(&self) -> &Settings {
        self.workbench.settings()
    }

    fn algorithm(&self) -> Option<Algorithm> {
        self.workbench.minted().map(|minted| minted.algorithm)
    }

    /// Generates the key that was asked for.
    #[track_caller]
    fn generate(&mut self) {
        let asked = self.left.iter().find_map(|effect| match effect {
            Effect::GenerateKey { kind, bits, ticket } => Some((*kind, *bits, *ticket)),
            _ => None,
        });
        let (kind, bits, ticket) = asked.expect("a key is asked for");
        self.event(Event::KeyGenerated { ticket, key: Key::generate(kind, bits).map(Arc::new) });
    }

    fn asks_for_a_key(&self) -> bool {
        self.left.iter().any(|effect| matches!(effect, Effect::GenerateKey { .. }))
    }

    fn notices(&self) -> usize {
        self.workbench.notices().list().len()
    }
}

const ES256: NewDrafts = NewDrafts { algorithm: Algorithm::ES256, lifetime: 28_800 };

#[test]
fn the_first_draft_is_as_the_settings_say_and_its_key_comes_by_itself() {
    let mut bench = Bench::started(Settings { new_drafts: ES256, ..Settings::default() });
    assert!(bench.workbench.draft().text(Part::Header).contains("ES256"));
    assert!(bench.workbench.minted().is_none(), "no token before there is a key");
    assert_eq!(bench.workbench.generation().map(|generation| generation.kind), Some(KeyKind::P256));
    bench.generate();
    assert_eq!(bench.algorithm(), Some(Algorithm::ES256));
    assert_eq!(bench.workbench.minted().unwrap().expires(), Some(NOW + 28_800));
    assert!(!bench.workbench.draft().is_unsaved());
    assert!(!bench.workbench.draft().history().can_undo(), "the key was there from the start");
    assert_eq!(bench.notices(), 0);
}

#[test]
fn the_key_of_the_first_draft_goes_to_the_draft_on_whatever_page_it_comes() {
    for page in [Page::Inspect, Page::Keys] {
        let mut bench = Bench::started(Settings { new_drafts: ES256, page, ..Settings::default() });
        bench.generate();
        assert_eq!(bench.algorithm(), Some(Algorithm::ES256));
    }
}

#[test]
fn a_new_draft_is_as_the_settings_say_and_takes_the_key_there_is() {
    let mut bench = Bench::new();
    bench.choose(SettingsCommand::NewDrafts(ES256));
    assert_eq!(bench.algorithm(), Some(Algorithm::HS256), "the draft there is stays as it is");
    bench.apply(Command::File(FileCommand::New));
    bench.generate();
    assert_eq!(bench.algorithm(), Some(Algorithm::ES256));
    bench.apply(Command::File(FileCommand::New));
    assert!(!bench.asks_for_a_key());
    assert_eq!(bench.algorithm(), Some(Algorithm::ES256));
    bench.choose(SettingsCommand::NewDrafts(NewDrafts::default())).apply(Command::File(FileCommand::New));
    assert_eq!(bench.workbench.draft().template(), &default_template());
}

#[test]
fn a_key_that_was_opened_meanwhile_is_not_replaced() {
    let mut bench = Bench::started(Settings { new_drafts: ES256, ..Settings::default() });
    let asked = std::mem::take(&mut bench.left);
    let own = Key::generate(KeyKind::P256, None).unwrap();
    bench.apply(Command::Key(KeyCommand::Paste(own.to_pem(true).unwrap())));
    bench.left = asked;
    bench.generate();
    let used = bench.workbench.active_key().unwrap();
    assert_eq!(used.public().unwrap().to_pem(false), own.public().unwrap().to_pem(false));
}

#[test]
fn the_clock_goes_through_findings_and_checks() {
    let mut bench = Bench::new();
    bench.workbench.set_local_offset(|_| 7_200);
    bench.apply(Command::Draft(DraftCommand::Type(Part::Claims, format!("{{\"exp\":{}}}", NOW - 60))));
    bench.apply(Command::Inspect(InspectCommand::InspectDraft));
    let told = |bench: &Bench| {
        let finding = bench.workbench.findings().findings.iter().find(|finding| finding.id == "T05").unwrap();
        let checks = &bench.workbench.inspection().verification().unwrap().checks;
        let check = checks.iter().find(|check| check.name == CheckName::Expiry).unwrap();
        (finding.message.clone(), check.detail.clone())
    };
    let (finding, check) = told(&bench);
    assert!(finding.contains("(2026-11-21 18:11:32 UTC)") && check.contains("18:11:32 UTC"), "{finding} {check}");
    bench.choose(SettingsCommand::Clock(ClockSettings { hours: Hours::H12, zones: Zones::LocalUtc }));
    let (finding, check) = told(&bench);
    let words = "2026-11-21 08:11:32 PM local · 06:11:32 PM UTC";
    assert!(finding.contains(words) && check.contains(words), "{finding} {check}");
}

#[test]
fn hints_go_when_they_are_acted_on_and_come_back_when_asked_for() {
    let mut bench = Bench::started(Settings::of_newcomer());
    assert_eq!(bench.settings().hints, Hint::ALL);
    bench.apply(Command::View(ViewCommand::Theme(Theme::Dark)));
    assert_eq!(bench.settings().hints.len(), 3, "other commands change nothing");
    bench.apply(Command::Draft(DraftCommand::Type(Part::Claims, "{}".to_owned())));
    assert_eq!(bench.settings().hints, [Hint::Copying, Hint::Palette]);
    assert!(bench.left.iter().any(|effect| matches!(effect, Effect::SaveSettings(_))), "for good");
    bench.apply(Command::Copy(Copied::Token));
    bench.choose(SettingsCommand::CloseHint(Hint::Palette));
    assert!(bench.settings().hints.is_empty());
    bench.choose(SettingsCommand::ShowHints);
    assert_eq!(bench.settings().hints, Hint::ALL);
}

#[test]
fn a_reset_is_asked_about_and_leaves_what_is_remembered() {
    let mut bench = Bench::new();
    let remembered =
        Settings { exercises: vec!["expiry".into()], recent_files: vec![PathBuf::from("/a")], ..Settings::default() };
    bench.workbench =
        Bench::started(Settings { theme: Theme::Dark, scale: 2.0, new_drafts: ES256, ..remembered.clone() }).workbench;
    bench.choose(SettingsCommand::Reset(Group::Appearance));
    assert_eq!((bench.settings().theme, bench.settings().scale), (Theme::System, 1.0));
    assert_eq!(bench.settings().new_drafts, ES256, "the other groups stay");
    bench.choose(SettingsCommand::AskReset);
    bench.apply(Command::File(FileCommand::Answer(Answer::Cancel)));
    assert_eq!(bench.settings().new_drafts, ES256);
    bench.choose(SettingsCommand::AskReset);
    bench.apply(Command::File(FileCommand::Answer(Answer::Save)));
    assert_eq!(bench.settings(), &remembered);
    assert!(Group::ALL.into_iter().all(|group| group.is_default(bench.settings())));
}

#[test]
fn folders_are_moved_among_the_others() {
    let folders = ["/a", "/b", "/c"].map(PathBuf::from).to_vec();
    let mut settings = Settings::default();
    settings.library.folders = folders;
    let mut bench = Bench::started(settings);
    let mut moved = |folder: &str, place: usize| {
        bench.apply(Command::Library(LibraryCommand::MoveFolder(PathBuf::from(folder), place)));
        bench.settings().library.folders.iter().map(|folder| folder.display().to_string()).collect::<String>()
    };
    assert_eq!(moved("/c", 0), "/c/a/b");
    assert_eq!(moved("/c", 9), "/a/b/c");
    assert_eq!(moved("/elsewhere", 0), "/a/b/c");
}

#[test]
fn settings_that_cannot_be_saved_are_told_once_and_until_they_are() {
    let mut bench = Bench::new();
    let failed = || Event::SettingsSaved(Err(Problem::new("file-full", "Cannot save").help("Free some space.")));
    bench.event(failed());
    assert_eq!(bench.notices(), 1);
    let notice = bench.workbench.notices().list()[0].id;
    bench.apply(Command::View(ViewCommand::DismissNotice(notice)));
    bench.event(failed());
    assert_eq!(bench.notices(), 0, "it was told");
    assert!(bench.workbench.settings_keeping().problem.is_some(), "the page goes on telling it");
    bench.event(Event::SettingsSaved(Ok(())));
    assert!(bench.workbench.settings_keeping().problem.is_none());
}

#[test]
fn the_page_of_settings_tells_of_missing_folders_without_the_panel() {
    let mut settings = Settings::default();
    settings.library.folders = vec![PathBuf::from("/missing")];
    let mut bench = Bench::started(settings);
    let follows = |bench: &Bench| bench.left.iter().any(|effect| matches!(effect, Effect::Library(_)));
    assert!(!follows(&bench), "nothing is read at the start");
    bench.apply(Command::View(ViewCommand::Page(Page::Settings)));
    assert!(follows(&bench));
}
