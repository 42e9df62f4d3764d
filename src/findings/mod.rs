//! What is wrong or unwise about a header, claims, a key and the token they make. One rule is one function, one row of
//! `rules`, and a fix where there is one. Findings never hide content.

mod claims;
mod doc;
pub mod filled;
mod header;
mod key;
mod number;
mod privacy;
pub mod rules;
mod schema;
mod size;
pub mod strength;
mod syntax;
mod template;
mod times;
mod walk;

pub use self::key::refused as refused_key;

use self::doc::{Doc, Known, View};
use self::filled::Filled;
use self::walk::Place;
use crate::jose::compact::{self, Decoded, Segment};
use crate::jose::error::Problem;
use crate::jose::instant::InstantFormat;
use crate::jose::json::{Json, Serialization};
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::jose::key::Key;
use crate::jose::secret::SecretEncoding;
use crate::jose::text::{Edit, Span};
use crate::template::schema::Schema;
use crate::template::variables::Variables;

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

impl Severity {
    /// Its name in machine-readable answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
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

impl Part {
    /// Its name at the start of a sentence.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Token => "Token",
            Self::Header => "Header",
            Self::Payload => "Payload",
            Self::Signature => "Signature",
            Self::Key => "Key",
        }
    }

    /// Its name in machine-readable answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Header => "header",
            Self::Payload => "payload",
            Self::Signature => "signature",
            Self::Key => "key",
        }
    }
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
    /// What to do about it, in one or two sentences.
    pub mend: &'static str,
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
    /// Bytes of the JSON text of header or payload.
    pub span: Option<Span>,
    /// Bytes of the token, for what is wrong with the token as a text.
    pub token: Option<Span>,
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
    /// Declare the variable of this name, with an empty text.
    DeclareVariable(String),
    /// Take the variable of this name out.
    RemoveVariable(String),
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
    /// What the placeholders of the texts may mean; `None` where there are none.
    pub template: Option<TemplateSubject<'a>>,
    /// Whether the token is being made or was received.
    pub purpose: Purpose,
}

/// What belongs to a template beside its texts.
#[derive(Clone, Copy, Debug)]
pub struct TemplateSubject<'a> {
    /// Its variables.
    pub variables: &'a Variables,
    /// How the texts will be written.
    pub serialization: Serialization,
    /// The schema that the claims are held against, or why it cannot be used.
    pub schema: Option<&'a Result<Schema, Problem>>,
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

impl Finding {
    /// Something about `part` as a whole.
    fn new(id: &'static str, severity: Severity, part: Part, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { id, severity, part, path: String::new(), span: None, token: None, message, fix: None }
    }

    /// Adds a way to make it go.
    #[must_use]
    fn fixed_by(mut self, label: impl Into<String>, change: Change) -> Self {
        self.fix = Some(Fix { label: label.into(), change });
        self
    }

    /// What findings are ordered by: the worst first, then part by part in the order of the text.
    pub fn order(&self) -> (Severity, Part, Option<usize>) {
        (self.severity, self.part, self.span.map(|span| span.start))
    }

    /// What is written about its rule.
    pub fn rule(&self) -> Option<&'static Rule> {
        rules::rule(self.id)
    }
}

impl Change {
    /// Whether the token must be signed again: nobody but its issuer can.
    const fn signs(&self) -> bool {
        match self {
            Self::Header(_)
            | Self::Claims(_)
            | Self::Sign(_)
            | Self::GenerateSecret
            | Self::GenerateKey(_)
            | Self::DeclareVariable(_)
            | Self::RemoveVariable(_) => true,
            Self::Token(_) | Self::ReadSecretAs(_) | Self::TrimSecret | Self::ExtractPublic => false,
        }
    }
}

impl<'a> Subject<'a> {
    /// A token that was received, without a key: `len` bytes, taken apart as `decoded`.
    pub fn received(decoded: &'a Decoded, len: usize, removed: &'a [String]) -> Self {
        let text = |part| Text::of_segment(decoded.segment(part)?);
        Self {
            header: text(compact::Part::Header),
            claims: text(compact::Part::Payload),
            key: None,
            decoded: Some(decoded),
            removed,
            token_len: Some(len),
            template: None,
            purpose: Purpose::Receiving,
        }
    }
}

