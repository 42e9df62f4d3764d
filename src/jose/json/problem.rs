//! The parser's complaints: what was expected, what was found, and what to do about it.

use super::super::error::Problem;
use super::super::text::{Position, Span};
use super::MAX_DEPTH;
use super::lex::word_end;
use super::parse::Parser;
use super::value::Kind;

/// The code of every breach of the grammar.
const SYNTAX: &str = "json-syntax";

impl Parser<'_> {
    pub(super) fn too_large(&self) -> Problem {
        Problem::new("json-too-large", "The text is larger than 4 GiB")
            .help("Split it: no header or claims need that much.")
            .at(Span::new(0, self.text.len()))
    }

    pub(super) fn too_deep(&self) -> Problem {
        let message = format!("More than {MAX_DEPTH} arrays and objects are nested in one another");
        Problem::new("json-depth", message)
            .help("Flatten the value: most parsers refuse a text this deep.")
            .at(self.char_at(self.at))
    }

    pub(super) fn byte_order_mark(&self) -> Problem {
        syntax("The text starts with a byte order mark (U+FEFF), which JSON does not allow (RFC 8259 §8.1)")
            .help("Delete the invisible first character, or save the file as UTF-8 without a byte order mark.")
            .at(self.char_at(0))
    }

    /// Something else stands where a value is due.
    #[cold]
    pub(super) fn expected_value(&self) -> Problem {
        if let Some(problem) = self.known_mistake() {
            return problem;
        }
        let found = self.found();
        let span = self.char_at(self.at);
        match (self.previous(), self.next_char()) {
            (None, None) => {
                syntax("The text is empty: expected a JSON value").help("Write an object, such as {}.").at(span)
            }
            (_, None) => self.ends_early("Expected a value"),
            (Some(','), Some(close @ (']' | '}'))) => syntax(format!("Expected a value after ',', found '{close}'"))
                .help(format!("Remove the comma before '{close}'."))
                .at(span),
            (Some(',' | '['), Some(',')) => syntax(format!("Expected a value, found {found}"))
                .help("Remove this comma, or put a value before it.")
                .at(span),
            (Some(':'), Some(':')) => {
                syntax("Expected a value after ':', found another ':'").help("Remove one ':'.").at(span)
            }
            (Some(':'), Some(',' | '}' | ']')) => syntax(format!("Expected a value after ':', found {found}"))
                .help("Write a value behind the ':', such as null or \"text\".")
                .at(span),
            (Some('['), Some('}')) => {
                syntax("Expected a value or ']', found '}'").help("Close the array with ']' first.").at(span)
            }
            (None, Some(close @ (']' | '}'))) => syntax(format!("Expected a value, found '{close}'"))
                .help(format!("Remove the '{close}', or write its opening bracket before it."))
                .at(span),
            _ => self.unknown_word("Expected a value"),
        }
    }

    /// Something else stands where a member's name is due.
    #[cold]
    pub(super) fn expected_name(&self) -> Problem {
        let after_comma = self.previous() == Some(',');
        let expected = if after_comma {
            "Expected a name in double quotes after ','"
        } else {
            "Expected a name in double quotes or '}'"
        };
        let span = self.char_at(self.at);
        let Some(char) = self.next_char() else { return self.ends_early(expected) };
        let message = format!("{expected}, found {}", self.found());
        let help = match char {
            '}' => "Remove the comma before '}'.".to_owned(),
            ',' => "Remove this comma, or put a member before it.".to_owned(),
            ':' => "Write a name in double quotes before the ':'.".to_owned(),
            ']' => format!("Close the object that starts at {} with '}}' first.", self.opened()),
            '{' | '[' => "Give the value a name: \"name\": value.".to_owned(),
            _ => return self.unquoted_name(),
        };
        syntax(message).help(help).at(span)
    }

    /// Something else stands where the colon behind a name is due.
    #[cold]
    pub(super) fn expected_colon(&self) -> Problem {
        if self.next_char().is_none() {
            return self.ends_early("Expected ':' after the name");
        }
        if let Some(problem) = self.foreign_text() {
            return problem;
        }
        let help = match self.next_char() {
            Some('=') => "Replace '=' with ':'.",
            Some(',' | '}' | ']') => "Write ':' and a value behind the name.",
            _ => "Put ':' between the name and its value.",
        };
        syntax(format!("Expected ':' after the name, found {}", self.found())).help(help).at(self.char_at(self.at))
    }

    /// Something else stands where a comma or the end of an array or object is due.
    #[cold]
    pub(super) fn expected_separator(&self) -> Problem {
        let object = self.open.last().is_some_and(|open| open.kind == Kind::Object);
        let (close, thing) = if object { ('}', "object") } else { (']', "array") };
        let expected = format!("Expected ',' or '{close}' after the value");
        let Some(char) = self.next_char() else { return self.ends_early(&expected) };
        if let Some(problem) = self.foreign_text() {
            return problem;
        }
        let help = match char {
            '}' | ']' => format!("Close the {thing} that starts at {} with '{close}' first.", self.opened()),
            ';' => "Replace ';' with ','.".to_owned(),
            ':' if object => "Remove the ':', or put a comma and a name before it.".to_owned(),
            ':' => "Remove the ':': only an object, in braces, has names.".to_owned(),
            '"' | '{' | '[' | '-' | '0'..='9' => "Put a comma before it.".to_owned(),
            _ => format!("Remove it, or close the {thing} with '{close}' before it."),
        };
        syntax(format!("{expected}, found {}", self.found())).help(help).at(self.word())
    }

    /// Something stands behind the outermost value.
    #[cold]
    pub(super) fn expected_end(&self) -> Problem {
        if let Some(problem) = self.foreign_text() {
            return problem;
        }
        let help = match self.next_char() {
            Some(close @ ('}' | ']')) => format!("Remove this '{close}': nothing is left to close."),
            Some(',') => "Remove the comma, or put everything into one array or object.".to_owned(),
            _ => "Remove everything behind the first value.".to_owned(),
        };
        syntax(format!("Expected the end of the text after the value, found {}", self.found()))
            .help(help)
            .at(self.word())
    }

    /// A number breaks off at the offset `wrong`.
    #[cold]
    pub(super) fn bad_number(&self, wrong: usize) -> Problem {
        let bytes = self.text.as_bytes();
        let previous = wrong.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or_default();
        let (message, help) = match (previous, bytes.get(wrong)) {
            (b'0', Some(b'0'..=b'9')) => (
                "A number must not start with 0 (RFC 8259 §6)".to_owned(),
                "Remove the leading zero, or write the digits as a string.",
            ),
            (_, None) => (
                format!("Expected a digit after '{}', but the text ends here", char::from(previous)),
                "Write the rest of the number.",
            ),
            (b'-', Some(b'I' | b'i' | b'N' | b'n')) => {
                ("JSON has no NaN and no Infinity (RFC 8259 §6)".to_owned(), "Write null, or the word as a string.")
            }
            (b'-', Some(b'.')) => ("Expected a digit before '.'".to_owned(), "Write 0 before the '.'."),
            (b'.', Some(_)) => (self.missing_digit(previous, wrong), "Write a digit behind the '.', or remove it."),
            (b'-', Some(_)) => (self.missing_digit(previous, wrong), "Write the digits right behind the '-'."),
            (_, Some(_)) => (self.missing_digit(previous, wrong), "Write the exponent as digits, such as 1e9."),
        };
        syntax(message).help(help).at(self.char_at(wrong))
    }

    fn missing_digit(&self, previous: u8, wrong: usize) -> String {
        format!("Expected a digit after '{}', found {}", char::from(previous), self.found_at(wrong))
    }

    /// The string that starts at `at` has a control character at or after the offset `from`.
    #[cold]
    pub(super) fn control_character(&self, from: usize) -> Problem {
        let rest = self.text.get(from..).unwrap_or_default();
        let wrong = from + rest.bytes().position(|byte| byte < b' ').unwrap_or(rest.len());
        let problem = match self.text.as_bytes().get(wrong) {
            Some(b'\n' | b'\r') => syntax("A string must not contain a line break (RFC 8259 §7)").help(format!(
                "Close the string that starts at {} with '\"', or write the line break as \\n.",
                self.position(self.at)
            )),
            Some(b'\t') => syntax("A string must not contain a tab (RFC 8259 §7)").help("Write the tab as \\t."),
            byte => {
                let code = byte.copied().unwrap_or_default();
                syntax(format!("A string must not contain the control character U+{code:04X} (RFC 8259 §7)"))
                    .help(format!("Remove it, or write it as \\u{code:04x}."))
            }
        };
        problem.at(self.char_at(wrong))
    }

    #[cold]
    pub(super) fn unclosed_string(&self) -> Problem {
        syntax(format!("The string that starts at {} is not closed", self.position(self.at)))
            .help("Write '\"' where the string ends.")
            .at(self.char_at(self.text.len()))
    }

    /// The `\` at `start` has a character behind it that makes no escape.
    #[cold]
    pub(super) fn bad_escape(&self, start: usize) -> Problem {
        let wrong = self.char_at(start + 1);
        syntax(format!("Expected \" \\ / b f n r t or u after '\\', found {}", self.found_at(wrong.start)))
            .help("Write \\\\ for a backslash itself.")
            .at(Span::new(start, wrong.end))
    }

    /// Something else stands at `wrong` where one of the four digits of a `\u` escape is due.
    #[cold]
    pub(super) fn bad_unicode_escape(&self, wrong: usize) -> Problem {
        if wrong >= self.text.len() {
            return self.unclosed_string();
        }
        syntax(format!("Expected four hexadecimal digits after '\\u', found {}", self.found_at(wrong)))
            .help("Write the escape in full, such as \\u00e9; write \\\\ for a backslash itself.")
            .at(self.char_at(wrong))
    }

    /// The text ends where `expected` is due.
    fn ends_early(&self, expected: &str) -> Problem {
        let closers: String =
            self.open.iter().rev().take(9).map(|open| if open.kind == Kind::Object { '}' } else { ']' }).collect();
        let due = if self.previous().is_some_and(|char| matches!(char, ':' | ',')) {
            "the missing value and then "
        } else {
            ""
        };
        let help = match closers.len() {
            0 => "Write the value.".to_owned(),
            1..=8 => format!("Write {due}'{closers}' at the end."),
            _ => "Close every array and object that is open.".to_owned(),
        };
        syntax(format!("{expected}, but the text ends here")).help(help).at(self.char_at(self.text.len()))
    }

    /// Mistakes that are common where a value is due.
    fn known_mistake(&self) -> Option<Problem> {
        let word = self.text.get(self.word().range()).unwrap_or_default();
        let literal = match word.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some("true"),
            "false" | "no" | "off" => Some("false"),
            "null" | "none" | "nil" | "undefined" => Some("null"),
            _ => None,
        };
        if let Some(literal) = literal {
            let problem = syntax(format!("Expected a value, found '{word}'"));
            return Some(problem.help(format!("Write {literal}, or put the word in double quotes.")).at(self.word()));
        }
        let (message, help) = match (word, self.next_char()?) {
            ("NaN" | "Infinity" | "+Infinity" | "Inf" | "+Inf", _) => {
                ("JSON has no NaN and no Infinity (RFC 8259 §6)", "Write null, or the word as a string.")
            }
            (_, '+') => ("A number must not start with '+' (RFC 8259 §6)", "Remove the '+'."),
            (_, '.') => ("A number must not start with '.' (RFC 8259 §6)", "Write 0 before the '.'."),
            _ => return self.foreign_text(),
        };
        Some(syntax(message).help(help).at(self.char_at(self.at)))
    }

    /// Text of other languages, wherever it stands: comments, other quotes, other white space.
    fn foreign_text(&self) -> Option<Problem> {
        let char = self.next_char()?;
        let (message, help) = match char {
            '/' | '#' => ("JSON has no comments".to_owned(), "Remove the comment, or make it a member.".to_owned()),
            '\'' | '`' => {
                (format!("Strings need double quotes, found {}", self.found()), "Write \" instead.".to_owned())
            }
            '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => {
                (format!("Strings need straight double quotes, found {}", self.found()), "Write \" instead.".to_owned())
            }
            _ if invisible_name(char).is_some() => {
                let message =
                    format!("Only spaces, tabs and line breaks may stand between values, found {}", self.found());
                (message, "Remove this invisible character, or type a space instead.".to_owned())
            }
            _ => return None,
        };
        Some(syntax(message).help(help).at(self.char_at(self.at)))
    }

    fn unquoted_name(&self) -> Problem {
        if let Some(problem) = self.foreign_text() {
            return problem;
        }
        let word = self.text.get(self.word().range()).unwrap_or_default();
        let help =
            if word.len() <= 40 { format!("Write \"{word}\".") } else { "Put the name in double quotes.".to_owned() };
        syntax(format!("Expected a name in double quotes, found {}", self.found())).help(help).at(self.word())
    }

    fn unknown_word(&self, expected: &str) -> Problem {
        let message = format!("{expected}, found {}", self.found());
        let help = "Write a string in double quotes, a number, true, false, null, an object or an array.";
        syntax(message).help(help).at(self.word())
    }

    /// The word at `at`, or its one character where it is punctuation.
    fn word(&self) -> Span {
        let first = self.char_at(self.at);
        Span::new(self.at, word_end(self.text.as_bytes(), self.at).max(first.end))
    }

    /// The character at `offset`; empty at the end of the text.
    fn char_at(&self, offset: usize) -> Span {
        let char = self.text.get(offset..).and_then(|rest| rest.chars().next());
        Span::new(offset, offset + char.map_or(0, char::len_utf8))
    }

    fn next_char(&self) -> Option<char> {
        self.text.get(self.at..).and_then(|rest| rest.chars().next())
    }

    /// The last character before `at` that is not white space.
    fn previous(&self) -> Option<char> {
        self.text.get(..self.at).and_then(|before| before.trim_end_matches([' ', '\t', '\n', '\r']).chars().next_back())
    }

    /// The word or character at `at`, in words.
    fn found(&self) -> String {
        let word = self.text.get(self.word().range()).unwrap_or_default();
        let is_word = word.len() <= 40 && word.chars().all(|char| char.is_alphanumeric() || char == '_');
        if is_word && !word.is_empty() { format!("'{word}'") } else { self.found_at(self.at) }
    }

    /// The character at `offset`, in words.
    fn found_at(&self, offset: usize) -> String {
        let Some(char) = self.text.get(offset..).and_then(|rest| rest.chars().next()) else {
            return "the end of the text".to_owned();
        };
        match invisible_name(char) {
            Some("") => format!("U+{:04X}", char as u32),
            Some(name) => format!("U+{:04X} ({name})", char as u32),
            None => format!("'{char}'"),
        }
    }

    /// Where the innermost array or object starts.
    fn opened(&self) -> Position {
        self.position(self.open.last().map_or(0, |open| open.start))
    }

    fn position(&self, offset: usize) -> Position {
        Position::of(self.text, offset)
    }
}

fn syntax(message: impl Into<String>) -> Problem {
    Problem::new(SYNTAX, message)
}

/// The name, perhaps empty, of a character that cannot be seen.
fn invisible_name(char: char) -> Option<&'static str> {
    Some(match char {
        '\n' | '\r' => "line break",
        '\t' => "tab",
        ' ' => "space",
        '\0' => "null character",
        '\u{b}' => "vertical tab",
        '\u{c}' => "form feed",
        '\u{a0}' => "no-break space",
        '\u{200b}' => "zero width space",
        '\u{200c}' | '\u{200d}' => "zero width joiner",
        '\u{2060}' => "word joiner",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{3000}' => "ideographic space",
        '\u{feff}' => "byte order mark",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "text direction mark",
        _ if char.is_control() || char.is_whitespace() => "",
        _ => return None,
    })
}
