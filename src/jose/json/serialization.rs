//! How the bytes of a header or payload come from its text.

use serde::{Deserialize, Serialize};

/// What becomes of white space and order when a text is written for signing. Numbers and escapes are never touched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Serialization {
    /// White space between the parts is removed, everything else is as typed.
    #[default]
    Compact,
    /// Every byte as typed.
    AsTyped,
    /// As [`Serialization::Compact`], with the members of every object ordered by name (RFC 8785 §3.2.3, RFC 8225 §9).
    Sorted,
}

impl Serialization {
    /// All of them, in the order in which to offer them.
    pub const ALL: [Self; 3] = [Self::Compact, Self::AsTyped, Self::Sorted];

    /// The name shown to people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Compact => "Compact",
            Self::AsTyped => "As typed",
            Self::Sorted => "Sorted",
        }
    }
}