impl<'a> Text<'a> {
    /// The text of a part of a token; `None` where it is none, which [`Decoded::faults`] tells more about.
    pub fn of_segment(segment: &'a Segment) -> Option<Self> {
        let json = segment.json.as_ref()?;
        Some(Self { text: json.text(), json: Ok(json), filled: None })
    }
}

/// Everything found that does not depend on the instant, the worst first, then in the order of the text.
pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = find_in_texts(subject);
    found.extend(find_about_key(subject));
    found.sort_by_key(Finding::order);
    found
}

/// The part of [`find`] that is about the key: the rules K01 to K09. Of the texts it depends on nothing but the `alg` of
/// the header, and judging a secret takes a millisecond: worth keeping while only the texts change.
pub fn find_about_key(subject: &Subject<'_>) -> Vec<Finding> {
    let known = [Known::of(subject.header), Known::default()];
    let mut found = Vec::new();
    key::find(&View::new(subject, &known), &mut found);
    finished(subject, found)
}

/// The other part of [`find`].
pub fn find_in_texts(subject: &Subject<'_>) -> Vec<Finding> {
    let known = [Known::of(subject.header), Known::of(subject.claims)];
    let view = View::new(subject, &known);
    let mut found = Vec::new();
    header::find(&view, &mut found);
    times::find(&view, &mut found);
    claims::find(&view, &mut found);
    size::find(&view, &mut found);
    syntax::find(subject, &mut found);
    for (part, text, known) in [(Part::Header, subject.header, &known[0]), (Part::Payload, subject.claims, &known[1])] {
        if let Some(doc) = text.and_then(|text| Doc::new(part, text, known)) {
            syntax::find_in(doc, subject, &mut found);
            walk_over(doc, &mut found);
        }
    }
    template::find(subject, &mut found);
    let held_against = subject.template.and_then(|template| template.schema);
    let claims = subject.claims.and_then(|text| Doc::new(Part::Payload, text, &known[1]));
    if let Some((schema, claims)) = held_against.zip(claims) {
        found.extend(schema::find(claims, schema));
    }
    finished(subject, found)
}

/// Everything found that depends on the instant: expired, not yet valid, issued in the future, off by the time zone.
/// `utc_offset` is that of this computer's time zone, in seconds east; instants are told in `format`.
pub fn find_at(subject: &Subject<'_>, now: i64, leeway: u64, utc_offset: i32, format: InstantFormat) -> Vec<Finding> {
    let known = [Known::default(), Known::of(subject.claims)];
    let found = times::find_at(&View::new(subject, &known), &times::Clock { now, leeway, utc_offset, format });
    finished(subject, found)
}

/// Of a mistake that is made very often only the first ones are told.
const MOST_OF_A_RULE: usize = 20;

/// The rules about every value of a text: S06, S07, S09 and P01 to P03.
const VALUE_RULES: [fn(Doc<'_>, &Place<'_>) -> Vec<Finding>; 6] = [
    syntax::duplicate_names,
    syntax::changing_number,
    syntax::deceptive_text,
    privacy::secret_name,
    privacy::secret_value,
    privacy::personal_data,
];

fn walk_over(doc: Doc<'_>, found: &mut Vec<Finding>) {
    let mut by_rule = VALUE_RULES.map(|rule| (rule, Vec::new()));
    for place in walk::walk(doc.json) {
        for (rule, of_rule) in by_rule.iter_mut().filter(|(_, of_rule)| of_rule.len() <= MOST_OF_A_RULE) {
            of_rule.extend(rule(doc, &place));
        }
    }
    for (_, mut of_rule) in by_rule {
        of_rule.truncate(MOST_OF_A_RULE + 1);
        if let Some(next) = of_rule.get_mut(MOST_OF_A_RULE) {
            next.message = format!("More of the same follow; the first {MOST_OF_A_RULE} are listed.");
            next.fix = None;
        }
        found.extend(of_rule);
    }
}

/// Orders what was found, tells where it is, and keeps the fixes that can be made.
fn finished(subject: &Subject<'_>, mut found: Vec<Finding>) -> Vec<Finding> {
    for finding in &mut found {
        let text = if finding.part == Part::Header { subject.header } else { subject.claims };
        if let Some((json, span)) = text.and_then(|text| text.json.ok()).zip(finding.span) {
            finding.path = json.path_at(span.start);
        }
        if subject.purpose == Purpose::Receiving {
            finding.fix.take_if(|fix| fix.change.signs());
        }
    }
    found.sort_by_key(Finding::order);
    found
}
