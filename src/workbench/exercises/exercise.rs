//! The five exercises, from easy to hard, and what is said about each.

use super::form::Form;

/// A task that is done in the editor and checked by the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Exercise {
    /// A token of one's own.
    FirstToken,
    /// Thirty minutes, written in the right way.
    Expiry,
    /// As few bytes as possible.
    Minimal,
    /// Three mistakes in one draft.
    Mistakes,
    /// What minting on the event loop does to others.
    Blocking,
}

/// Which draft an exercise begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Start {
    /// The exercise.
    pub exercise: Exercise,
    /// One of the forms that are to be judged; `None` for the draft to work on.
    pub form: Option<Form>,
}

impl From<Exercise> for Start {
    fn from(exercise: Exercise) -> Self {
        Self { exercise, form: None }
    }
}

impl Exercise {
    /// All of them, the easiest first.
    pub const ALL: [Self; 5] = [Self::FirstToken, Self::Expiry, Self::Minimal, Self::Mistakes, Self::Blocking];

    /// The name in the settings file.
    pub const fn id(self) -> &'static str {
        match self {
            Self::FirstToken => "first-token",
            Self::Expiry => "expiry",
            Self::Minimal => "minimal",
            Self::Mistakes => "mistakes",
            Self::Blocking => "blocking",
        }
    }

    /// Its place among them, from 1.
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|other| *other == self).unwrap_or_default() + 1
    }

    /// The one after it, if it is not the last.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.number()).copied()
    }

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::FirstToken => "Your first token",
            Self::Expiry => "Thirty minutes, done right",
            Self::Minimal => "A minimal payload",
            Self::Mistakes => "Find the three mistakes",
            Self::Blocking => "Blocking hurts others",
        }
    }

    /// How hard it is, in a word.
    pub const fn difficulty(self) -> &'static str {
        match self {
            Self::FirstToken => "Easy",
            Self::Expiry | Self::Minimal => "Medium",
            Self::Mistakes | Self::Blocking => "Hard",
        }
    }

    /// What is to be done.
    pub const fn task(self) -> &'static str {
        match self {
            Self::FirstToken => {
                "The draft has no claims yet. Say whom the token is for, let it expire, and sign it with HS256 and a \
                 secret that is long enough."
            }
            Self::Expiry => {
                "Four drafts are meant to expire 30 minutes after they are made. They come from a computer whose \
                 clock runs two hours ahead of UTC. Judge how each writes exp: right, legal but questionable, or \
                 wrong. Then write it in a draft of your own."
            }
            Self::Minimal => {
                "This token travels with every request, 40 groups and all. Keep what a session needs, sub and exp, \
                 and drop the rest."
            }
            Self::Mistakes => {
                "Three common mistakes are in this draft and in how its secret is read. Mend all three, and leave \
                 everything else as it is."
            }
            Self::Blocking => {
                "Measure in the login lab that minting on the event loop makes requests wait that have nothing to do \
                 with logins, and that minting off the loop does not."
            }
        }
    }

    /// Where to look.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::FirstToken => {
                "sub names the user: \"sub\": \"user-42\". The Expiry card writes exp for you. Generate draws a \
                 secret of the right length."
            }
            Self::Expiry => {
                "exp is a number: seconds since 1970, always in UTC. A text is none. A fraction is allowed, but not \
                 every library takes it. For local time, subtract two hours and look at what is left."
            }
            Self::Minimal => {
                "Each claim costs four characters of the token for three bytes of its text, names and quotes \
                 included. The Compare page lists what every claim costs."
            }
            Self::Mistakes => {
                "The Findings card names them. One is a time that is no number. One is something that everybody who \
                 holds the token can read: signing is not encryption. One is a secret taken for text that stands for \
                 bytes."
            }
            Self::Blocking => {
                "The longer the work of one login takes, the longer all others wait for it. RS256 with a key of 4,096 \
                 bits is slow to sign with; verifying the hash of a password takes longer still. The lab's settings have \
                 a switch for it."
            }
        }
    }

    /// How it is done.
    pub const fn solution(self) -> &'static str {
        match self {
            Self::FirstToken => {
                "Type { \"sub\": \"user-42\" } as claims, choose 30 m under Expiry, leave the algorithm at HS256, \
                 and press Generate if the secret is too short."
            }
            Self::Expiry => {
                "Wrong: the date as text, which verifiers reject, and local time, which lives as much longer as the \
                 clock is ahead. Questionable: the fraction. Right: whole seconds in UTC. In your own draft choose \
                 30 m under Expiry; it writes \"{{now+30m}}\", which becomes such a number whenever it is minted."
            }
            Self::Minimal => {
                "Delete every line of the claims but sub and exp. On the Compare page, Minimise adds the same as a \
                 variant beside the full one."
            }
            Self::Mistakes => {
                "Write exp as \"{{now+30m}}\". Remove password: whoever has the token can decode it. Read the secret \
                 as base64: 44 letters of text are other bytes than the 32 they stand for, and another signature."
            }
            Self::Blocking => {
                "Start the exercise and generate an RSA key of 4,096 bits from the Key menu. In the login lab let the \
                 password be verified, set 10 logins a second and measure all patterns. Then compare the p99 of /ping \
                 in the rows on and off the loop."
            }
        }
    }

    /// Whether the program can do it for the user. The lab is to be seen running.
    pub const fn can_be_done_for_you(self) -> bool {
        !matches!(self, Self::Blocking)
    }
}
