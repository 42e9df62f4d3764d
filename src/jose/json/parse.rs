//! The parser: one pass over the bytes, with its own stack.

use super::super::error::Problem;
use super::lex::number_end;
use super::value::Kind;
use super::{MAX_DEPTH, Node};

/// Reads `text` into nodes, the root first.
pub(super) fn parse(text: &str) -> Result<Vec<Node>, Problem> {
    let mut parser = Parser { text, at: 0, nodes: Vec::new(), open: Vec::new() };
    if u32::try_from(text.len()).is_err() {
        return Err(parser.too_large());
    }
    parser.nodes.reserve(text.len() / 16 + 1);
    parser.document()?;
    Ok(parser.nodes)
}

/// A text half read.
pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    /// The next byte to read.
    pub(super) at: usize,
    nodes: Vec<Node>,
    /// The arrays and objects around `at`, outermost first.
    pub(super) open: Vec<Open>,
}

/// An array or object whose end has not been read yet.
pub(super) struct Open {
    node: usize,
    pub(super) start: usize,
    pub(super) kind: Kind,
    len: u32,
}

/// What the grammar asks for next.
enum Due {
    Value,
    /// An item or the end of the array.
    FirstItem,
    /// A member or the end of the object.
    FirstMember,
    Member,
    /// A comma or the end of what is open; the end of the text when nothing is.
    Separator,
    Nothing,
}

impl Parser<'_> {
    fn document(&mut self) -> Result<(), Problem> {
        if self.text.starts_with('\u{feff}') {
            return Err(self.byte_order_mark());
        }
        let mut due = Due::Value;
        loop {
            self.skip_space();
            due = match due {
                Due::Value => self.value()?,
                Due::FirstItem if self.peek() == Some(b']') => self.close(),
                Due::FirstItem => self.value()?,
                Due::FirstMember if self.peek() == Some(b'}') => self.close(),
                Due::FirstMember | Due::Member => self.name()?,
                Due::Separator => self.separator()?,
                Due::Nothing => return Ok(()),
            };
        }
    }

    fn value(&mut self) -> Result<Due, Problem> {
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'{') => self.open(Kind::Object, Due::FirstMember),
            Some(b'[') => self.open(Kind::Array, Due::FirstItem),
            Some(b't') => self.literal("true", Kind::Bool),
            Some(b'f') => self.literal("false", Kind::Bool),
            Some(b'n') => self.literal("null", Kind::Null),
            _ => Err(self.expected_value()),
        }
    }

    fn name(&mut self) -> Result<Due, Problem> {
        if self.peek() != Some(b'"') {
            return Err(self.expected_name());
        }
        self.string()?;
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.expected_colon());
        }
        self.at += 1;
        Ok(Due::Value)
    }

    fn separator(&mut self) -> Result<Due, Problem> {
        let found = self.peek();
        let Some(open) = self.open.last_mut() else {
            return if found.is_none() { Ok(Due::Nothing) } else { Err(self.expected_end()) };
        };
        open.len += 1;
        match (found, open.kind) {
            (Some(b','), Kind::Object) => {
                self.at += 1;
                Ok(Due::Member)
            }
            (Some(b','), _) => {
                self.at += 1;
                Ok(Due::Value)
            }
            (Some(b'}'), Kind::Object) | (Some(b']'), Kind::Array) => Ok(self.close()),
            _ => Err(self.expected_separator()),
        }
    }

    fn open(&mut self, kind: Kind, due: Due) -> Result<Due, Problem> {
        if self.open.len() == MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.open.push(Open { node: self.nodes.len(), start: self.at, kind, len: 0 });
        self.push(kind, self.at + 1, false);
        Ok(due)
    }

    fn close(&mut self) -> Due {
        self.at += 1;
        let next = offset(self.nodes.len());
        if let Some(open) = self.open.pop()
            && let Some(node) = self.nodes.get_mut(open.node)
        {
            node.end = offset(self.at);
            node.next = next;
            node.len = open.len;
        }
        Due::Separator
    }

    fn literal(&mut self, word: &str, kind: Kind) -> Result<Due, Problem> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let follows = rest.as_bytes().get(word.len());
        if !rest.starts_with(word) || follows.is_some_and(u8::is_ascii_alphanumeric) {
            return Err(self.expected_value());
        }
        self.push(kind, self.at + word.len(), false);
        Ok(Due::Separator)
    }

    fn number(&mut self) -> Result<Due, Problem> {
        let end = number_end(self.text.as_bytes(), self.at).map_err(|wrong| self.bad_number(wrong))?;
        self.push(Kind::Number, end, false);
        Ok(Due::Separator)
    }

    /// Reads a string from its opening quote to behind its closing one.
    fn string(&mut self) -> Result<Due, Problem> {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        let mut escaped = false;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let found = memchr::memchr2(b'"', b'\\', rest);
            let plain = rest.get(..found.unwrap_or(rest.len())).unwrap_or_default();
            if plain.iter().fold(false, |control, byte| control | (*byte < b' ')) {
                return Err(self.control_character(at));
            }
            at += plain.len();
            match bytes.get(at) {
                Some(b'"') => break,
                Some(_) => at = self.escape_end(at)?,
                None => return Err(self.unclosed_string()),
            }
            escaped = true;
        }
        self.push(Kind::String, at + 1, escaped);
        Ok(Due::Separator)
    }

    /// The end of the escape whose `\` stands at `start`.
    fn escape_end(&self, start: usize) -> Result<usize, Problem> {
        let bytes = self.text.as_bytes();
        match bytes.get(start + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(start + 2),
            Some(b'u') => {
                let end = start + 6;
                match (start + 2..end).find(|at| !bytes.get(*at).is_some_and(u8::is_ascii_hexdigit)) {
                    Some(wrong) => Err(self.bad_unicode_escape(wrong)),
                    None => Ok(end),
                }
            }
            Some(_) => Err(self.bad_escape(start)),
            None => Err(self.unclosed_string()),
        }
    }

    /// Adds what stands from `at` up to `end`, and goes there.
    fn push(&mut self, kind: Kind, end: usize, escaped: bool) {
        let next = offset(self.nodes.len() + 1);
        self.nodes.push(Node { start: offset(self.at), end: offset(end), next, len: 0, kind, escaped });
        self.at = end;
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }
}

