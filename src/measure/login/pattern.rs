//! The four ways to mint in a login: which payload, and where the work is done.

use serde::{Deserialize, Serialize};

/// Which claims the token carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Payload {
    /// All claims of the draft or variant.
    #[default]
    Full,
    /// `sub` and `exp` only, or what the user chose to keep.
    Minimal,
}

/// Where the token is minted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Minting {
    /// On the event loop: nothing else is served meanwhile.
    #[default]
    OnLoop,
    /// In a pool of worker threads: the loop goes on serving.
    OffLoop,
}

/// A way to mint in a login.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pattern {
    /// Which claims.
    pub payload: Payload,
    /// Where.
    pub minting: Minting,
}

impl Pattern {
    /// All four, the worst first.
    pub const ALL: [Self; 4] = [
        Self { payload: Payload::Full, minting: Minting::OnLoop },
        Self { payload: Payload::Minimal, minting: Minting::OnLoop },
        Self { payload: Payload::Full, minting: Minting::OffLoop },
        Self { payload: Payload::Minimal, minting: Minting::OffLoop },
    ];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match (self.minting, self.payload) {
            (Minting::OnLoop, Payload::Full) => "Blocking, full payload",
            (Minting::OnLoop, Payload::Minimal) => "Blocking, minimal",
            (Minting::OffLoop, Payload::Full) => "Off the loop, full payload",
            (Minting::OffLoop, Payload::Minimal) => "Off the loop, minimal",
        }
    }

    /// The path and query of `POST /login` that asks for it.
    pub const fn login_path(self) -> &'static str {
        match (self.minting, self.payload) {
            (Minting::OnLoop, Payload::Full) => "/login?payload=full&minting=on-loop",
            (Minting::OnLoop, Payload::Minimal) => "/login?payload=minimal&minting=on-loop",
            (Minting::OffLoop, Payload::Full) => "/login?payload=full&minting=off-loop",
            (Minting::OffLoop, Payload::Minimal) => "/login?payload=minimal&minting=off-loop",
        }
    }
}
