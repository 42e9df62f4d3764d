//! A JSON text as the rules see it: values with their placeholders filled in, places in the text as typed.

use std::borrow::Cow;

use super::filled::Filled;
use super::{Change, Finding, Part, Purpose, Severity, Subject, Text};
use crate::jose::error::Problem;
use crate::jose::json::{self, Json, Kind, Member, Value};
use crate::jose::jwa::Algorithm;
use crate::jose::text::{Edit, Position, Span};

/// The members of an object that rules ask for by their names. Found in one go: an object can have very many.
#[derive(Default)]
pub(super) struct Known<'a>([Option<Member<'a>>; 17]);

impl<'a> Known<'a> {
    /// Those of a text that is a JSON object; of duplicates the last.
    pub(super) fn of(text: Option<Text<'a>>) -> Self {
        let mut known = Self::default();
        let members = text.and_then(|text| text.json.ok()).into_iter().flat_map(|json| json.root().members());
        for member in members {
            if let Some(slot) = Self::slot(&member.name()).and_then(|slot| known.0.get_mut(slot)) {
                *slot = Some(member);
            }
        }
        known
    }

    fn slot(name: &str) -> Option<usize> {
        Some(match name {
            "alg" => 0,
            "typ" => 1,
            "kid" => 2,
            "crit" => 3,
            "b64" => 4,
            "jku" => 5,
            "x5u" => 6,
            "jwk" => 7,
            "x5c" => 8,
            "iss" => 9,
            "sub" => 10,
            "aud" => 11,
            "exp" => 12,
            "nbf" => 13,
            "iat" => 14,
            "jti" => 15,
            "client_id" => 16,
            _ => return None,
        })
    }
}

/// What the rules look at: the subject, and its texts as far as they are JSON.
pub(super) struct View<'a> {
    /// All of it.
    pub(super) subject: &'a Subject<'a>,
    /// The header, if it is an object.
    pub(super) header: Option<Doc<'a>>,
    /// The claims, if they are an object.
    pub(super) claims: Option<Doc<'a>>,
}

impl<'a> View<'a> {
    /// `known` are the members of header and claims.
    pub(super) fn new(subject: &'a Subject<'a>, [header, claims]: &'a [Known<'a>; 2]) -> Self {
        let is_object = |doc: &Doc<'_>| doc.root().kind() == Kind::Object;
        let doc = |part, text: Option<Text<'a>>, known| Doc::new(part, text?, known).filter(is_object);
        Self {
            subject,
            header: doc(Part::Header, subject.header, header),
            claims: doc(Part::Payload, subject.claims, claims),
        }
    }

    pub(super) fn is_issuing(&self) -> bool {
        self.subject.purpose == Purpose::Issuing
    }

    /// The algorithm that the header names, if it is one that can be used.
    pub(super) fn algorithm(&self) -> Option<Algorithm> {
        self.algorithm_of(&self.header?.get("alg")?.text()?).ok()
    }

    /// The algorithm of that name: what is verified may have names that are not written here.
    pub(super) fn algorithm_of(&self, name: &str) -> Result<Algorithm, Problem> {
        if self.is_issuing() { Algorithm::from_name(name) } else { Algorithm::for_verifying(name) }
    }
}

/// A header or claims text.
#[derive(Clone, Copy)]
pub(super) struct Doc<'a> {
    /// Which of them it is.
    pub(super) part: Part,
    /// What it parses to.
    pub(super) json: &'a Json,
    filled: Option<&'a Filled>,
    known: &'a Known<'a>,
}

impl<'a> Doc<'a> {
    /// The text, if it is JSON.
    pub(super) fn new(part: Part, text: Text<'a>, known: &'a Known<'a>) -> Option<Self> {
        Some(Self { part, json: text.json.ok()?, filled: text.filled, known })
    }

    /// The outermost value.
    pub(super) fn root(self) -> Value<'a> {
        self.json.root()
    }

    /// What a value of the text stands for.
    pub(super) fn value(self, typed: Value<'a>) -> Value<'a> {
        self.filled.map_or(typed, |filled| filled.value(typed))
    }

    /// The member of that name of the outermost object.
    pub(super) fn get(self, name: &str) -> Option<Entry<'a>> {
        let member = match Known::slot(name) {
            Some(slot) => self.known.0.get(slot).copied().flatten(),
            None => self.root().member(name),
        };
        member.map(|member| self.entry(member))
    }

    /// Whether the outermost object has a member of that name.
    pub(super) fn has(self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// A member with what its value stands for.
    pub(super) fn entry(self, member: Member<'a>) -> Entry<'a> {
        Entry { member, value: self.value(member.value) }
    }

    /// All members of the outermost object.
    pub(super) fn entries(self) -> impl Iterator<Item = Entry<'a>> {
        self.root().members().map(move |member| self.entry(member))
    }

    /// Something found at `span`.
    pub(super) fn finding(
        self,
        id: &'static str,
        severity: Severity,
        span: Span,
        message: impl Into<String>,
    ) -> Finding {
        Finding { span: Some(span), ..Finding::new(id, severity, self.part, message) }
    }

    /// An edit of this text.
    pub(super) fn change(self, edit: Edit) -> Change {
        if self.part == Part::Header { Change::Header(edit) } else { Change::Claims(edit) }
    }

    /// The removal of every member of that name from the outermost object.
    pub(super) fn without(self, name: &str) -> Change {
        self.change(json::remove_all(self.root(), name))
    }

    /// The line and column of a byte.
    pub(super) fn position(self, offset: usize) -> Position {
        Position::of(self.json.text(), offset)
    }
}

/// A member of the outermost object.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    /// As it stands in the text.
    pub(super) member: Member<'a>,
    /// What its value stands for.
    pub(super) value: Value<'a>,
}

impl<'a> Entry<'a> {
    /// Where its value stands in the text.
    pub(super) fn span(&self) -> Span {
        self.member.value.span()
    }

    /// Its value, if that is text.
    pub(super) fn text(&self) -> Option<Cow<'a, str>> {
        self.value.as_str()
    }
}
