//! Lines of code: values laid out with indentation, whatever the language.

use super::model::{Entry, Number, Piece, Value};

/// Up to so many characters an array stays on one line.
const LINE: usize = 76;

/// A line, before it is indented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    depth: usize,
    text: String,
    /// What follows as a comment.
    comment: Option<String>,
}

/// A number in code, and what it loses there.
pub(super) struct Written {
    /// The code.
    pub(super) code: String,
    /// What to know about it.
    pub(super) comment: Option<String>,
}

impl Written {
    /// Code that keeps the number.
    pub(super) fn exact(code: impl Into<String>) -> Self {
        Self { code: code.into(), comment: None }
    }

    /// Code that holds a double where the draft has more.
    pub(super) fn rounded(code: impl Into<String>, number: &Number) -> Self {
        let comment = format!("rounded to {}: a double has no room for it", number.as_double());
        Self { code: code.into(), comment: Some(comment) }
    }
}

/// How a language writes values.
pub(super) trait Dialect {
    /// How a line is indented.
    const INDENT: &'static str = "    ";
    /// How a comment begins.
    const COMMENT: &'static str = "//";
    /// What an object is between.
    const OBJECT: (&'static str, &'static str) = ("{", "}");
    /// What an array is between.
    const ARRAY: (&'static str, &'static str) = ("[", "]");
    /// What `null` is called.
    const NULL: &'static str = "null";
    /// Whether a comma may follow what is last.
    const LAST_COMMA: bool = true;

    /// `true` or `false`.
    fn bool(&self, value: bool) -> String {
        value.to_string()
    }
    /// A number.
    fn number(&self, number: &Number) -> Written;
    /// A text without anything to fill in.
    fn text(&self, text: &str) -> String;
    /// A text put together from pieces, at least one of which is filled in.
    fn joined(&self, pieces: &[Piece]) -> String;
    /// So many seconds after now, as a number.
    fn now(&self, offset: i64) -> String;
    /// The counter that starts there, as a number.
    fn counter(&self, start: u64) -> String;
    /// A constant.
    fn constant(&self, index: usize) -> String;
    /// What a value stands behind; `name` is code.
    fn named(&self, name: &str) -> String {
        format!("{name}: ")
    }
    /// The code for the name of a member.
    fn name(&self, name: &[Piece]) -> String {
        self.pieces(name)
    }
    /// A text, whatever is in it.
    fn pieces(&self, pieces: &[Piece]) -> String {
        match super::model::plain(pieces) {
            Some(text) => self.text(text),
            None => self.joined(pieces),
        }
    }
}

/// The lines of a value.
pub(super) fn value<D: Dialect>(dialect: &D, value: &Value) -> Vec<Line> {
    match value {
        Value::Null => one(D::NULL.to_owned()),
        Value::Bool(value) => one(dialect.bool(*value)),
        Value::Number(number) => {
            let Written { code, comment } = dialect.number(number);
            vec![Line { depth: 0, text: code, comment }]
        }
        Value::Text(pieces) => one(dialect.pieces(pieces)),
        Value::Now { offset } => one(dialect.now(*offset)),
        Value::Counter { start } => one(dialect.counter(*start)),
        Value::Constant(index) => one(dialect.constant(*index)),
        Value::Array(items) => array::<D>(items.iter().map(|item| self::value(dialect, item)).collect()),
        Value::Object(entries) => object(dialect, entries, |_, entry| self::value(dialect, &entry.value)),
    }
}

/// The lines of an object whose values `lines` writes.
pub(super) fn object<D: Dialect>(dialect: &D, entries: &[Entry], lines: impl Fn(&D, &Entry) -> Vec<Line>) -> Vec<Line> {
    let (open, close) = D::OBJECT;
    if entries.is_empty() {
        return one(format!("{open}{close}"));
    }
    let members = entries.iter().map(|entry| {
        let mut lines = lines(dialect, entry);
        if let Some(first) = lines.first_mut() {
            first.text.insert_str(0, &dialect.named(&dialect.name(&entry.name)));
        }
        lines
    });
    enclosed::<D>(open, members.collect(), close)
}

