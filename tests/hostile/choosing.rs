//! Choices of the Settings page, for random sequences.

use jwt_workbench::jose::instant::{Hours, Zones};
use jwt_workbench::jose::jwa::Algorithm;
use jwt_workbench::workbench::settings::clock::ClockSettings;
use jwt_workbench::workbench::settings::group::Group;
use jwt_workbench::workbench::settings::hint::Hint;
use jwt_workbench::workbench::settings::new_drafts::NewDrafts;
use jwt_workbench::workbench::settings::{SafetySettings, SettingsCommand};
use proptest::prelude::*;
use proptest::sample::select;

pub(crate) fn choosing() -> impl Strategy<Value = SettingsCommand> {
    let clock = (select(vec![Hours::H24, Hours::H12]), select(vec![Zones::Utc, Zones::UtcLocal, Zones::LocalUtc]));
    prop_oneof![
        clock.prop_map(|(hours, zones)| SettingsCommand::Clock(ClockSettings { hours, zones })),
        (select(Algorithm::ALL.to_vec()), any::<u32>())
            .prop_map(|(algorithm, lifetime)| SettingsCommand::NewDrafts(NewDrafts { algorithm, lifetime })),
        (any::<u32>(), any::<u32>()).prop_map(|(clear_secrets_after, clear_tokens_after)| {
            SettingsCommand::Safety(SafetySettings {
                clear_secrets_after,
                clear_tokens_after,
                ..SafetySettings::default()
            })
        }),
        select(Group::ALL.to_vec()).prop_map(SettingsCommand::Reset),
        Just(SettingsCommand::AskReset),
        select(Hint::ALL.to_vec()).prop_map(SettingsCommand::CloseHint),
        Just(SettingsCommand::ShowHints),
        Just(SettingsCommand::SaveAgain),
        Just(SettingsCommand::RevealFile),
    ]
}
