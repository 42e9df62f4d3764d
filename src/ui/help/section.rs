//! The sections of the manual: their titles, their texts, and the page each belongs to.

use crate::workbench::page::Page;

/// A section of the manual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Section {
    /// A first token, on the Craft page.
    #[default]
    FirstToken,
    /// Why an API refuses a token, on the Inspect page.
    Refused,
    /// Which claims belong into a token.
    Claims,
    /// Templates, variables, placeholders and the library.
    Templates,
    /// Secrets and keys.
    Keys,
    /// Variants side by side.
    Compare,
    /// How figures are measured.
    Timing,
    /// What a login costs the others.
    LoginLab,
    /// Many tokens at once.
    MintMany,
    /// Every rule.
    Findings,
    /// Every figure.
    Figures,
    /// The subcommands.
    CommandLine,
    /// Settings, and where files live.
    Settings,
    /// Working without a mouse.
    Keyboard,
    /// What stays on this computer.
    Privacy,
}

impl Section {
    /// All of them, in the order of the table of contents.
    pub const ALL: [Self; 15] = [
        Self::FirstToken,
        Self::Refused,
        Self::Claims,
        Self::Templates,
        Self::Keys,
        Self::Compare,
        Self::Timing,
        Self::LoginLab,
        Self::MintMany,
        Self::Findings,
        Self::Figures,
        Self::CommandLine,
        Self::Settings,
        Self::Keyboard,
        Self::Privacy,
    ];

    /// What links in the texts call it; its file is named so, too.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FirstToken => "first-token",
            Self::Refused => "refused",
            Self::Claims => "claims",
            Self::Templates => "templates",
            Self::Keys => "keys",
            Self::Compare => "compare",
            Self::Timing => "timing",
            Self::LoginLab => "login-lab",
            Self::MintMany => "mint-many",
            Self::Findings => "findings",
            Self::Figures => "figures",
            Self::CommandLine => "command-line",
            Self::Settings => "settings",
            Self::Keyboard => "keyboard",
            Self::Privacy => "privacy",
        }
    }

    /// The section of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.name() == name)
    }

    /// Its title in the table of contents.
    pub const fn title(self) -> &'static str {
        match self {
            Self::FirstToken => "A first token",
            Self::Refused => "Why is it refused?",
            Self::Claims => "Choosing claims",
            Self::Templates => "Templates and variables",
            Self::Keys => "Secrets and keys",
            Self::Compare => "Comparing variants",
            Self::Timing => "How times are measured",
            Self::LoginLab => "The login lab",
            Self::MintMany => "Many tokens at once",
            Self::Findings => "Every finding",
            Self::Figures => "Every figure",
            Self::CommandLine => "On the command line",
            Self::Settings => "Settings and files",
            Self::Keyboard => "Keyboard",
            Self::Privacy => "What stays private",
        }
    }

    /// Its text, in Markdown.
    pub(super) const fn text(self) -> &'static str {
        macro_rules! text {
            ($name:literal) => {
                include_str!(concat!("../../../assets/manual/", $name, ".md"))
            };
        }
        match self {
            Self::FirstToken => text!("first-token"),
            Self::Refused => text!("refused"),
            Self::Claims => text!("claims"),
            Self::Templates => text!("templates"),
            Self::Keys => text!("keys"),
            Self::Compare => text!("compare"),
            Self::Timing => text!("timing"),
            Self::LoginLab => text!("login-lab"),
            Self::MintMany => text!("mint-many"),
            Self::Findings => text!("findings"),
            Self::Figures => text!("figures"),
            Self::CommandLine => text!("command-line"),
            Self::Settings => text!("settings"),
            Self::Keyboard => text!("keyboard"),
            Self::Privacy => text!("privacy"),
        }
    }

    /// The section about a page; the Timing page can show the login lab.
    pub const fn of_page(page: Page, shows_login_lab: bool) -> Self {
        match page {
            Page::Craft => Self::FirstToken,
            Page::Inspect => Self::Refused,
            Page::Compare => Self::Compare,
            Page::Timing if shows_login_lab => Self::LoginLab,
            Page::Timing => Self::Timing,
            Page::Bulk => Self::MintMany,
            Page::Keys => Self::Keys,
            Page::Settings => Self::Settings,
        }
    }
}