/// An offset of a text that is known to be shorter than 4 GiB; a list of its nodes is never longer than that.
fn offset(offset: usize) -> u32 {
    offset as u32
}

#[cfg(test)]
mod tests {
    use super::super::super::text::Span;
    use super::*;

    #[test]
    fn nesting_is_limited_without_recursion() {
        let deepest = format!("{}1{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH));
        assert_eq!(parse(&deepest).unwrap().len(), MAX_DEPTH + 1);
        for opening in ["[", "{\"a\":", "[{\"a\":"] {
            let problem = parse(&opening.repeat(1 << 20)).unwrap_err();
            assert_eq!(problem.code, "json-depth");
        }
        let problem = parse(&"[".repeat(MAX_DEPTH + 1)).unwrap_err();
        assert_eq!(problem.span, Some(Span::new(MAX_DEPTH, MAX_DEPTH + 1)));
    }

    #[test]
    fn a_container_knows_its_length_and_where_it_ends() {
        let nodes = parse(r#"[{"a":[],"b":2},"x"]"#).unwrap();
        let lengths: Vec<_> = nodes.iter().map(|node| (node.kind, node.len, node.next)).collect();
        assert_eq!(lengths[0], (Kind::Array, 2, 7));
        assert_eq!(lengths[1], (Kind::Object, 2, 6));
        assert_eq!(lengths[3], (Kind::Array, 0, 4));
        assert_eq!(lengths[6], (Kind::String, 0, 7));
    }

    #[test]
    fn the_grammar_is_followed() {
        for text in ["0", "-0.0E-0", " \t\r\n null ", "\"\u{7f}\u{2028}\"", r#""\uD800""#, "{\"\":{}}", "[\n]"] {
            assert!(parse(text).is_ok(), "{text}");
        }
        for text in ["nullx", "tru", "1.e1", "--1", "[1,]", "{\"a\":1,}", "\"\u{1f}\"", "\u{b}1", "1 1", r#""\x""#] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
