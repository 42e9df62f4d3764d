//! The parser's complaints: what was expected, what was found, and what to do about it.

use super::super::error::Problem;
use super::super::text::{Position, Span};
use super::found::{char_at, char_span, describe_char, describe_word, word_at, word_span};
use super::parse::Parser;
use super::value::Kind;
use super::{MAX_DEPTH, mistake};

/// More closing brackets than this are not spelled out.
const MOST_CLOSERS: usize = 8;

/// A breach of the grammar of RFC 8259.
pub(super) fn syntax(message: impl Into<String>) -> Problem {
    Problem::new("json-syntax", message)
}

impl Parser<'_> {
    #[cold]
    pub(super) fn too_large(&self) -> Problem {
        Problem::new("json-too-large", "The text is larger than 4 GiB")
            .help("Split it: no header or claims need that much.")
            .at(Span::new(0, self.text.len()))
    }

    #[cold]
    pub(super) fn too_deep(&self) -> Problem {
        let message = format!("More than {MAX_DEPTH} arrays and objects are nested in one another");
        Problem::new("json-depth", message)
            .help("Flatten the value: most parsers refuse a text this deep.")
            .at(char_span(self.text, self.at))
    }

    #[cold]
    pub(super) fn byte_order_mark(&self) -> Problem {
        syntax("The text starts with a byte order mark (U+FEFF), which JSON does not allow (RFC 8259 §8.1)")
            .help("Delete the invisible first character, or save the file as UTF-8 without a byte order mark.")
            .at(char_span(self.text, 0))
    }

    /// Something else stands where a value is due.
    #[cold]
    pub(super) fn expected_value(&self) -> Problem {
        if let Some(problem) = mistake::for_value(self.text, self.at) {
            return problem;
        }
        let expected = match self.previous() {
            Some(after @ (',' | ':')) => format!("Expected a value after '{after}'"),
            Some('[') => "Expected a value or ']'".to_owned(),
            _ => "Expected a value".to_owned(),
        };
        let help = match (self.previous(), self.next()) {
            (None, None) => {
                return syntax("The text is empty: expected a JSON value")
                    .help("Write an object, such as {}.")
                    .at(self.here());
            }
            (_, None) => return self.ends_early(&expected),
            (Some(','), Some(close @ (']' | '}'))) => format!("Remove the comma before '{close}'."),
            (Some(',' | '['), Some(',')) => "Remove this comma, or write a value before it.".to_owned(),
            (Some(':'), Some(':')) => "Remove one ':'.".to_owned(),
            (Some(':'), Some(',' | '}' | ']')) => "Write a value behind the ':', such as null or \"text\".".to_owned(),
            (Some('['), Some('}')) => format!("Close the array that starts at {} with ']' first.", self.opened()),
            (None, Some(close @ (']' | '}'))) => {
                format!("Remove the '{close}', or write its opening bracket before it.")
            }
            _ => "Write a string in double quotes, a number, true, false, null, an object or an array.".to_owned(),
        };
        self.unexpected(&expected, help)
    }

    /// Something else stands where a member's name is due.
    #[cold]
    pub(super) fn expected_name(&self) -> Problem {
        let expected = match self.previous() {
            Some(',') => "Expected a name in double quotes after ','",
            _ => "Expected a name in double quotes or '}'",
        };
        let Some(char) = self.next() else { return self.ends_early(expected) };
        let help = match char {
            '}' => "Remove the comma before '}'.".to_owned(),
            ',' => "Remove this comma, or write a member before it.".to_owned(),
            ':' => "Write a name in double quotes before the ':'.".to_owned(),
            ']' => format!("Close the object that starts at {} with '}}' first.", self.opened()),
            '{' if self.text.get(..self.at).is_some_and(|before| before.ends_with('{')) => {
                "Put a placeholder in double quotes: \"{{now}}\".".to_owned()
            }
            '{' | '[' => "Write a name and ':' before the value.".to_owned(),
            _ => {
                if let Some(problem) = mistake::anywhere(self.text, self.at) {
                    return problem;
                }
                match word_at(self.text, self.at) {
                    word if word.len() <= 40 => format!("Write \"{word}\"."),
                    _ => "Put the name in double quotes.".to_owned(),
                }
            }
        };
        self.unexpected(expected, help)
    }

    /// Something else stands where the colon behind a name is due.
    #[cold]
    pub(super) fn expected_colon(&self) -> Problem {
        let help = match self.next() {
            None => return self.ends_early("Expected ':' after the name"),
            Some('=') => "Replace '=' with ':'.",
            Some(',' | '}' | ']') => "Write ':' and a value behind the name.",
            Some(_) => match mistake::anywhere(self.text, self.at) {
                Some(problem) => return problem,
                None => "Write ':' between the name and its value.",
            },
        };
        self.unexpected("Expected ':' after the name", help)
    }

    /// Something else stands where a comma or the end of an array or object is due.
    #[cold]
    pub(super) fn expected_separator(&self) -> Problem {
        let object = self.open.last().is_some_and(|open| open.kind == Kind::Object);
        let (close, thing) = if object { ('}', "object") } else { (']', "array") };
        let expected = format!("Expected ',' or '{close}' after the value");
        let Some(char) = self.next() else { return self.ends_early(&expected) };
        if let Some(problem) = mistake::anywhere(self.text, self.at) {
            return problem;
        }
        if let Some(help) = mistake::behind_value(self.text, self.at) {
            return self.unexpected(&expected, help);
        }
        let help = match char {
            '}' | ']' => format!("Close the {thing} that starts at {} with '{close}' first.", self.opened()),
            ';' => "Replace ';' with ','.".to_owned(),
            ':' if object => "Remove the ':', or write a comma and a name before it.".to_owned(),
            ':' => "Remove the ':': only an object, in braces, has names.".to_owned(),
            '"' | '{' | '[' | '-' | '0'..='9' => "Write a comma before it.".to_owned(),
            _ => format!("Remove it, or close the {thing} with '{close}' before it."),
        };
        self.unexpected(&expected, help)
    }

    /// Something stands behind the outermost value.
    #[cold]
    pub(super) fn expected_end(&self) -> Problem {
        if let Some(problem) = mistake::anywhere(self.text, self.at) {
            return problem;
        }
        let help = match self.next() {
            Some(close @ ('}' | ']')) => format!("Remove this '{close}': nothing is left to close."),
            Some(',') => "Remove the comma, or put all values into one array.".to_owned(),
            _ => mistake::behind_value(self.text, self.at)
                .unwrap_or("Remove everything behind the first value.")
                .to_owned(),
        };
        self.unexpected("Expected the end of the text after the value", help)
    }

    /// A number breaks off at the offset `wrong`.
    #[cold]
    pub(super) fn bad_number(&self, wrong: usize) -> Problem {
        let before = self.text.get(..wrong).and_then(|text| text.chars().next_back()).unwrap_or_default();
        let found = describe_char(self.text, wrong);
        let missing = format!("Expected a digit after '{before}', found {found}");
        let (message, help) = match (before, char_at(self.text, wrong)) {
            (_, None) => {
                (format!("Expected a digit after '{before}', but the text ends here"), "Write the rest of the number.")
            }
            ('0', Some('0'..='9')) => (
                "A number must not start with 0 (RFC 8259 §6)".into(),
                "Remove the leading zero, or put the digits in double quotes.",
            ),
            ('-', Some('I' | 'i' | 'N' | 'n')) => {
                ("JSON has no NaN and no Infinity (RFC 8259 §6)".into(), "Write null, or the word in double quotes.")
            }
            ('-', Some('.')) => (missing, "Write 0 before the '.'."),
            ('-', Some(_)) => (missing, "Write the digits right behind the '-'."),
            ('.', Some(_)) => (missing, "Write a digit behind the '.', or remove it."),
            (_, Some(_)) => (missing, "Write the exponent in digits, such as 1e9."),
        };
        syntax(message).help(help).at(char_span(self.text, wrong))
    }

    /// The string that starts at `at` has a control character at or after the offset `from`.
    #[cold]
    pub(super) fn control_character(&self, from: usize) -> Problem {
        let rest = self.text.get(from..).unwrap_or_default();
        let wrong = from + rest.bytes().position(|byte| byte < b' ').unwrap_or(rest.len());
        let problem = match char_at(self.text, wrong) {
            Some('\n' | '\r') => {
                let start = self.position(self.at);
                syntax("A string must not contain a line break (RFC 8259 §7)")
                    .help(format!("Close the string that starts at {start} with '\"', or write the line break as \\n."))
            }
            Some('\t') => syntax("A string must not contain a tab (RFC 8259 §7)").help("Write the tab as \\t."),
            char => {
                let code = char.map_or(0, u32::from);
                syntax(format!("A string must not contain the control character U+{code:04X} (RFC 8259 §7)"))
                    .help(format!("Delete it, or write it as \\u{code:04x}."))
            }
        };
        problem.at(char_span(self.text, wrong))
    }

    #[cold]
    pub(super) fn unclosed_string(&self) -> Problem {
        syntax(format!("The string that starts at {} is not closed", self.position(self.at)))
            .help("Write '\"' where the string ends.")
            .at(char_span(self.text, self.text.len()))
    }

    /// The `\` at `start` has a character behind it that makes no escape.
    #[cold]
    pub(super) fn bad_escape(&self, start: usize) -> Problem {
        let wrong = char_span(self.text, start + 1);
        let found = describe_char(self.text, wrong.start);
        syntax(format!("Expected one of \" \\ / b f n r t u after '\\', found {found}"))
            .help("Write \\\\ for a backslash itself.")
            .at(Span::new(start, wrong.end))
    }

    /// Something else stands at `wrong` where one of the four digits of a `\u` escape is due.
    #[cold]
    pub(super) fn bad_unicode_escape(&self, wrong: usize) -> Problem {
        if wrong >= self.text.len() {
            return self.unclosed_string();
        }
        syntax(format!("Expected four hexadecimal digits after '\\u', found {}", describe_char(self.text, wrong)))
            .help("Write the escape in full, such as \\u00e9, or \\\\ for a backslash itself.")
            .at(char_span(self.text, wrong))
    }

    /// Something else stands at `at` than was `expected`.
    fn unexpected(&self, expected: &str, help: impl Into<String>) -> Problem {
        let found = describe_word(self.text, self.at);
        syntax(format!("{expected}, found {found}")).help(help).at(word_span(self.text, self.at))
    }

    /// The text ends where something was `expected`.
    fn ends_early(&self, expected: &str) -> Problem {
        let first = match self.previous() {
            Some(':') => "Write the value, then ",
            Some(',') => "Remove the last comma, then ",
            _ if expected.contains("':'") => "Write ':' and a value, then ",
            _ => "",
        };
        let closers: String =
            self.open.iter().rev().map(|open| if open.kind == Kind::Object { '}' } else { ']' }).collect();
        let last = match closers.len() {
            0..=MOST_CLOSERS => format!("close with '{closers}' at the end."),
            _ => "close every array and object that is open.".to_owned(),
        };
        let help = if first.is_empty() { last.replacen('c', "C", 1) } else { format!("{first}{last}") };
        syntax(format!("{expected}, but the text ends here")).help(help).at(char_span(self.text, self.text.len()))
    }

    fn here(&self) -> Span {
        char_span(self.text, self.at)
    }

    fn next(&self) -> Option<char> {
        char_at(self.text, self.at)
    }

    /// The last character before `at` that is not white space.
    fn previous(&self) -> Option<char> {
        self.text.get(..self.at)?.trim_end_matches([' ', '\t', '\n', '\r']).chars().next_back()
    }

    /// Where the innermost array or object starts.
    fn opened(&self) -> Position {
        self.position(self.open.last().map_or(0, |open| open.start))
    }

    fn position(&self, offset: usize) -> Position {
        Position::of(self.text, offset)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Json;
    use super::*;

    /// Checks the first wrong bytes, marked with `»` and `«`, and the words about them.
    #[track_caller]
    fn check(marked: &str, message: &str, help: &str) {
        let start = marked.find('»').unwrap();
        let end = marked.find('«').unwrap() - '»'.len_utf8();
        let text = marked.replace(['»', '«'], "");
        let problem = Json::parse(&text).unwrap_err();
        assert_eq!((problem.message.as_str(), problem.help.as_str()), (message, help));
        assert_eq!(problem.span, Some(Span::new(start, end)));
        assert_eq!(problem.code, "json-syntax");
    }

    #[test]
    fn what_is_missing_at_the_end() {
        check("»«", "The text is empty: expected a JSON value", "Write an object, such as {}.");
        check(" \n»«", "The text is empty: expected a JSON value", "Write an object, such as {}.");
        check("{»«", "Expected a name in double quotes or '}', but the text ends here", "Close with '}' at the end.");
        check(
            r#"{"a"»«"#,
            "Expected ':' after the name, but the text ends here",
            "Write ':' and a value, then close with '}' at the end.",
        );
        check(
            r#"{"a":»«"#,
            "Expected a value after ':', but the text ends here",
            "Write the value, then close with '}' at the end.",
        );
        check(
            r#"{"a":[1»«"#,
            "Expected ',' or ']' after the value, but the text ends here",
            "Close with ']}' at the end.",
        );
        check(
            "[1, »«",
            "Expected a value after ',', but the text ends here",
            "Remove the last comma, then close with ']' at the end.",
        );
        check(
            "[[[[[[[[[»«",
            "Expected a value or ']', but the text ends here",
            "Close every array and object that is open.",
        );
        check(r#"["ab»«"#, "The string that starts at 1:2 is not closed", "Write '\"' where the string ends.");
        check(r#""\»«"#, "The string that starts at 1:1 is not closed", "Write '\"' where the string ends.");
        check(r#""\u12»«"#, "The string that starts at 1:1 is not closed", "Write '\"' where the string ends.");
        check("-»«", "Expected a digit after '-', but the text ends here", "Write the rest of the number.");
    }

    #[test]
    fn commas_colons_and_brackets() {
        check("[1,»]«", "Expected a value after ',', found ']'", "Remove the comma before ']'.");
        check(
            "{\"a\":1,\n»}«",
            "Expected a name in double quotes after ',', found '}'",
            "Remove the comma before '}'.",
        );
        check("[1,»,«2]", "Expected a value after ',', found ','", "Remove this comma, or write a value before it.");
        check(
            "{»,«}",
            "Expected a name in double quotes or '}', found ','",
            "Remove this comma, or write a member before it.",
        );
        check("{\"a\":1\n »\"«b\":2}", "Expected ',' or '}' after the value, found '\"'", "Write a comma before it.");
        check("[1 »2«]", "Expected ',' or ']' after the value, found '2'", "Write a comma before it.");
        check(r#"{"a" »1«}"#, "Expected ':' after the name, found '1'", "Write ':' between the name and its value.");
        check(r#"{"a" »=« 1}"#, "Expected ':' after the name, found '='", "Replace '=' with ':'.");
        check(r#"{"a"»}«"#, "Expected ':' after the name, found '}'", "Write ':' and a value behind the name.");
        check(
            r#"{"a":»}«"#,
            "Expected a value after ':', found '}'",
            "Write a value behind the ':', such as null or \"text\".",
        );
        check(r#"{"a":»:«1}"#, "Expected a value after ':', found ':'", "Remove one ':'.");
        check(
            r#"["a"»:« 1]"#,
            "Expected ',' or ']' after the value, found ':'",
            "Remove the ':': only an object, in braces, has names.",
        );
        check(r#"{"a":1»;«}"#, "Expected ',' or '}' after the value, found ';'", "Replace ';' with ','.");
        check(
            "\n [1»}«",
            "Expected ',' or ']' after the value, found '}'",
            "Close the array that starts at 2:2 with ']' first.",
        );
        check(
            "{»]«",
            "Expected a name in double quotes or '}', found ']'",
            "Close the object that starts at 1:1 with '}' first.",
        );
        check(
            "{}»}«",
            "Expected the end of the text after the value, found '}'",
            "Remove this '}': nothing is left to close.",
        );
        check("»]«", "Expected a value, found ']'", "Remove the ']', or write its opening bracket before it.");
        check(
            "{} »x1«",
            "Expected the end of the text after the value, found 'x1'",
            "Remove everything behind the first value.",
        );
        check(
            r#"{"a":{»{«now}}}"#,
            "Expected a name in double quotes or '}', found '{'",
            "Put a placeholder in double quotes: \"{{now}}\".",
        );
    }

    #[test]
    fn habits_of_other_languages() {
        check("{»abc«: 1}", "Expected a name in double quotes or '}', found 'abc'", "Write \"abc\".");
        check("{»'«a': 1}", "Strings stand in double quotes, found a single quote", "Write \" instead.");
        check("[»“«a”]", "Strings stand in straight double quotes, found '“'", "Write \" instead.");
        check("[1, »/«/ one\n]", "JSON has no comments", "Remove the comment, or make it a member of its own.");
        check("{} »#«", "JSON has no comments", "Remove the comment, or make it a member of its own.");
        check(
            "[»True«]",
            "Expected a value, found 'True'",
            "Write true in small letters, or put the word in double quotes.",
        );
        check(
            "[»nul«]",
            "Expected a value, found 'nul'",
            "Write null in small letters, or put the word in double quotes.",
        );
        check(
            "»None«",
            "Expected a value, found 'None'",
            "Write null in small letters, or put the word in double quotes.",
        );
        check("[»NaN«]", "JSON has no NaN and no Infinity (RFC 8259 §6)", "Write null, or the word in double quotes.");
        check(
            "[-»I«nfinity]",
            "JSON has no NaN and no Infinity (RFC 8259 §6)",
            "Write null, or the word in double quotes.",
        );
        check(
            "[»abc«]",
            "Expected a value or ']', found 'abc'",
            "Write a string in double quotes, a number, true, false, null, an object or an array.",
        );
        check(
            "»\u{feff}«{}",
            "The text starts with a byte order mark (U+FEFF), which JSON does not allow (RFC 8259 §8.1)",
            "Delete the invisible first character, or save the file as UTF-8 without a byte order mark.",
        );
        check(
            "[»\u{a0}«1]",
            "Only spaces, tabs and line breaks may stand between values, found U+00A0 (no-break space)",
            "Delete this invisible character, or type a space instead.",
        );
    }

    #[test]
    fn numbers() {
        check(
            "[0»1«]",
            "A number must not start with 0 (RFC 8259 §6)",
            "Remove the leading zero, or put the digits in double quotes.",
        );
        check("[»+1«]", "A number must not start with '+' (RFC 8259 §6)", "Remove the '+'.");
        check("[».5«]", "A number must not start with '.' (RFC 8259 §6)", "Write 0 before the '.'.");
        check("[-»]«", "Expected a digit after '-', found ']'", "Write the digits right behind the '-'.");
        check("[1.»]«", "Expected a digit after '.', found ']'", "Write a digit behind the '.', or remove it.");
        check("[1e+»x«]", "Expected a digit after '+', found 'x'", "Write the exponent in digits, such as 1e9.");
        check(
            "[0»x1«]",
            "Expected ',' or ']' after the value, found 'x1'",
            "Write the number in decimal digits, or put it in double quotes.",
        );
        check("[1»_000«]", "Expected ',' or ']' after the value, found '_000'", "Write the number without separators.");
        check(
            "2026»-07-01«",
            "Expected the end of the text after the value, found '-'",
            "Put it all in double quotes: this is no single number.",
        );
    }

    #[test]
    fn strings() {
        check(
            "[\"a»\n«\"]",
            "A string must not contain a line break (RFC 8259 §7)",
            "Close the string that starts at 1:2 with '\"', or write the line break as \\n.",
        );
        check("\"»\t«\"", "A string must not contain a tab (RFC 8259 §7)", "Write the tab as \\t.");
        check(
            "\"\\n»\u{1}«\"",
            "A string must not contain the control character U+0001 (RFC 8259 §7)",
            "Delete it, or write it as \\u0001.",
        );
        check(
            r#""a»\ä«""#,
            "Expected one of \" \\ / b f n r t u after '\\', found 'ä'",
            "Write \\\\ for a backslash itself.",
        );
        check(
            r#""\u12»é«4""#,
            "Expected four hexadecimal digits after '\\u', found 'é'",
            "Write the escape in full, such as \\u00e9, or \\\\ for a backslash itself.",
        );
        check(
            r#"["x"»y«"]"#,
            "Expected ',' or ']' after the value, found 'y'",
            "Write \\\" for a quote inside a string.",
        );
    }
}