fn array<D: Dialect>(items: Vec<Vec<Line>>) -> Vec<Line> {
    let (open, close) = D::ARRAY;
    let short = items.iter().all(|lines| matches!(lines.as_slice(), [Line { comment: None, .. }]));
    let texts: Vec<&str> = items.iter().flatten().map(|line| line.text.as_str()).collect();
    let joined = texts.join(", ");
    if short && joined.chars().count() <= LINE {
        // C# wants space within its braces, and nobody else has braces here.
        let space = if open.ends_with('{') && !joined.is_empty() && D::INDENT != "\t" { " " } else { "" };
        return one(format!("{open}{space}{joined}{space}{close}"));
    }
    enclosed::<D>(open, items, close)
}

/// Parts between brackets, each on lines of its own.
pub(super) fn enclosed<D: Dialect>(open: &str, parts: Vec<Vec<Line>>, close: &str) -> Vec<Line> {
    let mut lines = one(open.to_owned());
    let count = parts.len();
    for (index, part) in parts.into_iter().enumerate() {
        let last = index + 1 == count;
        let from = lines.len();
        lines.extend(part.into_iter().map(|line| Line { depth: line.depth + 1, ..line }));
        if let Some(line) = lines.get_mut(from..).and_then(<[Line]>::last_mut)
            && (!last || D::LAST_COMMA)
        {
            line.text.push(',');
        }
    }
    lines.push(Line { depth: 0, text: close.to_owned(), comment: None });
    lines
}

/// Puts code before the first line.
pub(super) fn prefix(lines: &mut [Line], before: &str) {
    if let Some(first) = lines.first_mut() {
        first.text.insert_str(0, before);
    }
}

/// Puts another opening in the place of that of objects.
pub(super) fn reopen<D: Dialect>(lines: &mut [Line], open: &str) {
    if let Some(first) = lines.first_mut() {
        first.text = first.text.replacen(D::OBJECT.0, open, 1);
    }
}

/// Adds a member, its comma included, as the last one of an object that has others.
pub(super) fn add_member(lines: &mut Vec<Line>, member: &str) {
    let line = Line { depth: 1, text: member.to_owned(), comment: None };
    lines.insert(lines.len().saturating_sub(1), line);
}

/// A line that stands alone.
pub(super) fn one(text: String) -> Vec<Line> {
    vec![Line { depth: 0, text, comment: None }]
}

/// Code as it grows.
pub(super) struct Code {
    text: String,
    depth: usize,
    indent: &'static str,
    comment: &'static str,
}

impl Code {
    /// No code yet, in this dialect.
    pub(super) fn new<D: Dialect>() -> Self {
        Self { text: String::new(), depth: 0, indent: D::INDENT, comment: D::COMMENT }
    }

    /// Adds lines as they are, each indented; an empty one stays empty, and so does what follows a last line break.
    pub(super) fn add(&mut self, lines: &str) {
        for line in lines.lines() {
            self.push(0, line);
        }
        if lines.is_empty() || lines.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Adds an empty line.
    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// Adds a comment of one line.
    pub(super) fn comment(&mut self, words: &str) {
        self.push(0, &format!("{} {words}", self.comment));
    }

    /// Adds a value between what stands before and behind it.
    pub(super) fn value(&mut self, before: &str, lines: Vec<Line>, behind: &str) {
        let count = lines.len();
        for (index, Line { depth, mut text, comment }) in lines.into_iter().enumerate() {
            if index == 0 {
                text.insert_str(0, before);
            }
            if index + 1 == count {
                text.push_str(behind);
            }
            if let Some(comment) = comment {
                // Python wants two spaces here.
                let space = if self.comment == "#" { "  " } else { " " };
                text.push_str(&format!("{space}{} {comment}", self.comment));
            }
            self.push(depth, &text);
        }
    }

    /// Adds what `body` adds, one step further in.
    pub(super) fn inside(&mut self, body: impl FnOnce(&mut Self)) {
        self.depth += 1;
        body(self);
        self.depth -= 1;
    }

    /// The code.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    fn push(&mut self, depth: usize, line: &str) {
        if !line.is_empty() {
            self.text.push_str(&self.indent.repeat(self.depth + depth));
            self.text.push_str(line);
        }
        self.text.push('\n');
    }
}
