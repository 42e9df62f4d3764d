//! Views of a parsed text: values and the members of objects.

use std::borrow::Cow;
use std::fmt;

use super::super::text::Span;
use super::{Json, Node, string};

/// The six kinds of JSON value (RFC 8259 §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number, of any size and precision.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// The kind in words, with its article: `an object`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

/// A value in a [`Json`]; cheap to copy.
#[derive(Clone, Copy)]
pub struct Value<'j> {
    json: &'j Json,
    index: usize,
}

impl<'j> Value<'j> {
    /// `index` must be that of a node of `json`.
    pub(super) fn new(json: &'j Json, index: usize) -> Self {
        Self { json, index }
    }

    fn node(self) -> &'j Node {
        &self.json.nodes[self.index]
    }

    /// What kind of value it is.
    pub fn kind(self) -> Kind {
        self.node().kind
    }

    /// The bytes of [`Json::text`] it takes, without white space around it.
    pub fn span(self) -> Span {
        let node = self.node();
        Span::new(node.start as usize, node.end as usize)
    }

    /// Its text exactly as typed.
    pub fn raw(self) -> &'j str {
        &self.json.text[self.span().range()]
    }

    /// The text this value is part of.
    pub(super) fn text(self) -> &'j str {
        &self.json.text
    }

    /// The outermost value of the same text.
    pub(super) fn outermost(self) -> Self {
        self.json.root()
    }

    /// The unescaped text of a string; half a surrogate pair reads as U+FFFD (RFC 8259 §8.2).
    pub fn as_str(self) -> Option<Cow<'j, str>> {
        (self.kind() == Kind::String).then(|| string::unescape(self.body(), self.node().escaped))
    }

    /// The text of a string node between its quotes, as typed.
    fn body(self) -> &'j str {
        let Span { start, end } = self.span();
        &self.json.text[start + 1..end - 1]
    }

    /// A number that is written as a plain integer (no fraction, no exponent) and fits; `-0` is 0.
    pub fn as_i64(self) -> Option<i64> {
        (self.kind() == Kind::Number).then(|| self.raw().parse().ok()).flatten()
    }

    /// The nearest double-precision number; `None` also for numbers beyond its range, such as `1e400`.
    pub fn as_f64(self) -> Option<f64> {
        (self.kind() == Kind::Number)
            .then(|| self.raw().parse().ok())
            .flatten()
            .filter(|number: &f64| number.is_finite())
    }

    /// `true` or `false`.
    pub fn as_bool(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.raw() == "true")
    }

    /// The number of members of an object or items of an array, 0 for any other kind.
    pub fn len(self) -> usize {
        self.node().len as usize
    }

    /// Whether there are no members or items.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The members of an object in the order of the text, duplicates included; none for any other kind.
    pub fn members(self) -> Members<'j> {
        let left = if self.kind() == Kind::Object { self.len() } else { 0 };
        Members { json: self.json, next: self.index + 1, index: 0, left }
    }

    /// The items of an array; none for any other kind.
    pub fn items(self) -> Items<'j> {
        let left = if self.kind() == Kind::Array { self.len() } else { 0 };
        Items { json: self.json, next: self.index + 1, left }
    }

    /// The value of the member called `name`; of duplicates the last, as most parsers do (RFC 8259 §4).
    pub fn get(self, name: &str) -> Option<Self> {
        self.member(name).map(|member| member.value)
    }

    /// The member called `name`; of duplicates the last, as most parsers do (RFC 8259 §4).
    pub fn member(self, name: &str) -> Option<Member<'j>> {
        self.members().filter(|member| member.is_named(name)).last()
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.raw())
    }
}

/// A name and its value in an object.
#[derive(Clone, Copy, Debug)]
pub struct Member<'j> {
    /// Its place among the members of its object, from 0.
    pub index: usize,
    /// The bytes of the name, with its quotes.
    pub name_span: Span,
    /// The value.
    pub value: Value<'j>,
    /// The name, read as if it were a value.
    name: Value<'j>,
}

