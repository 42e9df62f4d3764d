//! What is wrong or unwise about a header, claims, a key and the token they make. One rule is one function, one row of
//! `rules`, and a fix where there is one. Findings never hide content.

pub mod filled;

use self::filled::Filled;
use crate::jose::compact::Decoded;
use crate::jose::error::Problem;
use crate::jose::json::Json;
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::jose::key::Key;
use crate::jose::secret::SecretEncoding;
use crate::jose::text::{Edit, Span};

/// How bad it is; the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Rejected by a conforming verifier, or insecure.
    Error,
    /// Probably a mistake.
    Warning,
    /// Worth knowing.
    Info,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The token as a whole, as text.
    Token,
    /// The JOSE header.
    Header,
    /// The payload.
    Payload,
    /// The signature.
    Signature,
    /// The key.
    Key,
}

/// What is written about a rule, the same wherever it fires.
#[derive(Debug)]
pub struct Rule {
    /// Its stable identifier: `S06`.
    pub id: &'static str,
    /// What it is about, in a few words: "Member names are unique".
    pub title: &'static str,
    /// Why it matters, in one or two sentences.
    pub why: &'static str,
    /// Where that is written: "RFC 7515 §4".
    pub basis: &'static str,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's identifier.
    pub id: &'static str,
    /// How bad it is here.
    pub severity: Severity,
    /// What it is about.
    pub part: Part,
    /// The way to the value, such as `$.exp`; empty for a part as a whole.
    pub path: String,
    /// Bytes of the JSON text of header or payload, or of the token for [`Part::Token`] and [`Part::Signature`].
    pub span: Option<Span>,
    /// What was found, with its figures, in one or two sentences.
    pub message: String,
    /// What to do about it with one click.
    pub fix: Option<Fix>,
}

/// A way to make a finding go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The words on its button: "Remove", "Set exp to now + 30 min".
    pub label: String,
    /// What it does.
    pub change: Change,
}

/// What a fix changes. Edits are minimal: all other bytes stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// An edit of the header text.
    Header(Edit),
    /// An edit of the claims text.
    Claims(Edit),
    /// Another text for the token, bytes unchanged.
    Token(Edit),
    /// Set `alg`, and draw a secret for it if the one at hand is not fit.
    Sign(Algorithm),
    /// Draw a secret that fits the algorithm.
    GenerateSecret,
    /// Read the typed secret in this encoding.
    ReadSecretAs(SecretEncoding),
    /// Take white space from both ends of the typed secret.
    TrimSecret,
    /// Generate a key of this kind.
    GenerateKey(KeyKind),
    /// Keep the public part of the key only.
    ExtractPublic,
}

/// What is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The header text and what it parses to.
    pub header: Option<Text<'a>>,
    /// The claims text and what it parses to.
    pub claims: Option<Text<'a>>,
    /// The key that signs or verifies.
    pub key: Option<KeySubject<'a>>,
    /// The token as it was pasted, when it was not made here: its faults become findings too.
    pub decoded: Option<&'a Decoded>,
    /// What was taken away around the token, see `jose::unwrap`.
    pub removed: &'a [String],
    /// Length of the token in bytes, once there is one.
    pub token_len: Option<usize>,
    /// Whether the token is being made or was received.
    pub purpose: Purpose,
}

/// A JSON text, or why it is none.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// The text.
    pub text: &'a str,
    /// What it parses to.
    pub json: Result<&'a Json, &'a Problem>,
    /// What its placeholders stand for; `None` for a text without any.
    pub filled: Option<&'a Filled>,
}

/// A key, and how it was typed.
#[derive(Clone, Copy, Debug)]
pub struct KeySubject<'a> {
    /// The key.
    pub key: &'a Key,
    /// A secret as typed, and the encoding it is read in; `None` for a key that was opened, pasted or generated.
    pub typed: Option<(&'a str, SecretEncoding)>,
}

/// Whether a token is being made or was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// It is being made: what is wrong can be mended.
    Issuing,
    /// It was made elsewhere.
    Receiving,
}

/// Everything found that does not depend on the instant, the worst first, then in the order of the text.
pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let _ = subject;
    Vec::new()
}

/// Everything found that depends on the instant: expired, not yet valid, issued in the future, off by the time zone.
/// `utc_offset` is that of this computer's time zone, in seconds east.
pub fn find_at(subject: &Subject<'_>, now: i64, leeway: u64, utc_offset: i32) -> Vec<Finding> {
    let _ = (subject, now, leeway, utc_offset);
    Vec::new()
}
