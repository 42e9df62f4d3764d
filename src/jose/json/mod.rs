//! JSON (RFC 8259) without loss: order, number text, escapes, duplicate names and white space stay as they were typed.
//!
//! [`Json::parse`] reads a text once into a flat list of places; [`Value`] and [`Member`] are views that borrow it.
//! Nothing here is recursive, so that no text, however deeply nested, can exhaust the stack.

mod bracket;
mod edit;
mod found;
mod lex;
mod mistake;
mod parse;
mod path;
mod problem;
mod serialization;
mod string;
mod value;
mod write;

pub use bracket::matching_bracket;
pub use edit::{insert, move_member, remove, remove_all, remove_members, rename, set_member, set_value};
pub use found::invisible;
pub use lex::{Token, TokenKind, Tokens, tokens};
pub use serialization::Serialization;
pub use string::quote;
pub use value::{Items, Kind, Member, Members, Value};
pub use write::{format, minify, write};

use super::error::Problem;

/// How many arrays and objects may stand inside one another (RFC 8259 §9 leaves the limit to the parser).
pub const MAX_DEPTH: usize = 512;

/// A JSON text that is known to be well-formed, and where everything in it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json {
    text: Box<str>,
    /// Every value and every member name in the order of the text; the first is the root, so it is never empty.
    nodes: Vec<Node>,
}

impl Json {
    /// Reads a JSON text, strictly by the grammar of RFC 8259.
    ///
    /// # Errors
    /// The problem spans the first wrong byte or word, or is an empty span at the end when something is missing there.
    /// Its code is `json-syntax`, `json-depth` for a text nested deeper than [`MAX_DEPTH`], or `json-too-large` for a
    /// text of 4 GiB or more.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let nodes = parse::parse(text)?;
        Ok(Self { text: text.into(), nodes })
    }

    /// The whole text, exactly as given to [`Json::parse`].
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text again, for those who must wipe it.
    pub fn into_text(self) -> String {
        self.text.into()
    }

    /// The outermost value.
    pub fn root(&self) -> Value<'_> {
        Value::new(self, 0)
    }

    /// The innermost value at the byte `offset`, or `None` outside the outermost value.
    ///
    /// A cursor right behind a value is still at it, and one in a member's name is at the member's value.
    pub fn value_at(&self, offset: usize) -> Option<Value<'_>> {
        path::value_at(self.root(), offset)
    }

    /// The way from the root to [`Json::value_at`], as a normalised query such as `$.roles[1]` (RFC 9535 §2.3).
    ///
    /// Names that are no plain identifiers are quoted as typed: `$["a b"]`. Outside the outermost value it is `$`.
    pub fn path_at(&self, offset: usize) -> String {
        path::path_at(self.root(), offset)
    }
}

/// Where a value or a member name stands in the text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Node {
    start: u32,
    end: u32,
    /// The node behind this one and everything inside it.
    next: u32,
    /// The number of members or items.
    len: u32,
    kind: Kind,
    /// Whether this is a string with at least one `\` in it.
    escaped: bool,
}
