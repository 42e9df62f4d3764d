//! Drafts that are kept, in random sequences: what is kept is always what would be lost.

use jwt_workbench::template::file::TemplateFile;
use jwt_workbench::workbench::Workbench;
use jwt_workbench::workbench::command::{Command, FileCommand};
use jwt_workbench::workbench::effect::{Effect, Event, Origin};
use jwt_workbench::workbench::file_stamp::FileStamp;
use jwt_workbench::workbench::kept_draft::KeptDraft;
use jwt_workbench::workbench::recovery::{DraftId, LeftDraft, RecoveryCommand, RecoveryEffect, RecoveryEvent};
use jwt_workbench::workbench::settings::{SafetySettings, SettingsCommand};
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

/// What the folder of this window holds.
#[derive(Default)]
pub(crate) struct Kept {
    draft: Option<Box<KeptDraft>>,
    closed: bool,
}

impl Kept {
    /// Does at once what concerns kept drafts, in its order, as the thread does; gives back the rest.
    pub(crate) fn take_in(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        let mut rest = Vec::new();
        for effect in effects {
            match effect {
                Effect::Recovery(RecoveryEffect::Keep(draft)) => self.draft = Some(draft),
                Effect::Recovery(RecoveryEffect::Drop) => self.draft = None,
                Effect::Recovery(RecoveryEffect::Adopt(_) | RecoveryEffect::Discard(_)) => {}
                other => {
                    self.closed |= matches!(other, Effect::Quit);
                    rest.push(other);
                }
            }
        }
        rest
    }

    /// Unsaved work is kept as it is, and nothing else is.
    pub(crate) fn check(&self, workbench: &Workbench) {
        let is_wanted = workbench.draft().is_unsaved() && workbench.settings().safety.keep_drafts && !self.closed;
        let wanted = is_wanted.then(|| workbench.draft().template());
        assert_eq!(self.draft.as_ref().map(|kept| &kept.template), wanted);
    }
}

fn id(number: u128) -> DraftId {
    DraftId(Uuid::from_u128(number))
}

/// Three drafts that others left behind, of which one has a file.
pub(crate) fn found(path: std::path::PathBuf) -> Event {
    let stamp = FileStamp { modified: 0, len: 1, inode: 77 };
    let draft = |claims: &str, origin| KeptDraft { template: TemplateFile::new("left", "{}", claims), origin, at: 0 };
    let drafts = [draft("{", None), draft("{\"a\":1}", Some(Origin { path, stamp: Some(stamp) })), draft("", None)];
    let drafts = drafts.into_iter().zip(1..).map(|(draft, number)| LeftDraft { id: id(number), draft });
    Event::Recovery(RecoveryEvent::Found(drafts.collect()))
}

pub(crate) fn recovering() -> impl Strategy<Value = Command> {
    let ids = || select((1..=4).map(id).collect::<Vec<_>>());
    prop_oneof![
        2 => ids().prop_map(RecoveryCommand::Open).prop_map(Command::Recovery),
        2 => ids().prop_map(RecoveryCommand::Discard).prop_map(Command::Recovery),
        1 => ids().prop_map(FileCommand::OpenKept).prop_map(Command::File),
        2 => (any::<bool>(), any::<u32>()).prop_map(|(keep_drafts, clear_secrets_after)| {
            Command::Settings(SettingsCommand::Safety(SafetySettings {
                keep_drafts,
                clear_secrets_after,
                ..SafetySettings::default()
            }))
        }),
    ]
}