impl<'j> Member<'j> {
    /// The unescaped name; half a surrogate pair reads as U+FFFD (RFC 8259 §8.2).
    pub fn name(&self) -> Cow<'j, str> {
        string::unescape(self.name.body(), self.name.node().escaped)
    }

    /// The name with its quotes, exactly as typed.
    pub fn raw_name(&self) -> &'j str {
        self.name.raw()
    }

    /// The bytes from the start of the name to the end of the value.
    pub fn span(&self) -> Span {
        Span::new(self.name_span.start, self.value.span().end)
    }

    /// The text of the name between its quotes as typed, and whether it has escapes.
    pub(super) fn name_body(&self) -> (&'j str, bool) {
        (self.name.body(), self.name.node().escaped)
    }

    fn is_named(&self, name: &str) -> bool {
        match self.name_body() {
            (body, false) => body == name,
            (body, true) => string::unescape(body, true) == name,
        }
    }
}

/// The members of an object; see [`Value::members`].
#[derive(Clone, Debug)]
pub struct Members<'j> {
    json: &'j Json,
    next: usize,
    index: usize,
    left: usize,
}

impl<'j> Iterator for Members<'j> {
    type Item = Member<'j>;

    fn next(&mut self) -> Option<Member<'j>> {
        self.left = self.left.checked_sub(1)?;
        let name = Value::new(self.json, self.next);
        let value = Value::new(self.json, self.next + 1);
        let member = Member { index: self.index, name_span: name.span(), value, name };
        self.next = value.node().next as usize;
        self.index += 1;
        Some(member)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Members<'_> {}

/// The items of an array; see [`Value::items`].
#[derive(Clone, Debug)]
pub struct Items<'j> {
    json: &'j Json,
    next: usize,
    left: usize,
}

impl<'j> Iterator for Items<'j> {
    type Item = Value<'j>;

    fn next(&mut self) -> Option<Value<'j>> {
        self.left = self.left.checked_sub(1)?;
        let item = Value::new(self.json, self.next);
        self.next = item.node().next as usize;
        Some(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Items<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_order_and_duplicates() {
        let json = Json::parse(r#"{"a": 1, "b": {"a": [2, {}]}, "\u0061": 3}"#).unwrap();
        let members: Vec<_> = json.root().members().collect();
        assert_eq!(json.root().members().len(), 3);
        assert_eq!(members.iter().map(Member::name).collect::<Vec<_>>(), ["a", "b", "a"]);
        assert_eq!(members.iter().map(|member| member.index).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(members[2].raw_name(), r#""\u0061""#);
        assert_eq!(&json.text()[members[1].span().range()], r#""b": {"a": [2, {}]}"#);
        assert_eq!(json.root().get("a").unwrap().raw(), "3");
        assert!(json.root().get("c").is_none());
    }

    #[test]
    fn items_are_those_of_the_array_alone() {
        let json = Json::parse(r#" [ [1, 2], {"a": 3}, "x" ] "#).unwrap();
        let items: Vec<_> = json.root().items().map(Value::raw).collect();
        assert_eq!(items, ["[1, 2]", r#"{"a": 3}"#, r#""x""#]);
        assert_eq!((json.root().len(), json.root().members().len()), (3, 0));
        assert!(json.root().items().nth(2).unwrap().is_empty());
    }

    #[test]
    fn numbers_are_read_only_where_they_fit() {
        #[track_caller]
        fn check(text: &str, integer: Option<i64>, float: Option<f64>) {
            let json = Json::parse(text).unwrap();
            assert_eq!((json.root().as_i64(), json.root().as_f64()), (integer, float));
            assert_eq!(json.root().raw(), text);
        }
        check("0", Some(0), Some(0.0));
        check("-0", Some(0), Some(0.0));
        check("9223372036854775807", Some(i64::MAX), Some(9.223_372_036_854_776e18));
        check("9223372036854775808", None, Some(9.223_372_036_854_776e18));
        check("1.0", None, Some(1.0));
        check("1e2", None, Some(100.0));
        check("1e400", None, None);
        check("1E-400", None, Some(0.0));
        check("\"1\"", None, None);
    }

    #[test]
    fn kinds_are_told_apart() {
        let json = Json::parse(r#"[null, true, 1, "", [], {}]"#).unwrap();
        let kinds: Vec<_> = json.root().items().map(Value::kind).collect();
        assert_eq!(kinds, [Kind::Null, Kind::Bool, Kind::Number, Kind::String, Kind::Array, Kind::Object]);
        assert_eq!(json.root().items().nth(1).unwrap().as_bool(), Some(true));
        assert_eq!(json.root().as_bool(), None);
        assert_eq!(json.root().as_str(), None);
    }
}
