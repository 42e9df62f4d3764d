//! What the user chooses on the Settings page, and what came of keeping it.

use std::path::PathBuf;

use super::clock::ClockSettings;
use super::group::Group;
use super::hint::Hint;
use super::new_drafts::NewDrafts;
use super::{SafetySettings, Settings};
use crate::jose::error::Problem;
use crate::jose::instant::InstantFormat;
use crate::jose::jwa::KeyKind;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, ViewCommand};
use crate::workbench::effect::Effect;
use crate::workbench::library::LibraryEffect;
use crate::workbench::page::Page;
use crate::workbench::question::Question;

/// Bits of an RSA key that a new draft needs.
const RSA_BITS: usize = 2_048;

/// Choices that hold for the whole program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsCommand {
    /// Choose what is kept of the work, and how long copies stay on the clipboard.
    Safety(SafetySettings),
    /// Choose what a new draft begins with.
    NewDrafts(NewDrafts),
    /// Choose how instants are told.
    Clock(ClockSettings),
    /// Make a group as it was at first.
    Reset(Group),
    /// Ask whether all groups are to be as they were at first.
    AskReset,
    /// Do not show this hint any more.
    CloseHint(Hint),
    /// Show the hints of the first start again.
    ShowHints,
    /// Try again to write the settings file.
    SaveAgain,
    /// Show the settings file in the file manager.
    RevealFile,
}

/// Where the settings are kept, and whether they are.
#[derive(Debug, Default)]
pub struct Keeping {
    /// The settings file; `None` when there is none, as for a user without a home folder.
    pub file: Option<PathBuf>,
    /// Why the newest settings are not in the file.
    pub problem: Option<Problem>,
}

impl Workbench {
    /// Where the settings are kept, and whether they are.
    pub fn settings_keeping(&self) -> &Keeping {
        &self.keeping
    }

    /// Tells where the settings are kept.
    pub fn set_settings_file(&mut self, file: Option<PathBuf>) {
        self.keeping.file = file;
    }

    /// How instants are told.
    pub fn clock(&self) -> InstantFormat {
        self.settings.clock.format(self.local_offset)
    }

    /// Tells how far the computer's time zone is ahead of UTC at an instant, in seconds; nothing until then.
    pub fn set_local_offset(&mut self, offset: fn(i64) -> i32) {
        self.local_offset = offset;
        self.refresh_findings();
    }

    pub(in crate::workbench) fn apply_settings(&mut self, command: SettingsCommand) -> Vec<Effect> {
        match command {
            SettingsCommand::Safety(safety) => self.settings.safety = safety.in_range(),
            SettingsCommand::NewDrafts(new_drafts) => self.settings.new_drafts = new_drafts.in_range(),
            SettingsCommand::Clock(clock) => {
                self.settings.clock = clock;
                self.tell_instants_anew();
            }
            SettingsCommand::Reset(group) => {
                group.reset(&mut self.settings);
                self.tell_instants_anew();
            }
            SettingsCommand::AskReset => {
                self.question = Some(Question::ResetSettings);
                return Vec::new();
            }
            SettingsCommand::CloseHint(hint) => self.settings.hints.retain(|known| *known != hint),
            SettingsCommand::ShowHints => {
                self.settings.hints = Hint::ALL.to_vec();
                return self.apply_view(ViewCommand::Page(Page::Craft));
            }
            SettingsCommand::SaveAgain => {}
            SettingsCommand::RevealFile => {
                let file = self.keeping.file.clone();
                return file.map(|file| Effect::Library(LibraryEffect::Reveal(file))).into_iter().collect();
            }
        }
        vec![self.save_settings()]
    }

    /// Every choice as it was at first. What is remembered of files, folders and exercises stays.
    pub(in crate::workbench) fn reset_settings(&mut self) -> Vec<Effect> {
        Group::ALL.into_iter().for_each(|group| group.reset(&mut self.settings));
        self.tell_instants_anew();
        self.notices.done("The settings are as they were at first.", self.now);
        vec![self.save_settings()]
    }

    /// Has the settings written.
    pub(in crate::workbench) fn save_settings(&self) -> Effect {
        Effect::SaveSettings(Box::new(self.settings.clone()))
    }

    /// What came of it. A failure is told once, and stays on the Settings page until a save succeeds.
    pub(in crate::workbench) fn on_settings_saved(&mut self, outcome: Result<(), Problem>) {
        let problem = outcome.err();
        if let Some(problem) = problem.clone().filter(|_| self.keeping.problem.is_none()) {
            self.notices.error(problem, self.now);
        }
        self.keeping.problem = problem;
    }

    /// The hint that `command` makes needless goes for good.
    pub(in crate::workbench) fn drop_hint(&mut self, command: &Command) -> Option<Effect> {
        let hint = Hint::acted_on(command).filter(|hint| self.settings.hints.contains(hint))?;
        self.settings.hints.retain(|known| *known != hint);
        Some(self.save_settings())
    }

    /// The key that a new draft needs and that is not there yet: generated in the background.
    pub(in crate::workbench) fn generate_for_new_draft(&mut self) -> Vec<Effect> {
        let kind = self.settings.new_drafts.algorithm.key_kind();
        let is_waited_for = self.pending.generation.is_some_and(|generation| generation.kind == kind);
        let has_key = kind == KeyKind::Secret || self.keys.pair(kind).is_some_and(|key| key.is_private());
        if has_key || is_waited_for {
            return Vec::new();
        }
        self.generate_key(kind, (kind == KeyKind::Rsa).then_some(RSA_BITS), true)
    }

    fn tell_instants_anew(&mut self) {
        self.refresh_findings();
        self.judge();
    }
}

impl Settings {
    /// Bytes of the secret that the first draft is signed with: what its algorithm asks for, and at least 32.
    pub fn first_secret_bytes(&self) -> usize {
        self.new_drafts.algorithm.minimum_secret_bits().map_or(0, |bits| bits / 8).max(32)
    }
}
