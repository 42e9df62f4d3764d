//! The pages of the window, by the names the command line and the settings file use.

use serde::{Deserialize, Serialize};

use crate::jose::error::Problem;

/// A page of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "&'static str")]
pub enum Page {
    /// Claims, expiry, algorithm and key on the left, the token on the right.
    #[default]
    Craft,
    /// A token from elsewhere: its parts, every check, what is wrong with it.
    Inspect,
    /// Several tokens side by side: bytes, times, claims.
    Compare,
    /// How long minting and verifying take, and on what that depends.
    Timing,
    /// Many tokens at once.
    Bulk,
    /// The key ring.
    Keys,
    /// Theme, size and what the program remembers.
    Settings,
}

impl Page {
    /// Every page, in the order of the rail.
    pub const ALL: [Self; 7] =
        [Self::Craft, Self::Inspect, Self::Compare, Self::Timing, Self::Bulk, Self::Keys, Self::Settings];

    /// The name used on the command line and in the settings file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Craft => "craft",
            Self::Inspect => "inspect",
            Self::Compare => "compare",
            Self::Timing => "timing",
            Self::Bulk => "bulk",
            Self::Keys => "keys",
            Self::Settings => "settings",
        }
    }

    /// The name shown in the window.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Craft => "Craft",
            Self::Inspect => "Inspect",
            Self::Compare => "Compare",
            Self::Timing => "Timing",
            Self::Bulk => "Bulk",
            Self::Keys => "Keys",
            Self::Settings => "Settings",
        }
    }

    /// The names of the parts that the page shows one at a time, used on the command line; none when it shows all.
    pub const fn tabs(self) -> &'static [&'static str] {
        match self {
            Self::Compare => &["costs", "claims", "text", "times"],
            Self::Timing => &["distribution", "growth", "algorithms", "throughput", "login", "runs"],
            Self::Craft => &["library", "minted"],
            Self::Inspect | Self::Bulk | Self::Keys | Self::Settings => &[],
        }
    }

    /// The page of that name.
    ///
    /// # Errors
    /// `page-unknown`, with the names of the pages there are.
    pub fn from_name(name: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|page| page.name() == name).ok_or_else(|| {
            let known = Self::ALL.map(Self::name).join(", ");
            Problem::new("page-unknown", format!("There is no page named {name}"))
                .help(format!("The pages are {known}."))
        })
    }
}

/// A settings file may name a page of another version of the program: it opens the default page.
impl From<String> for Page {
    fn from(name: String) -> Self {
        Self::from_name(&name).unwrap_or_default()
    }
}

impl From<Page> for &'static str {
    fn from(page: Page) -> Self {
        page.name()
    }
}
