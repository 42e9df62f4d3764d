//! The token under inspection: its text as pasted, what it is held against, and what came of that.

use std::sync::Arc;

use super::key_ring::KeyId;
use super::keys::SecretInput;
use super::muted::{Muted, Shown};
use super::reading::Reading;
use crate::jose::doctor::Diagnosis;
use crate::jose::secret::{Secret, SecretEncoding};
use crate::jose::unwrap::Instead;
use crate::jose::verify::{Check, Expectations, MAX_LEEWAY, Verification};

/// The token under inspection. It never signs anything.
#[derive(Debug)]
pub struct Inspection {
    text: String,
    signature: usize,
    pub(super) revision: u64,
    /// The revision that was read last, with or without finding anything to look at.
    pub(super) read: u64,
    pub(super) against: Against,
    pub(super) reading: Option<Arc<Reading>>,
    pub(super) verification: Option<Verification>,
    pub(super) findings: Shown,
    pub(super) muted: Muted,
    pub(super) doctor: Doctor,
}

/// What a token is held against.
#[derive(Clone, Debug)]
pub struct Against {
    /// The key.
    pub key: KeyPick,
    /// The secret typed for [`KeyPick::Typed`].
    pub secret: SecretInput,
    /// The instant, in seconds since 1970 UTC; `None` is that of the clock.
    pub now: Option<i64>,
    /// How many seconds the clocks may differ, at most [`MAX_LEEWAY`].
    pub leeway: u64,
    /// What the receiver expects.
    pub expected: Expectations,
}

/// The key to verify with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum KeyPick {
    /// The key of the same key ID, else whichever of the keys at hand made the signature.
    #[default]
    Automatic,
    /// The secret typed on this page.
    Typed,
    /// The secret typed on the Craft page.
    Craft,
    /// This key of the ring.
    Ring(KeyId),
}

/// The key doctor's visit.
#[derive(Debug, Default)]
pub enum Doctor {
    /// There is nothing to find out.
    #[default]
    Idle,
    /// So many attempts were made.
    Busy {
        /// Tells this visit from one before it.
        ticket: u64,
        /// Attempts so far.
        attempts: usize,
    },
    /// It is over.
    Done(Box<Diagnosis>),
}

impl Default for Inspection {
    fn default() -> Self {
        let secret = SecretInput { text: Secret::from(String::new()), encoding: SecretEncoding::Utf8 };
        let against =
            Against { key: KeyPick::Automatic, secret, now: None, leeway: 0, expected: Expectations::default() };
        Self {
            text: String::new(),
            signature: 0,
            revision: 0,
            read: 0,
            against,
            reading: None,
            verification: None,
            findings: Shown::default(),
            muted: Muted::default(),
            doctor: Doctor::Idle,
        }
    }
}

impl Inspection {
    /// The text as pasted.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Counts the changes of what the reading follows from: text, signature and keys.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether there is anything to look at.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Which signature of a JWS in general JSON serialization is looked at, counted from 0.
    pub fn signature(&self) -> usize {
        self.signature
    }

    /// What the token is held against.
    pub fn against(&self) -> &Against {
        &self.against
    }

    /// What was read; that of an earlier revision while a long text is being read. `None` for an empty text.
    pub fn reading(&self) -> Option<&Arc<Reading>> {
        self.reading.as_ref()
    }

    /// Whether the reading is that of the text as it is now.
    pub fn is_settled(&self) -> bool {
        self.read == self.revision
    }

    /// The verdict and every check, at the instant chosen.
    pub fn verification(&self) -> Option<&Verification> {
        self.verification.as_ref()
    }

    /// The verdict and every check as text, for a ticket or a colleague; the token is not in it.
    pub fn report(&self) -> Option<String> {
        let Verification { verdict, reason, checks } = self.verification.as_ref()?;
        let lines = checks
            .iter()
            .map(|Check { name, outcome, detail }| format!("{:<8} {:<10} {detail}\n", outcome.name(), name.name()));
        Some(format!("{}: {reason}\n{}", verdict.name(), lines.collect::<String>()))
    }

    /// The findings.
    pub fn findings(&self) -> &Shown {
        &self.findings
    }

    /// What the text is, when it is not a token but belongs elsewhere.
    pub fn instead(&self) -> Option<Instead> {
        self.reading.as_ref().and_then(|reading| reading.unwrapped.instead)
    }

    /// What the key doctor says.
    pub fn doctor(&self) -> &Doctor {
        &self.doctor
    }

    /// The instant that the token is held against, when the clock says `clock`.
    pub fn now(&self, clock: i64) -> i64 {
        self.against.now.unwrap_or(clock)
    }

    /// Whether the verdict may change as time passes.
    pub fn follows_the_clock(&self) -> bool {
        self.against.now.is_none() && self.reading.is_some()
    }

    /// Takes another text. Mutes and the chosen signature belong to the text before.
    pub(super) fn set_text(&mut self, text: String) {
        self.text = text;
        self.signature = 0;
        self.muted.clear();
    }

    pub(super) fn set_signature(&mut self, signature: usize) {
        self.signature = signature;
    }

    pub(super) fn set_leeway(&mut self, leeway: u64) {
        self.against.leeway = leeway.min(MAX_LEEWAY);
    }
}
