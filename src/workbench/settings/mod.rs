//! What the program remembers between two starts: how the window looks, never what was typed into it.

pub mod clock;
mod commands;
pub mod group;
pub mod hint;
pub mod merge;
mod motion;
pub mod new_drafts;
pub mod reading;
mod safety;
mod theme;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use self::clock::ClockSettings;
pub use self::commands::{Keeping, SettingsCommand};
use self::hint::Hint;
pub use self::motion::Motion;
use self::new_drafts::NewDrafts;
use self::reading::Found;
pub use self::safety::SafetySettings;
pub use self::theme::Theme;
use super::exercises::progress;
use super::page::Page;
use crate::jose::error::Problem;

/// The form of the settings text this version writes.
const VERSION: u32 = 1;

/// The number of recent files kept.
const RECENT_FILES: usize = 10;

/// The settings file, field by field. There is no field for claims, keys or tokens, and none may be added.
///
/// What a user has to know of each is in `assets/manual/settings.md`; a test holds the two against each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The form of the text, for later versions of the program.
    pub version: u32,
    /// Light, dark, or what the desktop says.
    pub theme: Theme,
    /// Size of everything in the window, 1 being the designed size; 0.5 to 3.
    pub scale: f32,
    /// Whether things move by themselves, or what the desktop says.
    pub motion: Motion,
    /// Width and height of the window's inside, in points.
    pub window_size: (f32, f32),
    /// The page that was open last.
    pub page: Page,
    /// Which budget the size bar measures against; the budgets know their names.
    pub budget: String,
    /// Templates opened or saved, the latest first, 10 at most.
    pub recent_files: Vec<PathBuf>,
    /// The templates of the user.
    pub library: LibrarySettings,
    /// What is kept, and for how long.
    pub safety: SafetySettings,
    /// What a new draft begins with.
    pub new_drafts: NewDrafts,
    /// How instants are told in the window.
    pub clock: ClockSettings,
    /// The exercises that were solved, and those whose hint or solution was read, by name.
    #[serde(deserialize_with = "progress::tolerant")]
    pub exercises: Vec<String>,
    /// The hints of the first start that are still to be shown.
    #[serde(deserialize_with = "hint::tolerant")]
    pub hints: Vec<Hint>,
}

/// The library, as the user left it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LibrarySettings {
    /// Whether the panel is open.
    pub open: bool,
    /// The folders of templates, in the order to show them in.
    pub folders: Vec<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: VERSION,
            theme: Theme::System,
            scale: 1.0,
            motion: Motion::System,
            window_size: (1280.0, 820.0),
            page: Page::default(),
            budget: String::new(),
            recent_files: Vec::new(),
            library: LibrarySettings::default(),
            safety: SafetySettings::default(),
            new_drafts: NewDrafts::default(),
            clock: ClockSettings::default(),
            exercises: Vec::new(),
            hints: Vec::new(),
        }
    }
}

impl Settings {
    /// Those of somebody who starts the program for the first time: with the hints.
    pub fn of_newcomer() -> Self {
        Self { hints: Hint::ALL.to_vec(), ..Self::default() }
    }

    /// Reads a settings text that nothing is wrong with. Missing and unknown fields are fine; numbers out of range are
    /// brought into range. For a text that may be damaged there is [`Found::read`].
    ///
    /// # Errors
    /// `settings-unreadable`, with the place, when it is not JSON or a field has the wrong type.
    pub fn from_text(text: &str) -> Result<Self, Problem> {
        let found = Found::read(text);
        found.problem().map_or(Ok(found.settings), Err)
    }

    /// The settings as JSON text, one field a line.
    pub fn to_text(&self) -> String {
        serde_json::to_string_pretty(&self.as_written()).map(|text| text + "\n").unwrap_or_default()
    }

    /// As this version writes them.
    fn as_written(&self) -> Self {
        let mut settings = Self { version: VERSION, ..self.clone() };
        settings.bring_into_range();
        settings
    }

    /// Puts `path` on top of the recent files.
    pub fn remember_file(&mut self, path: &Path) {
        self.forget_file(path);
        self.recent_files.insert(0, path.to_path_buf());
        self.recent_files.truncate(RECENT_FILES);
    }

    /// Takes `path` out of the recent files, for one that is gone.
    pub fn forget_file(&mut self, path: &Path) {
        self.recent_files.retain(|known| known != path);
    }

