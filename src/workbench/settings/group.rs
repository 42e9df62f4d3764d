//! The settings in groups, as they are shown and as they go back to their defaults.

use super::clock::ClockSettings;
use super::new_drafts::NewDrafts;
use super::{SafetySettings, Settings};

/// A group of settings that are choices. What is remembered, such as recent files, belongs to none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Theme and zoom.
    Appearance,
    /// The clock and the time zones.
    Clock,
    /// What a new draft begins with.
    NewDrafts,
    /// The budget that sizes are held against.
    Size,
    /// What is kept, and for how long.
    Safety,
}

impl Group {
    /// Every group, in the order of the page.
    pub const ALL: [Self; 5] = [Self::Appearance, Self::Clock, Self::NewDrafts, Self::Size, Self::Safety];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Appearance => "Appearance",
            Self::Clock => "Clock",
            Self::NewDrafts => "New drafts",
            Self::Size => "Token size",
            Self::Safety => "Safety",
        }
    }

    /// Whether everything in it is as it was at first.
    pub fn is_default(self, settings: &Settings) -> bool {
        let mut reset = settings.clone();
        self.reset(&mut reset);
        reset == *settings
    }

    /// Makes everything in it as it was at first.
    pub fn reset(self, settings: &mut Settings) {
        match self {
            Self::Appearance => {
                let Settings { theme, scale, motion, .. } = Settings::default();
                (settings.theme, settings.scale, settings.motion) = (theme, scale, motion);
            }
            Self::Clock => settings.clock = ClockSettings::default(),
            Self::NewDrafts => settings.new_drafts = NewDrafts::default(),
            Self::Size => settings.budget.clear(),
            Self::Safety => settings.safety = SafetySettings::default(),
        }
    }
}
