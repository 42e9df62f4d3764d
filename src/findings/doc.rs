//! A JSON text as the rules see it: values with their placeholders filled in, places in the text as typed.

use std::borrow::Cow;

use super::filled::Filled;
use super::{Change, Finding, Part, Severity, Text};
use crate::jose::json::{self, Json, Kind, Member, Value};
use crate::jose::text::{Edit, Position, Span};

/// A header or claims text.
#[derive(Clone, Copy)]
pub(super) struct Doc<'a> {
    /// Which of them it is.
    pub(super) part: Part,
    /// What it parses to.
    pub(super) json: &'a Json,
    filled: Option<&'a Filled>,
}

impl<'a> Doc<'a> {
    /// The text, if it is JSON.
    pub(super) fn new(part: Part, text: Text<'a>) -> Option<Self> {
        Some(Self { part, json: text.json.ok()?, filled: text.filled })
    }

    /// The text, if it is a JSON object.
    pub(super) fn object(part: Part, text: Text<'a>) -> Option<Self> {
        Self::new(part, text).filter(|doc| doc.root().kind() == Kind::Object)
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
        self.root().member(name).map(|member| self.entry(member))
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
