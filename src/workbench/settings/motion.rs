//! Whether things in the window move by themselves.

use serde::{Deserialize, Serialize};

/// Opening and fading, scrolling to a place, turning signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Motion {
    /// As the desktop asks for.
    #[default]
    System,
    /// Nothing moves by itself.
    Reduced,
    /// Everything moves.
    Full,
}

impl Motion {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::System, Self::Reduced, Self::Full];

    /// The word for it in the window.
    pub const fn label(self) -> &'static str {
        match self {
            Self::System => "Desktop",
            Self::Reduced => "Reduced",
            Self::Full => "Full",
        }
    }
}