    fn bring_into_range(&mut self) {
        let default = Self::default();
        let within = |value: f32, low: f32, high: f32, default: f32| {
            if value.is_finite() { value.clamp(low, high) } else { default }
        };
        self.scale = within(self.scale, 0.5, 3.0, default.scale);
        self.window_size.0 = within(self.window_size.0, 400.0, 16_384.0, default.window_size.0);
        self.window_size.1 = within(self.window_size.1, 300.0, 16_384.0, default.window_size.1);
        self.recent_files.truncate(RECENT_FILES);
        // A path that is not Unicode has no place in JSON text, and would keep all other settings from being saved.
        self.recent_files.retain(|path| path.to_str().is_some());
        self.library.folders.retain(|path| path.to_str().is_some());
        self.safety = self.safety.in_range();
        self.new_drafts = self.new_drafts.in_range();
        self.exercises = progress::known(std::mem::take(&mut self.exercises));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::instant::{Hours, Zones};
    use crate::jose::jwa::Algorithm;
    use crate::jose::text::Position;

    #[test]
    fn the_text_reads_back_as_the_same_settings() {
        let mut settings = Settings {
            theme: Theme::Dark,
            scale: 1.1,
            budget: "nginx".into(),
            new_drafts: NewDrafts { algorithm: Algorithm::EdDSA, lifetime: 0 },
            clock: ClockSettings { hours: Hours::H12, zones: Zones::LocalUtc },
            hints: vec![Hint::Palette],
            ..Settings::default()
        };
        settings.remember_file(Path::new("/tmp/a.jwt.json"));
        assert_eq!(Settings::from_text(&settings.to_text()), Ok(settings));
    }

    #[test]
    fn missing_and_unknown_fields_are_fine() {
        let settings = Settings::from_text(r#"{"theme":"light","page":"orbit","colour":"mauve"}"#).unwrap();
        assert_eq!(settings, Settings { theme: Theme::Light, ..Settings::default() });
    }

    #[test]
    fn progress_reads_back_and_what_is_none_is_left_out() {
        let marks = ["first-token", "expiry/hint", "blocking/solution"].map(str::to_owned).to_vec();
        let settings = Settings { exercises: marks, ..Settings::default() };
        assert_eq!(Settings::from_text(&settings.to_text()), Ok(settings));
        let read = |text: &str| Settings::from_text(text).unwrap();
        let settings =
            read(r#"{"theme":"light","exercises":["expiry",7,"juggling","expiry",{"sub":"x"},"minimal/hint"]}"#);
        assert_eq!((settings.theme, settings.exercises), (Theme::Light, vec!["expiry".into(), "minimal/hint".into()]));
        for odd in ["null", "\"expiry\"", "{}", "3"] {
            assert_eq!(read(&format!("{{\"exercises\":{odd},\"hints\":{odd}}}")), Settings::default(), "{odd}");
        }
    }

    #[test]
    fn a_broken_text_names_its_place() {
        let text = "{\n  \"scale\": \"big\"\n}";
        let problem = Settings::from_text(text).unwrap_err();
        assert_eq!(problem.code, "settings-unreadable");
        assert_eq!(problem.span.map(|span| Position::of(text, span.start).line), Some(2));
        assert!(Settings::from_text("").is_err());
        assert!(Settings::from_text("null").is_err());
    }

    #[test]
    fn numbers_come_into_range() {
        let settings = Settings::from_text(r#"{"scale":1e9,"window_size":[1,1e30]}"#).unwrap();
        assert_eq!((settings.scale, settings.window_size), (3.0, (400.0, 16_384.0)));
        let unset = Settings { scale: f32::NAN, ..Settings::default() };
        assert_eq!(Settings::from_text(&unset.to_text()).unwrap().scale, 1.0);
    }

    #[test]
    fn recent_files_are_the_ten_latest_each_once() {
        let mut settings = Settings::default();
        for number in 0..12 {
            settings.remember_file(Path::new(&format!("/{number}")));
        }
        settings.remember_file(Path::new("/5"));
        assert_eq!(settings.recent_files.len(), 10);
        assert_eq!(settings.recent_files[..2], [PathBuf::from("/5"), PathBuf::from("/11")]);
        assert_eq!(settings.recent_files.iter().filter(|path| **path == Path::new("/5")).count(), 1);
    }

    #[test]
    fn hints_are_for_newcomers_alone() {
        assert!(Settings::default().hints.is_empty());
        assert!(Settings::from_text("{}").unwrap().hints.is_empty(), "a file without the field");
        assert_eq!(Settings::of_newcomer().hints, Hint::ALL);
        assert_eq!(Settings::from_text(r#"{"hints":["palette","tour",3]}"#).unwrap().hints, [Hint::Palette]);
    }

    #[test]
    fn nothing_typed_is_ever_in_the_text() {
        let text = Settings::default().to_text();
        let fields: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("  \"")?.split('"').next()).collect();
        let expected = [
            "version",
            "theme",
            "scale",
            "motion",
            "window_size",
            "page",
            "budget",
            "recent_files",
            "library",
            "safety",
            "new_drafts",
            "clock",
            "exercises",
            "hints",
        ];
        assert_eq!(fields, expected, "a new field must not hold claims, keys or tokens");
    }
}
