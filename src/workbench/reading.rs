//! What can be read of a pasted text: the token in it, its parts, the check of its signature and the findings. Read once
//! for each text and key; only the instant is left open.

use std::sync::Arc;

use super::inspection::KeyPick;
use crate::findings::{self, Finding, KeySubject, Subject};
use crate::jose::compact::{Decoded, Part};
use crate::jose::doctor::Suspect;
use crate::jose::error::Problem;
use crate::jose::instant::InstantFormat;
use crate::jose::json::Value;
use crate::jose::key::Key;
use crate::jose::secret::{Secret, SecretEncoding};
use crate::jose::unwrap::{Bare, Unwrapped, unwrap};
use crate::jose::verify::{SignatureCheck, check_signature};

/// Texts up to this many bytes are read at once; longer ones in a thread.
const QUICK_BYTES: usize = 32 * 1024;

/// Everything that a reading follows from.
#[derive(Clone, Debug)]
pub struct ReadingInputs {
    /// The revision of the inspection.
    pub revision: u64,
    /// The text as pasted.
    pub text: String,
    /// Which signature to look at, counted from 0.
    pub signature: usize,
    /// The key that was picked; with [`KeyPick::Automatic`] one of `candidates` is.
    pub pick: KeyPick,
    /// The keys to choose from: the one picked, or all there are.
    pub candidates: Vec<Candidate>,
    /// Why the picked key cannot be used.
    pub unreadable: Option<Problem>,
}

impl ReadingInputs {
    /// Whether reading takes so short that the window need not notice.
    pub fn is_quick(&self) -> bool {
        self.text.len() <= QUICK_BYTES && self.candidates.len() <= 8
    }
}

/// A key that may have made the signature.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Where it is.
    pub pick: KeyPick,
    /// What the user knows it as.
    pub name: String,
    /// The key.
    pub key: Arc<Key>,
    /// A secret as typed.
    pub typed: Option<(Secret, SecretEncoding)>,
    /// What it was read from.
    pub source: Option<Secret>,
}

impl Candidate {
    /// The same for the key doctor.
    pub fn suspect(&self) -> Suspect {
        Suspect {
            name: self.name.clone(),
            key: Key::clone(&self.key),
            typed: self.typed.clone(),
            source: self.source.clone(),
        }
    }
}

/// What was read of a text.
#[derive(Debug)]
pub struct Reading {
    /// The revision it belongs to.
    pub revision: u64,
    /// What stood around the token, and how many signatures there are.
    pub unwrapped: Unwrapped,
    /// The token that is looked at, in compact serialization.
    pub token: Bare,
    /// Its parts.
    pub decoded: Decoded,
    /// The key that was used, if one was.
    pub used: Option<Candidate>,
    /// Why there is no key, when one was picked that cannot be used.
    pub unreadable: Option<Problem>,
    /// The check of the signature.
    pub signature: SignatureCheck,
    /// What was found, apart from what depends on the instant.
    pub findings: Vec<Finding>,
}

impl Reading {
    /// Reads a text, or nothing of an empty one.
    pub fn of(inputs: ReadingInputs) -> Option<Self> {
        let ReadingInputs { revision, text, signature, pick, candidates, unreadable } = inputs;
        let mut unwrapped = unwrap(&text);
        let index = signature.min(unwrapped.tokens.len().checked_sub(1)?);
        let token = std::mem::take(unwrapped.tokens.get_mut(index)?);
        if token.text.is_empty() {
            return None;
        }
        let decoded = token.decode();
        let check = |key: Option<&Key>| check_signature(&token.text, &decoded, key, &[]);
        let (used, signature) = match pick {
            KeyPick::Automatic => choose(candidates, &decoded, check),
            KeyPick::Typed | KeyPick::Craft | KeyPick::Ring(_) => {
                let used = candidates.into_iter().next();
                let signature = check(used.as_ref().map(|candidate| candidate.key.as_ref()));
                (used, signature)
            }
        };
        let mut reading =
            Self { revision, unwrapped, token, decoded, used, unreadable, signature, findings: Vec::new() };
        reading.findings = reading.with_subject(findings::find);
        Some(reading)
    }

    /// How many signatures the text has.
    pub fn signatures(&self) -> usize {
        self.unwrapped.tokens.len()
    }

    /// The decoded text of a part, when it is UTF-8.
    pub fn text(&self, part: Part) -> Option<&str> {
        std::str::from_utf8(&self.decoded.segment(part)?.bytes).ok()
    }

    /// The findings that depend on the instant.
    pub fn findings_at(&self, now: i64, leeway: u64, format: InstantFormat) -> Vec<Finding> {
        self.with_subject(|subject| findings::find_at(subject, now, leeway, (format.offset)(now), format))
    }

    fn with_subject<T>(&self, look: impl FnOnce(&Subject<'_>) -> T) -> T {
        let key = self.used.as_ref().map(|candidate| KeySubject {
            key: &candidate.key,
            typed: candidate.typed.as_ref().map(|(text, encoding)| (text.as_str().unwrap_or_default(), *encoding)),
        });
        let received = Subject::received(&self.decoded, self.token.text.len(), &self.unwrapped.removed);
        look(&Subject { key, ..received })
    }
}

/// The key that made the signature; else the one with the token's key ID, whose failure is worth telling; else none.
pub(super) fn choose(
    candidates: Vec<Candidate>,
    decoded: &Decoded,
    check: impl Fn(Option<&Key>) -> SignatureCheck,
) -> (Option<Candidate>, SignatureCheck) {
    let kid = decoded.parameter("kid").and_then(Value::as_str);
    let mut named = None;
    for candidate in candidates {
        let signature = check(Some(&candidate.key));
        if signature.matches() {
            return (Some(candidate), signature);
        }
        if named.is_none() && kid.is_some() && candidate.key.kid() == kid.as_deref() {
            named = Some((candidate, signature));
        }
    }
    match named {
        Some((candidate, signature)) => (Some(candidate), signature),
        None => (None, check(None)),
    }
}
